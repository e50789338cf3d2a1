//! Pure: what the texts of the rules of a schema must be, before anybody reads their expressions.

use serde_json::Value;

use crate::field_error::{FieldError, child};
use crate::field_path::resolve;
use crate::node::Node;
use crate::raw::{Keywords, text};

/// Checks the texts of `x-kubernetes-validations` of one node.
pub(crate) fn check_texts(node: &Keywords, path: &str, errors: &mut Vec<FieldError>) {
    let rules = node.get("x-kubernetes-validations").and_then(Value::as_array).into_iter().flatten();
    for (index, rule) in rules.enumerate() {
        if let Some(rule) = rule.as_object() {
            check_rule(rule, node, &format!("{path}.x-kubernetes-validations[{index}]"), errors);
        }
    }
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
