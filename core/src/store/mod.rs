//! The cache: objects by key, by namespace and by index.
//!
//! There is one [`StoreWriter`], and any number of [`Store`]s read what it writes. Objects are shared, never
//! copied, and an object that was replaced is dropped outside the lock.

mod index;
mod known;

pub use self::known::KnownObjects;

use std::cmp::Ordering;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

use self::index::Indexer;
use crate::error::{Error, ErrorKind, Result};
use crate::resource::{
    Index, IndexDefinition, IndexKey, Key, KeyKind, Object, ObjectKey, Stored, compare_resource_versions,
};

/// How long [`Store::at_least`] waits: 90 seconds.
///
/// An informer that does not list the written object, for its selectors, learns of the write from a bookmark, and the
/// server sends one about every minute.
pub const AT_LEAST_TIMEOUT: Duration = Duration::from_secs(90);

struct Shared<S: Stored> {
    // std's lock: it is only ever held for a moment, never across an await, and readers do not
    // starve the one writer.
    indexer: RwLock<Indexer<S>>,
}

impl<S: Stored> Shared<S> {
    fn read(&self) -> RwLockReadGuard<'_, Indexer<S>> {
        self.indexer.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Indexer<S>> {
        self.indexer.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the cache. Cheap to clone.
pub struct Store<S: Stored> {
    shared: Arc<Shared<S>>,
    version: watch::Receiver<Option<Arc<str>>>,
}

impl<S: Stored> Clone for Store<S> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), version: self.version.clone() }
    }
}

impl<S: Stored> fmt::Debug for Store<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("objects", &self.len())
            .field("resource_version", &self.resource_version())
            .finish()
    }
}

impl<S: Stored> Store<S> {
    /// The object with this namespace (none in a cluster-scoped kind) and name.
    #[must_use]
    pub fn get(&self, namespace: Option<&str>, name: &str) -> Option<Arc<S>> {
        self.shared.read().get(namespace, name).cloned()
    }

    /// All objects, in no order.
    #[must_use]
    pub fn list(&self) -> Vec<Arc<S>> {
        let indexer = self.shared.read();
        let mut objects = Vec::with_capacity(indexer.len());
        objects.extend(indexer.iter().map(|(_, object)| Arc::clone(object)));
        objects
    }

    /// The objects of one namespace, in no order.
    #[must_use]
    pub fn list_namespace(&self, namespace: &str) -> Vec<Arc<S>> {
        self.shared.read().in_namespace(namespace).cloned().collect()
    }

    /// The objects with this value in an index, in no order.
    ///
    /// # Errors
    ///
    /// When the store has no such index.
    pub fn try_by<const KIND: KeyKind>(
        &self,
        index: Index<S::Object, KIND>,
        key: impl Key<KIND>,
    ) -> Result<Vec<Arc<S>>> {
        let (indexer, key) = (self.shared.read(), key.into_key());
        let objects = indexer.by(index.name(), &key);
        Ok(objects.ok_or_else(|| no_index(index.name()))?.cloned().collect())
    }

    /// The objects with this value in an index, in no order.
    ///
    /// # Panics
    ///
    /// When the store has no such index, which is a mistake in the program: see
    /// [`try_by`](Self::try_by).
    #[must_use]
    #[track_caller]
    pub fn by<const KIND: KeyKind>(&self, index: Index<S::Object, KIND>, key: impl Key<KIND>) -> Vec<Arc<S>> {
        match self.try_by(index, key) {
            Ok(objects) => objects,
            Err(error) => panic!("{error}"),
        }
    }

    /// The values that an index has, sorted.
    ///
    /// # Errors
    ///
    /// When the store has no such index.
    pub fn index_keys<const KIND: KeyKind>(&self, index: Index<S::Object, KIND>) -> Result<Vec<IndexKey>> {
        let values = self.shared.read().values(index.name());
        values.ok_or_else(|| no_index(index.name()))
    }

    /// How many objects there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shared.read().len()
    }

    /// Whether there is no object.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The version up to which everything is in the store; `None` before the first list, and when nobody
    /// writes to the store any more.
    #[must_use]
    pub fn resource_version(&self) -> Option<Arc<str>> {
        self.version.borrow().clone()
    }

    /// Waits until the store has everything up to this version, which a write returned: at most
    /// [`AT_LEAST_TIMEOUT`].
    ///
    /// # Errors
    ///
    /// When the time is over, or when nobody writes to the store any more.
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time.
    pub async fn at_least<V: AsVersion + ?Sized>(&self, version: &V) -> Result<()> {
        self.at_least_within(version, AT_LEAST_TIMEOUT).await
    }

    /// [`at_least`](Self::at_least) with a time limit of your own.
    ///
    /// # Errors
    ///
    /// See [`at_least`](Self::at_least).
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time.
    pub async fn at_least_within<V: AsVersion + ?Sized>(&self, version: &V, limit: Duration) -> Result<()> {
        let Some(version) = version.as_version() else {
            return Err(Error::invalid("object has no resourceVersion to wait for"));
        };
        let mut current = self.version.clone();
        let reached = current.wait_for(|current| {
            let order = current.as_deref().and_then(|now| compare_resource_versions(now, version));
            order.is_some_and(Ordering::is_ge)
        });
        match timeout(limit, reached).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) => Err(Error::new(ErrorKind::Stopped, "informer was stopped")),
            Err(_) => Err(Error::new(
                ErrorKind::Timeout,
                format!(
                    "cache did not reach version {version} within {limit:?}, it is at {}",
                    self.resource_version().as_deref().unwrap_or("none")
                ),
            )),
        }
    }
}

impl<S: Stored> KnownObjects<S> for Store<S> {
    fn get(&self, key: &ObjectKey) -> Option<Arc<S>> {
        Self::get(self, key.namespace(), key.name())
    }

    fn keys(&self) -> Vec<ObjectKey> {
        self.shared.read().iter().map(|(key, _)| key.clone()).collect()
    }
}

/// Something that has a resourceVersion: an object, or the version itself.
pub trait AsVersion {
    /// The version, if it has one.
    fn as_version(&self) -> Option<&str>;
}

impl AsVersion for str {
    fn as_version(&self) -> Option<&str> {
        Some(self).filter(|version| !version.is_empty())
    }
}

impl<K: Object> AsVersion for K {
    fn as_version(&self) -> Option<&str> {
        self.object_meta().resource_version.as_deref()
    }
}

/// Writes the cache. There is one, and when it is dropped the objects go with it, whoever still
/// holds a [`Store`].
pub struct StoreWriter<S: Stored> {
    shared: Arc<Shared<S>>,
    version: watch::Sender<Option<Arc<str>>>,
}

impl<S: Stored> fmt::Debug for StoreWriter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.store(), f)
    }
}

impl<S: Stored> Default for StoreWriter<S> {
    fn default() -> Self {
        Self::build(Vec::new())
    }
}

impl<S: Stored> StoreWriter<S> {
    /// An empty store with these indexes.
    ///
    /// # Errors
    ///
    /// When two indexes have the same name.
    pub fn new(indexes: Vec<IndexDefinition<S::Object>>) -> Result<Self> {
        let mut names: Vec<&str> = indexes.iter().map(IndexDefinition::name).collect();
        names.sort_unstable();
        match names.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(Error::invalid(format!("two indexes are named {:?}", pair[0]))),
            None => Ok(Self::build(indexes)),
        }
    }

    fn build(indexes: Vec<IndexDefinition<S::Object>>) -> Self {
        Self {
            shared: Arc::new(Shared { indexer: RwLock::new(Indexer::new(indexes)) }),
            version: watch::Sender::new(None),
        }
    }

    /// A reader.
    #[must_use]
    pub fn store(&self) -> Store<S> {
        Store { shared: Arc::clone(&self.shared), version: self.version.subscribe() }
    }

    /// Stores an object and gives back the one it takes the place of.
    pub fn insert(&mut self, object: Arc<S>) -> Option<Arc<S>> {
        let key = object.stored_key();
        self.shared.write().insert(key, object)
    }

    /// Takes an object out.
    pub fn remove(&mut self, key: &ObjectKey) -> Option<Arc<S>> {
        self.shared.write().remove(key)
    }

    /// Puts these objects in the place of all others, which it gives back.
    pub fn replace(&mut self, objects: Vec<Arc<S>>, resource_version: &str) -> Vec<Arc<S>> {
        let mut objects: Vec<_> = objects.into_iter().map(|object| (object.stored_key(), object)).collect();
        let mut out = Vec::new();
        {
            let mut indexer = self.shared.write();
            let listed: std::collections::HashSet<&ObjectKey> = objects.iter().map(|(key, _)| key).collect();
            let gone: Vec<ObjectKey> =
                indexer.iter().filter(|(key, _)| !listed.contains(key)).map(|(key, _)| key.clone()).collect();
            out.extend(gone.iter().filter_map(|key| indexer.remove(key)));
            for (key, object) in objects.drain(..) {
                out.extend(indexer.insert(key, object));
            }
        }
        self.set_resource_version(resource_version);
        out
    }

    /// Says that everything up to this version is in the store.
    pub fn set_resource_version(&mut self, resource_version: impl Into<Arc<str>>) {
        let version = Some(resource_version.into());
        self.version.send_if_modified(|current| {
            let moved = *current != version;
            if moved {
                *current = version;
            }
            moved
        });
    }
}

impl<S: Stored> Drop for StoreWriter<S> {
    fn drop(&mut self) {
        // The version first: whoever sees it shall find the objects.
        self.version.send_replace(None);
        let old = self.shared.write().clear();
        drop(old);
    }
}

fn no_index(name: &str) -> Error {
    Error::invalid(format!("no index named {name:?}: name it when the informer or store is built"))
}
