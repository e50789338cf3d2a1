//! CustomResourceDefinitions: what is wrong with one, and what the server fills in.

use serde_json::Value;

pub mod approval;
pub(crate) mod columns;
pub(crate) mod conversion;
pub mod defaults;
pub(crate) mod dump;
pub mod keywords;
pub mod validate;
pub(crate) mod version_rules;
pub mod warnings;

/// The text under `name`; empty when there is none.
pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The versions of a definition.
pub fn versions(definition: &Value) -> &[Value] {
    definition["spec"]["versions"].as_array().map_or(&[], Vec::as_slice)
}
