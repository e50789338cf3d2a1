//! What a cluster serves, and from names to resources.

use std::sync::Arc;

use http_body_util::Full;
use k8s_openapi::api::core::v1::Namespace;
use kubist::dynamic::from_yaml;
use kubist::prelude::*;
use kubist::resource::{ApiResource, GroupVersionKind, Scope};
use kubist::rest::{ApplyParams, Request};
use kubist::{Client, DynamicObject};

use crate::cluster::Cluster;

/// The same server as one that has no aggregated documents.
fn without_aggregation(client: &Client) -> Client {
    let rest = client.rest().clone();
    let service = tower::service_fn(move |request: http::Request<kubist::transport::Body>| {
        let rest = rest.clone();
        async move {
            let answer = rest.send(Request::get(request.uri().path())).await?;
            Ok::<_, kubist::Error>(answer.map(Full::new))
        }
    });
    Client::from_service(service, "http://without", "default").unwrap()
}

pub(crate) async fn one_document_and_many_tell_the_same(cluster: Cluster) {
    cluster.namespace().await;
    let aggregated = cluster.client.discovery().resources().await.unwrap();
    let legacy = without_aggregation(&cluster.client).discovery().resources().await.unwrap();
    // Other tests have groups of their own, and one that is broken.
    let others = |group: &str| group.contains("example.com");
    for served in [&aggregated, &legacy] {
        assert!(served.failures().iter().all(|failure| others(&failure.group)), "{:?}", served.failures());
    }
    let names = |found: &[kubist::discovery::ApiGroup]| {
        let groups = found.iter().filter(|group| !others(&group.name));
        groups.map(|group| (group.name.clone(), group.preferred_version.clone())).collect::<Vec<_>>()
    };
    assert_eq!(names(aggregated.groups()), names(legacy.groups()));
    assert_eq!(aggregated.groups()[0].name, "");
    // Each document has an order of its own.
    let sorted = |served: &kubist::discovery::ServerResources| {
        let kept = served.resources().filter(|resource| !others(&resource.gvr.group));
        let mut resources: Vec<ApiResource> = kept.cloned().collect();
        for resource in &mut resources {
            resource.subresources.sort_by(|a, b| a.name.cmp(&b.name));
        }
        resources.sort_by(|a, b| a.gvr.cmp(&b.gvr));
        resources
    };
    let (aggregated, legacy) = (sorted(&aggregated), sorted(&legacy));
    assert!(aggregated.len() > 50);
    for (one, other) in aggregated.iter().zip(&legacy) {
        assert_eq!(one, other);
    }
    assert_eq!(aggregated.len(), legacy.len());
}

pub(crate) async fn names_and_kinds_lead_to_resources(cluster: Cluster) {
    cluster.namespace().await;
    let mapper = cluster.client.rest_mapper();
    for (name, expected) in [
        ("po", "pods/v1"),
        ("deploy", "deployments.apps/v1"),
        ("Deployment", "deployments.apps/v1"),
        ("deployments.v1.apps", "deployments.apps/v1"),
        ("hpa.autosc", "horizontalpodautoscalers.autoscaling/v2"),
        ("hpa.v1.autoscaling", "horizontalpodautoscalers.autoscaling/v1"),
        ("events", "events/v1"),
        ("ev.events.k8s.io", "events.events.k8s.io/v1"),
        ("web", "websites.example.com/v1"),
        ("website.example.com", "websites.example.com/v1"),
    ] {
        let found = mapper.resource(name).await.unwrap();
        assert_eq!(format!("{found}/{}", found.gvr.version), expected, "{name}");
    }
    let unknown = mapper.resource("nothings").await.unwrap_err();
    assert!(unknown.is_no_match(), "{unknown:?}");
    let namespace = mapper.mapping(&GroupVersionKind::new("", "", "Namespace")).await.unwrap();
    assert_eq!((namespace.scope, namespace.has_verb("deletecollection")), (Some(Scope::Cluster), false));
    let deployment = mapper.mapping(&GroupVersionKind::new("apps", "v1", "Deployment")).await.unwrap();
    let scale = deployment.subresource("scale").unwrap().gvk.clone().unwrap();
    assert_eq!(scale.to_string(), "autoscaling/v1 Scale");
    let all = mapper.category("all").await.unwrap();
    let all: Vec<_> = all.iter().map(ToString::to_string).collect();
    for expected in ["pods", "deployments.apps", "websites.example.com"] {
        assert!(all.iter().any(|name| name == expected), "{expected} in {all:?}");
    }
}

const FILE: &str = "
apiVersion: d.example.com/v1
kind: Garden
metadata: {name: front, namespace: NAMESPACE}
spec: {trees: 3}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: NAMESPACE}
data: {color: red}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: PLURAL.d.example.com}
spec:
  group: d.example.com
  scope: Namespaced
  names: {plural: PLURAL, kind: Garden}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties: {spec: {type: object, properties: {trees: {type: integer}}}}
---
apiVersion: v1
kind: Namespace
metadata: {name: NAMESPACE}
";

pub(crate) async fn a_file_is_applied_in_the_order_of_its_needs(cluster: Cluster) {
    let client = &cluster.client;
    // A name of its own: the shared server has the definitions of other runs.
    let namespace = format!("it-d-{}", std::process::id());
    let file = FILE.replace("NAMESPACE", &namespace).replace("PLURAL", "gardens");
    let objects = from_yaml(&file).unwrap();
    // Discovery remembers a cluster without the kind.
    let before = client.discovery().resources().await.unwrap();
    assert!(before.group("d.example.com").is_none());
    let me = ApplyParams::manager("me");
    let stored = client.apply_all(&objects, &me).await.unwrap();
    let kinds: Vec<_> = stored.iter().map(|object| object.kind.as_str()).collect();
    assert_eq!(kinds, ["Garden", "ConfigMap", "CustomResourceDefinition", "Namespace"]);
    assert_eq!(stored[0]["spec"]["trees"], 3);
    assert!(stored.iter().all(|object| object.metadata.uid.is_some()));

    let again = client.apply_all(&objects, &me).await.unwrap();
    assert_eq!(again[1].metadata.resource_version, stored[1].metadata.resource_version);
    let mut unknown = objects[0].clone();
    unknown.kind = "Field".to_owned();
    let error = client.apply_all(&[objects[1].clone(), unknown], &me).await.unwrap_err();
    assert!(error.is_no_match(), "{error:?}");
    let text = format!("apply d.example.com/v1 Field \"{namespace}/front\", after 1 of 2");
    assert_eq!(error.to_string(), text);

    client.delete_all(&objects[..3]).await.unwrap();
    client.delete_all(&objects[..3]).await.unwrap();
    client.cluster::<Namespace>().delete(&namespace).await.unwrap();
}

pub(crate) async fn a_document_of_openapi_is_read_once_for_each_hash(cluster: Cluster) {
    let openapi = cluster.client.discovery().openapi();
    let paths = openapi.paths().await.unwrap();
    let apps = &paths["apis/apps/v1"];
    assert!(apps.hash().is_some());
    let document = openapi.document(apps).await.unwrap();
    let deployment = &document["components"]["schemas"]["io.k8s.api.apps.v1.Deployment"];
    assert!(deployment["properties"]["spec"].is_object());
    assert!(Arc::ptr_eq(&document, &openapi.document(apps).await.unwrap()));
    let version = cluster.client.discovery().server_version().await.unwrap();
    assert_eq!((&*version.major, version.git_version.starts_with("v1.")), ("1", true));
}

pub(crate) async fn whatever_has_a_scale_is_scaled_by_its_name(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let client = &cluster.client;
    let mapper = client.rest_mapper();
    client
        .namespaced::<crate::website::Website>(&namespace)
        .create(&crate::website::website("front", "gs://a", 2))
        .await
        .unwrap();
    let set = from_yaml(
        "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: front}, spec: {selector: {matchLabels: {a: b}},
          template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}",
    )
    .unwrap();
    let sets = mapper.resource("sts").await.unwrap();
    client.dynamic(&sets).namespaced(&namespace).create(&set[0]).await.unwrap();
    let scales = client.scales(&namespace);
    for resource in [&sets, &mapper.resource("web").await.unwrap()] {
        let replicas =
            |scale: &k8s_openapi::api::autoscaling::v1::Scale| scale.spec.as_ref().unwrap().replicas;
        let scale = scales.scale(resource, "front", 3).await.unwrap();
        assert_eq!(replicas(&scale), Some(3), "{resource}");
        let mut scale = scales.get(resource, "front").await.unwrap();
        scale.spec.as_mut().unwrap().replicas = Some(4);
        assert_eq!(replicas(&scales.replace(resource, &scale).await.unwrap()), Some(4));
        assert!(scales.replace(resource, &scale).await.unwrap_err().is_conflict());
        let by_name = scales.scale(&resource.gvr, "front", 5).await.unwrap();
        assert_eq!(replicas(&by_name), Some(5));
    }
    let set = client.dynamic(&sets).namespaced(&namespace).get("front").await.unwrap();
    assert_eq!(set["spec"]["replicas"], 5);
    let maps = mapper.resource("cm").await.unwrap();
    let error = scales.scale(&maps, "front", 1).await.unwrap_err();
    let text = "patch configmaps/scale \"front\": configmaps cannot be scaled: it has no scale subresource";
    assert_eq!(format!("{error:#}"), text);
    assert!(scales.scale(&maps.gvr, "front", 1).await.unwrap_err().is_not_found());
}

pub(crate) async fn typed_objects_become_untyped_and_back(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let site = crate::website::website("front", "gs://a", 2);
    let mut object = DynamicObject::from_typed(&site).unwrap();
    object["spec"]["replicas"] = 5.into();
    let resource: ApiResource = crate::website::Website::META.into();
    let stored = cluster.client.dynamic(resource).namespaced(&namespace).create(&object).await.unwrap();
    let typed: crate::website::Website = stored.to_typed().unwrap();
    assert_eq!((typed.spec.replicas, typed.metadata.uid), (5, stored.metadata.uid.clone()));
    assert!(stored.to_typed::<Namespace>().unwrap_err().is_invalid());
}

pub(crate) async fn a_group_whose_server_is_gone_is_named_and_the_others_are_there(cluster: Cluster) {
    let client = &cluster.client;
    let service = from_yaml(
        "{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: v1.gone.d.example.com},
          spec: {group: gone.d.example.com, version: v1, groupPriorityMinimum: 100, versionPriority: 100,
            insecureSkipTLSVerify: true, service: {namespace: default, name: nobody}}}",
    )
    .unwrap();
    client.apply_all(&service, &ApplyParams::manager("me")).await.unwrap();
    // The aggregator gives no sign when it has taken notice.
    let mut pause = tokio::time::interval(std::time::Duration::from_millis(100));
    let served = loop {
        pause.tick().await;
        client.discovery().invalidate();
        let served = client.discovery().resources().await.unwrap();
        if served.failures().iter().any(|failure| failure.to_string() == "gone.d.example.com/v1") {
            break served;
        }
    };
    let failure = served.failures().iter().find(|failure| failure.group == "gone.d.example.com").unwrap();
    assert!(failure.stale);
    assert!(served.resources().any(|resource| resource.to_string() == "deployments.apps"));
    let mapper = client.rest_mapper();
    assert_eq!(mapper.resource("deploy").await.unwrap().kind, "Deployment");
    let kind = GroupVersionKind::new("gone.d.example.com", "v1", "Thing");
    let error = mapper.mapping(&kind).await.unwrap_err();
    assert!(
        error.is_no_match() && format!("{error:#}").contains("gone.d.example.com/v1: the API server behind")
    );
    // One request for each version finds the same.
    let legacy = without_aggregation(client).discovery().resources().await.unwrap();
    let failure = legacy.failures().iter().find(|failure| failure.group == "gone.d.example.com").unwrap();
    assert_eq!((failure.stale, failure.error.code()), (false, Some(503)));
    client.delete_all(&service).await.unwrap();
}
