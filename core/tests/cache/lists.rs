//! Lists that do not end, are too long, or hold what cannot be read.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt};
use k8s_openapi::api::core::v1::ConfigMap;
use kubist::Result;
use kubist::informer::SharedInformer;
use kubist::reflector::{Reflector, ReflectorOptions};
use kubist::resource::Stored;
use kubist::watch::{ListRequest, ListWatch, WatchRequest};
use serde_json::{Value, json};

use crate::support::informer::{reached, send, serving};
use crate::support::record::Notes;
use crate::support::script::{Reply, Script};
use crate::support::{body, event, list, map, page, refused};

fn ok(body: Bytes) -> Reply {
    Reply::Body(vec![Ok(body)])
}

fn hang() -> Reply {
    Reply::Hang(Vec::new())
}

/// Runs a reflector until the script is through, and gives back what the sink was told.
async fn run(script: &Script, options: ReflectorOptions) -> Vec<String> {
    let notes = Notes::default();
    let reflector = Reflector::with_options(script.clone(), notes.clone(), options);
    reflector.run_until(script.done()).await.expect("it goes on until it is stopped");
    notes.record.lines()
}

#[tokio::test(start_paused = true)]
async fn a_token_that_repeats_itself_is_a_failed_list_and_waits() {
    let script = Script::new()
        .expect("list rv=0 limit=500", ok(page(10, Some("x"), &[body("a", 1)])))
        .expect("list limit=500 continue=x", ok(page(10, Some("x"), &[body("b", 2)])))
        .expect("list rv=0 limit=500", ok(list(11, &[body("c", 3)])))
        .expect("watch rv=11", hang());
    assert_eq!(run(&script, ReflectorOptions::default()).await, ["replace [\"c@3\"] at 11"]);
    assert!(script.times()[2] >= 800, "{:?}", script.times());
}

#[tokio::test(start_paused = true)]
async fn an_empty_page_that_is_not_the_last_is_a_failed_list_and_waits() {
    let script = Script::new()
        .expect("list rv=0 limit=500", ok(page(10, Some("x"), &[])))
        .expect("list rv=0 limit=500", ok(list(11, &[])))
        .expect("watch rv=11", hang());
    assert_eq!(run(&script, ReflectorOptions::default()).await, ["replace [] at 11"]);
    assert!(script.times()[1] >= 800, "{:?}", script.times());
}

#[tokio::test(start_paused = true)]
async fn a_token_that_expires_in_each_list_waits_in_the_end() {
    let expired = || Reply::Refuse(refused(410, "Expired"));
    let first = || ok(page(10, Some("x"), &[body("a", 1)]));
    let script = Script::new()
        .expect("list rv=0 limit=500", first())
        .expect("list limit=500 continue=x", expired())
        .expect("list rv=0", first())
        .expect("list limit=500 continue=x", expired())
        .expect("list limit=500", first())
        .expect("list limit=500 continue=x", expired())
        .expect("list", first())
        .expect("list limit=500 continue=x", expired())
        .expect("list limit=500", ok(list(11, &[])))
        .expect("watch rv=11", hang());
    run(&script, ReflectorOptions::default()).await;
    assert!(script.times()[7] == 0 && script.times()[8] >= 800, "{:?}", script.times());
}

#[tokio::test(start_paused = true)]
async fn the_pages_of_a_list_may_not_be_longer_than_the_limit_together() {
    let first = page(10, Some("x"), &[body("a", 1)]);
    let limit = NonZero::new(first.len() + 10).unwrap();
    let script = Script::new()
        .expect("list rv=0 limit=500", ok(first))
        .expect("list limit=500 continue=x", ok(page(10, None, &[body("b", 2)])))
        .expect("list rv=0 limit=500", ok(list(11, &[body("c", 3)])))
        .expect("watch rv=11", hang());
    let told = run(&script, ReflectorOptions::default().list_bytes_max(limit)).await;
    assert_eq!(told, ["replace [\"c@3\"] at 11"]);
    assert!(script.times()[2] >= 800, "{:?}", script.times());
}

#[tokio::test(start_paused = true)]
async fn a_list_that_is_too_long_is_told_with_its_limit() {
    let script = Script::new().expect("list rv=0 limit=500", ok(list(10, &[body("a", 1)])));
    let options = ReflectorOptions::default().list_bytes_max(NonZero::new(40).unwrap());
    let informer = SharedInformer::<ConfigMap>::builder(script).options(options).start();
    let error = informer.synced_within(Duration::from_millis(500)).await.unwrap_err();
    let text = format!("{error:#}");
    assert!(text.ends_with("list configmaps in \"shop\": list is longer than 40 bytes"), "{text}");
}

/// A server whose list has no end, and which is always quicker than its client.
struct Endless(Arc<AtomicU64>);

impl ListWatch for Endless {
    type Body = BoxStream<'static, Result<Bytes>>;

    fn description(&self) -> String {
        "configmaps".to_owned()
    }

    async fn list(&self, _: ListRequest) -> Result<Self::Body> {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        assert!(number < 1000, "nobody else gets a turn");
        let page = page(10, Some(&number.to_string()), &[body("a", 1)]);
        Ok(stream::iter([Ok(page)]).boxed())
    }

    async fn watch(&self, _: WatchRequest) -> Result<Self::Body> {
        unreachable!("the list does not end")
    }
}

#[tokio::test]
async fn a_list_without_an_end_can_be_stopped() {
    let pages = Arc::<AtomicU64>::default();
    let reflector = Reflector::new(Endless(Arc::clone(&pages)), Notes::default());
    let shutdown = async {
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
    };
    reflector.run_until(shutdown).await.unwrap();
    assert!(pages.load(Ordering::Relaxed) > 0);
}

/// An object whose metadata is not as it should be, but which has a name.
fn crooked(name: &str, version: u64) -> Value {
    let mut body = body(name, version);
    body["metadata"]["uid"] = json!(5);
    body
}

/// What has no name that could be read.
fn nameless() -> [Value; 5] {
    [
        json!(null),
        json!(7),
        json!({}),
        json!({"metadata": "a"}),
        json!({"metadata": {"name": 5, "resourceVersion": "90"}}),
    ]
}

#[tokio::test(start_paused = true)]
async fn an_item_whose_metadata_is_crooked_harms_only_itself() {
    let mut items = vec![body("a", 1), crooked("b", 2)];
    items.extend(nameless());
    items.push(body("c", 3));
    let (informer, _feed) = serving(&items).await;
    assert_eq!(informer.lister().len(), 2);
    let status = informer.status().reflector;
    let poisoned: Vec<String> = status.poisoned.keys().map(ToString::to_string).collect();
    assert_eq!((poisoned, status.unnamed, status.lists), (vec!["shop/b".to_owned()], 5, 1));
    assert_eq!(status.poisoned.values().next().unwrap().resource_version, "2");
}

#[tokio::test(start_paused = true)]
async fn an_event_whose_metadata_is_crooked_harms_only_itself() {
    let (informer, feed) = serving(&[body("a", 1)]).await;
    feed.send(event("MODIFIED", &crooked("a", 11))).unwrap();
    for object in nameless() {
        feed.send(event("ADDED", &object)).unwrap();
    }
    send(&feed, "ADDED", "b", 12);
    reached(&informer, "12").await;
    let status = informer.status().reflector;
    assert!(status.poisoned.contains_key(&map("a", 1).stored_key()), "{status:?}");
    assert_eq!((status.unnamed, status.lists, status.watches), (5, 1, 1));
    assert_eq!(informer.lister().namespace("shop").get("a").as_deref(), Some(&map("a", 1)));
    send(&feed, "MODIFIED", "a", 13);
    reached(&informer, "13").await;
    assert!(informer.status().reflector.poisoned.is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_event_without_a_name_is_no_progress() {
    let nameless = nameless().map(|object| Ok(event("ADDED", &object)));
    let script = Script::new()
        .expect("list rv=0 limit=500", ok(list(10, &[])))
        .expect("watch rv=10", Reply::Body(nameless.to_vec()))
        .expect("list rv=10", ok(list(11, &[])))
        .expect("watch rv=11", hang());
    let told = run(&script, ReflectorOptions::default()).await;
    assert_eq!(told, ["replace [] at 10", "replace [] at 11"]);
    assert!(script.times()[2] >= 800, "{:?}", script.times());
}
