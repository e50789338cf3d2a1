use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};
use tokio::task::coop::consume_budget;
use tokio::time::Instant;

use crate::error::Error;
use crate::informer::backlog::{Backlog, Waiting};
use crate::informer::{Change, Phase};
use crate::reflector::News;
use crate::resource::Stored;

/// One handler's backlog, and the task that empties it.
pub(crate) struct Listener<S: Stored> {
    /// What the informer is of.
    resource: String,
    state: Mutex<State<S>>,
    wake: Notify,
    phase: watch::Sender<Phase>,
    panics: Arc<AtomicU64>,
}

struct State<S: Stored> {
    waiting: Waiting<S>,
    /// The handler is synced once it was told everything before this position.
    synced_at: Option<u64>,
    closed: bool,
}

impl<S: Stored> Listener<S> {
    pub(crate) fn new(resource: String, backlog: Backlog, panics: Arc<AtomicU64>) -> Self {
        Self {
            resource,
            state: Mutex::new(State { waiting: Waiting::new(backlog), synced_at: None, closed: false }),
            wake: Notify::new(),
            phase: watch::Sender::new(Phase::Syncing),
            panics,
        }
    }

    pub(crate) fn push(&self, change: Change<S>) {
        let mut state = self.lock();
        if !state.closed {
            state.waiting.push(change);
            drop(state);
            self.wake.notify_one();
        }
    }

    /// Everything of the first list is in the backlog now.
    pub(crate) fn mark_synced(&self) {
        let mut state = self.lock();
        let end = state.waiting.end();
        state.synced_at.get_or_insert(end);
        self.check_synced(&mut state);
    }

    /// Nothing more will be told; what waits is dropped.
    pub(crate) fn close(&self, error: Option<Error>) {
        let dropped = {
            let mut state = self.lock();
            state.closed = true;
            std::mem::replace(&mut state.waiting, Waiting::new(Backlog::Coalesce))
        };
        drop(dropped);
        self.phase.send_if_modified(|phase| phase.stop(error));
        self.wake.notify_one();
    }

    pub(crate) fn phase(&self) -> watch::Receiver<Phase> {
        self.phase.subscribe()
    }

    pub(crate) fn backlog(&self) -> usize {
        self.lock().waiting.len()
    }

    /// Hands the changes to the handler, one at a time, until the listener is closed.
    ///
    /// A panic of the handler is counted and said, and the next change handed over.
    pub(crate) async fn run(self: Arc<Self>, mut handler: impl FnMut(Change<S>) + Send) {
        let mut news = News::default();
        loop {
            let wake = self.wake.notified();
            let (change, closed) = {
                let mut state = self.lock();
                (state.waiting.pop(), state.closed)
            };
            match change {
                Some(change) => {
                    let call = AssertUnwindSafe(|| handler(change));
                    if catch_unwind(call).is_err() {
                        let panics = self.panics.fetch_add(1, Ordering::Relaxed) + 1;
                        if news.is_new("", Instant::now().into_std()) {
                            let resource = &self.resource;
                            tracing::warn!(%resource, panics, "a handler panicked, the next change is told as usual");
                        }
                    }
                    self.check_synced(&mut self.lock());
                    consume_budget().await;
                }
                None if closed => return,
                None => wake.await,
            }
        }
    }

    fn check_synced(&self, state: &mut State<S>) {
        let told = |position| state.waiting.is_past(position);
        if state.synced_at.is_some_and(told) {
            state.synced_at = Some(0);
            self.phase.send_if_modified(Phase::sync);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<S>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
