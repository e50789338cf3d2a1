//! Watches: no loss, no duplicate, and an honest end.

use std::time::Duration;

use crate::support::{Client, DEFINITIONS, SITES, config_map, pair, website, with_websites};
use kubist_apiserver::ApiServer;
use serde_json::json;

const MAPS: &str = "/api/v1/namespaces/default/configmaps";

async fn start() -> (ApiServer, Client) {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server);
    (server, client)
}

#[tokio::test]
async fn every_change_since_a_version_is_told_once_and_in_order() {
    let (_server, client) = start().await;
    let version = client.get(MAPS).await.version();
    client.post(MAPS, &config_map("a", "1")).await;
    client.merge(&format!("{MAPS}/a"), &json!({"data": {"key": "2"}})).await;
    let mut events = client.watch(&format!("{MAPS}?resourceVersion={version}")).await;
    client.post("/api/v1/namespaces/kube-system/configmaps", &config_map("elsewhere", "1")).await;
    client.delete(&format!("{MAPS}/a")).await;
    assert_eq!(events.next_name().await, pair("ADDED", "a"));
    assert_eq!(events.next_name().await, pair("MODIFIED", "a"));
    let deleted = events.next().await.unwrap();
    assert_eq!((&deleted["type"], &deleted["object"]["kind"]), (&json!("DELETED"), &json!("ConfigMap")));
    let last: u64 = deleted["object"]["metadata"]["resourceVersion"].as_str().unwrap().parse().unwrap();
    assert!(last > version.parse().unwrap());
    let mut resumed = client.watch(&format!("{MAPS}?resourceVersion={last}")).await;
    client.post(MAPS, &config_map("b", "1")).await;
    assert_eq!(resumed.next_name().await, pair("ADDED", "b"));
}

#[tokio::test]
async fn a_watch_without_a_version_begins_with_what_is_there() {
    let (_server, client) = start().await;
    client.post(MAPS, &config_map("a", "1")).await;
    for query in ["", "?resourceVersion=0"] {
        let mut events = client.watch(&format!("{MAPS}{query}")).await;
        assert_eq!(events.next_name().await, pair("ADDED", "a"));
    }
}

#[tokio::test]
async fn a_watch_list_ends_its_beginning_with_a_bookmark() {
    let (_server, client) = start().await;
    client.post(MAPS, &config_map("a", "1")).await;
    let query = "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
    let mut events = client.watch(&format!("{MAPS}?{query}")).await;
    assert_eq!(events.next_name().await, pair("ADDED", "a"));
    let bookmark = events.next().await.unwrap();
    assert_eq!(bookmark["type"], "BOOKMARK");
    assert_eq!(bookmark["object"]["metadata"]["annotations"]["k8s.io/initial-events-end"], "true");
    client.post(MAPS, &config_map("b", "1")).await;
    assert_eq!(events.next_name().await, pair("ADDED", "b"));
}

#[tokio::test]
async fn bookmarks_come_regularly_to_those_who_allow_them() {
    let server = ApiServer::builder().bookmark_interval(Duration::from_millis(20)).start().await.unwrap();
    let client = Client::new(&server);
    let version = server.resource_version();
    let next = (version + 1).to_string();
    let mut events =
        client.watch(&format!("{MAPS}?resourceVersion={version}&allowWatchBookmarks=true")).await;
    client.post("/api/v1/namespaces/default/secrets", &json!({"metadata": {"name": "s"}})).await;
    loop {
        let event = events.next().await.unwrap();
        assert_eq!(event["type"], "BOOKMARK");
        if event["object"]["metadata"]["resourceVersion"] == next.as_str() {
            break;
        }
    }
}

#[tokio::test]
async fn a_forgotten_version_is_an_error_event_with_410() {
    let (server, client) = start().await;
    let version = server.resource_version();
    server.compact();
    let mut events = client.watch(&format!("{MAPS}?resourceVersion={version}")).await;
    let error = events.next().await.unwrap();
    assert_eq!((&error["type"], &error["object"]["code"]), (&json!("ERROR"), &json!(410)));
    assert_eq!(error["object"]["reason"], "Expired");
    assert!(error["object"]["message"].as_str().unwrap().starts_with("too old resource version"));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_watch_that_runs_is_not_disturbed_by_compaction() {
    let (server, client) = start().await;
    let mut events = client.watch(&format!("{MAPS}?resourceVersion={}", server.resource_version())).await;
    server.compact();
    client.post(MAPS, &config_map("a", "1")).await;
    assert_eq!(events.next_name().await, pair("ADDED", "a"));
}

#[tokio::test]
async fn a_reader_that_falls_behind_the_history_is_told_so() {
    let server = ApiServer::builder().history(4).start().await.unwrap();
    let client = Client::new(&server);
    let version = server.resource_version();
    for index in 0..10 {
        client.post(MAPS, &config_map(&format!("m{index}"), "1")).await;
    }
    let mut events = client.watch(&format!("{MAPS}?resourceVersion={version}")).await;
    assert_eq!(events.next().await.unwrap()["object"]["code"], 410);
}

#[tokio::test]
async fn watches_end_cleanly_by_timeout_and_on_command() {
    let (server, client) = start().await;
    let version = server.resource_version();
    let mut timed = client.watch(&format!("{MAPS}?resourceVersion={version}&timeoutSeconds=1")).await;
    assert!(timed.next().await.is_none());
    let mut events = client.watch(&format!("{MAPS}?resourceVersion={version}")).await;
    server.disconnect_watches();
    assert!(events.next().await.is_none());
    let mut again = client.watch(&format!("{MAPS}?resourceVersion={version}")).await;
    client.post(MAPS, &config_map("a", "1")).await;
    assert_eq!(again.next_name().await, pair("ADDED", "a"));
}

#[tokio::test]
async fn an_object_that_leaves_the_selection_is_deleted_for_the_watcher() {
    let (server, client) = start().await;
    let path = format!("{MAPS}?labelSelector=app%3Dweb&resourceVersion={}", server.resource_version());
    let mut events = client.watch(&path).await;
    client.post(MAPS, &config_map("a", "1")).await;
    let label = |value: &str| json!({"metadata": {"labels": {"app": value}}});
    client.merge(&format!("{MAPS}/a"), &label("web")).await;
    let last = client.merge(&format!("{MAPS}/a"), &label("db")).await;
    assert_eq!(events.next_name().await, pair("ADDED", "a"));
    let deleted = events.next().await.unwrap();
    assert_eq!(deleted["type"], "DELETED");
    assert_eq!(deleted["object"]["metadata"]["labels"]["app"], "web");
    assert_eq!(deleted["object"]["metadata"]["resourceVersion"], last.version());
}

#[tokio::test]
async fn removing_a_definition_deletes_its_objects_and_ends_their_watches() {
    let (server, client) = with_websites().await;
    client.post(SITES, &website("front", "gs://a")).await;
    let mut events = client.watch(&format!("{SITES}?resourceVersion={}", server.resource_version())).await;
    client.delete(&format!("{DEFINITIONS}/websites.example.com")).await;
    assert_eq!(events.next_name().await, pair("DELETED", "front"));
    assert!(events.next().await.is_none());
    assert_eq!(client.get(SITES).await.code, 404);
    client.post(DEFINITIONS, &crate::support::website_definition()).await;
    assert_eq!(client.get(SITES).await.body["items"], json!([]));
}

#[tokio::test]
async fn parameters_that_make_no_sense_are_refused() {
    let (_server, client) = start().await;
    for query in ["sendInitialEvents=true", "resourceVersionMatch=NotOlderThan", "resourceVersion=abc"] {
        let reply = client.get(&format!("{MAPS}?watch=1&{query}")).await;
        assert!(matches!(reply.code, 422 | 500), "{query}: {}", reply.text);
    }
}
