//! Pure: what one handler has not been told yet.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

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

enum Merge {
    /// They are two changes.
    Apart,
    /// The earlier one tells of both now.
    Done,
    /// There is nothing left to tell.
    Vanish,
}

/// Merges a change into the one that waits before it, if they are about the same object.
fn merge<S: Stored>(earlier: &mut Change<S>, later: &Change<S>) -> Merge {
    if earlier.uid() != later.uid() {
        return Merge::Apart;
    }
    match (&mut *earlier, later) {
        (Change::Added { object: waits, .. }, Change::Updated { new, .. })
        | (Change::Updated { new: waits, .. }, Change::Updated { new, .. }) => {
            *waits = Arc::clone(new);
        }
        (Change::Updated { .. }, Change::Deleted { .. }) => *earlier = later.clone(),
        (Change::Added { .. }, Change::Deleted { .. }) => return Merge::Vanish,
        (Change::Deleted { .. }, _) | (_, Change::Added { .. }) => return Merge::Apart,
    }
    Merge::Done
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
        let earlier = last.and_then(|last| self.merged.get_mut(&last));
        match earlier.map_or(Merge::Apart, |earlier| merge(earlier, &change)) {
            Merge::Apart => {
                self.merged.insert(position, change);
                self.positions.entry(key).or_default().push(position);
            }
            Merge::Done => {}
            Merge::Vanish => {
                if let Some(last) = last {
                    self.merged.remove(&last);
                    self.forget(&key, last);
                }
            }
        }
        self.assert_invariants();
    }

    /// Takes out what has waited longest.
    pub(crate) fn pop(&mut self) -> Option<Change<S>> {
        if let Some((_, change)) = self.in_order.pop_front() {
            return Some(change);
        }
        let (position, change) = self.merged.pop_first()?;
        self.forget(&change.key(), position);
        self.assert_invariants();
        Some(change)
    }

    fn forget(&mut self, key: &ObjectKey, position: u64) {
        if let Some(positions) = self.positions.get_mut(key) {
            positions.retain(|other| *other != position);
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use k8s_openapi::api::core::v1::ConfigMap;
    use proptest::prelude::*;

    use super::*;

    fn object(name: &str, uid: u64, version: u64) -> Arc<ConfigMap> {
        let mut map = ConfigMap::default();
        map.metadata.name = Some(name.to_owned());
        map.metadata.uid = Some(uid.to_string());
        map.metadata.resource_version = Some(version.to_string());
        Arc::new(map)
    }

    /// Objects by name, as someone knows them who is told of changes.
    #[derive(Default)]
    struct View(BTreeMap<String, Arc<ConfigMap>>);

    impl View {
        /// Believes a change, and checks that it follows from what was known.
        fn tell(&mut self, change: &Change<ConfigMap>) {
            let name = change.key().to_string();
            let before = match change {
                Change::Added { object, .. } => self.0.insert(name, Arc::clone(object)),
                Change::Updated { new, .. } => self.0.insert(name, Arc::clone(new)),
                Change::Deleted { .. } => self.0.remove(&name),
            };
            match (change, before) {
                (Change::Added { .. }, None) => {}
                (Change::Updated { old, new }, Some(before)) => {
                    assert!(Arc::ptr_eq(old, &before), "old is what was told last");
                    assert_eq!(old.metadata.uid, new.metadata.uid);
                }
                (Change::Deleted { object, .. }, Some(before)) => {
                    assert_eq!(object.metadata.uid, before.metadata.uid);
                }
                (change, before) => panic!("{change:?} after {before:?}"),
            }
        }
    }

    proptest! {
        #[test]
        fn a_handler_knows_the_truth_in_the_end_whatever_was_merged(
            limit in 0_usize..4,
            steps in prop::collection::vec((0_u8..4, "[a-c]"), 0..80),
        ) {
            let mut waiting = Waiting::new(Backlog::KeepAll { limit });
            let (mut truth, mut view, mut pushed) = (View::default(), View::default(), 0_u64);
            for (version, (action, name)) in (1_u64..).zip(steps) {
                let last = truth.0.get(&name).cloned();
                let uid = |map: &ConfigMap| map.metadata.uid.clone().unwrap().parse().unwrap();
                let change = match (action, last) {
                    (0, _) => {
                        if let Some(change) = waiting.pop() {
                            view.tell(&change);
                        }
                        continue;
                    }
                    (_, None) => Change::Added { object: object(&name, version, version), initial: false },
                    (1, Some(old)) => Change::Deleted { object: object(&name, uid(&old), version), final_state_unknown: false },
                    (_, Some(old)) => Change::Updated { new: object(&name, uid(&old), version), old },
                };
                truth.tell(&change);
                waiting.push(change);
                pushed += 1;
                prop_assert!(waiting.len() <= limit + 2 * 3, "bounded by the keys");
            }
            prop_assert_eq!(waiting.end(), pushed);
            while let Some(change) = waiting.pop() {
                view.tell(&change);
            }
            prop_assert!(waiting.is_past(pushed));
            let versions = |view: &View| -> Vec<_> {
                view.0.values().map(|map| map.metadata.resource_version.clone()).collect()
            };
            prop_assert_eq!(versions(&view), versions(&truth));
        }

        #[test]
        fn below_the_limit_every_change_is_told(steps in prop::collection::vec("[a-c]", 0..20)) {
            let mut waiting = Waiting::new(Backlog::KeepAll { limit: 20 });
            let changes = steps.iter().zip(1..).map(|(name, version)| Change::Added {
                object: object(name, version, version),
                initial: false,
            });
            let changes: Vec<Change<ConfigMap>> = changes.collect();
            for change in &changes {
                waiting.push(change.clone());
            }
            for change in &changes {
                prop_assert!(Arc::ptr_eq(waiting.pop().unwrap().object(), change.object()));
            }
        }
    }
}
