//! Pure: the objects that are there from the start.

use serde_json::Value;

use crate::builtin::data;
use crate::meta::generate;
use crate::storage::Key;

/// The objects of a server that starts `now`, each with the key that it is stored under.
pub(crate) fn objects(now: &str) -> impl Iterator<Item = (Key, Value)> {
    data::objects().iter().map(move |object| {
        let mut object = object.clone();
        stamp(&mut object, now);
        object["metadata"]["uid"] = generate::new_uid().into();
        let text = |name: &str| object["metadata"][name].as_str().unwrap_or_default().to_owned();
        (Key { namespace: text("namespace"), name: text("name") }, object)
    })
}

fn stamp(value: &mut Value, now: &str) {
    match value {
        Value::String(text) if text == "NOW" => now.clone_into(text),
        Value::Object(map) => map.values_mut().for_each(|member| stamp(member, now)),
        Value::Array(items) => items.iter_mut().for_each(|item| stamp(item, now)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
