//! How lists, maps and structs are merged when several managers apply them.

use std::collections::BTreeMap;

use arbitrary::{Arbitrary, Unstructured};
use kubist::prelude::*;
use serde_json::{Value, json};

use crate::entry::{Entry, Step};
use crate::kubernetes::date_time;
use crate::random;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A96Spec {
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(vec![random::condition(u)?]))]
    value: Vec<Condition>,
}
kind!(A96, A96Spec);

/// An item that knows its key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Port {
    #[schema(key)]
    name: String,
    number: u16,
}

/// An item of a list that names the keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Mount {
    mount_path: String,
    #[serde(default = "main")]
    container: String,
    read_only: Option<bool>,
}

fn main() -> String {
    "main".to_owned()
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A107Spec {
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(vec![u.arbitrary()?]))]
    ports: Vec<Port>,
    #[schema(list = map(mount_path, container))]
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(vec![u.arbitrary()?]))]
    mounts: Vec<Mount>,
    #[schema(list = set)]
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(vec![u.arbitrary()?]))]
    tags: Vec<String>,
    #[schema(list = atomic)]
    order: Vec<i32>,
    #[schema(map = atomic)]
    labels: BTreeMap<String, String>,
    place: Place,
}
kind!(A107, A107Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[schema(map = atomic)]
pub(crate) struct Place {
    east: i32,
    north: i32,
}

pub(crate) fn entries() -> Vec<Entry> {
    vec![conditions(), topologies()]
}

fn condition(name: &str, status: &str) -> Value {
    json!({
        "type": name, "status": status, "reason": "R", "message": "",
        "lastTransitionTime": "2024-01-01T00:00:00Z",
    })
}

fn conditions() -> Entry {
    let typed = Condition {
        type_: "Ready".to_owned(),
        status: "True".to_owned(),
        reason: "R".to_owned(),
        message: String::new(),
        last_transition_time: random::time_at(0, 0),
        observed_generation: Some(1),
    };
    let mut when = date_time();
    when["description"] = json!("When the status last changed.");
    Entry::new::<A96>([A96Spec { value: vec![typed] }, A96Spec { value: vec![] }])
        .field(
            "value",
            json!({
                "type": "array",
                "items": {
                    "type": "object",
                    "description": "One aspect of the state of an object.",
                    "properties": {
                        "lastTransitionTime": when,
                        "message": {"type": "string", "description": "Details for people."},
                        "observedGeneration": {
                            "type": "integer", "format": "int64",
                            "description": "The metadata.generation that this condition was set for.",
                        },
                        "reason": {
                            "type": "string",
                            "description": "Why the status last changed, in CamelCase.",
                        },
                        "status": {"type": "string", "enum": ["True", "False", "Unknown"]},
                        "type": {
                            "type": "string", "description": "The name of the condition, in CamelCase.",
                        },
                    },
                    "required": ["lastTransitionTime", "message", "reason", "status", "type"],
                },
                "x-kubernetes-list-type": "map",
                "x-kubernetes-list-map-keys": ["type"],
            }),
        )
        .refuses_at("spec.value[1]", "value", json!([condition("A", "True"), condition("A", "False")]))
        .refuses_at("spec.value[0].status", "value", json!([condition("A", "yes")]))
        .step(Step::Merges {
            first: json!({"value": [condition("A", "True")]}),
            second: json!({"value": [condition("B", "False")]}),
            stored: json!({"value": [condition("A", "True"), condition("B", "False")]}),
        })
}

/// What the first manager applies, with one member that is another.
fn with(member: &str, value: Value) -> Value {
    let mut spec = json!({
        "ports": [{"name": "http", "number": 80}],
        "mounts": [{"mountPath": "/a", "container": "main", "readOnly": true}],
        "tags": ["a"],
        "order": [1],
        "labels": {"a": "1"},
        "place": {"east": 1, "north": 1},
    });
    spec[member] = value;
    spec
}

fn topologies() -> Entry {
    let spec: A107Spec = serde_json::from_value(with("order", json!([1, 1]))).expect("the spec");
    let number = json!({"type": "integer", "format": "int32"});
    let first = with("order", json!([1]));
    let merges = |member: &str, value: Value, merged: Value| Step::Merges {
        first: first.clone(),
        second: with(member, value),
        stored: with(member, merged),
    };
    let conflicts =
        |member: &str, value: Value| Step::Conflicts { first: first.clone(), second: with(member, value) };
    let port = |name: &str, number: i32| json!({"name": name, "number": number});
    let mount = |path: &str, container: &str| json!({"mountPath": path, "container": container});
    keys(Entry::new::<A107>([spec]))
        .field("tags", json!({"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "set"}))
        .field("order", json!({"type": "array", "items": number, "x-kubernetes-list-type": "atomic"}))
        .field(
            "labels",
            json!({
                "type": "object", "additionalProperties": {"type": "string"},
                "x-kubernetes-map-type": "atomic",
            }),
        )
        .field(
            "place",
            json!({
                "type": "object", "properties": {"east": number, "north": number},
                "required": ["east", "north"], "x-kubernetes-map-type": "atomic",
            }),
        )
        .refuses_at("spec.ports[1]", "ports", json!([port("a", 1), port("a", 2)]))
        .refuses_at("spec.ports[0].name", "ports", json!([{"number": 1}]))
        .refuses_at("spec.mounts[1]", "mounts", json!([mount("/a", "main"), {"mountPath": "/a"}]))
        .refuses_at("spec.tags[1]", "tags", json!(["a", "a"]))
        .step(merges("ports", json!([port("dns", 53)]), json!([port("http", 80), port("dns", 53)])))
        .step(merges(
            "mounts",
            json!([mount("/a", "side")]),
            json!([{"mountPath": "/a", "container": "main", "readOnly": true}, mount("/a", "side")]),
        ))
        .step(merges("tags", json!(["b"]), json!(["a", "b"])))
        .step(conflicts("order", json!([2])))
        .step(conflicts("labels", json!({"b": "1"})))
        .step(conflicts("place", json!({"east": 1, "north": 2})))
        .step(conflicts("ports", json!([port("http", 81)])))
}

fn keys(entry: Entry) -> Entry {
    entry
        .field(
            "ports",
            json!({
                "type": "array",
                "items": {
                    "type": "object", "description": "An item that knows its key.",
                    "properties": {
                        "name": {"type": "string"},
                        "number": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 65535},
                    },
                    "required": ["name", "number"],
                },
                "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
            }),
        )
        .field(
            "mounts",
            json!({
                "type": "array",
                "items": {
                    "type": "object", "description": "An item of a list that names the keys.",
                    "properties": {
                        "mountPath": {"type": "string"},
                        "container": {"type": "string", "default": "main"},
                        "readOnly": {"type": "boolean"},
                    },
                    "required": ["mountPath"],
                },
                "x-kubernetes-list-type": "map",
                "x-kubernetes-list-map-keys": ["mountPath", "container"],
            }),
        )
}
