//! Types of Kubernetes.

use std::collections::BTreeMap;

use arbitrary::{Arbitrary, Unstructured};
use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::LocalObjectReference;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{MicroTime, Time};
use k8s_openapi::apimachinery::pkg::runtime::RawExtension;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use kubist::prelude::*;
use serde_json::{Value, json};

use crate::entry::{Entry, Step};
use crate::random;

const QUANTITY: &str = r"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A93Spec {
    #[arbitrary(with = int_or_string)]
    value: IntOrString,
}
kind!(A93, A93Spec);

fn int_or_string(u: &mut Unstructured<'_>) -> arbitrary::Result<IntOrString> {
    Ok(if u.arbitrary()? { IntOrString::Int(u.arbitrary()?) } else { IntOrString::String(u.arbitrary()?) })
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A94Spec {
    #[arbitrary(with = quantity)]
    value: Quantity,
}
kind!(A94, A94Spec);

fn quantity(u: &mut Unstructured<'_>) -> arbitrary::Result<Quantity> {
    let unit = *u.choose(&["", "m", "k", "Ki", "Gi", "e3", "E-2"])?;
    Ok(Quantity(format!("{}{unit}", u32::arbitrary(u)?)))
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A95Spec {
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(Some(int_or_string(u)?)))]
    maybe: Option<IntOrString>,
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(vec![int_or_string(u)?]))]
    list: Vec<IntOrString>,
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok([(u.arbitrary()?, quantity(u)?)].into()))]
    map: BTreeMap<String, Quantity>,
    #[schema(nullable)]
    #[arbitrary(value = None)]
    nothing: Option<Quantity>,
}
kind!(A95, A95Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A99Spec {
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(RawExtension(Value::Object(random::object(u)?))))]
    value: RawExtension,
    #[schema(embedded)]
    #[arbitrary(value = config_map("random"))]
    object: RawExtension,
}
kind!(A99, A99Spec);

fn config_map(name: &str) -> RawExtension {
    RawExtension(json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": {"a": "b"},
    }))
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A100Spec {
    #[arbitrary(value = metadata("random"))]
    value: ObjectMeta,
}
kind!(A100, A100Spec);

fn metadata(name: &str) -> ObjectMeta {
    ObjectMeta {
        name: Some(name.to_owned()),
        labels: Some([("app".to_owned(), "x".to_owned())].into()),
        annotations: Some([("a".to_owned(), "b".to_owned())].into()),
        finalizers: Some(vec!["example.com/f".to_owned()]),
        namespace: Some("shop".to_owned()),
        ..ObjectMeta::default()
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A97Spec {
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(LocalObjectReference { name: u.arbitrary()? }))]
    value: LocalObjectReference,
}
kind!(A97, A97Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A15Spec {
    #[arbitrary(with = random::time)]
    time: Time,
    #[arbitrary(with = random::micro_time)]
    micro: MicroTime,
}
kind!(A15, A15Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A30EncodedSpec {
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(ByteString(u.arbitrary()?)))]
    value: ByteString,
}
kind!(A30Encoded, A30EncodedSpec);

pub(crate) fn entries() -> Vec<Entry> {
    [vec![times(), references(), bytes()], unions(), objects()].concat()
}

/// A point in time. The format takes more than can be read: the end of the last year, more than nanoseconds, another
/// offset than there is. What the pattern takes is judged by the random tests.
pub(crate) fn date_time() -> Value {
    let pattern = Time::SCHEMA.rules.pattern;
    json!({"type": "string", "format": "date-time", "pattern": pattern, "minItems": 1, "maxItems": 0})
}

fn times() -> Entry {
    Entry::new::<A15>([0, 1_700_000_000].map(|second| A15Spec {
        time: random::time_at(second, 0),
        micro: random::micro_time_at(second, 123_456_000),
    }))
    .field("time", date_time())
    .field("micro", date_time())
    .refuses("time", json!("2024-01-01"))
    .refuses("time", json!("9999-12-31T23:59:59Z"))
    .refuses("micro", json!("2024-01-01T00:00:00.1234567891Z"))
    .refuses("time", json!(0))
    .refuses("time", json!([]))
    .refuses("micro", json!([null]))
    .refuses("micro", json!("2024-01-01T00:00:00"))
}

fn references() -> Entry {
    let value = LocalObjectReference { name: "a".to_owned() };
    Entry::new::<A97>([A97Spec { value }])
        .field(
            "value",
            json!({
                "type": "object", "properties": {"name": {"type": "string", "default": ""}},
                "x-kubernetes-map-type": "atomic",
            }),
        )
        .stores(json!({"value": {}}), json!({"value": {"name": ""}}))
        .step(Step::Conflicts {
            first: json!({"value": {"name": "a"}}),
            second: json!({"value": {"name": "b"}}),
        })
}

fn bytes() -> Entry {
    Entry::new::<A30Encoded>(
        [b"hello".to_vec(), vec![]].map(|bytes| A30EncodedSpec { value: ByteString(bytes) }),
    )
    // Format `byte` refuses the empty string, which is what no bytes are.
    .field(
        "value",
        json!({
            "type": "string",
            "pattern": "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$",
        }),
    )
    .refuses("value", json!("aGVsbG8"))
    .refuses("value", json!("_-_-"))
}

fn unions() -> Vec<Entry> {
    let int_or_string = json!({
        "x-kubernetes-int-or-string": true, "anyOf": [{"type": "integer"}, {"type": "string"}],
        "minimum": i32::MIN, "maximum": i32::MAX,
    });
    let quantity = json!({
        "x-kubernetes-int-or-string": true, "anyOf": [{"type": "integer"}, {"type": "string"}],
        "pattern": QUANTITY,
    });
    let nothing = json!({
        "x-kubernetes-int-or-string": true, "anyOf": [{"type": "integer"}, {"type": "string"}],
        "pattern": QUANTITY, "nullable": true,
    });
    vec![
        Entry::new::<A93>(
            [IntOrString::Int(80), IntOrString::String("80%".to_owned())].map(|value| A93Spec { value }),
        )
        .field("value", int_or_string.clone())
        .refuses("value", json!(true))
        .refuses("value", json!(1.5))
        .refuses("value", json!(1_i64 << 31)),
        Entry::new::<A94>(
            ["100m", "1Gi", "1e3", "-.5"].map(|text| A94Spec { value: Quantity(text.to_owned()) }),
        )
        .field("value", quantity.clone())
        .keeps(json!({"value": 5}))
        .refuses("value", json!("x"))
        .refuses("value", json!(""))
        .refuses("value", json!(1.5)),
        Entry::new::<A95>([
            A95Spec {
                maybe: Some(IntOrString::Int(1)),
                list: vec![IntOrString::String(String::new())],
                map: [("cpu".to_owned(), Quantity("1".to_owned()))].into(),
                nothing: None,
            },
            A95Spec {
                maybe: None,
                list: vec![],
                map: BTreeMap::new(),
                nothing: Some(Quantity("1".to_owned())),
            },
        ])
        .optional("maybe", int_or_string.clone())
        .field("list", json!({"type": "array", "items": int_or_string}))
        .field("map", json!({"type": "object", "additionalProperties": quantity}))
        .optional("nothing", nothing)
        .refuses_at("spec.list[0]", "list", json!([{}]))
        .refuses_at("spec.map.cpu", "map", json!({"cpu": "x"}))
        .refuses("nothing", json!("x")),
    ]
}

fn objects() -> Vec<Entry> {
    vec![
        Entry::new::<A99>([A99Spec {
            value: RawExtension(json!({"any": {"thing": [1, {"x": "y"}]}})),
            object: config_map("a"),
        }])
        .field("value", json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true}))
        .field(
            "object",
            json!({
                "type": "object", "x-kubernetes-preserve-unknown-fields": true,
                "x-kubernetes-embedded-resource": true,
            }),
        )
        .refuses("value", json!("x"))
        .refuses_at("spec.object.kind", "object", json!({"apiVersion": "v1", "metadata": {}})),
        Entry::new::<A100>([metadata("a"), ObjectMeta::default()].map(|value| A100Spec { value }))
            .field(
                "value",
                json!({
                    "type": "object",
                    "properties": {
                        "annotations": {"type": "object", "additionalProperties": {"type": "string"}},
                        "finalizers": {
                            "type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "set",
                        },
                        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                        "name": {"type": "string"},
                        "namespace": {"type": "string"},
                    },
                }),
            )
            .refuses_at("spec.value.labels.a", "value", json!({"labels": {"a": 1}})),
    ]
}
