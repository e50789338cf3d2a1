//! Structs, newtypes, tuple structs, generics, and what serde's attributes do to names.

use std::collections::BTreeMap;

use arbitrary::{Arbitrary, Unstructured};
use kubist::prelude::*;
use serde_json::json;

use crate::entry::Entry;

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A46Spec {
    /// The second in the order of names.
    zone: Zone,
    /// Over two lines
    /// and
    ///
    /// paragraphs.
    area: Option<Zone>,
}
kind!(A46, A46Spec);

/// Somewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Zone {
    name: String,
    /// How large.
    area: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Empty {}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A47Spec {
    value: Empty,
}
kind!(A47, A47Spec);

/// A name in lower case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[schema(pattern = "^[a-z]+$", max_length = 9)]
pub(crate) struct Name(#[arbitrary(with = |u: &mut Unstructured<'_>| crate::random::word(u, 1, 9))] String);

/// The zone of a home.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(transparent)]
pub(crate) struct Home {
    zone: Zone,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A48Spec {
    name: Name,
    home: Home,
    maybe: Option<Name>,
}
kind!(A48, A48Spec);

/// East and north.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Point(i32, i32);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A49Spec {
    value: Point,
}
kind!(A49, A49Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Wrapper<T> {
    inner: T,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A50Spec {
    text: Wrapper<String>,
    list: Wrapper<Vec<Wrapper<bool>>>,
}
kind!(A50, A50Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Strict {
    value: i32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(deny_unknown_fields)]
pub(crate) struct A61Spec {
    value: Strict,
}
kind!(A61, A61Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(rename_all = "camelCase")]
pub(crate) struct A62Spec {
    two_words: i32,
    #[serde(rename = "other")]
    one: i32,
    #[serde(skip)]
    #[arbitrary(value = 0)]
    memory: i32,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    list: Vec<String>,
}
kind!(A62, A62Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A63Spec {
    r#type: String,
    r#match: Option<bool>,
}
kind!(A63, A63Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A64Spec {
    #[serde(rename = "a-b")]
    dash: i32,
    #[serde(rename = "$ref")]
    dollar: i32,
    #[serde(rename = "x.y/z")]
    dot: i32,
    #[serde(rename = "größe")]
    umlaut: i32,
}
kind!(A64, A64Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(rename_all = "camelCase")]
pub(crate) struct A65Spec {
    metadata: BTreeMap<String, String>,
    kind: String,
    api_version: i32,
}
kind!(A65, A65Spec);

pub(crate) fn entries() -> Vec<Entry> {
    [objects(), wrapped(), named()].concat()
}

fn zone(name: &str) -> Zone {
    Zone { name: name.to_owned(), area: 1 }
}

fn objects() -> Vec<Entry> {
    let properties = json!({
        "name": {"type": "string"},
        "area": {"type": "integer", "format": "int64", "description": "How large."},
    });
    vec![
        Entry::new::<A46>([A46Spec { zone: zone("a"), area: Some(zone("b")) }])
            .keywords(json!({"description": "What is wanted."}))
            .field(
                "zone",
                json!({
                    "type": "object", "description": "The second in the order of names.",
                    "properties": properties, "required": ["area", "name"],
                }),
            )
            .optional(
                "area",
                json!({
                    "type": "object", "description": "Over two lines\nand\n\nparagraphs.",
                    "properties": properties, "required": ["area", "name"],
                }),
            )
            .refuses_at("spec.zone.name", "zone", json!({"area": 1}))
            .refuses_at("spec.zone.area", "zone", json!({"area": "1", "name": ""})),
        Entry::new::<A47>([A47Spec { value: Empty {} }])
            .field("value", json!({"type": "object"}))
            .stores(json!({"value": {"unknown": 1}}), json!({"value": {}}))
            .refuses("value", json!([])),
        Entry::new::<A61>([A61Spec { value: Strict { value: 1 } }])
            .field(
                "value",
                json!({
                    "type": "object", "properties": {"value": {"type": "integer", "format": "int32"}},
                    "required": ["value"],
                }),
            )
            .stores(json!({"value": {"value": 1}, "unknown": 1}), json!({"value": {"value": 1}})),
    ]
}

fn wrapped() -> Vec<Entry> {
    let name = || Name("ab".to_owned());
    let name_schema = json!({
        "type": "string", "pattern": "^[a-z]+$", "maxLength": 9, "description": "A name in lower case.",
    });
    vec![
        Entry::new::<A48>([A48Spec { name: name(), home: Home { zone: zone("z") }, maybe: Some(name()) }])
            .field("name", name_schema.clone())
            .optional("maybe", name_schema)
            .field(
                "home",
                json!({
                    "type": "object", "description": "The zone of a home.",
                    "properties": {
                        "name": {"type": "string"},
                        "area": {"type": "integer", "format": "int64", "description": "How large."},
                    },
                    "required": ["area", "name"],
                }),
            )
            .refuses("name", json!("A"))
            .refuses("maybe", json!("abcdefghij"))
            .refuses_at("spec.home.area", "home", json!({"name": "x"})),
        Entry::new::<A49>([A49Spec { value: Point(1, 2) }])
            .field(
                "value",
                json!({
                    "type": "array", "items": {"type": "integer", "format": "int32"},
                    "minItems": 2, "maxItems": 2, "description": "East and north.",
                }),
            )
            .refuses("value", json!([1]))
            .refuses("value", json!({"0": 1, "1": 2})),
        Entry::new::<A50>([A50Spec {
            text: Wrapper { inner: "x".to_owned() },
            list: Wrapper { inner: vec![Wrapper { inner: true }] },
        }])
        .field(
            "text",
            json!({"type": "object", "properties": {"inner": {"type": "string"}}, "required": ["inner"]}),
        )
        .field(
            "list",
            json!({
                "type": "object",
                "properties": {
                    "inner": {
                        "type": "array",
                        "items": {
                            "type": "object", "properties": {"inner": {"type": "boolean"}},
                            "required": ["inner"],
                        },
                    },
                },
                "required": ["inner"],
            }),
        )
        .refuses_at("spec.text.inner", "text", json!({"inner": 1}))
        .refuses_at("spec.list.inner[0].inner", "list", json!({"inner": [{}]})),
    ]
}

fn named() -> Vec<Entry> {
    let number = json!({"type": "integer", "format": "int32"});
    vec![
        Entry::new::<A62>([
            A62Spec { two_words: 1, one: 2, memory: 0, list: vec!["x".to_owned()] },
            A62Spec { two_words: 1, one: 2, memory: 0, list: vec![] },
        ])
        .field("twoWords", number.clone())
        .field("other", number.clone())
        .optional("list", json!({"type": "array", "items": {"type": "string"}, "default": []}))
        .stores(
            json!({"twoWords": 1, "other": 2, "memory": 3, "one": 4}),
            json!({"twoWords": 1, "other": 2, "list": []}),
        )
        .refuses("twoWords", json!("1")),
        Entry::new::<A63>([A63Spec { r#type: "x".to_owned(), r#match: Some(true) }])
            .field("type", json!({"type": "string"}))
            .optional("match", json!({"type": "boolean"}))
            .refuses("match", json!(1)),
        Entry::new::<A64>([A64Spec { dash: 1, dollar: 2, dot: 3, umlaut: 4 }])
            .field("a-b", number.clone())
            .field("$ref", number.clone())
            .field("x.y/z", number.clone())
            .field("größe", number.clone())
            .refuses("a-b", json!("1"))
            .refuses("$ref", json!("1"))
            .refuses("x.y/z", json!("1")),
        Entry::new::<A65>([A65Spec {
            metadata: [("a".to_owned(), "b".to_owned())].into(),
            kind: "x".to_owned(),
            api_version: 1,
        }])
        .field("metadata", json!({"type": "object", "additionalProperties": {"type": "string"}}))
        .field("kind", json!({"type": "string"}))
        .field("apiVersion", number)
        .refuses("apiVersion", json!("v1")),
    ]
}
