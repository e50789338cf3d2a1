//! What typed, dynamic and metadata clients send: every verb with each of its options.

use std::time::Duration;

use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::autoscaling::v1::Scale;
use k8s_openapi::api::certificates::v1::CertificateSigningRequest;
use k8s_openapi::api::core::v1::{ConfigMap, Namespace, Node, Pod, ServiceAccount};
use kubist::api::{Api, Patch};
use kubist::resource::{Allows, ApiResource, GroupVersionResource, HasStatus, Listable, Object, verb};
use kubist::rest::{
    ApplyParams, DeleteParams, DeletionPropagation, FieldValidation, GetParams, ListParams, WriteParams,
};
use kubist::{Client, DynamicObject};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::meant::Meant;
use crate::recorder::{Recorder, Sent};
use crate::{none_wrong, rows};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Row {
    client: String,
    resource: String,
    verb: String,
    subresource: String,
    options: Options,
    which: Options,
    object: Value,
    patch: String,
    sent: Option<Sent>,
}

/// The options of all verbs, as they are in JSON.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Options {
    dry_run: Vec<String>,
    field_manager: Option<String>,
    field_validation: Option<String>,
    force: bool,
    label_selector: Option<String>,
    field_selector: Option<String>,
    limit: Option<u32>,
    #[serde(rename = "continue")]
    continue_token: Option<String>,
    resource_version: Option<String>,
    resource_version_match: Option<String>,
    timeout_seconds: Option<u64>,
    grace_period_seconds: Option<u32>,
    propagation_policy: Option<String>,
    preconditions: Preconditions,
    ignore_store_read_error_with_cluster_breaking_potential: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Preconditions {
    uid: Option<String>,
    resource_version: Option<String>,
}

impl Options {
    fn write(&self) -> WriteParams {
        let mut params = WriteParams::default();
        if !self.dry_run.is_empty() {
            params = params.dry_run();
        }
        if let Some(manager) = &self.field_manager {
            params = params.field_manager(manager);
        }
        match self.field_validation.as_deref() {
            None => params,
            Some("Strict") => params.field_validation(FieldValidation::Strict),
            Some("Warn") => params.field_validation(FieldValidation::Warn),
            Some("Ignore") => params.field_validation(FieldValidation::Ignore),
            Some(other) => panic!("{other}"),
        }
    }

    fn apply(&self) -> ApplyParams {
        let mut params = ApplyParams::manager(self.field_manager.as_deref().unwrap());
        if self.force {
            params = params.force();
        }
        if self.dry_run.is_empty() { params } else { params.dry_run() }
    }

    fn list(&self) -> ListParams {
        let mut params = ListParams::default();
        if let Some(labels) = &self.label_selector {
            params = params.labels(labels);
        }
        if let Some(fields) = &self.field_selector {
            params = params.fields(fields);
        }
        if let Some(limit) = self.limit {
            params = params.limit(limit);
        }
        if let Some(token) = &self.continue_token {
            params = params.continue_from(token);
        }
        if let Some(seconds) = self.timeout_seconds {
            params = params.timeout(Duration::from_secs(seconds));
        }
        match (self.resource_version_match.as_deref(), self.resource_version.as_deref()) {
            (Some("Exact"), Some(version)) => params.exactly(version),
            (Some("NotOlderThan"), Some(version)) => params.not_older_than(version),
            _ => params,
        }
    }

    fn delete(&self) -> DeleteParams {
        let mut params = DeleteParams::default();
        if let Some(seconds) = self.grace_period_seconds {
            params = params.grace_period_seconds(seconds);
        }
        if let Some(uid) = &self.preconditions.uid {
            params = params.uid(uid);
        }
        if let Some(version) = &self.preconditions.resource_version {
            params = params.resource_version(version);
        }
        if !self.dry_run.is_empty() {
            params = params.dry_run();
        }
        if self.ignore_store_read_error_with_cluster_breaking_potential {
            params = params.ignore_store_read_error();
        }
        match self.propagation_policy.as_deref() {
            None => params,
            Some("Background") => params.propagation(DeletionPropagation::Background),
            Some("Foreground") => params.propagation(DeletionPropagation::Foreground),
            Some("Orphan") => params.propagation(DeletionPropagation::Orphan),
            Some(other) => panic!("{other}"),
        }
    }
}

fn object<K: DeserializeOwned>(row: &Row) -> K {
    serde_json::from_value(row.object.clone()).unwrap()
}

fn patch(row: &Row) -> Patch {
    match &*row.patch {
        "application/json-patch+json" => Patch::Json(object(row)),
        "application/merge-patch+json" => Patch::Merge(row.object.clone()),
        "application/strategic-merge-patch+json" => Patch::Strategic(row.object.clone()),
        other => panic!("{other}"),
    }
}

/// What even metadata can do. What comes of the answer, an empty object, is of no interest.
async fn common<K>(api: &Api<K>, row: &Row)
where
    K: Object
        + Listable
        + Allows<verb::Get>
        + Allows<verb::List>
        + Allows<verb::Watch>
        + Allows<verb::Patch>
        + Allows<verb::Delete>
        + Allows<verb::DeleteCollection>,
{
    let options = &row.options;
    match (&*row.verb, &*row.subresource) {
        ("get", _) => {
            let params = GetParams::default();
            let params = match &options.resource_version {
                Some(version) => params.not_older_than(version),
                None => params,
            };
            drop(api.get_with("front", &params).await);
        }
        ("list", _) => drop(api.list_with(&options.list()).await),
        ("watch", _) => {
            let api = api.clone().labels(options.label_selector.as_deref().unwrap_or_default());
            let api = api.fields(options.field_selector.as_deref().unwrap_or_default());
            drop(api.watch(options.resource_version.as_deref().unwrap()).await);
        }
        ("patch", "") => drop(api.patch_with("front", &patch(row), &options.write()).await),
        ("delete", _) => drop(api.delete_with("front", &options.delete()).await),
        ("deleteCollection", _) => drop(api.delete_collection(&options.delete(), &row.which.list()).await),
        other => panic!("{other:?}"),
    }
}

async fn whole<K>(api: &Api<K>, row: &Row)
where
    K: Object
        + DeserializeOwned
        + Listable
        + Allows<verb::Get>
        + Allows<verb::List>
        + Allows<verb::Watch>
        + Allows<verb::Create>
        + Allows<verb::Update>
        + Allows<verb::Patch>
        + Allows<verb::Delete>
        + Allows<verb::DeleteCollection>,
{
    let options = &row.options;
    match (&*row.verb, &*row.subresource) {
        ("create", "") => drop(api.create_with(&object(row), &options.write()).await),
        ("replace", "") => drop(api.replace_with(&object(row), &options.write()).await),
        _ => common(api, row).await,
    }
}

async fn with_status<K>(api: &Api<K>, row: &Row)
where
    K: HasStatus
        + DeserializeOwned
        + Listable
        + Allows<verb::Get>
        + Allows<verb::List>
        + Allows<verb::Watch>
        + Allows<verb::Create>
        + Allows<verb::Update>
        + Allows<verb::Patch>
        + Allows<verb::Delete>
        + Allows<verb::DeleteCollection>,
{
    match (&*row.verb, &*row.subresource) {
        ("replace", "status") => drop(api.replace_status_with(&object(row), &row.options.write()).await),
        ("patch", "status") => {
            drop(api.patch_status_with("front", &patch(row), &row.options.write()).await);
        }
        _ => whole(api, row).await,
    }
}

async fn deployments(api: &Api<Deployment>, row: &Row) {
    let write = row.options.write();
    match &*row.verb {
        "getScale" => drop(api.get_scale("front").await),
        "replaceScale" => drop(api.replace_scale("front", &object::<Scale>(row), &write).await),
        "applyScale" => drop(api.apply_scale("front", 3, &ApplyParams::manager("me")).await),
        _ => with_status(api, row).await,
    }
}

async fn pods(api: &Api<Pod>, row: &Row) {
    let write = row.options.write();
    match &*row.verb {
        "evict" => drop(api.evict_with("front", &row.options.delete()).await),
        "bind" => drop(api.bind_with("front", "worker", &write).await),
        "replaceEphemeralContainers" => {
            drop(api.replace_ephemeral_containers(&object(row), &write).await);
        }
        "replaceResize" => drop(api.replace_resize(&object(row), &write).await),
        other => panic!("{other}"),
    }
}

async fn ask(client: &Client, row: &Row) {
    let sites = GroupVersionResource::new("example.com", "v1", "websites");
    let maps = GroupVersionResource::new("", "v1", "configmaps");
    match (&*row.client, &*row.resource) {
        ("typed", "configmaps") => {
            let api: Api<ConfigMap> = client.namespaced("shop");
            match &*row.verb {
                "listAll" => drop(client.all::<ConfigMap>().list_with(&row.options.list()).await),
                "apply" => {
                    let part = kubist::apply!(ConfigMap { data: { "color": "blue" } });
                    drop(api.apply("front", part, &row.options.apply()).await);
                }
                _ => whole(&api, row).await,
            }
        }
        ("typed", "nodes") => with_status(&client.cluster::<Node>(), row).await,
        ("typed", "deployments") => deployments(&client.namespaced("shop"), row).await,
        ("typed", "pods") => pods(&client.namespaced("shop"), row).await,
        ("typed", "serviceaccounts") => {
            let api = client.namespaced::<ServiceAccount>("shop");
            drop(api.create_token("front", &object(row)).await);
        }
        ("typed", "certificatesigningrequests") => {
            let api = client.cluster::<CertificateSigningRequest>();
            drop(api.replace_approval(&object(row), &row.options.write()).await);
        }
        ("typed", "namespaces") => {
            drop(client.cluster::<Namespace>().finalize(&object(row), &row.options.write()).await);
        }
        ("dynamic", "websites") => {
            let api = client.dynamic(&sites).namespaced("shop");
            match (&*row.verb, &*row.subresource) {
                ("apply", "") => {
                    drop(api.apply("front", &object::<DynamicObject>(row), &row.options.apply()).await);
                }
                ("apply", "status") => {
                    // With the kind, which a resource does not tell.
                    let mut known = ApiResource::from(&sites);
                    known.kind = "Website".into();
                    let api = client.dynamic(known).namespaced("shop");
                    let part = object::<DynamicObject>(row);
                    drop(api.apply_status("front", part.data["status"].clone(), &row.options.apply()).await);
                }
                _ => with_status(&api, row).await,
            }
        }
        ("metadata", "configmaps") => common(&client.metadata(&maps).namespaced("shop"), row).await,
        other => panic!("{other:?}"),
    }
}

const DELETE_OPTIONS: &str = "options of a delete are always sent, with `apiVersion` and `kind`";
const EMPTY: &str = "fields of typed objects that have no value are sent as null or empty";
const FORCE: &str = "an apply that is not forced says `force=false`";
const PROTOBUF: &str = "the metadata client asks for protobuf first";
const DELETED: &str = "the metadata client takes any form of a deleted object";
const TIMEOUT: &str = "dynamic and metadata clients tell the server no `timeout` of a list";
const NAMESPACE: &str = "an apply, an eviction and a binding name the namespace in their bodies";

/// What client-go would have sent, if it were as kubist in this one thing.
fn without(row: &Row, mut sent: Sent, difference: &str) -> Sent {
    match difference {
        TIMEOUT if row.client != "typed" && row.verb == "list" => {
            let seconds =
                row.options.timeout_seconds.map(|seconds| format!("{}m{}s", seconds / 60, seconds % 60));
            sent.query.splice(0..0, seconds.map(|timeout| ("timeout".to_owned(), timeout)));
        }
        DELETED if row.client == "metadata" && row.verb.starts_with("delete") => {
            let list = if row.verb == "delete" { "" } else { "List" };
            let form = format!("application/json;as=PartialObjectMetadata{list};g=meta.k8s.io;v=v1");
            sent.accept = format!("{form},application/json");
        }
        DELETE_OPTIONS if sent.method == "DELETE" => {
            if let Value::Object(body) = &mut sent.body {
                body.remove("apiVersion");
                body.remove("kind");
                if body.is_empty() {
                    sent.body = Value::Null;
                    sent.content_type.clear();
                }
            }
        }
        EMPTY if matches!(&*sent.method, "POST" | "PUT") => prune(&mut sent.body),
        FORCE => sent.query.retain(|(name, value)| (&**name, &**value) != ("force", "false")),
        PROTOBUF => {
            let json = |part: &&str| !part.contains("protobuf");
            sent.accept = sent.accept.split(',').filter(json).collect::<Vec<_>>().join(",");
        }
        NAMESPACE if sent.content_type.contains("apply") || ["evict", "bind"].contains(&&*row.verb) => {
            if let Some(metadata) = sent.body.get_mut("metadata").and_then(Value::as_object_mut) {
                metadata.remove("namespace");
            }
        }
        _ => {}
    }
    sent
}

/// Takes away what is null or empty.
fn prune(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(prune);
            members.retain(|_, value| !is_empty(value));
        }
        Value::Array(items) => items.iter_mut().for_each(prune),
        _ => {}
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

#[tokio::test]
async fn requests_are_the_same() {
    let all = [DELETE_OPTIONS, EMPTY, FORCE, PROTOBUF, DELETED, TIMEOUT, NAMESPACE];
    let differences = Meant::new("requests", &all);
    let mut wrong = Vec::new();
    for row in rows::<Row>("requests", "requests") {
        let (client, recorder) = Recorder::client("http://fake").unwrap();
        ask(&client, &row).await;
        let mut found = recorder.take();
        let mut expected = row.sent.clone();
        for difference in all {
            if found == expected {
                break;
            }
            let same = expected.clone().map(|sent| without(&row, sent, difference));
            if same != expected {
                differences.met(difference);
                expected = same;
                if difference == EMPTY {
                    found = found.map(|sent| without(&row, sent, EMPTY));
                }
            }
        }
        if found != expected {
            let asked = Row { sent: None, ..row };
            wrong.push(format!("{asked:?}\n  found {found:?}\n  expected {expected:?}"));
        }
    }
    none_wrong(&wrong);
    differences.all_met();
}
