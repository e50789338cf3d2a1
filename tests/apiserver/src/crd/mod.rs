//! CustomResourceDefinitions: what the server fills in, checks, and serves because of them.

use serde_json::Value;

pub(crate) mod approval;
pub(crate) mod conditions;
pub(crate) mod kinds;
pub(crate) mod naming;

/// The text under `name`; empty when there is none.
pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
