//! Pure: the documents from which clients learn what is served.

use serde_json::{Value, json};

use crate::kinds::Kind;
use crate::registry::Registry;

/// `/version`
pub(crate) fn version() -> Value {
    json!({
        "major": "1",
        "minor": "37",
        "emulationMajor": "1",
        "emulationMinor": "37",
        "minCompatibilityMajor": "1",
        "minCompatibilityMinor": "36",
        "gitVersion": "v1.37.2",
        "gitCommit": "0000000000000000000000000000000000000000",
        "gitTreeState": "clean",
        "buildDate": "2026-01-01T00:00:00Z",
        "goVersion": "go1.26",
        "compiler": "gc",
        "platform": "linux/amd64",
    })
}

/// `/`
pub(crate) fn index(registry: &Registry) -> Value {
    let mut paths = vec!["/api".to_owned(), "/api/v1".to_owned(), "/apis".to_owned()];
    for group in registry.groups() {
        paths.push(format!("/apis/{group}"));
        paths.extend(registry.versions(&group).into_iter().map(|version| format!("/apis/{group}/{version}")));
    }
    paths.extend(["/healthz", "/livez", "/readyz", "/version"].map(str::to_owned));
    json!({ "paths": paths })
}

/// `/api`, for clients that do not ask for the aggregated form.
pub(crate) fn core_versions(address: &str) -> Value {
    json!({
        "kind": "APIVersions",
        "versions": ["v1"],
        "serverAddressByClientCIDRs": [{"clientCIDR": "0.0.0.0/0", "serverAddress": address}],
    })
}

/// `/apis`, for clients that do not ask for the aggregated form.
pub(crate) fn groups(registry: &Registry) -> Value {
    let groups: Vec<Value> = registry.groups().iter().map(|name| group_entry(registry, name)).collect();
    json!({"kind": "APIGroupList", "apiVersion": "v1", "groups": groups})
}

/// `/apis/{group}`
pub(crate) fn group(registry: &Registry, name: &str) -> Option<Value> {
    if registry.versions(name).is_empty() || name.is_empty() {
        return None;
    }
    let mut group = group_entry(registry, name);
    group["kind"] = "APIGroup".into();
    group["apiVersion"] = "v1".into();
    Some(group)
}

fn group_entry(registry: &Registry, name: &str) -> Value {
    let entry = |version: &String| json!({"groupVersion": format!("{name}/{version}"), "version": version});
    let versions: Vec<Value> = registry.versions(name).iter().map(entry).collect();
    json!({"name": name, "preferredVersion": versions.first(), "versions": versions})
}

/// `/api/v1` and `/apis/{group}/{version}`
pub(crate) fn resources(registry: &Registry, group: &str, version: &str) -> Option<Value> {
    let mut resources: Vec<Value> = Vec::new();
    for kind in registry.in_version(group, version) {
        resources.push(resource(kind));
        if kind.is_namespace() {
            resources.push(subresource(kind, "finalize", &["update"]));
        }
        let mut parts = Vec::new();
        if kind.scale.is_some() {
            let mut scale = subresource(kind, "scale", &["get", "patch", "update"]);
            scale["group"] = "autoscaling".into();
            scale["version"] = "v1".into();
            scale["kind"] = "Scale".into();
            parts.push(scale);
        }
        if kind.status {
            parts.push(subresource(kind, "status", &["get", "patch", "update"]));
        }
        if kind.custom.is_some() {
            parts.reverse();
        }
        resources.append(&mut parts);
    }
    let group_version = if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") };
    (!resources.is_empty()).then(|| {
        json!({"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": group_version, "resources": resources})
    })
}

fn resource(kind: &Kind) -> Value {
    let mut resource = json!({
        "name": kind.plural,
        "singularName": kind.singular,
        "namespaced": kind.namespaced,
        "kind": kind.kind,
        "verbs": kind.verbs,
    });
    if !kind.short_names.is_empty() {
        resource["shortNames"] = json!(kind.short_names);
    }
    if !kind.categories.is_empty() {
        resource["categories"] = json!(kind.categories);
    }
    resource
}

fn subresource(kind: &Kind, name: &str, verbs: &[&str]) -> Value {
    json!({
        "name": format!("{}/{name}", kind.plural),
        "singularName": "",
        "namespaced": kind.namespaced,
        "kind": kind.kind,
        "verbs": verbs,
    })
}

/// The aggregated form of `/api` (`core`) or `/apis`.
pub(crate) fn aggregated(registry: &Registry, core: bool) -> Value {
    let names = if core { vec![String::new()] } else { registry.groups() };
    let items: Vec<Value> = names
        .iter()
        .map(|name| {
            let versions: Vec<Value> = registry
                .versions(name)
                .iter()
                .map(|version| aggregated_version(registry, name, version))
                .collect();
            let metadata = if name.is_empty() { json!({}) } else { json!({ "name": name }) };
            json!({"metadata": metadata, "versions": versions})
        })
        .collect();
    json!({"kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": {}, "items": items})
}

fn aggregated_version(registry: &Registry, group: &str, version: &str) -> Value {
    let resources: Vec<Value> =
        registry.in_version(group, version).map(|kind| aggregated_resource(kind)).collect();
    json!({"version": version, "resources": resources, "freshness": "Current"})
}

fn aggregated_resource(kind: &Kind) -> Value {
    let response =
        |group: &str, version: &str, kind: &str| json!({"group": group, "version": version, "kind": kind});
    let own = response(&kind.group, &kind.version, &kind.kind);
    let mut resource = json!({
        "resource": kind.plural,
        "responseKind": own,
        "scope": if kind.namespaced { "Namespaced" } else { "Cluster" },
        "singularResource": kind.singular,
        "verbs": kind.verbs,
    });
    if !kind.short_names.is_empty() {
        resource["shortNames"] = json!(kind.short_names);
    }
    if !kind.categories.is_empty() {
        resource["categories"] = json!(kind.categories);
    }
    let mut subresources = Vec::new();
    if kind.is_namespace() {
        subresources.push(json!({"subresource": "finalize", "responseKind": own, "verbs": ["update"]}));
    }
    if kind.scale.is_some() {
        let scale = response("autoscaling", "v1", "Scale");
        subresources.push(
            json!({"subresource": "scale", "responseKind": scale, "verbs": ["get", "patch", "update"]}),
        );
    }
    if kind.status {
        subresources
            .push(json!({"subresource": "status", "responseKind": own, "verbs": ["get", "patch", "update"]}));
    }
    if !subresources.is_empty() {
        resource["subresources"] = subresources.into();
    }
    resource
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_discovery_name_the_same_resources() {
        let registry = Registry::built_in();
        let legacy = resources(&registry, "apps", "v1").unwrap();
        let names: Vec<&str> =
            legacy["resources"].as_array().unwrap().iter().filter_map(|r| r["name"].as_str()).collect();
        assert!(
            names.contains(&"deployments")
                && names.contains(&"deployments/scale")
                && names.contains(&"deployments/status")
        );
        let aggregated = aggregated(&registry, false);
        let apps = &aggregated["items"][0];
        assert_eq!(apps["metadata"]["name"], "apps");
        assert_eq!(apps["versions"][0]["resources"].as_array().unwrap().len(), 4);
        assert!(resources(&registry, "nope", "v1").is_none() && group(&registry, "nope").is_none());
    }
}
