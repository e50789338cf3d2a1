//! Pure: small steps through the JSON of an object that is being filled in.

use serde_json::{Map, Value};

/// An object of JSON: a struct of Go, or a map.
pub(crate) type Fields = Map<String, Value>;

/// The struct at `path`, if every part of the path is one.
pub(crate) fn at<'a>(object: &'a mut Value, path: &[&str]) -> Option<&'a mut Fields> {
    path.iter().try_fold(object, |value, name| value.get_mut(name))?.as_object_mut()
}

/// The struct at `path`, made where it is missing.
pub(crate) fn make<'a>(object: &'a mut Value, path: &[&str]) -> &'a mut Fields {
    let mut fields = fields_of(object);
    for name in path {
        fields = child(fields, name);
    }
    fields
}

/// The struct under `name`, made where it is missing.
pub(crate) fn child<'a>(fields: &'a mut Fields, name: &str) -> &'a mut Fields {
    fields_of(fields.entry(name).or_insert(Value::Null))
}

fn fields_of(value: &mut Value) -> &mut Fields {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    match value {
        Value::Object(fields) => fields,
        _ => unreachable!("the value was just made an object"),
    }
}

/// The structs in the list under `name`.
pub(crate) fn items<'a>(fields: &'a mut Fields, name: &str) -> impl Iterator<Item = &'a mut Fields> {
    let list = fields.get_mut(name).and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut)
}

/// The text under `name`; empty when there is none.
pub(crate) fn text<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The value at `path`, to be read.
pub(crate) fn get<'a>(object: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(object, |value, name| value.get(name)).filter(|value| !value.is_null())
}

/// The text at `path`; empty when there is none.
pub(crate) fn text_at<'a>(object: &'a Value, path: &[&str]) -> &'a str {
    get(object, path).and_then(Value::as_str).unwrap_or_default()
}

/// Whether there is nothing under `name`, or an empty text, list or map.
pub(crate) fn is_empty(fields: &Fields, name: &str) -> bool {
    match fields.get(name) {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Object(map)) => map.is_empty(),
        Some(Value::Bool(_) | Value::Number(_)) => false,
    }
}

/// Whether there is nothing under `name`.
pub(crate) fn is_absent(fields: &Fields, name: &str) -> bool {
    fields.get(name).is_none_or(Value::is_null)
}

/// Sets what has no value.
pub(crate) fn default(fields: &mut Fields, name: &str, value: impl Into<Value>) {
    if is_absent(fields, name) || fields.get(name).and_then(Value::as_str) == Some("") {
        fields.insert(name.to_owned(), value.into());
    }
}

/// Puts `value` under `name`, or takes away what is there.
pub(crate) fn put(fields: &mut Fields, name: &str, value: Option<Value>) {
    match value {
        Some(value) => fields.insert(name.to_owned(), value),
        None => fields.remove(name),
    };
}
