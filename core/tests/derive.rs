//! What the derives make of the program on the front page.
#![deny(warnings, missing_docs, unused_qualifications, unreachable_pub)]

use kubist::prelude::*;
use serde_json::json;

/// A web site served from a bucket.
#[derive(Clone, Debug, Resource)]
#[resource(
    group = "example.com", version = "v1", scope = Namespaced, short = "web", category = "all",
    scale(replicas = spec.replicas, ready = status?.ready_replicas),
    column("Desired", spec.replicas),
    column("Ready", status?.ready_replicas),
    column("Age", metadata.creation_timestamp?),
    index(bucket = spec.bucket),
    index(tier = spec.tier?, tag = spec.tags[], app = metadata.labels?["app"], replicas = spec.replicas),
)]
pub struct Website {
    metadata: ObjectMeta,
    spec: WebsiteSpec,
    status: Option<WebsiteStatus>,
}

/// What is wanted.
#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
pub struct WebsiteSpec {
    /// Where the pages are.
    #[schema(pattern = "^gs://")]
    bucket: String,
    #[serde(default = "one")]
    #[schema(minimum = 0, maximum = 100)]
    replicas: i32,
    tier: Option<Tier>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
}

/// How much it costs.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Schema)]
#[serde(rename_all = "lowercase")]
enum Tier {
    /// Nothing.
    Free,
    /// Something.
    Paid,
}

/// What is there.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase", default)]
pub struct WebsiteStatus {
    ready_replicas: i32,
    conditions: Vec<Condition>,
}

fn one() -> i32 {
    1
}

fn website() -> Website {
    let spec = WebsiteSpec {
        bucket: "gs://a".into(),
        replicas: 2,
        tier: Some(Tier::Paid),
        tags: vec!["b".into(), "a".into(), "b".into()],
    };
    Website::new("front", spec)
}

#[test]
fn the_definition_says_what_the_attributes_say() {
    let crd = serde_json::to_value(Website::crd()).unwrap();
    assert_eq!(crd["metadata"]["name"], "websites.example.com");
    assert_eq!(
        crd["spec"]["names"],
        json!({"kind": "Website", "listKind": "WebsiteList", "plural": "websites", "singular": "website", "shortNames": ["web"], "categories": ["all"]})
    );
    let version = &crd["spec"]["versions"][0];
    assert_eq!(
        version["subresources"],
        json!({"status": {}, "scale": {"specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.readyReplicas"}})
    );
    assert_eq!(
        version["additionalPrinterColumns"],
        json!([
            {"name": "Desired", "type": "integer", "jsonPath": ".spec.replicas"},
            {"name": "Ready", "type": "integer", "jsonPath": ".status.readyReplicas"},
            {"name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"},
        ])
    );
    let schema = &version["schema"]["openAPIV3Schema"];
    assert_eq!(schema["required"], json!(["spec"]));
    assert_eq!(schema["description"], "A web site served from a bucket.");
    assert_eq!(
        schema["properties"]["spec"],
        json!({
            "type": "object",
            "description": "What is wanted.",
            "required": ["bucket"],
            "properties": {
                "bucket": {"type": "string", "description": "Where the pages are.", "pattern": "^gs://"},
                "replicas": {"type": "integer", "format": "int32", "default": 1, "minimum": 0.0, "maximum": 100.0},
                "tier": {"type": "string", "description": "How much it costs.\n- `free`: Nothing.\n- `paid`: Something.", "enum": ["free", "paid"]},
                "tags": {"type": "array", "items": {"type": "string"}, "default": []},
            }
        })
    );
    let status = &schema["properties"]["status"];
    assert_eq!(
        status["properties"]["readyReplicas"],
        json!({"type": "integer", "format": "int32", "default": 0})
    );
    assert_eq!(
        status["properties"]["conditions"]["items"]["required"],
        json!(["lastTransitionTime", "message", "reason", "status", "type"])
    );
    assert_eq!(schema["properties"].get("metadata"), None);
}

#[test]
fn an_object_always_carries_its_kind_and_never_a_null_status() {
    let json = serde_json::to_value(website()).unwrap();
    assert_eq!((&json["apiVersion"], &json["kind"]), (&json!("example.com/v1"), &json!("Website")));
    assert!(json.get("status").is_none());
    let back: Website = serde_json::from_value(json).unwrap();
    assert_eq!(back.object_key().to_string(), "front");
}

#[test]
fn another_kind_does_not_decode_and_a_list_item_without_kind_does() {
    let item = json!({"metadata": {"name": "a"}, "spec": {"bucket": "gs://a"}});
    assert_eq!(serde_json::from_value::<Website>(item.clone()).unwrap().spec.replicas, 1);
    let mut other = item;
    other["kind"] = json!("Pod");
    let error = serde_json::from_value::<Website>(other).unwrap_err().to_string();
    assert_eq!(error, "expected example.com/v1 Website, found \"Pod\"");
}

#[test]
fn indexes_hold_each_value_of_an_object_once() {
    let mut site = website();
    site.metadata.labels = Some([("app".to_owned(), "shop".to_owned())].into());
    let keys = |name: &str| {
        let index = <Website as Resource>::INDEXES.iter().find(|index| index.name() == name).unwrap();
        serde_json::to_string(&index.keys(&site).iter().map(|key| format!("{key:?}")).collect::<Vec<_>>())
            .unwrap()
    };
    assert_eq!(keys("bucket"), r#"["String(\"gs://a\")"]"#);
    assert_eq!(keys("tier"), r#"["String(\"paid\")"]"#);
    assert_eq!(keys("tag"), r#"["String(\"a\")","String(\"b\")"]"#);
    assert_eq!(keys("app"), r#"["String(\"shop\")"]"#);
    assert_eq!(keys("replicas"), r#"["Integer(2)"]"#);
    site.spec.tier = None;
    let tier = <Website as Resource>::INDEXES.iter().find(|index| index.name() == "tier").unwrap();
    assert!(tier.keys(&site).is_empty());
    assert_eq!(Website::BY_BUCKET.name(), "bucket");
}
