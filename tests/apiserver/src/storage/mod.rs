//! Pure: everything the server holds, under one resourceVersion.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use serde_json::Value;

use crate::kinds;
use crate::storage::collection::Collection;
use crate::storage::dependents::Dependents;

pub(crate) mod audience;
pub(crate) mod collection;
pub(crate) mod dependents;
pub(crate) mod history;
pub(crate) mod token;

/// Where an object is in its collection: cluster-scoped ones have an empty namespace. Keys are ordered as the
/// paths `namespace/name` are, which is how lists are ordered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) namespace: String,
    pub(crate) name: String,
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right) = (self.namespace.as_bytes(), other.namespace.as_bytes());
        let shared = left.len().min(right.len());
        // Where one namespace begins with the other, its next letter stands against the slash.
        left[..shared]
            .cmp(&right[..shared])
            .then_with(|| left.get(shared).unwrap_or(&b'/').cmp(right.get(shared).unwrap_or(&b'/')))
            .then_with(|| self.name.cmp(&other.name))
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// One version of one object. Never changes.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) key: Key,
    pub(crate) version: u64,
    /// The revision of the schema by which the object was pruned and defaulted.
    pub(crate) revision: u64,
    pub(crate) object: Value,
    bare: OnceLock<Bytes>,
}

impl Stored {
    fn new(key: Key, version: u64, revision: u64, object: Value) -> Arc<Self> {
        Arc::new(Self { key, version, revision, object, bare: OnceLock::new() })
    }

    /// An object that is shown but not kept, as after a dry run.
    pub(crate) fn unversioned(key: Key, revision: u64, object: Value) -> Arc<Self> {
        Self::new(key, 0, revision, object)
    }

    /// The JSON without `apiVersion` and `kind`: built-in objects stand so in lists. Encoded once.
    pub(crate) fn bare_json(&self) -> Bytes {
        self.bare.get_or_init(|| bare(&self.object)).clone()
    }

    /// The object as JSON, with `apiVersion` and `kind` at its beginning.
    pub(crate) fn json(&self) -> Bytes {
        let bare = self.bare_json();
        let mut json = Vec::with_capacity(bare.len() + 64);
        // Built-in kinds have them in the order of Go's struct, others in that of the alphabet.
        let names = if self.revision == 0 { ["kind", "apiVersion"] } else { ["apiVersion", "kind"] };
        for name in names {
            if let Some(value) = self.object.get(name) {
                json.push(if json.is_empty() { b'{' } else { b',' });
                json.extend_from_slice(format!("\"{name}\":{value}").as_bytes());
            }
        }
        if json.is_empty() {
            return bare;
        }
        if bare.len() > 2 {
            json.push(b',');
        }
        json.extend_from_slice(&bare[1..]);
        Bytes::from(json)
    }
}

fn bare(object: &Value) -> Bytes {
    let mut json = Vec::with_capacity(1024);
    for (name, value) in object.as_object().into_iter().flatten() {
        if name != "apiVersion" && name != "kind" {
            json.push(if json.is_empty() { b'{' } else { b',' });
            // Writing to memory does not fail.
            let _name = serde_json::to_writer(&mut json, name);
            json.push(b':');
            let _value = serde_json::to_writer(&mut json, value);
        }
    }
    if json.is_empty() {
        json.push(b'{');
    }
    json.push(b'}');
    Bytes::from(json.into_boxed_slice())
}

/// All collections and the one clock that orders their changes.
#[derive(Debug)]
pub(crate) struct Store {
    version: u64,
    compacted: u64,
    collections: HashMap<kinds::Collection, Collection>,
    /// The last collection of each name that ended, so that its watches can still tell how.
    ended: HashMap<kinds::Collection, Collection>,
    /// How many objects each namespace holds.
    holdings: HashMap<String, usize>,
    history_limit: usize,
    incarnations: u64,
    dependents: Dependents,
}

impl Store {
    pub(crate) fn new(history_limit: usize) -> Self {
        Self {
            version: 1,
            compacted: 0,
            collections: HashMap::new(),
            ended: HashMap::new(),
            holdings: HashMap::new(),
            history_limit,
            incarnations: 0,
            dependents: Dependents::default(),
        }
    }

    /// The version of the newest change.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// The oldest version that can still be asked for.
    pub(crate) fn compacted(&self) -> u64 {
        self.compacted
    }

    /// Forgets all versions before now. As in etcd, this is itself a change of the version.
    pub(crate) fn compact(&mut self) {
        self.version += 1;
        self.compacted = self.version;
    }

    /// Begins to serve a collection, empty.
    pub(crate) fn open(&mut self, name: kinds::Collection) {
        self.incarnations += 1;
        self.ended.retain(|_, collection| collection.has_readers());
        self.collections.insert(name, Collection::new(self.incarnations, self.version, self.history_limit));
    }

    pub(crate) fn collection(&self, name: &kinds::Collection) -> Option<&Collection> {
        self.collections.get(name)
    }

    pub(crate) fn collection_mut(&mut self, name: &kinds::Collection) -> Option<&mut Collection> {
        self.collections.get_mut(name)
    }

    /// Whether a namespace holds anything.
    pub(crate) fn holds_any(&self, namespace: &str) -> bool {
        self.holdings.contains_key(namespace)
    }

    /// The collection that a watch began on, also when it has ended since.
    pub(crate) fn incarnation(&self, name: &kinds::Collection, incarnation: u64) -> Option<&Collection> {
        [&self.collections, &self.ended]
            .into_iter()
            .filter_map(|collections| collections.get(name))
            .find(|collection| collection.incarnation() == incarnation)
    }

    /// Ends the watches of a collection; its objects stay.
    pub(crate) fn disconnect(&mut self, name: &kinds::Collection) {
        if let Some(collection) = self.collections.get_mut(name) {
            collection.disconnect(self.version);
        }
    }

    pub(crate) fn collections(&self) -> impl Iterator<Item = (&kinds::Collection, &Collection)> {
        self.collections.iter()
    }

    pub(crate) fn get(&self, name: &kinds::Collection, key: &Key) -> Option<&Arc<Stored>> {
        self.collections.get(name)?.get(key)
    }

    /// The objects that name this UID as an owner's.
    pub(crate) fn dependents(&self, uid: &str) -> Vec<(kinds::Collection, Key)> {
        self.dependents.of(uid)
    }

    /// Stores `object` under a new version, which is written into its metadata.
    pub(crate) fn put(
        &mut self,
        name: &kinds::Collection,
        key: Key,
        revision: u64,
        object: Value,
    ) -> Option<Arc<Stored>> {
        let collection = self.collections.get_mut(name)?;
        self.version += 1;
        let stored = stamp(key, self.version, revision, object);
        let old = collection.get(&stored.key).map(|old| &old.object);
        self.dependents.change(name, &stored.key, old, Some(&stored.object));
        if collection.put(Arc::clone(&stored)) && !stored.key.namespace.is_empty() {
            *self.holdings.entry(stored.key.namespace.clone()).or_default() += 1;
        }
        Some(stored)
    }

    /// Removes an object; what the watchers see last carries the version of the removal.
    pub(crate) fn remove(&mut self, name: &kinds::Collection, key: &Key) -> Option<Arc<Stored>> {
        let collection = self.collections.get_mut(name)?;
        let current = Arc::clone(collection.get(key)?);
        self.version += 1;
        let last = stamp(key.clone(), self.version, current.revision, current.object.clone());
        collection.remove(&last);
        self.dependents.change(name, key, Some(&last.object), None);
        if let Some(count) = self.holdings.get_mut(&key.namespace) {
            *count -= 1;
            if *count == 0 {
                self.holdings.remove(&key.namespace);
            }
        }
        Some(last)
    }

    /// Ends a collection: its objects go first, then the watches end.
    pub(crate) fn close(&mut self, name: &kinds::Collection) {
        let keys: Vec<Key> = self.collections.get(name).map(Collection::keys).unwrap_or_default();
        for key in keys {
            self.remove(name, &key);
        }
        if let Some(mut collection) = self.collections.remove(name) {
            collection.disconnect(self.version);
            self.ended.insert(name.clone(), collection);
        }
    }
}

fn stamp(key: Key, version: u64, revision: u64, mut object: Value) -> Arc<Stored> {
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.insert("resourceVersion".to_owned(), version.to_string().into());
    }
    Stored::new(key, version, revision, object)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_object_is_encoded_with_its_type_first_or_without_it() {
        let key = Key { namespace: String::new(), name: "a".to_owned() };
        let object = json!({"apiVersion": "v1", "kind": "Thing", "a": "\"x\"", "metadata": {}});
        let stored = Stored::unversioned(key.clone(), 0, object.clone());
        assert_eq!(stored.bare_json(), r#"{"a":"\"x\"","metadata":{}}"#);
        assert_eq!(stored.json(), r#"{"kind":"Thing","apiVersion":"v1","a":"\"x\"","metadata":{}}"#);
        let custom = Stored::unversioned(key.clone(), 7, object);
        assert!(custom.json().starts_with(br#"{"apiVersion":"v1","kind":"Thing","a""#));
        for odd in [json!({}), json!({"kind": "x"}), json!({"a": 1})] {
            let stored = Stored::unversioned(key.clone(), 0, odd.clone());
            assert_eq!(serde_json::from_slice::<Value>(&stored.json()).unwrap(), odd);
        }
    }
}
