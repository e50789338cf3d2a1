//! Pure: whether the expressions of a schema can be read, and what they may cost.

use serde_json::Value;

use crate::cel::Scope;
use crate::field_error::{FieldError, child};
use crate::node::Node;
use crate::raw::{Keywords, keyed, text};
use crate::validations::compile;

/// What one rule may cost by estimate over all its values, and what all rules of a schema may.
const RULE_COST_MAX: u64 = 10_000_000;
const TOTAL_COST_MAX: u64 = 100_000_000;

/// How many of the rules that cost most are named when all together cost too much.
const NAMED: usize = 4;

/// Everything that is wrong with the expressions of a schema that is good otherwise.
pub(crate) fn check_expressions(schema: &Keywords, path: &str, errors: &mut Vec<FieldError>) {
    let mut checker = Checker { errors, total: 0, costly: Vec::new() };
    checker.walk(schema, path, Place { is_root: true, loose: None, values: Some(1) });
    let Checker { total, mut costly, .. } = checker;
    if total <= TOTAL_COST_MAX {
        return;
    }
    costly.sort_by_key(|(cost, _)| std::cmp::Reverse(*cost));
    for (_, rule) in costly.iter().take(NAMED) {
        let why = "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema";
        errors.push(FieldError::forbidden(rule, why));
    }
    let what = "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema";
    errors.push(FieldError::forbidden(path, too_costly(what, total, TOTAL_COST_MAX)));
}

#[expect(clippy::cast_precision_loss, reason = "the factor is for people")]
fn too_costly(what: &str, cost: u64, limit: u64) -> String {
    let factor = cost as f64 / limit as f64;
    let factor = if factor > 100.0 {
        "more than 100x".to_owned()
    } else if factor < 1.5 {
        format!("{factor:.6}x")
    } else {
        format!("{factor:.1}x")
    };
    format!(
        "{what} exceeds budget by factor of {factor} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)"
    )
}

/// Where a node stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    is_root: bool,
    /// The nearest place around it whose parts cannot be told apart from those before an update.
    loose: Option<&'a str>,
    /// How many values of it there are at most, if the schema bounds that.
    values: Option<u64>,
}

struct Checker<'a> {
    errors: &'a mut Vec<FieldError>,
    total: u64,
    /// What rules cost, for those that count.
    costly: Vec<(u64, String)>,
}

impl Checker<'_> {
    fn walk(&mut self, keywords: &Keywords, path: &str, place: Place<'_>) {
        let values = place.values.and_then(|values| Some(values.saturating_mul(parts_max(keywords)?)));
        let below = Place { is_root: false, values, ..place };
        for (name, property) in keywords.get("properties").and_then(Value::as_object).into_iter().flatten() {
            if let Some(property) = property.as_object() {
                self.walk(property, &keyed(path, "properties", name), below);
            }
        }
        if let Some(additional) = keywords.get("additionalProperties").and_then(Value::as_object) {
            self.walk(additional, &child(path, "additionalProperties"), below);
        }
        if let Some(items) = keywords.get("items").and_then(Value::as_object) {
            let is_map = text(keywords, "x-kubernetes-list-type") == "map";
            let loose = if is_map { place.loose } else { Some(path) };
            self.walk(items, &child(path, "items"), Place { loose, ..below });
        }
        if keywords.contains_key("x-kubernetes-validations") {
            self.rules(keywords, path, place);
        }
    }

    fn rules(&mut self, keywords: &Keywords, path: &str, place: Place<'_>) {
        let rules = keywords.get("x-kubernetes-validations").and_then(Value::as_array).into_iter().flatten();
        let here = child(path, "x-kubernetes-validations");
        let node = Node::parse(&Value::Object(keywords.clone()));
        let Some(scope) = Scope::new(&node, place.is_root) else {
            let why = "internal error: failed to construct type information for x-kubernetes-validations rules: unable to convert structural schema to CEL declarations";
            self.errors.push(FieldError::internal(&here, why));
            return;
        };
        let values = place.values.unwrap_or_else(|| scope.occurrences_max());
        for (index, (value, rule)) in rules.zip(&node.validations).enumerate() {
            let path = format!("{here}[{index}]");
            let of_rule = child(&path, "rule");
            let (program, message) = match compile(rule, &scope) {
                Ok(programs) => programs,
                Err(refused) => {
                    let name = if refused.is_message { "messageExpression" } else { "rule" };
                    self.errors.push(FieldError::invalid_as(&child(&path, name), dump(value), refused.why));
                    continue;
                }
            };
            self.count("estimated rule cost", &of_rule, program.cost_max(&scope).saturating_mul(values));
            if let Some(message) = message {
                let of_message = child(&path, "messageExpression");
                self.count("estimated messageExpression cost", &of_message, message.cost_max(&scope));
            }
            if let Some(loose) = place.loose.filter(|_| program.uses_old_self()) {
                let why = format!(
                    "oldSelf cannot be used on the uncorrelatable portion of the schema within {loose}"
                );
                self.errors.push(FieldError::invalid(&of_rule, rule.rule.as_str(), why));
            }
            if let Some(optional) = value.get("optionalOldSelf").filter(|_| !program.uses_old_self()) {
                let why = "may not be set if oldSelf is not used in rule";
                self.errors.push(FieldError::invalid(
                    &child(&path, "optionalOldSelf"),
                    optional.clone(),
                    why,
                ));
            }
        }
    }

    fn count(&mut self, what: &str, path: &str, cost: u64) {
        if cost > RULE_COST_MAX {
            self.errors.push(FieldError::forbidden(path, too_costly(what, cost, RULE_COST_MAX)));
        }
        self.total = self.total.saturating_add(cost);
        if cost >= TOTAL_COST_MAX / 100 {
            self.costly.push((cost, path.to_owned()));
        }
    }
}

/// How many values a value of this schema holds at most, if it is bounded.
fn parts_max(keywords: &Keywords) -> Option<u64> {
    let bound = |name: &str| keywords.get(name).and_then(Value::as_u64);
    match text(keywords, "type") {
        "object" if keywords.contains_key("additionalProperties") => bound("maxProperties"),
        "array" => bound("maxItems"),
        _ => Some(1),
    }
}

/// A rule as the server shows it in refusals: as the struct that it has inside.
pub(crate) fn dump(rule: &Value) -> String {
    let fields = [
        ("Rule", "rule", "\"\""),
        ("Message", "message", "\"\""),
        ("MessageExpression", "messageExpression", "\"\""),
        ("Reason", "reason", "null"),
        ("FieldPath", "fieldPath", "\"\""),
        ("OptionalOldSelf", "optionalOldSelf", "null"),
    ];
    let shown = fields.map(|(name, keyword, zero)| {
        let value = rule.get(keyword).filter(|value| !value.is_null());
        let value = value.map_or_else(|| zero.to_owned(), Value::to_string);
        // Go writes JSON that may stand in HTML.
        let value = value.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
        format!("\"{name}\":{value}")
    });
    format!("{{{}}}", shown.join(","))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn wrong(field: Value) -> Vec<String> {
        let schema = json!({"type": "object", "properties": {"f": field}});
        let mut errors = Vec::new();
        check_expressions(schema.as_object().unwrap(), "s", &mut errors);
        errors.iter().map(ToString::to_string).collect()
    }

    fn pairs(most: u64) -> Value {
        json!({"type": "array", "maxItems": most, "items": {"type": "object", "properties": {"k": {"type": "string", "maxLength": 63}}},
            "x-kubernetes-validations": [{"rule": "self.all(a, self.exists_one(b, a.k == b.k))"}]})
    }

    #[test]
    fn what_may_cost_too_much_is_told_with_the_factor() {
        assert!(wrong(pairs(100)).is_empty());
        let told = wrong(pairs(1000));
        assert!(told[0].starts_with("s.properties[f].x-kubernetes-validations[0].rule: Forbidden: estimated rule cost exceeds budget by factor of 3."), "{told:?}");
    }

    #[test]
    fn lists_without_bounds_are_as_long_as_a_request_allows() {
        let list = |rule: &str| json!({"type": "array", "items": {"type": "string"}, "x-kubernetes-validations": [{"rule": rule}]});
        assert!(wrong(list("self.all(x, x.size() < 5)")).is_empty());
        let told = wrong(list("self.all(x, x.matches('^a'))"));
        assert_eq!(told.len(), 3);
        assert_eq!(
            told[1],
            "s.properties[f].x-kubernetes-validations[0].rule: Forbidden: contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"
        );
        assert!(told[2].starts_with("s: Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema exceeds budget by factor of more than 100x"));
    }

    #[test]
    fn rules_of_items_count_for_each_item() {
        let items = |most: Value| {
            let mut list = json!({"type": "array", "items": {"type": "string", "maxLength": 256,
                "x-kubernetes-validations": [{"rule": "self == oldSelf"}]}, "x-kubernetes-list-type": "map"});
            list.as_object_mut().unwrap().extend(most.as_object().unwrap().clone());
            list
        };
        assert!(wrong(items(json!({"maxItems": 64}))).is_empty());
        assert!(wrong(items(json!({})))[0].contains("estimated rule cost exceeds budget by factor of"));
    }
}
