//! Pure: JSON merge patch (RFC 7386) and JSON patch (RFC 6902), with the liberties of the API server's library.

use kubist_structural::value::defaults::drop_all_nulls;
use serde_json::{Map, Value};

use crate::json::{self, Node, Strict};

/// The most operations of one JSON patch.
pub(crate) const MAX_OPERATIONS: usize = 10_000;

/// The patch does not fit the object: a test failed or a path leads nowhere.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Misfit;

/// One step of a JSON patch.
#[derive(Debug, Default)]
pub(crate) struct Operation {
    op: String,
    path: Option<String>,
    from: Option<String>,
    /// Nothing, if the operation has no `value`.
    value: Option<Value>,
}

/// Merges `patch` into `target`; null removes.
pub(crate) fn merge(target: &mut Value, patch: &Value) {
    let (Value::Object(target), Value::Object(fields)) = (&mut *target, patch) else {
        // Only where an object is replaced by something else do the nulls in it stay.
        let was_object = target.is_object();
        *target = patch.clone();
        if !was_object {
            drop_all_nulls(target);
        }
        return;
    };
    for (name, value) in fields {
        match target.get_mut(name).filter(|before| !before.is_null()) {
            _ if value.is_null() => drop(target.remove(name)),
            Some(before) => merge(before, value),
            None => {
                let mut value = value.clone();
                drop_all_nulls(&mut value);
                target.insert(name.clone(), value);
            }
        }
    }
}

/// Reads a JSON patch; fields that no operation has and fields that stand twice are left in `strict`.
///
/// # Errors
/// Go's text about the first value that does not fit.
pub(crate) fn operations(patch: &Node, strict: &mut Strict) -> Result<Vec<Operation>, String> {
    let items = match patch {
        Node::Null => return Ok(Vec::new()),
        Node::List(items) => items,
        other => {
            let found = other.go_type();
            return Err(format!(
                "json: cannot unmarshal {found} into Go value of type []handlers.jsonPatchOp"
            ));
        }
    };
    let mut failed = None;
    let mut operations = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let mut operation = Operation::default();
        match item {
            Node::Null => {}
            Node::Map(fields) => {
                let mut seen: Vec<&str> = Vec::new();
                for (name, value) in fields {
                    let at = format!("[{index}].{name}");
                    let is_known = operation.set(name, value, &at, strict, &mut failed);
                    if !is_known {
                        strict.unknown(&at);
                    } else if seen.contains(&name.as_str()) {
                        strict.duplicate(&at);
                    }
                    seen.push(name);
                }
            }
            other => {
                let found = other.go_type();
                failed.get_or_insert_with(|| {
                    format!("json: cannot unmarshal {found} into Go value of type handlers.jsonPatchOp")
                });
            }
        }
        operations.push(operation);
    }
    failed.map_or(Ok(operations), Err)
}

impl Operation {
    /// Takes one field; false, if operations have none of that name.
    fn set(
        &mut self,
        name: &str,
        value: &Node,
        at: &str,
        strict: &mut Strict,
        failed: &mut Option<String>,
    ) -> bool {
        let text = match (name, value) {
            ("value", value) => {
                self.value = Some(json::to_value(value, at, strict));
                return true;
            }
            ("op" | "path" | "from", Node::String(text)) => text.clone(),
            ("op" | "path" | "from", Node::Null) => return true,
            ("op" | "path" | "from", other) => {
                let found = other.go_type();
                failed.get_or_insert_with(|| {
                    format!(
                        "json: cannot unmarshal {found} into Go struct field jsonPatchOp.{name} of type string"
                    )
                });
                return true;
            }
            _ => return false,
        };
        match name {
            "op" => self.op = text,
            "path" => self.path = Some(text),
            _ => self.from = Some(text),
        }
        true
    }

    /// The places that the operation goes to.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.path.iter().chain(&self.from).map(String::as_str)
    }

    fn perform(&self, target: &mut Value) -> Result<(), Misfit> {
        let path = || self.path.as_deref().ok_or(Misfit);
        let from = || self.from.as_deref().ok_or(Misfit);
        let value = || self.value.clone().unwrap_or(Value::Null);
        match self.op.as_str() {
            "add" => Place::find(target, path()?)?.add(value()),
            "remove" => Place::find(target, path()?)?.remove().map(drop),
            "replace" if path()?.is_empty() => {
                *target = self.value.clone().filter(|it| it.is_object() || it.is_array()).ok_or(Misfit)?;
                Ok(())
            }
            "replace" => Place::find(target, path()?)?.replace(value()),
            "move" => {
                let moved = Place::find(target, from()?)?.remove()?;
                Place::find(target, path()?)?.add(moved)
            }
            "copy" => {
                let copied = Place::find(target, from()?)?.get()?.cloned().unwrap_or(Value::Null);
                Place::find(target, path()?)?.add(copied)
            }
            "test" if path()?.is_empty() => (*target == value()).then_some(()).ok_or(Misfit),
            "test" => {
                let place = Place::find(target, path()?)?;
                let found = place.get()?.unwrap_or(&Value::Null);
                // A null is not told from a value that is not there.
                (*found == value()).then_some(()).ok_or(Misfit)
            }
            _ => Err(Misfit),
        }
    }
}

/// Carries out all operations, or none.
///
/// # Errors
/// If one of them does not fit.
pub(crate) fn apply(target: &mut Value, operations: &[Operation]) -> Result<(), Misfit> {
    let mut work = target.clone();
    for operation in operations {
        operation.perform(&mut work)?;
    }
    *target = work;
    Ok(())
}

/// A member of an object or a list, which need not be there.
enum Place<'a> {
    Field(&'a mut Map<String, Value>, String),
    Item(&'a mut Vec<Value>, String),
}

impl<'a> Place<'a> {
    fn find(target: &'a mut Value, path: &str) -> Result<Self, Misfit> {
        let parts: Vec<String> =
            path.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~")).collect();
        let (last, parents) = parts.split_last().ok_or(Misfit)?;
        let mut here = target;
        for part in parents {
            here = match here {
                Value::Object(map) => map.get_mut(part),
                Value::Array(items) => index(part, items.len()).and_then(|index| items.get_mut(index)),
                _ => None,
            }
            .ok_or(Misfit)?;
        }
        match here {
            Value::Object(map) => Ok(Self::Field(map, last.clone())),
            Value::Array(items) => Ok(Self::Item(items, last.clone())),
            _ => Err(Misfit),
        }
    }

    /// The value; nothing for a field that is not there.
    fn get(&self) -> Result<Option<&Value>, Misfit> {
        match self {
            Self::Field(map, name) => Ok(map.get(name)),
            Self::Item(items, at) => {
                index(at, items.len()).and_then(|index| items.get(index)).map(Some).ok_or(Misfit)
            }
        }
    }

    fn add(self, value: Value) -> Result<(), Misfit> {
        match self {
            Self::Field(map, name) => {
                map.insert(name, value);
            }
            Self::Item(items, at) if at == "-" => items.push(value),
            Self::Item(items, at) => {
                let index = index(&at, items.len() + 1).filter(|at| *at <= items.len()).ok_or(Misfit)?;
                items.insert(index, value);
            }
        }
        Ok(())
    }

    fn replace(self, value: Value) -> Result<(), Misfit> {
        match self {
            Self::Field(map, name) => {
                map.insert(name, value);
            }
            Self::Item(items, at) => {
                let index = index(&at, items.len()).ok_or(Misfit)?;
                *items.get_mut(index).ok_or(Misfit)? = value;
            }
        }
        Ok(())
    }

    fn remove(self) -> Result<Value, Misfit> {
        match self {
            Self::Field(map, name) => map.remove(&name).ok_or(Misfit),
            Self::Item(items, at) => {
                let index = index(&at, items.len()).filter(|at| *at < items.len()).ok_or(Misfit)?;
                Ok(items.remove(index))
            }
        }
    }
}

/// An index as it is written; negative ones count from the end.
fn index(text: &str, length: usize) -> Option<usize> {
    let number: isize = text.parse().ok()?;
    if number >= 0 { usize::try_from(number).ok() } else { length.checked_add_signed(number) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn patch(patch: &Value) -> Vec<Operation> {
        operations(&Node::from(patch), &mut Strict::default()).unwrap()
    }

    #[test]
    fn merge_patch_replaces_lists_and_removes_by_null() {
        let mut object = json!({"a": {"b": 1, "c": 2}, "l": [1, 2]});
        merge(&mut object, &json!({"a": {"b": null, "d": 3}, "l": [3]}));
        assert_eq!(object, json!({"a": {"c": 2, "d": 3}, "l": [3]}));
    }

    #[test]
    fn nulls_of_a_merge_patch_do_not_come_into_new_values() {
        let mut object = json!({"old": {"a": 1}, "list": [1]});
        merge(&mut object, &json!({"new": {"a": null, "l": [{"b": null}]}, "list": [{"c": null}]}));
        assert_eq!(object, json!({"old": {"a": 1}, "new": {"l": [{}]}, "list": [{}]}));
        merge(&mut object, &json!({"old": [{"b": null}]}));
        assert_eq!(object["old"], json!([{"b": null}]));
    }

    #[test]
    fn json_patch_is_all_or_nothing() {
        let mut object = json!({"a": {"x/y": 1}, "l": [1, 2]});
        let steps = json!([
            {"op": "test", "path": "/a/x~1y", "value": 1},
            {"op": "add", "path": "/l/1", "value": 9},
            {"op": "add", "path": "/l/-", "value": 3},
            {"op": "move", "from": "/a/x~1y", "path": "/m"},
            {"op": "copy", "from": "/m", "path": "/n"},
            {"op": "replace", "path": "/n", "value": 5},
            {"op": "remove", "path": "/l/0"},
        ]);
        apply(&mut object, &patch(&steps)).unwrap();
        assert_eq!(object, json!({"a": {}, "l": [9, 2, 3], "m": 1, "n": 5}));
        let before = object.clone();
        let failing = json!([{"op": "remove", "path": "/m"}, {"op": "remove", "path": "/nope"}]);
        assert_eq!(apply(&mut object, &patch(&failing)), Err(Misfit));
        assert_eq!(object, before);
    }

    #[test]
    fn a_json_patch_may_take_the_liberties_of_the_library() {
        let start = json!({"a": {"b": 1}, "l": [1, 2]});
        for (step, expected) in [
            (json!({"op": "replace", "path": "/a/c", "value": 2}), Some(json!({"b": 1, "c": 2}))),
            (json!({"op": "copy", "from": "/a/x", "path": "/a/c"}), Some(json!({"b": 1, "c": null}))),
            (json!({"op": "add", "path": "/a/c"}), Some(json!({"b": 1, "c": null}))),
            (json!({"op": "test", "path": "/a/c"}), Some(json!({"b": 1}))),
            (json!({"op": "add", "path": "x/a/c", "value": 2}), Some(json!({"b": 1, "c": 2}))),
            (json!({"op": "add", "path": "/x/c", "value": 2}), None),
            (json!({"op": "add", "path": "a", "value": 2}), None),
            (json!({"op": "add", "path": "", "value": {}}), None),
            (json!({"op": "nope", "path": "/a"}), None),
            (json!({"op": "remove"}), None),
            (json!({"op": "move", "from": "/a/x", "path": "/a/c"}), None),
            (json!({"op": "replace", "path": "/l/2", "value": 2}), None),
            (json!({"op": "add", "path": "/l/x", "value": 2}), None),
            (json!({"op": "replace", "path": "", "value": 2}), None),
        ] {
            let mut object = start.clone();
            let done = apply(&mut object, &patch(&json!([step])));
            assert_eq!(done.ok().map(|()| object["a"].clone()), expected, "{step}");
        }
        let mut object = start;
        apply(&mut object, &patch(&json!([{"op": "add", "path": "/l/-1", "value": 3}]))).unwrap();
        assert_eq!(object["l"], json!([1, 2, 3]));
        apply(&mut object, &patch(&json!([{"op": "remove", "path": "/l/-3"}]))).unwrap();
        assert_eq!(object["l"], json!([2, 3]));
    }

    #[test]
    fn operations_are_read_strictly() {
        let read = |text: &str| {
            let mut strict = Strict::default();
            let read = operations(&json::parse(text.as_bytes()).unwrap(), &mut strict);
            (read.map(|operations| operations.len()), strict.into_errors())
        };
        let (count, errors) =
            read(r#"[{"op": "add", "bar": 1, "op": "add", "value": {"a": 1, "a": 2}}, null]"#);
        assert_eq!(count, Ok(2));
        assert_eq!(
            errors,
            ["unknown field \"[0].bar\"", "duplicate field \"[0].op\"", "duplicate field \"[0].value.a\""]
        );
        for (wrong, expected) in [
            ("{}", "json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp"),
            ("[5]", "json: cannot unmarshal number into Go value of type handlers.jsonPatchOp"),
            (
                r#"[{"op": 5}]"#,
                "json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string",
            ),
        ] {
            assert_eq!(read(wrong).0, Err(expected.to_owned()));
        }
    }
}
