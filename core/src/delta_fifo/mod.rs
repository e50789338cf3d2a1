//! A queue of changes, ordered by the key that has waited longest.
//!
//! [`DeltaFifo`] is client-go's `DeltaFIFO`: a consumer takes out one key with everything that happened to it
//! since it was taken out last, so one that is slow sees each object in its newest state and misses no
//! deletion.

mod delta;
#[cfg(test)]
mod model;
mod queue;
#[cfg(test)]
mod tests;

pub use self::delta::{Deleted, Delta, Deltas};

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use self::queue::Queue;
use crate::error::{Error, ErrorKind, Result};
use crate::reflector::Sink;
use crate::resource::{ObjectKey, Stored};
use crate::store::KnownObjects;

/// When this many deltas wait, a reflector that feeds the queue waits too. A list is taken whole.
pub const DELTAS_MAX: usize = 10_000;

/// Changes an object before it is kept.
pub(crate) type Transform<S> = Box<dyn Fn(&mut S) -> Result<()> + Send + Sync>;

/// What [`DeltaFifo::pop`] takes out: one object's key and what happened to it.
#[non_exhaustive]
pub struct Popped<S> {
    /// The object.
    pub key: ObjectKey,
    /// What happened to it, oldest first.
    pub deltas: Deltas<S>,
    /// Whether this belongs to the first list.
    pub initial: bool,
    /// Whether the first list is out of the queue now.
    pub(crate) synced: bool,
    /// Once this is processed, everything up to this version is.
    pub(crate) version: Option<Arc<str>>,
}

impl<S> fmt::Debug for Popped<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Popped")
            .field("key", &self.key)
            .field("deltas", &self.deltas)
            .field("initial", &self.initial)
            .finish_non_exhaustive()
    }
}

/// What a consumer that keeps a store has to do next.
pub(crate) enum Step<S> {
    Popped(Popped<S>),
    /// Nothing waits, and everything up to this version was told.
    Idle {
        version: Arc<str>,
        synced: bool,
    },
}

/// A queue of changes. See the [module](self).
///
/// # Examples
///
/// ```
/// # tokio_test(async {
/// use k8s_openapi::api::core::v1::ConfigMap;
/// use kubist::delta_fifo::DeltaFifo;
/// use kubist::resource::ObjectMeta;
///
/// let fifo = DeltaFifo::<ConfigMap>::new();
/// let map = |name: &str| ConfigMap {
///     metadata: ObjectMeta { name: Some(name.to_owned()), ..ObjectMeta::default() },
///     ..ConfigMap::default()
/// };
/// fifo.add(map("a"))?;
/// fifo.add(map("b"))?;
/// fifo.update(map("a"))?;
/// let seen = fifo.pop(|popped| format!("{} {:?}", popped.key, popped.deltas)).await;
/// assert_eq!(seen.as_deref(), Some("a [Added, Updated]"));
/// # Ok::<(), kubist::Error>(())
/// # }).unwrap();
/// # fn tokio_test<F: Future>(f: F) -> F::Output {
/// #     tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(f)
/// # }
/// ```
pub struct DeltaFifo<S: Stored> {
    state: Mutex<State<S>>,
    known: Option<Box<dyn KnownObjects<S>>>,
    transform: Option<Transform<S>>,
    replaced: fn(Arc<S>) -> Delta<S>,
    changed: Notify,
    taken: Notify,
}

struct State<S> {
    queue: Queue<S>,
    closed: bool,
    /// The version has moved since [`DeltaFifo::next`] told of it.
    untold: bool,
}

impl<S: Stored> Default for DeltaFifo<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Stored> fmt::Debug for DeltaFifo<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        f.debug_struct("DeltaFifo")
            .field("deltas", &state.queue.delta_count())
            .field("synced", &state.queue.has_synced())
            .field("closed", &state.closed)
            .finish_non_exhaustive()
    }
}

impl<S: Stored> DeltaFifo<S> {
    /// An empty queue.
    #[must_use]
    pub fn new() -> Self {
        Self {
            state: Mutex::new(State { queue: Queue::default(), closed: false, untold: false }),
            known: None,
            transform: None,
            replaced: Delta::Sync,
            changed: Notify::new(),
            taken: Notify::new(),
        }
    }

    /// Tells the queue what its consumer has: deletions of anything else are dropped, and what a list does not
    /// have is told as deleted. Usually a [`Store`](crate::store::Store).
    #[must_use]
    pub fn known_objects(mut self, known: impl KnownObjects<S>) -> Self {
        self.known = Some(Box::new(known));
        self
    }

    /// Changes each object before it is queued, except those of a resync, which went through it.
    #[must_use]
    pub fn transform(mut self, transform: impl Fn(&mut S) -> Result<()> + Send + Sync + 'static) -> Self {
        self.transform = Some(Box::new(transform));
        self
    }

    /// Tells of the objects of a list as [`Delta::Replaced`], where the default is [`Delta::Sync`].
    #[must_use]
    pub fn emit_replaced(mut self) -> Self {
        self.replaced = Delta::Replaced;
        self
    }

    /// An object is there.
    ///
    /// # Errors
    ///
    /// When the object has no name, or the transform refuses it. Nothing is queued then.
    pub fn add(&self, object: S) -> Result<()> {
        let object = self.prepare(object)?;
        self.push(Delta::Added(object));
        Ok(())
    }

    /// An object was changed.
    ///
    /// # Errors
    ///
    /// See [`add`](Self::add).
    pub fn update(&self, object: S) -> Result<()> {
        let object = self.prepare(object)?;
        self.push(Delta::Updated(object));
        Ok(())
    }

    /// An object is gone; this is its last state. Dropped when neither the queue nor the known objects
    /// have the key.
    ///
    /// # Errors
    ///
    /// See [`add`](Self::add).
    pub fn delete(&self, object: S) -> Result<()> {
        let object = self.prepare(object)?;
        Sink::delete(self, object.stored_key(), Some(object));
        Ok(())
    }

    /// These are all objects, at this version: whatever else is queued or known is told as deleted.
    ///
    /// # Errors
    ///
    /// See [`add`](Self::add).
    pub fn replace(&self, objects: Vec<S>, resource_version: &str) -> Result<()> {
        let objects: Result<_> = objects.into_iter().map(|object| self.prepare(object)).collect();
        Sink::replace(self, objects?, resource_version);
        Ok(())
    }

    /// Tells of each known object again, as [`Delta::Sync`], except where something waits anyway.
    pub fn resync(&self) {
        if let Some(known) = &self.known {
            self.lock().queue.resync(&**known);
            self.changed.notify_one();
        }
    }

    /// Takes out the key that has waited longest and processes it; waits for one when there is none.
    ///
    /// `process` runs while the queue is locked, so that whatever is told next finds it done: a list that comes
    /// right after must know what the consumer has. It must be quick and must not call the queue.
    /// `None`: the queue was closed and nothing is left.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future takes nothing out.
    pub async fn pop<R>(&self, process: impl FnOnce(Popped<S>) -> R) -> Option<R> {
        self.take(|state| take(&mut state.queue), process).await
    }

    /// Like [`pop`](Self::pop), and tells too how far the reflector has come when nothing waits.
    pub(crate) async fn next<R>(&self, process: impl FnOnce(Step<S>) -> R) -> Option<R> {
        self.take(step, process).await
    }

    async fn take<T, R>(
        &self,
        take: fn(&mut State<S>) -> Option<T>,
        process: impl FnOnce(T) -> R,
    ) -> Option<R> {
        loop {
            let changed = self.changed.notified();
            {
                let mut state = self.lock();
                if let Some(taken) = take(&mut state) {
                    let result = process(taken);
                    drop(state);
                    self.taken.notify_one();
                    return Some(result);
                }
                if state.closed {
                    // Each who waits is to see it.
                    self.changed.notify_one();
                    return None;
                }
            }
            changed.await;
        }
    }

    /// Wakes who waits in [`pop`](Self::pop). What is left can still be taken out, and what is added later too.
    pub fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_one();
        self.taken.notify_one();
    }

    /// Whether the first list was taken out. When something was added, updated or deleted before any list,
    /// this is true at once.
    #[must_use]
    pub fn has_synced(&self) -> bool {
        self.lock().queue.has_synced()
    }

    /// Whether nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lock().queue.is_empty()
    }

    fn prepare(&self, mut object: S) -> Result<Arc<S>> {
        if object.stored_meta().name.as_deref().is_none_or(str::is_empty) {
            return Err(Error::new(ErrorKind::Invalid, "object has no name"));
        }
        Sink::admit(self, &mut object)?;
        Ok(Arc::new(object))
    }

    fn push(&self, delta: Delta<S>) {
        let key = delta.object().map(|object| object.stored_key());
        if let Some(key) = key {
            self.lock().queue.push(key, delta);
            self.changed.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<S>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn take<S: 'static>(queue: &mut Queue<S>) -> Option<Popped<S>> {
    let head = queue.pop()?;
    Some(Popped {
        key: head.key,
        deltas: head.deltas,
        initial: head.initial,
        synced: queue.has_synced(),
        version: head.version,
    })
}

fn step<S: 'static>(state: &mut State<S>) -> Option<Step<S>> {
    if let Some(popped) = take(&mut state.queue) {
        return Some(Step::Popped(popped));
    }
    let version = state.queue.idle_version().filter(|_| state.untold)?;
    state.untold = false;
    Some(Step::Idle { version: Arc::clone(version), synced: state.queue.has_synced() })
}

impl<S: Stored> Sink for DeltaFifo<S> {
    type Item = S;

    fn known(&self, key: &ObjectKey) -> Option<Arc<S>> {
        let state = self.lock();
        match state.queue.get(key).and_then(Deltas::newest) {
            Some(Delta::Deleted(_)) => None,
            Some(newest) => newest.object().cloned(),
            None => self.known.as_ref().and_then(|known| known.get(key)),
        }
    }

    fn admit(&self, object: &mut S) -> Result<()> {
        match &self.transform {
            Some(transform) => transform(object),
            None => Ok(()),
        }
    }

    fn replace(&self, objects: Vec<Arc<S>>, resource_version: &str) {
        let objects = objects.into_iter().map(|object| (object.stored_key(), object));
        let objects = objects.collect();
        {
            let mut state = self.lock();
            state.queue.replace(objects, self.replaced, self.known.as_deref());
            state.queue.reset_version(resource_version);
            state.untold = true;
        }
        self.changed.notify_one();
    }

    fn add(&self, object: Arc<S>) {
        self.push(Delta::Added(object));
    }

    fn update(&self, object: Arc<S>) {
        self.push(Delta::Updated(object));
    }

    fn delete(&self, key: ObjectKey, object: Option<Arc<S>>) {
        self.lock().queue.delete(key, object, self.known.as_deref());
        self.changed.notify_one();
    }

    fn bookmark(&self, resource_version: &str) {
        {
            let mut state = self.lock();
            state.queue.advance(resource_version);
            state.untold = true;
        }
        self.changed.notify_one();
    }

    fn resync(&self) {
        Self::resync(self);
    }

    async fn ready(&self) {
        loop {
            let taken = self.taken.notified();
            {
                let state = self.lock();
                if state.queue.delta_count() < DELTAS_MAX || state.closed {
                    return;
                }
            }
            taken.await;
        }
    }
}
