//! Enums with data that are told apart by a tag, or by what fits.

use arbitrary::{Arbitrary, Unstructured};
use kubist::prelude::*;
use serde_json::json;

use crate::entry::Entry;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(crate) enum Probe {
    Http { path: String, port: u16 },
    Exec { command: Vec<String> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A79Spec {
    value: Probe,
}
kind!(A79, A79Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(tag = "type")]
pub(crate) enum Shared {
    A { x: i32 },
    B { x: Option<i32>, y: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A80Spec {
    value: Shared,
}
kind!(A80, A80Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(tag = "type")]
pub(crate) enum Bounded {
    Few {
        #[schema(maximum = 9)]
        #[arbitrary(with = |u: &mut Unstructured<'_>| u.int_in_range(0..=9))]
        count: i32,
    },
    Many {
        #[schema(minimum = 10)]
        #[arbitrary(with = |u: &mut Unstructured<'_>| u.int_in_range(10..=i32::MAX))]
        count: i32,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A81Spec {
    value: Bounded,
}
kind!(A81, A81Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(tag = "type")]
pub(crate) enum Units {
    Off,
    On { since: i64 },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A83Spec {
    value: Units,
}
kind!(A83, A83Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Disk {
    device: String,
    #[serde(flatten)]
    common: Limits,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Limits {
    gigabytes: i32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(tag = "kind")]
pub(crate) enum Storage {
    Disk(Disk),
    Cloud(Limits),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A84Spec {
    value: Storage,
}
kind!(A84, A84Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(tag = "t", content = "c")]
pub(crate) enum Adjacent {
    A { x: i32 },
    B { y: String },
    U,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A85Spec {
    value: Adjacent,
}
kind!(A85, A85Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(tag = "t", content = "c")]
pub(crate) enum Scalars {
    Number(i64),
    Text(String),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A85ScalarSpec {
    value: Scalars,
}
kind!(A85Scalar, A85ScalarSpec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(untagged)]
pub(crate) enum Either {
    Number { a: i32 },
    Text { b: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A86Spec {
    value: Either,
}
kind!(A86, A86Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(untagged)]
pub(crate) enum Port {
    Number(i64),
    Name(String),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A87Spec {
    value: Port,
}
kind!(A87, A87Spec);

pub(crate) fn entries() -> Vec<Entry> {
    [internal(), shared(), merged(), adjacent(), scalars(), untagged()].concat()
}

fn internal() -> Vec<Entry> {
    vec![
        Entry::new::<A79>(
            [
                Probe::Http { path: "/".to_owned(), port: 80 },
                Probe::Exec { command: vec!["true".to_owned()] },
            ]
            .map(|value| A79Spec { value }),
        )
        .field(
            "value",
            json!({
                "type": "object",
                "properties": {
                    "type": {"type": "string", "enum": ["http", "exec"]},
                    "path": {"type": "string"},
                    "port": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 65535},
                    "command": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["type"],
                "oneOf": [
                    {
                        "properties": {"type": {"enum": ["http"]}}, "required": ["path", "port"],
                        "not": {"required": ["command"]},
                    },
                    {
                        "properties": {"type": {"enum": ["exec"]}}, "required": ["command"],
                        "not": {"anyOf": [{"required": ["path"]}, {"required": ["port"]}]},
                    },
                ],
            }),
        )
        .refuses_at("spec.value.type", "value", json!({"path": "/", "port": 1}))
        .refuses_at("spec.value.type", "value", json!({"type": "Http", "path": "/", "port": 1}))
        .refuses("value", json!({"type": "http", "path": "/"}))
        .refuses("value", json!({"type": "exec", "path": "/", "port": 1}))
        .refuses_at("spec.value.port", "value", json!({"type": "http", "path": "/", "port": 65536})),
    ]
}

fn shared() -> Vec<Entry> {
    let number = json!({"type": "integer", "format": "int32"});
    vec![
        Entry::new::<A80>(
            [
                Shared::A { x: 1 },
                Shared::B { x: None, y: "y".to_owned() },
                Shared::B { x: Some(1), y: String::new() },
            ]
            .map(|value| A80Spec { value }),
        )
        .field(
            "value",
            json!({
                "type": "object",
                "properties": {
                    "type": {"type": "string", "enum": ["A", "B"]}, "x": number, "y": {"type": "string"},
                },
                "required": ["type"],
                "oneOf": [
                    {
                        "properties": {"type": {"enum": ["A"]}}, "required": ["x"],
                        "not": {"required": ["y"]},
                    },
                    {"properties": {"type": {"enum": ["B"]}}, "required": ["y"]},
                ],
            }),
        )
        .refuses("value", json!({"type": "A", "y": "y"}))
        .refuses("value", json!({"type": "A", "x": 1, "y": "y"}))
        .refuses_at("spec.value.x", "value", json!({"type": "B", "y": "y", "x": "1"})),
        Entry::new::<A83>([Units::Off, Units::On { since: 1 }].map(|value| A83Spec { value }))
            .field(
                "value",
                json!({
                    "type": "object",
                    "properties": {
                        "type": {"type": "string", "enum": ["Off", "On"]},
                        "since": {"type": "integer", "format": "int64"},
                    },
                    "required": ["type"],
                    "oneOf": [
                        {"properties": {"type": {"enum": ["Off"]}}, "not": {"required": ["since"]}},
                        {"properties": {"type": {"enum": ["On"]}}, "required": ["since"]},
                    ],
                }),
            )
            .refuses("value", json!({"type": "On"}))
            .refuses_at("spec.value.type", "value", json!({})),
    ]
}

fn merged() -> Vec<Entry> {
    let number = json!({"type": "integer", "format": "int32"});
    vec![
        Entry::new::<A81>(
            [Bounded::Few { count: 9 }, Bounded::Many { count: 10 }].map(|value| A81Spec { value }),
        )
        .field(
            "value",
            json!({
                "type": "object",
                "properties": {"type": {"type": "string", "enum": ["Few", "Many"]}, "count": number},
                "required": ["type"],
                "oneOf": [
                    {
                        "properties": {"type": {"enum": ["Few"]}, "count": {"maximum": 9}},
                        "required": ["count"],
                    },
                    {
                        "properties": {"type": {"enum": ["Many"]}, "count": {"minimum": 10}},
                        "required": ["count"],
                    },
                ],
            }),
        )
        .refuses("value", json!({"type": "Few", "count": 10}))
        .refuses("value", json!({"type": "Many", "count": 9})),
        Entry::new::<A84>(
            [
                Storage::Disk(Disk { device: "sda".to_owned(), common: Limits { gigabytes: 1 } }),
                Storage::Cloud(Limits { gigabytes: 2 }),
            ]
            .map(|value| A84Spec { value }),
        )
        .field(
            "value",
            json!({
                "type": "object",
                "properties": {
                    "kind": {"type": "string", "enum": ["Disk", "Cloud"]},
                    "device": {"type": "string"},
                    "gigabytes": number,
                },
                "required": ["kind"],
                "oneOf": [
                    {"properties": {"kind": {"enum": ["Disk"]}}, "required": ["device", "gigabytes"]},
                    {
                        "properties": {"kind": {"enum": ["Cloud"]}}, "required": ["gigabytes"],
                        "not": {"required": ["device"]},
                    },
                ],
            }),
        )
        .refuses("value", json!({"kind": "Disk", "gigabytes": 1})),
    ]
}

fn adjacent() -> Vec<Entry> {
    vec![
        Entry::new::<A85>(
            [Adjacent::A { x: 1 }, Adjacent::B { y: "y".to_owned() }, Adjacent::U]
                .map(|value| A85Spec { value }),
        )
        .field(
            "value",
            json!({
                "type": "object",
                "properties": {
                    "t": {"type": "string", "enum": ["A", "B", "U"]},
                    "c": {
                        "type": "object",
                        "properties": {"x": {"type": "integer", "format": "int32"}, "y": {"type": "string"}},
                    },
                },
                "required": ["t"],
                "oneOf": [
                    {
                        "properties": {
                            "t": {"enum": ["A"]}, "c": {"required": ["x"], "not": {"required": ["y"]}},
                        },
                        "required": ["c"],
                    },
                    {
                        "properties": {
                            "t": {"enum": ["B"]}, "c": {"required": ["y"], "not": {"required": ["x"]}},
                        },
                        "required": ["c"],
                    },
                    {"properties": {"t": {"enum": ["U"]}}, "not": {"required": ["c"]}},
                ],
            }),
        )
        .refuses("value", json!({"t": "A"}))
        .refuses("value", json!({"t": "A", "c": {"y": "s"}}))
        .refuses_at("spec.value.t", "value", json!({"t": "Z"})),
    ]
}

fn scalars() -> Vec<Entry> {
    vec![
        Entry::new::<A85Scalar>(
            [Scalars::Number(1), Scalars::Text("x".to_owned())].map(|value| A85ScalarSpec { value }),
        )
        .field(
            "value",
            json!({
                "type": "object",
                "properties": {
                    "t": {"type": "string", "enum": ["Number", "Text"]},
                    "c": {
                        "x-kubernetes-int-or-string": true,
                        "anyOf": [{"type": "integer"}, {"type": "string"}],
                    },
                },
                "required": ["t"],
                "oneOf": [
                    {"properties": {"t": {"enum": ["Number"]}}, "required": ["c"]},
                    {"properties": {"t": {"enum": ["Text"]}}, "required": ["c"]},
                ],
                "x-kubernetes-validations": [
                    {
                        "rule": "self.t != 'Number' || type(self.c) == int",
                        "message": "the c of Number must be of type int",
                    },
                    {
                        "rule": "self.t != 'Text' || type(self.c) == string",
                        "message": "the c of Text must be of type string",
                    },
                ],
            }),
        )
        .refuses("value", json!({"t": "Number", "c": "x"}))
        .refuses("value", json!({"t": "Text", "c": 1}))
        .refuses("value", json!({"t": "Text"})),
    ]
}

fn untagged() -> Vec<Entry> {
    vec![
        Entry::new::<A86>(
            [Either::Number { a: 1 }, Either::Text { b: "x".to_owned() }].map(|value| A86Spec { value }),
        )
        .field(
            "value",
            json!({
                "type": "object",
                "properties": {"a": {"type": "integer", "format": "int32"}, "b": {"type": "string"}},
                "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
            }),
        )
        .refuses("value", json!({}))
        .refuses_at("spec.value.a", "value", json!({"a": "1"})),
        Entry::new::<A87>([Port::Number(80), Port::Name("http".to_owned())].map(|value| A87Spec { value }))
            .field(
                "value",
                json!({
                    "x-kubernetes-int-or-string": true,
                    "anyOf": [{"type": "integer"}, {"type": "string"}],
                }),
            )
            .refuses("value", json!(1.5))
            .refuses("value", json!(true))
            .refuses("value", json!({})),
    ]
}
