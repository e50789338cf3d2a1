//! The numbered promises of `kubist::informer`, one test each and more.

use std::pin::pin;
use std::sync::{Arc, mpsc};

use futures_util::FutureExt;
use k8s_openapi::api::core::v1::ConfigMap;
use kubist::error::ErrorKind;
use kubist::informer::{Backlog, Change};

use crate::support::record::{Gate, Record};
use crate::support::script::{Reply, Script};
use crate::support::{bad, body, event, list, map, status};

use crate::support::informer::{reached, send, serving, start};
#[tokio::test(start_paused = true)]
async fn promise_1_the_cache_becomes_what_the_server_has() {
    let (informer, feed) = serving(&[body("a", 1), body("b", 2)]).await;
    send(&feed, "MODIFIED", "a", 11);
    send(&feed, "DELETED", "b", 12);
    send(&feed, "ADDED", "c", 13);
    reached(&informer, "13").await;
    let shop = informer.lister();
    let shop = shop.namespace("shop");
    assert_eq!(shop.get("a").unwrap().metadata.resource_version.as_deref(), Some("11"));
    assert!(shop.get("b").is_none() && shop.get("c").is_some());
    assert_eq!((shop.list().len(), informer.lister().len()), (2, 2));
    assert!(informer.lister().namespace("other").list().is_empty());
}

#[tokio::test(start_paused = true)]
async fn promise_1_an_event_that_is_older_than_the_cache_is_dropped() {
    let (informer, feed) = serving(&[body("a", 5)]).await;
    send(&feed, "MODIFIED", "a", 4);
    send(&feed, "MODIFIED", "a", 5);
    send(&feed, "ADDED", "b", 11);
    reached(&informer, "11").await;
    assert_eq!(*informer.lister().namespace("shop").get("a").unwrap(), map("a", 5));
    assert_eq!(informer.status().stale_events, 1);
}

#[tokio::test(start_paused = true)]
async fn promise_2_the_cache_has_a_change_before_its_handler_is_told() {
    let (informer, feed) = serving(&[]).await;
    let (lister, record) = (informer.lister(), Record::default());
    informer.on({
        let record = record.clone();
        move |change| {
            let cached = lister.namespace("shop").get(change.key().name());
            let ahead = cached.is_some_and(|cached| Arc::ptr_eq(&cached, change.object()));
            record.write(format!("{change} {ahead}"));
        }
    });
    send(&feed, "ADDED", "a", 11);
    assert_eq!(record.take(1).await, ["added shop/a (v11) true"]);
    send(&feed, "MODIFIED", "a", 12);
    assert_eq!(record.take(1).await, ["updated shop/a (v11 -> v12) true"]);
}

#[tokio::test(start_paused = true)]
async fn promise_3_changes_of_one_object_come_in_order() {
    let (informer, feed) = serving(&[]).await;
    let record = Record::default();
    informer.on(record.handler());
    send(&feed, "ADDED", "a", 11);
    send(&feed, "MODIFIED", "a", 12);
    send(&feed, "DELETED", "a", 13);
    send(&feed, "ADDED", "a#second", 14);
    assert_eq!(
        record.take(4).await,
        ["added shop/a (v11)", "updated shop/a (v11 -> v12)", "deleted shop/a (v13)", "added shop/a (v14)"]
    );
}

#[tokio::test(start_paused = true)]
async fn promise_4_made_again_between_two_looks_is_deleted_then_added() {
    let (informer, feed) = serving(&[body("a", 5)]).await;
    let record = Record::default();
    informer.on(record.handler()).synced().await.unwrap();
    send(&feed, "MODIFIED", "a#second", 11);
    assert_eq!(
        record.take(3).await,
        ["initially added shop/a (v5)", "deleted shop/a (v5, final state unknown)", "added shop/a (v11)"]
    );
}

#[tokio::test(start_paused = true)]
async fn promise_5_a_late_handler_is_told_of_everything_once() {
    let (informer, feed) = serving(&[body("a", 1), body("b", 2)]).await;
    send(&feed, "ADDED", "c", 11);
    reached(&informer, "11").await;
    let record = Record::default();
    // What is on its way when the handler is added is told once: in the replay or after it.
    send(&feed, "ADDED", "d", 12);
    let registration = informer.on(record.handler());
    registration.synced().await.unwrap();
    send(&feed, "MODIFIED", "a", 13);
    let mut told = record.take(5).await;
    assert_eq!(told.pop().as_deref(), Some("updated shop/a (v1 -> v13)"));
    told.sort();
    assert_eq!(
        told[1..],
        ["initially added shop/a (v1)", "initially added shop/b (v2)", "initially added shop/c (v11)"]
    );
    assert_eq!(told[0], "added shop/d (v12)");
}

#[tokio::test(start_paused = true)]
async fn promise_6_a_second_list_tells_the_difference() {
    let ended = vec![Ok(event("ERROR", &status(410, "Expired")))];
    let second = [body("a", 1), body("b", 12), body("d#second", 13), body("e", 14)];
    let first = [body("a", 1), body("b", 2), body("c", 3), body("d", 4)];
    let script = Script::new()
        .expect("list rv=0 limit=500", Reply::Body(vec![Ok(list(10, &first))]))
        .expect("watch rv=10", Reply::Body(ended))
        .expect("list rv=10", Reply::Body(vec![Ok(list(20, &second))]))
        .expect("watch rv=20", Reply::Hang(Vec::new()));
    let informer = start(&script);
    let record = Record::default();
    informer.on(record.handler()).synced().await.unwrap();
    let unchanged = informer.lister().namespace("shop").get("a").unwrap();
    record.take(4).await;
    reached(&informer, "20").await;
    let mut told = record.take(5).await;
    told.sort();
    assert_eq!(
        told,
        [
            "added shop/d (v13)",
            "added shop/e (v14)",
            "deleted shop/c (v3, final state unknown)",
            "deleted shop/d (v4, final state unknown)",
            "updated shop/b (v2 -> v12)",
        ]
    );
    let still = informer.lister().namespace("shop").get("a").unwrap();
    assert!(Arc::ptr_eq(&unchanged, &still), "not decoded again");
    script.done().await;
    assert_eq!(record.lines(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn promise_7_a_slow_handler_holds_nobody_and_its_backlog_merges_past_the_limit() {
    let (informer, feed) = serving(&[]).await;
    let quick = Record::default();
    informer.on(quick.handler());
    let (first, merged) = (Record::default(), Record::default());
    let one = informer.on_with(Backlog::KeepAll { limit: 2 }, first.handler());
    let all = informer.on_with(Backlog::Coalesce, merged.handler());
    // On this single thread no handler runs before all of this is in the backlogs.
    let events = [
        ("ADDED", "a", 11),
        ("MODIFIED", "a", 12),
        ("MODIFIED", "a", 13),
        ("MODIFIED", "a", 14),
        ("ADDED", "b", 15),
        ("DELETED", "b", 16),
        ("DELETED", "a", 17),
        ("ADDED", "a#second", 18),
        ("MODIFIED", "a#second", 19),
    ];
    for (kind, name, version) in events {
        send(&feed, kind, name, version);
    }
    assert_eq!(quick.take(9).await.len(), 9);
    assert_eq!(
        first.take(4).await,
        ["added shop/a (v11)", "updated shop/a (v11 -> v12)", "deleted shop/a (v17)", "added shop/a (v19)"]
    );
    assert_eq!(merged.take(1).await, ["added shop/a (v19)"]);
    assert_eq!((one.backlog(), all.backlog()), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn promise_7_a_stuck_handler_does_not_hold_the_others() {
    let (script, feed) = Script::serving(10, &[body("a", 1)]);
    let informer = start(&script);
    let (release, released) = mpsc::channel::<()>();
    let stuck = informer.on(move |_: Change<ConfigMap>| {
        let _ = released.recv();
    });
    let quick = Record::default();
    informer.on(quick.handler());
    send(&feed, "ADDED", "b", 11);
    assert_eq!(quick.take(2).await[1], "added shop/b (v11)");
    assert!(!stuck.has_synced());
    drop(release);
    stuck.synced().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn promise_8_a_panic_is_counted_and_the_next_change_told() {
    let (informer, feed) = serving(&[body("a", 1)]).await;
    let record = Record::default();
    let registration = informer.on({
        let record = record.clone();
        move |change: Change<ConfigMap>| {
            assert_ne!(change.key().name(), "a", "on purpose");
            record.write(change.to_string());
        }
    });
    registration.synced().await.unwrap();
    send(&feed, "ADDED", "b", 11);
    assert_eq!(record.take(1).await, ["added shop/b (v11)"]);
    assert_eq!(informer.status().handler_panics, 1);
}

#[tokio::test(start_paused = true)]
async fn promise_9_synced_means_told() {
    let (script, _feed) = Script::serving(10, &[body("a", 1), body("b", 2)]);
    let informer = start(&script);
    let record = Record::default();
    let registration = informer.on(record.handler());
    assert!(!informer.has_synced() && !registration.has_synced());
    registration.synced().await.unwrap();
    assert!(informer.has_synced() && registration.has_synced());
    let mut told = record.lines();
    told.sort();
    assert_eq!(told, ["initially added shop/a (v1)", "initially added shop/b (v2)"]);
}

#[tokio::test(start_paused = true)]
async fn promise_9_an_empty_list_is_synced_too() {
    let (informer, _feed) = serving(&[]).await;
    informer.on(|_| ()).synced().await.unwrap();
    assert_eq!(informer.lister().store().resource_version().as_deref(), Some("10"));
}

#[tokio::test(start_paused = true)]
async fn promise_10_the_last_handle_frees_the_objects_though_a_lister_remains() {
    let (informer, feed) = serving(&[body("a", 1)]).await;
    let record = Record::default();
    let registration = informer.on(record.handler());
    registration.synced().await.unwrap();
    let lister = informer.lister();
    let object = Arc::downgrade(&lister.namespace("shop").get("a").unwrap());
    let second = informer.clone();
    drop(informer);
    send(&feed, "ADDED", "b", 11);
    lister.at_least("11").await.unwrap();
    drop(second);
    // The task is gone when its end of the watch is.
    feed.closed().await;
    assert!(registration.synced().await.is_err());
    assert!(object.upgrade().is_none());
    assert_eq!(lister.len(), 0);
    for version in ["10", "12"] {
        assert_eq!(lister.at_least(version).await.unwrap_err().kind(), ErrorKind::Stopped, "{version}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn promise_10_after_stop_no_handler_runs_and_a_new_one_is_told_why() {
    let items: Vec<_> = (0..2000).map(|n| body(&format!("m{n}"), n + 1)).collect();
    let (script, feed) = Script::serving(5000, &items);
    let informer = start(&script);
    informer.synced().await.unwrap();
    let gate = Gate::default();
    let registration = informer.on(gate.handler());
    gate.entered().await;
    assert_eq!(registration.backlog(), 1999, "more than the limit of a backlog");
    let object = Arc::downgrade(&informer.lister().namespace("shop").get("m7").unwrap());
    let mut stop = pin!(informer.stop());
    assert!(stop.as_mut().now_or_never().is_none());
    feed.closed().await;
    assert!(stop.as_mut().now_or_never().is_none(), "a call still runs");
    gate.open();
    stop.await;
    assert_eq!(gate.calls(), (1, 1));
    assert!(!gate.has_handler(), "it could be called again");
    assert!(object.upgrade().is_none());
    informer.stop().await;
    let late = informer.on(|_| panic!("must not be called"));
    let error = late.synced().await.unwrap_err();
    assert_eq!(error.to_string(), "informer was stopped");
    assert_eq!(informer.synced().await.unwrap_err().kind(), ErrorKind::Stopped);
    assert!(!informer.has_synced() && informer.status().stopped.is_some());
    late.removed().await;
}

#[tokio::test(start_paused = true)]
async fn promise_11_one_bad_object_harms_only_itself_and_is_healed() {
    let (informer, feed) = serving(&[body("a", 1), bad("x", 2)]).await;
    assert_eq!(informer.lister().len(), 1);
    let record = Record::default();
    informer.on(record.handler());
    feed.send(event("MODIFIED", &bad("a", 11))).unwrap();
    send(&feed, "ADDED", "b", 12);
    assert_eq!(record.take(2).await, ["initially added shop/a (v1)", "added shop/b (v12)"]);
    let poisoned = informer.status().reflector.poisoned;
    let named: Vec<String> = poisoned
        .iter()
        .map(|(key, poison)| format!("{key}@{} {}", poison.resource_version, poison.error))
        .collect();
    assert!(
        named[0].starts_with("shop/a@11 object cannot be decoded: a value does not fit, expected a map"),
        "{named:?}"
    );
    assert!(named[1].starts_with("shop/x@2 "), "{named:?}");
    assert!(!format!("{named:?}").contains("hunter2"));
    send(&feed, "MODIFIED", "a", 13);
    feed.send(event("DELETED", &bad("x", 14))).unwrap();
    send(&feed, "DELETED", "b", 15);
    reached(&informer, "15").await;
    assert!(informer.status().reflector.poisoned.is_empty());
    assert_eq!(record.take(2).await[0], "updated shop/a (v1 -> v13)");
}

#[tokio::test(start_paused = true)]
async fn promise_11_a_deletion_that_cannot_be_read_is_a_deletion() {
    let (informer, feed) = serving(&[body("a", 1)]).await;
    let record = Record::default();
    informer.on(record.handler()).synced().await.unwrap();
    feed.send(event("DELETED", &bad("a", 11))).unwrap();
    assert_eq!(record.take(2).await[1], "deleted shop/a (v1, final state unknown)");
}
