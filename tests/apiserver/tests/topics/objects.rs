//! Create, read, replace, patch and delete.

use crate::support::{Client, SITES, config_map, website, with_websites};
use kubist_apiserver::ApiServer;
use serde_json::json;

const MAPS: &str = "/api/v1/namespaces/default/configmaps";

async fn start() -> (ApiServer, Client) {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server);
    (server, client)
}

#[tokio::test]
async fn a_new_object_gets_its_metadata_from_the_server() {
    let (_server, client) = with_websites().await;
    let reply = client.post(SITES, &website("front", "gs://a")).await;
    assert_eq!(reply.code, 201);
    let metadata = &reply.body["metadata"];
    assert_eq!(metadata["namespace"], "default");
    assert_eq!(metadata["generation"], 1);
    assert_eq!(metadata["uid"].as_str().unwrap().len(), 36);
    assert!(metadata["creationTimestamp"].as_str().unwrap().ends_with('Z'));
    assert_eq!(reply.body["spec"]["replicas"], 1);
    assert_eq!(client.get(&format!("{SITES}/front")).await.body, reply.body);
}

#[tokio::test]
async fn failures_have_the_words_of_upstream() {
    let (_server, client) = with_websites().await;
    let missing = client.get(&format!("{SITES}/nope")).await;
    assert_eq!(missing.code, 404);
    assert_eq!(
        missing.body,
        json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
            "message": "websites.example.com \"nope\" not found", "reason": "NotFound",
            "details": {"name": "nope", "group": "example.com", "kind": "websites"}, "code": 404})
    );
    client.post(SITES, &website("front", "gs://a")).await;
    let twice = client.post(SITES, &website("front", "gs://a")).await;
    assert_eq!((twice.code, twice.message()), (409, "websites.example.com \"front\" already exists"));
    assert_eq!(twice.body["reason"], "AlreadyExists");
    let nowhere = client.post("/api/v1/namespaces/nope/configmaps", &config_map("a", "1")).await;
    assert_eq!((nowhere.code, nowhere.message()), (404, "namespaces \"nope\" not found"));
    let name = client.post(MAPS, &config_map("Not_Good", "1")).await;
    assert_eq!(name.code, 422);
    assert_eq!(name.body["details"]["causes"][0]["field"], "metadata.name");
    let mut elsewhere = config_map("a", "1");
    elsewhere["metadata"]["namespace"] = "other".into();
    let reply = client.post(MAPS, &elsewhere).await;
    assert_eq!(reply.code, 400);
    assert_eq!(
        reply.message(),
        "the namespace of the provided object does not match the namespace sent on the request"
    );
    let unknown = client.get("/apis/nothing.example.com/v1/things").await;
    assert_eq!((unknown.code, unknown.text.as_str()), (404, "404 page not found\n"));
}

#[tokio::test]
async fn names_are_generated_when_asked_for() {
    let (_server, client) = start().await;
    let body = json!({"metadata": {"generateName": "job-"}, "data": {}});
    let first = client.post(MAPS, &body).await;
    let second = client.post(MAPS, &body).await;
    let name = |reply: &crate::support::Reply| reply.body["metadata"]["name"].as_str().unwrap().to_owned();
    assert!(name(&first).starts_with("job-") && name(&first).len() == 9);
    assert_ne!(name(&first), name(&second));
    assert_eq!(client.post(MAPS, &json!({"metadata": {}})).await.code, 422);
}

#[tokio::test]
async fn a_stale_replace_is_a_conflict() {
    let (_server, client) = with_websites().await;
    let path = format!("{SITES}/front");
    let first = client.post(SITES, &website("front", "gs://a")).await.body;
    let mut second = first.clone();
    second["spec"]["bucket"] = "gs://b".into();
    let reply = client.put(&path, &second).await;
    assert_eq!((reply.code, reply.body["metadata"]["generation"].as_i64()), (200, Some(2)));
    let stale = client.put(&path, &first).await;
    assert_eq!(stale.code, 409);
    assert_eq!(
        stale.message(),
        "Operation cannot be fulfilled on websites.example.com \"front\": the object has been modified; please apply your changes to the latest version and try again"
    );
    let blind = client.put(&path, &website("front", "gs://c")).await;
    assert_eq!(blind.code, 422);
    assert_eq!(
        blind.message(),
        "websites.example.com \"front\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update"
    );
}

#[tokio::test]
async fn built_in_objects_can_be_replaced_without_a_version() {
    let (_server, client) = start().await;
    client.post(MAPS, &config_map("a", "1")).await;
    let reply = client.put(&format!("{MAPS}/a"), &config_map("a", "2")).await;
    assert_eq!((reply.code, &reply.body["data"]["key"]), (200, &json!("2")));
    assert_eq!(client.put(&format!("{MAPS}/b"), &config_map("b", "2")).await.code, 404);
    assert_eq!(client.put(&format!("{MAPS}/a"), &config_map("b", "2")).await.code, 400);
}

#[tokio::test]
async fn a_write_that_changes_nothing_has_no_new_version() {
    let (server, client) = with_websites().await;
    let created = client.post(SITES, &website("front", "gs://a")).await;
    let before = server.resource_version();
    let reply = client.put(&format!("{SITES}/front"), &created.body).await;
    assert_eq!((reply.code, reply.version()), (200, created.version()));
    assert_eq!(server.resource_version(), before);
}

#[tokio::test]
async fn merge_and_json_patches_change_what_they_name() {
    let (_server, client) = with_websites().await;
    let path = format!("{SITES}/front");
    client.post(SITES, &website("front", "gs://a")).await;
    let merged = client.merge(&path, &json!({"spec": {"note": "x", "replicas": 3}})).await;
    assert_eq!((merged.code, &merged.body["spec"]["note"]), (200, &json!("x")));
    let removed = client.merge(&path, &json!({"spec": {"note": null}})).await;
    assert_eq!(removed.body["spec"], json!({"bucket": "gs://a", "replicas": 3}));
    let patched =
        client.json_patch(&path, &json!([{"op": "replace", "path": "/spec/replicas", "value": 4}])).await;
    assert_eq!((patched.code, &patched.body["spec"]["replicas"]), (200, &json!(4)));
    let failed =
        client.json_patch(&path, &json!([{"op": "test", "path": "/spec/replicas", "value": 9}])).await;
    assert_eq!(failed.code, 422);
    let wrong = client.send(http::Method::PATCH, &path, "text/plain", "{}").await;
    assert_eq!((wrong.code, &wrong.body["reason"]), (415, &json!("UnsupportedMediaType")));
    let stale =
        client.merge(&path, &json!({"metadata": {"resourceVersion": "1"}, "spec": {"note": "y"}})).await;
    assert_eq!(stale.code, 409);
}

#[tokio::test]
async fn finalizers_hold_an_object_until_they_are_gone() {
    let (_server, client) = with_websites().await;
    let path = format!("{SITES}/front");
    let mut site = website("front", "gs://a");
    site["metadata"]["finalizers"] = json!(["example.com/hold"]);
    client.post(SITES, &site).await;
    let deleted = client.delete(&path).await;
    assert_eq!((deleted.code, &deleted.body["kind"]), (200, &json!("Website")));
    assert!(deleted.body["metadata"]["deletionTimestamp"].is_string());
    assert_eq!(deleted.body["metadata"]["deletionGracePeriodSeconds"], 0);
    let more = client
        .merge(&path, &json!({"metadata": {"finalizers": ["example.com/hold", "example.com/b"]}}))
        .await;
    assert_eq!(more.code, 422);
    let gone = client.merge(&path, &json!({"metadata": {"finalizers": null}})).await;
    assert_eq!(gone.code, 200);
    assert_eq!(client.get(&path).await.code, 404);
}

#[tokio::test]
async fn deletes_answer_with_a_status_and_honour_preconditions() {
    let (_server, client) = with_websites().await;
    let path = format!("{SITES}/front");
    let uid = client.post(SITES, &website("front", "gs://a")).await.body["metadata"]["uid"].clone();
    let options = |uid: &serde_json::Value| json!({"kind": "DeleteOptions", "apiVersion": "v1", "preconditions": {"uid": uid}});
    let other =
        client.send(http::Method::DELETE, &path, "application/json", options(&json!("x")).to_string()).await;
    assert_eq!(other.code, 409);
    let reply = client.send(http::Method::DELETE, &path, "application/json", options(&uid).to_string()).await;
    assert_eq!(
        reply.body,
        json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success",
            "details": {"name": "front", "group": "example.com", "kind": "websites", "uid": uid}})
    );
    assert_eq!(client.delete(&path).await.code, 404);
}

#[tokio::test]
async fn a_collection_is_deleted_by_selector_in_one_namespace_only() {
    let (_server, client) = start().await;
    for name in ["a", "b", "c"] {
        let mut map = config_map(name, "1");
        map["metadata"]["labels"] = json!({"app": if name == "c" { "keep" } else { "drop" }});
        client.post(MAPS, &map).await;
    }
    let reply = client.delete(&format!("{MAPS}?labelSelector=app%3Ddrop")).await;
    assert_eq!((reply.code, reply.body["items"].as_array().map(Vec::len)), (200, Some(2)));
    assert_eq!(client.get(MAPS).await.body["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(client.delete("/api/v1/configmaps").await.code, 405);
}

#[tokio::test]
async fn a_dry_run_checks_everything_and_stores_nothing() {
    let (server, client) = with_websites().await;
    let before = server.resource_version();
    let reply = client.post(&format!("{SITES}?dryRun=All"), &website("front", "gs://a")).await;
    assert_eq!((reply.code, &reply.body["spec"]["replicas"]), (201, &json!(1)));
    assert_eq!(client.post(&format!("{SITES}?dryRun=All"), &website("front", "x")).await.code, 422);
    assert_eq!(client.post(&format!("{SITES}?dryRun=Some"), &website("front", "gs://a")).await.code, 422);
    assert_eq!(server.resource_version(), before);
    assert_eq!(client.get(&format!("{SITES}/front")).await.code, 404);
}

#[tokio::test]
async fn a_namespace_takes_its_content_along() {
    let (_server, client) = start().await;
    let created = client.post("/api/v1/namespaces", &json!({"metadata": {"name": "shop"}})).await;
    assert_eq!((created.code, &created.body["status"]["phase"]), (201, &json!("Active")));
    let maps = "/api/v1/namespaces/shop/configmaps";
    client.post(maps, &config_map("a", "1")).await;
    let mut held = config_map("held", "1");
    held["metadata"]["finalizers"] = json!(["example.com/hold"]);
    client.post(maps, &held).await;
    let deleted = client.delete("/api/v1/namespaces/shop").await;
    assert_eq!(deleted.body["status"]["phase"], "Terminating");
    assert_eq!(client.get(&format!("{maps}/a")).await.code, 404);
    let refused = client.post(maps, &config_map("b", "1")).await;
    assert_eq!((refused.code, &refused.body["reason"]), (403, &json!("Forbidden")));
    client.merge(&format!("{maps}/held"), &json!({"metadata": {"finalizers": null}})).await;
    assert_eq!(client.get("/api/v1/namespaces/shop").await.code, 404);
    assert_eq!(client.delete("/api/v1/namespaces/default").await.code, 403);
}

#[tokio::test]
async fn secrets_fold_their_texts_and_pods_start_pending() {
    let (_server, client) = start().await;
    let secret = json!({"metadata": {"name": "s"}, "stringData": {"a": "hello"}});
    let reply = client.post("/api/v1/namespaces/default/secrets", &secret).await;
    assert_eq!((&reply.body["data"]["a"], &reply.body["type"]), (&json!("aGVsbG8="), &json!("Opaque")));
    assert!(reply.body.get("stringData").is_none());
    let pods = "/api/v1/namespaces/default/pods";
    let pod = json!({"metadata": {"name": "p"}, "spec": {"nodeName": "n", "containers": [{"name": "c", "image": "i"}]},
        "status": {"phase": "Running"}});
    assert_eq!(client.post(pods, &pod).await.body["status"]["phase"], "Pending");
    assert_eq!(client.post(pods, &json!({"metadata": {"name": "q"}, "spec": {}})).await.code, 422);
    let stopping = client.delete(&format!("{pods}/p")).await;
    assert_eq!(stopping.body["metadata"]["deletionGracePeriodSeconds"], 30);
    client.delete(&format!("{pods}/p?gracePeriodSeconds=0")).await;
    assert_eq!(client.get(&format!("{pods}/p")).await.code, 404);
}
