//! Selectors mean the same here and to the server.

use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::api::core::v1::ConfigMap;
use kubist::prelude::*;
use kubist::{fields, labels};

use crate::cluster::Cluster;

fn names(objects: impl IntoIterator<Item = ConfigMap>) -> BTreeSet<String> {
    objects.into_iter().filter_map(|object| object.metadata.name).collect()
}

async fn settings(cluster: &Cluster) -> (Api<ConfigMap>, Vec<ConfigMap>) {
    let api = cluster.client.namespaced::<ConfigMap>(cluster.namespace().await);
    let mut all = Vec::new();
    for (name, labels) in [
        ("none", &[][..]),
        ("web", &[("app", "web"), ("tier", "front"), ("n", "5")]),
        ("back", &[("app", "web"), ("tier", "back"), ("n", "12")]),
        ("db", &[("app", "db"), ("example.com/owner", ""), ("n", "many")]),
    ] {
        let labels: BTreeMap<String, String> =
            labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let metadata =
            ObjectMeta { name: Some(name.to_owned()), labels: Some(labels), ..ObjectMeta::default() };
        all.push(api.create(&ConfigMap { metadata, ..ConfigMap::default() }).await.unwrap());
    }
    (api, all)
}

pub(crate) async fn the_server_selects_by_labels_what_matches_here(cluster: Cluster) {
    let (api, all) = settings(&cluster).await;
    let informer = api.informer().start();
    informer.synced().await.unwrap();
    for text in [
        "",
        "app",
        "!app",
        "app=web",
        "app==web",
        "app!=web",
        "app in (web, db)",
        "app notin (db)",
        "tier in (back,)",
        "n>5",
        "n>4",
        "n<12",
        "n>4,n<12",
        "example.com/owner",
        "example.com/owner=",
        "app=web,tier!=back",
        "app,!tier",
    ] {
        let selector: labels::Selector = text.parse().unwrap();
        let here = names(all.iter().filter(|object| selector.matches(&object.metadata)).cloned());
        // Each namespace has one of its own.
        let told = |mut found: BTreeSet<String>| {
            found.remove("kube-root-ca.crt");
            found
        };
        let there = told(names(api.clone().labels(&selector).list().await.unwrap().items));
        assert_eq!(here, there, "{text}");
        let cached =
            informer.lister().select(&selector).iter().map(|object| (**object).clone()).collect::<Vec<_>>();
        assert_eq!(here, told(names(cached)), "{text}");
    }
    let nothing = api.clone().labels(labels::Selector::nothing()).list().await.unwrap();
    assert!(nothing.items.is_empty());
}

pub(crate) async fn the_server_selects_by_fields_what_matches_here(cluster: Cluster) {
    let (api, all) = settings(&cluster).await;
    let namespace = api.namespace().unwrap().to_owned();
    for selector in [
        fields::Selector::equals("metadata.name", "web"),
        fields::Selector::differs("metadata.name", "web")
            .and(fields::Selector::differs("metadata.name", "kube-root-ca.crt")),
        fields::Selector::equals("metadata.namespace", namespace)
            .and(fields::Selector::equals("metadata.name", "db")),
        fields::Selector::equals("metadata.name", r"a,b=c\d"),
    ] {
        let here = names(all.iter().filter(|object| selector.matches_object(object).unwrap()).cloned());
        let there = names(api.clone().fields(&selector).list().await.unwrap().items);
        assert_eq!(here, there, "{selector}");
    }
}
