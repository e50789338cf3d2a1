//! The definition that the derive makes, judged by the server.

use kubist::crd::CustomResourceDefinition;
use kubist::prelude::*;
use kubist::rest::Request;
use serde_json::{Value, json};

use crate::cluster::Cluster;
use crate::website::{Website, website};

pub(crate) async fn is_accepted_and_served(cluster: Cluster) {
    cluster.client.install(&[Website::crd()]).await.unwrap();
    let stored =
        cluster.client.cluster::<CustomResourceDefinition>().get("websites.example.com").await.unwrap();
    let conditions = stored.status.unwrap().conditions.unwrap();
    let holds = |name: &str| conditions.iter().any(|c| c.type_ == name && c.status == "True");
    assert!(holds("Established") && holds("NamesAccepted"));
    assert!(!holds("NonStructuralSchema"));
    // Served means that a request answers, not only that the condition says so.
    assert!(cluster.client.all::<Website>().list().await.is_ok());
}

/// The definition of a kind of a test's own: others run at the same time on the same server.
fn definition(kind: &str) -> CustomResourceDefinition {
    let singular = kind.to_lowercase();
    let mut crd = Website::crd();
    crd.metadata.name = Some(format!("{singular}s.example.com"));
    crd.spec.names.plural = format!("{singular}s");
    crd.spec.names.singular = Some(singular);
    crd.spec.names.kind = kind.to_owned();
    crd.spec.names.list_kind = Some(format!("{kind}List"));
    crd.spec.names.short_names = None;
    crd
}

pub(crate) async fn installing_again_writes_nothing(cluster: Cluster) {
    let definitions = cluster.client.cluster::<CustomResourceDefinition>();
    let version = async || {
        cluster.client.install(&[definition("Gizmo")]).await.unwrap();
        definitions.get("gizmos.example.com").await.unwrap().metadata.resource_version.unwrap()
    };
    let first = version().await;
    assert_eq!(version().await, first);
}

pub(crate) async fn a_changed_definition_is_updated(cluster: Cluster) {
    let mut before = definition("Gadget");
    before.spec.versions[0].additional_printer_columns = None;
    cluster.client.install(&[before]).await.unwrap();
    cluster.client.install(&[definition("Gadget")]).await.unwrap();
    let stored =
        cluster.client.cluster::<CustomResourceDefinition>().get("gadgets.example.com").await.unwrap();
    let columns = stored.spec.versions[0].additional_printer_columns.as_ref().unwrap();
    assert_eq!(columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>(), ["Desired", "Ready"]);
}

pub(crate) async fn installing_from_many_tasks_at_once_succeeds(cluster: Cluster) {
    let crd = [Website::crd()];
    let install = || cluster.client.install(&crd);
    let outcomes = futures_util::future::join_all([install(), install(), install(), install()]).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
}

pub(crate) async fn the_server_fills_in_serdes_default(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let path = format!("/apis/example.com/v1/namespaces/{namespace}/websites");
    let body = json!({
        "apiVersion": "example.com/v1", "kind": "Website",
        "metadata": {"name": "bare"}, "spec": {"bucket": "gs://a", "unknown": true},
    });
    let stored: Value = cluster.client.rest().json(Request::post(path).json(&body)).await.unwrap();
    assert_eq!(stored["spec"], json!({"bucket": "gs://a", "replicas": 1}));
}

pub(crate) async fn the_server_enforces_pattern_and_bounds(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    for (site, field) in [
        (website("pattern", "s3://a", 1), "spec.bucket"),
        (website("high", "gs://a", 101), "spec.replicas"),
        (website("low", "gs://a", -1), "spec.replicas"),
    ] {
        let error = sites.create(&site).await.unwrap_err();
        assert!(error.is_invalid() && error.code() == Some(422), "{error:?}");
        let causes = error.status().unwrap().details.as_ref().unwrap().causes.as_ref().unwrap();
        assert_eq!(causes[0].field.as_deref(), Some(field), "{error:?}");
    }
    assert!(sites.list().await.unwrap().items.is_empty());
}

pub(crate) async fn short_names_and_columns_are_discovered(cluster: Cluster) {
    cluster.client.install(&[Website::crd()]).await.unwrap();
    let resources: Value = cluster.client.rest().json(Request::get("/apis/example.com/v1")).await.unwrap();
    let resources = resources["resources"].as_array().unwrap();
    let named = |name: &str| resources.iter().find(|resource| resource["name"] == name).unwrap();
    let websites = named("websites");
    assert_eq!(websites["shortNames"], json!(["web"]));
    assert_eq!(websites["categories"], json!(["all"]));
    assert_eq!((&websites["kind"], &websites["namespaced"]), (&json!("Website"), &json!(true)));
    assert_eq!(named("websites/status")["kind"], "Website");
    assert_eq!(named("websites/scale")["kind"], "Scale");
    assert_eq!(<Website as Resource>::META.gvr().to_string(), "websites.example.com");
}
