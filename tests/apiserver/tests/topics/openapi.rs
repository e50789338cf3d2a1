//! Discovery and OpenAPI, as far as the wire shows more than a scenario can compare.

use std::collections::BTreeSet;

use crate::support::{Client, website_definition, with_websites};
use kubist_apiserver::ApiServer;
use serde_json::Value;

const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

fn url<'a>(index: &'a Value, name: &str) -> &'a str {
    index["paths"][name]["serverRelativeURL"].as_str().unwrap()
}

/// What the references of a document lead to.
fn targets(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| targets(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| targets(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn every_document_of_the_index_is_there_and_whole() {
    let (_server, client) = with_websites().await;
    let index = client.get("/openapi/v3").await.body;
    let names: BTreeSet<&String> = index["paths"].as_object().unwrap().keys().collect();
    assert!(names.iter().any(|name| *name == "apis/example.com/v1") && names.len() > 22, "{names:?}");
    for name in names {
        let reply = client.get(url(&index, name)).await;
        assert_eq!((reply.code, &reply.body["openapi"]), (200, &"3.0.0".into()), "{name}");
        let mut found = BTreeSet::new();
        targets(&reply.body, &mut found);
        for target in found {
            let schema = target.strip_prefix("#/components/schemas/").unwrap();
            assert!(reply.body["components"]["schemas"][schema].is_object(), "{name}: {schema}");
        }
    }
}

#[tokio::test]
async fn a_document_says_what_kubectl_looks_for() {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server);
    let document = client.get("/openapi/v3/apis/apps/v1").await.body;
    let patch = &document["paths"]["/apis/apps/v1/namespaces/{namespace}/deployments/{name}"]["patch"];
    let parameters: Vec<&str> =
        patch["parameters"].as_array().unwrap().iter().filter_map(|p| p["name"].as_str()).collect();
    assert_eq!(parameters, ["dryRun", "fieldManager", "fieldValidation", "force"]);
    assert_eq!(patch["x-kubernetes-group-version-kind"]["kind"], "Deployment");
    let schemas = &document["components"]["schemas"];
    let pod = &schemas["io.k8s.api.core.v1.PodSpec"]["properties"];
    assert_eq!(pod["containers"]["x-kubernetes-patch-merge-key"], "name");
    assert_eq!(pod["containers"]["x-kubernetes-list-map-keys"][0], "name");
    assert_eq!(pod["nodeSelector"]["x-kubernetes-map-type"], "atomic");
    let claim = &schemas["io.k8s.api.core.v1.PersistentVolumeClaimStatus"]["properties"];
    assert_eq!(claim["allocatedResourceStatuses"]["x-kubernetes-map-type"], "granular");
}

#[tokio::test]
async fn who_knows_a_document_is_not_sent_it_again() {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server);
    let index = client.get("/openapi/v3").await.body;
    let by_hash = client.get(url(&index, "apis/apps/v1")).await;
    assert_eq!(by_hash.headers["cache-control"], "public, immutable");
    assert!(by_hash.headers["expires"].to_str().unwrap().ends_with(" UTC"));
    let tag = by_hash.headers["etag"].to_str().unwrap().to_owned();
    assert!(url(&index, "apis/apps/v1").ends_with(tag.trim_matches('"')));
    let again = client.clone().header("if-none-match", &tag).get("/openapi/v3/apis/apps/v1").await;
    assert_eq!((again.code, again.text.as_str()), (304, ""));
    let moved = client.get("/openapi/v3/apis/apps/v1?hash=OLD").await;
    assert_eq!((moved.code, &moved.headers["location"]), (301, &by_hash_location(&tag)));
    let discovery = client.clone().header("accept", AGGREGATED);
    let first = discovery.get("/apis").await;
    let tag = first.headers["etag"].to_str().unwrap();
    let again = discovery.clone().header("if-none-match", tag).get("/apis").await;
    assert_eq!((again.code, again.headers["etag"].to_str().unwrap()), (304, tag));
}

fn by_hash_location(tag: &str) -> http::HeaderValue {
    format!("/openapi/v3/apis/apps/v1?hash={}", tag.trim_matches('"')).parse().unwrap()
}

#[tokio::test]
async fn a_changed_definition_changes_the_tags() {
    let (_server, client) = with_websites().await;
    let before = client.get("/openapi/v3").await.body;
    let tag = client.clone().header("accept", AGGREGATED).get("/apis").await.headers["etag"].clone();
    let path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/websites.example.com";
    let mut definition = website_definition();
    definition["metadata"]["resourceVersion"] =
        client.get(path).await.body["metadata"]["resourceVersion"].clone();
    definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"]["properties"]["more"] =
        serde_json::json!({"type": "string"});
    definition["spec"]["names"]["shortNames"] = serde_json::json!(["site"]);
    let changed = client.put(path, &definition).await;
    assert_eq!(changed.code, 200, "{}", changed.text);
    let after = client.get("/openapi/v3").await.body;
    assert_ne!(url(&before, "apis/example.com/v1"), url(&after, "apis/example.com/v1"));
    assert_eq!(url(&before, "apis/apps/v1"), url(&after, "apis/apps/v1"));
    let now = client.clone().header("accept", AGGREGATED).get("/apis").await.headers["etag"].clone();
    assert_ne!(tag, now);
}

#[tokio::test]
async fn the_second_version_has_the_schemas_and_for_protobuf_no_more_than_a_name() {
    let (_server, client) = with_websites().await;
    let document = client.get("/openapi/v2").await.body;
    let definitions = &document["definitions"];
    let spec = &definitions["io.k8s.api.apps.v1.Deployment"]["properties"]["spec"];
    assert_eq!(spec["$ref"], "#/definitions/io.k8s.api.apps.v1.DeploymentSpec");
    assert!(definitions["com.example.v1.Website"].is_object());
    let protobuf = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    let short = client.header("accept", protobuf).get("/openapi/v2").await;
    assert_eq!(
        (short.code, short.text.as_str()),
        (200, "\n\u{3}2.0\u{12}\u{15}\n\nKubernetes\u{12}\u{7}v1.37.2B\0")
    );
}
