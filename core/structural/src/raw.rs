//! Pure: a schema as it was written, before it is trusted.

use serde_json::{Map, Value};

use crate::field_error::FieldError;

/// One node, its keywords still unread.
pub(crate) type Keywords = Map<String, Value>;

pub(crate) fn text<'a>(node: &'a Keywords, key: &str) -> &'a str {
    node.get(key).and_then(Value::as_str).unwrap_or_default()
}

pub(crate) fn flag(node: &Keywords, key: &str) -> bool {
    node.get(key).and_then(Value::as_bool).unwrap_or(false)
}

pub(crate) fn keyed(path: &str, map: &str, key: &str) -> String {
    format!("{path}.{map}[{key}]")
}

pub(crate) fn required_or_invalid(path: &str, actual: &str, why: &str) -> FieldError {
    if actual.is_empty() { FieldError::required(path, why) } else { FieldError::invalid(path, actual, why) }
}
