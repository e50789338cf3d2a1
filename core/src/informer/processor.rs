use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::delta_fifo::{Deleted, Delta, DeltaFifo, Popped, Step};
use crate::informer::Change;
use crate::informer::core::Core;
use crate::informer::phase::Phase;
use crate::resource::{ObjectKey, Stored, is_older};
use crate::store::StoreWriter;

/// Takes changes out of the queue, writes them into the store, and tells the handlers.
pub(crate) struct Processor<S: Stored> {
    core: Arc<Core<S>>,
    writer: StoreWriter<S>,
    synced: bool,
}

impl<S: Stored> Processor<S> {
    pub(crate) fn new(core: Arc<Core<S>>, writer: StoreWriter<S>) -> Self {
        Self { core, writer, synced: false }
    }

    /// Works until the queue is closed and empty.
    pub(crate) async fn run(mut self, fifo: &DeltaFifo<S>) {
        // What was told is dropped here, when no lock is held any more.
        while fifo.next(|step| self.step(step)).await.is_some() {
            tokio::task::coop::consume_budget().await;
        }
    }

    fn step(&mut self, step: Step<S>) -> Vec<Change<S>> {
        match step {
            Step::Idle { version, synced } => {
                self.writer.set_resource_version(version);
                self.check_synced(synced);
                Vec::new()
            }
            Step::Popped(popped) => self.process(popped),
        }
    }

    fn process(&mut self, popped: Popped<S>) -> Vec<Change<S>> {
        let mut changes = Vec::new();
        let core = Arc::clone(&self.core);
        {
            let handlers = core.handlers();
            for delta in popped.deltas {
                self.apply(&popped.key, delta, popped.initial, &mut changes);
            }
            for change in &changes {
                handlers.tell(change);
            }
        }
        if let Some(version) = popped.version {
            self.writer.set_resource_version(version);
        }
        self.check_synced(popped.synced);
        changes
    }

    fn check_synced(&mut self, synced: bool) {
        if synced && !self.synced {
            self.synced = true;
            self.core.handlers().mark_synced();
            self.core.phase.send_if_modified(Phase::sync);
        }
    }

    fn apply(&mut self, key: &ObjectKey, delta: Delta<S>, initial: bool, changes: &mut Vec<Change<S>>) {
        // What a watch tells cannot be older than what it told before; a list may well be.
        let ordered = matches!(delta, Delta::Added(_) | Delta::Updated(_));
        match delta {
            Delta::Deleted(deleted) => self.delete(key, deleted, changes),
            Delta::Added(new) | Delta::Updated(new) | Delta::Replaced(new) | Delta::Sync(new) => {
                self.put(key, new, ordered, initial, changes);
            }
        }
    }

    fn put(
        &mut self,
        key: &ObjectKey,
        new: Arc<S>,
        ordered: bool,
        initial: bool,
        changes: &mut Vec<Change<S>>,
    ) {
        let old = self.core.store.get(key.namespace(), key.name());
        let same_object = |old: &Arc<S>| old.stored_meta().uid == new.stored_meta().uid;
        match old {
            Some(old) if same_object(&old) => {
                let (before, now) = (version(&*old), version(&*new));
                if Arc::ptr_eq(&old, &new) || before.is_some() && before == now {
                    return;
                }
                let older = now.zip(before).is_some_and(|(now, before)| is_older(now, before));
                if ordered && older {
                    self.core.stale_events.fetch_add(1, Ordering::Relaxed);
                    return;
                }
                self.writer.insert(Arc::clone(&new));
                changes.push(Change::Updated { old, new });
            }
            old => {
                self.writer.insert(Arc::clone(&new));
                // Deleted and made again between two looks.
                changes.extend(old.map(|object| Change::Deleted { object, final_state_unknown: true }));
                changes.push(Change::Added { object: new, initial });
            }
        }
    }

    fn delete(&mut self, key: &ObjectKey, deleted: Deleted<S>, changes: &mut Vec<Change<S>>) {
        // The handlers never heard of an object that is not in the store.
        let Some(old) = self.writer.remove(key) else {
            return;
        };
        let last = deleted.object.filter(|last| last.stored_meta().uid == old.stored_meta().uid);
        let final_state_unknown = deleted.final_state_unknown || last.is_none();
        changes.push(Change::Deleted { object: last.unwrap_or(old), final_state_unknown });
    }
}

fn version<S: Stored>(object: &S) -> Option<&str> {
    object.stored_meta().resource_version.as_deref()
}
