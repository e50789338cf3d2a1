//! Lists, sets, arrays and tuples.

use std::collections::{BTreeSet, HashSet};

use arbitrary::Arbitrary;
use kubist::prelude::*;
use serde_json::json;

use crate::entry::{Entry, Step};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A29Spec {
    value: Vec<String>,
    nested: Vec<Vec<i32>>,
}
kind!(A29, A29Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A30Spec {
    // Or the compiler warns of a list that is four times as long as it must be.
    #[schema(with = Vec<u8>)]
    value: Vec<u8>,
}
kind!(A30, A30Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A31Spec {
    sorted: BTreeSet<String>,
    hashed: HashSet<i64>,
}
kind!(A31, A31Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A33Spec {
    value: [i32; 3],
}
kind!(A33, A33Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A34Spec {
    pair: (i32, i32),
    three: (String, String, String),
}
kind!(A34, A34Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A35Spec {
    value: (String, i64),
}
kind!(A35, A35Spec);

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

pub(crate) fn entries() -> Vec<Entry> {
    [lists(), fixed()].concat()
}

fn lists() -> Vec<Entry> {
    vec![
        Entry::new::<A29>([
            A29Spec { value: words(&["a", "a", ""]), nested: vec![vec![1], vec![]] },
            A29Spec { value: vec![], nested: vec![] },
        ])
        .field("value", json!({"type": "array", "items": {"type": "string"}}))
        .field(
            "nested",
            json!({
                "type": "array", "items": {"type": "array", "items": {"type": "integer", "format": "int32"}},
            }),
        )
        .refuses_at("spec.value[1]", "value", json!(["a", 1]))
        .refuses("value", json!("a"))
        .refuses_at("spec.value[0]", "value", json!([null]))
        .refuses_at("spec.nested[0][0]", "nested", json!([[2_147_483_648_i64]])),
        Entry::new::<A30>([vec![0, 255], vec![]].map(|value| A30Spec { value }))
            .field(
                "value",
                json!({
                    "type": "array",
                    "items": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 255},
                }),
            )
            .refuses_at("spec.value[0]", "value", json!([256])),
        Entry::new::<A31>([
            A31Spec { sorted: words(&["a", "b"]).into_iter().collect(), hashed: [1, 2].into() },
            A31Spec { sorted: BTreeSet::new(), hashed: HashSet::new() },
        ])
        .field(
            "sorted",
            json!({"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "set"}),
        )
        .field(
            "hashed",
            json!({
                "type": "array", "items": {"type": "integer", "format": "int64"},
                "x-kubernetes-list-type": "set",
            }),
        )
        .refuses_at("spec.sorted[1]", "sorted", json!(["a", "a"]))
        .refuses_at("spec.hashed[2]", "hashed", json!([1, 2, 1]))
        .step(Step::Merges {
            first: json!({"sorted": ["a", "b"], "hashed": []}),
            second: json!({"sorted": ["b", "c"], "hashed": []}),
            stored: json!({"sorted": ["a", "b", "c"], "hashed": []}),
        }),
    ]
}

fn fixed() -> Vec<Entry> {
    let number = json!({"type": "integer", "format": "int32"});
    vec![
        Entry::new::<A33>([[1, 2, 3], [0, i32::MIN, i32::MAX]].map(|value| A33Spec { value }))
            .field("value", json!({"type": "array", "items": number, "minItems": 3, "maxItems": 3}))
            .refuses("value", json!([1, 2]))
            .refuses("value", json!([1, 2, 3, 4]))
            .refuses_at("spec.value[2]", "value", json!([1, 2, "3"])),
        Entry::new::<A34>([A34Spec { pair: (1, 2), three: ("a".into(), String::new(), "c".into()) }])
            .field("pair", json!({"type": "array", "items": number, "minItems": 2, "maxItems": 2}))
            .field(
                "three",
                json!({"type": "array", "items": {"type": "string"}, "minItems": 3, "maxItems": 3}),
            )
            .refuses("pair", json!([1]))
            .refuses("pair", json!([1, 2, 3]))
            .refuses_at("spec.three[0]", "three", json!([1, "b", "c"])),
        Entry::new::<A35>(
            [("a", 1), ("", i64::MIN)].map(|(text, number)| A35Spec { value: (text.into(), number) }),
        )
        .field(
            "value",
            json!({
                "type": "array",
                "items": {
                    "x-kubernetes-int-or-string": true,
                    "anyOf": [{"type": "integer"}, {"type": "string"}],
                },
                "minItems": 2, "maxItems": 2,
                "x-kubernetes-validations": [{
                    "rule": "type(self[0]) == string && type(self[1]) == int",
                    "message": "each item must have its own type",
                }],
            }),
        )
        .refuses("value", json!([1, "a"]))
        .refuses("value", json!(["a"]))
        .refuses_at("spec.value[1]", "value", json!(["a", true])),
    ]
}
