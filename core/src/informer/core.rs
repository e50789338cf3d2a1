use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::error::Error;
use crate::informer::backlog::Backlog;
use crate::informer::listener::Listener;
use crate::informer::{Change, InformerStatus, Phase, Registration};
use crate::reflector::StatusCell;
use crate::resource::Stored;
use crate::store::Store;
use crate::task::{Spawner, TaskGuard};

/// What the handles of an informer and its task share.
pub(crate) struct Core<S: Stored> {
    pub(crate) description: String,
    pub(crate) store: Store<S>,
    pub(crate) phase: watch::Sender<Phase>,
    pub(crate) reflector: StatusCell,
    pub(crate) stale_events: AtomicU64,
    handler_panics: Arc<AtomicU64>,
    spawner: Spawner,
    handlers: Mutex<Handlers<S>>,
}

/// The handlers. Whoever tells them something, or adds one, holds the lock from looking at the store until
/// it is told, so that a new handler misses nothing and is told nothing twice.
pub(crate) struct Handlers<S: Stored> {
    list: Vec<Handler<S>>,
    synced: bool,
    stopped: Option<Error>,
}

struct Handler<S: Stored> {
    listener: Arc<Listener<S>>,
    task: TaskGuard,
}

impl<S: Stored> Handlers<S> {
    pub(crate) fn tell(&self, change: &Change<S>) {
        for handler in &self.list {
            handler.listener.push(change.clone());
        }
    }

    /// The first list is in the store, and told.
    pub(crate) fn mark_synced(&mut self) {
        self.synced = true;
        for handler in &self.list {
            handler.listener.mark_synced();
        }
    }
}

impl<S: Stored> Core<S> {
    pub(crate) fn new(description: String, store: Store<S>) -> Self {
        Self {
            description,
            store,
            phase: watch::Sender::new(Phase::Syncing),
            reflector: StatusCell::default(),
            stale_events: AtomicU64::new(0),
            handler_panics: Arc::default(),
            spawner: Spawner::current(),
            handlers: Mutex::new(Handlers { list: Vec::new(), synced: false, stopped: None }),
        }
    }

    pub(crate) fn handlers(&self) -> MutexGuard<'_, Handlers<S>> {
        self.handlers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) -> TaskGuard {
        self.spawner.spawn(future)
    }

    pub(crate) fn add(
        self: &Arc<Self>,
        backlog: Backlog,
        handler: impl FnMut(Change<S>) + Send + 'static,
    ) -> Registration<S> {
        let panics = Arc::clone(&self.handler_panics);
        let listener = Arc::new(Listener::new(self.description.clone(), backlog, panics));
        let mut handlers = self.handlers();
        if let Some(error) = &handlers.stopped {
            listener.close(Some(error.clone()));
        } else {
            for object in self.store.list() {
                let initial = true;
                listener.push(Change::Added { object, initial });
            }
            if handlers.synced {
                listener.mark_synced();
            }
            let task = self.spawn(Arc::clone(&listener).run(handler));
            let entry = Handler { listener: Arc::clone(&listener), task };
            handlers.list.push(entry);
        }
        drop(handlers);
        Registration { listener, core: Arc::downgrade(self) }
    }

    pub(crate) fn remove(&self, listener: &Arc<Listener<S>>) {
        let mut handlers = self.handlers();
        let place = handlers.list.iter().position(|handler| Arc::ptr_eq(&handler.listener, listener));
        let removed = place.map(|place| handlers.list.swap_remove(place));
        drop(handlers);
        drop(removed);
    }

    /// The last handle is gone.
    pub(crate) fn abandon(&self) {
        let syncing = matches!(&*self.phase.borrow(), Phase::Syncing);
        if !self.stop(None).is_empty() && syncing {
            let resource = &self.description;
            tracing::warn!(
                %resource,
                "an informer with handlers ended before it synced: keep the informer, it ends with its last handle"
            );
        }
    }

    /// Ends everything that waits for this informer, and hands out the tasks of its handlers.
    pub(crate) fn stop(&self, error: Option<Error>) -> Vec<TaskGuard> {
        self.phase.send_if_modified(|phase| phase.stop(error.clone()));
        let list = {
            let mut handlers = self.handlers();
            if let Phase::Stopped(error) = &*self.phase.borrow() {
                handlers.stopped.get_or_insert_with(|| error.clone());
            }
            std::mem::take(&mut handlers.list)
        };
        list.into_iter()
            .map(|handler| {
                handler.listener.close(error.clone());
                handler.task
            })
            .collect()
    }

    pub(crate) fn status(&self) -> InformerStatus {
        let (synced, stopped) = match &*self.phase.borrow() {
            Phase::Syncing => (false, None),
            Phase::Synced => (true, None),
            Phase::Stopped(error) => (false, Some(error.clone())),
        };
        InformerStatus {
            synced,
            stopped,
            objects: self.store.len(),
            resource_version: self.store.resource_version(),
            reflector: self.reflector.get(),
            handlers: self.handlers().list.len(),
            handler_panics: self.handler_panics.load(Ordering::Relaxed),
            stale_events: self.stale_events.load(Ordering::Relaxed),
        }
    }
}
