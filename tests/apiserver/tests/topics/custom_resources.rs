//! What a schema does to objects: pruning, defaults, validation; status and scale.

use crate::support::{Client, DEFINITIONS, SITES, website, website_definition, with_websites};
use serde_json::{Value, json};

const FRONT: &str = "/apis/example.com/v1/namespaces/default/websites/front";

async fn create_front(client: &Client) -> Value {
    let reply = client.post(SITES, &website("front", "gs://a")).await;
    assert_eq!(reply.code, 201, "{}", reply.text);
    reply.body
}

#[tokio::test]
async fn unknown_fields_are_pruned_with_a_warning_or_refused_or_nothing() {
    let (_server, client) = with_websites().await;
    let mut site = website("front", "gs://a");
    site["spec"]["x"] = json!({"deep": 1});
    site["extra"] = json!(1);
    let reply = client.post(SITES, &site).await;
    assert_eq!(reply.code, 201);
    assert_eq!(reply.body["spec"], json!({"bucket": "gs://a", "replicas": 1}));
    assert_eq!(
        reply.warnings(),
        ["299 - \"unknown field \\\"extra\\\"\"", "299 - \"unknown field \\\"spec.x\\\"\""]
    );
    site["metadata"]["name"] = "other".into();
    let strict = client.post(&format!("{SITES}?fieldValidation=Strict"), &site).await;
    assert_eq!(strict.code, 400);
    assert_eq!(
        strict.message(),
        "Website in version \"v1\" cannot be handled as a Website: strict decoding error: unknown field \"extra\", unknown field \"spec.x\""
    );
    let silent = client.post(&format!("{SITES}?fieldValidation=Ignore"), &site).await;
    assert_eq!((silent.code, silent.warnings().len()), (201, 0));
}

#[tokio::test]
async fn nulls_go_unless_the_schema_keeps_them() {
    let (_server, client) = with_websites().await;
    let mut site = website("front", "gs://a");
    site["spec"]["note"] = Value::Null;
    site["spec"]["maybe"] = Value::Null;
    site["spec"]["replicas"] = Value::Null;
    let reply = client.post(SITES, &site).await;
    assert_eq!(reply.body["spec"], json!({"bucket": "gs://a", "maybe": null, "replicas": 1}));
}

#[tokio::test]
async fn wrong_values_are_refused_with_their_causes() {
    let (_server, client) = with_websites().await;
    let mut site = website("front", "x");
    site["spec"]["replicas"] = json!(101);
    let reply = client.post(SITES, &site).await;
    assert_eq!((reply.code, &reply.body["reason"]), (422, &json!("Invalid")));
    let bucket = "spec.bucket: Invalid value: \"x\": spec.bucket in body should match '^gs://'";
    let replicas =
        "spec.replicas: Invalid value: 101: spec.replicas in body should be less than or equal to 100";
    assert_eq!(reply.message(), format!("Website.example.com \"front\" is invalid: [{bucket}, {replicas}]"));
    assert_eq!(
        reply.body["details"]["causes"][1],
        json!({"reason": "FieldValueInvalid", "field": "spec.replicas",
            "message": "Invalid value: 101: spec.replicas in body should be less than or equal to 100"})
    );
    let mut missing = website("front", "gs://a");
    missing["spec"] = json!({});
    let reply = client.post(SITES, &missing).await;
    assert_eq!(reply.message(), "Website.example.com \"front\" is invalid: spec.bucket: Required value");
    let mut twice = website("front", "gs://a");
    twice["spec"]["tags"] = json!(["a", "a"]);
    assert_eq!(
        client.post(SITES, &twice).await.body["details"]["causes"][0]["reason"],
        "FieldValueDuplicate"
    );
    let no_kind = json!({"metadata": {"name": "x"}, "spec": {"bucket": "gs://a"}});
    assert_eq!(client.post(SITES, &no_kind).await.code, 400);
}

#[tokio::test]
async fn status_and_the_rest_are_written_apart() {
    let (_server, client) = with_websites().await;
    let mut site = website("front", "gs://a");
    site["status"] = json!({"ready": 9});
    let created = client.post(SITES, &site).await.body;
    assert!(created.get("status").is_none());

    let mut new = created.clone();
    new["status"] = json!({"ready": 1});
    new["spec"]["bucket"] = "gs://b".into();
    new["metadata"]["labels"] = json!({"a": "b"});
    let reply = client.put(&format!("{FRONT}/status"), &new).await;
    assert_eq!(reply.code, 200);
    assert_eq!(
        (&reply.body["status"]["ready"], &reply.body["spec"]["bucket"]),
        (&json!(1), &json!("gs://a"))
    );
    assert_eq!(reply.body["metadata"]["generation"], 1);
    assert!(reply.body["metadata"].get("labels").is_none());

    let mut main = reply.body.clone();
    main["status"] = json!({"ready": 5});
    main["spec"]["bucket"] = "gs://c".into();
    let reply = client.put(FRONT, &main).await;
    assert_eq!(
        (&reply.body["status"]["ready"], &reply.body["spec"]["bucket"]),
        (&json!(1), &json!("gs://c"))
    );
    assert_eq!(reply.body["metadata"]["generation"], 2);

    let patched = client.merge(&format!("{FRONT}/status"), &json!({"status": {"ready": 7}})).await;
    assert_eq!(patched.body["status"]["ready"], 7);
    assert_eq!(client.get(&format!("{FRONT}/status")).await.body, patched.body);
}

#[tokio::test]
async fn the_scale_reads_and_writes_the_paths_of_the_definition() {
    let (_server, client) = with_websites().await;
    create_front(&client).await;
    client.merge(&format!("{FRONT}/status"), &json!({"status": {"ready": 1, "selector": "app=web"}})).await;
    let path = format!("{FRONT}/scale");
    let mut scale = client.get(&path).await.body;
    assert_eq!((&scale["kind"], &scale["apiVersion"]), (&json!("Scale"), &json!("autoscaling/v1")));
    assert_eq!(
        (&scale["spec"], &scale["status"]),
        (&json!({"replicas": 1}), &json!({"replicas": 1, "selector": "app=web"}))
    );
    scale["spec"]["replicas"] = json!(3);
    let reply = client.put(&path, &scale).await;
    assert_eq!((reply.code, &reply.body["spec"]["replicas"]), (200, &json!(3)));
    assert_eq!(client.put(&path, &scale).await.code, 409);
    let patched = client.merge(&path, &json!({"spec": {"replicas": 5}})).await;
    assert_eq!((patched.code, &patched.body["kind"]), (200, &json!("Scale")));
    let site = client.get(FRONT).await.body;
    assert_eq!((&site["spec"]["replicas"], &site["metadata"]["generation"]), (&json!(5), &json!(3)));
    assert_eq!(client.merge(&path, &json!({"spec": {"replicas": 101}})).await.code, 422);
    assert_eq!(client.merge(&path, &json!({"spec": {"replicas": -1}})).await.code, 422);
}

#[tokio::test]
async fn subresources_that_are_not_declared_are_not_there() {
    let (_server, client) = with_websites().await;
    let mut definition = website_definition();
    definition["metadata"]["name"] = "plains.example.com".into();
    definition["spec"]["names"] = json!({"plural": "plains", "kind": "Plain"});
    definition["spec"]["versions"][0].as_object_mut().unwrap().remove("subresources");
    assert_eq!(client.post(DEFINITIONS, &definition).await.code, 201);
    let plains = "/apis/example.com/v1/namespaces/default/plains";
    let mut plain = website("p", "gs://a");
    plain["kind"] = "Plain".into();
    plain["status"] = json!({"ready": 3});
    let created = client.post(plains, &plain).await.body;
    assert_eq!(created["status"]["ready"], 3);
    assert_eq!(client.get(&format!("{plains}/p/status")).await.code, 404);
    assert_eq!(client.get(&format!("{plains}/p/scale")).await.code, 404);
    let changed = client.merge(&format!("{plains}/p"), &json!({"status": {"ready": 4}})).await.body;
    assert_eq!(changed["metadata"]["generation"], 2);
}

#[tokio::test]
async fn new_defaults_and_removed_fields_show_when_old_objects_are_read() {
    let (_server, client) = with_websites().await;
    client.post(SITES, &website("front", "gs://a")).await;
    client.merge(FRONT, &json!({"spec": {"note": "x"}})).await;
    let path = format!("{DEFINITIONS}/websites.example.com");
    let mut definition = client.get(&path).await.body;
    let pointer = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties";
    let properties = definition.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
    properties.remove("note");
    properties.insert("theme".to_owned(), json!({"type": "string", "default": "dark"}));
    assert_eq!(client.put(&path, &definition).await.code, 200);
    let expected = json!({"bucket": "gs://a", "replicas": 1, "theme": "dark"});
    assert_eq!(client.get(FRONT).await.body["spec"], expected);
    assert_eq!(client.get(SITES).await.body["items"][0]["spec"], expected);
    let mut events = client.watch(SITES).await;
    assert_eq!(events.next().await.unwrap()["object"]["spec"], expected);
}

#[tokio::test]
async fn whole_floats_are_stored_as_integers() {
    let (_server, client) = with_websites().await;
    let body = r#"{"apiVersion":"example.com/v1","kind":"Website","metadata":{"name":"front"},"spec":{"bucket":"gs://a","replicas":1e1}}"#;
    let reply = client.send(http::Method::POST, SITES, "application/json", body).await;
    assert_eq!(reply.code, 201, "{}", reply.text);
    assert!(
        reply.text.contains("\"replicas\":10,") || reply.text.contains("\"replicas\":10}"),
        "{}",
        reply.text
    );
}
