//! What follows an owner or a namespace, and who may ask with a token of a service account.

use crate::support::{Client, pair};
use kubist_apiserver::ApiServer;
use serde_json::{Value, json};

const MAPS: &str = "/api/v1/namespaces/default/configmaps";

async fn start() -> (ApiServer, Client) {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server);
    (server, client)
}

fn owned(name: &str, owners: &[(&str, &Value, bool)]) -> Value {
    let reference = |(owner, uid, blocks): &(&str, &Value, bool)| json!({"apiVersion": "v1", "kind": "ConfigMap", "name": owner, "uid": uid, "blockOwnerDeletion": blocks});
    let owners: Vec<Value> = owners.iter().map(reference).collect();
    json!({"metadata": {"name": name, "ownerReferences": owners}})
}

/// Makes a config map and gives back its UID.
async fn make(client: &Client, map: &Value) -> Value {
    let reply = client.post(MAPS, map).await;
    assert_eq!(reply.code, 201, "{}", reply.text);
    reply.body["metadata"]["uid"].clone()
}

async fn code(client: &Client, name: &str) -> u16 {
    client.get(&format!("{MAPS}/{name}")).await.code
}

#[tokio::test]
async fn dependents_go_with_their_last_owner_and_their_own_dependents_with_them() {
    let (_server, client) = start().await;
    let one = make(&client, &json!({"metadata": {"name": "one"}})).await;
    let two = make(&client, &json!({"metadata": {"name": "two"}})).await;
    let both = make(&client, &owned("both", &[("one", &one, false), ("two", &two, false)])).await;
    make(&client, &owned("child", &[("both", &both, false)])).await;
    client.delete(&format!("{MAPS}/one")).await;
    let left = client.get(&format!("{MAPS}/both")).await.body;
    assert_eq!(left["metadata"]["ownerReferences"].as_array().unwrap().len(), 1);
    assert_eq!(left["metadata"]["ownerReferences"][0]["name"], "two");
    let version = client.get(MAPS).await.version();
    let mut events = client.watch(&format!("{MAPS}?resourceVersion={version}")).await;
    client.delete(&format!("{MAPS}/two")).await;
    for name in ["two", "both", "child"] {
        assert_eq!(events.next_name().await, pair("DELETED", name));
    }
}

#[tokio::test]
async fn a_chain_of_owners_may_be_long() {
    let (_server, client) = start().await;
    let first = make(&client, &json!({"metadata": {"name": "c0"}})).await;
    let mut owner = first;
    for number in 1..2000 {
        let name = format!("c{}", number - 1);
        owner = make(&client, &owned(&format!("c{number}"), &[(&name, &owner, true)])).await;
    }
    assert_eq!(client.delete(&format!("{MAPS}/c0?propagationPolicy=Foreground")).await.code, 200);
    assert_eq!(client.get(MAPS).await.body["items"], json!([]));
}

#[tokio::test]
async fn a_foreground_deletion_waits_for_the_dependents_that_block_it() {
    let (_server, client) = start().await;
    let owner = make(&client, &json!({"metadata": {"name": "owner"}})).await;
    let mut held = owned("held", &[("owner", &owner, true)]);
    held["metadata"]["finalizers"] = json!(["example.com/hold"]);
    make(&client, &held).await;
    make(&client, &owned("free", &[("owner", &owner, false)])).await;
    let reply = client.delete(&format!("{MAPS}/owner?propagationPolicy=Foreground")).await;
    assert_eq!(reply.body["metadata"]["finalizers"], json!(["foregroundDeletion"]));
    assert_eq!((code(&client, "owner").await, code(&client, "free").await), (200, 404));
    client.merge(&format!("{MAPS}/held"), &json!({"metadata": {"finalizers": null}})).await;
    assert_eq!((code(&client, "held").await, code(&client, "owner").await), (404, 404));
}

#[tokio::test]
async fn an_orphan_stays_without_its_reference() {
    let (_server, client) = start().await;
    let owner = make(&client, &json!({"metadata": {"name": "owner"}})).await;
    make(&client, &owned("child", &[("owner", &owner, true)])).await;
    client.delete(&format!("{MAPS}/owner?propagationPolicy=Orphan")).await;
    assert_eq!(code(&client, "owner").await, 404);
    let child = client.get(&format!("{MAPS}/child")).await.body;
    assert_eq!(child["metadata"].get("ownerReferences"), None);
}

#[tokio::test]
async fn a_reference_to_an_owner_that_never_was_is_left_alone() {
    let (_server, client) = start().await;
    make(&client, &owned("child", &[("nobody", &json!("1"), true)])).await;
    assert_eq!(code(&client, "child").await, 200);
}

#[tokio::test]
async fn without_garbage_collection_dependents_and_finalizers_stay() {
    let server = ApiServer::builder().garbage_collection(false).start().await.unwrap();
    let client = Client::new(&server);
    let owner = make(&client, &json!({"metadata": {"name": "owner"}})).await;
    make(&client, &owned("child", &[("owner", &owner, true)])).await;
    client.delete(&format!("{MAPS}/owner?propagationPolicy=Foreground")).await;
    assert_eq!((code(&client, "owner").await, code(&client, "child").await), (200, 200));
    client.delete(&format!("{MAPS}/owner?propagationPolicy=Background")).await;
    assert_eq!((code(&client, "owner").await, code(&client, "child").await), (404, 200));
}

#[tokio::test]
async fn a_namespace_goes_with_its_content_and_waits_for_what_is_held() {
    let (_server, client) = start().await;
    for name in ["quick", "slow"] {
        client.post("/api/v1/namespaces", &json!({"metadata": {"name": name}})).await;
        client.post(&format!("/api/v1/namespaces/{name}/secrets"), &json!({"metadata": {"name": "s"}})).await;
    }
    let maps = "/api/v1/namespaces/slow/configmaps";
    client.post(maps, &json!({"metadata": {"name": "held", "finalizers": ["example.com/hold"]}})).await;
    for name in ["quick", "slow"] {
        let reply = client.delete(&format!("/api/v1/namespaces/{name}")).await;
        assert_eq!(reply.body["status"]["phase"], "Terminating");
    }
    assert_eq!(client.get("/api/v1/namespaces/quick").await.code, 404);
    assert_eq!(client.get("/api/v1/namespaces/slow").await.code, 200);
    assert_eq!(client.get("/api/v1/namespaces/slow/secrets/s").await.code, 404);
    client.merge(&format!("{maps}/held"), &json!({"metadata": {"finalizers": null}})).await;
    assert_eq!(client.get("/api/v1/namespaces/slow").await.code, 404);
}

#[tokio::test]
async fn an_object_that_the_storage_does_not_take_is_refused() {
    let (_server, client) = crate::support::with_websites().await;
    let mut website = crate::support::website("large", "gs://a");
    website["spec"]["note"] = "x".repeat(1_600_000).into();
    let reply = client.post(crate::support::SITES, &website).await;
    assert_eq!((reply.code, reply.message()), (500, "etcdserver: request is too large"));
}

#[tokio::test]
async fn a_token_of_a_service_account_is_its_name() {
    let server = ApiServer::builder().token("let-me-in").start().await.unwrap();
    let admin = Client::new(&server).header("authorization", "Bearer let-me-in");
    let accounts = "/api/v1/namespaces/default/serviceaccounts";
    admin.post(accounts, &json!({"metadata": {"name": "robot"}})).await;
    let token = admin.post(&format!("{accounts}/robot/token"), &json!({})).await;
    let token = token.body["status"]["token"].as_str().unwrap().to_owned();
    let robot = Client::new(&server).header("authorization", &format!("Bearer {token}"));
    let whoami = robot.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", &json!({})).await;
    assert_eq!(whoami.body["status"]["userInfo"]["username"], "system:serviceaccount:default:robot");
    let review = json!({"spec": {"token": token}});
    let review = admin.post("/apis/authentication.k8s.io/v1/tokenreviews", &review).await;
    assert_eq!(review.body["status"]["authenticated"], true);
    let other =
        admin.post(&format!("{accounts}/robot/token"), &json!({"spec": {"audiences": ["other"]}})).await;
    let other = other.body["status"]["token"].as_str().unwrap().to_owned();
    let stranger = Client::new(&server).header("authorization", &format!("Bearer {other}"));
    assert_eq!(stranger.get(accounts).await.code, 401);
}

#[tokio::test]
async fn a_claim_goes_when_no_pod_uses_it_and_lets_its_namespace_go() {
    let (_server, client) = start().await;
    client.post("/api/v1/namespaces", &json!({"metadata": {"name": "shop"}})).await;
    let space = "/api/v1/namespaces/shop";
    let claim = json!({"metadata": {"name": "data"}, "spec": {"accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": "1Gi"}}}});
    assert_eq!(client.post(&format!("{space}/persistentvolumeclaims"), &claim).await.code, 201);
    let volumes = json!([{"name": "d", "persistentVolumeClaim": {"claimName": "data"}}]);
    let pod = json!({"metadata": {"name": "p"}, "spec": {"volumes": volumes,
        "containers": [{"name": "c", "image": "i"}]}});
    assert_eq!(client.post(&format!("{space}/pods"), &pod).await.code, 201);
    let claim = format!("{space}/persistentvolumeclaims/data");
    client.delete(&claim).await;
    assert_eq!(client.get(&claim).await.code, 200, "a pod uses it");
    client.delete(&format!("{space}/pods/p")).await;
    assert_eq!(client.get(&claim).await.code, 404);

    let other = json!({"metadata": {"name": "other"}, "spec": {"accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": "1Gi"}}}});
    assert_eq!(client.post(&format!("{space}/persistentvolumeclaims"), &other).await.code, 201);
    client.delete(space).await;
    assert_eq!(client.get(space).await.code, 404);
}
