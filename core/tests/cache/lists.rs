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
use kubist::watch::{ListRequest, ListWatch, WatchRequest};

use crate::support::record::Notes;
use crate::support::script::{Reply, Script};
use crate::support::{body, list, page, refused};

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
