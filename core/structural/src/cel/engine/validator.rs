//! Pure: the rules of a whole schema, made ready, and what they say of an object.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::program::{Answer, EvaluationError, Program, Scope};
use crate::cel::server_text;
use crate::cel::types::Type;
use crate::field_error::{FieldError, child};
use crate::node::{ListType, Node, ValidationRule};

/// What all rules of an object may cost together.
pub const COST_BUDGET: u64 = 10_000_000;

/// The longest text that a `messageExpression` may give, in bytes.
const MESSAGE_BYTES_MAX: usize = 5 * 1024;

/// The rules of a schema and of everything in it, made ready.
#[derive(Clone, Debug)]
pub struct Validator {
    scope: Option<Scope>,
    rules: Vec<Rule>,
    kind: String,
    list_type: ListType,
    properties: BTreeMap<String, Self>,
    values: Option<Box<Self>>,
    items: Option<Box<Self>>,
    all_of: Vec<Self>,
}

#[derive(Clone, Debug)]
struct Rule {
    written: ValidationRule,
    program: Result<Program, String>,
    message: Option<Program>,
    /// The field to blame, as errors write it.
    field: String,
}

/// What the rules say of an object.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Findings {
    /// What is wrong with it.
    pub errors: Vec<FieldError>,
    /// What is wrong with parts of it that were so before, of which the server only warns.
    pub warnings: Vec<FieldError>,
}

impl Validator {
    /// Makes the rules of a schema ready; `None` where there are none. `is_root` says that the values are whole objects.
    #[must_use]
    pub fn new(schema: &Node, is_root: bool) -> Option<Self> {
        Self::of(schema, schema, is_root)
    }

    /// `rules` is the schema itself, or a branch of its `allOf`, which may hold rules about the same values.
    fn of(rules: &Node, schema: &Node, is_root: bool) -> Option<Self> {
        let properties: BTreeMap<String, Self> = rules
            .properties
            .iter()
            .filter_map(|(name, property)| {
                let of_schema = schema.properties.get(name)?;
                Some((name.clone(), Self::of(property, of_schema, of_schema.embedded)?))
            })
            .collect();
        let inner = |rules: Option<&Node>, schema: Option<&Node>| {
            let (rules, schema) = (rules?, schema?);
            Self::of(rules, schema, schema.embedded).map(Box::new)
        };
        let values = inner(rules.additional_schema(), schema.additional_schema());
        let items = inner(rules.items.as_deref(), schema.items.as_deref());
        let all_of: Vec<Self> =
            rules.all_of.iter().filter_map(|branch| Self::of(branch, schema, is_root)).collect();
        let has_inner = !properties.is_empty() || values.is_some() || items.is_some() || !all_of.is_empty();
        if rules.validations.is_empty() && !has_inner {
            return None;
        }
        let scope = Scope::new(schema, is_root);
        let ready = rules.validations.iter().map(|rule| ready(rule, scope.as_ref(), schema)).collect();
        let (kind, list_type) = (schema.kind.clone(), schema.list_type.clone());
        Some(Self { scope, rules: ready, kind, list_type, properties, values, items, all_of })
    }

    /// What the rules say of `object`, which replaces `old` if there is one.
    ///
    /// Rules about `oldSelf` are looked at only where there is an old value, or where they take it as an optional.
    /// The object must be valid by the rest of its schema.
    #[must_use]
    pub fn validate(&self, object: &Json, old: Option<&Json>) -> Findings {
        let mut visit = Visit { findings: Findings::default(), budget: Some(COST_BUDGET) };
        visit.value(self, "", object, old, false);
        visit.findings
    }
}

fn ready(written: &ValidationRule, scope: Option<&Scope>, schema: &Node) -> Rule {
    let compile = |source: &str, expected: &Type, what: &str| {
        let scope = scope.ok_or_else(|| "the schema has no type".to_owned())?;
        let program = Program::compile(source, scope, written.optional_old_self)
            .map_err(|errors| server_text(source, &errors))?;
        if program.ty() == expected { Ok(program) } else { Err(what.to_owned()) }
    };
    let program = compile(&written.rule, &Type::Bool, "cel expression must evaluate to a bool");
    let message = Some(&written.message_expression)
        .filter(|text| !text.is_empty())
        .and_then(|text| compile(text, &Type::String, "messageExpression must evaluate to a string").ok());
    Rule { written: written.clone(), program, message, field: field_of(&written.field_path, schema) }
}

/// A path such as `.spec.labels['a']`, as errors write it; empty where it leads nowhere.
fn field_of(path: &str, schema: &Node) -> String {
    let (mut at, mut rest, mut field) = (schema, path, String::new());
    while !rest.is_empty() {
        let (name, after) = if let Some(quoted) = rest.strip_prefix("['") {
            quoted.split_once("']").unwrap_or((quoted, ""))
        } else {
            let named = rest.strip_prefix('.').unwrap_or(rest);
            named.split_at(named.find(['.', '[']).unwrap_or(named.len()))
        };
        let Some(inner) = at.field(name) else { return String::new() };
        if at.properties.is_empty() {
            field.push_str(&format!("[{name}]"));
        } else {
            field = child(&field, name);
        }
        (at, rest) = (inner, after);
    }
    field
}

struct Visit {
    findings: Findings,
    /// What is left; nothing once it has been overspent.
    budget: Option<u64>,
}

impl Visit {
    /// `unchanged`: a part around this one is as it was, so that what is wrong here is only warned of.
    fn value(&mut self, at: &Validator, path: &str, value: &Json, old: Option<&Json>, unchanged: bool) {
        if value.is_null() || self.budget.is_none() {
            return;
        }
        let old = old.filter(|old| !old.is_null());
        // The server never takes a whole object for unchanged.
        let unchanged = !path.is_empty() && old.map_or(unchanged, |old| old == value);
        self.rules(at, path, value, old, unchanged);
        for branch in &at.all_of {
            self.value(branch, path, value, old, unchanged);
        }
        match value {
            Json::Array(items) => self.items(at, path, items, old, unchanged),
            Json::Object(map) => self.members(at, path, map, old, unchanged),
            _ => {}
        }
    }

    fn items(&mut self, at: &Validator, path: &str, items: &[Json], old: Option<&Json>, unchanged: bool) {
        let Some(inner) = &at.items else { return };
        for (index, item) in items.iter().enumerate() {
            let before = match &at.list_type {
                ListType::Map(keys) => old.and_then(Json::as_array).and_then(|old| {
                    old.iter().find(|old| keys.iter().all(|key| old.get(key) == item.get(key)))
                }),
                ListType::Atomic | ListType::Set => None,
            };
            self.value(inner, &format!("{path}[{index}]"), item, before, unchanged);
        }
    }

    fn members(
        &mut self,
        at: &Validator,
        path: &str,
        map: &Map<String, Json>,
        old: Option<&Json>,
        unchanged: bool,
    ) {
        for (key, member) in map {
            let before = old.and_then(|old| old.get(key));
            if let Some(inner) = &at.values {
                self.value(inner, &format!("{path}[{key}]"), member, before, unchanged);
            }
            if let Some(inner) = at.properties.get(key) {
                self.value(inner, &child(path, key), member, before, unchanged);
            }
        }
    }

    fn rules(&mut self, at: &Validator, path: &str, value: &Json, old: Option<&Json>, unchanged: bool) {
        for rule in &at.rules {
            let Some(budget) = self.budget else { return };
            if budget == 0 {
                return self.out_of_budget(at, path);
            }
            let program = match (&rule.program, &at.scope) {
                (Ok(program), Some(scope)) => (program, scope),
                (Err(why), _) => {
                    self.error(at, path, format!("rule compile error: {why}"));
                    continue;
                }
                (Ok(_), None) => continue,
            };
            let (program, scope) = program;
            if program.uses_old_self() && old.is_none() && !rule.written.optional_old_self {
                continue;
            }
            let evaluated = program.evaluate(scope, value, old, budget);
            self.budget = budget.checked_sub(evaluated.cost);
            if self.budget.is_none() {
                return self.out_of_budget(at, path);
            }
            match evaluated.result {
                Ok(Answer::Bool(true)) => {}
                Ok(_) => {
                    let message = self.message(rule, scope, value, old);
                    let warn = !program.uses_old_self() && unchanged;
                    self.failed(at, rule, path, value, message, warn);
                }
                Err(EvaluationError::CostLimit) => {
                    let what = shown(&rule.written);
                    let text = format!(
                        "'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule: {what}"
                    );
                    self.error(at, path, text);
                    self.budget = None;
                }
                Err(EvaluationError::Failed(why)) => {
                    let what = shown(&rule.written);
                    let text = if why.starts_with("no such overload") {
                        format!(
                            "'{why}': call arguments did not match a supported operator, function or macro signature for rule: {what}"
                        )
                    } else {
                        format!("{why} evaluating rule: {what}")
                    };
                    self.error(at, path, text);
                }
            }
        }
    }

    fn out_of_budget(&mut self, at: &Validator, path: &str) {
        let text =
            "validation failed due to running out of cost budget, no further validation rules will be run";
        self.error(at, path, text.to_owned());
        self.budget = None;
    }

    /// Something is wrong with the rule, not with the value.
    fn error(&mut self, at: &Validator, path: &str, text: String) {
        self.findings.errors.push(FieldError::invalid(path, at.kind.as_str(), text));
    }

    /// The text of a rule's own expression, where it has one that gives a fitting text.
    fn message(&mut self, rule: &Rule, scope: &Scope, value: &Json, old: Option<&Json>) -> String {
        let own = || match rule.written.message.as_str() {
            "" => format!("failed rule: {}", shown(&rule.written)),
            message => message.trim().to_owned(),
        };
        let (Some(program), Some(budget)) = (&rule.message, self.budget) else { return own() };
        let evaluated = program.evaluate(scope, value, old, budget);
        self.budget = budget.checked_sub(evaluated.cost);
        match evaluated.result {
            Ok(Answer::String(text)) => {
                let text = text.trim();
                let fits = !text.is_empty() && !text.contains('\n') && text.len() <= MESSAGE_BYTES_MAX;
                if fits { text.to_owned() } else { own() }
            }
            _ => own(),
        }
    }

    fn failed(&mut self, at: &Validator, rule: &Rule, path: &str, value: &Json, message: String, warn: bool) {
        let field = match rule.field.as_str() {
            "" => path.to_owned(),
            below if path.is_empty() => below.to_owned(),
            below => format!("{path}.{below}"),
        };
        let has_value = !matches!(at.kind.as_str(), "object" | "array");
        let error = match rule.written.reason.as_deref() {
            Some("FieldValueForbidden") => FieldError::forbidden(&field, message),
            Some("FieldValueRequired") => FieldError::required(&field, message),
            Some("FieldValueDuplicate") if has_value => FieldError::duplicate(&field, value.clone()),
            Some("FieldValueDuplicate") => FieldError::duplicate_silent(&field),
            _ if has_value => FieldError::invalid(&field, value.clone(), message),
            _ => FieldError::invalid_silent(&field, message),
        };
        let list = if warn { &mut self.findings.warnings } else { &mut self.findings.errors };
        list.push(error);
    }
}

/// What the server calls a rule.
fn shown(rule: &ValidationRule) -> &str {
    if rule.message.is_empty() { rule.rule.trim() } else { rule.message.trim() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn validator(schema: &Json) -> Validator {
        Validator::new(&Node::parse(schema), true).unwrap()
    }

    fn texts(errors: &[FieldError]) -> Vec<String> {
        errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_schema_without_rules_has_no_validator() {
        let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        assert!(Validator::new(&Node::parse(&schema), true).is_none());
    }

    #[test]
    fn rules_everywhere_are_looked_at_and_told_as_the_server_does() {
        let rule = |rule: &str| json!([{"rule": rule}]);
        let validator = validator(&json!({
            "type": "object",
            "x-kubernetes-validations": [{"rule": "self.metadata.name != 'no'", "message": "no such name"}],
            "properties": {"spec": {
                "type": "object",
                "x-kubernetes-validations": [
                    {"rule": "self.min <= self.max", "fieldPath": ".min", "reason": "FieldValueForbidden",
                     "messageExpression": "'%d is more than %d'.format([self.min, self.max])"},
                    {"rule": "self.max / self.min > 0"},
                ],
                "properties": {
                    "min": {"type": "integer", "x-kubernetes-validations": rule("self != 7")},
                    "max": {"type": "integer"},
                    "tags": {"type": "array", "items": {"type": "string", "x-kubernetes-validations": rule("self != ''")}},
                    "labels": {"type": "object", "additionalProperties": {"type": "string",
                        "x-kubernetes-validations": [{"rule": "self.size() < 3", "message": "too long"}]}},
                },
            }},
        }));
        let object = json!({
            "metadata": {"name": "no"},
            "spec": {"min": 7, "max": 1, "tags": ["a", ""], "labels": {"a": "long"}},
        });
        let found = validator.validate(&object, None);
        assert_eq!(
            texts(&found.errors),
            [
                "<nil>: Invalid value: no such name",
                "spec.min: Forbidden: 7 is more than 1",
                "spec: Invalid value: failed rule: self.max / self.min > 0",
                "spec.labels[a]: Invalid value: \"long\": too long",
                "spec.min: Invalid value: 7: failed rule: self != 7",
                "spec.tags[1]: Invalid value: \"\": failed rule: self != ''",
            ]
        );
        let object = json!({"metadata": {"name": "a"}, "spec": {"min": 0, "max": 1}});
        assert_eq!(
            texts(&validator.validate(&object, None).errors),
            ["spec: Invalid value: \"object\": division by zero evaluating rule: self.max / self.min > 0"]
        );
    }

    #[test]
    fn old_values_are_found_by_keys_and_what_was_wrong_before_is_warned_of() {
        let validator = validator(&json!({
            "type": "object",
            "properties": {"ports": {
                "type": "array",
                "x-kubernetes-list-type": "map",
                "x-kubernetes-list-map-keys": ["name"],
                "items": {
                    "type": "object",
                    "properties": {"name": {"type": "string"}, "port": {"type": "integer"}},
                    "x-kubernetes-validations": [
                        {"rule": "self.port == oldSelf.port", "message": "a port stays"},
                        {"rule": "self.port < 100", "message": "too large"},
                        {"rule": "oldSelf.hasValue() || self.port > 0", "message": "new", "optionalOldSelf": true},
                    ],
                },
            }},
        }));
        let port = |name: &str, port: i32| json!({"name": name, "port": port});
        let old = json!({"ports": [port("a", 1), port("b", 200)]});
        let new = json!({"ports": [port("b", 200), port("a", 2), port("c", 0)]});
        let found = validator.validate(&new, Some(&old));
        assert_eq!(
            texts(&found.errors),
            ["ports[1]: Invalid value: a port stays", "ports[2]: Invalid value: new"]
        );
        assert_eq!(texts(&found.warnings), ["ports[0]: Invalid value: too large"]);
    }

    #[test]
    fn a_rule_that_costs_too_much_ends_the_judgement() {
        let rule = "self.l.all(a, self.l.all(b, self.l.all(c, a + b + c != 'x')))";
        let validator = validator(&json!({
            "type": "object",
            "x-kubernetes-validations": [{"rule": rule}, {"rule": "false"}],
            "properties": {"l": {"type": "array", "items": {"type": "string"}}},
        }));
        let errors = validator.validate(&json!({"l": vec!["aaaa"; 120]}), None).errors;
        assert_eq!(
            texts(&errors),
            [format!(
                "<nil>: Invalid value: \"object\": 'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule: {rule}"
            )]
        );
    }
}
