//! Types that contain themselves.

use std::collections::BTreeMap;

use arbitrary::{Arbitrary, Unstructured};
use kubist::prelude::*;
use serde_json::{Value, json};

use crate::entry::Entry;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema)]
pub(crate) struct Chain {
    value: i32,
    #[schema(recursion(depth = 2))]
    next: Option<Box<Self>>,
}

impl<'a> Arbitrary<'a> for Chain {
    fn arbitrary(u: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        let mut chain = Self { value: u.arbitrary()?, next: None };
        for _ in 0..u.int_in_range(0..=1)? {
            chain = Self { value: u.arbitrary()?, next: Some(Box::new(chain)) };
        }
        Ok(chain)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A66Spec {
    value: Chain,
}
kind!(A66, A66Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Tree {
    name: String,
    #[schema(recursion(schemaless))]
    children: Vec<Self>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A66CutSpec {
    value: Tree,
}
kind!(A66Cut, A66CutSpec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema)]
pub(crate) struct Named {
    #[serde(default)]
    #[schema(recursion(depth = 2))]
    below: BTreeMap<String, Self>,
}

impl<'a> Arbitrary<'a> for Named {
    fn arbitrary(u: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        let names: Vec<String> = u.arbitrary()?;
        let leaf = |name| (name, Self { below: BTreeMap::new() });
        Ok(Self { below: names.into_iter().map(leaf).collect() })
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A66MapSpec {
    value: Named,
}
kind!(A66Map, A66MapSpec);

pub(crate) fn entries() -> Vec<Entry> {
    [levels(), others()].concat()
}

fn levels() -> Vec<Entry> {
    let number = json!({"type": "integer", "format": "int32"});
    let chain = |value, next: Option<Chain>| Chain { value, next: next.map(Box::new) };
    vec![
        Entry::new::<A66>([chain(1, None), chain(1, Some(chain(2, None)))].map(|value| A66Spec { value }))
            .field(
                "value",
                json!({
                    "type": "object", "required": ["value"],
                    "properties": {
                        "value": number,
                        "next": {
                            "type": "object", "required": ["value"],
                            "properties": {"value": number, "next": too_deep("Chain")},
                        },
                    },
                }),
            )
            .refuses_at("spec.value.next.value", "value", json!({"value": 1, "next": {}}))
            .refuses_at(
                "spec.value.next.next",
                "value",
                json!({"value": 1, "next": {"value": 2, "next": {"value": 3}}}),
            ),
    ]
}

fn others() -> Vec<Entry> {
    vec![
        Entry::new::<A66Cut>([A66CutSpec {
            value: Tree {
                name: "a".to_owned(),
                children: vec![Tree {
                    name: "b".to_owned(),
                    children: vec![Tree { name: "c".to_owned(), children: vec![] }],
                }],
            },
        }])
        .field(
            "value",
            json!({
                "type": "object", "required": ["children", "name"],
                "properties": {
                    "name": {"type": "string"},
                    "children": {
                        "type": "array",
                        "items": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
                    },
                },
            }),
        )
        .looser_than_the_type("below the first level any JSON is kept")
        .refuses_at("spec.value.children[0]", "value", json!({"name": "a", "children": [1]})),
        Entry::new::<A66Map>([A66MapSpec {
            value: Named { below: [("a".to_owned(), Named { below: BTreeMap::new() })].into() },
        }])
        .field(
            "value",
            json!({
                "type": "object",
                "properties": {
                    "below": {
                        "type": "object", "default": {},
                        "additionalProperties": {
                            "type": "object",
                            "properties": {
                                "below": {
                                    "type": "object", "default": {},
                                    "additionalProperties": too_deep("Named"),
                                },
                            },
                        },
                    },
                },
            }),
        )
        .refuses_at("spec.value.below.a", "value", json!({"below": {"a": 1}}))
        .refuses_at(
            "spec.value.below[a].below[b]",
            "value",
            json!({"below": {"a": {"below": {"b": {}}}}}),
        ),
    ]
}

/// What stands where a type goes on for too long: no value at all.
fn too_deep(name: &str) -> Value {
    json!({
        "type": "object", "x-kubernetes-preserve-unknown-fields": true,
        "x-kubernetes-validations": [{
            "rule": "false", "message": format!("a {name} can be nested 2 levels deep"),
        }],
    })
}
