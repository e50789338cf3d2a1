//! The store by itself, and the pieces of an informer put together by hand.

use std::sync::Arc;
use std::time::Duration;

use k8s_openapi::api::core::v1::{ConfigMap, Namespace};
use kubist::delta_fifo::{Delta, DeltaFifo};
use kubist::error::ErrorKind;
use kubist::informer::{Registration, SharedInformer};
use kubist::lister::Lister;
use kubist::reflector::Reflector;
use kubist::resource::{Index, ObjectMeta};
use kubist::schema::STRING_KEY;
use kubist::store::{Store, StoreWriter};

use crate::support::script::Script;
use crate::support::{BY_COLOR, INDEXES, body, event, map};

#[tokio::test(start_paused = true)]
async fn a_reflector_a_queue_and_a_store_can_be_put_together_by_hand() {
    let (script, feed) = Script::serving(10, &[body("a", 1), body("b", 2)]);
    let mut writer = StoreWriter::new(INDEXES.to_vec()).unwrap();
    let store = writer.store();
    let fifo = Arc::new(DeltaFifo::new().known_objects(writer.store()));
    let reflector = Reflector::new(script, Arc::clone(&fifo));
    feed.send(event("DELETED", &body("a", 11))).unwrap();
    let consume = async {
        while store.get(Some("shop"), "a").is_some() || store.get(Some("shop"), "b").is_none() {
            fifo.pop(|popped| {
                for delta in popped.deltas {
                    match delta {
                        Delta::Deleted(_) => drop(writer.remove(&popped.key)),
                        delta => drop(delta.object().cloned().map(|map| writer.insert(map))),
                    }
                }
            })
            .await;
        }
    };
    reflector.run_until(consume).await.unwrap();
    assert_eq!(store.list(), [Arc::new(map("b", 2))]);
    assert_eq!(store.by(BY_COLOR, "red").len(), 1);
}

#[test]
fn a_list_takes_the_place_of_everything() {
    let mut writer = StoreWriter::new(INDEXES.to_vec()).unwrap();
    let store = writer.store();
    let objects = ["a", "b"].map(|name| Arc::new(map(name, 1)));
    assert!(writer.replace(objects.to_vec(), "5").is_empty());
    let out = writer.replace(vec![Arc::new(map("b", 2)), Arc::new(map("c", 2))], "6");
    assert_eq!(out.len(), 2, "a is gone, and the old b");
    assert!(store.get(Some("shop"), "a").is_none());
    assert_eq!((store.len(), store.by(BY_COLOR, "red").len()), (2, 2));
    assert_eq!(store.resource_version().as_deref(), Some("6"));
}

#[test]
fn an_index_that_is_not_there_is_a_mistake_that_is_told() {
    let writer = StoreWriter::<ConfigMap>::default();
    let index = Index::<ConfigMap, STRING_KEY>::new("size");
    let error = writer.store().try_by(index, "big").unwrap_err();
    assert!(error.is_invalid() && error.to_string().contains("\"size\""));
    let panic = std::panic::catch_unwind(|| Lister::new(writer.store()).by(index, "big"));
    assert!(panic.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_version_that_is_no_number_is_waited_for_by_name() {
    let mut writer = StoreWriter::<ConfigMap>::default();
    let store = writer.store();
    writer.set_resource_version("x");
    store.at_least("x").await.unwrap();
    let limit = Duration::from_secs(1);
    assert!(store.at_least_within("y", limit).await.unwrap_err().is_timeout());
    drop(writer);
    assert_eq!(store.at_least("y").await.unwrap_err().kind(), ErrorKind::Stopped);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_nobody_writes_to_any_more_is_at_no_version() {
    let mut writer = StoreWriter::<ConfigMap>::default();
    let store = writer.store();
    writer.insert(Arc::new(map("a", 5)));
    writer.set_resource_version("5");
    store.at_least("5").await.unwrap();
    drop(writer);
    assert_eq!(store.resource_version(), None);
    for version in ["4", "5", "6"] {
        assert_eq!(store.at_least(version).await.unwrap_err().kind(), ErrorKind::Stopped, "{version}");
    }
}

#[test]
fn objects_without_a_namespace_are_found_by_name_alone() {
    let mut writer = StoreWriter::<Namespace>::default();
    let lister = Lister::new(writer.store());
    let metadata = ObjectMeta { name: Some("shop".to_owned()), ..ObjectMeta::default() };
    let namespace = Namespace { metadata, ..Namespace::default() };
    assert!(writer.insert(Arc::new(namespace)).is_none());
    assert!(lister.get("shop").is_some() && lister.get("other").is_none());
    assert_eq!(lister.list().len(), 1);
}

#[test]
fn dropping_the_writer_frees_the_objects_and_keeps_the_indexes() {
    let mut writer = StoreWriter::new(INDEXES.to_vec()).unwrap();
    let store = writer.store();
    let object = Arc::new(map("a", 2));
    let weak = Arc::downgrade(&object);
    writer.insert(object);
    drop(writer);
    assert!(weak.upgrade().is_none());
    assert!(store.is_empty() && store.by(BY_COLOR, "red").is_empty());
}

#[test]
fn handles_go_to_other_threads_and_futures_too() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    fn sent<T: Send>(_: impl FnOnce(SharedInformer<ConfigMap>) -> T) {}
    shared::<SharedInformer<ConfigMap>>();
    shared::<Store<ConfigMap>>();
    shared::<Lister<ConfigMap>>();
    sent(|informer| async move { informer.synced().await });
    sent(|informer| async move { informer.stop().await });
    sent(|informer| async move { informer.lister().at_least("1").await });
    fn registration<T: Send + Sync + 'static>() {}
    registration::<Registration<ConfigMap>>();
}
