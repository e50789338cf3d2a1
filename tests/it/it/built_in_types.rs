//! Types of Kubernetes inside of a kind of one's own.

use std::time::Duration;

use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::{LocalObjectReference, PersistentVolumeClaim, PodTemplateSpec};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::JSONSchemaProps;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, MicroTime, Time};
use k8s_openapi::apimachinery::pkg::runtime::RawExtension;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use k8s_openapi::jiff::Timestamp;
use kubist::crd::CustomResourceDefinition;
use kubist::prelude::*;
use kubist::rest::{FieldValidation, PatchType, Request, WriteParams};
use serde_json::{Value, json};

use crate::cluster::Cluster;

/// Workers that are alike.
#[derive(Clone, Debug, Resource)]
#[resource(
    group = "example.com", version = "v1", scope = Namespaced,
    column("Image", spec.template.spec?.containers[].image),
    index(image = spec.template.spec?.containers[].image),
)]
pub(crate) struct Pool {
    metadata: ObjectMeta,
    spec: PoolSpec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PoolSpec {
    template: PodTemplateSpec,
    claims: Option<Vec<PersistentVolumeClaim>>,
    selector: Option<LabelSelector>,
    secret: Option<LocalObjectReference>,
    port: Option<IntOrString>,
    memory: Option<Quantity>,
    since: Option<Time>,
    renewed: Option<MicroTime>,
    data: Option<ByteString>,
    plugin: Option<RawExtension>,
    schema: Option<JSONSchemaProps>,
}

/// `kubectl apply` writes the definition into an annotation, which has room for so much.
const ANNOTATION_MAX: usize = 256 * 1024;

async fn namespace(cluster: &Cluster) -> String {
    cluster.client.install(&[Pool::crd()]).await.unwrap();
    cluster.namespace().await
}

pub(crate) async fn a_template_of_pods_has_a_small_structural_schema(cluster: Cluster) {
    let mut draft = Pool::crd();
    assert!(serde_json::to_string(&draft).unwrap().len() < ANNOTATION_MAX);
    cluster.client.install(&[draft.clone()]).await.unwrap();
    let definitions = cluster.client.cluster::<CustomResourceDefinition>();
    let conditions = definitions.get("pools.example.com").await.unwrap().status.unwrap().conditions.unwrap();
    assert!(conditions.iter().any(|c| c.type_ == "Established" && c.status == "True"));
    assert!(!conditions.iter().any(|c| c.type_ == "NonStructuralSchema" && c.status == "True"));
    // What would be a warning is an error here.
    draft.metadata.name = Some("drafts.example.com".to_owned());
    draft.spec.names.plural = "drafts".to_owned();
    draft.spec.names.singular = Some("draft".to_owned());
    let strict = WriteParams::default().dry_run().field_validation(FieldValidation::Strict);
    definitions.create_with(&draft, &strict).await.unwrap();
}

pub(crate) async fn two_managers_share_the_containers_of_a_template(cluster: Cluster) {
    let namespace = namespace(&cluster).await;
    let path = format!("/apis/example.com/v1/namespaces/{namespace}/pools/shared");
    let apply = async |manager: &str, container: Value| -> Value {
        let body = json!({
            "apiVersion": "example.com/v1", "kind": "Pool", "metadata": {"name": "shared"},
            "spec": {"template": {"spec": {"containers": [container], "imagePullSecrets": [{"name": manager}]}}},
        });
        let patch = Request::patch(&path, PatchType::Apply, serde_json::to_vec(&body).unwrap());
        cluster.client.rest().json(patch.query("fieldManager", manager)).await.unwrap()
    };
    apply("web", json!({"name": "web", "image": "web:1", "ports": [{"containerPort": 80}]})).await;
    apply("log", json!({"name": "log", "image": "log:1"})).await;
    let stored =
        apply("web", json!({"name": "web", "image": "web:2", "ports": [{"containerPort": 80}]})).await;
    let spec = &stored["spec"]["template"]["spec"];
    let port = json!({"containerPort": 80, "protocol": "TCP"});
    assert_eq!(
        spec["containers"],
        json!([{"name": "web", "image": "web:2", "ports": [port]}, {"name": "log", "image": "log:1"}])
    );
    assert_eq!(spec["imagePullSecrets"], json!([{"name": "web"}, {"name": "log"}]));
}

/// Values of fields of the spec; the second of those that are accepted is what is stored, where it is not the same.
fn accepted() -> Vec<(&'static str, Value, Option<Value>)> {
    let claim = json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim",
        "metadata": {"name": "data", "labels": {"app": "web"}},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
    });
    let mut with_uid = claim.clone();
    with_uid["metadata"]["uid"] = json!("u");
    vec![
        ("since", json!("2020-01-01T00:00:00Z"), None),
        ("since", json!("2020-02-29t23:59:59,123456789+23:59"), None),
        ("since", json!("0000-01-01T00:00:00Z"), None),
        ("since", json!("1000-01-01T00:00:00+23:59"), None),
        ("since", json!("9999-11-30T23:59:59Z"), None),
        ("since", json!("9999-12-29T23:59:59Z"), None),
        ("renewed", json!("9989-12-31T23:59:59.123456-23:59"), None),
        ("renewed", json!(MicroTime(Timestamp::MAX)), None),
        ("data", json!(""), None),
        ("data", json!("aGVsbG8="), None),
        ("data", json!("aGVsbA=="), None),
        ("port", json!(2_147_483_647), None),
        ("port", json!("10%"), None),
        ("memory", json!("1.5Gi"), None),
        ("memory", json!(5), None),
        ("secret", json!({}), Some(json!({"name": ""}))),
        ("selector", json!({"matchExpressions": [{"key": "a", "operator": "Exists"}]}), None),
        ("plugin", json!({"deep": {"er": [1, null]}}), None),
        ("schema", json!({"type": "object", "properties": {"a": {"type": "string"}}}), None),
        ("claims", json!([claim]), None),
        ("claims", json!([with_uid]), Some(json!([claim]))),
    ]
}

fn refused() -> Vec<(&'static str, Value)> {
    vec![
        ("since", json!("2020-01-01")),
        ("since", json!("2020-01-01T00:00:00x5Z")),
        ("since", json!("2020-01-01T00:00:00.1234567890Z")),
        ("since", json!("2020-01-01T00:00:00+99:99")),
        ("since", json!("0000-01-01T00:00:00+00:01")),
        ("since", json!("9998-12-31T23:59:59-00:01")),
        ("renewed", json!("9999-12-30T22:00:01Z")),
        ("renewed", json!("9999-12-31T23:59:59Z")),
        ("data", json!("aGVsbG8")),
        ("data", json!("aGVsbG9=")),
        ("port", json!(2_147_483_648_i64)),
        ("port", json!(true)),
        ("memory", json!("")),
        ("memory", json!("1 Gi")),
        ("selector", json!({"matchExpressions": [{"operator": "In"}]})),
        ("plugin", json!("text")),
        ("claims", json!([{"kind": "Pod", "metadata": {"name": "data"}}])),
        ("template", json!({"spec": {"containers": [{"image": "without a name"}]}})),
        ("template", json!({"spec": {"containers": [{"name": "a", "imagePullPolicy": "Allways"}]}})),
    ]
}

fn pool(field: &str, value: Value) -> Value {
    let mut pool = json!({
        "apiVersion": "example.com/v1", "kind": "Pool", "metadata": {"generateName": "pool-"},
        "spec": {"template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": []}}},
    });
    pool["spec"][field] = value;
    pool
}

pub(crate) async fn what_the_server_accepts_is_what_the_types_hold(cluster: Cluster) {
    let namespace = namespace(&cluster).await;
    let path = format!("/apis/example.com/v1/namespaces/{namespace}/pools");
    let rest = cluster.client.rest();
    let pools = cluster.client.namespaced::<Pool>(&namespace);
    for (field, value, expected) in accepted() {
        let request = Request::post(&path).json(&pool(field, value.clone()));
        let stored: Value =
            rest.json(request).await.unwrap_or_else(|error| panic!("{field} {value}: {error:#}"));
        assert_eq!(stored["spec"][field], expected.unwrap_or(value), "{field}");
        let typed = pools.get(stored["metadata"]["name"].as_str().unwrap()).await.unwrap();
        pools.replace(&typed).await.unwrap_or_else(|error| panic!("{field}: {error:#}"));
    }
    for (field, value) in refused() {
        let request = Request::post(&path).json(&pool(field, value.clone()));
        let error = rest.json::<Value>(request).await.expect_err(&format!("{field} {value}"));
        let details = error.status().unwrap().details.clone().unwrap();
        let named = |cause: &str| cause.starts_with(&format!("spec.{field}"));
        assert!(
            details.causes.unwrap().iter().any(|cause| cause.field.as_deref().is_some_and(named)),
            "{error:#}"
        );
    }
}

pub(crate) async fn objects_are_found_by_what_is_deep_inside(cluster: Cluster) {
    let namespace = namespace(&cluster).await;
    let columns = Pool::crd().spec.versions.remove(0).additional_printer_columns.unwrap();
    assert_eq!(columns[0].json_path, ".spec.template.spec.containers[*].image");
    let template =
        json!({"spec": {"containers": [{"name": "a", "image": "a:1"}, {"name": "b", "image": "b:1"}]}});
    let path = format!("/apis/example.com/v1/namespaces/{namespace}/pools");
    let stored: Value =
        cluster.client.rest().json(Request::post(path).json(&pool("template", template))).await.unwrap();
    let informer = cluster.client.namespaced::<Pool>(&namespace).informer().start();
    informer.synced_within(Duration::from_secs(30)).await.unwrap();
    for image in ["a:1", "b:1"] {
        let found = informer.lister().by(Pool::BY_IMAGE, image);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].metadata.name.as_deref(), stored["metadata"]["name"].as_str());
    }
    assert!(informer.lister().by(Pool::BY_IMAGE, "c:1").is_empty());
}
