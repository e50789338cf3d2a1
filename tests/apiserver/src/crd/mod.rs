//! CustomResourceDefinitions: what the server fills in, checks, and serves because of them.

use serde_json::Value;

pub(crate) mod approval;
pub(crate) mod columns;
pub(crate) mod conditions;
pub(crate) mod conversion;
pub(crate) mod defaults;
pub(crate) mod dump;
pub(crate) mod embedded;
pub(crate) mod keywords;
pub(crate) mod kinds;
pub(crate) mod naming;
pub(crate) mod objects;
pub(crate) mod scale_rules;
pub(crate) mod validate;
pub(crate) mod version_rules;
pub(crate) mod warnings;

/// The text under `name`; empty when there is none.
pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
