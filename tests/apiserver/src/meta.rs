//! Pure: what the server does with an object's metadata.

use std::hash::{BuildHasher, Hasher, RandomState};

use serde_json::{Map, Value};

use crate::kinds::{Kind, NameRule};
use crate::names;
use crate::schema::field_error::FieldError;

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

/// The text under `name` of the metadata; empty when there is none.
pub(crate) fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object.get("metadata").and_then(|metadata| metadata.get(name)).and_then(Value::as_str).unwrap_or_default()
}

/// The metadata, made when it is missing.
pub(crate) fn metadata(object: &mut Value) -> &mut Map<String, Value> {
    if !object.get("metadata").is_some_and(Value::is_object) {
        object["metadata"] = Value::Object(Map::new());
    }
    match &mut object["metadata"] {
        Value::Object(map) => map,
        _ => unreachable!("metadata was just made an object"),
    }
}

pub(crate) fn finalizers(object: &Value) -> Vec<String> {
    crate::schema::node::strings(object.get("metadata").and_then(|metadata| metadata.get("finalizers")))
}

pub(crate) fn is_being_deleted(object: &Value) -> bool {
    !text(object, "deletionTimestamp").is_empty()
}

/// Checks the types of the metadata's fields, drops nulls and what no metadata has; returns what was dropped.
pub(crate) fn coerce(object: &mut Value) -> Result<Vec<String>, String> {
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
        !value.is_null() && !is_empty
    });
    wrong.map_or(Ok(unknown), Err)
}

/// The name that Go's decoder has for the type of a value.
pub(crate) fn go_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// What is wrong with the metadata of an object that is about to be stored.
pub(crate) fn validate(object: &Value, kind: &Kind) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let name = text(object, "name");
    if name.is_empty() {
        errors.push(FieldError::required("metadata.name", "name or generateName is required"));
    } else if let Err(why) = check_name(name, kind.name_rule) {
        errors.push(FieldError::invalid("metadata.name", name, why));
    }
    let namespace = text(object, "namespace");
    if kind.namespaced {
        if namespace.is_empty() {
            errors.push(FieldError::required("metadata.namespace", ""));
        } else if let Err(why) = names::check_label(namespace) {
            errors.push(FieldError::invalid("metadata.namespace", namespace, why));
        }
    } else if !namespace.is_empty() {
        errors.push(FieldError::forbidden("metadata.namespace", "not allowed on this type"));
    }
    validate_maps(object, &mut errors);
    validate_owners(object, &mut errors);
    for finalizer in finalizers(object) {
        if let Err(why) = names::check_label_key(&finalizer) {
            errors.push(FieldError::invalid("metadata.finalizers", finalizer, why));
        }
    }
    errors
}

fn validate_maps(object: &Value, errors: &mut Vec<FieldError>) {
    let map = |name: &str| {
        object.get("metadata").and_then(|metadata| metadata.get(name)).and_then(Value::as_object)
    };
    for (key, value) in map("labels").into_iter().flatten() {
        let value = value.as_str().unwrap_or_default();
        if let Err(why) = names::check_label_key(key) {
            errors.push(FieldError::invalid("metadata.labels", key.as_str(), why));
        }
        if let Err(why) = names::check_label_value(value) {
            errors.push(FieldError::invalid("metadata.labels", value, why));
        }
    }
    const ANNOTATIONS_LIMIT: usize = 256 * 1024;
    let mut size = 0;
    for (key, value) in map("annotations").into_iter().flatten() {
        if let Err(why) = names::check_label_key(&key.to_lowercase()) {
            errors.push(FieldError::invalid("metadata.annotations", key.as_str(), why));
        }
        size += key.len() + value.as_str().unwrap_or_default().len();
    }
    if size > ANNOTATIONS_LIMIT {
        errors.push(FieldError::too_long("metadata.annotations", ANNOTATIONS_LIMIT as u64));
    }
}

fn validate_owners(object: &Value, errors: &mut Vec<FieldError>) {
    let owners =
        object.get("metadata").and_then(|metadata| metadata.get("ownerReferences")).and_then(Value::as_array);
    for owner in owners.into_iter().flatten() {
        for field in ["apiVersion", "kind", "name", "uid"] {
            if owner.get(field).and_then(Value::as_str).unwrap_or_default().is_empty() {
                let path = format!("metadata.ownerReferences.{field}");
                errors.push(FieldError::required(&path, "must not be empty"));
            }
        }
    }
}

/// Judges the name of an object.
pub(crate) fn check_name(name: &str, rule: NameRule) -> Result<(), String> {
    match rule {
        NameRule::Subdomain => names::check_subdomain(name),
        NameRule::Label => names::check_label(name),
        NameRule::Service => names::check_dns1035(name),
        NameRule::PathSegment => names::check_path_segment(name),
        NameRule::Any => Ok(()),
    }
}

/// What an update must not do to the metadata.
pub(crate) fn validate_update(new: &Value, old: &Value) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for field in ["name", "namespace", "uid", "creationTimestamp", "deletionTimestamp"] {
        if text(new, field) != text(old, field) {
            let path = format!("metadata.{field}");
            errors.push(FieldError::invalid(&path, text(new, field), "field is immutable"));
        }
    }
    if is_being_deleted(old) {
        let before = finalizers(old);
        let added: Vec<String> =
            finalizers(new).into_iter().filter(|finalizer| !before.contains(finalizer)).collect();
        if !added.is_empty() {
            let list: Vec<String> = added.iter().map(|finalizer| format!("\"{finalizer}\"")).collect();
            let why = format!(
                "no new finalizers can be added if the object is being deleted, found new finalizers []string{{{}}}",
                list.join(", ")
            );
            errors.push(FieldError::forbidden("metadata.finalizers", why));
        }
    }
    errors
}

/// Takes over from `old` what a client cannot change and may leave out.
pub(crate) fn inherit(new: &mut Value, old: &Value) {
    const SERVERS: [&str; 5] =
        ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation"];
    let metadata = metadata(new);
    metadata.remove("selfLink");
    for field in SERVERS {
        let before = old.get("metadata").and_then(|metadata| metadata.get(field));
        let always = matches!(field, "generation" | "deletionGracePeriodSeconds" | "deletionTimestamp");
        match before {
            Some(before) if always || !metadata.contains_key(field) => {
                metadata.insert(field.to_owned(), before.clone());
            }
            None if always => {
                metadata.remove(field);
            }
            Some(_) | None => {}
        }
    }
}

/// Whether anything but metadata (and status, where it is its own resource) differs.
pub(crate) fn spec_differs(new: &Value, old: &Value, with_status: bool) -> bool {
    let (Some(new), Some(old)) = (new.as_object(), old.as_object()) else {
        return new != old;
    };
    let counts = |name: &str| {
        !(matches!(name, "metadata" | "apiVersion" | "kind") || (with_status && name == "status"))
    };
    let side = |left: &Map<String, Value>, right: &Map<String, Value>| {
        left.iter().any(|(name, value)| counts(name) && right.get(name) != Some(value))
    };
    side(new, old) || side(old, new)
}

/// Whether two states of an object are the same but for the version and times of field managers.
pub(crate) fn same_state(new: &Value, old: &Value) -> bool {
    let strip = |object: &Value| {
        let mut object = object.clone();
        let metadata = metadata(&mut object);
        metadata.remove("resourceVersion");
        for entry in metadata.get_mut("managedFields").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(entry) = entry.as_object_mut() {
                entry.remove("time");
            }
        }
        object
    };
    strip(new) == strip(old)
}

fn random() -> u64 {
    // The keys of a RandomState are random; hashing nothing with them gives a random number.
    RandomState::new().build_hasher().finish()
}

/// A random UUID, version 4.
pub(crate) fn new_uid() -> String {
    let (high, low) = (random(), random());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        0x8000 | (low >> 48) & 0x3fff,
        low & 0xffff_ffff_ffff
    )
}

/// The five letters after a `generateName`.
pub(crate) fn name_suffix() -> String {
    const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
    let mut number = random();
    let letter = std::iter::repeat_with(|| {
        let letter = LETTERS[(number % LETTERS.len() as u64) as usize];
        number /= LETTERS.len() as u64;
        char::from(letter)
    });
    letter.take(5).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn metadata_keeps_only_what_it_knows() {
        let mut object =
            json!({"metadata": {"name": "a", "labels": {"x": "y", "z": null}, "what": 1, "uid": null}});
        assert_eq!(coerce(&mut object).unwrap(), ["metadata.what"]);
        assert_eq!(object, json!({"metadata": {"name": "a", "labels": {"x": "y"}}}));
        assert!(coerce(&mut json!({"metadata": {"labels": {"x": 1}}})).is_err());
    }

    #[test]
    fn the_generation_counts_changes_outside_metadata_and_status() {
        let old = json!({"metadata": {"name": "a"}, "spec": 1, "status": 1});
        assert!(!spec_differs(&json!({"metadata": {}, "spec": 1, "status": 2}), &old, true));
        assert!(spec_differs(&json!({"metadata": {}, "spec": 1, "status": 2}), &old, false));
        assert!(spec_differs(&json!({"metadata": {}, "status": 1}), &old, true));
    }

    #[test]
    fn uids_are_version_four_and_differ() {
        let uid = new_uid();
        assert!(crate::schema::formats::matches("uuid4", &uid), "{uid}");
        assert_ne!(uid, new_uid());
        assert_eq!(name_suffix().len(), 5);
    }
}
