//! Pure: the objects that are there from the start.

use serde_json::{Value, json};

use crate::builtin::data;
use crate::meta::generate;
use crate::storage::Key;

/// The label of the APIServices that the server makes itself.
pub(crate) const MANAGED: &str = "kube-aggregator.kubernetes.io/automanaged";

/// The objects of a server that starts `now`, each with the key that it is stored under.
pub(crate) fn objects(now: &str) -> impl Iterator<Item = (Key, Value)> {
    data::objects().iter().map(move |object| born(object.clone(), now))
}

/// The APIService by which a version of a custom group is served.
pub(crate) fn service(group: &str, version: &str, now: &str) -> Option<(Key, Value)> {
    let mut service = data::objects().iter().find(|object| object["kind"] == "APIService")?.clone();
    service["metadata"]["name"] = format!("{version}.{group}").into();
    service["metadata"]["labels"][MANAGED] = "true".into();
    // Custom groups come after all others, and their versions are told apart by their names alone.
    service["spec"] = json!({
        "group": group,
        "version": version,
        "groupPriorityMinimum": 1000,
        "versionPriority": 100,
    });
    Some(born(service, now))
}

fn born(mut object: Value, now: &str) -> (Key, Value) {
    stamp(&mut object, now);
    object["metadata"]["uid"] = generate::new_uid().into();
    let text = |name: &str| object["metadata"][name].as_str().unwrap_or_default().to_owned();
    (Key { namespace: text("namespace"), name: text("name") }, object)
}

fn stamp(value: &mut Value, now: &str) {
    match value {
        Value::String(text) if text == "NOW" => now.clone_into(text),
        Value::Object(map) => map.values_mut().for_each(|member| stamp(member, now)),
        Value::Array(items) => items.iter_mut().for_each(|item| stamp(item, now)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
