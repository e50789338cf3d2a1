//! The typed API.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use k8s_openapi::api::core::v1::{ConfigMap, Node};
use kubist::api::Patch;
use kubist::prelude::*;
use kubist::rest::ListParams;
use kubist::watch::WatchEvent;
use serde_json::json;

use crate::cluster::Cluster;
use crate::website::{Website, WebsiteStatus, website};

pub(crate) async fn an_object_lives_from_create_to_delete(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    let created = sites.create(&website("front", "gs://a", 2)).await.unwrap();
    assert_eq!(created.object_key().to_string(), format!("{namespace}/front"));
    assert!(created.metadata.uid.is_some() && created.metadata.resource_version.is_some());
    assert!(created.metadata.creation_timestamp.is_some());
    assert_eq!(created.metadata.generation, Some(1));

    let mut changed = sites.get("front").await.unwrap();
    changed.spec.replicas = 5;
    let replaced = sites.replace(&changed).await.unwrap();
    assert_eq!((replaced.spec.replicas, replaced.metadata.generation), (5, Some(2)));
    assert_eq!(replaced.metadata.uid, created.metadata.uid);

    sites.delete("front").await.unwrap();
    assert!(sites.get_opt("front").await.unwrap().is_none());
    assert!(sites.get("front").await.unwrap_err().is_not_found());
}

pub(crate) async fn a_stale_replace_is_a_conflict(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    let mut mine = sites.create(&website("front", "gs://a", 1)).await.unwrap();
    let mut theirs = mine.clone();
    theirs.spec.replicas = 2;
    sites.replace(&theirs).await.unwrap();
    mine.spec.replicas = 3;
    let error = sites.replace(&mine).await.unwrap_err();
    assert!(error.is_conflict() && !error.is_already_exists(), "{error:?}");
    let exists = sites.create(&website("front", "gs://a", 1)).await.unwrap_err();
    assert!(exists.is_already_exists() && !exists.is_conflict(), "{exists:?}");
    assert_eq!(sites.get("front").await.unwrap().spec.replicas, 2);
}

pub(crate) async fn a_status_is_written_apart_from_the_spec(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    let mut site = website("front", "gs://a", 1);
    site.status = Some(WebsiteStatus { ready: 7, ..WebsiteStatus::default() });
    let created = sites.create(&site).await.unwrap();
    assert_eq!(created.status, None, "a create does not write the status");

    let mut both = created.clone();
    both.spec.replicas = 9;
    both.status = Some(WebsiteStatus { ready: 1, ..WebsiteStatus::default() });
    let written = sites.replace_status(&both).await.unwrap();
    assert_eq!(written.status.as_ref().map(|status| status.ready), Some(1));
    assert_eq!(written.spec.replicas, 1, "a status write does not touch the spec");
    assert_eq!(written.metadata.generation, created.metadata.generation);

    let patched = sites.patch_status("front", &Patch::Merge(json!({"status": {"ready": 2}}))).await.unwrap();
    assert_eq!(patched.status.map(|status| status.ready), Some(2));
    assert_eq!(sites.get_status("front").await.unwrap().status.map(|status| status.ready), Some(2));
}

pub(crate) async fn a_scale_changes_the_replicas(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    sites.create(&website("front", "gs://a", 2)).await.unwrap();
    let scale = sites.scale("front", 3).await.unwrap();
    assert_eq!(scale.spec.unwrap().replicas, Some(3));
    assert_eq!(sites.get("front").await.unwrap().spec.replicas, 3);
    assert_eq!(sites.get_scale("front").await.unwrap().metadata.name.as_deref(), Some("front"));
    assert!(sites.scale("absent", 3).await.unwrap_err().is_not_found());
}

pub(crate) async fn merge_and_json_patches_change_what_they_name(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    sites.create(&website("front", "gs://a", 2)).await.unwrap();
    let merge = Patch::Merge(json!({"metadata": {"labels": {"app": "shop"}}, "spec": {"owner": "me"}}));
    let merged = sites.patch("front", &merge).await.unwrap();
    assert_eq!((merged.spec.owner.as_deref(), merged.spec.replicas), (Some("me"), 2));
    let json = Patch::Json(vec![
        json!({"op": "test", "path": "/spec/replicas", "value": 2}),
        json!({"op": "replace", "path": "/spec/replicas", "value": 4}),
        json!({"op": "remove", "path": "/spec/owner"}),
    ]);
    let patched = sites.patch("front", &json).await.unwrap();
    assert_eq!((patched.spec.owner.as_deref(), patched.spec.replicas), (None, 4));
    assert_eq!(patched.metadata.labels, Some(BTreeMap::from([("app".to_owned(), "shop".to_owned())])));
    assert!(
        sites.patch("front", &json).await.unwrap_err().is_invalid(),
        "the test of the patch does not hold any more"
    );
}

pub(crate) async fn a_list_pages_through_everything_and_follows_selectors(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    for number in 0..7 {
        let mut site = website(&format!("site-{number}"), "gs://a", 1);
        let tier = if number % 2 == 0 { "even" } else { "odd" };
        site.metadata.labels = Some(BTreeMap::from([("tier".to_owned(), tier.to_owned())]));
        sites.create(&site).await.unwrap();
    }
    let names = |list: kubist::resource::List<Website>| -> Vec<String> {
        list.into_iter().filter_map(|site| site.metadata.name).collect()
    };
    let page = sites.list_with(&ListParams::default().limit(3)).await.unwrap();
    assert_eq!(page.items.len(), 3);
    assert!(page.metadata.continue_token.is_some());
    let everything = sites.list().await.unwrap();
    assert!(!everything.metadata.resource_version.is_empty());
    assert_eq!(names(everything).len(), 7);
    let odd = sites.list_with(&ListParams::default().labels("tier in (odd),tier!=even")).await.unwrap();
    assert_eq!(names(odd), ["site-1", "site-3", "site-5"]);
    let one = sites.list_with(&ListParams::default().fields("metadata.name=site-2")).await.unwrap();
    assert_eq!(names(one), ["site-2"]);
    let elsewhere = cluster.client.all::<Website>().list().await.unwrap();
    assert!(names(elsewhere).len() >= 7);
}

pub(crate) async fn built_in_kinds_have_the_same_api(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let maps = cluster.client.namespaced::<ConfigMap>(&namespace);
    let mut map = ConfigMap::default();
    map.metadata.name = Some("settings".to_owned());
    map.data = Some(BTreeMap::from([("colour".to_owned(), "blue".to_owned())]));
    let created = maps.create(&map).await.unwrap();
    assert_eq!(created.data, map.data);
    assert_eq!(
        maps.list()
            .await
            .unwrap()
            .items
            .iter()
            .filter(|map| map.metadata.name == created.metadata.name)
            .count(),
        1
    );
    maps.delete("settings").await.unwrap();
    assert!(maps.get_opt("settings").await.unwrap().is_none());
    assert!(cluster.client.cluster::<Node>().list().await.unwrap().items.is_empty());
}

pub(crate) async fn a_watch_sees_every_change_in_order(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    let version = sites.list().await.unwrap().metadata.resource_version;
    let mut events = sites.watch(&version).await.unwrap();
    let mut site = sites.create(&website("front", "gs://a", 1)).await.unwrap();
    site.spec.replicas = 2;
    sites.replace(&site).await.unwrap();
    sites.delete("front").await.unwrap();
    let mut seen = Vec::new();
    while seen.len() < 3 {
        match events.try_next().await.unwrap().expect("the watch goes on") {
            WatchEvent::Added(site) => seen.push(format!("added {}", site.spec.replicas)),
            WatchEvent::Modified(site) => seen.push(format!("modified {}", site.spec.replicas)),
            WatchEvent::Deleted(site) => seen.push(format!("deleted {}", site.spec.replicas)),
            _ => {}
        }
    }
    assert_eq!(seen, ["added 1", "modified 2", "deleted 2"]);
}
