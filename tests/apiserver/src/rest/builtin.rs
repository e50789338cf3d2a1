//! Pure: how objects of built-in kinds are judged. A first cut.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use crate::kinds::Kind;
use crate::meta;

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
