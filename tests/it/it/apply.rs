//! Server-side apply.

use kubist::rest::ApplyParams;

use crate::cluster::Cluster;
use crate::website::{Website, website};

pub(crate) async fn creates_then_changes_and_leaves_out_what_is_absent(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    let me = ApplyParams::manager("me");
    // `owner` and `status` are absent: sent as null, the server would refuse them.
    let created = sites.apply("front", &website("front", "gs://a", 2), &me).await.unwrap();
    assert_eq!((created.spec.replicas, created.spec.owner), (2, None));
    let mut site = website("front", "gs://a", 3);
    site.spec.owner = Some("me".to_owned());
    let applied = sites.apply("front", &site, &me).await.unwrap();
    assert_eq!((applied.spec.replicas, applied.spec.owner.as_deref()), (3, Some("me")));
    assert_eq!(applied.metadata.uid, created.metadata.uid);
    let removed = sites.apply("front", &website("front", "gs://a", 3), &me).await.unwrap();
    assert_eq!(removed.spec.owner, None, "what its only manager no longer applies is removed");
}

pub(crate) async fn another_manager_is_a_conflict_until_forced(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    sites.apply("front", &website("front", "gs://a", 2), &ApplyParams::manager("me")).await.unwrap();
    let theirs = website("front", "gs://a", 9);
    let you = ApplyParams::manager("you");
    let error = sites.apply("front", &theirs, &you).await.unwrap_err();
    assert!(error.is_conflict(), "{error:?}");
    assert_eq!(sites.get("front").await.unwrap().spec.replicas, 2);
    let forced = sites.apply("front", &theirs, &you.force()).await.unwrap();
    assert_eq!(forced.spec.replicas, 9);
}
