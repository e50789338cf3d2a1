//! Pure: the documents of discovery, the aggregated one and the older ones.

use std::borrow::Cow;

use http::{HeaderMap, header};
use serde::{Deserialize, Deserializer, Serialize};

use super::groups::{ApiGroup, ApiVersion, ServerResources, Undiscovered};
use crate::resource::{ApiResource, ApiSubresource, GroupVersionKind, GroupVersionResource, Scope};

/// Asks for everything in one document, or for what a server has that does not know it.
pub(super) const ACCEPT: &str =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

/// Whether an answer is the aggregated document: its media type decides.
pub(super) fn is_aggregated(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mut parts = value.unwrap_or_default().split(';').map(str::trim);
    let is_json = parts.next() == Some("application/json");
    let parameters: Vec<&str> = parts.collect();
    is_json
        && ["g=apidiscovery.k8s.io", "v=v2", "as=APIGroupDiscoveryList"]
            .iter()
            .all(|wanted| parameters.contains(wanted))
}

/// Everything in one document.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct GroupDiscoveryList {
    kind: String,
    api_version: String,
    #[serde(deserialize_with = "null_as_empty")]
    items: Vec<GroupDiscovery>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct GroupDiscovery {
    metadata: GroupName,
    #[serde(deserialize_with = "null_as_empty")]
    versions: Vec<VersionDiscovery>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct GroupName {
    name: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct VersionDiscovery {
    version: String,
    #[serde(deserialize_with = "null_as_empty")]
    resources: Vec<ResourceDiscovery>,
    #[serde(skip_serializing_if = "String::is_empty")]
    freshness: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ResourceDiscovery {
    resource: String,
    response_kind: Option<KindName>,
    scope: String,
    singular_resource: String,
    #[serde(deserialize_with = "null_as_empty")]
    verbs: Vec<String>,
    short_names: Vec<String>,
    categories: Vec<String>,
    subresources: Vec<SubresourceDiscovery>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct SubresourceDiscovery {
    subresource: String,
    response_kind: Option<KindName>,
    #[serde(deserialize_with = "null_as_empty")]
    verbs: Vec<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct KindName {
    group: String,
    version: String,
    kind: String,
}

impl KindName {
    fn is_empty(&self) -> bool {
        self.group.is_empty() && self.version.is_empty() && self.kind.is_empty()
    }

    /// The kind; one without a version is of the version in which it stands.
    fn gvk(self, gvr: &GroupVersionResource) -> GroupVersionKind {
        if self.version.is_empty() {
            GroupVersionKind::new(gvr.group.clone(), gvr.version.clone(), self.kind)
        } else {
            GroupVersionKind::new(self.group, self.version, self.kind)
        }
    }
}

// Go marshals a nil slice as null.
fn null_as_empty<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

impl GroupDiscoveryList {
    /// The groups, and what the server knows to be out of date.
    pub(super) fn read(self) -> (Vec<ApiGroup>, Vec<Undiscovered>) {
        let mut stale = Vec::new();
        let groups = self.items.into_iter().map(|group| {
            let name = group.metadata.name;
            let mut versions = Vec::new();
            for version in group.versions {
                if version.freshness == "Stale" {
                    stale.push(Undiscovered::stale(&name, &version.version));
                } else {
                    versions.push(version.read(&name));
                }
            }
            let preferred = versions.first().map(|version| version.version.clone());
            ApiGroup { name, preferred_version: preferred.unwrap_or_default(), versions }
        });
        (groups.collect(), stale)
    }

    /// The same document of what was found, to be kept. The first version of a group is the preferred one.
    pub(super) fn write(found: &ServerResources) -> Self {
        let items = found.groups().iter().map(|group| {
            let is_preferred = |version: &&ApiVersion| version.version == group.preferred_version;
            let preferred = group.versions.iter().filter(is_preferred);
            let others = group.versions.iter().filter(|version| !is_preferred(version));
            GroupDiscovery {
                metadata: GroupName { name: group.name.clone() },
                versions: preferred.chain(others).map(VersionDiscovery::write).collect(),
            }
        });
        Self {
            kind: "APIGroupDiscoveryList".to_owned(),
            api_version: "apidiscovery.k8s.io/v2".to_owned(),
            items: items.collect(),
        }
    }
}

impl VersionDiscovery {
    fn read(self, group: &str) -> ApiVersion {
        let resources = self.resources.into_iter();
        let resources = resources.map(|resource| resource.read(group, &self.version)).collect();
        ApiVersion { version: self.version, resources }
    }

    fn write(version: &ApiVersion) -> Self {
        let resources = version.resources.iter().map(ResourceDiscovery::write).collect();
        Self { version: version.version.clone(), resources, freshness: String::new() }
    }
}

impl ResourceDiscovery {
    fn read(self, group: &str, version: &str) -> ApiResource {
        let gvr = GroupVersionResource::new(group.to_owned(), version.to_owned(), self.resource);
        let subresources = self.subresources.into_iter().map(|part| ApiSubresource {
            name: part.subresource,
            gvk: part.response_kind.filter(|kind| !kind.is_empty()).map(|kind| kind.gvk(&gvr)),
            verbs: part.verbs,
        });
        ApiResource {
            kind: Cow::Owned(self.response_kind.unwrap_or_default().kind),
            scope: Some(if self.scope == "Cluster" { Scope::Cluster } else { Scope::Namespaced }),
            singular: self.singular_resource,
            verbs: self.verbs,
            short_names: self.short_names,
            categories: self.categories,
            subresources: subresources.collect(),
            ..gvr.into()
        }
    }

    fn write(resource: &ApiResource) -> Self {
        let scope = match resource.scope {
            Some(Scope::Cluster) => "Cluster",
            Some(Scope::Namespaced) | None => "Namespaced",
        };
        let kind = |group: &str, version: &str, kind: &str| {
            let (group, version, kind) = (group.to_owned(), version.to_owned(), kind.to_owned());
            KindName { group, version, kind }
        };
        let subresources = resource.subresources.iter().map(|part| SubresourceDiscovery {
            subresource: part.name.clone(),
            response_kind: part.gvk.as_ref().map(|gvk| kind(&gvk.group, &gvk.version, &gvk.kind)),
            verbs: part.verbs.clone(),
        });
        Self {
            resource: resource.gvr.resource.clone().into_owned(),
            response_kind: Some(kind("", "", &resource.kind)),
            scope: scope.to_owned(),
            singular_resource: resource.singular.clone(),
            verbs: resource.verbs.clone(),
            short_names: resource.short_names.clone(),
            categories: resource.categories.clone(),
            subresources: subresources.collect(),
        }
    }
}

/// `/api` of a server without the aggregated document.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ApiVersions {
    #[serde(deserialize_with = "null_as_empty")]
    versions: Vec<String>,
}

impl ApiVersions {
    /// The core group, whose resources are not known yet.
    pub(super) fn read(self) -> Vec<ApiGroup> {
        let preferred_version = self.versions.first().cloned().unwrap_or_default();
        let versions: Vec<_> = self.versions.into_iter().map(undiscovered).collect();
        let group = ApiGroup { name: String::new(), preferred_version, versions };
        if group.versions.is_empty() { Vec::new() } else { vec![group] }
    }
}

fn undiscovered(version: String) -> ApiVersion {
    ApiVersion { version, resources: Vec::new() }
}

/// `/apis` of a server without the aggregated document.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct GroupList {
    #[serde(deserialize_with = "null_as_empty")]
    groups: Vec<Group>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Group {
    name: String,
    #[serde(deserialize_with = "null_as_empty")]
    versions: Vec<GroupVersion>,
    preferred_version: GroupVersion,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct GroupVersion {
    version: String,
}

impl GroupList {
    /// The groups, whose resources are not known yet.
    pub(super) fn read(self) -> Vec<ApiGroup> {
        let read = |group: Group| ApiGroup {
            name: group.name,
            preferred_version: group.preferred_version.version,
            versions: group.versions.into_iter().map(|version| undiscovered(version.version)).collect(),
        };
        self.groups.into_iter().map(read).collect()
    }
}

/// `/apis/{group}/{version}`
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ResourceList {
    #[serde(deserialize_with = "null_as_empty")]
    resources: Vec<ListedResource>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ListedResource {
    name: String,
    singular_name: String,
    namespaced: bool,
    group: String,
    version: String,
    kind: String,
    #[serde(deserialize_with = "null_as_empty")]
    verbs: Vec<String>,
    #[serde(deserialize_with = "null_as_empty")]
    short_names: Vec<String>,
    #[serde(deserialize_with = "null_as_empty")]
    categories: Vec<String>,
}

impl ResourceList {
    pub(super) fn read(self, group: &str, version: &str) -> Vec<ApiResource> {
        let name =
            |plural: &str| GroupVersionResource::new(group.to_owned(), version.to_owned(), plural.to_owned());
        let (parts, wholes): (Vec<_>, Vec<_>) =
            self.resources.into_iter().partition(|resource| resource.name.contains('/'));
        let whole = |listed: ListedResource| ApiResource {
            kind: Cow::Owned(listed.kind),
            scope: Some(if listed.namespaced { Scope::Namespaced } else { Scope::Cluster }),
            singular: listed.singular_name,
            verbs: listed.verbs,
            short_names: listed.short_names,
            categories: listed.categories,
            ..name(&listed.name).into()
        };
        let mut resources: Vec<ApiResource> = wholes.into_iter().map(whole).collect();
        for part in parts {
            let Some((parent, subresource)) = part.name.split_once('/') else {
                continue;
            };
            let place = resources.iter().position(|resource| resource.gvr.resource == *parent);
            let place = place.unwrap_or_else(|| {
                let scope = if part.namespaced { Scope::Namespaced } else { Scope::Cluster };
                resources.push(ApiResource { scope: Some(scope), ..name(parent).into() });
                resources.len() - 1
            });
            let resource = &mut resources[place];
            let kind = KindName { group: part.group, version: part.version, kind: part.kind };
            resource.subresources.push(ApiSubresource {
                name: subresource.to_owned(),
                gvk: (!kind.is_empty()).then(|| kind.gvk(&resource.gvr)),
                verbs: part.verbs,
            });
        }
        resources
    }
}
