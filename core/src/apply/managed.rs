//! Pure: the part of a value that a field manager owns.
//!
//! The paths of `metadata.managedFields` have the form `FieldsV1`: `f:name` is a member, `k:{…}` an item of a list
//! by its keys, `v:…` an item by its value, `i:…` an item by its place; `.` says that the container itself is owned.

use serde_json::{Map, Value};

use super::topology::Place;

/// What is below a path, without the container's own mark.
fn children(fields: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = fields.as_object().into_iter().flatten();
    members.map(|(path, below)| (path.as_str(), below)).filter(|(path, _)| *path != ".")
}

/// The part of a value that these fields name; `None` where nothing of it is there.
///
/// The schema, where it is known, tells a container that is owned from what others have put into it.
pub(super) fn owned(value: &Value, fields: &Value, place: Option<Place>) -> Option<Value> {
    if children(fields).next().is_none() {
        return Some(leaf(value, place));
    }
    match value {
        Value::Object(members) => Some(Value::Object(owned_members(members, fields, place))),
        Value::Array(items) => Some(Value::Array(owned_items(items, fields, place))),
        // Whoever has put another type here since owns it.
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// A value that is owned, and nothing below it. A struct, map or list that merges was empty when it was applied:
/// what is in it now belongs to others.
fn leaf(value: &Value, place: Option<Place>) -> Value {
    match value {
        Value::Object(_) if place.is_some_and(Place::merges) => Value::Object(Map::new()),
        Value::Array(_) if place.is_some_and(Place::merges) => Value::Array(Vec::new()),
        _ => value.clone(),
    }
}

fn owned_members(members: &Map<String, Value>, fields: &Value, place: Option<Place>) -> Map<String, Value> {
    let named = children(fields).filter_map(|(path, below)| Some((path.strip_prefix("f:")?, below)));
    let parts = named.filter_map(|(name, below)| {
        let inside = place.and_then(|place| place.member(name));
        Some((name.to_owned(), owned(members.get(name)?, below, inside)?))
    });
    parts.collect()
}

/// The items that are owned, in the order of the list.
fn owned_items(items: &[Value], fields: &Value, place: Option<Place>) -> Vec<Value> {
    let inside = place.and_then(Place::item);
    let paths: Vec<_> =
        children(fields).filter_map(|(path, below)| Some((Path::parse(path)?, below))).collect();
    let parts = items.iter().enumerate().filter_map(|(index, item)| {
        let (path, below) = paths.iter().find(|(path, _)| path.leads_to(index, item))?;
        let part = owned(item, below, inside)?;
        Some(match (path, part) {
            // The keys tell which item it is, also where a default has filled them in.
            (Path::Keys(keys), Value::Object(mut part)) => {
                part.extend(keys.clone());
                Value::Object(part)
            }
            (_, part) => part,
        })
    });
    parts.collect()
}

/// The first path, as a conflict would spell it, that leads to a field which a struct of the schema does not have.
/// What the root has of metadata is known.
pub(super) fn unknown_path(fields: &Value, root: Place) -> Option<String> {
    children(fields).filter(|(path, _)| *path != "f:metadata").find_map(|(path, below)| {
        let name = path.strip_prefix("f:")?;
        match root.member(name) {
            None if root.lacks(name) => Some(format!(".{name}")),
            inside => unknown_below(below, inside?).map(|rest| format!(".{name}{rest}")),
        }
    })
}

fn unknown_below(fields: &Value, place: Place) -> Option<String> {
    children(fields).find_map(|(path, below)| {
        let (inside, spelled) = match path.split_once(':')? {
            ("f", name) if place.lacks(name) => return Some(format!(".{name}")),
            ("f", name) => (place.member(name), format!(".{name}")),
            (_, item) => (place.item(), format!("[{item}]")),
        };
        unknown_below(below, inside?).map(|rest| format!("{spelled}{rest}"))
    })
}

/// How a path names an item of a list.
enum Path {
    Keys(Map<String, Value>),
    Value(Value),
    Index(usize),
}

impl Path {
    fn parse(path: &str) -> Option<Self> {
        let (kind, rest) = path.split_once(':')?;
        match kind {
            "k" => serde_json::from_str(rest).ok().map(Self::Keys),
            "v" => serde_json::from_str(rest).ok().map(Self::Value),
            "i" => rest.parse().ok().map(Self::Index),
            _ => None,
        }
    }

    fn leads_to(&self, index: usize, item: &Value) -> bool {
        match self {
            Self::Keys(keys) => keys.iter().all(|(key, value)| item.get(key) == Some(value)),
            Self::Value(value) => item == value,
            Self::Index(at) => *at == index,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_named_is_taken_and_in_its_order() {
        let value = json!({
            "a": 1, "b": {"c": 2, "d": 3}, "e": [3, 1, 2], "f": [{"n": "x", "p": 1, "q": 2}, {"n": "y", "p": 3}],
            "g": ["r", "s", "t"],
        });
        let fields = json!({
            "f:a": {}, "f:b": {".": {}, "f:d": {}}, "f:e": {"v:1": {}, "v:3": {}},
            "f:f": {"k:{\"n\":\"x\"}": {".": {}, "f:q": {}}}, "f:g": {"i:1": {}}, "f:gone": {},
        });
        assert_eq!(
            owned(&value, &fields, None),
            Some(json!({"a": 1, "b": {"d": 3}, "e": [3, 1], "f": [{"n": "x", "q": 2}], "g": ["s"]}))
        );
    }

    #[test]
    fn a_value_of_another_type_than_the_path_says_belongs_to_someone_else() {
        assert_eq!(owned(&json!({"a": 1}), &json!({"f:a": {"f:b": {}}}), None), Some(json!({})));
    }
}
