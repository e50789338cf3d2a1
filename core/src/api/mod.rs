//! The typed client: what can be done with the objects of one kind.
//!
//! [`Api`] is a handle on a kind in one namespace, or on a cluster-scoped kind; [`AllNamespaces`]
//! is one on a kind in every namespace, which can only be listed and watched. Which calls compile
//! for which kind is said by its traits: [`Listable`], `HasStatus`, `HasScale`.

mod all_namespaces;
mod cache;
mod conflict;
mod delete;
mod entry;
mod list;
mod list_stream;
mod list_watch;
mod patch;
mod pod;
mod read;
mod scale;
mod special;
mod status;
mod subresource;
mod target;
mod update;
mod write;

pub use self::all_namespaces::AllNamespaces;
pub use self::entry::Entry;
pub use self::list_stream::ListStream;
pub use self::list_watch::ResourceListWatch;
pub use self::patch::Patch;
pub(crate) use self::target::Target;

use std::fmt;
use std::pin::Pin;

use crate::error::Result;
use crate::resource::{ClusterScoped, IndexDefinition, Listable, Namespaced, Object, Resource};
use crate::rest::RestClient;

/// A handle on the objects of a kind in one namespace, or on those of a cluster-scoped kind.
///
/// It is made by `Client::namespaced` and `Client::cluster`, costs nothing to make, and is cheap
/// to clone. A namespace that could not stand in a URL is kept as an error, which every call
/// returns before anything is sent.
///
/// Verbs that write return what the server stored. Errors name the verb, the resource and the
/// object: `create websites.example.com "shop/front"`.
///
/// # Examples
///
/// ```no_run
/// use k8s_openapi::api::apps::v1::Deployment;
/// use kubist::api::{Api, Patch};
/// use serde_json::json;
///
/// # async fn example(client: kubist::client::Client) -> kubist::Result<()> {
/// let deployments: Api<Deployment> = client.namespaced("shop");
/// let pause = Patch::Merge(json!({"spec": {"paused": true}}));
/// let stored = deployments.patch("front", &pause).await?;
/// deployments.scale("front", 0).await?;
/// if deployments.get_opt("back").await?.is_none() {
///     println!("{:?} has no sibling", stored.metadata.name);
/// }
/// # Ok(())
/// # }
/// ```
pub struct Api<K: 'static> {
    target: Target,
    /// What an informer indexes by.
    indexes: &'static [IndexDefinition<K>],
}

/// The future of a call that only some kinds have, or that only some arguments fit.
///
/// It is boxed so that a call that does not fit is one compile error: of an `async fn` the compiler
/// reports the missing bound at the call, at the future and at the `.await`.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

impl<K: 'static> Api<K> {
    /// The objects of a kind in one namespace.
    #[must_use]
    pub fn namespaced(rest: RestClient, namespace: impl Into<String>) -> Self
    where
        K: Resource + Namespaced,
    {
        Self::from_target(Target::of::<K>(rest).in_namespace(namespace.into()), K::INDEXES)
    }

    /// The objects of a cluster-scoped kind.
    #[must_use]
    pub fn cluster(rest: RestClient) -> Self
    where
        K: Resource + ClusterScoped,
    {
        Self::from_target(Target::of::<K>(rest), K::INDEXES)
    }

    pub(crate) fn from_target(target: Target, indexes: &'static [IndexDefinition<K>]) -> Self {
        Self { target, indexes }
    }
}

impl<K: Object> Api<K> {
    /// The namespace of the handle; `None` for a cluster-scoped kind.
    #[must_use]
    pub fn namespace(&self) -> Option<&str> {
        self.target.namespace()
    }

    /// Narrows what [`list`](Self::list), [`list_watch`](Self::list_watch) and
    /// [`delete_collection`](Self::delete_collection) see to objects whose labels match, for
    /// example `app=web,tier in (a, b)`. A second call adds to the first.
    #[must_use]
    pub fn labels(mut self, selector: impl AsRef<str>) -> Self {
        self.target.add_labels(selector.as_ref());
        self
    }

    /// As [`labels`](Self::labels), by field, for example `status.phase=Running`.
    #[must_use]
    pub fn fields(mut self, selector: impl AsRef<str>) -> Self {
        self.target.add_fields(selector.as_ref());
        self
    }

    /// What an informer reads: this resource, with this handle's namespace and selectors.
    #[must_use]
    pub fn list_watch(&self) -> ResourceListWatch
    where
        K: Listable,
    {
        ResourceListWatch::new(self.target.clone())
    }
}

impl<K: 'static> Clone for Api<K> {
    fn clone(&self) -> Self {
        Self { target: self.target.clone(), indexes: self.indexes }
    }
}

impl<K: 'static> fmt::Debug for Api<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Api({})", self.target.description())
    }
}
