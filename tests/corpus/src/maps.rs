//! Maps, and JSON of any shape.

use std::collections::{BTreeMap, HashMap};

use arbitrary::{Arbitrary, Unstructured};
use kubist::prelude::*;
use serde_json::{Map, Value, json};

use crate::entry::Entry;
use crate::random;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A37Spec {
    sorted: BTreeMap<String, String>,
    hashed: HashMap<String, Vec<i32>>,
}
kind!(A37, A37Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A38Spec {
    value: BTreeMap<u8, String>,
}
kind!(A38, A38Spec);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Side {
    Left,
    Right,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A39Spec {
    value: BTreeMap<Side, String>,
}
kind!(A39, A39Spec);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Schema, Arbitrary)]
#[schema(pattern = "^[a-z]+$")]
pub(crate) struct Word(#[arbitrary(with = |u: &mut Unstructured<'_>| random::word(u, 1, 9))] String);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A40Spec {
    value: BTreeMap<Word, String>,
}
kind!(A40, A40Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A40FieldSpec {
    #[schema(keys(pattern = "^[a-z]+$"), max_properties = 100)]
    #[arbitrary(with = words)]
    value: BTreeMap<String, String>,
}
kind!(A40Field, A40FieldSpec);

fn words(u: &mut Unstructured<'_>) -> arbitrary::Result<BTreeMap<String, String>> {
    (0..u.int_in_range(0..=3)?).map(|_| Ok((random::word(u, 1, 9)?, u.arbitrary()?))).collect()
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A41Spec {
    #[arbitrary(with = random::map)]
    value: BTreeMap<String, Value>,
}
kind!(A41, A41Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A42Spec {
    #[arbitrary(with = random::json)]
    value: Value,
}
kind!(A42, A42Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A43Spec {
    // `Some(Null)` is read as `None`, as serde does it everywhere.
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(Some(random::json_not_null(u)?)))]
    value: Option<Value>,
}
kind!(A43, A43Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A44Spec {
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(vec![random::json(u)?, random::json(u)?]))]
    value: Vec<Value>,
}
kind!(A44, A44Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A45Spec {
    #[arbitrary(with = random::object)]
    value: Map<String, Value>,
    #[schema(schemaless)]
    #[arbitrary(value = std::time::Duration::from_secs(1))]
    foreign: std::time::Duration,
}
kind!(A45, A45Spec);

pub(crate) fn entries() -> Vec<Entry> {
    [maps(), keys(), any()].concat()
}

fn maps() -> Vec<Entry> {
    vec![
        Entry::new::<A37>([
            A37Spec {
                sorted: [("a b/c".to_owned(), "x".to_owned()), (String::new(), String::new())].into(),
                hashed: [("k".to_owned(), vec![1])].into(),
            },
            A37Spec { sorted: BTreeMap::new(), hashed: HashMap::new() },
        ])
        .field("sorted", json!({"type": "object", "additionalProperties": {"type": "string"}}))
        .field(
            "hashed",
            json!({
                "type": "object",
                "additionalProperties": {
                    "type": "array", "items": {"type": "integer", "format": "int32"},
                },
            }),
        )
        .refuses_at("spec.sorted.a", "sorted", json!({"a": 1}))
        .refuses_at("spec.hashed.a[0]", "hashed", json!({"a": ["1"]}))
        .refuses("hashed", json!([])),
        Entry::new::<A39>([
            A39Spec { value: [(Side::Left, "x".to_owned())].into() },
            A39Spec { value: [(Side::Left, "x".to_owned()), (Side::Right, String::new())].into() },
            A39Spec { value: BTreeMap::new() },
        ])
        .field(
            "value",
            json!({
                "type": "object", "properties": {"left": {"type": "string"}, "right": {"type": "string"}},
            }),
        )
        .stores(json!({"value": {"left": "x", "up": "y"}}), json!({"value": {"left": "x"}}))
        .refuses_at("spec.value.left", "value", json!({"left": 1})),
    ]
}

fn keys() -> Vec<Entry> {
    const BYTE: &str = "^(0|[1-9][0-9]{0,1}|1[0-9]{2}|2[0-4][0-9]|25[0-4]|255)$";
    let word = |word: &str| Word(word.to_owned());
    vec![
        Entry::new::<A38>([A38Spec { value: [(0, "a".to_owned()), (255, "b".to_owned())].into() }])
            .field(
                "value",
                json!({
                    "type": "object", "additionalProperties": {"type": "string"},
                    "x-kubernetes-validations": [{
                        "rule": format!("self.all(key, key.matches('{BYTE}'))"),
                        "message": format!("each key must match {BYTE}"),
                    }],
                }),
            )
            .refuses("value", json!({"256": "a"}))
            .refuses("value", json!({"-1": "a"}))
            .refuses("value", json!({"01": "a"}))
            .refuses("value", json!({"x": "a"})),
        Entry::new::<A40>([A40Spec { value: [(word("ab"), "1".to_owned())].into() }])
            .field(
                "value",
                json!({
                    "type": "object", "additionalProperties": {"type": "string"},
                    "x-kubernetes-validations": [{
                        "rule": "self.all(key, key.matches('^[a-z]+$'))",
                        "message": "each key must match ^[a-z]+$",
                    }],
                }),
            )
            .refuses("value", json!({"A": ""}))
            .refuses("value", json!({"a": "", "": ""})),
        Entry::new::<A40Field>([A40FieldSpec { value: [("ab".to_owned(), "1".to_owned())].into() }])
            .field(
                "value",
                json!({
                    "type": "object", "additionalProperties": {"type": "string"}, "maxProperties": 100,
                    "x-kubernetes-validations": [{
                        "rule": "self.all(key, key.matches('^[a-z]+$'))",
                        "message": "each key must match ^[a-z]+$",
                    }],
                }),
            )
            .refuses("value", json!({"A": ""})),
    ]
}

fn any() -> Vec<Entry> {
    let any = json!({"x-kubernetes-preserve-unknown-fields": true, "nullable": true});
    let values = [
        json!(null),
        json!(true),
        json!("x"),
        json!([1, null, {"a": {"b": null}}]),
        json!({"a": {"b": [1]}}),
    ];
    vec![
        Entry::new::<A41>([
            A41Spec {
                value: [("a".to_owned(), json!(null)), ("b".to_owned(), json!({"c": {"d": null}}))].into(),
            },
            A41Spec { value: BTreeMap::new() },
        ])
        .field("value", json!({"type": "object", "additionalProperties": any}))
        .refuses("value", json!([])),
        Entry::new::<A42>(values.clone().map(|value| A42Spec { value }))
            .field("value", any.clone())
            .keeps(json!({"value": {"a": {"b": {"c": null}}}})),
        Entry::new::<A43>(
            [Some(json!({"a": {"b": 1}})), Some(json!([null])), None].map(|value| A43Spec { value }),
        )
        .optional("value", any.clone())
        .keeps(json!({})),
        Entry::new::<A44>([A44Spec { value: values.into() }, A44Spec { value: vec![] }])
            .field("value", json!({"type": "array", "items": any}))
            .refuses("value", json!({})),
        Entry::new::<A45>([A45Spec {
            value: [("a".to_owned(), json!({"b": {"c": null}}))].into_iter().collect(),
            foreign: std::time::Duration::from_secs(1),
        }])
        .field("value", json!({"type": "object", "additionalProperties": any}))
        .field("foreign", any)
        .looser_than_the_type("without a schema any JSON is kept")
        .refuses("value", json!(1)),
    ]
}
