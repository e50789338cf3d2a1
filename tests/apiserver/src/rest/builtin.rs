//! Pure: how objects of built-in kinds are judged. A first cut.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use crate::kinds::Kind;
use crate::meta;
use crate::schema::field_error::FieldError;

/// Drops every null member, as decoding into a Go struct does.
pub(crate) fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|_, value| !value.is_null());
            map.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The checks that this cut makes of built-in kinds.
pub(crate) fn validate(kind: &Kind, object: &Value) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let list =
        |path: &[&str]| path.iter().try_fold(object, |value, part| value.get(part)).and_then(Value::as_array);
    match (kind.group.as_str(), kind.plural.as_str()) {
        ("", "pods") if list(&["spec", "containers"]).is_none_or(Vec::is_empty) => {
            errors.push(FieldError::required("spec.containers", ""));
        }
        ("apps", _) => {
            for (index, path) in [["spec", "selector"], ["spec", "template"]].iter().enumerate() {
                if path.iter().try_fold(object, |value, part| value.get(part)).is_none() {
                    let field = if index == 0 { "spec.selector" } else { "spec.template.spec.containers" };
                    errors.push(FieldError::required(field, ""));
                }
            }
        }
        _ => {}
    }
    errors
}

/// Values that cannot be decoded into the fields of a built-in kind.
pub(crate) fn check_types(kind: &Kind, object: &Value) -> Result<(), String> {
    if !(kind.is("", "configmaps") || kind.is("", "secrets")) {
        return Ok(());
    }
    for value in object.get("data").and_then(Value::as_object).into_iter().flat_map(Map::values) {
        let Some(text) = value.as_str() else {
            let found = meta::go_type(value);
            return Err(format!(
                "json: cannot unmarshal {found} into Go struct field {}.data of type string",
                kind.kind
            ));
        };
        if kind.plural == "secrets" && STANDARD.decode(text).is_err() {
            return Err("illegal base64 data at input byte 0".to_owned());
        }
    }
    Ok(())
}

/// Immutable parts of built-in objects.
pub(crate) fn validate_update(kind: &Kind, new: &Value, old: &Value) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let immutable = old.get("immutable") == Some(&Value::Bool(true));
    if matches!(kind.plural.as_str(), "secrets" | "configmaps") && kind.group.is_empty() && immutable {
        for field in ["data", "binaryData"] {
            if new.get(field) != old.get(field) {
                errors.push(FieldError::forbidden(field, "field is immutable when `immutable` is set"));
            }
        }
    }
    if kind.is("", "secrets") && new.get("type") != old.get("type") {
        errors.push(FieldError::invalid("type", new["type"].clone(), "field is immutable"));
    }
    errors
}
