//! What a type says about itself: its kind, its scope, what can be done with it.
//!
//! `#[derive(Resource)]` implements these traits for your own kinds, one blanket impl does it for
//! every kind of `k8s-openapi`, and an impl written by hand has the same rights. Everything else
//! (paths, client, informer, lister) is generic code over them.

mod api_resource;
mod builtin;
mod index;
mod key;
mod list;
mod meta;
mod part;
mod selectable;
mod stored;
mod type_meta;
pub mod verb;
mod version;
mod version_match;

pub use self::api_resource::{ApiResource, ApiSubresource};
pub use self::index::{
    Index, IndexDefinition, IndexKey, IndexKeys, IndexValue, Items, Key, Keyed, at_key, items,
};
pub use self::key::ObjectKey;
pub(crate) use self::list::item_kind;
pub use self::list::{List, ListMeta};
pub use self::meta::{GroupVersionKind, GroupVersionResource, ResourceMeta, Scope};
pub use self::part::{HasPart, Part, ReadPart, part_schema, write_part};
pub use self::selectable::SelectableField;
pub use self::stored::Stored;
pub use self::type_meta::{ApiVersionOf, KindOf};
pub use self::verb::Allows;
pub use self::version::compare_resource_versions;
pub(crate) use self::version::is_older;
pub use self::version_match::VersionMatch;

pub use crate::schema::KeyKind;
pub use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A Kubernetes object: something with `metadata` that can be sent and received.
///
/// The kind may be known at compile time (then it is a [`Resource`] too) or only at run time.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a Kubernetes object",
    label = "`{Self}` has no object metadata",
    note = "derive it on the root struct: `#[derive(Resource)]` with `metadata: ObjectMeta`"
)]
pub trait Object: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The object's metadata.
    fn object_meta(&self) -> &ObjectMeta;

    /// The object's metadata, to be changed.
    fn object_meta_mut(&mut self) -> &mut ObjectMeta;

    /// Namespace and name. A name that the server has not given yet is empty.
    fn object_key(&self) -> ObjectKey {
        let meta = self.object_meta();
        ObjectKey::new(meta.namespace.as_deref(), meta.name.as_deref().unwrap_or_default())
    }

    /// Tells an object that came without `apiVersion` and `kind`, as the items of a list do, what it is. Only a type
    /// that does not know it has something to do.
    #[doc(hidden)]
    fn adopt_type(&mut self, _api_version: &str, _kind: &str) {}
}

/// An [`Object`] whose kind is known at compile time.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a Kubernetes resource",
    label = "`{Self}` has no group, version and kind",
    note = "derive it on the root struct: `#[derive(Resource)]` with `#[resource(group = \"…\", version = \"…\", scope = …)]`"
)]
pub trait Resource: Object {
    /// Group, version, kind, plural and the rest of what is fixed for the type.
    const META: ResourceMeta;

    /// What an informer of this type indexes its objects by, besides the namespace.
    const INDEXES: &'static [IndexDefinition<Self>] = &[];
}

/// Kinds whose objects live in a namespace.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is cluster-scoped: it has no namespace",
    label = "this call needs a namespaced kind",
    note = "use `client.cluster::<{Self}>()`, or declare the kind with `#[resource(scope = Namespaced)]`"
)]
pub trait Namespaced: Object {}

/// Kinds whose objects belong to the whole cluster.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is namespaced: its objects live in a namespace",
    label = "this call needs a cluster-scoped kind",
    note = "use `client.namespaced::<{Self}>(\"namespace\")`, or declare the kind with `#[resource(scope = Cluster)]`"
)]
pub trait ClusterScoped: Object {}

/// Kinds that can be listed and watched.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be listed or watched",
    label = "the API server has no list of `{Self}`",
    note = "a kind of your own is listed and watched with `list` and `watch` among its verbs: `#[resource(verbs(get, list, watch))]`"
)]
pub trait Listable: Object {}

/// Kinds with a `status` subresource.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no status subresource",
    label = "this call needs a kind with a status",
    note = "add a field `status: Option<{Self}Status>` to the root struct"
)]
pub trait HasStatus: Object {}

/// Kinds with a `scale` subresource.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no scale subresource",
    label = "this call needs a kind that can be scaled",
    note = "add `scale(replicas = spec.replicas, ready = status?.ready)` to `#[resource(...)]`"
)]
pub trait HasScale: Object {}
