//! Kinds that are known at run time only, and the metadata of any.

use std::time::Duration;

use k8s_openapi::api::core::v1::ConfigMap;
use kubist::api::Patch;
use kubist::dynamic::PartialObjectMetadata;
use kubist::prelude::*;
use kubist::resource::{ApiResource, GroupVersionResource};
use kubist::rest::{ApplyParams, DeleteParams, ListParams};
use kubist::{DynamicObject, Error};
use serde_json::json;
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::timeout;

use crate::cluster::Cluster;
use crate::website::Website;

const PATIENCE: Duration = Duration::from_secs(60);

fn websites() -> GroupVersionResource {
    GroupVersionResource::new("example.com", "v1", "websites")
}

fn config_maps() -> GroupVersionResource {
    GroupVersionResource::new("", "v1", "configmaps")
}

fn site(name: &str, replicas: i32) -> DynamicObject {
    let mut site = DynamicObject::new("example.com/v1", "Website", name);
    site["spec"] = json!({"bucket": "gs://a", "replicas": replicas});
    site
}

fn map(name: &str, color: &str) -> DynamicObject {
    let mut map = DynamicObject::new("v1", "ConfigMap", name);
    map.metadata.labels = Some([("color".to_owned(), color.to_owned())].into());
    map["data"] = json!({"color": color});
    map
}

pub(crate) async fn a_resource_known_by_its_name_has_every_verb(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.dynamic(websites()).namespaced(&namespace);
    let created = sites.create(&site("front", 2)).await.unwrap();
    assert!(created.metadata.uid.is_some());
    assert_eq!(created.gvk().to_string(), "example.com/v1 Website");

    let mut changed = sites.get("front").await.unwrap();
    changed["spec"]["replicas"] = json!(5);
    assert_eq!(sites.replace(&changed).await.unwrap()["spec"]["replicas"], 5);
    assert!(sites.replace(&created).await.unwrap_err().is_conflict());

    let patch = Patch::Merge(json!({"spec": {"owner": "me"}}));
    assert_eq!(sites.patch("front", &patch).await.unwrap()["spec"]["owner"], "me");
    sites.scale("front", 3).await.unwrap();
    let stored = sites.patch_status("front", &Patch::Merge(json!({"status": {"ready": 1}}))).await.unwrap();
    assert_eq!((&stored["spec"]["replicas"], &stored["status"]["ready"]), (&json!(3), &json!(1)));

    let me = ApplyParams::manager("me");
    sites.apply("back", &site("back", 1), &me).await.unwrap();
    let no_kind = json!({"spec": {"bucket": "gs://b"}});
    assert!(sites.apply("side", no_kind.clone(), &me).await.unwrap_err().is_invalid());
    let known: ApiResource = Website::META.into();
    let known = cluster.client.dynamic(known);
    known.namespaced(&namespace).apply("side", no_kind, &me).await.unwrap();

    let all = sites.list().await.unwrap();
    let names: Vec<_> = all.items.iter().filter_map(|site| site.metadata.name.as_deref()).collect();
    assert_eq!(names, ["back", "front", "side"]);
    let everywhere = known.all().fields(format!("metadata.namespace={namespace}")).list().await.unwrap();
    assert_eq!(everywhere.items.len(), 3);
    sites.delete("side").await.unwrap();
    sites.delete_collection(&DeleteParams::default(), &ListParams::default()).await.unwrap();
    assert!(sites.get_opt("front").await.unwrap().is_none());
}

pub(crate) async fn what_a_resource_is_not_is_told(cluster: Cluster) {
    let client = &cluster.client;
    let unknown = GroupVersionResource::new("example.com", "v1", "nothings");
    let error = client.dynamic(&unknown).namespaced("default").get("x").await.unwrap_err();
    assert!(format!("{error:#}").contains("does not serve nothings.example.com/v1"), "{error:#}");
    let maps = ConfigMap::META;
    let refused = |error: Error| (error.is_invalid(), format!("{error:#}"));
    let error = client.dynamic(maps).cluster().get("x").await.unwrap_err();
    let text = "get configmaps \"x\": configmaps is namespaced: its objects live in a namespace";
    assert_eq!(refused(error), (true, text.to_owned()));
    let nodes = k8s_openapi::api::core::v1::Node::META;
    let error = client.metadata(nodes).namespaced("shop").list().await.unwrap_err();
    let text = "list nodes: nodes is cluster-scoped: it has no namespace";
    assert_eq!(refused(error), (true, text.to_owned()));
    let error = client.dynamic(config_maps()).namespaced("../x").list().await.unwrap_err();
    assert!(error.is_invalid(), "{error:#}");
}

pub(crate) async fn objects_in_lists_and_caches_know_their_kind(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let maps = cluster.client.dynamic(config_maps()).namespaced(&namespace).labels("color");
    maps.create(&map("a", "red")).await.unwrap();
    let listed = maps.list().await.unwrap();
    let kinds: Vec<_> = listed.items.iter().map(|map| map.gvk().to_string()).collect();
    assert_eq!(kinds, ["v1 ConfigMap"]);

    let informer = maps.informer().start();
    let (sender, mut changes) = unbounded_channel();
    informer.on(move |change: Change<DynamicObject>| {
        let _ = sender.send(format!("{:?} {}", change.object(), change.object()["data"]["color"]));
    });
    informer.synced_within(PATIENCE).await.unwrap();
    maps.create(&map("b", "blue")).await.unwrap();
    for expected in ["a\" \"red\"", "b\" \"blue\""] {
        let told = timeout(PATIENCE, changes.recv()).await.unwrap().unwrap();
        assert_eq!(told, format!("v1 ConfigMap \"{namespace}/{expected}"));
    }
    let cached = informer.lister().namespace(&namespace).get("a").unwrap();
    assert_eq!(cached.gvk().to_string(), "v1 ConfigMap");
}

pub(crate) async fn metadata_alone_is_read_watched_changed_and_deleted(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let client = &cluster.client;
    let whole = client.dynamic(config_maps()).namespaced(&namespace);
    for (name, color) in [("a", "red"), ("b", "blue")] {
        whole.create(&map(name, color)).await.unwrap();
    }
    let dynamic = client.metadata(config_maps()).namespaced(&namespace).labels("color");
    let typed = client.namespaced::<PartialObjectMetadata<ConfigMap>>(&namespace).labels("color");
    assert_eq!(dynamic.list().await.unwrap().items.len(), 2);
    let listed = typed.list().await.unwrap();
    assert_eq!((listed.kind.as_str(), listed.items.len()), ("PartialObjectMetadataList", 2));
    assert_eq!(dynamic.get("a").await.unwrap().metadata.labels.unwrap()["color"], "red");

    let informer = typed.informer().start();
    let (sender, mut changes) = unbounded_channel();
    informer.on(move |change| {
        let labels = change.object().metadata.labels.clone().unwrap_or_default();
        let _ = sender.send(format!("{} {:?}", change.key().name(), labels.get("seen")));
    });
    informer.synced_within(PATIENCE).await.unwrap();
    let seen = Patch::Merge(json!({"metadata": {"labels": {"seen": "yes"}}}));
    dynamic.patch("b", &seen).await.unwrap();
    let mut told = Vec::new();
    for _ in 0..3 {
        told.push(timeout(PATIENCE, changes.recv()).await.unwrap().unwrap());
    }
    told[..2].sort();
    assert_eq!(told, ["a None", "b None", "b Some(\"yes\")"]);
    typed.delete("b").await.unwrap();
    assert!(dynamic.get_opt("b").await.unwrap().is_none());
    dynamic.delete_collection(&DeleteParams::default(), &ListParams::default()).await.unwrap();
    assert!(whole.labels("color").list().await.unwrap().items.is_empty());
}
