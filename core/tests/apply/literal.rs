//! What `apply!` makes.

use std::collections::BTreeMap;

use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::{Container, Pod, Service};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{
    JSONSchemaProps, JSONSchemaPropsOrBool,
};
use kubist::apply;
use kubist::apply::Partial;
use serde_json::json;

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

#[test]
fn what_is_spread_is_set_first_and_what_is_written_wins() {
    let base = apply!(Deployment { metadata: { labels: { "a": "1", "b": "2" } }, spec: { replicas: 1, paused: true } });
    let part = apply!(Deployment { spec: { replicas: 3 }, metadata: { labels: { "b": "3" } }, ..&base });
    assert_eq!(
        *part.as_json(),
        json!({"metadata": {"labels": {"a": "1", "b": "3"}}, "spec": {"replicas": 3, "paused": true}})
    );
    let whole = Deployment {
        spec: k8s_openapi::api::apps::v1::DeploymentSpec { replicas: Some(5), ..Default::default() },
        ..Default::default()
    };
    assert_eq!(apply!(Deployment { ..whole }).as_json()["spec"]["replicas"], 5);
}

#[test]
fn an_empty_brace_is_an_empty_struct_and_an_expression_may_return_early() {
    let part = apply!(Pod { spec: { volumes: [{ name: "tmp", empty_dir: {} }], containers: [] } });
    assert_eq!(
        *part.as_json(),
        json!({"spec": {"volumes": [{"name": "tmp", "emptyDir": {}}], "containers": []}})
    );
    fn port(text: &str) -> Result<Partial<Service>, std::num::ParseIntError> {
        Ok(
            apply!(Service { spec: { ports: [{ port: text.parse::<i32>()?, target_port: (if text == "80" { "web" } else { "other" }) }] } }),
        )
    }
    assert!(port("x").is_err());
    assert_eq!(port("80").unwrap().as_json()["spec"]["ports"], json!([{"port": 80, "targetPort": "web"}]));
}

#[test]
fn names_that_do_not_follow_the_rule_are_those_of_the_api() {
    let part =
        apply!(Service { spec: { cluster_ip: "None", external_ips: ["192.0.2.1"], type_: "ClusterIP" } });
    assert_eq!(
        *part.as_json(),
        json!({"spec": {"clusterIP": "None", "externalIPs": ["192.0.2.1"], "type": "ClusterIP"}})
    );
    let part = apply!(JSONSchemaProps {
        ref_path: "x",
        x_kubernetes_int_or_string: true,
        additional_properties: JSONSchemaPropsOrBool::Bool(true)
    });
    assert_eq!(
        *part.as_json(),
        json!({"$ref": "x", "x-kubernetes-int-or-string": true, "additionalProperties": true})
    );
}

#[test]
fn what_cannot_be_written_is_an_error_when_it_is_applied() {
    let error = Partial::<Container>::from_json(json!([])).unwrap_err();
    assert!(error.is_invalid());
    let odd = BTreeMap::from([(vec![1], 1)]);
    let error = Partial::from(odd).into_json().unwrap_err();
    assert!(error.is_invalid(), "{error:?}");
}
