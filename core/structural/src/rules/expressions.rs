//! Pure: what the rules of a schema must be, before anybody reads their expressions.

use serde_json::Value;

use crate::cel::Scope;
use crate::field_error::{FieldError, child};
use crate::field_path::resolve;
use crate::node::Node;
use crate::raw::{Keywords, keyed, text};
use crate::validations::compile;

/// Checks the texts of `x-kubernetes-validations` of one node.
pub(crate) fn check_texts(node: &Keywords, path: &str, errors: &mut Vec<FieldError>) {
    let rules = node.get("x-kubernetes-validations").and_then(Value::as_array).into_iter().flatten();
    for (index, rule) in rules.enumerate() {
        if let Some(rule) = rule.as_object() {
            check_rule(rule, node, &format!("{path}.x-kubernetes-validations[{index}]"), errors);
        }
    }
}

/// Checks the expressions of all rules of a schema that is good otherwise. `loose` is the nearest place around the node
/// whose parts cannot be told apart from those before an update.
pub(crate) fn check_expressions(
    keywords: &Keywords,
    is_root: bool,
    path: &str,
    loose: Option<&str>,
    errors: &mut Vec<FieldError>,
) {
    if keywords.contains_key("x-kubernetes-validations") {
        check_rules(keywords, is_root, path, loose, errors);
    }
    for (name, property) in keywords.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if let Some(property) = property.as_object() {
            check_expressions(property, false, &keyed(path, "properties", name), loose, errors);
        }
    }
    if let Some(additional) = keywords.get("additionalProperties").and_then(Value::as_object) {
        check_expressions(additional, false, &child(path, "additionalProperties"), loose, errors);
    }
    if let Some(items) = keywords.get("items").and_then(Value::as_object) {
        let is_map = text(keywords, "x-kubernetes-list-type") == "map";
        let loose = if is_map { loose } else { Some(path) };
        check_expressions(items, false, &child(path, "items"), loose, errors);
    }
}

fn check_rules(
    keywords: &Keywords,
    is_root: bool,
    path: &str,
    loose: Option<&str>,
    errors: &mut Vec<FieldError>,
) {
    let rules = keywords.get("x-kubernetes-validations").and_then(Value::as_array).into_iter().flatten();
    let here = child(path, "x-kubernetes-validations");
    let node = Node::parse(&Value::Object(keywords.clone()));
    let Some(scope) = Scope::new(&node, is_root) else {
        errors.push(FieldError::internal(
            &here,
            "internal error: failed to construct type information for x-kubernetes-validations rules: unable to convert structural schema to CEL declarations",
        ));
        return;
    };
    for (index, (value, rule)) in rules.zip(&node.validations).enumerate() {
        let path = format!("{here}[{index}]");
        let program = match compile(rule, &scope) {
            Ok((program, _)) => program,
            Err(refused) => {
                let name = if refused.is_message { "messageExpression" } else { "rule" };
                errors.push(FieldError::invalid_as(&child(&path, name), dump(value), refused.why));
                continue;
            }
        };
        if let Some(loose) = loose.filter(|_| program.uses_old_self()) {
            let why =
                format!("oldSelf cannot be used on the uncorrelatable portion of the schema within {loose}");
            errors.push(FieldError::invalid(&child(&path, "rule"), rule.rule.as_str(), why));
        }
        if let Some(optional) = value.get("optionalOldSelf").filter(|_| !program.uses_old_self()) {
            let why = "may not be set if oldSelf is not used in rule";
            errors.push(FieldError::invalid(&child(&path, "optionalOldSelf"), optional.clone(), why));
        }
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

fn has_lines(text: &str) -> bool {
    text.contains(['\n', '\r'])
}

fn check_rule(rule: &Keywords, node: &Keywords, path: &str, errors: &mut Vec<FieldError>) {
    const REASONS: [&str; 4] =
        ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];
    let message = text(rule, "message");
    let expression = text(rule, "rule").trim();
    if expression.is_empty() {
        errors.push(FieldError::required(&child(path, "rule"), "rule is not specified"));
    } else if !message.is_empty() && message.trim().is_empty() {
        let why = "must be non-empty if specified";
        errors.push(FieldError::invalid(&child(path, "message"), message, why));
    } else if has_lines(message.trim()) {
        errors.push(FieldError::invalid(&child(path, "message"), message, "must not contain line breaks"));
    } else if has_lines(expression) && message.trim().is_empty() {
        let why = "message must be specified if rule contains line breaks";
        errors.push(FieldError::required(&child(path, "message"), why));
    }
    let message_expression = text(rule, "messageExpression");
    if !message_expression.is_empty() && message_expression.trim().is_empty() {
        let why = "messageExpression must be non-empty if specified";
        errors.push(FieldError::required(&child(path, "messageExpression"), why));
    }
    if let Some(reason) = rule.get("reason").and_then(Value::as_str)
        && !REASONS.contains(&reason)
    {
        errors.push(FieldError::not_supported(&child(path, "reason"), reason, &REASONS.map(str::to_owned)));
    }
    let field_path = text(rule, "fieldPath");
    let here = child(path, "fieldPath");
    let mut wrong = |why: &str| errors.push(FieldError::invalid(&here, field_path, why));
    if field_path.is_empty() {
        return;
    }
    if field_path.trim().is_empty() {
        wrong("must be non-empty if specified");
    }
    if has_lines(field_path) {
        wrong("must not contain line breaks");
    }
    if resolve(&Node::parse(&Value::Object(node.clone())), field_path, true).is_err() {
        wrong("must be a valid path");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(rule: Value) -> Vec<String> {
        let node = json!({"properties": {"a": {"type": "string"}}, "x-kubernetes-validations": [rule]});
        let mut errors = Vec::new();
        check_texts(node.as_object().unwrap(), "s", &mut errors);
        errors.into_iter().map(|error| error.field.replace("s.x-kubernetes-validations[0].", "")).collect()
    }

    #[test]
    fn each_text_of_a_rule_has_its_form() {
        assert!(
            fields(json!({"rule": "true", "fieldPath": ".a", "reason": "FieldValueForbidden"})).is_empty()
        );
        assert_eq!(fields(json!({"rule": " "})), ["rule"]);
        assert_eq!(fields(json!({"rule": "a &&\nb"})), ["message"]);
        assert!(fields(json!({"rule": "a &&\nb", "message": "no"})).is_empty());
        assert_eq!(fields(json!({"rule": "a &&\nb", "messageExpression": "'no'"})), ["message"]);
        assert_eq!(fields(json!({"rule": "true", "message": "a\nb"})), ["message"]);
        assert_eq!(fields(json!({"rule": "true", "messageExpression": " "})), ["messageExpression"]);
        assert_eq!(fields(json!({"rule": "true", "reason": "No"})), ["reason"]);
        assert_eq!(fields(json!({"rule": "true", "fieldPath": ".b"})), ["fieldPath"]);
    }
}
