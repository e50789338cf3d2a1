//! Structs and enums whose fields stand in another object.

use arbitrary::{Arbitrary, Unstructured};
use kubist::prelude::*;
use serde_json::{Map, Value, json};

use crate::entry::Entry;
use crate::random;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Common {
    /// Who pays.
    owner: String,
    note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A52Spec {
    size: i32,
    #[serde(flatten)]
    common: Common,
}
kind!(A52, A52Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A53Spec {
    size: i32,
    #[serde(flatten)]
    common: Option<Common>,
}
kind!(A53, A53Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Middle {
    middle: bool,
    #[serde(flatten)]
    common: Common,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A54Spec {
    size: i32,
    #[serde(flatten)]
    middle: Middle,
}
kind!(A54, A54Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A55Spec {
    size: i32,
    #[serde(flatten)]
    #[arbitrary(with = others)]
    others: Map<String, Value>,
}
kind!(A55, A55Spec);

/// A top-level null is dropped where the schema knows nothing of the member.
fn others(u: &mut Unstructured<'_>) -> arbitrary::Result<Map<String, Value>> {
    let mut others = random::object(u)?;
    others.retain(|name, value| name != "size" && !value.is_null());
    Ok(others)
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Source {
    Git { url: String },
    Image(String),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A58Spec {
    name: String,
    #[serde(flatten)]
    source: Source,
}
kind!(A58, A58Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A59Spec {
    name: String,
    #[serde(flatten)]
    source: Option<Source>,
}
kind!(A59, A59Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) enum Third {
    A(i32),
    B(i32),
    C(i32),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A59ThreeSpec {
    #[serde(flatten)]
    value: Option<Third>,
}
kind!(A59Three, A59ThreeSpec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Target {
    Disk(String),
    Bucket { name: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A60Spec {
    #[serde(flatten)]
    source: Source,
    #[serde(flatten)]
    target: Target,
}
kind!(A60, A60Spec);

pub(crate) fn entries() -> Vec<Entry> {
    [structs(), enums()].concat()
}

fn common() -> Common {
    Common { owner: "me".to_owned(), note: None }
}

fn structs() -> Vec<Entry> {
    let number = json!({"type": "integer", "format": "int32"});
    let owner = json!({"type": "string", "description": "Who pays."});
    let text = json!({"type": "string"});
    vec![
        Entry::new::<A52>([A52Spec { size: 1, common: common() }])
            .field("size", number.clone())
            .field("owner", owner.clone())
            .optional("note", text.clone())
            .refuses("owner", json!(1))
            .refuses("note", json!(1)),
        Entry::new::<A53>([Some(common()), None].map(|common| A53Spec { size: 1, common }))
            .field("size", number.clone())
            .optional("owner", owner.clone())
            .optional("note", text.clone())
            .keeps(json!({"size": 1}))
            .refuses("owner", json!(1)),
        Entry::new::<A54>([A54Spec { size: 1, middle: Middle { middle: true, common: common() } }])
            .field("size", number.clone())
            .field("middle", json!({"type": "boolean"}))
            .field("owner", owner)
            .optional("note", text)
            .refuses("middle", json!("x"))
            .refuses("owner", json!(1)),
        Entry::new::<A55>([
            A55Spec { size: 1, others: [("a".to_owned(), json!({"b": {"c": 1}}))].into_iter().collect() },
            A55Spec { size: 1, others: Map::new() },
        ])
        .field("size", number)
        .keywords(json!({"x-kubernetes-preserve-unknown-fields": true}))
        .keeps(json!({"size": 1, "x": [{"y": {"z": null}}]}))
        .refuses("size", json!("1")),
    ]
}

fn enums() -> Vec<Entry> {
    let text = json!({"type": "string"});
    let git = json!({"type": "object", "properties": {"url": {"type": "string"}}, "required": ["url"]});
    let image = || Source::Image("x".to_owned());
    let git_source = || Source::Git { url: "u".to_owned() };
    vec![
        Entry::new::<A58>([git_source(), image()].map(|source| A58Spec { name: "n".to_owned(), source }))
            .field("name", text.clone())
            .optional("git", git.clone())
            .optional("image", text.clone())
            .keywords(json!({"oneOf": [{"required": ["git"]}, {"required": ["image"]}]}))
            .refuses_at("spec.git.url", "git", json!({}))
            .refuses_at("spec", "image", json!("x"))
            .refuses_spec("spec", json!({"name": "n"})),
        Entry::new::<A59>(
            [Some(git_source()), Some(image()), None].map(|source| A59Spec { name: "n".to_owned(), source }),
        )
        .field("name", text.clone())
        .optional("git", git.clone())
        .optional("image", text.clone())
        .keywords(json!({
            "oneOf": [
                {"required": ["git"]}, {"required": ["image"]},
                {"not": {"anyOf": [{"required": ["git"]}, {"required": ["image"]}]}},
            ],
        }))
        .refuses_at("spec", "image", json!("x"))
        .refuses_at("spec.git.url", "git", json!({})),
        Entry::new::<A59Three>(
            [Some(Third::A(1)), Some(Third::C(1)), None].map(|value| A59ThreeSpec { value }),
        )
        .optional("A", json!({"type": "integer", "format": "int32"}))
        .optional("B", json!({"type": "integer", "format": "int32"}))
        .optional("C", json!({"type": "integer", "format": "int32"}))
        .keywords(json!({
            "oneOf": [
                {"required": ["A"]}, {"required": ["B"]}, {"required": ["C"]},
                {"not": {"anyOf": [{"required": ["A"]}, {"required": ["B"]}, {"required": ["C"]}]}},
            ],
        }))
        .refuses_at("spec", "C", json!(1))
        .refuses_spec("spec", json!({"A": 1, "B": 1, "C": 1})),
        Entry::new::<A60>([
            A60Spec { source: git_source(), target: Target::Disk("d".to_owned()) },
            A60Spec { source: image(), target: Target::Bucket { name: "b".to_owned() } },
        ])
        .optional("git", git)
        .optional("image", text.clone())
        .optional("disk", text)
        .optional(
            "bucket",
            json!({"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}),
        )
        .keywords(json!({
            "allOf": [
                {"oneOf": [{"required": ["git"]}, {"required": ["image"]}]},
                {"oneOf": [{"required": ["disk"]}, {"required": ["bucket"]}]},
            ],
        }))
        .refuses_at("spec", "image", json!("x"))
        .refuses_spec("spec", json!({"image": "x"})),
    ]
}
