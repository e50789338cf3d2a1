use bytes::Bytes;
use k8s_openapi::api::core::v1::ConfigMap;
use kubist::informer::SharedInformer;
use tokio::sync::mpsc::UnboundedSender;

use super::script::Script;
use super::{INDEXES, body, event};

pub(crate) type Informer = SharedInformer<ConfigMap>;

pub(crate) fn start(script: &Script) -> Informer {
    SharedInformer::builder(script.clone()).indexes(INDEXES).start()
}

/// An informer that has synced with these objects at version 10, and what feeds its watch.
pub(crate) async fn serving(items: &[serde_json::Value]) -> (Informer, UnboundedSender<Bytes>) {
    let (script, feed) = Script::serving(10, items);
    let informer = start(&script);
    informer.synced().await.expect("it runs");
    (informer, feed)
}

pub(crate) fn send(feed: &UnboundedSender<Bytes>, kind: &str, name: &str, version: u64) {
    feed.send(event(kind, &body(name, version))).expect("the watch is open");
}

/// Waits until the cache has come to this version.
pub(crate) async fn reached(informer: &Informer, version: &str) {
    informer.lister().at_least(version).await.expect("it runs");
}
