//! Pure: what differs between two schemas, place by place.

use serde_json::{Map, Value};

use super::change::Severity::{Breaking, Risky, Safe};
use super::definition::{Notes, missing, shown};
use super::keyword;

/// Compares the schemas of the values at a path, with all below.
pub(super) fn compare(path: &str, old: &Value, new: &Value, notes: &mut Notes<'_>) {
    if old == new {
        return;
    }
    let (before, after) = (kind(old), kind(new));
    if before != after {
        // An integer is a number, and both are what `int-or-string` takes of them; readers see new forms.
        let wider = matches!(
            (before, after),
            ("integer", "number") | ("integer" | "string", "integer or string") | (_, "anything")
        );
        let follows =
            if wider { "clients may read what they do not expect" } else { "what is stored does not fit" };
        notes.add(
            if wider { Risky } else { Breaking },
            path,
            format!("it is {after} and was {before}: {follows}"),
        );
        return;
    }
    keyword::compare(path, old, new, notes);
    properties(path, old, new, notes);
    for (keyword, step) in [("items", "[]"), ("additionalProperties", "[*]")] {
        match (old.get(keyword), new.get(keyword)) {
            (Some(before @ Value::Object(_)), Some(after @ Value::Object(_))) => {
                compare(&format!("{path}{step}"), before, after, notes);
            }
            (before, after) if before != after => {
                let follows = "what is stored does not fit";
                notes.add(Breaking, path, format!("`{keyword}` is another: {follows}"));
            }
            _ => {}
        }
    }
}

/// What values a schema is about, in a word.
fn kind(schema: &Value) -> &str {
    if schema["x-kubernetes-int-or-string"] == true {
        return "integer or string";
    }
    match schema["type"].as_str() {
        // A map and a struct are both objects, and not the same.
        Some("object") if schema.get("additionalProperties").is_some() => "a map",
        Some("object") => "an object",
        Some("array") => "a list",
        Some(other) => other,
        None => "anything",
    }
}

fn properties(path: &str, old: &Value, new: &Value, notes: &mut Notes<'_>) {
    let empty = Map::new();
    let of = |schema: &'_ Value| schema["properties"].as_object().cloned().unwrap_or_else(|| empty.clone());
    let (before, after) = (of(old), of(new));
    let keeps_unknown = |schema: &Value| schema["x-kubernetes-preserve-unknown-fields"] == true;
    for (name, schema) in &before {
        let place = join(path, name);
        match after.get(name) {
            Some(now) => compare(&place, schema, now, notes),
            None if keeps_unknown(new) => {
                notes.add(Risky, &place, "the field is gone: it is kept, and not checked any more");
            }
            None => notes.add(Breaking, &place, "the field is gone: what is stored in it is lost"),
        }
    }
    for name in after.keys().filter(|name| !before.contains_key(*name)) {
        let place = join(path, name);
        if keeps_unknown(old) {
            notes.add(Risky, &place, "the field is new: objects that have such a field already may not fit");
        } else {
            notes.add(Safe, &place, "the field is new");
        }
    }
    for name in missing(&new["required"], &old["required"]).into_iter().filter_map(Value::as_str) {
        let place = join(path, name);
        if after.get(name).is_some_and(|schema| schema.get("default").is_some()) {
            notes.add(Safe, &place, "the field is required now, and has a default");
        } else {
            notes.add(Breaking, &place, "the field is required now: objects without it are refused");
        }
    }
    for name in missing(&old["required"], &new["required"]).into_iter().filter_map(Value::as_str) {
        if after.contains_key(name) {
            let text = "the field is not required any more: clients may not expect objects without it";
            notes.add(Risky, &join(path, name), text);
        }
    }
    for name in before.keys().filter(|name| after.contains_key(*name)) {
        default(&join(path, name), name, (old, &before[name]), (new, &after[name]), notes);
    }
}

/// A default that is new, another, or gone.
fn default(path: &str, name: &str, old: (&Value, &Value), new: (&Value, &Value), notes: &mut Notes<'_>) {
    let (before, after) = (old.1.get("default"), new.1.get("default"));
    let required =
        |schema: &Value| schema["required"].as_array().is_some_and(|list| list.contains(&name.into()));
    match (before, after) {
        (before, after) if before == after => {}
        (None, Some(after)) => {
            let text =
                format!("the default {} is new: objects without the field have it now", shown(Some(after)));
            notes.add(Risky, path, text);
        }
        (Some(before), None) if required(new.0) && required(old.0) => {
            let text =
                format!("the default {} is gone: objects without the field are refused", shown(Some(before)));
            notes.add(Breaking, path, text);
        }
        (Some(before), None) => {
            let text = format!(
                "the default {} is gone: objects without the field have none now",
                shown(Some(before))
            );
            notes.add(Risky, path, text);
        }
        (before, after) => {
            let (before, after) = (shown(before), shown(after));
            let text = format!("the default is {after} and was {before}: objects without the field change");
            notes.add(Risky, path, text);
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
