//! What `apply!` makes.

use std::collections::BTreeMap;

use k8s_openapi::api::apps::v1::{Deployment, DeploymentStatus};
use k8s_openapi::api::core::v1::{Container, ContainerPort, PodTemplateSpec, Service};
use kubist::apply;
use kubist::apply::Partial;
use serde_json::json;

use crate::derive::{Shop, Theme};

#[test]
fn a_part_of_a_built_in_kind_holds_what_was_written_under_its_json_names() {
    let image = "web:7".to_owned();
    let absent: Option<String> = None;
    let more = [("tier", "front")];
    let sidecar = apply!(Container { name: "log", image: "log:1" });
    let part = apply!(Deployment {
        metadata: { name: "front", labels: { "app": "front", ("a".to_owned() + "b"): "c", ..more } },
        spec: {
            replicas: 3,
            min_ready_seconds: Some(5),
            selector: { match_labels: BTreeMap::from([("app".to_owned(), "front".to_owned())]) },
            strategy: { rolling_update: { max_surge: "25%", max_unavailable: 1 } },
            template: {
                spec: {
                    host_pid: false,
                    node_name: absent,
                    containers: [
                        {
                            name: "web", image, args: ["a", "b"],
                            ports: [{ container_port: 80 }],
                            resources: { limits: { "cpu": "500m" } },
                        },
                        sidecar,
                        ..(0..2).map(|i| Container { name: format!("c{i}"), ..Container::default() }),
                    ],
                },
            },
        },
    });
    assert_eq!(
        *part.as_json(),
        json!({
            "metadata": {"name": "front", "labels": {"app": "front", "ab": "c", "tier": "front"}},
            "spec": {
                "replicas": 3,
                "minReadySeconds": 5,
                "selector": {"matchLabels": {"app": "front"}},
                "strategy": {"rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 1}},
                "template": {"spec": {
                    "hostPID": false,
                    "containers": [
                        {
                            "name": "web", "image": "web:7", "args": ["a", "b"],
                            "ports": [{"containerPort": 80}],
                            "resources": {"limits": {"cpu": "500m"}},
                        },
                        {"name": "log", "image": "log:1"},
                        {"name": "c0"},
                        {"name": "c1"},
                    ],
                }},
            },
        })
    );
}
