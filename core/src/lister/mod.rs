//! Reads objects from memory.
//!
//! A [`Lister`] costs the server nothing. It is a view of an informer's cache: it does not keep the informer running,
//! and is empty once that is stopped.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::error::Result;
use crate::labels::Selector;
use crate::resource::{ClusterScoped, Index, Key, KeyKind, Namespaced, Stored};
use crate::store::{AsVersion, Store};

/// Reads the objects of an informer. Cheap to clone.
pub struct Lister<S: Stored> {
    store: Store<S>,
}

impl<S: Stored> Clone for Lister<S> {
    fn clone(&self) -> Self {
        Self { store: self.store.clone() }
    }
}

impl<S: Stored> fmt::Debug for Lister<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Lister").field(&self.store).finish()
    }
}

impl<S: Stored> Lister<S> {
    /// A lister over a store.
    #[must_use]
    pub fn new(store: Store<S>) -> Self {
        Self { store }
    }

    /// All objects, in no order.
    #[must_use]
    pub fn list(&self) -> Vec<Arc<S>> {
        self.store.list()
    }

    /// The objects whose labels are selected, in no order.
    ///
    /// All objects are looked at. What is asked often is worth an index.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # use kubist::k8s_openapi::api::core::v1::Pod;
    /// # fn example(lister: kubist::Lister<Pod>) -> kubist::Result<()> {
    /// let front = lister.select(&"app=web,tier!=back".parse()?);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn select(&self, selector: &Selector) -> Vec<Arc<S>> {
        selected(self.list(), selector)
    }

    /// The objects with this value in an index, in no order.
    ///
    /// # Panics
    ///
    /// When the informer was built without this index, which is a mistake in the program.
    /// [`Store::try_by`] returns an error instead.
    #[must_use]
    #[track_caller]
    pub fn by<const KIND: KeyKind>(&self, index: Index<S::Object, KIND>, key: impl Key<KIND>) -> Vec<Arc<S>> {
        self.store.by(index, key)
    }

    /// How many objects there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.store.len()
    }

    /// Whether there is no object.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.store.is_empty()
    }

    /// Waits until the cache has everything up to what a write returned (an object, or its resourceVersion), for at
    /// most [`AT_LEAST_TIMEOUT`](crate::store::AT_LEAST_TIMEOUT).
    ///
    /// It does not wait for the object to show up: it may be outside of what the informer selects, or deleted
    /// again.
    ///
    /// # Errors
    ///
    /// When the time is over, or the informer is stopped.
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time.
    pub async fn at_least<V: AsVersion + ?Sized>(&self, version: &V) -> Result<()> {
        self.store.at_least(version).await
    }

    /// [`at_least`](Self::at_least) with a time limit of your own.
    ///
    /// # Errors
    ///
    /// When the time is over, or the informer is stopped.
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time.
    pub async fn at_least_within<V: AsVersion + ?Sized>(&self, version: &V, limit: Duration) -> Result<()> {
        self.store.at_least_within(version, limit).await
    }

    /// The store behind it, where the scope is not a matter of types.
    #[must_use]
    pub fn store(&self) -> &Store<S> {
        &self.store
    }
}

impl<S: Stored<Object: ClusterScoped>> Lister<S> {
    /// The object with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Arc<S>> {
        self.store.get(None, name)
    }
}

impl<S: Stored<Object: Namespaced>> Lister<S> {
    /// The view of one namespace.
    #[must_use]
    pub fn namespace<'a>(&'a self, namespace: &'a str) -> NamespaceLister<'a, S> {
        NamespaceLister { store: &self.store, namespace }
    }
}

fn selected<S: Stored>(mut objects: Vec<Arc<S>>, selector: &Selector) -> Vec<Arc<S>> {
    objects.retain(|object| selector.matches(object.stored_meta()));
    objects
}

/// Reads the objects of one namespace.
pub struct NamespaceLister<'a, S: Stored> {
    store: &'a Store<S>,
    namespace: &'a str,
}

impl<S: Stored> Clone for NamespaceLister<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Stored> Copy for NamespaceLister<'_, S> {}

impl<S: Stored> fmt::Debug for NamespaceLister<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NamespaceLister").field("namespace", &self.namespace).finish_non_exhaustive()
    }
}

impl<S: Stored> NamespaceLister<'_, S> {
    /// The object with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Arc<S>> {
        self.store.get(Some(self.namespace), name)
    }

    /// The objects of the namespace, in no order.
    #[must_use]
    pub fn list(&self) -> Vec<Arc<S>> {
        self.store.list_namespace(self.namespace)
    }

    /// The objects of the namespace whose labels are selected, in no order.
    #[must_use]
    pub fn select(&self, selector: &Selector) -> Vec<Arc<S>> {
        selected(self.list(), selector)
    }
}
