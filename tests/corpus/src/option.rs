//! What may be absent, what may be null, and what is filled in.

use std::collections::BTreeMap;

use arbitrary::Arbitrary;
use kubist::prelude::*;
use serde::Deserializer;
use serde_json::json;

use crate::entry::Entry;
use crate::entry::Step;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A18Spec {
    value: Option<String>,
}
kind!(A18, A18Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A19Spec {
    #[schema(nullable)]
    value: Option<i32>,
}
kind!(A19, A19Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A20Spec {
    /// Absent, null, or a value.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schema(with = Option<String>, nullable)]
    value: Option<Option<String>>,
}
kind!(A20, A20Spec);

/// What is there is `Some`, also null.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) enum Level {
    Low,
    High,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A21Spec {
    value: Option<Level>,
    /// The same with documentation.
    documented: Option<Level>,
}
kind!(A21, A21Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A22Spec {
    #[schema(nullable)]
    value: Option<Level>,
}
kind!(A22, A22Spec);

/// The documentation of the type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Inner {
    number: i32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A23Spec {
    plain: Option<Inner>,
    /// The documentation of the field.
    boxed: Option<Box<Inner>>,
}
kind!(A23, A23Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A24Spec {
    value: Vec<Option<String>>,
}
kind!(A24, A24Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A25Spec {
    value: BTreeMap<String, Option<i64>>,
}
kind!(A25, A25Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A26Spec {
    #[serde(default)]
    value: Option<String>,
}
kind!(A26, A26Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A27Spec {
    // Sent as null it would be filled in, too: to be able to say `None` takes a nullable field.
    #[serde(default = "yes")]
    #[schema(nullable)]
    value: Option<bool>,
}
kind!(A27, A27Spec);

fn yes() -> Option<bool> {
    Some(true)
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A28Spec {
    #[serde(default)]
    value: Limits,
}
kind!(A28, A28Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Limits {
    soft: Option<i32>,
    hard: i32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { soft: None, hard: 9 }
    }
}

pub(crate) fn entries() -> Vec<Entry> {
    [absent(), nothing(), filled_in()].concat()
}

fn absent() -> Vec<Entry> {
    vec![
        Entry::new::<A18>([Some("x".to_owned()), None].map(|value| A18Spec { value }))
            .optional("value", json!({"type": "string"}))
            .stores(json!({"value": null}), json!({}))
            .keeps(json!({}))
            .refuses("value", json!(1))
            // Everywhere else the server drops a null.
            .step(Step::RefusesApply { given: json!({"value": null}), field: "spec.value".to_owned() }),
        Entry::new::<A21>([
            A21Spec { value: Some(Level::Low), documented: Some(Level::High) },
            A21Spec { value: None, documented: None },
        ])
        .optional("value", json!({"type": "string", "enum": ["Low", "High"]}))
        .optional(
            "documented",
            json!({
                "type": "string", "enum": ["Low", "High"], "description": "The same with documentation.",
            }),
        )
        .stores(json!({"value": null}), json!({}))
        .refuses("value", json!("low"))
        .refuses("documented", json!("")),
        Entry::new::<A23>([
            A23Spec { plain: Some(Inner { number: 1 }), boxed: Some(Box::new(Inner { number: 2 })) },
            A23Spec { plain: None, boxed: None },
        ])
        .optional(
            "plain",
            json!({
                "type": "object", "description": "The documentation of the type.",
                "properties": {"number": {"type": "integer", "format": "int32"}}, "required": ["number"],
            }),
        )
        .optional(
            "boxed",
            json!({
                "type": "object", "description": "The documentation of the field.",
                "properties": {"number": {"type": "integer", "format": "int32"}}, "required": ["number"],
            }),
        )
        .stores(json!({"plain": null, "boxed": {"number": 1, "unknown": 2}}), json!({"boxed": {"number": 1}}))
        .refuses_at("spec.plain.number", "plain", json!({})),
        Entry::new::<A26>([Some("x".to_owned()), None].map(|value| A26Spec { value }))
            .optional("value", json!({"type": "string"}))
            .keeps(json!({}))
            .refuses("value", json!(1)),
    ]
}

fn nothing() -> Vec<Entry> {
    vec![
        Entry::new::<A19>([Some(1), None].map(|value| A19Spec { value }))
            .optional("value", json!({"type": "integer", "format": "int32", "nullable": true}))
            .keeps(json!({"value": null}))
            .keeps(json!({}))
            .refuses("value", json!("1")),
        Entry::new::<A20>([Some(Some("x".to_owned())), Some(None), None].map(|value| A20Spec { value }))
            .optional(
                "value",
                json!({
                    "type": "string", "nullable": true, "description": "Absent, null, or a value.",
                }),
            )
            .keeps(json!({"value": null}))
            .keeps(json!({}))
            .refuses("value", json!(1)),
        Entry::new::<A22>([Some(Level::High), None].map(|value| A22Spec { value }))
            // An enum beside the type refuses null.
            .optional(
                "value",
                json!({"type": "string", "nullable": true, "allOf": [{"enum": ["Low", "High"]}]}),
            )
            .keeps(json!({"value": null}))
            .refuses("value", json!("low")),
        Entry::new::<A24>([A24Spec { value: vec![Some("x".to_owned()), None] }, A24Spec { value: vec![] }])
            .field("value", json!({"type": "array", "items": {"type": "string", "nullable": true}}))
            .keeps(json!({"value": [null, "a"]}))
            .refuses_at("spec.value[1]", "value", json!([null, 1])),
        Entry::new::<A25>([
            A25Spec { value: [("a".to_owned(), None), ("b".to_owned(), Some(1))].into() },
            A25Spec { value: BTreeMap::new() },
        ])
        .field(
            "value",
            json!({
                "type": "object",
                "additionalProperties": {"type": "integer", "format": "int64", "nullable": true},
            }),
        )
        .keeps(json!({"value": {"a": null}}))
        .refuses_at("spec.value.a", "value", json!({"a": "1"})),
    ]
}

fn filled_in() -> Vec<Entry> {
    vec![
        Entry::new::<A27>([Some(false), Some(true), None].map(|value| A27Spec { value }))
            .optional("value", json!({"type": "boolean", "nullable": true, "default": true}))
            .stores(json!({}), json!({"value": true}))
            .keeps(json!({"value": false}))
            .keeps(json!({"value": null}))
            .refuses("value", json!("true")),
        Entry::new::<A28>(
            [Limits::default(), Limits { soft: Some(1), hard: 2 }].map(|value| A28Spec { value }),
        )
        .optional(
            "value",
            json!({
                "type": "object",
                "properties": {
                    "soft": {"type": "integer", "format": "int32"},
                    "hard": {"type": "integer", "format": "int32"},
                },
                "required": ["hard"],
                "default": {"hard": 9},
            }),
        )
        .stores(json!({}), json!({"value": {"hard": 9}}))
        .stores(json!({"value": null}), json!({"value": {"hard": 9}}))
        .refuses_at("spec.value.hard", "value", json!({})),
    ]
}
