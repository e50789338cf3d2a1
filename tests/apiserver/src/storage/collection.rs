//! Pure: the objects of one resource, and who waits for their changes.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use crate::signal::Listener;
use crate::storage::audience::Audience;
use crate::storage::history::{Change, History};
use crate::storage::{Key, Stored};

/// The objects of one resource, in the order of their keys, with a bounded history.
#[derive(Debug)]
pub(crate) struct Collection {
    /// Tells a collection from an earlier one of the same name.
    incarnation: u64,
    /// From which version on it can be watched.
    begun: u64,
    objects: BTreeMap<Key, Arc<Stored>>,
    history: History,
    limit: usize,
    audience: Audience,
    /// Held by everyone who reads the history.
    readers: Arc<()>,
}

impl Collection {
    pub(crate) fn new(incarnation: u64, version: u64, limit: usize) -> Self {
        Self {
            incarnation,
            begun: version,
            objects: BTreeMap::new(),
            history: History::new(limit),
            limit,
            audience: Audience::new(version, limit / 4),
            readers: Arc::default(),
        }
    }

    pub(crate) fn incarnation(&self) -> u64 {
        self.incarnation
    }

    pub(crate) fn history(&self) -> &History {
        &self.history
    }

    /// The oldest version from which a watch can start: not one of before it was served as it is now.
    pub(crate) fn watchable(&self) -> u64 {
        self.begun.max(self.history.forgotten(None))
    }

    /// Tells of the changes of one object, of one namespace, or of all; ends when the collection does.
    pub(crate) fn subscribe(&mut self, namespace: Option<&str>, name: Option<&str>) -> Listener {
        self.audience.subscribe(namespace, name)
    }

    /// What a reader holds for as long as it reads.
    pub(crate) fn reader(&self) -> Arc<()> {
        Arc::clone(&self.readers)
    }

    pub(crate) fn has_readers(&self) -> bool {
        Arc::strong_count(&self.readers) > 1
    }

    /// Ends the watches that have subscribed so far, once they have told of all changes.
    pub(crate) fn disconnect(&mut self, version: u64) {
        self.begun = version;
        self.audience = Audience::new(version, self.limit / 4);
    }

    pub(crate) fn get(&self, key: &Key) -> Option<&Arc<Stored>> {
        self.objects.get(key)
    }

    pub(crate) fn keys(&self) -> Vec<Key> {
        self.objects.keys().cloned().collect()
    }

    /// The objects of `namespace`, or all, from `start` on, as they are now.
    pub(crate) fn range<'a>(
        &'a self,
        namespace: Option<&'a str>,
        start: Option<&Key>,
    ) -> impl Iterator<Item = &'a Arc<Stored>> {
        self.objects
            .range((lower_bound(namespace, start), Bound::Unbounded))
            .take_while(move |(key, _)| is_within(key, namespace))
            .map(|(_, stored)| stored)
    }

    /// Like `range`, with those objects replaced that were different at an earlier version.
    pub(crate) fn range_at<'a>(
        &'a self,
        undone: &'a BTreeMap<&'a Key, Option<&'a Arc<Stored>>>,
        namespace: Option<&'a str>,
        start: Option<&Key>,
    ) -> impl Iterator<Item = &'a Arc<Stored>> {
        let mut kept =
            self.range(namespace, start).filter(|stored| !undone.contains_key(&stored.key)).peekable();
        let start = lower_bound(namespace, start);
        let start = match &start {
            Bound::Included(key) => Bound::Included(key),
            Bound::Excluded(_) | Bound::Unbounded => Bound::Unbounded,
        };
        let mut old = undone
            .range::<Key, _>((start, Bound::Unbounded))
            .take_while(move |(key, _)| is_within(key, namespace))
            .filter_map(|(_, stored)| *stored)
            .peekable();
        std::iter::from_fn(move || match (kept.peek(), old.peek()) {
            (Some(left), Some(right)) if left.key < right.key => kept.next(),
            (Some(_), None) => kept.next(),
            _ => old.next(),
        })
    }

    /// Stores an object; tells whether it is new.
    pub(crate) fn put(&mut self, new: Arc<Stored>) -> bool {
        let old = self.objects.insert(new.key.clone(), Arc::clone(&new));
        let is_new = old.is_none();
        self.record(Change { version: new.version, old, new, removed: false });
        is_new
    }

    pub(crate) fn remove(&mut self, last: &Arc<Stored>) {
        let old = self.objects.remove(&last.key);
        self.record(Change { version: last.version, old, new: Arc::clone(last), removed: true });
    }

    fn record(&mut self, change: Change) {
        let new = Arc::clone(&change.new);
        self.history.push(change);
        self.audience.tell(&new.key, new.version);
    }
}

fn is_within(key: &Key, namespace: Option<&str>) -> bool {
    namespace.is_none_or(|namespace| key.namespace == namespace)
}

/// Where a walk through `namespace` begins that goes on at `start`.
fn lower_bound(namespace: Option<&str>, start: Option<&Key>) -> Bound<Key> {
    let first = Key { namespace: namespace.unwrap_or_default().to_owned(), name: String::new() };
    match start {
        Some(start) if *start >= first => Bound::Included(start.clone()),
        Some(_) | None if namespace.is_none() => Bound::Unbounded,
        Some(_) | None => Bound::Included(first),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::kinds;
    use crate::storage::{Key, Store};

    fn key(namespace: &str, name: &str) -> Key {
        Key { namespace: namespace.to_owned(), name: name.to_owned() }
    }

    fn put(store: &mut Store, of: &kinds::Collection, key: Key, n: u64) -> u64 {
        store.put(of, key, 0, json!({"metadata": {}, "n": n})).unwrap().version
    }

    #[test]
    fn earlier_versions_can_be_rebuilt_until_they_are_forgotten() {
        let name = ("g".to_owned(), "things".to_owned());
        let mut store = Store::new(3);
        store.open(name.clone());
        let first = put(&mut store, &name, key("ns", "a"), 1);
        let second = put(&mut store, &name, key("ns", "a"), 2);
        put(&mut store, &name, key("ns", "b"), 3);
        store.remove(&name, &key("ns", "a"));
        let things = store.collection(&name).unwrap();
        for namespace in [None, Some("ns")] {
            let undone = things.history().undone_to(second, namespace);
            let then: Vec<u64> = things
                .range_at(&undone, namespace, None)
                .filter_map(|old| old.object["n"].as_u64())
                .collect();
            assert_eq!(then, [2]);
        }
        assert_eq!(things.history().forgotten(None), first);
        assert_eq!(things.history().since(second, None).count(), 2);
        assert!(things.history().since(second, None).last().is_some_and(|change| change.removed));
    }

    #[test]
    fn objects_stand_in_the_order_of_their_paths() {
        let name = (String::new(), "things".to_owned());
        let mut store = Store::new(8);
        store.open(name.clone());
        for (namespace, object) in [("a", "x"), ("ab", "x"), ("a-b", "x"), ("a", "b")] {
            put(&mut store, &name, key(namespace, object), 0);
        }
        let things = store.collection(&name).unwrap();
        let order: Vec<String> =
            things.range(None, None).map(|of| format!("{}/{}", of.key.namespace, of.key.name)).collect();
        assert_eq!(order, ["a-b/x", "a/b", "a/x", "ab/x"]);
        assert_eq!(things.range(Some("a"), None).count(), 2);
        assert_eq!(things.range(Some("a"), Some(&key("a", "b\0"))).count(), 1);
        assert_eq!(things.range(None, Some(&key("a", "x"))).count(), 2);
    }
}
