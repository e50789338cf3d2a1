//! What the tests share: objects, bodies, a scripted server and a model of a server.

pub(crate) mod informer;
pub(crate) mod log;
pub(crate) mod record;
pub(crate) mod script;
pub(crate) mod server;

use bytes::Bytes;
use k8s_openapi::api::core::v1::ConfigMap;
use kubist::resource::{Index, IndexDefinition};
use kubist::schema::STRING_KEY;
use serde_json::{Value, json};

pub(crate) const BY_COLOR: Index<ConfigMap, STRING_KEY> = Index::new("color");

pub(crate) const INDEXES: &[IndexDefinition<ConfigMap>] = &[IndexDefinition::new("color", |map, keys| {
    keys.push(&map.data.as_ref().and_then(|data| data.get("color")).cloned());
})];

/// A config map of the namespace `shop`. Its uid follows from its name, unless the name is `name#uid`.
pub(crate) fn map(name: &str, version: u64) -> ConfigMap {
    serde_json::from_value(body(name, version)).expect("a config map")
}

/// The JSON of [`map`].
pub(crate) fn body(name: &str, version: u64) -> Value {
    let (name, uid) = name.split_once('#').unwrap_or((name, name));
    json!({
        "metadata": {"namespace": "shop", "name": name, "uid": format!("uid-{uid}"), "resourceVersion": version.to_string()},
        "data": {"version": version.to_string(), "color": if version.is_multiple_of(2) { "red" } else { "blue" }},
    })
}

/// An object that is no config map, but has a name.
pub(crate) fn bad(name: &str, version: u64) -> Value {
    let mut body = body(name, version);
    body["data"] = json!(["password", "hunter2"]);
    body
}

/// One page of a list.
pub(crate) fn page(version: u64, next: Option<&str>, items: &[Value]) -> Bytes {
    let metadata = json!({"resourceVersion": version.to_string(), "continue": next});
    let list = json!({"kind": "ConfigMapList", "apiVersion": "v1", "metadata": metadata, "items": items});
    Bytes::from(list.to_string())
}

/// A whole list.
pub(crate) fn list(version: u64, items: &[Value]) -> Bytes {
    page(version, None, items)
}

/// One event, as a line.
pub(crate) fn event(kind: &str, object: &Value) -> Bytes {
    // As kube-apiserver writes it: the type first.
    Bytes::from(format!("{{\"type\":\"{kind}\",\"object\":{object}}}\n"))
}

pub(crate) fn bookmark(version: u64) -> Bytes {
    let object = json!({"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"resourceVersion": version.to_string()}});
    event("BOOKMARK", &object)
}

/// The status of a failed call.
pub(crate) fn status(code: u16, reason: &str) -> Value {
    json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "reason": reason, "code": code,
           "message": format!("answer {code}")})
}

pub(crate) fn refused(code: u16, reason: &str) -> kubist::Error {
    kubist::Error::from_status(serde_json::from_value(status(code, reason)).expect("a status"))
}
