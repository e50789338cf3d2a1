//! Pure: an object as Go's encoder writes its struct: zero values where the struct has no `omitempty`, nothing where it
//! has, and no difference between empty and absent lists and maps, which storage does not keep.

use serde_json::{Map, Value, json};

use crate::builtin::scalars;
use crate::builtin::types::{self, Field, Struct, Type};

/// Brings an object into the form in which it is stored and given back; what the struct does not have is dropped.
pub(crate) fn shape(of: &'static Struct, object: Value) -> Value {
    shape_as(Form::Stored, of, object)
}

/// Brings an object into the form in which it is before it is stored: a list or a map that is always written is empty
/// if it was given so, and null if it was not given.
pub(crate) fn sent(of: &'static Struct, object: Value) -> Value {
    shape_as(Form::Sent, of, object)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Sent,
    Stored,
}

fn shape_as(form: Form, of: &'static Struct, object: Value) -> Value {
    let Value::Object(mut given) = object else {
        return Value::Object(Map::new());
    };
    let mut shaped = Map::new();
    for field in of.fields() {
        if let Some(value) = member(form, field, given.remove(&field.json)) {
            shaped.insert(field.json.clone(), value);
        }
    }
    Value::Object(shaped)
}

fn member(form: Form, field: &Field, given: Option<Value>) -> Option<Value> {
    let given = given.filter(|value| !value.is_null());
    let absent = || (!field.omitempty).then_some(Value::Null);
    if field.pointer {
        return match given {
            Some(value) => Some(shape_value(form, &field.ty, value)),
            None => absent(),
        };
    }
    match field.ty {
        Type::List(_) | Type::Map(_) => {
            // That nobody is to manage the fields of an object is said by an empty list, until the write has heard it.
            let keeps_empty = form == Form::Sent && !field.omitempty || field.json == "managedFields";
            let kept = given.filter(|value| keeps_empty || !is_empty(value));
            return kept.map(|value| shape_value(form, &field.ty, value)).or_else(absent);
        }
        // Storage tells empty bytes from none.
        Type::Bytes => return given.filter(|value| !field.omitempty || !is_empty(value)).or_else(absent),
        _ => {}
    }
    let value = shape_value(form, &field.ty, given.unwrap_or_else(|| scalars::zero(&field.ty)));
    let is_scalar = matches!(field.ty, Type::String | Type::Bool | Type::Int32 | Type::Int64 | Type::Float64);
    let omitted = (is_scalar && field.omitempty && is_zero(&value)) || (field.omitzero && is_blank(&value));
    (!omitted).then_some(value)
}

fn shape_value(form: Form, ty: &Type, value: Value) -> Value {
    match (ty, value) {
        (Type::Struct(id), value) => shape_as(form, types::get(*id), value),
        (Type::List(item), Value::Array(items)) => {
            items.into_iter().map(|value| element(form, item, value)).collect()
        }
        (Type::Map(item), Value::Object(map)) => {
            map.into_iter().map(|(name, value)| (name, element(form, item, value))).collect()
        }
        (_, value) => value,
    }
}

fn element(form: Form, ty: &Type, value: Value) -> Value {
    match (ty, value) {
        (Type::Bytes, Value::Null) => json!(""),
        (Type::List(_), Value::Null) => json!([]),
        (ty, Value::Null) => shape_value(form, ty, scalars::zero(ty)),
        (ty, value) => shape_value(form, ty, value),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether a struct holds nothing.
fn is_blank(value: &Value) -> bool {
    value.as_object().map_or_else(|| value.is_null(), |map| map.values().all(is_blank))
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Bool(true) | Value::Array(_) | Value::Object(_) => false,
    }
}
