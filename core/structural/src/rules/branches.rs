//! Pure: the branches of a schema may constrain values but not shape them.

use serde_json::{Value, json};

use crate::field_error::{FieldError, child};
use crate::raw::{Keywords, flag, keyed};
use crate::rules::structural::check_keywords;

type Errors = Vec<FieldError>;

fn is_int_or_string_choice(node: &Keywords) -> bool {
    node.get("anyOf") == Some(&json!([{"type": "integer"}, {"type": "string"}]))
}

/// Checks `allOf`, `anyOf`, `oneOf` and `not` of one node, and what is below them.
pub(crate) fn check_branches(node: &Keywords, path: &str, errors: &mut Errors) {
    let int_or_string = flag(node, "x-kubernetes-int-or-string");
    for word in ["allOf", "anyOf", "oneOf"] {
        if word == "anyOf" && int_or_string && is_int_or_string_choice(node) {
            continue;
        }
        for (index, branch) in node.get(word).and_then(Value::as_array).into_iter().flatten().enumerate() {
            let Some(branch) = branch.as_object() else {
                continue;
            };
            let may_choose =
                word == "allOf" && index == 0 && int_or_string && is_int_or_string_choice(branch);
            if !may_choose {
                check_branch(branch, &format!("{path}.{word}[{index}]"), errors);
            }
        }
    }
    if let Some(not) = node.get("not").and_then(Value::as_object) {
        check_branch(not, &child(path, "not"), errors);
    }
}

fn check_branch(node: &Keywords, path: &str, errors: &mut Errors) {
    const EMPTY: [&str; 5] =
        ["type", "title", "description", "x-kubernetes-list-map-keys", "x-kubernetes-validations"];
    const UNDEFINED: [&str; 4] =
        ["additionalProperties", "default", "x-kubernetes-list-type", "x-kubernetes-map-type"];
    const FALSE: [&str; 4] = [
        "nullable",
        "x-kubernetes-preserve-unknown-fields",
        "x-kubernetes-embedded-resource",
        "x-kubernetes-int-or-string",
    ];
    check_keywords(node, path, errors);
    for word in EMPTY {
        if node.contains_key(word) {
            errors.push(FieldError::forbidden(&child(path, word), "must be empty to be structural"));
        }
    }
    for word in UNDEFINED {
        let closed = word == "additionalProperties" && node.get(word) == Some(&Value::Bool(false));
        if node.contains_key(word) && !closed {
            errors.push(FieldError::forbidden(&child(path, word), "must be undefined to be structural"));
        }
    }
    for word in FALSE {
        if flag(node, word) {
            errors.push(FieldError::forbidden(&child(path, word), "must be false to be structural"));
        }
    }
    if let Some(properties) = node.get("properties").and_then(Value::as_object) {
        for (name, property) in properties {
            let here = keyed(path, "properties", name);
            if name == "metadata" {
                errors.push(FieldError::forbidden(&here, "must not be specified in a nested context"));
            }
            if let Some(property) = property.as_object() {
                check_branch(property, &here, errors);
            }
        }
    }
    if let Some(items) = node.get("items").and_then(Value::as_object) {
        check_branch(items, &child(path, "items"), errors);
    }
    check_branches(node, path, errors);
}
