//! Pure: a resource whose names are known at run time.

use std::borrow::Cow;
use std::fmt;

use crate::resource::{GroupVersionKind, GroupVersionResource, ResourceMeta, Scope};

/// What is known of a resource at run time: [discovery](crate::discovery) and the [`RestMapper`](crate::restmapper::RestMapper) tell it,
/// and a [`GroupVersionResource`] alone makes one of which the rest is not known.
///
/// # Examples
///
/// ```
/// use kubist::k8s_openapi::api::apps::v1::Deployment;
/// use kubist::resource::{ApiResource, GroupVersionResource, Resource, Scope};
///
/// let named: ApiResource = GroupVersionResource::new("example.com", "v1", "websites").into();
/// assert_eq!((named.gvk(), named.scope), (None, None));
///
/// let known: ApiResource = Deployment::META.into();
/// assert_eq!(known.gvk().unwrap().to_string(), "apps/v1 Deployment");
/// assert_eq!(known.scope, Some(Scope::Namespaced));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiResource {
    /// Group, version and plural name.
    pub gvr: GroupVersionResource,
    /// The kind; empty when it is not known.
    pub kind: Cow<'static, str>,
    /// Where the objects live; `None` when it is not known.
    pub scope: Option<Scope>,
    /// The singular name in lower case; empty when it is not known.
    pub singular: String,
    /// Short names for the command line.
    pub short_names: Vec<String>,
    /// The groups of kinds that it is listed with, for example `all`.
    pub categories: Vec<String>,
    /// What can be done with its objects, for example `list`; empty when that is not known.
    pub verbs: Vec<String>,
    /// The subresources of its objects.
    pub subresources: Vec<ApiSubresource>,
}

impl ApiResource {
    /// Group, version and kind, where the kind is known.
    #[must_use]
    pub fn gvk(&self) -> Option<GroupVersionKind> {
        (!self.kind.is_empty()).then(|| GroupVersionKind {
            group: self.gvr.group.clone(),
            version: self.gvr.version.clone(),
            kind: self.kind.clone(),
        })
    }

    /// `group/version`, or `version` in the core group, as it stands in `apiVersion`.
    #[must_use]
    pub fn api_version(&self) -> Cow<'static, str> {
        self.gvr.api_version()
    }

    /// Whether this can be done with its objects, as far as it is known.
    #[must_use]
    pub fn has_verb(&self, verb: &str) -> bool {
        self.verbs.iter().any(|known| known == verb)
    }

    /// The subresource of this name.
    #[must_use]
    pub fn subresource(&self, name: &str) -> Option<&ApiSubresource> {
        self.subresources.iter().find(|subresource| subresource.name == name)
    }
}

/// `deployments.apps`, or `pods` in the core group.
impl fmt::Display for ApiResource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.gvr.fmt(f)
    }
}

impl From<GroupVersionResource> for ApiResource {
    fn from(gvr: GroupVersionResource) -> Self {
        Self {
            gvr,
            kind: Cow::Borrowed(""),
            scope: None,
            singular: String::new(),
            short_names: Vec::new(),
            categories: Vec::new(),
            verbs: Vec::new(),
            subresources: Vec::new(),
        }
    }
}

impl From<&GroupVersionResource> for ApiResource {
    fn from(gvr: &GroupVersionResource) -> Self {
        gvr.clone().into()
    }
}

impl From<&Self> for ApiResource {
    fn from(resource: &Self) -> Self {
        resource.clone()
    }
}

/// A kind that is known at compile time. Its verbs are types, and are not told.
impl From<ResourceMeta> for ApiResource {
    fn from(meta: ResourceMeta) -> Self {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let singular = match meta.singular {
            "" => meta.kind.to_lowercase(),
            singular => singular.to_owned(),
        };
        let subresources = [("status", meta.status), ("scale", meta.scale)];
        let subresources = subresources.into_iter().filter(|(_, there)| *there);
        Self {
            kind: Cow::Borrowed(meta.kind),
            scope: Some(meta.scope),
            singular,
            short_names: owned(meta.short_names),
            categories: owned(meta.categories),
            subresources: subresources.map(|(name, _)| ApiSubresource::named(name)).collect(),
            ..meta.gvr().into()
        }
    }
}

/// A subresource of the objects of a resource, for example `scale`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiSubresource {
    /// The name.
    pub name: String,
    /// What is read and written there: `autoscaling/v1 Scale`; `None` when it is not known.
    pub gvk: Option<GroupVersionKind>,
    /// What can be done with it, for example `patch`; empty when that is not known.
    pub verbs: Vec<String>,
}

impl ApiSubresource {
    pub(crate) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), gvk: None, verbs: Vec::new() }
    }
}
