//! Pure: the names of a kind.

use std::borrow::Cow;
use std::fmt;

use crate::schema::Node;

/// Whether the objects of a kind live in a namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "Kubernetes has these two scopes and no other")]
pub enum Scope {
    /// One set of objects for the whole cluster.
    Cluster,
    /// One set of objects per namespace.
    Namespaced,
}

/// Group, version and kind: the name of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(clippy::exhaustive_structs, reason = "three names, as Kubernetes defines them")]
pub struct GroupVersionKind {
    /// The API group; empty for the core group.
    pub group: Cow<'static, str>,
    /// The version within the group, for example `v1`.
    pub version: Cow<'static, str>,
    /// The kind, for example `Deployment`.
    pub kind: Cow<'static, str>,
}

impl GroupVersionKind {
    /// A kind by its three names; the group is empty for the core group.
    #[must_use]
    pub fn new(
        group: impl Into<Cow<'static, str>>,
        version: impl Into<Cow<'static, str>>,
        kind: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { group: group.into(), version: version.into(), kind: kind.into() }
    }

    /// `group/version`, or `version` in the core group, as it stands in `apiVersion`.
    #[must_use]
    pub fn api_version(&self) -> Cow<'static, str> {
        api_version(&self.group, self.version.clone())
    }
}

fn api_version(group: &str, version: Cow<'static, str>) -> Cow<'static, str> {
    if group.is_empty() { version } else { Cow::Owned(format!("{group}/{version}")) }
}

/// Group, version and plural name: the address of a resource.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(clippy::exhaustive_structs, reason = "three names, as Kubernetes defines them")]
pub struct GroupVersionResource {
    /// The API group; empty for the core group.
    pub group: Cow<'static, str>,
    /// The version within the group, for example `v1`.
    pub version: Cow<'static, str>,
    /// The plural name in lower case, for example `deployments`.
    pub resource: Cow<'static, str>,
}

impl GroupVersionResource {
    /// A resource by its three names; the group is empty for the core group, and `resource` is the plural name.
    #[must_use]
    pub fn new(
        group: impl Into<Cow<'static, str>>,
        version: impl Into<Cow<'static, str>>,
        resource: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { group: group.into(), version: version.into(), resource: resource.into() }
    }

    /// `group/version`, or `version` in the core group, as it stands in `apiVersion`.
    #[must_use]
    pub fn api_version(&self) -> Cow<'static, str> {
        api_version(&self.group, self.version.clone())
    }
}

/// `deployments.apps`, or `pods` in the core group: the form that kubectl and error messages use.
impl fmt::Display for GroupVersionResource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.resource)?;
        if self.group.is_empty() { Ok(()) } else { write!(f, ".{}", self.group) }
    }
}

/// `apps/v1 Deployment`, or `v1 Pod` in the core group.
impl fmt::Display for GroupVersionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.api_version(), self.kind)
    }
}

/// Everything that is fixed for a kind, built at compile time.
///
/// # Examples
///
/// ```
/// use kubist::resource::{ResourceMeta, Scope};
///
/// const META: ResourceMeta =
///     ResourceMeta::new("example.com", "v1", "Website", "websites", Scope::Namespaced)
///         .singular("website")
///         .short_names(&["web"]);
/// assert_eq!(META.gvr().to_string(), "websites.example.com");
/// assert_eq!(META.gvk().to_string(), "example.com/v1 Website");
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ResourceMeta {
    /// The API group; empty for the core group.
    pub group: &'static str,
    /// The version within the group.
    pub version: &'static str,
    /// The kind.
    pub kind: &'static str,
    /// The plural name in lower case, as it stands in URLs.
    pub plural: &'static str,
    /// The singular name in lower case; empty when it is the lower-cased kind.
    pub singular: &'static str,
    /// Short names for the command line.
    pub short_names: &'static [&'static str],
    /// The groups of kinds that this kind is listed with, for example `all`.
    pub categories: &'static [&'static str],
    /// Where the objects live.
    pub scope: Scope,
    /// Whether there is a `status` subresource.
    pub status: bool,
    /// Whether there is a `scale` subresource.
    pub scale: bool,
    /// The schema of the whole object, where this crate knows it.
    pub schema: Option<&'static Node>,
    /// Whether the type holds nothing but metadata, so that the server is asked for no more.
    pub(crate) metadata_only: bool,
}

impl ResourceMeta {
    /// The names of a kind.
    ///
    /// # Panics
    ///
    /// When `version`, `kind` or `plural` is empty; in a `const` that is a compile error.
    #[must_use]
    pub const fn new(
        group: &'static str,
        version: &'static str,
        kind: &'static str,
        plural: &'static str,
        scope: Scope,
    ) -> Self {
        assert!(!version.is_empty(), "a resource needs a version");
        assert!(!kind.is_empty(), "a resource needs a kind");
        assert!(!plural.is_empty(), "a resource needs a plural name");
        Self {
            group,
            version,
            kind,
            plural,
            singular: "",
            short_names: &[],
            categories: &[],
            scope,
            status: false,
            scale: false,
            schema: None,
            metadata_only: false,
        }
    }

    /// Sets the singular name.
    #[must_use]
    pub const fn singular(mut self, singular: &'static str) -> Self {
        self.singular = singular;
        self
    }

    /// Sets the short names.
    #[must_use]
    pub const fn short_names(mut self, short_names: &'static [&'static str]) -> Self {
        self.short_names = short_names;
        self
    }

    /// Sets the categories.
    #[must_use]
    pub const fn categories(mut self, categories: &'static [&'static str]) -> Self {
        self.categories = categories;
        self
    }

    /// Says that there is a `status` subresource.
    #[must_use]
    pub const fn status(mut self) -> Self {
        self.status = true;
        self
    }

    /// Says that there is a `scale` subresource.
    #[must_use]
    pub const fn scale(mut self) -> Self {
        self.scale = true;
        self
    }

    /// Sets the schema of the whole object.
    #[must_use]
    pub const fn schema(mut self, schema: &'static Node) -> Self {
        self.schema = Some(schema);
        self
    }

    /// Says that the type holds nothing but metadata.
    #[must_use]
    pub(crate) const fn metadata_only(mut self) -> Self {
        self.metadata_only = true;
        self.schema = None;
        self
    }

    /// Group, version and kind.
    #[must_use]
    pub const fn gvk(&self) -> GroupVersionKind {
        GroupVersionKind {
            group: Cow::Borrowed(self.group),
            version: Cow::Borrowed(self.version),
            kind: Cow::Borrowed(self.kind),
        }
    }

    /// Group, version and plural name.
    #[must_use]
    pub const fn gvr(&self) -> GroupVersionResource {
        GroupVersionResource {
            group: Cow::Borrowed(self.group),
            version: Cow::Borrowed(self.version),
            resource: Cow::Borrowed(self.plural),
        }
    }

    /// `group/version`, or `version` in the core group, as it stands in `apiVersion`.
    #[must_use]
    pub fn api_version(&self) -> Cow<'static, str> {
        self.gvk().api_version()
    }
}
