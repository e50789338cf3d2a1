//! Kinds under the names that client-go has for them.

use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::{ConfigMap, Namespace};
use kubist::Api;
use serde_json::json;

use crate::cluster::Cluster;
use crate::website::{Website, website};

kubist::clientset! {
    /// The kinds of these tests.
    pub(crate) trait Garden {
        /// The kinds of `example.com/v1`, and one of others.
        fn example_v1() -> ExampleV1 {
            fn websites(namespace) -> Website;
            /// A kind that is elsewhere too.
            fn spaces() -> Namespace;
        }
    }
}

fn named(name: &str) -> ConfigMap {
    let mut map = ConfigMap::default();
    map.metadata.name = Some(name.to_owned());
    map
}

pub(crate) async fn each_group_version_has_its_kinds(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let (core, apps) = (cluster.client.core_v1(), cluster.client.apps_v1());
    let maps = core.config_maps(&namespace);
    maps.create(&named("a")).await.unwrap();
    let deployment: Deployment = serde_json::from_value(json!({
        "metadata": {"name": "front"},
        "spec": {
            "selector": {"matchLabels": {"app": "front"}},
            "template": {
                "metadata": {"labels": {"app": "front"}},
                "spec": {"containers": [{"name": "main", "image": "main"}]},
            },
        },
    }))
    .unwrap();
    let deployments: Api<Deployment> = apps.deployments(namespace.as_str());
    deployments.create(&deployment).await.unwrap();
    deployments.scale("front", 3).await.unwrap();
    let stored = cluster.client.namespaced::<Deployment>(&namespace).get("front").await.unwrap();
    assert_eq!(stored.spec.replicas, Some(3));

    // All namespaces, and a kind that is in none.
    let everywhere = core.config_maps(..).fields("metadata.name=a").list().await.unwrap();
    assert!(everywhere.items.iter().any(|map| map.metadata.namespace.as_deref() == Some(&namespace)));
    let spaces = core.namespaces().list().await.unwrap();
    assert!(spaces.items.iter().any(|space| space.metadata.name.as_deref() == Some(&namespace)));
    let group = cluster.client.apiextensions_v1().custom_resource_definitions();
    assert!(group.get_opt("websites.example.com").await.unwrap().is_some());
}

pub(crate) async fn a_clientset_of_ones_own_is_as_good(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let garden = cluster.client.example_v1();
    garden.websites(namespace.clone()).create(&website("front", "gs://a", 1)).await.unwrap();
    let everywhere = garden.websites(..).fields("metadata.name=front").list().await.unwrap();
    assert!(everywhere.items.iter().any(|site| site.metadata.namespace.as_deref() == Some(&namespace)));
    assert!(garden.spaces().get_opt(&namespace).await.unwrap().is_some());
}

pub(crate) async fn a_namespace_without_a_name_is_not_all_of_them(cluster: Cluster) {
    let error = cluster.client.core_v1().pods("").list().await.unwrap_err();
    assert!(error.is_invalid() && error.status().is_none(), "{error:?}");
}
