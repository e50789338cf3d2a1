//! Handlers, indexes, waiting: what an informer does besides its numbered promises.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use futures_util::FutureExt;
use k8s_openapi::api::core::v1::ConfigMap;
use kubist::Error;
use kubist::error::ErrorKind;
use kubist::informer::{Backlog, Change};
use kubist::resource::IndexDefinition;
use serde_json::json;
use tokio::time::{sleep, timeout};

use crate::support::record::{Gate, Record, eventually, line};
use crate::support::script::{Reply, Script};
use crate::support::{BY_COLOR, INDEXES, body, bookmark, map, refused};

use crate::support::informer::{Informer, reached, send, serving, start};

#[tokio::test(start_paused = true)]
async fn removing_a_handler_ends_it_alone() {
    let (informer, feed) = serving(&[]).await;
    let (gone, stays) = (Record::default(), Record::default());
    let registration = informer.on(gone.handler());
    informer.on(stays.handler());
    registration.remove();
    registration.remove();
    send(&feed, "ADDED", "a", 11);
    assert_eq!(stays.take(1).await.len(), 1);
    assert!(gone.lines().is_empty());
    assert_eq!(informer.status().handlers, 1);
    assert_eq!(registration.synced().await.unwrap_err().kind(), ErrorKind::Stopped);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handler_that_was_removed_is_not_inside_a_call_any_more() {
    let (informer, _feed) = serving(&[body("a", 1), body("b", 2)]).await;
    let gate = Gate::default();
    let registration = informer.on(gate.handler());
    gate.entered().await;
    let mut removed = pin!(registration.removed());
    assert!(removed.as_mut().now_or_never().is_none(), "the call still runs");
    assert_eq!(informer.status().handlers, 0);
    gate.open();
    removed.await;
    assert_eq!(gate.calls(), (1, 1));
    registration.removed().await;
}

#[tokio::test(start_paused = true)]
async fn a_handler_stays_when_its_registration_is_dropped_and_may_remove_itself() {
    let (informer, feed) = serving(&[]).await;
    let record = Record::default();
    let (give, take) = mpsc::channel::<kubist::informer::Registration<ConfigMap>>();
    let registration = informer.on({
        let record = record.clone();
        move |change| {
            record.write(line(&change));
            if let Ok(own) = take.try_recv() {
                own.remove();
            }
        }
    });
    drop(informer.on(record.handler()));
    give.send(registration).unwrap();
    send(&feed, "ADDED", "a", 11);
    assert_eq!(record.take(2).await.len(), 2);
    send(&feed, "ADDED", "b", 12);
    reached(&informer, "12").await;
    sleep(Duration::from_secs(1)).await;
    assert_eq!(record.lines(), ["added shop/b (v12)"]);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_is_refused_before_it_is_sent_is_told_by_synced() {
    let refusal = Error::invalid("namespace must not be empty");
    let script = Script::new().expect("list rv=0 limit=500", Reply::Refuse(refusal));
    let informer = start(&script);
    let late = informer.on(|_| ());
    assert!(informer.synced().await.unwrap_err().is_invalid());
    assert!(late.synced().await.unwrap_err().is_invalid());
    assert!(informer.lister().at_least("1").await.is_err());
}

#[tokio::test(start_paused = true)]
async fn two_indexes_of_one_name_are_told_by_synced() {
    let script = Script::new();
    let twice: Vec<IndexDefinition<ConfigMap>> = INDEXES.iter().chain(INDEXES).copied().collect();
    let informer = Informer::builder(script.clone()).indexes(&twice).start();
    let error = informer.synced().await.unwrap_err();
    assert_eq!(error.to_string(), "two indexes are named \"color\"");
    assert!(script.asked().is_empty());
}

#[tokio::test(start_paused = true)]
async fn waiting_too_long_for_the_first_list_says_what_went_wrong_last() {
    let refuse = || Reply::Refuse(refused(403, "Forbidden"));
    let script =
        Script::new().expect("list rv=0 limit=500", refuse()).expect("list rv=0 limit=500", refuse());
    let informer = start(&script);
    let error = informer.synced_within(Duration::from_secs(5)).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(
        format!("{error:#}"),
        "configmaps in \"shop\" not synced within 5s: list configmaps in \"shop\": answer 403"
    );
    assert!(informer.status().reflector.last_error.unwrap().is_forbidden());
}

#[tokio::test(start_paused = true)]
async fn read_your_writes_waits_for_events_and_bookmarks_and_no_longer_than_asked() {
    let (informer, feed) = serving(&[]).await;
    let lister = informer.lister();
    lister.at_least("10").await.unwrap();
    let written = map("a", 12);
    let soon = lister.at_least_within(&written, Duration::from_secs(1)).await.unwrap_err();
    assert!(soon.is_timeout());
    send(&feed, "ADDED", "a", 12);
    lister.at_least(&written).await.unwrap();
    assert!(lister.namespace("shop").get("a").is_some());
    feed.send(bookmark(20)).unwrap();
    lister.at_least("20").await.unwrap();
    assert!(lister.at_least("").await.unwrap_err().is_invalid());
}

#[tokio::test(start_paused = true)]
async fn read_your_writes_waits_longer_than_the_server_between_two_bookmarks() {
    let (informer, feed) = serving(&[]).await;
    // Nothing that the informer lists has changed, so that only a bookmark can tell.
    let bookmarks = async {
        sleep(Duration::from_secs(75)).await;
        feed.send(bookmark(20)).unwrap();
    };
    let lister = informer.lister();
    let (reached, ()) = tokio::join!(lister.at_least("20"), bookmarks);
    reached.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_index_finds_objects_by_value() {
    let (informer, feed) = serving(&[body("a", 1), body("b", 2), body("c", 4)]).await;
    let lister = informer.lister();
    assert_eq!(lister.by(BY_COLOR, "red").len(), 2);
    send(&feed, "MODIFIED", "b", 11);
    reached(&informer, "11").await;
    let red = lister.by(BY_COLOR, "red");
    assert_eq!((red.len(), &*red[0]), (1, &map("c", 4)));
    let keys = lister.store().index_keys(BY_COLOR).unwrap();
    assert_eq!(keys.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_transform_changes_what_is_kept() {
    let (script, feed) = Script::serving(10, &[body("a", 1)]);
    let informer = Informer::builder(script)
        .transform(|map| {
            if map.metadata.name.as_deref() == Some("no") {
                return Err(Error::invalid("not wanted"));
            }
            map.data = None;
            Ok(())
        })
        .start();
    send(&feed, "ADDED", "b", 11);
    send(&feed, "ADDED", "no", 12);
    send(&feed, "ADDED", "c", 13);
    reached(&informer, "13").await;
    let maps = informer.lister().list();
    assert_eq!(maps.len(), 3);
    assert!(maps.iter().all(|map| map.data.is_none()));
    assert_eq!(informer.status().reflector.poisoned.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_an_index_ends_the_informer_with_an_error() {
    let (script, _feed) = Script::serving(10, &[body("a", 1)]);
    let broken = [IndexDefinition::<ConfigMap>::new("broken", |_, _| panic!("on purpose"))];
    let informer = Informer::builder(script).indexes(&broken).start();
    let error = timeout(Duration::from_secs(60), informer.synced()).await.unwrap();
    assert_eq!(error.unwrap_err().to_string(), "informer ended by a panic");
}

/// The version of each object as a handler knows it.
#[derive(Default)]
struct Told {
    versions: HashMap<String, String>,
    changes: usize,
}

impl Told {
    fn tell(&mut self, change: &Change<ConfigMap>) {
        let version = change.object().metadata.resource_version.clone().expect("the server sets it");
        self.versions.insert(change.key().name().to_owned(), version);
        self.changes += 1;
    }
}

#[tokio::test(start_paused = true)]
async fn many_objects_arrive_through_a_small_backlog() {
    let items: Vec<_> = (0..3000).map(|n| body(&format!("m{n}"), n + 1)).collect();
    let (script, feed) = Script::serving(5000, &items);
    let informer = start(&script);
    let told = Arc::<Mutex<Told>>::default();
    let registration = informer.on_with(Backlog::KeepAll { limit: 10 }, {
        let told = Arc::clone(&told);
        move |change: Change<ConfigMap>| told.lock().unwrap().tell(&change)
    });
    registration.synced().await.unwrap();
    assert_eq!(told.lock().unwrap().versions.len(), 3000);
    for n in 0..30_000_u64 {
        send(&feed, "MODIFIED", &format!("m{}", n % 50), 5001 + n);
    }
    reached(&informer, "35000").await;
    eventually(&informer, |_| registration.backlog() == 0).await;
    registration.removed().await;
    let told = told.lock().unwrap();
    for n in 0..3000_u64 {
        let last = if n < 50 { 34_951 + n } else { n + 1 };
        assert_eq!(told.versions[&format!("m{n}")], last.to_string());
    }
    assert!(told.changes < 3000 + 30_000, "nothing was merged");
    assert_eq!(informer.lister().len(), 3000);
}

#[tokio::test(start_paused = true)]
async fn nothing_that_is_printed_shows_a_body() {
    let mut secret = body("a", 1);
    secret["data"]["password"] = json!("hunter2");
    let (informer, _feed) = serving(&[secret]).await;
    let record = Record::default();
    let registration = informer.on({
        let record = record.clone();
        move |change: Change<ConfigMap>| record.write(format!("{change:?}"))
    });
    registration.synced().await.unwrap();
    assert_eq!(record.lines(), ["Change(added shop/a (v1), initial)"]);
    let lister = informer.lister();
    let printed = format!("{informer:?} {registration:?} {lister:?} {:?}", lister.namespace("shop"));
    assert!(!printed.contains("hunter2"), "{printed}");
}
