//! Writes that read before, while others write too.

use futures_util::future::join_all;
use k8s_openapi::api::core::v1::ConfigMap;
use kubist::Api;
use std::collections::BTreeMap;

use crate::cluster::Cluster;

fn count(map: &ConfigMap) -> u32 {
    map.data.as_ref().and_then(|data| data.get("count")).map_or(0, |count| count.parse().unwrap())
}

fn set(map: &mut ConfigMap, count: u32) {
    map.data = Some(BTreeMap::from([("count".to_owned(), count.to_string())]));
}

/// Adds one so many times.
async fn add(maps: &Api<ConfigMap>, times: u32) {
    for _ in 0..times {
        let one_more = |map: &mut ConfigMap| set(map, count(map) + 1);
        let first = || {
            let mut map = ConfigMap::default();
            set(&mut map, 1);
            map
        };
        maps.entry("counter").and_modify(one_more).or_create(first).await.unwrap();
        maps.update_with("counter", one_more).await.unwrap();
    }
}

pub(crate) async fn nobodys_change_is_lost(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let maps = cluster.client.namespaced::<ConfigMap>(&namespace);
    join_all((0..4).map(|_| add(&maps, 5))).await;
    assert_eq!(count(&maps.get("counter").await.unwrap()), 40);
}

pub(crate) async fn an_entry_is_created_once_and_what_is_there_stays(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let maps = cluster.client.namespaced::<ConfigMap>(&namespace);
    let entries = join_all((0..5).map(|number| {
        let maps = &maps;
        async move {
            let make = || {
                let mut map = ConfigMap::default();
                set(&mut map, number);
                map
            };
            maps.entry("one").or_create(make).await.unwrap()
        }
    }))
    .await;
    assert!(entries.iter().all(|entry| entry.metadata.uid == entries[0].metadata.uid));
    assert!(entries.iter().all(|entry| count(entry) == count(&entries[0])));

    let mut other = ConfigMap::default();
    other.metadata.name = Some("other".to_owned());
    let error = maps.entry("two").or_create(|| other).await.unwrap_err();
    assert!(error.is_invalid() && format!("{error:#}").contains("\"other\""), "{error:#}");
}

pub(crate) async fn what_is_not_changed_is_not_written(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let maps = cluster.client.namespaced::<ConfigMap>(&namespace);
    let stored = maps.entry("a").or_create(ConfigMap::default).await.unwrap();
    let mut calls = 0;
    let same = maps.update_with("a", |_| calls += 1).await.unwrap();
    assert_eq!((calls, &same.metadata.resource_version), (1, &stored.metadata.resource_version));
    // Who takes the version away does not overwrite what others wrote.
    let changed = maps.update_with("a", |map| {
        map.metadata.resource_version = None;
        set(map, 7);
    });
    assert_eq!(count(&changed.await.unwrap()), 7);
    assert!(maps.update_with("absent", |map| set(map, 1)).await.unwrap_err().is_not_found());
}
