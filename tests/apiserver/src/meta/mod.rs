//! Pure: the metadata of objects.

use serde_json::{Map, Value};

pub(crate) mod generate;
pub(crate) mod owners;
pub(crate) mod rules;
pub(crate) mod strategy;

pub(crate) use kubist_structural::metadata::{field, go_type, metadata, text};

pub(crate) fn finalizers(object: &Value) -> Vec<String> {
    kubist_structural::node::strings(field(object, "finalizers"))
}

pub(crate) fn is_being_deleted(object: &Value) -> bool {
    !text(object, "deletionTimestamp").is_empty()
}

/// Takes over from `old` what an update cannot change, and what it may leave out.
pub(crate) fn inherit(new: &mut Value, old: &Value) {
    let metadata = metadata(new);
    for name in ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation"]
    {
        let always = !matches!(name, "uid" | "deletionGracePeriodSeconds");
        match field(old, name) {
            Some(before) if always || !metadata.contains_key(name) => {
                metadata.insert(name.to_owned(), before.clone());
            }
            None if name == "generation" => {
                metadata.remove(name);
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use kubist_structural::metadata::coerce;

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
}
