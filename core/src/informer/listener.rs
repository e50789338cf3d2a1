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
    /// A call has ended.
    called: Notify,
    phase: watch::Sender<Phase>,
    panics: Arc<AtomicU64>,
}

struct State<S: Stored> {
    waiting: Waiting<S>,
    /// The handler is synced once it was told everything before this position.
    synced_at: Option<u64>,
    closed: bool,
    /// The handler is inside a call.
    calling: bool,
}

impl<S: Stored> Listener<S> {
    pub(crate) fn new(resource: String, backlog: Backlog, panics: Arc<AtomicU64>) -> Self {
        Self {
            resource,
            state: Mutex::new(State {
                waiting: Waiting::new(backlog),
                synced_at: None,
                closed: false,
                calling: false,
            }),
            wake: Notify::new(),
            called: Notify::new(),
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
            let (change, closed) = self.next();
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
                    self.call_ended();
                    consume_budget().await;
                }
                None if closed => return,
                None => wake.await,
            }
        }
    }

    /// Waits until no call runs.
    pub(crate) async fn idle(&self) {
        loop {
            let called = self.called.notified();
            if !self.lock().calling {
                return;
            }
            called.await;
        }
    }

    /// What to call the handler with, if anything, and whether this was the last.
    fn next(&self) -> (Option<Change<S>>, bool) {
        let mut state = self.lock();
        let change = state.waiting.pop();
        state.calling = change.is_some();
        // What was to be told may have vanished while it waited.
        self.check_synced(&mut state);
        (change, state.closed)
    }

    fn call_ended(&self) {
        let mut state = self.lock();
        state.calling = false;
        self.check_synced(&mut state);
        drop(state);
        self.called.notify_waiters();
    }

    fn check_synced(&self, state: &mut State<S>) {
        let told = |position| !state.calling && state.waiting.is_past(position);
        if state.synced_at.is_some_and(told) {
            state.synced_at = Some(0);
            self.phase.send_if_modified(Phase::sync);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<S>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use k8s_openapi::api::core::v1::ConfigMap;
    use tokio::time::timeout;

    use super::*;
    use crate::task::Spawner;

    fn added(name: &str) -> Change<ConfigMap> {
        let mut map = ConfigMap::default();
        map.metadata.name = Some(name.to_owned());
        Change::Added { object: Arc::new(map), initial: true }
    }

    fn deleted(name: &str) -> Change<ConfigMap> {
        Change::Deleted { object: Arc::clone(added(name).object()), final_state_unknown: false }
    }

    fn listener(backlog: Backlog) -> Arc<Listener<ConfigMap>> {
        Arc::new(Listener::new("things".to_owned(), backlog, Arc::default()))
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_handler_inside_its_last_initial_call_is_not_synced() {
        let listener = listener(Backlog::default());
        listener.push(added("a"));
        let (inside, entered) = mpsc::channel();
        let (release, released) = mpsc::channel::<()>();
        let handler = move |_: Change<ConfigMap>| {
            inside.send(()).unwrap();
            released.recv().unwrap();
        };
        let task = Spawner::current().spawn(Arc::clone(&listener).run(handler));
        entered.recv_timeout(Duration::from_secs(60)).unwrap();
        // The last change is out of the backlog, but the handler is not through with it.
        listener.mark_synced();
        assert!(matches!(&*listener.phase().borrow(), Phase::Syncing));
        release.send(()).unwrap();
        Phase::synced(listener.phase()).await.unwrap();
        listener.close(None);
        assert!(task.join().await);
    }

    #[tokio::test(start_paused = true)]
    async fn a_handler_is_synced_when_all_it_was_to_be_told_of_is_gone() {
        let listener = listener(Backlog::Coalesce);
        listener.push(added("a"));
        listener.mark_synced();
        listener.push(deleted("a"));
        let task = Spawner::current().spawn(Arc::clone(&listener).run(|change| panic!("told of {change:?}")));
        let synced = Phase::synced(listener.phase());
        timeout(Duration::from_secs(60), synced).await.expect("it waits for nothing").unwrap();
        listener.close(None);
        assert!(task.join().await);
    }
}
