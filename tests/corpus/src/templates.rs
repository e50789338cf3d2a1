//! Types of Kubernetes that are large.

use arbitrary::Arbitrary;
use k8s_openapi::api::core::v1::PodTemplateSpec;
use k8s_openapi::api::core::v1::ResourceRequirements;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::JSONSchemaProps;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use kubist::prelude::*;
use serde_json::{Value, json};

use crate::entry::{Entry, Step};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A98Spec {
    #[arbitrary(value = template("random"))]
    template: PodTemplateSpec,
    #[arbitrary(value = None)]
    resources: Option<ResourceRequirements>,
    #[arbitrary(value = None)]
    selector: Option<LabelSelector>,
}
kind!(A98, A98Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A101Spec {
    #[arbitrary(value = JSONSchemaProps::default())]
    value: JSONSchemaProps,
}
kind!(A101, A101Spec);

fn pod(containers: &Value) -> Value {
    json!({"metadata": {"labels": {"app": "x"}}, "spec": {"containers": containers}})
}

fn template(name: &str) -> PodTemplateSpec {
    let container = json!([{
        "name": name, "image": "nginx",
        "ports": [{"containerPort": 80, "protocol": "TCP"}],
        "env": [{"name": "A", "value": "b"}],
        "resources": {"limits": {"cpu": "100m"}},
    }]);
    serde_json::from_value(pod(&container)).expect("a template")
}

pub(crate) fn entries() -> Vec<Entry> {
    let first = json!([{"name": "a", "image": "x"}]);
    let second = json!([{"name": "b", "image": "y"}]);
    let both = json!([{"name": "a", "image": "x"}, {"name": "b", "image": "y"}]);
    let a98 = A98Spec {
        template: template("web"),
        resources: Some(serde_json::from_value(json!({"requests": {"memory": "1Gi"}})).expect("resources")),
        selector: Some(serde_json::from_value(json!({"matchLabels": {"app": "x"}})).expect("a selector")),
    };
    vec![
        Entry::new::<A98>([a98])
            .any_schema()
            .says(
                "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/template/properties/spec\
                 /properties/containers/x-kubernetes-list-map-keys",
                json!(["name"]),
            )
            .says(
                "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/template/properties/spec\
                 /properties/containers/items/properties/ports/x-kubernetes-list-map-keys",
                json!(["containerPort", "protocol"]),
            )
            .says(
                "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/resources/properties\
                 /claims/x-kubernetes-list-type",
                json!("map"),
            )
            .refuses_at("spec.template.spec.containers[0].name", "template", pod(&json!([{"image": "x"}])))
            .refuses_at(
                "spec.template.spec.containers[1]",
                "template",
                pod(&json!([{"name": "a"}, {"name": "a"}])),
            )
            .refuses_at("spec.template.spec.containers", "template", pod(&json!("x")))
            .step(Step::Merges {
                first: json!({"template": pod(&first)}),
                second: json!({"template": pod(&second)}),
                stored: json!({"template": pod(&both)}),
            }),
        Entry::new::<A101>([A101Spec {
            value: serde_json::from_value(json!({
                "type": "object", "properties": {"a": {"type": "string", "default": "x"}},
            }))
            .expect("a schema"),
        }])
        .field("value", json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true}))
        .refuses("value", json!("x")),
    ]
}
