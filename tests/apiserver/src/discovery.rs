//! Pure: the documents from which clients learn what is served.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::builtin::data;
use crate::health;
use crate::kinds::{Kind, Subresource};
use crate::registry::Registry;

/// The media type of the aggregated form.
pub(crate) const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/// `/version`
pub(crate) fn version() -> Value {
    let architecture = match std::env::consts::ARCH {
        "aarch64" => "arm64",
        _ => "amd64",
    };
    json!({
        "major": "1",
        "minor": "37",
        "emulationMajor": "1",
        "emulationMinor": "37",
        "minCompatibilityMajor": "1",
        "minCompatibilityMinor": "36",
        "gitVersion": data::version(),
        "gitCommit": "$Format:%H$",
        "gitTreeState": "",
        "buildDate": "1970-01-01T00:00:00Z",
        "goVersion": "go1.26.8",
        "compiler": "gc",
        "platform": format!("linux/{architecture}"),
    })
}

/// `/`
pub(crate) fn index(registry: &Registry) -> Value {
    const FIXED: [&str; 8] =
        ["/api", "/api/v1", "/apis", "/apis/", "/openapi/v2", "/openapi/v3", "/openapi/v3/", "/version"];
    let mut paths: BTreeSet<String> = health::paths().chain(FIXED.map(str::to_owned)).collect();
    for group in registry.groups() {
        let versions = registry.versions(&group);
        paths.extend(versions.into_iter().map(|version| format!("/apis/{group}/{version}")));
        paths.insert(format!("/apis/{group}"));
    }
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
        resources.extend(kind.subresources.iter().map(|part| subresource(kind, part)));
    }
    let group_version = if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") };
    (!resources.is_empty()).then(|| {
        let mut list =
            json!({"kind": "APIResourceList", "groupVersion": group_version, "resources": resources});
        // The oldest list of all has no version of its own.
        if !group.is_empty() {
            list["apiVersion"] = "v1".into();
        }
        list
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
    if !kind.storage_version_hash.is_empty() {
        resource["storageVersionHash"] = kind.storage_version_hash.as_str().into();
    }
    resource
}

fn subresource(kind: &Kind, part: &Subresource) -> Value {
    let mut value = json!({
        "name": format!("{}/{}", kind.plural, part.name),
        "singularName": "",
        "namespaced": kind.namespaced,
        "kind": part.kind,
        "verbs": part.verbs,
    });
    if !part.version.is_empty() {
        value["group"] = part.group.as_str().into();
        value["version"] = part.version.as_str().into();
    }
    value
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
    // Built-in kinds leave out the group and version that are those of the list.
    let own = if kind.custom.is_some() {
        response(&kind.group, &kind.version, &kind.kind)
    } else {
        response("", "", &kind.kind)
    };
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
    if !kind.subresources.is_empty() {
        let parts = kind.subresources.iter().map(|part| {
            let of = if part.version.is_empty() && part.kind == kind.kind {
                own.clone()
            } else {
                response(&part.group, &part.version, &part.kind)
            };
            json!({"subresource": part.name, "responseKind": of, "verbs": part.verbs})
        });
        resource["subresources"] = parts.collect();
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
        let apps = &aggregated["items"][1];
        assert_eq!(apps["metadata"]["name"], "apps");
        assert_eq!(apps["versions"][0]["resources"].as_array().unwrap().len(), 5);
        assert!(resources(&registry, "nope", "v1").is_none() && group(&registry, "nope").is_none());
    }
}
