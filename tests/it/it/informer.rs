//! The live cache.

use std::sync::Arc;
use std::time::Duration;

use kubist::prelude::*;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

use crate::cluster::Cluster;
use crate::website::{Website, website};

/// Longer than any wait of the back-off while a server restarts.
const CHANGE_DEADLINE: Duration = Duration::from_secs(60);

/// The changes that a new handler of an informer is given, as "added front 1".
fn changes(informer: &SharedInformer<Website>) -> UnboundedReceiver<String> {
    let (sender, receiver) = unbounded_channel();
    informer.on(move |change: Change<Website>| {
        let site = change.object();
        let kind = match &change {
            Change::Added { .. } => "added",
            Change::Updated { .. } => "updated",
            Change::Deleted { .. } => "deleted",
        };
        let _ = sender.send(format!("{kind} {} {}", change.key().name(), site.spec.replicas));
    });
    receiver
}

async fn next(changes: &mut UnboundedReceiver<String>) -> String {
    timeout(CHANGE_DEADLINE, changes.recv()).await.expect("a change in time").expect("the informer goes on")
}

pub(crate) async fn follows_create_update_and_delete(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    sites.create(&website("before", "gs://a", 1)).await.unwrap();
    let informer = sites.informer().start();
    let mut changes = changes(&informer);
    informer.synced().await.unwrap();
    assert_eq!(next(&mut changes).await, "added before 1");
    let mut site = sites.create(&website("after", "gs://a", 2)).await.unwrap();
    assert_eq!(next(&mut changes).await, "added after 2");
    site.spec.replicas = 3;
    sites.replace(&site).await.unwrap();
    assert_eq!(next(&mut changes).await, "updated after 3");
    sites.delete("after").await.unwrap();
    assert_eq!(next(&mut changes).await, "deleted after 3");
    let left = informer.lister().list();
    assert_eq!(
        left.iter().map(|site| site.object_key().to_string()).collect::<Vec<_>>(),
        [format!("{namespace}/before")]
    );
}

pub(crate) async fn every_handler_gets_the_whole_story(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    let informer = sites.informer().start();
    let mut early = changes(&informer);
    sites.create(&website("a", "gs://a", 1)).await.unwrap();
    assert_eq!(next(&mut early).await, "added a 1");
    // One that comes late is told what is there, as if it were new.
    let mut late = changes(&informer);
    assert_eq!(next(&mut late).await, "added a 1");
    sites.delete("a").await.unwrap();
    assert_eq!(next(&mut early).await, "deleted a 1");
    assert_eq!(next(&mut late).await, "deleted a 1");
}

pub(crate) async fn a_lister_reads_by_name_namespace_and_index(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    for (name, bucket) in [("a", "gs://one"), ("b", "gs://two"), ("c", "gs://one")] {
        sites.create(&website(name, bucket, 1)).await.unwrap();
    }
    let informer = cluster.client.all::<Website>().informer().start();
    informer.synced().await.unwrap();
    let lister = informer.lister();
    let here = lister.namespace(&namespace);
    assert_eq!(here.get("b").unwrap().spec.bucket, "gs://two");
    assert!(here.get("z").is_none());
    assert_eq!(here.list().len(), 3);
    let names = |sites: Vec<Arc<Website>>| {
        let mut names: Vec<_> = sites
            .iter()
            .filter(|site| site.metadata.namespace.as_ref() == Some(&namespace))
            .filter_map(|site| site.metadata.name.clone())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(lister.by(Website::BY_BUCKET, "gs://one")), ["a", "c"]);
    // What a lister gives away is shared, not copied.
    assert!(Arc::ptr_eq(&here.get("a").unwrap(), &lister.namespace(&namespace).get("a").unwrap()));
}

pub(crate) async fn a_lister_reads_what_was_just_written(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    let informer = sites.informer().start();
    informer.synced().await.unwrap();
    let lister = informer.lister();
    for replicas in 1..20 {
        let written = sites
            .apply("front", &website("front", "gs://a", replicas), &kubist::rest::ApplyParams::manager("it"))
            .await
            .unwrap();
        lister.at_least(&written).await.unwrap();
        assert_eq!(lister.namespace(&namespace).get("front").unwrap().spec.replicas, replicas);
    }
}

/// The next changes, sorted: nothing is promised about the order between different objects.
async fn next_sorted(changes: &mut UnboundedReceiver<String>, count: usize) -> Vec<String> {
    let mut seen = Vec::new();
    while seen.len() < count {
        seen.push(next(changes).await);
    }
    seen.sort();
    seen
}

/// Waits for one more change: what is counted about those before it stands in the status then.
async fn settle(sites: &Api<Website>, changes: &mut UnboundedReceiver<String>) {
    sites.create(&website("last", "gs://a", 1)).await.unwrap();
    assert_eq!(next(changes).await, "added last 1");
}

/// How many lists and watches were begun: after a cut the reflector goes on with either.
fn begun(informer: &SharedInformer<Website>) -> u64 {
    let status = informer.status().reflector;
    status.lists + status.watches
}

pub(crate) async fn loses_nothing_when_the_server_restarts(mut cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    let informer = sites.informer().start();
    let mut changes = changes(&informer);
    informer.synced().await.unwrap();
    let mut kept = sites.create(&website("kept", "gs://a", 1)).await.unwrap();
    sites.create(&website("gone", "gs://a", 1)).await.unwrap();
    assert_eq!(next_sorted(&mut changes, 2).await, ["added gone 1", "added kept 1"]);
    let before = begun(&informer);
    cluster.restart().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    // These happen while the informer may still be waiting to come back.
    kept.spec.replicas = 2;
    sites.replace(&kept).await.unwrap();
    sites.delete("gone").await.unwrap();
    sites.create(&website("new", "gs://a", 1)).await.unwrap();
    let after = next_sorted(&mut changes, 3).await;
    assert_eq!(after, ["added new 1", "deleted gone 1", "updated kept 2"]);
    assert_eq!(informer.lister().len(), 2);
    settle(&sites, &mut changes).await;
    assert!(begun(&informer) > before, "the watch was not cut");
}

pub(crate) async fn lists_again_when_its_version_has_expired(mut cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    sites.create(&website("gone", "gs://a", 1)).await.unwrap();
    let mut kept = sites.create(&website("kept", "gs://a", 1)).await.unwrap();
    let informer = sites.informer().start();
    let mut changes = changes(&informer);
    informer.synced().await.unwrap();
    assert_eq!(next_sorted(&mut changes, 2).await, ["added gone 1", "added kept 1"]);
    let lists = informer.status().reflector.lists;
    cluster.expire().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    kept.spec.replicas = 2;
    sites.replace(&kept).await.unwrap();
    sites.delete("gone").await.unwrap();
    sites.create(&website("new", "gs://a", 1)).await.unwrap();
    let after = next_sorted(&mut changes, 3).await;
    assert_eq!(after, ["added new 1", "deleted gone 1", "updated kept 2"]);
    assert_eq!(informer.lister().len(), 2);
    settle(&sites, &mut changes).await;
    assert!(informer.status().reflector.lists > lists, "the version had not expired");
}
