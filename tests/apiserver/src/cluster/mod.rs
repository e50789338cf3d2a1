//! Pure: the state of one server, as every request sees it while it holds the lock.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use crate::builtin::convert;
use crate::cluster::garbage::Garbage;
use crate::kinds::{Collection, Kind};
use crate::meta;
use crate::registry::Registry;
use crate::status::Status;
use crate::storage::{Key, Store, Stored};
use crate::tokens::Issuer;

pub(crate) mod first;
pub(crate) mod garbage;

/// Objects and the kinds that are served.
#[derive(Debug)]
pub(crate) struct Cluster {
    pub(crate) store: Store,
    pub(crate) registry: Arc<Registry>,
    /// Whether dependents follow their owners.
    pub(crate) collects_garbage: bool,
    pub(crate) garbage: Garbage,
    /// Signs the tokens of service accounts.
    pub(crate) issuer: Issuer,
}

impl Cluster {
    pub(crate) fn new(history_limit: usize, now: &str) -> Self {
        let registry = Registry::built_in();
        let mut store = Store::new(history_limit);
        let stored = registry.iter().filter(|kind| !kind.is_virtual());
        let collections: BTreeSet<Collection> = stored.map(|kind| kind.collection()).collect();
        for collection in collections {
            store.open(collection);
        }
        for (key, object) in first::objects(now) {
            let kind = registry.of_object(&object);
            if let Some(collection) = kind.map(|kind| kind.collection()) {
                store.put(&collection, key, 0, object);
            }
        }
        let issuer = Issuer::new(&meta::generate::secret());
        Self {
            store,
            registry: Arc::new(registry),
            collects_garbage: true,
            garbage: Garbage::default(),
            issuer,
        }
    }

    /// The object under `key`, or the answer that there is none.
    pub(crate) fn get(&self, kind: &Kind, key: &Key) -> Result<Arc<Stored>, Status> {
        let collection = self.store.collection(&kind.collection()).ok_or_else(Status::no_such_resource)?;
        collection.get(key).cloned().ok_or_else(|| Status::not_found(kind, &key.name))
    }

    /// Stores an object of a kind that is still served.
    pub(crate) fn put(&mut self, kind: &Kind, key: Key, object: Value) -> Result<Arc<Stored>, Status> {
        self.store.put(&kind.collection(), key, kind.revision(), object).ok_or_else(Status::no_such_resource)
    }

    /// The namespace object, if there is one.
    pub(crate) fn namespace(&self, name: &str) -> Option<&Arc<Stored>> {
        self.store.get(&namespaces(), &Key { namespace: String::new(), name: name.to_owned() })
    }

    /// Whether anything is left in a namespace.
    pub(crate) fn is_empty(&self, namespace: &str) -> bool {
        !self.store.holds_any(namespace)
    }
}

/// The collection of the namespaces.
pub(crate) fn namespaces() -> Collection {
    (String::new(), "namespaces".to_owned())
}

/// The object as `kind` shows it: in its version, by its present schema.
pub(crate) fn view<'a>(stored: &'a Stored, kind: &Kind) -> Cow<'a, Value> {
    let Some(custom) = &kind.custom else {
        return convert::convert(&stored.object, kind).map_or(Cow::Borrowed(&stored.object), Cow::Owned);
    };
    if custom.revision == stored.revision {
        return Cow::Borrowed(&stored.object);
    }
    let mut object = stored.object.clone();
    object["apiVersion"] = kind.api_version().into();
    Cow::Owned(custom.schema.stored(object))
}
