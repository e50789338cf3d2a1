//! What is demanded of values beyond their type.

use std::collections::BTreeMap;

use arbitrary::{Arbitrary, Unstructured};
use kubist::prelude::*;
use serde_json::json;

use crate::entry::{Entry, Step};
use crate::random;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A102Spec {
    #[schema(minimum = 1, maximum = 100)]
    #[arbitrary(with = |u: &mut Unstructured<'_>| u.int_in_range(1..=100))]
    percent: i32,
    #[schema(min_length = 2, max_length = 3)]
    #[arbitrary(with = |u: &mut Unstructured<'_>| random::word(u, 2, 3))]
    code: String,
    #[schema(pattern = "^[a-z]+(-[a-z]+)*$")]
    #[arbitrary(with = |u: &mut Unstructured<'_>| random::word(u, 1, 9))]
    name: String,
    #[schema(format = "hostname")]
    #[arbitrary(with = |u: &mut Unstructured<'_>| random::word(u, 1, 9).map(Some))]
    host: Option<String>,
    #[schema(min_items = 1, max_items = 2)]
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(vec![u.arbitrary()?]))]
    list: Vec<i32>,
    #[schema(minimum = -1.5, maximum = 1.5, float)]
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(f64::from(i8::arbitrary(u)?) / 100.0))]
    ratio: f64,
}
kind!(A102, A102Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A103Spec {
    #[schema(min_properties = 1, max_properties = 2)]
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok([(u.arbitrary()?, u.arbitrary()?)].into()))]
    value: BTreeMap<String, i32>,
}
kind!(A103, A103Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A104Spec {
    #[schema(items(min_length = 1, pattern = "^[a-z]+$"))]
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(vec![random::word(u, 1, 4)?, random::word(u, 1, 4)?]))]
    list: Vec<String>,
    #[schema(values(minimum = 0))]
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok([(u.arbitrary()?, u.int_in_range(0..=9)?)].into()))]
    map: BTreeMap<String, i32>,
    #[schema(items(items(maximum = 9)))]
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(vec![vec![u.int_in_range(i32::MIN..=9)?]]))]
    nested: Vec<Vec<i32>>,
}
kind!(A104, A104Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A105Spec {
    #[schema(exclusive_minimum = 0, exclusive_maximum = 10)]
    #[arbitrary(with = |u: &mut Unstructured<'_>| u.int_in_range(1..=9))]
    value: i32,
}
kind!(A105, A105Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A106Spec {
    #[schema(multiple_of = 5)]
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(u.int_in_range(-20..=20)? * 5))]
    value: i32,
}
kind!(A106, A106Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A108Spec {
    #[schema(immutable)]
    class: String,
    #[schema(immutable)]
    zone: Option<String>,
    size: i32,
}
kind!(A108, A108Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema)]
#[schema(exactly_one_of(git, image), at_most_one_of(tag, digest), at_least_one_of(tag, owner))]
pub(crate) struct A109Spec {
    git: Option<String>,
    image: Option<String>,
    tag: Option<String>,
    digest: Option<String>,
    owner: Option<String>,
}
kind!(A109, A109Spec);

impl<'a> Arbitrary<'a> for A109Spec {
    fn arbitrary(u: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        let (text, from_git, with_tag) = (String::arbitrary(u)?, bool::arbitrary(u)?, bool::arbitrary(u)?);
        let when = |condition: bool| condition.then(|| text.clone());
        Ok(Self {
            git: when(from_git),
            image: when(!from_git),
            tag: when(with_tag),
            digest: when(!with_tag),
            owner: when(!with_tag),
        })
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[schema(rule(
    "oldSelf.hasValue() ? self.size >= oldSelf.value().size : self.size >= 0",
    message = "must not shrink",
    message_expression = "'must not shrink to %d'.format([self.size])",
    reason = FieldValueForbidden,
    field_path = size,
    optional_old_self,
))]
pub(crate) struct Growing {
    #[arbitrary(with = |u: &mut Unstructured<'_>| u.int_in_range(0..=i32::MAX))]
    size: i32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[schema(rule("self.minimum <= self.maximum", message = "minimum is above maximum"))]
pub(crate) struct A110Spec {
    #[arbitrary(with = |u: &mut Unstructured<'_>| u.int_in_range(i32::MIN..=0))]
    minimum: i32,
    #[arbitrary(with = |u: &mut Unstructured<'_>| u.int_in_range(0..=i32::MAX))]
    maximum: i32,
    #[schema(max_length = 63, rule("self.startsWith('a')"))]
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(format!("a{}", random::word(u, 0, 9)?)))]
    name: String,
    growing: Option<Growing>,
}
kind!(A110, A110Spec);

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) enum Mode {
    Fast,
    Slow,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Tuning {
    mode: Mode,
    level: Option<i32>,
}

fn slow() -> Tuning {
    Tuning { mode: Mode::Slow, level: None }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A112Spec {
    #[serde(default = "slow")]
    value: Tuning,
}
kind!(A112, A112Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A113Spec {
    /// How many.
    #[schema(
        title = "Replicas",
        example = 3,
        external_docs("https://example.com/replicas", "how to choose")
    )]
    value: i32,
}
kind!(A113, A113Spec);

pub(crate) fn entries() -> Vec<Entry> {
    [bounds(), inner(), rules(), texts()].concat()
}

fn bounds() -> Vec<Entry> {
    let valid = A102Spec {
        percent: 1,
        code: "ab".to_owned(),
        name: "a-b".to_owned(),
        host: Some("example.com".to_owned()),
        list: vec![1],
        ratio: 1.5,
    };
    let number = |rules: serde_json::Value| {
        let mut schema = json!({"type": "integer", "format": "int32"});
        let members = rules.as_object().expect("an object").clone();
        schema.as_object_mut().expect("an object").extend(members);
        schema
    };
    vec![
        Entry::new::<A102>([
            valid.clone(),
            A102Spec {
                percent: 100,
                code: "äöü".to_owned(),
                host: None,
                list: vec![1, 2],
                ratio: -1.5,
                ..valid
            },
        ])
        .field("percent", number(json!({"minimum": 1, "maximum": 100})))
        .field("code", json!({"type": "string", "minLength": 2, "maxLength": 3}))
        .field("name", json!({"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"}))
        .optional("host", json!({"type": "string", "format": "hostname", "minItems": 1, "maxItems": 0}))
        .field(
            "list",
            json!({
                "type": "array", "items": {"type": "integer", "format": "int32"},
                "minItems": 1, "maxItems": 2,
            }),
        )
        .field("ratio", json!({"type": "number", "format": "double", "minimum": -1.5, "maximum": 1.5}))
        .refuses("percent", json!(0))
        .refuses("percent", json!(101))
        .refuses("code", json!("a"))
        .refuses("code", json!("abcd"))
        .refuses("name", json!("a-"))
        .refuses("host", json!("a b"))
        .refuses("list", json!([]))
        .refuses("list", json!([1, 2, 3]))
        .refuses("ratio", json!(1.6)),
        Entry::new::<A105>([1, 9].map(|value| A105Spec { value }))
            .field(
                "value",
                number(json!({
                    "minimum": 0, "exclusiveMinimum": true, "maximum": 10, "exclusiveMaximum": true,
                })),
            )
            .refuses("value", json!(0))
            .refuses("value", json!(10)),
        Entry::new::<A106>([0, 5, -10].map(|value| A106Spec { value }))
            .field("value", number(json!({"multipleOf": 5})))
            .refuses("value", json!(4)),
    ]
}

fn inner() -> Vec<Entry> {
    let number = json!({"type": "integer", "format": "int32"});
    vec![
        Entry::new::<A103>([A103Spec { value: [("a".to_owned(), 1)].into() }])
            .field(
                "value",
                json!({
                    "type": "object", "additionalProperties": number,
                    "minProperties": 1, "maxProperties": 2,
                }),
            )
            .refuses("value", json!({}))
            .refuses("value", json!({"a": 1, "b": 2, "c": 3})),
        Entry::new::<A104>([A104Spec {
            list: vec!["a".to_owned()],
            map: [("x".to_owned(), 0)].into(),
            nested: vec![vec![9], vec![]],
        }])
        .field(
            "list",
            json!({"type": "array", "items": {"type": "string", "minLength": 1, "pattern": "^[a-z]+$"}}),
        )
        .field(
            "map",
            json!({
                "type": "object",
                "additionalProperties": {"type": "integer", "format": "int32", "minimum": 0},
            }),
        )
        .field(
            "nested",
            json!({
                "type": "array",
                "items": {
                    "type": "array", "items": {"type": "integer", "format": "int32", "maximum": 9},
                },
            }),
        )
        .refuses_at("spec.list[1]", "list", json!(["a", ""]))
        .refuses_at("spec.list[0]", "list", json!(["A"]))
        .refuses_at("spec.map.x", "map", json!({"x": -1}))
        .refuses_at("spec.nested[0][1]", "nested", json!([[9, 10]])),
    ]
}

fn rules() -> Vec<Entry> {
    vec![immutable(), one_of(), cel()]
}

fn immutable() -> Entry {
    let text = json!({
        "type": "string",
        "x-kubernetes-validations": [{"rule": "self == oldSelf", "message": "the value cannot be changed"}],
    });
    let spec = |class: &str, zone: Option<&str>| match zone {
        Some(zone) => json!({"class": class, "zone": zone, "size": 1}),
        None => json!({"class": class, "size": 1}),
    };
    let update = |from: serde_json::Value, to: serde_json::Value, refused: Option<&str>| Step::Updates {
        from,
        to,
        refused: refused.map(str::to_owned),
    };
    Entry::new::<A108>([A108Spec { class: "a".to_owned(), zone: Some("z".to_owned()), size: 1 }])
        .field("class", text.clone())
        .optional("zone", text)
        .field("size", json!({"type": "integer", "format": "int32"}))
        .keywords(json!({
            "x-kubernetes-validations": [{
                "rule": "!has(oldSelf.zone) || has(self.zone)", "message": "zone cannot be removed",
            }],
        }))
        .step(update(spec("a", Some("z")), spec("a", Some("z")), None))
        .step(update(spec("a", None), spec("b", None), Some("spec.class")))
        .step(update(spec("a", Some("z")), spec("a", Some("y")), Some("spec.zone")))
        .step(update(spec("a", Some("z")), spec("a", None), Some("spec")))
        // What was never set can be set once.
        .step(update(spec("a", None), spec("a", Some("z")), None))
}

fn one_of() -> Entry {
    let text = json!({"type": "string"});
    let value = |git: bool, tag: bool| {
        let when = |condition: bool| condition.then(|| "x".to_owned());
        A109Spec { git: when(git), image: when(!git), tag: when(tag), digest: when(!tag), owner: when(!tag) }
    };
    Entry::new::<A109>([value(true, true), value(false, false)])
        .optional("git", text.clone())
        .optional("image", text.clone())
        .optional("tag", text.clone())
        .optional("digest", text.clone())
        .optional("owner", text)
        .keywords(json!({
            "x-kubernetes-validations": [
                {
                    "rule": "(has(self.git) ? 1 : 0) + (has(self.image) ? 1 : 0) == 1",
                    "message": "exactly one of git, image must be set",
                },
                {
                    "rule": "(has(self.tag) ? 1 : 0) + (has(self.digest) ? 1 : 0) <= 1",
                    "message": "at most one of tag, digest must be set",
                },
                {
                    "rule": "(has(self.tag) ? 1 : 0) + (has(self.owner) ? 1 : 0) >= 1",
                    "message": "at least one of tag, owner must be set",
                },
            ],
        }))
        .refuses_spec("spec", json!({"tag": "x"}))
        .refuses_spec("spec", json!({"git": "x", "image": "x", "tag": "x"}))
        .refuses_spec("spec", json!({"git": "x", "tag": "x", "digest": "x"}))
        .refuses_spec("spec", json!({"git": "x"}))
}

fn cel() -> Entry {
    let growing = |size: i32| {
        let value =
            A110Spec { minimum: 0, maximum: 1, name: "a".to_owned(), growing: Some(Growing { size }) };
        serde_json::to_value(value).expect("a value")
    };
    let number = json!({"type": "integer", "format": "int32"});
    Entry::new::<A110>([
        A110Spec { minimum: 1, maximum: 1, name: "a".to_owned(), growing: None },
        A110Spec { minimum: 0, maximum: 1, name: "ab".to_owned(), growing: Some(Growing { size: 0 }) },
    ])
    .field("minimum", number.clone())
    .field("maximum", number.clone())
    .field(
        "name",
        json!({
            "type": "string", "maxLength": 63,
            "x-kubernetes-validations": [{"rule": "self.startsWith('a')"}],
        }),
    )
    .optional(
        "growing",
        json!({
            "type": "object", "properties": {"size": number}, "required": ["size"],
            "x-kubernetes-validations": [{
                "rule": "oldSelf.hasValue() ? self.size >= oldSelf.value().size : self.size >= 0",
                "message": "must not shrink",
                "messageExpression": "'must not shrink to %d'.format([self.size])",
                "reason": "FieldValueForbidden",
                "fieldPath": ".size",
                "optionalOldSelf": true,
            }],
        }),
    )
    .keywords(json!({
        "x-kubernetes-validations": [{
            "rule": "self.minimum <= self.maximum", "message": "minimum is above maximum",
        }],
    }))
    .refuses_at("spec", "minimum", json!(2))
    .refuses("name", json!("b"))
    .refuses_at("spec.growing.size", "growing", json!({"size": -1}))
    .step(Step::Updates { from: growing(1), to: growing(2), refused: None })
    .step(Step::Updates {
        from: growing(2),
        to: growing(1),
        refused: Some("spec.growing.size".to_owned()),
    })
}

fn texts() -> Vec<Entry> {
    vec![
        Entry::new::<A112>([
            A112Spec { value: slow() },
            A112Spec { value: Tuning { mode: Mode::Fast, level: Some(1) } },
        ])
        .optional(
            "value",
            json!({
                "type": "object",
                "properties": {
                    "mode": {"type": "string", "enum": ["Fast", "Slow"]},
                    "level": {"type": "integer", "format": "int32"},
                },
                "required": ["mode"],
                "default": {"mode": "Slow"},
            }),
        )
        .stores(json!({}), json!({"value": {"mode": "Slow"}}))
        .refuses_at("spec.value.mode", "value", json!({"mode": "slow"})),
        Entry::new::<A113>([A113Spec { value: 3 }])
            .field(
                "value",
                json!({
                    "type": "integer", "format": "int32", "description": "How many.",
                    "title": "Replicas", "example": 3,
                    "externalDocs": {"url": "https://example.com/replicas", "description": "how to choose"},
                }),
            )
            .refuses("value", json!("3")),
    ]
}
