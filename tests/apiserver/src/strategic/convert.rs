//! Pure: a merged object is not read from text but converted, which has texts of its own for what does not fit.

use kubist_structural::field_error::child;
use kubist_structural::quantity::Quantity;
use serde_json::{Value, json};

use crate::builtin::scalars;
use crate::builtin::time;
use crate::builtin::types::{self, Struct, Type};

/// Checks a merged object against its struct and makes its numbers those of the struct; returns the fields that the
/// struct does not have, sorted.
///
/// # Errors
/// The API server's text about the first value that does not fit.
pub(crate) fn convert(of: &'static Struct, object: &mut Value) -> Result<Vec<String>, String> {
    let mut unknown = Vec::new();
    fields(of, object, "", &mut unknown)?;
    unknown.sort();
    Ok(unknown)
}

/// Go's name for the kind of a decoded value.
fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "invalid",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float64",
        Value::Number(_) => "int64",
        Value::String(_) => "string",
        Value::Array(_) => "slice",
        Value::Object(_) => "map",
    }
}

fn fields(
    of: &'static Struct,
    value: &mut Value,
    path: &str,
    unknown: &mut Vec<String>,
) -> Result<(), String> {
    let Value::Object(map) = value else {
        return Err(format!("cannot restore struct from: {}", kind_of(value)));
    };
    for field in of.fields() {
        if let Some(value) = map.get_mut(&field.json) {
            let name = scalars::field_type(field);
            member(&field.ty, name, value, &child(path, &field.json), unknown)?;
        }
    }
    unknown.extend(map.keys().filter(|name| of.field(name).is_none()).map(|name| child(path, name)));
    Ok(())
}

fn member(
    ty: &Type,
    name: &str,
    value: &mut Value,
    path: &str,
    unknown: &mut Vec<String>,
) -> Result<(), String> {
    if value.is_null() {
        return Ok(());
    }
    match (ty, &mut *value) {
        (Type::Struct(id), value) => fields(types::get(*id), value, path, unknown),
        (Type::List(item), Value::Array(items)) => {
            let name = scalars::element(name);
            items.iter_mut().enumerate().try_for_each(|(index, value)| {
                member(item, name, value, &format!("{path}[{index}]"), unknown)
            })
        }
        (Type::Map(item), Value::Object(map)) => {
            let name = scalars::element(name);
            // The keys of maps are not part of the path.
            map.values_mut().try_for_each(|value| member(item, name, value, path, unknown))
        }
        (Type::Bytes, Value::String(text)) => {
            scalars::base64(text).map(drop).map_err(|why| format!("error decoding from json: {why}"))
        }
        (Type::List(_) | Type::Bytes, other) => Err(format!("cannot restore slice from {}", kind_of(other))),
        (Type::Map(_), other) => Err(format!("cannot restore map from {}", kind_of(other))),
        (Type::String | Type::Bool | Type::Int32 | Type::Int64 | Type::Float64, value) => {
            scalar(ty, name, value)
        }
        (Type::Time, Value::String(text)) => time::seconds(text).map(drop),
        (Type::MicroTime, Value::String(text)) => time::micros(text).map(drop),
        (Type::Quantity, Value::String(text)) => Ok(Quantity::parse(text.trim()).map(drop)?),
        (Type::Quantity, value) => Ok(Quantity::parse(&value.to_string()).map(drop)?),
        (Type::IntOrString, Value::Number(number)) => match number.as_i64().map(i32::try_from) {
            Some(Ok(_)) => Ok(()),
            _ => Err(format!("json: cannot unmarshal number {number} into Go value of type int32")),
        },
        (Type::IntOrString, Value::String(_)) => Ok(()),
        (Type::IntOrString, other) => Err(unreadable(other, "int32")),
        (Type::Time | Type::MicroTime | Type::Duration, other) if !other.is_string() => {
            Err(unreadable(other, "string"))
        }
        _ => Ok(()),
    }
}

fn unreadable(value: &Value, wanted: &str) -> String {
    let found = crate::json::Node::from(value).go_type();
    format!("json: cannot unmarshal {found} into Go value of type {wanted}")
}

fn scalar(ty: &Type, name: &str, value: &mut Value) -> Result<(), String> {
    let name = if name.is_empty() { scalars::type_name(ty) } else { name.to_owned() };
    let inconvertible = |value: &Value| Err(format!("cannot convert {} to {name}", kind_of(value)));
    match (ty, &*value) {
        (Type::String, Value::String(_))
        | (Type::Bool, Value::Bool(_))
        | (Type::Float64, Value::Number(_)) => Ok(()),
        (Type::Int32 | Type::Int64, Value::Number(number)) => {
            let whole = match number.as_i64() {
                Some(whole) => whole,
                None => match number.as_f64() {
                    Some(float) if float.fract() == 0.0 => float as i64,
                    _ => return inconvertible(value),
                },
            };
            // Go keeps the lowest bits of a number that is too large.
            *value = if *ty == Type::Int32 { json!(whole as i32) } else { json!(whole) };
            Ok(())
        }
        (Type::String, Value::Number(number)) if !number.is_f64() => inconvertible(value),
        _ => Err(format!("unrecognized type: {}", scalars::type_name(ty))),
    }
}
