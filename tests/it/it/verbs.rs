//! The verbs of the typed API and their options.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt};
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::ConfigMap;
use kubist::api::Patch;
use kubist::rest::{
    ApplyParams, DeleteParams, DeletionPropagation, FieldValidation, GetParams, ListParams, WatchParams,
    WriteParams,
};
use kubist::watch::WatchEvent;
use serde_json::json;

use crate::cluster::Cluster;
use crate::website::{Website, WebsiteStatus, website};

fn map(name: &str, color: &str) -> ConfigMap {
    let mut map = ConfigMap::default();
    map.metadata.name = Some(name.to_owned());
    map.metadata.labels = Some(BTreeMap::from([("color".to_owned(), color.to_owned())]));
    map.data = Some(BTreeMap::from([("color".to_owned(), color.to_owned())]));
    map
}

fn paint(color: &str) -> Patch {
    Patch::Merge(json!({"data": {"color": color}}))
}

fn color(map: &ConfigMap) -> &str {
    &map.data.as_ref().unwrap()["color"]
}

pub(crate) async fn a_dry_run_leaves_no_trace(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let maps = cluster.client.namespaced::<ConfigMap>(&namespace);
    let (dry, dry_delete) = (WriteParams::default().dry_run(), DeleteParams::default().dry_run());
    let tried = maps.create_with(&map("a", "red"), &dry).await.unwrap();
    assert!(tried.metadata.uid.is_some(), "the answer is as if it had been stored");
    assert!(maps.get_opt("a").await.unwrap().is_none());

    let stored = maps.create(&map("a", "red")).await.unwrap();
    let mut blue = stored.clone();
    blue.data = map("a", "blue").data;
    assert_eq!(color(&maps.replace_with(&blue, &dry).await.unwrap()), "blue");
    assert_eq!(color(&maps.patch_with("a", &paint("green"), &dry).await.unwrap()), "green");
    let apply = ApplyParams::manager("painter").dry_run();
    maps.apply("b", &map("b", "red"), &apply).await.unwrap();
    maps.delete_with("a", &dry_delete).await.unwrap();
    maps.delete_collection(&dry_delete, &ListParams::default().labels("color=red")).await.unwrap();
    let left = maps.get("a").await.unwrap();
    assert_eq!(left.metadata.resource_version, stored.metadata.resource_version);
    assert!(maps.get_opt("b").await.unwrap().is_none());
}

pub(crate) async fn unknown_fields_are_dropped_or_refused_and_managers_remembered(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    let gardener = WriteParams::default().field_manager("gardener");
    sites.create_with(&website("front", "gs://a", 1), &gardener).await.unwrap();
    let unknown = Patch::Merge(json!({"spec": {"colour": "red"}}));
    let strict = gardener.clone().field_validation(FieldValidation::Strict);
    let error = sites.patch_with("front", &unknown, &strict).await.unwrap_err();
    assert!(error.to_string().contains("front") && format!("{error:#}").contains("colour"), "{error:#}");
    let ignore = gardener.clone().field_validation(FieldValidation::Ignore);
    let stored = sites.patch_with("front", &unknown, &ignore).await.unwrap();
    let managers: Vec<_> = stored.metadata.managed_fields.unwrap_or_default();
    assert!(managers.iter().any(|entry| entry.manager.as_deref() == Some("gardener")));
}

pub(crate) async fn a_delete_looks_at_its_preconditions_and_at_what_is_owned(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let maps = cluster.client.namespaced::<ConfigMap>(&namespace);
    let stored = maps.create(&map("a", "red")).await.unwrap();
    let (uid, version) = (stored.metadata.uid.unwrap(), stored.metadata.resource_version.unwrap());
    for other in
        [DeleteParams::default().uid("other"), DeleteParams::default().uid(&uid).resource_version("1")]
    {
        assert!(maps.delete_with("a", &other).await.unwrap_err().is_conflict());
    }
    let mine = DeleteParams::default().uid(uid).resource_version(version).grace_period_seconds(0);
    maps.delete_with("a", &mine).await.unwrap();
    assert!(maps.delete("a").await.unwrap_err().is_not_found());

    for (policy, finalizer) in
        [(DeletionPropagation::Orphan, "orphan"), (DeletionPropagation::Foreground, "foregroundDeletion")]
    {
        maps.create(&map(finalizer, "red").lower()).await.unwrap();
        let name = finalizer.to_lowercase();
        let left = maps.delete_with(&name, &DeleteParams::default().propagation(policy)).await.unwrap();
        let left = left.expect("it stays until the garbage collector has looked at it").metadata;
        assert!(left.deletion_timestamp.is_some());
        assert_eq!(left.finalizers, Some(vec![finalizer.to_owned()]));
    }
}

/// Names have no capitals.
trait Lower {
    fn lower(self) -> Self;
}

impl Lower for ConfigMap {
    fn lower(mut self) -> Self {
        self.metadata.name = self.metadata.name.map(|name| name.to_lowercase());
        self
    }
}

pub(crate) async fn a_collection_is_deleted_within_all_selectors(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let maps = cluster.client.namespaced::<ConfigMap>(&namespace);
    for (name, color) in [("a", "red"), ("b", "red"), ("c", "blue"), ("d", "red")] {
        maps.create(&map(name, color)).await.unwrap();
    }
    let red = maps.clone().labels("color=red");
    let which = ListParams::default().fields("metadata.name!=d");
    red.delete_collection(&DeleteParams::default(), &which).await.unwrap();
    let left = maps.list_with(&ListParams::default().labels("color")).await.unwrap();
    let left: Vec<_> = left.into_iter().filter_map(|map| map.metadata.name).collect();
    assert_eq!(left, ["c", "d"]);
}

pub(crate) async fn reads_ask_for_a_version(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let maps = cluster.client.namespaced::<ConfigMap>(&namespace).labels("color");
    let first = maps.create(&map("a", "red")).await.unwrap();
    let version = maps.list().await.unwrap().metadata.resource_version;
    maps.patch("a", &paint("blue")).await.unwrap();
    maps.create(&map("b", "red")).await.unwrap();

    let then = maps.list_with(&ListParams::default().exactly(&version)).await.unwrap();
    assert_eq!((then.items.len(), &*then.metadata.resource_version), (1, &*version));
    assert_eq!(color(&then.items[0]), "red");
    let since = ListParams::default().not_older_than(&version).timeout(Duration::from_secs(30));
    assert!(!maps.list_with(&since).await.unwrap().items.is_empty());
    let params = GetParams::default().not_older_than(first.metadata.resource_version.unwrap());
    assert_eq!(maps.get_with("a", &params).await.unwrap().metadata.uid, first.metadata.uid);
}

pub(crate) async fn a_list_streams_page_after_page(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    for number in 0..7 {
        sites.create(&website(&format!("site-{number}"), "gs://a", number)).await.unwrap();
    }
    let mut stream = sites.list_stream(&ListParams::default().limit(3));
    assert_eq!(stream.metadata().resource_version, "", "nothing is sent before it is polled");
    let mut names = Vec::new();
    while let Some(site) = stream.try_next().await.unwrap() {
        names.push(site.metadata.name.unwrap());
    }
    assert_eq!(names, (0..7).map(|number| format!("site-{number}")).collect::<Vec<_>>());

    // The version of the list is where a watch begins that misses nothing.
    let mut events = sites.watch(&stream.metadata().resource_version).await.unwrap();
    sites.delete("site-0").await.unwrap();
    assert!(matches!(events.try_next().await.unwrap(), Some(WatchEvent::Deleted(_))));

    let everywhere = cluster.client.all::<Website>().fields("metadata.name=site-3");
    let found: Vec<Website> = everywhere.list_stream(&ListParams::default()).try_collect().await.unwrap();
    assert!(found.iter().any(|site| site.metadata.namespace.as_deref() == Some(&namespace)));
    let none = cluster.client.namespaced::<Website>("nowhere").list_stream(&ListParams::default());
    assert_eq!(none.count().await, 0);
}

pub(crate) async fn a_watch_begins_and_ends_as_its_options_say(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let maps = cluster.client.namespaced::<ConfigMap>(&namespace);
    for (name, color) in [("a", "red"), ("b", "blue"), ("c", "red")] {
        maps.create(&map(name, color)).await.unwrap();
    }
    // The objects that are there, then a bookmark that says so.
    let params = WatchParams::default().labels("color=red").initial_events();
    let mut events = maps.watch_with(&params).await.unwrap();
    let mut names = Vec::new();
    loop {
        match events.try_next().await.unwrap().expect("the watch goes on") {
            WatchEvent::Added(map) => names.push(map.metadata.name.unwrap()),
            WatchEvent::Bookmark { initial_events_end: true, .. } => break,
            other => panic!("{other:?}"),
        }
    }
    names.sort();
    assert_eq!(names, ["a", "c"]);

    // Without a version the same, without the bookmark; and the server ends it.
    let params =
        WatchParams::default().fields("metadata.name=b").bookmarks(false).timeout(Duration::from_secs(1));
    let events: Vec<_> = maps.watch_with(&params).await.unwrap().try_collect().await.unwrap();
    assert!(matches!(events.as_slice(), [WatchEvent::Added(_)]), "{events:?}");
}

pub(crate) async fn a_scale_is_replaced_patched_and_applied(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    sites.create(&website("front", "gs://a", 1)).await.unwrap();
    let replicas = |scale: k8s_openapi::api::autoscaling::v1::Scale| scale.spec.unwrap().replicas;
    let stale = sites.get_scale("front").await.unwrap();
    let mut scale = stale.clone();
    scale.spec.as_mut().unwrap().replicas = Some(2);
    let dry = WriteParams::default().dry_run();
    assert_eq!(replicas(sites.replace_scale("front", &scale, &dry).await.unwrap()), Some(2));
    assert_eq!(replicas(sites.get_scale("front").await.unwrap()), Some(1));
    let scaler = WriteParams::default().field_manager("scaler");
    assert_eq!(replicas(sites.replace_scale("front", &scale, &scaler).await.unwrap()), Some(2));
    let error = sites.replace_scale("front", &stale, &scaler).await.unwrap_err();
    assert!(error.is_conflict(), "{error:?}");
    let patch = Patch::Merge(json!({"spec": {"replicas": 3}}));
    assert_eq!(replicas(sites.patch_scale_with("front", &patch, &dry).await.unwrap()), Some(3));
    assert_eq!(replicas(sites.patch_scale_with("front", &patch, &scaler).await.unwrap()), Some(3));

    assert_eq!(sites.get("front").await.unwrap().spec.replicas, 3);
}

pub(crate) async fn a_scale_is_applied_by_its_owner(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let deployments = cluster.client.apps_v1().deployments(&namespace);
    let deployment: Deployment = serde_json::from_value(json!({
        "metadata": {"name": "front"},
        "spec": {
            "replicas": 1,
            "selector": {"matchLabels": {"app": "front"}},
            "template": {
                "metadata": {"labels": {"app": "front"}},
                "spec": {"containers": [{"name": "main", "image": "main"}]},
            },
        },
    }))
    .unwrap();
    deployments.create(&deployment).await.unwrap();
    let scaler = ApplyParams::manager("scaler");
    assert!(deployments.apply_scale("front", 4, &scaler).await.unwrap_err().is_conflict());
    let applied = deployments.apply_scale("front", 4, &scaler.force()).await.unwrap();
    assert_eq!(applied.spec.unwrap().replicas, Some(4));
    let stored = deployments.get("front").await.unwrap();
    let managers = stored.metadata.managed_fields.unwrap();
    let of_scale = managers.iter().find(|entry| entry.manager.as_deref() == Some("scaler")).unwrap();
    assert_eq!(of_scale.subresource.as_deref(), Some("scale"));
}

pub(crate) async fn a_status_is_written_with_options(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    let mut site = sites.create(&website("front", "gs://a", 1)).await.unwrap();
    let ready = |site: &Website| site.status.as_ref().map(|status| status.ready);
    let dry = WriteParams::default().dry_run();
    site.status = Some(WebsiteStatus { ready: 1, ..WebsiteStatus::default() });
    assert_eq!(ready(&sites.replace_status_with(&site, &dry).await.unwrap()), Some(1));
    let patch = Patch::Merge(json!({"status": {"ready": 2}}));
    assert_eq!(ready(&sites.patch_status_with("front", &patch, &dry).await.unwrap()), Some(2));
    assert_eq!(ready(&sites.get("front").await.unwrap()), None);

    let updated = sites
        .update_status_with("front", |site| {
            site.spec.replicas = 50;
            site.status.get_or_insert_default().ready += 1;
        })
        .await
        .unwrap();
    assert_eq!((ready(&updated), updated.spec.replicas), (Some(1), 1), "the spec is not written");
}
