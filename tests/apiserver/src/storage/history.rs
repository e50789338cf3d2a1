//! Pure: the changes of one resource, in their order, as far back as they are kept.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

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

/// The changes of one namespace.
#[derive(Debug, Default)]
struct Namespace {
    /// The numbers of the changes that are kept.
    numbers: VecDeque<u64>,
    forgotten: u64,
}

/// A bounded ring of changes. Those of one namespace are found without a walk over those of the others.
#[derive(Debug)]
pub(crate) struct History {
    changes: VecDeque<Change>,
    /// The number of the oldest change that is kept; changes are numbered from 0.
    first: u64,
    namespaces: HashMap<String, Namespace>,
    /// The version of the newest change that was forgotten.
    forgotten: u64,
    limit: usize,
}

impl History {
    pub(crate) fn new(limit: usize) -> Self {
        Self { changes: VecDeque::new(), first: 0, namespaces: HashMap::new(), forgotten: 0, limit }
    }

    /// The version of the newest change, in `namespace` or anywhere, that is no longer known here.
    pub(crate) fn forgotten(&self, namespace: Option<&str>) -> u64 {
        match namespace {
            None => self.forgotten,
            Some(namespace) => self.namespaces.get(namespace).map_or(0, |of| of.forgotten),
        }
    }

    /// The version of the newest change, also when nothing is kept.
    pub(crate) fn newest(&self) -> u64 {
        self.changes.back().map_or(self.forgotten, |change| change.version)
    }

    pub(crate) fn push(&mut self, change: Change) {
        let number = self.first + self.changes.len() as u64;
        let namespace = &change.new.key.namespace;
        if !namespace.is_empty() {
            match self.namespaces.get_mut(namespace) {
                Some(of) => of.numbers.push_back(number),
                None => {
                    let of = Namespace { numbers: VecDeque::from([number]), forgotten: 0 };
                    self.namespaces.insert(namespace.clone(), of);
                }
            }
        }
        self.changes.push_back(change);
        while self.changes.len() > self.limit {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        let Some(oldest) = self.changes.pop_front() else {
            return;
        };
        self.first += 1;
        self.forgotten = oldest.version;
        // The entry stays also when it is empty: who waits in a quiet namespace has missed nothing.
        if let Some(of) = self.namespaces.get_mut(&oldest.new.key.namespace) {
            of.numbers.pop_front();
            of.forgotten = oldest.version;
        }
    }

    /// The changes after `version`, in `namespace` or everywhere, oldest first.
    pub(crate) fn since<'a>(
        &'a self,
        version: u64,
        namespace: Option<&str>,
    ) -> Box<dyn DoubleEndedIterator<Item = &'a Change> + 'a> {
        match namespace {
            None => {
                let start = self.changes.partition_point(|change| change.version <= version);
                Box::new(self.changes.range(start..))
            }
            Some(namespace) => {
                let Some(Namespace { numbers, .. }) = self.namespaces.get(namespace) else {
                    return Box::new(std::iter::empty());
                };
                let at = |number: u64| &self.changes[(number - self.first) as usize];
                let start = numbers.partition_point(|number| at(*number).version <= version);
                Box::new(numbers.range(start..).map(move |number| at(*number)))
            }
        }
    }

    /// What must be undone to see the objects as they were at `version`: by key, the object then.
    pub(crate) fn undone_to(
        &self,
        version: u64,
        namespace: Option<&str>,
    ) -> BTreeMap<&Key, Option<&Arc<Stored>>> {
        let later = self.since(version, namespace).rev();
        later.map(|change| (&change.new.key, change.old.as_ref())).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn change(version: u64, namespace: &str, name: &str) -> Change {
        let key = Key { namespace: namespace.to_owned(), name: name.to_owned() };
        Change { version, old: None, new: Stored::unversioned(key, 0, json!({})), removed: false }
    }

    fn versions(history: &History, since: u64, namespace: Option<&str>) -> Vec<u64> {
        history.since(since, namespace).map(|change| change.version).collect()
    }

    #[test]
    fn changes_of_a_namespace_are_found_among_all_also_when_old_ones_are_forgotten() {
        let mut history = History::new(4);
        for (version, namespace) in [(2, "a"), (3, "b"), (5, "a"), (8, ""), (9, "b"), (11, "a")] {
            history.push(change(version, namespace, "x"));
        }
        assert_eq!((history.forgotten(None), history.newest()), (3, 11));
        assert_eq!(versions(&history, 3, None), [5, 8, 9, 11]);
        assert_eq!(versions(&history, 3, Some("a")), [5, 11]);
        assert_eq!(versions(&history, 5, Some("a")), [11]);
        assert_eq!(versions(&history, 0, Some("b")), [9]);
        assert_eq!(versions(&history, 0, Some("nowhere")), [0; 0]);
        for version in 12..20 {
            history.push(change(version, "b", "x"));
        }
        assert_eq!(versions(&history, 0, Some("a")), [0; 0]);
        assert_eq!(versions(&history, 0, Some("b")), [16, 17, 18, 19]);
        assert_eq!(history.forgotten(Some("a")), 11);
        assert_eq!(history.forgotten(Some("nowhere")), 0);
    }
}
