//! The queue against a naive model.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;

use crate::delta_fifo::queue::Queue;
use crate::delta_fifo::{Deleted, Delta};
use crate::resource::ObjectKey;
use crate::store::KnownObjects;

fn key(name: &str) -> ObjectKey {
    ObjectKey::new(None, name)
}

/// Known objects that the test can change.
#[derive(Clone, Default)]
pub(super) struct Known<S>(pub(super) Arc<Mutex<BTreeMap<ObjectKey, Arc<S>>>>);

impl<S: Send + Sync + 'static> KnownObjects<S> for Known<S> {
    fn get(&self, key: &ObjectKey) -> Option<Arc<S>> {
        self.0.lock().unwrap().get(key).cloned()
    }

    fn keys(&self) -> Vec<ObjectKey> {
        self.0.lock().unwrap().keys().cloned().collect()
    }
}

/// One step of a random life of a queue.
#[derive(Clone, Debug)]
enum Step {
    Push(String),
    Delete(String, bool),
    Replace(Vec<String>),
    Resync,
    Pop,
}

fn step() -> impl Strategy<Value = Step> {
    let name = || "[a-e]";
    prop_oneof![
        3 => name().prop_map(Step::Push),
        2 => (name(), any::<bool>()).prop_map(|(name, seen)| Step::Delete(name, seen)),
        1 => prop::collection::vec(name(), 0..4).prop_map(Step::Replace),
        1 => Just(Step::Resync),
        3 => Just(Step::Pop),
    ]
}

/// What a delta is called, and its object.
type Told = (&'static str, Option<u64>);

/// The queue as one would write it without caring for speed: a list of keys with all their deltas.
#[derive(Default)]
struct Model {
    waiting: Vec<(String, Vec<Told>)>,
    populated: bool,
    initial: usize,
}

impl Model {
    fn deltas(&mut self, name: &str) -> Option<&mut Vec<Told>> {
        let found = self.waiting.iter_mut().find(|(waiting, _)| waiting == name);
        found.map(|(_, deltas)| deltas)
    }

    fn enqueue(&mut self, name: &str, kind: &'static str, object: Option<u64>) {
        if self.deltas(name).is_none() {
            self.waiting.push((name.to_owned(), Vec::new()));
        }
        let deltas = self.deltas(name).unwrap();
        deltas.push((kind, object));
        if let [.., older, newer] = deltas[..]
            && older.0.starts_with("Deleted")
            && newer.0.starts_with("Deleted")
        {
            let keep = if older.0 == "Deleted" { older } else { newer };
            deltas.truncate(deltas.len() - 2);
            deltas.push(keep);
        }
    }

    fn last(&mut self, name: &str, known: &BTreeMap<String, u64>) -> Option<u64> {
        match self.deltas(name) {
            Some(deltas) => deltas.last().unwrap().1,
            None => known.get(name).copied(),
        }
    }
}

proptest! {
    #[test]
    fn the_queue_does_what_a_naive_one_does(
        with_known in any::<bool>(),
        steps in prop::collection::vec(step(), 0..80),
    ) {
        let known = Known::<u64>::default();
        let view: Option<&dyn KnownObjects<u64>> = if with_known { Some(&known) } else { None };
        let (mut queue, mut model) = (Queue::<u64>::default(), Model::default());
        // What the consumer has: only looked at when the queue may look at it.
        let mut consumer = BTreeMap::<String, u64>::new();
        for (version, step) in (1_u64..).zip(steps) {
            let visible = if with_known { consumer.clone() } else { BTreeMap::new() };
            match step {
                Step::Push(name) => {
                    queue.push(key(&name), Delta::Updated(Arc::new(version)));
                    model.populated = true;
                    model.enqueue(&name, "Updated", Some(version));
                }
                Step::Delete(name, seen) => {
                    queue.delete(key(&name), seen.then(|| Arc::new(version)), view);
                    model.populated = true;
                    if model.deltas(&name).is_some() || visible.contains_key(&name) {
                        let object = if seen { Some(version) } else { model.last(&name, &visible) };
                        let kind = if seen { "Deleted" } else { "Deleted(final state unknown)" };
                        model.enqueue(&name, kind, object);
                    }
                }
                Step::Replace(names) => {
                    let objects = names.iter().map(|name| (key(name), Arc::new(version))).collect();
                    queue.replace(objects, Delta::Replaced, view);
                    for name in &names {
                        model.enqueue(name, "Replaced", Some(version));
                    }
                    let queued = model.waiting.iter().map(|(name, _)| name.clone());
                    let mut gone: Vec<String> = queued.filter(|name| !names.contains(name)).collect();
                    gone.extend(visible.keys().filter(|name| !names.contains(name)).cloned());
                    let mut told = Vec::new();
                    for name in gone {
                        if !told.contains(&name) {
                            let object = model.last(&name, &visible);
                            model.enqueue(&name, "Deleted(final state unknown)", object);
                            told.push(name);
                        }
                    }
                    if !model.populated {
                        model.populated = true;
                        let listed: std::collections::BTreeSet<&String> = names.iter().collect();
                        model.initial = listed.len() + told.len();
                    }
                }
                Step::Resync => {
                    if let Some(view) = view {
                        queue.resync(view);
                    }
                    for (name, object) in &visible {
                        if model.deltas(name).is_none() {
                            model.enqueue(name, "Sync", Some(*object));
                        }
                    }
                }
                Step::Pop => {
                    let initial = !(model.populated && model.initial == 0);
                    let head = queue.pop();
                    prop_assert_eq!(head.is_some(), !model.waiting.is_empty());
                    if let Some(head) = head {
                        let (name, deltas) = model.waiting.remove(0);
                        model.initial = model.initial.saturating_sub(1);
                        prop_assert_eq!(head.key.to_string(), name.as_str());
                        prop_assert_eq!(head.initial, initial);
                        let found: Vec<(String, Option<u64>)> = head
                            .deltas
                            .iter()
                            .map(|delta| (delta.to_string(), delta.object().map(|object| **object)))
                            .collect();
                        let wanted: Vec<(String, Option<u64>)> =
                            deltas.iter().map(|(kind, object)| ((*kind).to_owned(), *object)).collect();
                        prop_assert_eq!(found, wanted);
                        let mut store = known.0.lock().unwrap();
                        match head.deltas.newest().unwrap() {
                            Delta::Deleted(Deleted { .. }) => {
                                consumer.remove(&name);
                                store.remove(&key(&name));
                            }
                            delta => {
                                let object = delta.object().unwrap();
                                consumer.insert(name.clone(), **object);
                                store.insert(key(&name), Arc::clone(object));
                            }
                        }
                    }
                }
            }
            prop_assert_eq!(queue.has_synced(), model.populated && model.initial == 0);
            prop_assert_eq!(queue.is_empty(), model.waiting.is_empty());
        }
    }
}
