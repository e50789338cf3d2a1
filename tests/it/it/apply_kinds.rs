//! Parts of built-in kinds: applied by two managers, in conflict, by force, and extracted.

use k8s_openapi::api::apps::v1::{Deployment, DeploymentStatus, StatefulSet};
use k8s_openapi::api::core::v1::{ConfigMap, Pod, Service};
use k8s_openapi::api::networking::v1::Ingress;
use k8s_openapi::api::rbac::v1::{Role, RoleBinding};
use kubist::Api;
use kubist::apply;
use kubist::apply::{Partial, conflicts};
use kubist::resource::{Allows, Namespaced, Object, Resource, verb};
use kubist::rest::ApplyParams;
use kubist::schema::Schema;
use serde_json::Value;

use crate::cluster::Cluster;

/// What is told of each kind: `ours` is the object; `theirs` adds a field; `contested` sets one of ours to another value.
struct Story<K> {
    ours: Partial<K>,
    theirs: Partial<K>,
    contested: Partial<K>,
    /// Where the contested field is, as the server and as JSON spell it.
    field: &'static str,
    pointer: &'static str,
}

async fn tell<
    K: Resource + Namespaced + Schema + Allows<verb::Get> + Allows<verb::Patch> + std::fmt::Debug,
>(
    cluster: &Cluster,
    namespace: &str,
    story: Story<K>,
) {
    let api: Api<K> = cluster.client.namespaced(namespace);
    let (we, they) = (ApplyParams::manager("we"), ApplyParams::manager("they"));
    let kind = K::META.kind;

    let created = api.apply("front", &story.ours, &we).await.unwrap();
    assert_eq!(created.object_meta().name.as_deref(), Some("front"), "{kind}");
    api.apply("front", &story.theirs, &they).await.unwrap();

    let error = api.apply("front", &story.contested, &they).await.unwrap_err();
    assert!(error.is_conflict(), "{kind}: {error:?}");
    let found = conflicts(&error);
    assert_eq!(found.len(), 1, "{kind}: {found:?}");
    assert_eq!((&*found[0].field, &*found[0].manager), (story.field, "we"), "{kind}");

    // What was extracted changes nothing when it is applied again, and takes nothing away.
    let live = api.get("front").await.unwrap();
    for (name, manager) in [("we", &we), ("they", &they)] {
        let mine = Partial::extract(&live, name).unwrap();
        let again = api.apply("front", mine, manager).await.unwrap();
        assert_eq!(without_times(&again), without_times(&live), "{kind}: {name}");
    }

    let forced = api.apply("front", &story.contested, &they.clone().force()).await.unwrap();
    let value = |object: &K| serde_json::to_value(object).unwrap().pointer(story.pointer).cloned();
    assert_ne!(value(&forced), value(&live), "{kind}");
    assert_eq!(value(&forced).as_ref(), story.contested.as_json().pointer(story.pointer), "{kind}");
    let ours = Partial::extract(&forced, "we").unwrap();
    assert_eq!(ours.as_json().pointer(story.pointer), None, "{kind}: taken over");

    let nobody = Partial::extract(&forced, "nobody").unwrap();
    assert!(nobody.as_json().get("spec").is_none() && nobody.as_json()["metadata"].get("labels").is_none());
}

/// The object without what says when it was written.
fn without_times<K: Object>(object: &K) -> Value {
    let mut value = serde_json::to_value(object).unwrap();
    value["metadata"]["managedFields"] = Value::Null;
    value["metadata"]["resourceVersion"] = Value::Null;
    value
}

pub(crate) async fn workloads_are_shared_by_two_managers(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let (app, image) = ("front", "registry.example.com/web:7".to_owned());
    let story = Story {
        ours: apply!(Deployment {
            spec: {
                replicas: 3,
                selector: { match_labels: { "app": app } },
                template: {
                    metadata: { labels: { "app": app } },
                    spec: { containers: [
                        { name: "web", image: &image, ports: [{ container_port: 80 }], resources: { limits: { "cpu": "500m" } } },
                    ] },
                },
            },
        }),
        theirs: apply!(Deployment {
            metadata: { labels: { "team": "shop" } },
            spec: { template: { spec: { containers: [
                { name: "log", image: "registry.example.com/log:1" },
                { name: "web", env: [{ name: "COLOR", value: "blue" }] },
            ] } } },
        }),
        contested: apply!(Deployment { spec: { replicas: 5 } }),
        field: ".spec.replicas",
        pointer: "/spec/replicas",
    };
    tell(&cluster, &namespace, story).await;
    let deployments: Api<Deployment> = cluster.client.namespaced(&namespace);
    let status = apply!(DeploymentStatus { conditions: [{ type_: "Shown", status: "True" }] });
    let stored = deployments.apply_status("front", &status, &ApplyParams::manager("we")).await.unwrap();
    assert_eq!(Partial::extract_status(&stored, "we").unwrap(), status);
    assert_eq!(Partial::extract_status(&stored, "they").unwrap(), Partial::new());

    let story = Story {
        ours: apply!(StatefulSet {
            spec: {
                service_name: "front",
                replicas: 3,
                selector: { match_labels: { "app": app } },
                template: {
                    metadata: { labels: { "app": app } },
                    spec: { containers: [{ name: "db", image: &image }] },
                },
                volume_claim_templates: [{
                    metadata: { name: "data" },
                    spec: {
                        access_modes: ["ReadWriteOnce"],
                        resources: { requests: { "storage": "1Gi" } },
                    },
                }],
            },
        }),
        theirs: apply!(StatefulSet { spec: { min_ready_seconds: 5 } }),
        contested: apply!(StatefulSet { spec: { replicas: 1 } }),
        field: ".spec.replicas",
        pointer: "/spec/replicas",
    };
    tell(&cluster, &namespace, story).await;

    let story = Story {
        ours: apply!(Pod {
            metadata: { labels: { "app": app } },
            spec: { containers: [{ name: "web", image, args: ["--fast"] }], restart_policy: "Never" },
        }),
        theirs: apply!(Pod { metadata: { annotations: { "team": "shop" } } }),
        contested: apply!(Pod { metadata: { labels: { "app": "back" } } }),
        field: ".metadata.labels.app",
        pointer: "/metadata/labels/app",
    };
    tell(&cluster, &namespace, story).await;
}

pub(crate) async fn services_and_settings_are_shared_by_two_managers(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let story = Story {
        ours: apply!(Service {
            spec: {
                selector: { "app": "front" },
                ports: [{ name: "http", port: 80, target_port: "web" }],
            },
        }),
        theirs: apply!(Service { spec: { ports: [{ name: "metrics", port: 9090, target_port: 9090 }] } }),
        contested: apply!(Service { spec: { selector: { "app": "back" } } }),
        field: ".spec.selector",
        pointer: "/spec/selector/app",
    };
    tell(&cluster, &namespace, story).await;

    let story = Story {
        ours: apply!(ConfigMap { data: { "color": "blue", "size": "3" } }),
        theirs: apply!(ConfigMap { data: { "shape": "round" } }),
        contested: apply!(ConfigMap { data: { "color": "red" } }),
        field: ".data.color",
        pointer: "/data/color",
    };
    tell(&cluster, &namespace, story).await;

    let story = Story {
        ours: apply!(Ingress {
            spec: {
                ingress_class_name: "nginx",
                rules: [{
                    host: "shop.example.com",
                    http: { paths: [{
                        path: "/",
                        path_type: "Prefix",
                        backend: { service: { name: "front", port: { number: 80 } } },
                    }] },
                }],
            },
        }),
        theirs: apply!(Ingress { metadata: { annotations: { "team": "shop" } } }),
        contested: apply!(Ingress { spec: { ingress_class_name: "other" } }),
        field: ".spec.ingressClassName",
        pointer: "/spec/ingressClassName",
    };
    tell(&cluster, &namespace, story).await;
}

pub(crate) async fn roles_and_bindings_are_shared_by_two_managers(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let story = Story {
        ours: apply!(Role {
            rules: [{ api_groups: [""], resources: ["pods"], verbs: ["get", "list"] }],
        }),
        theirs: apply!(Role { metadata: { labels: { "team": "shop" } } }),
        contested: apply!(Role { rules: [{ api_groups: [""], resources: ["pods"], verbs: ["get"] }] }),
        field: ".rules",
        pointer: "/rules/0/verbs",
    };
    tell(&cluster, &namespace, story).await;

    let story = Story {
        ours: apply!(RoleBinding {
            metadata: { labels: { "app": "front" } },
            role_ref: { api_group: "rbac.authorization.k8s.io", kind: "Role", name: "front" },
            subjects: [{ kind: "User", name: "ann", api_group: "rbac.authorization.k8s.io" }],
        }),
        theirs: apply!(RoleBinding { metadata: { labels: { "team": "shop" } } }),
        contested: apply!(RoleBinding { metadata: { labels: { "app": "back" } } }),
        field: ".metadata.labels.app",
        pointer: "/metadata/labels/app",
    };
    tell(&cluster, &namespace, story).await;
}
