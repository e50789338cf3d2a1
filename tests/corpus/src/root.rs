//! What is said at the root: names, subresources, columns, and the status.

use arbitrary::Arbitrary;
use kubist::prelude::*;
use serde_json::{Value, json};

use crate::entry::{Entry, Step};
use crate::kind::Kind;

/// Nothing is wanted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema)]
pub(crate) struct Nothing {}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) enum Progress {
    Waiting { since: i64 },
    Done(String),
}

/// An enum as the status.
#[derive(Clone, Debug, Resource)]
#[resource(group = "corpus.example.com", version = "v1", scope = Namespaced)]
pub(crate) struct A90 {
    metadata: ObjectMeta,
    spec: Nothing,
    status: Option<Progress>,
}

impl Kind for A90 {
    type Part = Progress;
    const PART: &'static str = "status";

    fn named(name: &str, part: Progress) -> Self {
        Self { status: Some(part), ..Self::new(name, Nothing {}) }
    }

    fn into_part(self) -> Option<Progress> {
        self.status
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Wanted {
    class: String,
    size: i32,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Schema)]
#[serde(default)]
pub(crate) struct Found {
    size: i32,
    selector: String,
    conditions: Vec<Condition>,
}

/// Everything that can be said of a kind.
#[derive(Clone, Debug, Resource)]
#[resource(
    group = "corpus.example.com", version = "v1beta1", scope = Namespaced, kind = "A116",
    plural = "a116-things", singular = "a116-thing", list_kind = "A116Things",
    short = "aoneone", short = "a116t", category = "all", category = "corpus",
    annotation("example.com/owner", "me"), label("app", "corpus"),
    deprecated = "corpus.example.com/v1beta1 A116 is old",
    scale(replicas = spec.size, ready = status?.size, selector = status?.selector),
    column("Size", spec.size, priority = 1, description = "How many.", format = "int32"),
    column("Ready", ".status.conditions[?(@.type=='Ready')].status"),
    column("Age", metadata.creation_timestamp),
    selectable(class = spec.class),
    rule("self.spec.size >= 0", message = "size must not be negative"),
)]
pub(crate) struct Everything {
    metadata: ObjectMeta,
    spec: Wanted,
    status: Option<Found>,
}

impl Kind for Everything {
    type Part = Wanted;

    fn named(name: &str, part: Wanted) -> Self {
        Self::new(name, Wanted { size: part.size.saturating_abs(), ..part })
    }

    fn into_part(self) -> Option<Wanted> {
        Some(self.spec)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A118Spec {
    size: i32,
}
kind!(A118, A118Spec);

pub(crate) fn entries() -> Vec<Entry> {
    vec![status(), everything(), without_status()]
}

fn status() -> Entry {
    Entry::new::<A90>([Progress::Waiting { since: 1 }, Progress::Done("x".to_owned())])
        .optional(
            "Waiting",
            json!({
                "type": "object", "properties": {"since": {"type": "integer", "format": "int64"}},
                "required": ["since"],
            }),
        )
        .optional("Done", json!({"type": "string"}))
        .keywords(json!({"oneOf": [{"required": ["Waiting"]}, {"required": ["Done"]}]}))
        .says("/spec/versions/0/subresources", json!({"status": {}}))
        .refuses_spec("status", json!({"Done": "x", "Waiting": {"since": 1}}))
        .refuses_spec("status.Waiting.since", json!({"Waiting": {}}))
}

fn everything() -> Entry {
    let column = |name: &str, kind: &str, path: &str| json!({"name": name, "type": kind, "jsonPath": path});
    let mut size = column("Size", "integer", ".spec.size");
    size["priority"] = json!(1);
    size["description"] = json!("How many.");
    size["format"] = json!("int32");
    let spec = |class: &str, size: i32| json!({"class": class, "size": size});
    Entry::new::<Everything>([Wanted { class: "a".to_owned(), size: 1 }])
        .field("class", json!({"type": "string"}))
        .field("size", json!({"type": "integer", "format": "int32"}))
        .says(
            "/metadata",
            json!({
                "name": "a116-things.corpus.example.com",
                "annotations": {"example.com/owner": "me"}, "labels": {"app": "corpus"},
            }),
        )
        .says(
            "/spec/names",
            json!({
                "kind": "A116", "listKind": "A116Things",
                "plural": "a116-things", "singular": "a116-thing",
                "shortNames": ["aoneone", "a116t"], "categories": ["all", "corpus"],
            }),
        )
        .says("/spec/scope", json!("Namespaced"))
        .says("/spec/versions/0/name", json!("v1beta1"))
        .says("/spec/versions/0/served", json!(true))
        .says("/spec/versions/0/storage", json!(true))
        .says("/spec/versions/0/deprecated", json!(true))
        .says("/spec/versions/0/deprecationWarning", json!("corpus.example.com/v1beta1 A116 is old"))
        .says("/spec/versions/0/selectableFields", json!([{"jsonPath": ".spec.class"}]))
        .says(
            "/spec/versions/0/subresources",
            json!({
                "status": {},
                "scale": {
                    "specReplicasPath": ".spec.size", "statusReplicasPath": ".status.size",
                    "labelSelectorPath": ".status.selector",
                },
            }),
        )
        .says(
            "/spec/versions/0/additionalPrinterColumns",
            json!([
                size,
                column("Ready", "string", ".status.conditions[?(@.type=='Ready')].status"),
                column("Age", "date", ".metadata.creationTimestamp"),
            ]),
        )
        .says(
            "/spec/versions/0/schema/openAPIV3Schema/x-kubernetes-validations",
            json!([{"rule": "self.spec.size >= 0", "message": "size must not be negative"}]),
        )
        .step(Step::Updates { from: spec("a", 1), to: spec("b", 2), refused: None })
        .refuses_spec("<nil>", spec("a", -1))
}

/// What is not said is not there.
fn without_status() -> Entry {
    Entry::new::<A118>([A118Spec { size: 1 }])
        .field("size", json!({"type": "integer", "format": "int32"}))
        .says("/spec/versions/0/subresources", Value::Null)
        .says("/spec/versions/0/additionalPrinterColumns", Value::Null)
        .says("/spec/versions/0/selectableFields", Value::Null)
        .says("/spec/versions/0/deprecated", Value::Null)
        .says("/spec/conversion", Value::Null)
        .says("/spec/names/shortNames", Value::Null)
        .says("/spec/names/categories", Value::Null)
        .says("/metadata", json!({"name": "a118s.corpus.example.com"}))
        .refuses("size", json!("1"))
}
