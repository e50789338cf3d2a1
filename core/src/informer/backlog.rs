//! Pure: what one handler has not been told yet.

use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::informer::Change;
use crate::resource::{ObjectKey, Stored};

/// How many changes wait for a handler before they are merged, unless it asks for another number.
pub const BACKLOG_LIMIT: usize = 1024;

/// What happens to changes that a handler is too slow for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Backlog {
    /// Up to `limit` changes wait one by one; what comes on top of them is merged per object.
    KeepAll {
        /// How many changes wait one by one; the default is [`BACKLOG_LIMIT`].
        limit: usize,
    },
    /// Whatever waits is merged per object.
    Coalesce,
}

impl Default for Backlog {
    fn default() -> Self {
        Self::KeepAll { limit: BACKLOG_LIMIT }
    }
}

/// The changes that wait, each with its position in the order of arrival.
///
/// At most two changes of one object are in `merged`: a deletion, and the addition of its successor.
pub(crate) struct Waiting<S: Stored> {
    limit: usize,
    next: u64,
    in_order: VecDeque<(u64, Change<S>)>,
    merged: BTreeMap<u64, Change<S>>,
    positions: HashMap<ObjectKey, Vec<u64>>,
}

enum Merge<S: Stored> {
    Apart(Change<S>),
    Into(Change<S>),
    Vanish,
}

impl<S: Stored> Waiting<S> {
    pub(crate) fn new(backlog: Backlog) -> Self {
        Self {
            limit: match backlog {
                Backlog::KeepAll { limit } => limit,
                Backlog::Coalesce => 0,
            },
            next: 0,
            in_order: VecDeque::new(),
            merged: BTreeMap::new(),
            positions: HashMap::new(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.in_order.len() + self.merged.len()
    }

    /// The position that the next change will get.
    pub(crate) fn end(&self) -> u64 {
        self.next
    }

    /// Whether everything before this position was taken out.
    pub(crate) fn is_past(&self, position: u64) -> bool {
        let first = self.in_order.front().map(|(position, _)| position);
        let first = first.or_else(|| self.merged.keys().next());
        first.is_none_or(|first| *first >= position)
    }

    pub(crate) fn push(&mut self, change: Change<S>) {
        let position = self.next;
        self.next += 1;
        if self.merged.is_empty() && self.in_order.len() < self.limit {
            self.in_order.push_back((position, change));
            return;
        }
        let key = change.key();
        let last = self.positions.get(&key).and_then(|positions| positions.last()).copied();
        let merge = match last.and_then(|last| self.merged.remove(&last)) {
            Some(earlier) => self.merge(last, earlier, change),
            None => Merge::Apart(change),
        };
        match (merge, last) {
            (Merge::Apart(change), _) => {
                self.merged.insert(position, change);
                self.positions.entry(key).or_default().push(position);
            }
            (Merge::Into(change), Some(last)) => {
                self.merged.insert(last, change);
            }
            _ => self.forget(&key, last),
        }
        self.assert_invariants();
    }

    /// Takes out what has waited longest.
    pub(crate) fn pop(&mut self) -> Option<Change<S>> {
        if let Some((_, change)) = self.in_order.pop_front() {
            return Some(change);
        }
        let (position, change) = self.merged.pop_first()?;
        self.forget(&change.key(), Some(position));
        self.assert_invariants();
        Some(change)
    }

    /// Merges a change into the one before it, which was taken out for that.
    fn merge(&mut self, position: Option<u64>, earlier: Change<S>, later: Change<S>) -> Merge<S> {
        if earlier.uid() == later.uid() {
            match (earlier, later) {
                (Change::Added { initial, .. }, Change::Updated { new: object, .. }) => {
                    return Merge::Into(Change::Added { object, initial });
                }
                (Change::Added { .. }, Change::Deleted { .. }) => return Merge::Vanish,
                (Change::Updated { old, .. }, Change::Updated { new, .. }) => {
                    return Merge::Into(Change::Updated { old, new });
                }
                (Change::Updated { .. }, later @ Change::Deleted { .. }) => {
                    return Merge::Into(later);
                }
                (earlier, later) => self.put_back(position, earlier, later),
            }
        } else {
            self.put_back(position, earlier, later)
        }
    }

    fn put_back(&mut self, position: Option<u64>, earlier: Change<S>, later: Change<S>) -> Merge<S> {
        if let Some(position) = position {
            self.merged.insert(position, earlier);
        }
        Merge::Apart(later)
    }

    fn forget(&mut self, key: &ObjectKey, position: Option<u64>) {
        if let Some(positions) = self.positions.get_mut(key) {
            positions.retain(|other| Some(*other) != position);
            if positions.is_empty() {
                self.positions.remove(key);
            }
        }
    }

    fn assert_invariants(&self) {
        debug_assert!(self.in_order.len() <= self.limit);
        if cfg!(debug_assertions) && self.merged.len() <= 64 {
            let positions: usize = self.positions.values().map(Vec::len).sum();
            assert_eq!(positions, self.merged.len());
            assert!(self.positions.values().all(|positions| positions.len() <= 2));
        }
    }
}
