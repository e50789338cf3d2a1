//! Pure: JSON merge patch (RFC 7386) and JSON patch (RFC 6902).

use serde_json::{Map, Value};

/// Why a JSON patch was not carried out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The patch itself is wrong.
    Malformed(String),
    /// It does not fit the object: a test failed or a path leads nowhere.
    Failed,
}

/// Merges `patch` into `target`; null removes.
pub(crate) fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(target) = target else {
        return;
    };
    for (name, value) in patch {
        if value.is_null() {
            target.remove(name);
        } else {
            merge(target.entry(name.clone()).or_insert(Value::Null), value);
        }
    }
}

/// Carries out all operations of `patch`, or none.
pub(crate) fn apply(target: &mut Value, patch: &Value) -> Result<(), Failure> {
    let malformed = |why: &str| Failure::Malformed(why.to_owned());
    let operations = patch.as_array().ok_or_else(|| {
        malformed("json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp")
    })?;
    let mut work = target.clone();
    for operation in operations {
        let text = |name: &str| operation.get(name).and_then(Value::as_str);
        let path = text("path").ok_or_else(|| malformed("an operation has no path"))?;
        let value = || operation.get("value").cloned().ok_or_else(|| malformed("an operation has no value"));
        let from = || text("from").ok_or_else(|| malformed("an operation has no from"));
        match text("op") {
            Some("add") => add(&mut work, path, value()?)?,
            Some("remove") => drop(remove(&mut work, path)?),
            Some("replace") => {
                let place = if path.is_empty() { Some(&mut work) } else { work.pointer_mut(path) };
                *place.ok_or(Failure::Failed)? = value()?;
            }
            Some("move") => {
                let moved = remove(&mut work, from()?)?;
                add(&mut work, path, moved)?;
            }
            Some("copy") => {
                let copied = work.pointer(from()?).cloned().ok_or(Failure::Failed)?;
                add(&mut work, path, copied)?;
            }
            Some("test") => {
                let expected = operation.get("value").unwrap_or(&Value::Null);
                if work.pointer(path).unwrap_or(&Value::Null) != expected {
                    return Err(Failure::Failed);
                }
            }
            _ => return Err(Failure::Failed),
        }
    }
    *target = work;
    Ok(())
}

fn split(path: &str) -> Result<(&str, String), Failure> {
    let (parent, last) = path.rsplit_once('/').ok_or(Failure::Failed)?;
    Ok((parent, last.replace("~1", "/").replace("~0", "~")))
}

fn add(target: &mut Value, path: &str, value: Value) -> Result<(), Failure> {
    if path.is_empty() {
        *target = value;
        return Ok(());
    }
    let (parent, last) = split(path)?;
    match target.pointer_mut(parent).ok_or(Failure::Failed)? {
        Value::Object(map) => {
            map.insert(last, value);
        }
        Value::Array(items) => {
            let index = if last == "-" { items.len() } else { last.parse().map_err(|_| Failure::Failed)? };
            if index > items.len() {
                return Err(Failure::Failed);
            }
            items.insert(index, value);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            return Err(Failure::Failed);
        }
    }
    Ok(())
}

fn remove(target: &mut Value, path: &str) -> Result<Value, Failure> {
    let (parent, last) = split(path)?;
    match target.pointer_mut(parent).ok_or(Failure::Failed)? {
        Value::Object(map) => map.remove(&last).ok_or(Failure::Failed),
        Value::Array(items) => {
            let index: usize = last.parse().map_err(|_| Failure::Failed)?;
            if index < items.len() { Ok(items.remove(index)) } else { Err(Failure::Failed) }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Err(Failure::Failed),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn merge_patch_replaces_lists_and_removes_by_null() {
        let mut object = json!({"a": {"b": 1, "c": 2}, "l": [1, 2]});
        merge(&mut object, &json!({"a": {"b": null, "d": 3}, "l": [3]}));
        assert_eq!(object, json!({"a": {"c": 2, "d": 3}, "l": [3]}));
    }

    #[test]
    fn json_patch_is_all_or_nothing() {
        let mut object = json!({"a": {"x/y": 1}, "l": [1, 2]});
        let patch = json!([
            {"op": "test", "path": "/a/x~1y", "value": 1},
            {"op": "add", "path": "/l/1", "value": 9},
            {"op": "add", "path": "/l/-", "value": 3},
            {"op": "move", "from": "/a/x~1y", "path": "/m"},
            {"op": "copy", "from": "/m", "path": "/n"},
            {"op": "replace", "path": "/n", "value": 5},
            {"op": "remove", "path": "/l/0"},
        ]);
        apply(&mut object, &patch).unwrap();
        assert_eq!(object, json!({"a": {}, "l": [9, 2, 3], "m": 1, "n": 5}));
        let before = object.clone();
        let failing = json!([{"op": "remove", "path": "/m"}, {"op": "remove", "path": "/nope"}]);
        assert_eq!(apply(&mut object, &failing), Err(Failure::Failed));
        assert_eq!(object, before);
        assert_eq!(apply(&mut object, &json!([{"op": "x", "path": "/a"}])), Err(Failure::Failed));
        assert!(matches!(apply(&mut object, &json!({})), Err(Failure::Malformed(_))));
    }
}
