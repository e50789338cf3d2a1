//! The only place that starts tasks, so that every task has an owner that ends it.

mod backoff;
mod random;

pub(crate) use self::backoff::Backoff;
pub(crate) use self::random::Random;

use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// Starts tasks on one runtime, from wherever it is called.
#[derive(Clone, Debug)]
pub(crate) struct Spawner(Handle);

impl Spawner {
    /// Starts tasks on the runtime of the caller.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    #[track_caller]
    pub(crate) fn current() -> Self {
        Self(Handle::current())
    }

    /// Starts a future as a task of its own.
    pub(crate) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) -> TaskGuard {
        TaskGuard(Some(self.0.spawn(future)))
    }
}

/// A running task. Dropping the guard aborts it.
#[derive(Debug)]
#[must_use = "dropping the guard aborts the task"]
pub(crate) struct TaskGuard(Option<JoinHandle<()>>);

impl TaskGuard {
    /// Waits until the task has ended by itself; says whether it ended without a panic.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future aborts the task.
    pub(crate) async fn join(mut self) -> bool {
        match &mut self.0 {
            Some(handle) => {
                let ended = handle.await;
                self.0 = None;
                ended.is_ok()
            }
            None => true,
        }
    }
}

impl Drop for TaskGuard {
    fn drop(&mut self) {
        if let Some(handle) = self.0.take() {
            handle.abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::sync::Arc;

    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn dropping_the_guard_ends_the_task_and_frees_what_it_held() {
        let held = Arc::new(());
        let (dropped, ended) = oneshot::channel::<()>();
        let guard = Spawner::current().spawn({
            let held = Arc::clone(&held);
            async move {
                let _held = (held, dropped);
                pending::<()>().await;
            }
        });
        drop(guard);
        assert!(ended.await.is_err(), "the sender goes with the task");
        assert_eq!(Arc::strong_count(&held), 1);
    }

    #[tokio::test]
    async fn joining_waits_for_the_end_and_tells_of_a_panic() {
        let (done, was_done) = oneshot::channel();
        assert!(
            Spawner::current()
                .spawn(async move {
                    tokio::task::yield_now().await;
                    done.send(()).unwrap();
                })
                .join()
                .await
        );
        was_done.await.unwrap();
        assert!(!Spawner::current().spawn(async { panic!("on purpose") }).join().await);
    }
}
