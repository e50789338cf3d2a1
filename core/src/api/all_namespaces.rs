use std::fmt;

use crate::api::list::{list_all, list_page};
use crate::api::{ListStream, ResourceListWatch, Target};
use crate::error::Result;
use crate::resource::{IndexDefinition, List, Listable, Object, Resource};
use crate::rest::{ListParams, RestClient};

/// A handle on the objects of a kind in all namespaces. They can be listed and watched; everything
/// else needs a namespace, and the API server has no such call over all of them.
pub struct AllNamespaces<K: 'static> {
    pub(super) target: Target,
    /// What an informer indexes by.
    pub(super) indexes: &'static [IndexDefinition<K>],
}

impl<K: 'static> AllNamespaces<K> {
    /// The objects of a kind, wherever they are.
    #[must_use]
    pub fn new(rest: RestClient) -> Self
    where
        K: Resource + Listable,
    {
        Self::from_target(Target::of::<K>(rest), K::INDEXES)
    }

    pub(crate) fn from_target(target: Target, indexes: &'static [IndexDefinition<K>]) -> Self {
        Self { target, indexes }
    }
}

// Whether a kind can be listed is asked where the handle is made, and not a second time at each call.
impl<K: Object> AllNamespaces<K> {
    /// Narrows what is seen to objects whose labels match, for example `app=web,tier in (a, b)`.
    /// A second call adds to the first.
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

    /// Reads all objects, page by page.
    ///
    /// # Errors
    ///
    /// As any call; one object that is not a `K` is an error that names it. (An informer goes on with the others.)
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; the pages that were read are lost.
    pub async fn list(&self) -> Result<List<K>> {
        list_all(&self.target, &ListParams::default()).await
    }

    /// Reads the objects that the params ask for: one page, if they set a limit.
    ///
    /// # Errors
    ///
    /// As any call; [`is_gone`](crate::Error::is_gone) when a continue token is too old.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request.
    pub async fn list_with(&self, params: &ListParams) -> Result<List<K>> {
        list_page(&self.target, params).await
    }

    /// Reads the objects that the params ask for one by one; see [`Api::list_stream`](crate::Api::list_stream).
    #[must_use]
    pub fn list_stream(&self, params: &ListParams) -> ListStream<K> {
        ListStream::new(self.target.clone(), params)
    }

    /// What an informer reads: this resource in all namespaces, with this handle's selectors.
    #[must_use]
    pub fn list_watch(&self) -> ResourceListWatch {
        ResourceListWatch::new(self.target.clone())
    }
}

impl<K: 'static> Clone for AllNamespaces<K> {
    fn clone(&self) -> Self {
        Self { target: self.target.clone(), indexes: self.indexes }
    }
}

impl<K: 'static> fmt::Debug for AllNamespaces<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AllNamespaces({})", self.target.description())
    }
}
