//! Pure: objects inside of objects (`x-kubernetes-embedded-resource`): they have a type, and metadata of their own.

use serde_json::Value;

use crate::field_error::{FieldError, child};
use crate::metadata;
use crate::names;
use crate::node::Node;

/// Drops what metadata of embedded objects does not have, and returns its paths.
pub fn prune(value: &mut Value, schema: &Node, path: &str) -> Vec<String> {
    let mut unknown = Vec::new();
    if schema.embedded && value.get("metadata").is_some_and(Value::is_object) {
        // What cannot be read stays, and is refused by the validation.
        let found = metadata::coerce(value).unwrap_or_default();
        unknown.extend(found.iter().map(|inner| child(path, inner)));
    }
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                if let Some(field) = schema.field(name) {
                    unknown.extend(prune(value, field, &child(path, name)));
                }
            }
        }
        Value::Array(items) => {
            let Some(schema) = &schema.items else { return unknown };
            for (index, item) in items.iter_mut().enumerate() {
                unknown.extend(prune(item, schema, &format!("{path}[{index}]")));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    unknown
}

/// What is wrong with embedded objects.
pub fn validate(value: &Value, schema: &Node, path: &str, errors: &mut Vec<FieldError>) {
    match value {
        Value::Object(map) => {
            if schema.embedded {
                check(value, path, errors);
            }
            for (name, value) in map {
                if let Some(field) = schema.field(name) {
                    let path = match schema.properties.contains_key(name) {
                        true => child(path, name),
                        false => format!("{path}[{name}]"),
                    };
                    validate(value, field, &path, errors);
                }
            }
        }
        Value::Array(items) => {
            let Some(schema) = &schema.items else { return };
            for (index, item) in items.iter().enumerate() {
                validate(item, schema, &format!("{path}[{index}]"), errors);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn check(object: &Value, path: &str, errors: &mut Vec<FieldError>) {
    for name in ["apiVersion", "kind"].iter().filter(|name| object.get(**name).is_none()) {
        errors.push(FieldError::required(&child(path, name), ""));
    }
    for name in ["apiVersion", "kind"] {
        let here = child(path, name);
        match object.get(name) {
            None => {}
            Some(Value::String(text)) if text.is_empty() => {
                errors.push(FieldError::invalid(&here, "", "must not be empty"));
            }
            Some(Value::String(text)) if name == "kind" => {
                if let Err(why) = names::check_dns1035(&text.to_lowercase()) {
                    let why = format!("may have mixed case, but should otherwise match: {why}");
                    errors.push(FieldError::invalid(&here, text.as_str(), why));
                }
            }
            Some(Value::String(text)) if text.matches('/').count() > 1 => {
                let why = format!("unexpected GroupVersion string: {text}");
                errors.push(FieldError::invalid(&here, text.as_str(), why));
            }
            Some(Value::String(_)) => {}
            Some(other) => errors.push(FieldError::invalid(&here, other.clone(), "must be a string")),
        }
    }
    let mut inner = Vec::new();
    metadata::validate_maps(object, &mut inner);
    for mut error in inner {
        error.field = child(path, &error.field);
        errors.push(error);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_embedded_object_has_a_type_and_plain_metadata() {
        let schema = Node::parse(&json!({"type": "object", "properties": {"t": {"type": "object",
            "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true}}}));
        let mut object = json!({"t": {"metadata": {"color": "red", "labels": {"a b": "c"}}}});
        assert_eq!(prune(&mut object, &schema, ""), ["t.metadata.color"]);
        let mut errors = Vec::new();
        validate(&object, &schema, "", &mut errors);
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["t.apiVersion", "t.kind", "t.metadata.labels"]);
    }
}
