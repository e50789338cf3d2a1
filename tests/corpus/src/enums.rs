//! Enums of plain names, and enums with data as serde writes them without attributes.

use std::collections::BTreeMap;

use arbitrary::Arbitrary;
use kubist::prelude::*;
use serde_json::json;
use serde_repr::{Deserialize_repr, Serialize_repr};

use crate::entry::Entry;

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Phase {
    Pending,
    UpAndRunning,
    #[serde(rename = "gone")]
    Deleted,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A67Spec {
    value: Phase,
}
kind!(A67, A67Spec);

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) enum Only {
    One,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A68Spec {
    value: Only,
}
kind!(A68, A68Spec);

#[derive(Clone, Copy, Debug, PartialEq, Serialize_repr, Deserialize_repr, Schema, Arbitrary)]
#[repr(i8)]
#[schema(repr)]
pub(crate) enum Priority {
    Low = -1,
    Normal,
    High = 10,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A70Spec {
    value: Priority,
}
kind!(A70, A70Spec);

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) enum Class {
    Fast,
    Cheap,
    /// What a newer server may say.
    #[serde(other)]
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A71Spec {
    value: Class,
}
kind!(A71, A71Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) enum Volume {
    /// On the node.
    Host {
        path: String,
        read_only: Option<bool>,
    },
    Memory(Size),
    Name(String),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Size {
    bytes: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A72Spec {
    value: Volume,
}
kind!(A72, A72Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) enum Single {
    Only { x: i32 },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A73Spec {
    value: Single,
}
kind!(A73, A73Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) enum Strategy {
    Recreate {},
    Rolling { surge: i32 },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A74Spec {
    value: Strategy,
}
kind!(A74, A74Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) enum Perhaps {
    A(Option<String>),
    B(i32),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A78Spec {
    value: Perhaps,
}
kind!(A78, A78Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A89Spec {
    list: Vec<Strategy>,
    map: BTreeMap<String, Strategy>,
    maybe: Option<Strategy>,
    boxed: Box<Strategy>,
}
kind!(A89, A89Spec);

pub(crate) fn entries() -> Vec<Entry> {
    [names(), external(), odd(), inside()].concat()
}

fn names() -> Vec<Entry> {
    vec![
        Entry::new::<A67>(
            [Phase::Pending, Phase::UpAndRunning, Phase::Deleted].map(|value| A67Spec { value }),
        )
        .field("value", json!({"type": "string", "enum": ["pending", "upAndRunning", "gone"]}))
        .refuses("value", json!("Pending"))
        .refuses("value", json!(0)),
        Entry::new::<A68>([A68Spec { value: Only::One }])
            .field("value", json!({"type": "string", "enum": ["One"]}))
            .refuses("value", json!("Two")),
        Entry::new::<A70>([Priority::Low, Priority::Normal, Priority::High].map(|value| A70Spec { value }))
            .field("value", json!({"type": "integer", "enum": [-1, 0, 10]}))
            .stores(json!({"value": 10.0}), json!({"value": 10}))
            .refuses("value", json!(1))
            .refuses("value", json!("Low")),
        Entry::new::<A71>([Class::Fast, Class::Unknown].map(|value| A71Spec { value }))
            .field("value", json!({"type": "string", "description": "- `Fast`\n- `Cheap`"}))
            .keeps(json!({"value": "Huge"}))
            .refuses("value", json!(1)),
    ]
}

fn external() -> Vec<Entry> {
    vec![
        Entry::new::<A72>(
            [
                Volume::Host { path: "/".to_owned(), read_only: None },
                Volume::Memory(Size { bytes: u32::MAX }),
                Volume::Name("x".to_owned()),
            ]
            .map(|value| A72Spec { value }),
        )
        .field(
            "value",
            json!({
                "type": "object", "description": "- `Host`: On the node.\n- `Memory`\n- `Name`",
                "properties": {
                    "Host": {
                        "type": "object", "description": "On the node.",
                        "properties": {"path": {"type": "string"}, "read_only": {"type": "boolean"}},
                        "required": ["path"],
                    },
                    "Memory": {
                        "type": "object",
                        "properties": {
                            "bytes": {
                                "type": "integer", "format": "int64",
                                "minimum": 0, "maximum": 4_294_967_295_u32,
                            },
                        },
                        "required": ["bytes"],
                    },
                    "Name": {"type": "string"},
                },
                "oneOf": [{"required": ["Host"]}, {"required": ["Memory"]}, {"required": ["Name"]}],
            }),
        )
        .stores(json!({"value": {"Name": "x", "Memory": null, "Other": 1}}), json!({"value": {"Name": "x"}}))
        .refuses("value", json!({}))
        .refuses("value", json!({"Other": 1}))
        .refuses("value", json!({"Name": "x", "Memory": {"bytes": 1}}))
        .refuses_at("spec.value.Host.path", "value", json!({"Host": {}}))
        .refuses_at("spec.value.Memory.bytes", "value", json!({"Memory": {"bytes": -1}}))
        .refuses("value", json!("Name")),
    ]
}

fn odd() -> Vec<Entry> {
    let number = json!({"type": "integer", "format": "int32"});
    vec![
        Entry::new::<A73>([A73Spec { value: Single::Only { x: 1 } }])
            .field(
                "value",
                json!({
                    "type": "object",
                    "properties": {
                        "Only": {"type": "object", "properties": {"x": number}, "required": ["x"]},
                    },
                    "oneOf": [{"required": ["Only"]}],
                }),
            )
            .refuses("value", json!({}))
            .refuses_at("spec.value.Only.x", "value", json!({"Only": {}})),
        Entry::new::<A74>(
            [Strategy::Recreate {}, Strategy::Rolling { surge: 1 }].map(|value| A74Spec { value }),
        )
        .field("value", strategy())
        .refuses("value", json!({"Recreate": {}, "Rolling": {"surge": 1}}))
        .refuses_at("spec.value.Recreate", "value", json!({"Recreate": 1})),
        Entry::new::<A78>(
            [Perhaps::A(Some("x".to_owned())), Perhaps::A(None), Perhaps::B(1)]
                .map(|value| A78Spec { value }),
        )
        .field(
            "value",
            json!({
                "type": "object",
                "properties": {"A": {"type": "string", "nullable": true}, "B": number},
                "oneOf": [{"required": ["A"]}, {"required": ["B"]}],
            }),
        )
        .keeps(json!({"value": {"A": null}}))
        .refuses("value", json!({"A": null, "B": 1})),
    ]
}

fn strategy() -> serde_json::Value {
    json!({
        "type": "object",
        "properties": {
            "Recreate": {"type": "object"},
            "Rolling": {
                "type": "object", "properties": {"surge": {"type": "integer", "format": "int32"}},
                "required": ["surge"],
            },
        },
        "oneOf": [{"required": ["Recreate"]}, {"required": ["Rolling"]}],
    })
}

fn inside() -> Vec<Entry> {
    let rolling = || Strategy::Rolling { surge: 1 };
    vec![
        Entry::new::<A89>([
            A89Spec {
                list: vec![rolling(), Strategy::Recreate {}],
                map: [("a".to_owned(), rolling())].into(),
                maybe: Some(rolling()),
                boxed: Box::new(rolling()),
            },
            A89Spec {
                list: vec![],
                map: BTreeMap::new(),
                maybe: None,
                boxed: Box::new(Strategy::Recreate {}),
            },
        ])
        .field("list", json!({"type": "array", "items": strategy()}))
        .field("map", json!({"type": "object", "additionalProperties": strategy()}))
        .optional("maybe", strategy())
        .field("boxed", strategy())
        .refuses_at("spec.list[0]", "list", json!([{}]))
        .refuses_at("spec.map.a", "map", json!({"a": {}}))
        .refuses("maybe", json!({}))
        .refuses_at("spec.boxed.Rolling.surge", "boxed", json!({"Rolling": {}})),
    ]
}
