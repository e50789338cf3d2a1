//! Watches under load: whoever watches, from wherever, hears the same history.

use std::collections::BTreeMap;

use kubist_apiserver::ApiServer;
use serde_json::{Value, json};

use crate::support::{Client, Events, config_map};

const NAMESPACES: [&str; 3] = ["default", "kube-public", "kube-system"];
const WRITES: usize = 150;

/// What a watch told: type, place, version, and the label after it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    event: String,
    namespace: String,
    name: String,
    version: u64,
    group: String,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn told(event: &Value) -> Told {
    let metadata = &event["object"]["metadata"];
    Told {
        event: text(&event["type"]),
        namespace: text(&metadata["namespace"]),
        name: text(&metadata["name"]),
        version: text(&metadata["resourceVersion"]).parse().unwrap(),
        group: text(&metadata["labels"]["group"]),
    }
}

fn path(namespace: &str) -> String {
    format!("/api/v1/namespaces/{namespace}/configmaps")
}

/// Creates, changes and deletes a few objects of its own, moving them between two groups.
async fn write(client: Client, writer: usize) {
    for turn in 0..WRITES {
        let name = format!("w{writer}-{}", turn % 4);
        let maps = path(NAMESPACES[turn % 3]);
        let group = if turn % 5 < 2 { "odd" } else { "even" };
        let label = json!({"metadata": {"labels": {"group": group}}, "data": {"turn": turn.to_string()}});
        if client.merge(&format!("{maps}/{name}"), &label).await.code == 404 {
            assert_eq!(client.post(&maps, &config_map(&name, "new")).await.code, 201);
        } else if turn % 7 == 0 {
            assert_eq!(client.delete(&format!("{maps}/{name}")).await.code, 200);
        }
    }
}

/// All that a watch tells up to the last change.
async fn until(events: &mut Events, last: u64) -> Vec<Told> {
    let mut all = Vec::new();
    loop {
        let event = events.next().await.expect("the watch ended");
        if event["type"] == "BOOKMARK" {
            if text(&event["object"]["metadata"]["resourceVersion"]).parse::<u64>().unwrap() >= last {
                return all;
            }
            continue;
        }
        all.push(told(&event));
    }
}

/// What a watch of one group must tell of the whole history.
fn selected(history: &[Told], after: u64, group: &str) -> Vec<Told> {
    let mut groups: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    let mut expected = Vec::new();
    for change in history {
        let key = (change.namespace.as_str(), change.name.as_str());
        let before = groups.get(&key).is_some_and(|of| *of == group);
        let now = change.event != "DELETED" && change.group == group;
        groups.insert(key, if change.event == "DELETED" { "" } else { &change.group });
        let event = match (before, now) {
            (false, false) => continue,
            (false, true) => "ADDED",
            (true, true) => "MODIFIED",
            (true, false) => "DELETED",
        };
        if change.version > after {
            // An object that leaves is shown as it was.
            expected.push(Told { event: event.to_owned(), group: group.to_owned(), ..change.clone() });
        }
    }
    expected
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_watches_from_wherever_hears_each_change_once_and_in_order() {
    let server =
        ApiServer::builder().bookmark_interval(std::time::Duration::from_millis(20)).start().await.unwrap();
    let client = Client::new(&server);
    let start = server.resource_version();
    let bookmarks = "allowWatchBookmarks=true";
    let mut whole = client.watch(&format!("/api/v1/configmaps?{bookmarks}&resourceVersion={start}")).await;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..4 {
        writers.spawn(write(client.clone(), writer));
    }
    // Watches that begin while it happens, at whatever version is newest then.
    let mut watches = Vec::new();
    for turn in 0..24 {
        let version = server.resource_version();
        let namespace = NAMESPACES[turn % 3];
        let path = if turn % 2 == 0 { "/api/v1/configmaps".to_owned() } else { path(namespace) };
        let group = (turn % 4 >= 2).then_some(if turn % 3 == 0 { "odd" } else { "even" });
        let selector = group.map(|group| format!("&labelSelector=group%3D{group}")).unwrap_or_default();
        let events = client.watch(&format!("{path}?{bookmarks}&resourceVersion={version}{selector}")).await;
        watches.push((events, version, (turn % 2 == 1).then_some(namespace), group));
        client.get("/api/v1/configmaps?limit=1").await;
    }
    writers.join_all().await;
    let last = server.resource_version();
    let history = until(&mut whole, last).await;
    assert_eq!(history.len() as u64, last - start);
    assert!(history.is_sorted_by_key(|change| change.version));
    for (mut events, version, namespace, group) in watches {
        let heard = until(&mut events, last).await;
        let mut expected = match group {
            Some(group) => selected(&history, version, group),
            None => history.iter().filter(|change| change.version > version).cloned().collect(),
        };
        expected.retain(|change| namespace.is_none_or(|namespace| change.namespace == namespace));
        assert_eq!(heard, expected, "from {version} in {namespace:?} of {group:?}");
    }
}

#[tokio::test]
async fn a_watch_of_a_quiet_place_outlives_the_history_of_the_others() {
    let server = ApiServer::builder().history(8).start().await.unwrap();
    let client = Client::new(&server);
    let start = server.resource_version();
    let mut quiet = client.watch(&format!("{}?resourceVersion={start}", path("default"))).await;
    let one = "fieldSelector=metadata.name%3Dlast";
    let mut named = client.watch(&format!("{}?resourceVersion={start}&{one}", path("kube-system"))).await;
    for turn in 0..50 {
        client.post(&path("kube-system"), &config_map(&format!("m{turn}"), "1")).await;
    }
    client.post(&path("default"), &config_map("first", "1")).await;
    client.post(&path("kube-system"), &config_map("last", "1")).await;
    assert_eq!(quiet.next_name().await, ("ADDED".to_owned(), "first".to_owned()));
    assert_eq!(named.next_name().await, ("ADDED".to_owned(), "last".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_names_no_time_ends_within_the_hour() {
    let server = ApiServer::start().await.unwrap();
    let client = Client::new(&server);
    let begin = tokio::time::Instant::now();
    let mut events =
        client.watch(&format!("{}?resourceVersion={}", path("default"), server.resource_version())).await;
    assert!(events.next().await.is_none());
    let minutes = begin.elapsed().as_secs() / 60;
    assert!((29..=61).contains(&minutes), "{minutes} minutes");
}
