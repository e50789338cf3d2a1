//! One watch, a cache, and any number of handlers.
//!
//! A [`SharedInformer`] promises:
//!
//! 1. **Same in the end.** When the server is quiet, the cache has what the server has. It may lag behind, it never
//!    goes back except where the server itself does.
//! 2. **The cache first.** When a handler is told of a change, the cache has that change, or a later one.
//! 3. **Order.** A handler is told of the changes of one object in their order, one call at a time. There is no
//!    order between different objects, nor between different handlers.
//! 4. **Old and new.** `old` of an update is what this handler saw last, and both are the same object: one that was
//!    deleted and made again (its uid tells) is told as deleted, then added.
//! 5. **Late is complete.** A handler that is added later is first told of everything in the cache, as
//!    [`Change::Added`] with `initial`, and misses nothing and hears nothing twice.
//! 6. **A second list tells the difference.** What did not change is not told again; what is gone is told as
//!    deleted with `final_state_unknown`.
//! 7. **Slow harms nobody else.** Each handler has its own task and its own backlog. Up to the limit of the
//!    backlog ([`BACKLOG_LIMIT`] unless said otherwise) a handler is told every single change. What comes on top is
//!    merged per object: an addition takes in later updates, updates become one, added and then deleted vanishes,
//!    and objects of different uid are never merged. So a stuck handler costs memory for each object, not for
//!    each change.
//! 8. **A panic stays where it is.** A handler that panics is told of the next change as if nothing had been;
//!    [`InformerStatus::handler_panics`] counts, and the log says so, at most once a minute for each handler.
//! 9. **Synced means told.** [`SharedInformer::synced`] resolves when the first list is in the cache,
//!    [`Registration::synced`] when that handler was told of all of it.
//! 10. **The end is the end.** When the last handle is dropped, or after [`SharedInformer::stop`], no handler is called
//!     again and the objects are freed, whoever still holds a lister. A stopped informer cannot be started again; a handler
//!     that is added then is told nothing, and its registration says why.
//! 11. **One bad object harms only itself.** An object that cannot be decoded is named in the status and the log; what was
//!     cached of it stays, and everything else goes on. One without a name that could be read is skipped and counted.
//! 12. **Nothing fails in silence.** A list or a watch that fails is tried again, and meanwhile it is
//!     [`ReflectorStatus::last_error`](crate::reflector::ReflectorStatus::last_error) and a warning in the log: when it is new, and then
//!     once a minute. That it is over is said too.

mod backlog;
mod builder;
mod change;
mod core;
mod listener;
mod phase;
mod processor;
mod registration;
mod status;

pub use self::backlog::{BACKLOG_LIMIT, Backlog};
pub use self::builder::SharedInformerBuilder;
pub use self::change::Change;
pub use self::registration::Registration;
pub use self::status::InformerStatus;

pub(crate) use self::phase::Phase;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, oneshot};
use tokio::time::timeout;

use self::core::Core;
use crate::error::{Error, ErrorKind, Result};
use crate::lister::Lister;
use crate::resource::Stored;
use crate::store::Store;
use crate::task::TaskGuard;
use crate::watch::ListWatch;

/// A handle of a running informer. See the [module](self) for what it promises.
///
/// Cheap to clone; the informer ends when the last handle is dropped. A handler that holds a handle of its own
/// informer keeps it running, a [`Lister`] does not.
#[doc(alias = "SharedIndexInformer")]
pub struct SharedInformer<S: Stored> {
    handle: Arc<Handle<S>>,
}

struct Handle<S: Stored> {
    core: Arc<Core<S>>,
    /// The task, and what ends it in good order. Whoever stops it holds the lock until it has ended.
    task: Mutex<Option<(TaskGuard, oneshot::Sender<()>)>>,
}

impl<S: Stored> Drop for Handle<S> {
    fn drop(&mut self) {
        self.core.abandon();
    }
}

impl<S: Stored> Clone for SharedInformer<S> {
    fn clone(&self) -> Self {
        Self { handle: Arc::clone(&self.handle) }
    }
}

impl<S: Stored> fmt::Debug for SharedInformer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedInformer")
            .field("of", &self.handle.core.description)
            .field("status", &self.status())
            .finish()
    }
}

impl<S: Stored> SharedInformer<S> {
    /// Begins an informer over what `list_watch` lists.
    pub fn builder<L: ListWatch>(list_watch: L) -> SharedInformerBuilder<S, L> {
        SharedInformerBuilder::new(list_watch)
    }

    pub(crate) fn new(core: Arc<Core<S>>, task: Option<(TaskGuard, oneshot::Sender<()>)>) -> Self {
        let task = Mutex::new(task);
        Self { handle: Arc::new(Handle { core, task }) }
    }

    /// Adds a handler: it is called for everything in the cache, and then for every change.
    ///
    /// It should be quick, for it runs on the runtime's threads: leave slow work to a queue.
    ///
    /// The handler does not keep the informer running: keep a handle of it. The informer ends with its last one, so that
    /// in `builder.start().on(handler)` the handler is never called.
    pub fn on(&self, handler: impl FnMut(Change<S>) + Send + 'static) -> Registration<S> {
        self.on_with(Backlog::default(), handler)
    }

    /// Adds a handler with a backlog of its own kind.
    pub fn on_with(
        &self,
        backlog: Backlog,
        handler: impl FnMut(Change<S>) + Send + 'static,
    ) -> Registration<S> {
        self.handle.core.add(backlog, handler)
    }

    /// Reads the cache.
    #[must_use]
    pub fn lister(&self) -> Lister<S> {
        Lister::new(self.store())
    }

    /// Reads the cache, without the types of a [`Lister`].
    #[must_use]
    pub fn store(&self) -> Store<S> {
        self.handle.core.store.clone()
    }

    /// Waits until the first list is in the cache, however long that takes.
    ///
    /// What goes wrong until then, for example a server that is not there, a definition that is not installed, or a list
    /// that is forbidden, is tried again and not returned here. Three places show it: the log (a `tracing` warning
    /// at the first failure, when it changes, and then once a minute), the `last_error` of
    /// [`status().reflector`](InformerStatus::reflector), and the source of the error of
    /// [`synced_within`](Self::synced_within), which is what a program should call that prefers to end.
    ///
    /// # Errors
    ///
    /// When the informer is stopped, or can never succeed: the list is refused before anything is sent.
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time.
    #[doc(alias = "WaitForCacheSync")]
    pub async fn synced(&self) -> Result<()> {
        Phase::synced(self.handle.core.phase.subscribe()).await
    }

    /// [`synced`](Self::synced), for at most this long.
    ///
    /// # Errors
    ///
    /// As [`synced`](Self::synced), and when the time is over: with what went wrong last as its source.
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time.
    pub async fn synced_within(&self, limit: Duration) -> Result<()> {
        if let Ok(result) = timeout(limit, self.synced()).await {
            return result;
        }
        let error = Error::new(
            ErrorKind::Timeout,
            format!("{} not synced within {limit:?}", self.handle.core.description),
        );
        Err(match self.handle.core.reflector.get().last_error {
            Some(last) => error.with_source(last),
            None => error,
        })
    }

    /// Whether the first list is in the cache, and the informer runs.
    #[must_use]
    pub fn has_synced(&self) -> bool {
        matches!(&*self.handle.core.phase.borrow(), Phase::Synced)
    }

    /// How the informer is doing.
    #[must_use]
    pub fn status(&self) -> InformerStatus {
        self.handle.core.status()
    }

    /// Ends the informer for all its handles and waits until it has ended: the watch is closed, no handler runs
    /// any more, and the cache is empty. Doing it again does nothing.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the informer without waiting.
    pub async fn stop(&self) {
        let mut running = self.handle.task.lock().await;
        let handlers = self.handle.core.stop(None);
        if let Some((task, stop)) = running.take() {
            drop(stop);
            task.join().await;
        }
        for handler in handlers {
            handler.join().await;
        }
    }
}
