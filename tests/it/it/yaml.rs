//! Definitions as YAML, read by the server.

use kubist::crd::CustomResourceDefinition;
use kubist::rest::Request;
use serde_json::{Value, json};

use crate::cluster::Cluster;

const PATH: &str = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/// Texts that a reader of YAML takes for something else when they are not quoted.
const ODD: &[&str] = &[
    "",
    " ",
    "yes",
    "No",
    "on",
    "OFF",
    "y",
    "n",
    "true",
    "null",
    "~",
    "1",
    "1.0",
    "1e3",
    ".5",
    "0x1F",
    "0o17",
    "017",
    "1_000",
    "0b11",
    ".inf",
    ".nan",
    "12:30:45",
    "2026-11-24",
    "=",
    "<<",
    "- a",
    "---",
    "...",
    "? a",
    "a: b",
    "a:",
    "a #b",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "'a'",
    "\"a\"",
    "%a",
    "@a",
    "`a`",
    "[a]",
    "{a: b}",
    "^gs://[a-z]{3,63}\\.\\d+$",
    "a\n\n  b: c\n# d\n",
    "  a\nb",
    "a\tb\r\n",
    "\u{85}\u{2028}ü字🦀",
];

pub(crate) async fn texts_of_a_definition_arrive_as_they_are(cluster: Cluster) {
    let keys = ODD.iter().map(|text| ((*text).to_owned(), json!(text)));
    let annotations = ODD.iter().enumerate().map(|(i, text)| (format!("text-{i}"), json!(text)));
    let properties = ODD
        .iter()
        .filter(|text| !text.is_empty())
        .map(|text| ((*text).to_owned(), json!({"type": "string", "description": text, "example": text})));
    let schema = json!({
        "type": "object",
        "properties": {
            "spec": {
                "type": "object",
                "properties": properties.collect::<serde_json::Map<_, _>>(),
                "required": ODD,
            },
            "free": {
                "type": "object",
                "x-kubernetes-preserve-unknown-fields": true,
                "default": keys.collect::<serde_json::Map<_, _>>(),
            },
            "choice": {"type": "string", "enum": ODD, "minLength": 0},
            "number": {"type": "number", "minimum": -1.0, "maximum": 2.5, "multipleOf": 1e-7},
        },
    });
    let crd: CustomResourceDefinition = serde_json::from_value(json!({
        "metadata": {"name": "oddities.example.com", "annotations": annotations.collect::<serde_json::Map<_, _>>()},
        "spec": {
            "group": "example.com", "scope": "Cluster",
            "names": {"kind": "Oddity", "plural": "oddities"},
            "versions": [
                {"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": schema}},
            ],
        },
    }))
    .unwrap();
    let yaml = kubist::crd::to_yaml(std::slice::from_ref(&crd));
    let request = Request::post(PATH).body("application/yaml", yaml);
    let stored: Value = cluster.client.rest().json(request).await.unwrap();
    let stored: CustomResourceDefinition = serde_json::from_value(stored).unwrap();
    assert_eq!(stored.metadata.annotations, crd.metadata.annotations);
    assert_eq!(stored.spec.versions, crd.spec.versions);
}
