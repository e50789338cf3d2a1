//! Pure: the objects of one resource and the changes that led to them.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Bound;
use std::sync::Arc;

use crate::signal::{Listener, Signal};
use crate::storage::{Key, Stored};

/// One change.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) version: u64,
    /// The object before; nothing when it was created.
    pub(crate) old: Option<Arc<Stored>>,
    /// The object after; for a removal its last state.
    pub(crate) new: Arc<Stored>,
    pub(crate) removed: bool,
}

/// The objects of one resource, in the order of their keys, with a bounded history.
#[derive(Debug)]
pub(crate) struct Collection {
    /// Tells a collection from an earlier one of the same name.
    incarnation: u64,
    objects: BTreeMap<Key, Arc<Stored>>,
    changes: VecDeque<Change>,
    /// The version of the newest change that was forgotten.
    forgotten: u64,
    limit: usize,
    changed: Signal,
}

impl Collection {
    pub(crate) fn new(incarnation: u64, version: u64, limit: usize) -> Self {
        Self {
            incarnation,
            objects: BTreeMap::new(),
            changes: VecDeque::new(),
            forgotten: 0,
            limit,
            changed: Signal::new(version),
        }
    }

    pub(crate) fn incarnation(&self) -> u64 {
        self.incarnation
    }

    /// The version of the newest change that is no longer known here.
    pub(crate) fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// Tells of every change; ends when the collection does.
    pub(crate) fn subscribe(&self) -> Listener {
        self.changed.listen()
    }

    /// Ends the watches that have subscribed so far, once they have told of all changes.
    pub(crate) fn disconnect(&mut self, version: u64) {
        self.changed = Signal::new(version);
    }

    pub(crate) fn get(&self, key: &Key) -> Option<&Arc<Stored>> {
        self.objects.get(key)
    }

    pub(crate) fn keys(&self) -> Vec<Key> {
        self.objects.keys().cloned().collect()
    }

    /// The objects of `namespace`, or all, from just after `start`, as they are now.
    pub(crate) fn range<'a>(
        &'a self,
        namespace: Option<&'a str>,
        start: Option<&Key>,
    ) -> impl Iterator<Item = &'a Arc<Stored>> {
        let within = move |key: &Key| namespace.is_none_or(|namespace| key.namespace == namespace);
        self.objects
            .range((lower_bound(namespace, start), Bound::Unbounded))
            .take_while(move |(key, _)| within(key))
            .map(|(_, stored)| stored)
    }

    /// What must be undone to see the objects as they were at `version`: by key, the object then.
    pub(crate) fn undone_to(&self, version: u64) -> BTreeMap<Key, Option<Arc<Stored>>> {
        let later = self.changes.iter().rev().take_while(|change| change.version > version);
        later.map(|change| (change.new.key.clone(), change.old.clone())).collect()
    }

    /// Like `range`, at an earlier version.
    pub(crate) fn range_at<'a>(
        &'a self,
        undone: &'a BTreeMap<Key, Option<Arc<Stored>>>,
        namespace: Option<&'a str>,
        start: Option<&Key>,
    ) -> impl Iterator<Item = &'a Arc<Stored>> {
        let mut kept =
            self.range(namespace, start).filter(|stored| !undone.contains_key(&stored.key)).peekable();
        let mut old = undone
            .range((lower_bound(namespace, start), Bound::Unbounded))
            .take_while(move |(key, _)| namespace.is_none_or(|namespace| key.namespace == namespace))
            .filter_map(|(_, stored)| stored.as_ref())
            .peekable();
        std::iter::from_fn(move || match (kept.peek(), old.peek()) {
            (Some(left), Some(right)) if left.key < right.key => kept.next(),
            (Some(_), None) => kept.next(),
            _ => old.next(),
        })
    }

    /// Whether nothing has changed since `version`.
    pub(crate) fn unchanged_since(&self, version: u64) -> bool {
        self.changes.back().map_or(self.forgotten, |change| change.version) <= version
    }

    /// The changes after `version`, oldest first.
    pub(crate) fn since(&self, version: u64) -> impl Iterator<Item = &Change> {
        let start = self.changes.partition_point(|change| change.version <= version);
        self.changes.range(start..)
    }

    pub(crate) fn put(&mut self, new: Arc<Stored>) {
        let old = self.objects.insert(new.key.clone(), Arc::clone(&new));
        self.record(Change { version: new.version, old, new, removed: false });
    }

    pub(crate) fn remove(&mut self, last: &Arc<Stored>) {
        let old = self.objects.remove(&last.key);
        self.record(Change { version: last.version, old, new: Arc::clone(last), removed: true });
    }

    fn record(&mut self, change: Change) {
        let version = change.version;
        self.changes.push_back(change);
        if self.changes.len() > self.limit
            && let Some(oldest) = self.changes.pop_front()
        {
            self.forgotten = oldest.version;
        }
        self.changed.set(version);
    }
}

/// Where a walk through `namespace` begins that goes on after `start`.
fn lower_bound(namespace: Option<&str>, start: Option<&Key>) -> Bound<Key> {
    let first = Key { namespace: namespace.unwrap_or_default().to_owned(), name: String::new() };
    match start {
        Some(start) if *start >= first => Bound::Excluded(start.clone()),
        _ => Bound::Included(first),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::storage::{Key, Store};

    fn key(name: &str) -> Key {
        Key { namespace: "ns".to_owned(), name: name.to_owned() }
    }

    #[test]
    fn earlier_versions_can_be_rebuilt_until_they_are_forgotten() {
        let name = ("g".to_owned(), "things".to_owned());
        let mut store = Store::new(3);
        store.open(name.clone());
        let put = |store: &mut Store, name: &crate::kinds::Collection, of: &str, n: u64| {
            store.put(name, key(of), 0, json!({"metadata": {}, "n": n})).unwrap().version
        };
        let first = put(&mut store, &name, "a", 1);
        let second = put(&mut store, &name, "a", 2);
        put(&mut store, &name, "b", 3);
        store.remove(&name, &key("a"));
        let things = store.collection(&name).unwrap();
        let undone = things.undone_to(second);
        let then: Vec<u64> =
            things.range_at(&undone, None, None).filter_map(|old| old.object["n"].as_u64()).collect();
        assert_eq!(then, [2]);
        assert_eq!(things.forgotten(), first);
        assert_eq!(things.since(second).count(), 2);
        assert!(things.since(second).last().is_some_and(|change| change.removed));
    }
}
