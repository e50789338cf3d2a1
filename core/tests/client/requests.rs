//! What each verb of the typed API and each of its options puts on the wire.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use http_body_util::{BodyExt, Full};
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::authentication::v1::TokenRequestSpec;
use k8s_openapi::api::core::v1::{Namespace, Pod};
use kubist::Client;
use kubist::api::Patch;
use kubist::rest::{
    ApplyParams, DeleteParams, DeletionPropagation, FieldValidation, GetParams, ListParams, WatchParams,
    WriteParams,
};
use kubist::transport::Body;
use serde_json::json;

/// `GET /path?query`, and after a space the body.
type Lines = Arc<Mutex<Vec<String>>>;

/// A server that answers everything with an object that fits, and what it was asked.
fn recording() -> (Client, Lines) {
    let lines = Lines::default();
    let seen = Arc::clone(&lines);
    let service = tower::service_fn(move |request: http::Request<Body>| {
        let seen = Arc::clone(&seen);
        async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
            let target = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
            let mut line = format!("{} {target} {}", parts.method, String::from_utf8_lossy(&body));
            line.truncate(line.trim_end().len());
            seen.lock().unwrap().push(line);
            let list = r#"{"metadata":{},"items":[]}"#;
            Ok::<_, Infallible>(Response::new(Full::new(Bytes::from_static(list.as_bytes()))))
        }
    });
    (Client::from_service(service, "http://fake", "default").unwrap(), lines)
}

fn pod(name: &str) -> Pod {
    serde_json::from_value(json!({"metadata": {"name": name}})).unwrap()
}

/// What was asked since the last time.
fn taken(lines: &Lines) -> Vec<String> {
    std::mem::take(&mut *lines.lock().unwrap())
}

const POD: &str = "/api/v1/namespaces/shop/pods/a";

#[tokio::test]
async fn reads_are_asked_with_all_their_options() {
    let (client, lines) = recording();
    let pods = client.core_v1().pods("shop");
    pods.get("a").await.unwrap();
    pods.get_with("a", &GetParams::default().not_older_than("7")).await.unwrap();
    pods.get_status("a").await.unwrap();
    let params = ListParams::default().labels("a in (b)").fields("c!=d").limit(5);
    let params = params.not_older_than("0").timeout(Duration::from_secs(9));
    pods.list_with(&params).await.unwrap();
    pods.list_with(&ListParams::default().exactly("7")).await.unwrap();
    client.core_v1().pods(..).labels("x").list_stream(&ListParams::default()).try_next().await.unwrap();
    drop(pods.watch("7").await.unwrap());
    let params = WatchParams::default().labels("x").fields("y=z").bookmarks(false).initial_events();
    drop(pods.watch_with(&params.timeout(Duration::from_secs(9))).await.unwrap());
    let list = "GET /api/v1/namespaces/shop/pods";
    let expected = [
        format!("GET {POD}"),
        format!("GET {POD}?resourceVersion=7"),
        format!("GET {POD}/status"),
        format!(
            "{list}?labelSelector=a%20in%20%28b%29&fieldSelector=c%21%3Dd&limit=5&resourceVersion=0&resourceVersionMatch=NotOlderThan&timeoutSeconds=9&timeout=9s"
        ),
        format!("{list}?resourceVersion=7&resourceVersionMatch=Exact"),
        "GET /api/v1/pods?labelSelector=x&limit=500".to_owned(),
        format!("{list}?watch=true&resourceVersion=7&allowWatchBookmarks=true"),
        format!(
            "{list}?labelSelector=x&fieldSelector=y%3Dz&watch=true&timeoutSeconds=9&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
        ),
    ];
    assert_eq!(taken(&lines), expected);
}

#[tokio::test]
async fn writes_are_asked_with_all_their_options() {
    let (client, lines) = recording();
    let pods = client.core_v1().pods("shop");
    let params =
        WriteParams::default().dry_run().field_manager("me").field_validation(FieldValidation::Strict);
    let all = "dryRun=All&fieldManager=me&fieldValidation=Strict";
    let patch = Patch::Merge(json!({"spec": {}}));
    pods.create_with(&pod("a"), &params).await.unwrap();
    pods.replace_with(&pod("a"), &params).await.unwrap();
    pods.replace_status_with(&pod("a"), &params).await.unwrap();
    pods.patch_with("a", &patch, &params).await.unwrap();
    pods.patch_status_with("a", &patch, &params).await.unwrap();
    let apply = ApplyParams::manager("me").force().dry_run();
    pods.apply("a", json!({"spec": {}}), &apply).await.unwrap();
    let object = r#"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}"#;
    let part = r#"{"spec":{}}"#;
    let whole = r#"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{}}"#;
    let expected = [
        format!("POST /api/v1/namespaces/shop/pods?{all} {object}"),
        format!("PUT {POD}?{all} {object}"),
        format!("PUT {POD}/status?{all} {object}"),
        format!("PATCH {POD}?{all} {part}"),
        format!("PATCH {POD}/status?{all} {part}"),
        format!("PATCH {POD}?dryRun=All&fieldManager=me&force=true {whole}"),
    ];
    assert_eq!(taken(&lines), expected);
}

#[tokio::test]
async fn deletes_are_asked_with_all_their_options() {
    let (client, lines) = recording();
    let pods = client.core_v1().pods("shop").labels("x");
    let params = DeleteParams::default().grace_period_seconds(3).propagation(DeletionPropagation::Orphan);
    let params = params.uid("u").resource_version("7").dry_run().ignore_store_read_error();
    pods.delete("a").await.ok();
    pods.delete_with("a", &params).await.ok();
    pods.delete_collection(&DeleteParams::default(), &ListParams::default().fields("y")).await.unwrap();
    let options = r#"{"gracePeriodSeconds":3,"propagationPolicy":"Orphan","preconditions":{"uid":"u","resourceVersion":"7"},"dryRun":["All"],"ignoreStoreReadErrorWithClusterBreakingPotential":true}"#;
    let expected = [
        format!("DELETE {POD}"),
        format!("DELETE {POD} {options}"),
        "DELETE /api/v1/namespaces/shop/pods?labelSelector=x&fieldSelector=y".to_owned(),
    ];
    assert_eq!(taken(&lines), expected);
}

#[tokio::test]
async fn subresources_are_asked_under_their_names() {
    let (client, lines) = recording();
    let dry = WriteParams::default().dry_run();
    let pods = client.core_v1().pods("shop");
    let patch = Patch::Strategic(json!({}));
    pods.evict("a").await.unwrap();
    pods.evict_with("a", &DeleteParams::default().uid("u")).await.unwrap();
    pods.bind_with("a", "n", &dry).await.unwrap();
    pods.patch_ephemeral_containers("a", &patch, &dry).await.unwrap();
    pods.patch_resize("a", &patch, &dry).await.unwrap();
    let expected = [
        format!(
            r#"POST {POD}/eviction {{"apiVersion":"policy/v1","kind":"Eviction","metadata":{{"name":"a"}}}}"#
        ),
        format!(
            r#"POST {POD}/eviction {{"apiVersion":"policy/v1","deleteOptions":{{"preconditions":{{"uid":"u"}}}},"kind":"Eviction","metadata":{{"name":"a"}}}}"#
        ),
        format!(
            r#"POST {POD}/binding?dryRun=All {{"apiVersion":"v1","kind":"Binding","metadata":{{"name":"a"}},"target":{{"apiVersion":"v1","kind":"Node","name":"n"}}}}"#
        ),
        format!("PATCH {POD}/ephemeralcontainers?dryRun=All {{}}"),
        format!("PATCH {POD}/resize?dryRun=All {{}}"),
    ];
    assert_eq!(taken(&lines), expected);

    client.core_v1().service_accounts("shop").create_token("b", &TokenRequestSpec::default()).await.unwrap();
    client.certificates_v1().certificate_signing_requests().approve("c", "R", "m").await.ok();
    let mut space = Namespace::default();
    space.metadata.name = Some("shop".to_owned());
    client.core_v1().namespaces().finalize(&space, &dry).await.unwrap();
    let deployments = client.apps_v1().deployments("shop");
    deployments.apply_scale("d", 3, &ApplyParams::manager("me")).await.unwrap();
    let asked = taken(&lines);
    assert!(asked[0].starts_with("POST /api/v1/namespaces/shop/serviceaccounts/b/token {"), "{}", asked[0]);
    let csr = "PATCH /apis/certificates.k8s.io/v1/certificatesigningrequests/c/approval {";
    assert!(asked[1].starts_with(csr), "{}", asked[1]);
    assert!(asked[2].starts_with("PUT /api/v1/namespaces/shop/finalize?dryRun=All {"), "{}", asked[2]);
    assert_eq!(
        asked[3],
        r#"PATCH /apis/apps/v1/namespaces/shop/deployments/d/scale?fieldManager=me {"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"d"},"spec":{"replicas":3}}"#
    );
    // A name that is none is refused before anything is sent.
    assert!(pods.evict("a/../b").await.unwrap_err().is_invalid());
    let _: Result<Deployment, _> = deployments.update_with("", |_| {}).await;
    assert_eq!(taken(&lines), Vec::<String>::new());
}
