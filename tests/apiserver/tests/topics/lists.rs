//! Lists: versions, pages, selectors.

use crate::support::{Client, SITES, config_map, website, with_websites};
use kubist_apiserver::ApiServer;
use serde_json::{Value, json};

const MAPS: &str = "/api/v1/namespaces/default/configmaps";

fn names(list: &Value) -> Vec<String> {
    list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["metadata"]["name"].as_str().unwrap().to_owned())
        .collect()
}

async fn with_maps(count: usize) -> (ApiServer, Client) {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server);
    for index in 0..count {
        assert_eq!(client.post(MAPS, &config_map(&format!("m{index}"), "1")).await.code, 201);
    }
    (server, client)
}

#[tokio::test]
async fn pages_are_of_one_version() {
    let (_server, client) = with_maps(5).await;
    let first = client.get(&format!("{MAPS}?limit=2")).await;
    assert_eq!(names(&first.body), ["m0", "m1"]);
    assert_eq!(first.body["metadata"]["remainingItemCount"], 3);
    client.delete(&format!("{MAPS}/m2")).await;
    client.merge(&format!("{MAPS}/m3"), &json!({"data": {"key": "2"}})).await;
    client.post(MAPS, &config_map("m31", "1")).await;
    let token = first.body["metadata"]["continue"].as_str().unwrap();
    let second = client.get(&format!("{MAPS}?limit=2&continue={token}")).await;
    assert_eq!(names(&second.body), ["m2", "m3"]);
    assert_eq!(second.body["items"][1]["data"]["key"], "1");
    assert_eq!(second.version(), first.version());
    let token = second.body["metadata"]["continue"].as_str().unwrap();
    let last = client.get(&format!("{MAPS}?limit=2&continue={token}")).await;
    assert_eq!(names(&last.body), ["m4"]);
    assert!(last.body["metadata"].get("continue").is_none());
}

#[tokio::test]
async fn a_forgotten_page_is_expired_and_offers_to_go_on() {
    let (server, client) = with_maps(4).await;
    let first = client.get(&format!("{MAPS}?limit=2")).await;
    server.compact();
    let token = first.body["metadata"]["continue"].as_str().unwrap();
    let reply = client.get(&format!("{MAPS}?limit=2&continue={token}")).await;
    assert_eq!((reply.code, &reply.body["reason"]), (410, &json!("Expired")));
    let token = reply.body["metadata"]["continue"].as_str().unwrap();
    let rest = client.get(&format!("{MAPS}?limit=2&continue={token}")).await;
    assert_eq!(names(&rest.body), ["m2", "m3"]);
    assert_eq!(client.get(&format!("{MAPS}?continue=nonsense")).await.code, 400);
}

#[tokio::test]
async fn lists_are_answered_at_the_version_that_is_asked_for() {
    let (server, client) = with_maps(2).await;
    let then = client.get(MAPS).await.version();
    client.delete(&format!("{MAPS}/m0")).await;
    let exact = format!("{MAPS}?resourceVersion={then}&resourceVersionMatch=Exact");
    let reply = client.get(&exact).await;
    assert_eq!((names(&reply.body), reply.version()), (vec!["m0".to_owned(), "m1".to_owned()], then.clone()));
    for newest in
        ["", "?resourceVersion=0", &format!("?resourceVersion={then}&resourceVersionMatch=NotOlderThan")]
    {
        assert_eq!(names(&client.get(&format!("{MAPS}{newest}")).await.body), ["m1"], "{newest}");
    }
    server.compact();
    let reply = client.get(&exact).await;
    assert_eq!((reply.code, reply.message()), (410, "The resourceVersion for the provided list is too old."));
}

#[tokio::test]
async fn a_version_from_the_future_is_a_timeout_that_says_when_to_come_back() {
    let (server, client) = with_maps(1).await;
    let future = server.resource_version() + 1000;
    let reply = client.get(&format!("{MAPS}?resourceVersion={future}")).await;
    assert_eq!((reply.code, &reply.body["reason"]), (504, &json!("Timeout")));
    assert!(reply.message().starts_with("Timeout: Too large resource version"));
    assert_eq!(reply.body["details"]["retryAfterSeconds"], 1);
    assert_eq!(reply.body["details"]["causes"][0]["reason"], "ResourceVersionTooLarge");
    assert_eq!(reply.headers["retry-after"], "1");
}

#[tokio::test]
async fn a_version_that_comes_in_time_is_waited_for() {
    let (server, client) = with_maps(1).await;
    let next = server.resource_version() + 1;
    let path = format!("{MAPS}?resourceVersion={next}");
    let map = config_map("late", "1");
    let (list, created) = tokio::join!(client.get(&path), client.post(MAPS, &map));
    assert_eq!((list.code, created.code), (200, 201));
    assert_eq!(names(&list.body), ["late", "m0"]);
}

#[tokio::test]
async fn selectors_choose_by_label_and_field() {
    let (_server, client) = with_websites().await;
    for (name, bucket, tier) in [("a", "gs://x", "front"), ("b", "gs://y", "back"), ("c", "gs://x", "back")] {
        let mut site = website(name, bucket);
        site["metadata"]["labels"] = json!({"tier": tier});
        client.post(SITES, &site).await;
    }
    for (query, expected) in [
        ("labelSelector=tier%3Dback", vec!["b", "c"]),
        ("labelSelector=tier+notin+(back)", vec!["a"]),
        ("labelSelector=%21tier", vec![]),
        ("fieldSelector=metadata.name%3Db", vec!["b"]),
        ("fieldSelector=spec.bucket%3Dgs://x", vec!["a", "c"]),
        ("fieldSelector=spec.bucket%3Dgs://x&labelSelector=tier%3Dback", vec!["c"]),
    ] {
        assert_eq!(names(&client.get(&format!("{SITES}?{query}")).await.body), expected, "{query}");
    }
    let unknown = client.get(&format!("{SITES}?fieldSelector=spec.note%3Dx")).await;
    assert_eq!((unknown.code, unknown.message()), (400, "field label not supported: spec.note"));
    assert_eq!(client.get(&format!("{SITES}?labelSelector=a%20b")).await.code, 400);
}

#[tokio::test]
async fn all_namespaces_are_listed_together_and_built_in_items_are_bare() {
    let (_server, client) = with_maps(1).await;
    client.post("/api/v1/namespaces/kube-system/configmaps", &config_map("other", "1")).await;
    let list = client.get("/api/v1/configmaps").await.body;
    assert_eq!(names(&list), ["m0", "other"]);
    assert_eq!((&list["kind"], &list["apiVersion"]), (&json!("ConfigMapList"), &json!("v1")));
    assert!(list["items"][0].get("kind").is_none());
}
