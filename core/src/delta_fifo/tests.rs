//! Rules 1 to 14 of client-go's DeltaFIFO.

use std::sync::Arc;

use k8s_openapi::api::core::v1::ConfigMap;

use crate::delta_fifo::model::Known;
use crate::delta_fifo::queue::Queue;
use crate::delta_fifo::{Delta, DeltaFifo, Deltas, Popped};
use crate::error::Error;
use crate::reflector::Sink;
use crate::resource::{ObjectKey, Stored};
use crate::store::KnownObjects;

fn map(name: &str, version: u64) -> ConfigMap {
    let mut map = ConfigMap::default();
    map.metadata.name = Some(name.to_owned());
    map.metadata.resource_version = Some(version.to_string());
    map
}

fn key(name: &str) -> ObjectKey {
    ObjectKey::new(None, name)
}

impl Known<ConfigMap> {
    fn with(objects: &[(&str, u64)]) -> Self {
        let known = Self::default();
        for (name, version) in objects {
            known.put(map(name, *version));
        }
        known
    }

    fn put(&self, map: ConfigMap) {
        self.0.lock().unwrap().insert(map.stored_key(), Arc::new(map));
    }
}

type Fifo = DeltaFifo<ConfigMap>;

fn told(deltas: &Deltas<ConfigMap>) -> String {
    let told = deltas.iter().map(|delta| {
        let version = delta.object().and_then(|map| map.metadata.resource_version.as_deref());
        format!("{delta}@{}", version.unwrap_or("?"))
    });
    told.collect::<Vec<_>>().join(" ")
}

fn describe(popped: Popped<ConfigMap>) -> String {
    format!("{}: {}", popped.key, told(&popped.deltas))
}

/// Everything that waits, in order.
async fn drain(fifo: &Fifo) -> Vec<String> {
    let mut all = Vec::new();
    while !fifo.is_empty() {
        all.extend(fifo.pop(describe).await);
    }
    all
}

#[tokio::test]
async fn rule_1_actions_on_a_key_gather_in_one_place() {
    let fifo = Fifo::new();
    fifo.add(map("a", 1)).unwrap();
    fifo.add(map("b", 2)).unwrap();
    fifo.update(map("a", 3)).unwrap();
    fifo.delete(map("a", 4)).unwrap();
    assert_eq!(drain(&fifo).await, ["a: Added@1 Updated@3 Deleted@4", "b: Added@2"]);
}

#[tokio::test]
async fn rule_2_a_list_after_a_deletion_adds_no_second_one() {
    let fifo = Fifo::new();
    fifo.add(map("a", 1)).unwrap();
    fifo.delete(map("a", 2)).unwrap();
    fifo.replace(Vec::new(), "3").unwrap();
    assert_eq!(drain(&fifo).await, ["a: Added@1 Deleted@2"]);
}

#[tokio::test]
async fn rule_3_deleting_what_nobody_knows_is_dropped_but_populates() {
    let alone = Fifo::new();
    alone.delete(map("a", 1)).unwrap();
    assert!(alone.is_empty() && alone.has_synced());
    let fifo = Fifo::new().known_objects(Known::with(&[("a", 1)]));
    fifo.delete(map("a", 2)).unwrap();
    fifo.delete(map("b", 3)).unwrap();
    assert_eq!(drain(&fifo).await, ["a: Deleted@2"]);
}

#[tokio::test]
async fn rule_4_a_list_emits_sync_or_replaced() {
    for (fifo, name) in [(Fifo::new(), "Sync"), (Fifo::new().emit_replaced(), "Replaced")] {
        fifo.replace(vec![map("a", 1)], "5").unwrap();
        assert_eq!(drain(&fifo).await, [format!("a: {name}@1")]);
    }
}

#[tokio::test]
async fn rule_5_what_is_queued_and_not_listed_is_gone() {
    let fifo = Fifo::new();
    fifo.add(map("a", 1)).unwrap();
    fifo.add(map("b", 2)).unwrap();
    fifo.update(map("b", 3)).unwrap();
    fifo.replace(vec![map("a", 4)], "5").unwrap();
    let b = "b: Added@2 Updated@3 Deleted(final state unknown)@3";
    assert_eq!(drain(&fifo).await, ["a: Added@1 Sync@4", b]);
}

#[tokio::test]
async fn rule_5_a_tombstone_is_never_inside_of_another() {
    let fifo = Fifo::new();
    fifo.add(map("a", 1)).unwrap();
    fifo.replace(Vec::new(), "5").unwrap();
    fifo.replace(Vec::new(), "6").unwrap();
    assert_eq!(drain(&fifo).await, ["a: Added@1 Deleted(final state unknown)@1"]);
}

#[tokio::test]
async fn rule_6_what_is_known_and_not_listed_is_gone() {
    let fifo = Fifo::new().known_objects(Known::with(&[("a", 1), ("b", 2), ("c", 3)]));
    fifo.update(map("b", 9)).unwrap();
    fifo.replace(vec![map("c", 3)], "10").unwrap();
    assert_eq!(
        drain(&fifo).await,
        ["b: Updated@9 Deleted(final state unknown)@9", "c: Sync@3", "a: Deleted(final state unknown)@1",]
    );
}

#[tokio::test]
async fn rule_6_the_object_of_a_tombstone_may_be_missing() {
    struct Forgetful;
    impl KnownObjects<ConfigMap> for Forgetful {
        fn get(&self, _: &ObjectKey) -> Option<Arc<ConfigMap>> {
            None
        }

        fn keys(&self) -> Vec<ObjectKey> {
            vec![key("a")]
        }
    }
    let fifo = Fifo::new().known_objects(Forgetful);
    fifo.replace(Vec::new(), "1").unwrap();
    assert_eq!(drain(&fifo).await, ["a: Deleted(final state unknown)@?"]);
}

#[tokio::test]
async fn rule_7_and_8_it_has_synced_when_the_first_list_is_out() {
    let fifo = Fifo::new().known_objects(Known::with(&[("gone", 1)]));
    assert!(!fifo.has_synced());
    fifo.replace(vec![map("a", 2), map("b", 3), map("a", 2)], "4").unwrap();
    for left in [2, 1, 0] {
        assert!(!fifo.has_synced());
        assert_eq!(fifo.pop(|popped| popped.initial).await, Some(true));
        assert_eq!(fifo.has_synced(), left == 0);
    }
    fifo.add(map("c", 5)).unwrap();
    assert_eq!(fifo.pop(|popped| popped.initial).await, Some(false));
}

#[tokio::test]
async fn rule_7_what_came_before_the_list_counts_as_synced() {
    let fifo = Fifo::new();
    fifo.add(map("a", 1)).unwrap();
    assert!(fifo.has_synced());
    fifo.replace(vec![map("a", 1), map("b", 2)], "3").unwrap();
    assert!(fifo.has_synced());
    let empty = Fifo::new();
    empty.replace(Vec::new(), "3").unwrap();
    assert!(empty.has_synced());
}

#[tokio::test]
async fn rule_9_a_resync_tells_of_what_is_known_and_does_not_wait() {
    let known = Known::with(&[("a", 1), ("b", 2)]);
    let fifo = Fifo::new().known_objects(known.clone());
    fifo.update(map("a", 5)).unwrap();
    fifo.resync();
    assert_eq!(drain(&fifo).await, ["a: Updated@5", "b: Sync@2"]);
    let alone = Fifo::new();
    alone.resync();
    assert!(alone.is_empty() && !alone.has_synced());
}

#[tokio::test]
async fn rule_10_an_update_does_not_jump_the_line() {
    let fifo = Fifo::new();
    for name in ["a", "b", "c"] {
        fifo.add(map(name, 1)).unwrap();
    }
    fifo.update(map("c", 2)).unwrap();
    fifo.update(map("a", 3)).unwrap();
    let first = fifo.pop(|popped| popped.key).await;
    assert_eq!(first, Some(key("a")));
    fifo.add(map("a", 4)).unwrap();
    assert_eq!(drain(&fifo).await, ["b: Added@1", "c: Added@1 Updated@2", "a: Added@4"]);
}

#[tokio::test]
async fn rule_10_pop_waits_for_something_to_come() {
    let fifo = Fifo::new();
    let pop = fifo.pop(describe);
    let add = async {
        tokio::task::yield_now().await;
        fifo.add(map("a", 1)).unwrap();
    };
    let (popped, ()) = tokio::join!(pop, add);
    assert_eq!(popped.as_deref(), Some("a: Added@1"));
}

#[tokio::test]
async fn rule_10_a_list_right_after_a_pop_knows_what_the_consumer_has() {
    let known = Known::default();
    let fifo = Fifo::new().known_objects(known.clone());
    fifo.add(map("a", 1)).unwrap();
    fifo.pop(|popped| {
        let object = popped.deltas.newest().and_then(Delta::object).unwrap();
        known.put((**object).clone());
    })
    .await;
    fifo.replace(Vec::new(), "2").unwrap();
    assert_eq!(drain(&fifo).await, ["a: Deleted(final state unknown)@1"]);
}

#[tokio::test]
async fn rule_11_closing_wakes_all_who_wait_and_lets_the_rest_be_taken() {
    let fifo = Fifo::new();
    let close = async {
        tokio::task::yield_now().await;
        fifo.close();
    };
    let (one, two, ()) = tokio::join!(fifo.pop(describe), fifo.pop(describe), close);
    assert_eq!((one, two), (None, None));
    fifo.add(map("a", 1)).unwrap();
    assert_eq!(fifo.pop(describe).await.as_deref(), Some("a: Added@1"));
    assert_eq!(fifo.pop(describe).await, None);
}

#[tokio::test]
async fn rule_12_a_transform_sees_lists_and_events_but_no_resync() {
    let known = Known::with(&[("r", 1)]);
    let fifo = Fifo::new().known_objects(known).transform(|map| {
        if map.metadata.name.as_deref() == Some("bad") {
            return Err(Error::invalid("no"));
        }
        map.metadata.resource_version = Some("T".to_owned());
        Ok(())
    });
    fifo.resync();
    fifo.add(map("a", 1)).unwrap();
    fifo.update(map("a", 2)).unwrap();
    fifo.delete(map("a", 3)).unwrap();
    assert!(fifo.add(map("bad", 4)).is_err());
    assert!(fifo.replace(vec![map("r", 1), map("bad", 4)], "5").is_err());
    fifo.replace(vec![map("b", 5), map("r", 1)], "5").unwrap();
    assert_eq!(drain(&fifo).await, ["r: Sync@1 Sync@T", "a: Added@T Updated@T Deleted@T", "b: Sync@T"]);
}

#[tokio::test]
async fn rule_13_an_object_without_a_name_has_no_place() {
    let fifo = Fifo::new();
    assert!(fifo.add(ConfigMap::default()).unwrap_err().is_invalid());
    assert!(fifo.is_empty() && !fifo.has_synced());
}

#[tokio::test]
async fn what_the_queue_knows_is_the_newest_of_what_waits_and_what_is_known() {
    let fifo = Fifo::new().known_objects(Known::with(&[("a", 1), ("b", 2), ("c", 3)]));
    fifo.update(map("b", 5)).unwrap();
    fifo.delete(map("c", 6)).unwrap();
    let version =
        |name: &str| Sink::known(&fifo, &key(name)).map(|map| map.metadata.resource_version.clone().unwrap());
    let versions = ["a", "b", "c", "d"].map(version);
    assert_eq!(versions.map(Option::unwrap_or_default), ["1", "5", "", ""]);
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_holds_the_reflector_until_something_is_taken() {
    let fifo = Fifo::new();
    for version in 0..crate::delta_fifo::DELTAS_MAX as u64 {
        fifo.update(map(&format!("m{}", version % 2), version)).unwrap();
    }
    let ready = Sink::ready(&fifo);
    let take = async {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        fifo.pop(|_| ()).await
    };
    let started = tokio::time::Instant::now();
    tokio::join!(ready, take);
    assert_eq!(started.elapsed().as_secs(), 1);
}

#[test]
fn the_version_of_a_pop_covers_everything_that_came_before_the_next_key() {
    let mut queue = Queue::<u64>::default();
    let push = |queue: &mut Queue<u64>, name: &str, version: u64| {
        queue.push(key(name), Delta::Updated(Arc::new(version)));
        queue.advance(&version.to_string());
    };
    push(&mut queue, "a", 1);
    push(&mut queue, "b", 2);
    push(&mut queue, "a", 3);
    push(&mut queue, "c", 4);
    queue.advance("9");
    let mut versions = Vec::new();
    while let Some(head) = queue.pop() {
        versions.push(head.version.map(|version| version.to_string()));
    }
    // After a (1 and 3) only 1 is certain, since 2 waits still.
    assert_eq!(versions, [Some("1".into()), Some("3".into()), Some("9".into())]);
}
