//! Server-side apply over the wire.

use crate::support::{SITES, website, with_websites};
use serde_json::{Value, json};

const FRONT: &str = "/apis/example.com/v1/namespaces/default/websites/front";

fn managers(object: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let fields = object["metadata"]["managedFields"].as_array().unwrap();
    fields.iter().map(|entry| (text(&entry["manager"]), text(&entry["operation"]))).collect()
}

fn entry(manager: &str, operation: &str) -> (String, String) {
    (manager.to_owned(), operation.to_owned())
}

#[tokio::test]
async fn apply_creates_what_is_missing_and_then_changes_it() {
    let (server, client) = with_websites().await;
    let created = client.apply(FRONT, "one", &website("front", "gs://a")).await;
    assert_eq!(created.code, 201, "{}", created.text);
    assert_eq!(created.body["spec"], json!({"bucket": "gs://a", "replicas": 1}));
    let fields = &created.body["metadata"]["managedFields"][0];
    assert_eq!(fields["fieldsV1"], json!({"f:spec": {"f:bucket": {}}}));
    assert_eq!((&fields["operation"], &fields["apiVersion"]), (&json!("Apply"), &json!("example.com/v1")));
    let before = server.resource_version();
    let same = client.apply(FRONT, "one", &website("front", "gs://a")).await;
    assert_eq!((same.code, server.resource_version()), (200, before));
    let changed = client.apply(FRONT, "one", &website("front", "gs://b")).await;
    assert_eq!(
        (&changed.body["spec"]["bucket"], &changed.body["metadata"]["generation"]),
        (&json!("gs://b"), &json!(2))
    );
}

#[tokio::test]
async fn yaml_is_applied_like_json() {
    let (_server, client) = with_websites().await;
    let yaml = "apiVersion: example.com/v1\nkind: Website\nmetadata:\n  name: front\nspec:\n  bucket: gs://a\n  tags: [x]\n";
    let path = format!("{FRONT}?fieldManager=one");
    let reply = client.send(http::Method::PATCH, &path, "application/apply-patch+yaml", yaml).await;
    assert_eq!((reply.code, &reply.body["spec"]["tags"]), (201, &json!(["x"])));
}

#[tokio::test]
async fn two_appliers_conflict_over_one_value_and_force_decides() {
    let (_server, client) = with_websites().await;
    client.apply(FRONT, "one", &website("front", "gs://a")).await;
    let conflict = client.apply(FRONT, "two", &website("front", "gs://b")).await;
    assert_eq!((conflict.code, &conflict.body["reason"]), (409, &json!("Conflict")));
    assert_eq!(conflict.message(), "Apply failed with 1 conflict: conflict with \"one\": .spec.bucket");
    assert_eq!(
        conflict.body["details"]["causes"],
        json!([{"reason": "FieldManagerConflict", "message": "conflict with \"one\"", "field": ".spec.bucket"}])
    );
    let forced = client.apply(&format!("{FRONT}?force=true"), "two", &website("front", "gs://b")).await;
    assert_eq!(managers(&forced.body), [entry("two", "Apply")]);
}

#[tokio::test]
async fn ordinary_writes_own_what_they_set() {
    let (_server, client) = with_websites().await;
    let created = client.post(SITES, &website("front", "gs://a")).await.body;
    assert_eq!(managers(&created), [entry("tests", "Update")]);
    let conflict = client.apply(FRONT, "one", &website("front", "gs://b")).await;
    assert_eq!(conflict.code, 409);
    assert_eq!(
        conflict.message(),
        "Apply failed with 1 conflict: conflict with \"tests\" using example.com/v1: .spec.bucket"
    );
    client.merge(&format!("{FRONT}/status"), &json!({"status": {"ready": 1}})).await;
    let site = client.get(FRONT).await.body;
    let status = site["metadata"]["managedFields"]
        .as_array()
        .unwrap()
        .iter()
        .find(|e| e["subresource"] == "status")
        .unwrap();
    assert_eq!(status["fieldsV1"], json!({"f:status": {".": {}, "f:ready": {}}}));
}

#[tokio::test]
async fn fields_that_are_no_longer_applied_go() {
    let (_server, client) = with_websites().await;
    let mut site = website("front", "gs://a");
    site["spec"]["note"] = "x".into();
    site["spec"]["replicas"] = json!(5);
    site["metadata"]["labels"] = json!({"a": "1"});
    client.apply(FRONT, "one", &site).await;
    let reply = client.apply(FRONT, "one", &website("front", "gs://a")).await;
    assert_eq!(reply.body["spec"], json!({"bucket": "gs://a", "replicas": 1}));
    assert!(reply.body["metadata"].get("labels").is_none());
}

#[tokio::test]
async fn lists_merge_by_key_and_status_is_applied_apart() {
    let (_server, client) = with_websites().await;
    let with = |pages: Value| {
        let mut site = website("front", "gs://a");
        site["spec"]["pages"] = pages;
        site
    };
    client.apply(FRONT, "one", &with(json!([{"path": "/a", "title": "A"}]))).await;
    let both = client.apply(FRONT, "two", &with(json!([{"path": "/b"}]))).await;
    assert_eq!(both.body["spec"]["pages"], json!([{"path": "/a", "title": "A"}, {"path": "/b"}]));
    let status = json!({"apiVersion": "example.com/v1", "kind": "Website", "metadata": {"name": "front"}, "status": {"ready": 2}});
    let reply = client.apply(&format!("{FRONT}/status"), "controller", &status).await;
    assert_eq!((reply.code, &reply.body["status"]["ready"]), (200, &json!(2)));
    assert_eq!(reply.body["spec"]["pages"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn null_is_refused_where_the_schema_does_not_take_it() {
    let (_server, client) = with_websites().await;
    let mut site = website("front", "gs://a");
    site["spec"]["note"] = Value::Null;
    let reply = client.apply(FRONT, "one", &site).await;
    assert_eq!(reply.code, 422);
    assert!(reply.message().contains("spec.note in body must be of type string: \"null\""), "{}", reply.text);
    site["spec"].as_object_mut().unwrap().remove("note");
    site["spec"]["maybe"] = Value::Null;
    site["spec"]["replicas"] = Value::Null;
    let reply = client.apply(FRONT, "one", &site).await;
    assert_eq!(
        reply.body["spec"],
        json!({"bucket": "gs://a", "maybe": null, "replicas": 1}),
        "{}",
        reply.text
    );
}

#[tokio::test]
async fn apply_needs_a_manager_and_an_honest_body() {
    let (_server, client) = with_websites().await;
    let nobody = client
        .send(
            http::Method::PATCH,
            FRONT,
            "application/apply-patch+yaml",
            website("front", "gs://a").to_string(),
        )
        .await;
    assert_eq!((nobody.code, &nobody.body["details"]["causes"][0]["field"]), (422, &json!("fieldManager")));
    assert_eq!(client.apply(FRONT, "one", &json!({"spec": {}})).await.code, 400);
    assert_eq!(client.apply(FRONT, "one", &website("back", "gs://a")).await.code, 400);
}
