//! Pure: the keys that wait, in order, and what happened to each.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use crate::delta_fifo::{Deleted, Delta, Deltas};
use crate::resource::{ObjectKey, is_older};
use crate::store::KnownObjects;

/// A key is in `order` if and only if it is in `items`, once in each.
pub(crate) struct Queue<S> {
    order: VecDeque<ObjectKey>,
    items: HashMap<ObjectKey, Item<S>>,
    /// How many deltas wait in all.
    deltas: usize,
    /// Something was added, or a list was taken over.
    populated: bool,
    /// How many keys of the first list still wait.
    initial: usize,
    /// Everything up to this version is in the queue or went through it.
    version: Option<Arc<str>>,
}

struct Item<S> {
    deltas: Deltas<S>,
    /// `Queue::version` when this key began to wait.
    before: Option<Arc<str>>,
}

/// What [`Queue::pop`] takes out.
pub(crate) struct Head<S> {
    pub(crate) key: ObjectKey,
    pub(crate) deltas: Deltas<S>,
    /// Whether the first list was still waiting.
    pub(crate) initial: bool,
    /// Once this is processed, everything up to this version is.
    pub(crate) version: Option<Arc<str>>,
}

impl<S> Default for Queue<S> {
    fn default() -> Self {
        Self {
            order: VecDeque::new(),
            items: HashMap::new(),
            deltas: 0,
            populated: false,
            initial: 0,
            version: None,
        }
    }
}

impl<S: 'static> Queue<S> {
    /// Whether the first list, or what came instead of it, has been taken out.
    pub(crate) fn has_synced(&self) -> bool {
        self.populated && self.initial == 0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    pub(crate) fn delta_count(&self) -> usize {
        self.deltas
    }

    /// What waits for a key.
    pub(crate) fn get(&self, key: &ObjectKey) -> Option<&Deltas<S>> {
        self.items.get(key).map(|item| &item.deltas)
    }

    /// Everything up to this version was told.
    pub(crate) fn advance(&mut self, version: &str) {
        if self.version.as_deref().is_none_or(|now| !is_older(version, now)) {
            self.version = Some(version.into());
        }
    }

    /// The version, when nothing waits.
    pub(crate) fn idle_version(&self) -> Option<&Arc<str>> {
        self.version.as_ref().filter(|_| self.is_empty())
    }

    /// An object was added or changed.
    pub(crate) fn push(&mut self, key: ObjectKey, delta: Delta<S>) {
        self.populated = true;
        self.enqueue(key, delta);
        self.assert_invariants();
    }

    /// An object was deleted. Nothing is queued for a key that nobody has heard of.
    pub(crate) fn delete(
        &mut self,
        key: ObjectKey,
        object: Option<Arc<S>>,
        known: Option<&dyn KnownObjects<S>>,
    ) {
        self.populated = true;
        let is_known = known.is_some_and(|known| known.contains(&key));
        if is_known || self.items.contains_key(&key) {
            let final_state_unknown = object.is_none();
            let object = object.or_else(|| self.last_object(&key, known));
            let deleted = Deleted { object, final_state_unknown };
            self.enqueue(key, Delta::Deleted(deleted));
        }
        self.assert_invariants();
    }

    /// These are all objects; whatever else is queued or known is gone.
    pub(crate) fn replace(
        &mut self,
        objects: Vec<(ObjectKey, Arc<S>)>,
        delta: fn(Arc<S>) -> Delta<S>,
        known: Option<&dyn KnownObjects<S>>,
    ) {
        let mut listed = HashSet::with_capacity(objects.len());
        for (key, object) in objects {
            listed.insert(key.clone());
            self.enqueue(key, delta(object));
        }
        let queued = self.order.iter().filter(|key| !listed.contains(*key)).cloned();
        let mut gone: Vec<ObjectKey> = queued.collect();
        if let Some(known) = known {
            let unlisted = |key: &ObjectKey| !listed.contains(key) && !self.items.contains_key(key);
            gone.extend(known.keys().into_iter().filter(unlisted));
        }
        let deletions = gone.len();
        for key in gone {
            let deleted = Deleted { object: self.last_object(&key, known), final_state_unknown: true };
            self.enqueue(key, Delta::Deleted(deleted));
        }
        if !self.populated {
            self.populated = true;
            self.initial = listed.len() + deletions;
        }
        self.assert_invariants();
    }

    /// The list that was taken over is of this version, which may be older than what was seen before.
    pub(crate) fn reset_version(&mut self, version: &str) {
        self.version = Some(version).filter(|version| !version.is_empty()).map(Arc::from);
    }

    /// Tells of each known object again, except where something waits anyway.
    pub(crate) fn resync(&mut self, known: &dyn KnownObjects<S>) {
        for key in known.keys() {
            if !self.items.contains_key(&key)
                && let Some(object) = known.get(&key)
            {
                self.enqueue(key, Delta::Sync(object));
            }
        }
        self.assert_invariants();
    }

    /// Takes out the key that has waited longest, with everything that happened to it.
    pub(crate) fn pop(&mut self) -> Option<Head<S>> {
        let initial = !self.has_synced();
        let key = self.order.pop_front()?;
        let item = self.items.remove(&key)?;
        self.initial = self.initial.saturating_sub(1);
        self.deltas -= item.deltas.len();
        // Keys wait in the order of their first change, so whatever came before the first change of
        // the next key is out.
        let version = match self.order.front().and_then(|next| self.items.get(next)) {
            Some(next) => next.before.clone(),
            None => self.version.clone(),
        };
        self.assert_invariants();
        Some(Head { key, deltas: item.deltas, initial, version })
    }

    fn enqueue(&mut self, key: ObjectKey, delta: Delta<S>) {
        match self.items.entry(key) {
            Entry::Occupied(mut item) => {
                let deltas = &mut item.get_mut().deltas;
                let before = deltas.len();
                deltas.push(delta);
                self.deltas += deltas.len() - before;
            }
            Entry::Vacant(place) => {
                self.order.push_back(place.key().clone());
                self.deltas += 1;
                place.insert(Item { deltas: Deltas::new(delta), before: self.version.clone() });
            }
        }
    }

    /// The newest state of an object: queued, or else known.
    fn last_object(&self, key: &ObjectKey, known: Option<&dyn KnownObjects<S>>) -> Option<Arc<S>> {
        match self.get(key).and_then(Deltas::newest) {
            Some(newest) => newest.object().cloned(),
            None => known.and_then(|known| known.get(key)),
        }
    }

    fn assert_invariants(&self) {
        debug_assert_eq!(self.order.len(), self.items.len());
        if cfg!(debug_assertions) && self.order.len() <= 64 {
            assert!(self.order.iter().all(|key| self.items.contains_key(key)));
            assert!(self.items.values().all(|item| !item.deltas.is_empty()));
            let deltas: usize = self.items.values().map(|item| item.deltas.len()).sum();
            assert_eq!(self.deltas, deltas);
            assert!(self.initial <= self.order.len());
        }
    }
}
