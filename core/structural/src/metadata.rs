//! Pure: the fields of metadata, as they come over the wire.

use serde_json::{Map, Value};

use crate::field_error::FieldError;
use crate::names;

const ANNOTATIONS_LIMIT: usize = 256 * 1024;

/// The fields of ObjectMeta and the JSON type of each.
const FIELDS: [(&str, Shape); 15] = [
    ("annotations", Shape::Texts),
    ("creationTimestamp", Shape::Text),
    ("deletionGracePeriodSeconds", Shape::Number),
    ("deletionTimestamp", Shape::Text),
    ("finalizers", Shape::List),
    ("generateName", Shape::Text),
    ("generation", Shape::Number),
    ("labels", Shape::Texts),
    ("managedFields", Shape::List),
    ("name", Shape::Text),
    ("namespace", Shape::Text),
    ("ownerReferences", Shape::List),
    ("resourceVersion", Shape::Text),
    ("selfLink", Shape::Text),
    ("uid", Shape::Text),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Text,
    Number,
    List,
    Texts,
}

impl Shape {
    fn fits(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Number => value.is_i64() || value.is_u64(),
            Self::List => value.is_array(),
            Self::Texts => value.as_object().is_some_and(|map| map.values().all(Value::is_string)),
        }
    }

    fn go_name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Number => "int64",
            Self::List => "[]string",
            Self::Texts => "map[string]string",
        }
    }
}

/// Checks the types of the metadata's fields, drops nulls and what no metadata has; returns what was dropped.
pub fn coerce(object: &mut Value) -> Result<Vec<String>, String> {
    if let Some(value) = object.get("metadata")
        && !value.is_object()
        && !value.is_null()
    {
        return Err("json: cannot unmarshal into Go struct field .metadata of type v1.ObjectMeta".to_owned());
    }
    let metadata = metadata(object);
    let mut unknown = Vec::new();
    let mut wrong = None;
    metadata.retain(|name, value| {
        let Some((_, shape)) = FIELDS.iter().find(|(field, _)| field == name) else {
            unknown.push(format!("metadata.{name}"));
            return false;
        };
        if *shape == Shape::Texts
            && let Value::Object(map) = value
        {
            map.retain(|_, value| !value.is_null());
        }
        if !value.is_null() && !shape.fits(value) {
            let inner = value.as_object().and_then(|map| map.values().find(|value| !value.is_string()));
            let (found, wanted) = match inner.filter(|_| *shape == Shape::Texts) {
                Some(inner) => (go_type(inner), "string"),
                None => (go_type(value), shape.go_name()),
            };
            wrong = Some(format!(
                "json: cannot unmarshal {found} into Go struct field ObjectMeta.{name} of type {wanted}"
            ));
        }
        let is_empty = value.as_object().is_some_and(Map::is_empty)
            || value.as_array().is_some_and(Vec::is_empty)
            || value.as_str().is_some_and(str::is_empty);
        // That the list of managers is empty says something: it is to be so.
        !value.is_null() && (!is_empty || name == "managedFields" && value.is_array())
    });
    wrong.map_or(Ok(unknown), Err)
}

/// The name that Go's decoder has for the type of a value.
pub fn go_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The value under `name` of the metadata.
pub fn field<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    object.get("metadata")?.get(name)
}

/// The text under `name` of the metadata; empty when there is none.
pub fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    field(object, name).and_then(Value::as_str).unwrap_or_default()
}

/// The metadata, made when it is missing.
pub fn metadata(object: &mut Value) -> &mut Map<String, Value> {
    if !object.get("metadata").is_some_and(Value::is_object) {
        object["metadata"] = Value::Object(Map::new());
    }
    match &mut object["metadata"] {
        Value::Object(map) => map,
        _ => unreachable!("metadata was just made an object"),
    }
}

/// What is wrong with labels and annotations.
pub fn validate_maps(object: &Value, errors: &mut Vec<FieldError>) {
    let map = |name: &str| field(object, name).and_then(Value::as_object).into_iter().flatten();
    for (key, value) in map("labels") {
        each(errors, "metadata.labels", key, names::label_key(key));
        let value = value.as_str().unwrap_or_default();
        each(errors, "metadata.labels", value, names::label_value(value));
    }
    let mut size = 0;
    for (key, value) in map("annotations") {
        each(errors, "metadata.annotations", key, names::label_key(&key.to_lowercase()));
        size += key.len() + value.as_str().unwrap_or_default().len();
    }
    if size > ANNOTATIONS_LIMIT {
        errors.push(FieldError::too_long("metadata.annotations", ANNOTATIONS_LIMIT as u64));
    }
}

fn each(errors: &mut Vec<FieldError>, path: &str, value: &str, problems: Vec<String>) {
    errors.extend(problems.into_iter().map(|why| FieldError::invalid(path, value, why)));
}
