//! Pure: JSON as values, by its schema.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::clock;
use super::value::{Failure, List, Map, Outcome, Value};
use crate::cel::time::Timestamp;
use crate::node::Node as Schema;

/// The value of JSON that follows a schema.
pub(crate) fn from_json<'a>(json: &'a Json, schema: &'a Schema) -> Outcome<'a> {
    if json.is_null() {
        return match schema.nullable {
            true => Ok(Value::Null),
            false => Err(Failure::new("invalid data, got null for schema with nullable=false")),
        };
    }
    if schema.int_or_string {
        return match json {
            Json::String(text) => Some(Value::String(Cow::Borrowed(text))),
            Json::Number(number) => number.as_i64().map(Value::Int),
            _ => None,
        }
        .ok_or_else(|| {
            Failure::new("invalid data, expected XIntOrString value to be either a string or integer")
        });
    }
    match (schema.kind.as_str(), json) {
        ("object", Json::Object(map)) => Ok(Value::Map(Map::Json(map, schema))),
        ("array", Json::Array(items)) => match &schema.items {
            Some(item) => Ok(Value::List(List::of_json(items, schema, item))),
            None => Err(Failure::new("invalid array type, expected Items with a non-empty Schema")),
        },
        ("string", Json::String(text)) => from_text(text, schema),
        ("integer", Json::Number(number)) => match number.as_i64() {
            Some(int) => Ok(Value::Int(int)),
            None => Err(Failure::new("invalid data, expected int, got float64")),
        },
        ("number", Json::Number(number)) => match number.as_f64() {
            Some(double) => Ok(Value::Double(double)),
            None => Err(Failure::new("invalid data, expected float")),
        },
        ("boolean", Json::Bool(value)) => Ok(Value::Bool(*value)),
        ("", json) if schema.preserve_unknown => Ok(Value::Unknown(json)),
        (kind, _) => Err(Failure::new(match kind {
            "object" => "invalid data, expected a map for the provided schema with type=object".to_owned(),
            "array" => "invalid data, expected an array for the provided schema with type=array".to_owned(),
            "string" => format!("invalid data, expected string, got {}", go_type(json)),
            "integer" => format!("invalid data, expected int, got {}", go_type(json)),
            "number" => format!("invalid data, expected float, got {}", go_type(json)),
            "boolean" => format!("invalid data, expected bool, got {}", go_type(json)),
            other => format!(
                "invalid type, expected object, array, number, integer, boolean or string, or no type with x-kubernetes-int-or-string or x-kubernetes-preserve-unknown-fields is true, got {other}"
            ),
        })),
    }
}

fn from_text<'a>(text: &'a str, schema: &Schema) -> Outcome<'a> {
    let invalid = |what: &str| Failure::new(format!("Invalid {what} {text}"));
    match schema.format.as_str() {
        "duration" => clock::lax_duration(text).map(Value::Duration).ok_or_else(|| invalid("duration")),
        "date" => Timestamp::parse(&format!("{text}T00:00:00Z"))
            .map(Value::Timestamp)
            .ok_or_else(|| invalid("date formatted string")),
        "date-time" | "datetime" => Timestamp::parse_lax(text)
            .map(Value::Timestamp)
            .ok_or_else(|| invalid("date-time formatted string")),
        "byte" => {
            use base64::Engine;
            let decoded = base64::engine::general_purpose::STANDARD.decode(text);
            decoded.map(|bytes| Value::Bytes(bytes.into())).map_err(|_| invalid("byte formatted string"))
        }
        _ => Ok(Value::String(Cow::Borrowed(text))),
    }
}

/// What Go calls the type of decoded JSON.
fn go_type(json: &Json) -> &'static str {
    match json {
        Json::Null => "<nil>",
        Json::Bool(_) => "bool",
        Json::Number(number) if number.is_i64() => "int64",
        Json::Number(_) => "float64",
        Json::String(_) => "string",
        Json::Array(_) => "[]interface {}",
        Json::Object(_) => "map[string]interface {}",
    }
}
