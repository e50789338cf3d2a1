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
        #[expect(clippy::disallowed_methods, reason = "here, and nowhere else")]
        let handle = self.0.spawn(future);
        TaskGuard(Some(handle))
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
    use std::time::{Duration, Instant};

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

    fn now() -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn millis(backoff: &mut Backoff, now: Instant, random: f64) -> u128 {
        backoff.wait(now, random).as_millis()
    }

    #[test]
    fn waits_double_from_800_ms_to_30_s() {
        let (mut backoff, mut now) = (Backoff::default(), now());
        let mut waits = Vec::new();
        for _ in 0..8 {
            let wait = backoff.wait(now, 0.0);
            waits.push(wait.as_millis());
            now += wait;
        }
        assert_eq!(waits, [800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
    }

    #[test]
    fn jitter_lengthens_a_wait_by_at_most_itself() {
        let now = now();
        assert_eq!(millis(&mut Backoff::default(), now, 0.5), 1200);
        assert!((1599..=1600).contains(&millis(&mut Backoff::default(), now, 0.999_999)));
    }

    #[test]
    fn two_minutes_of_calm_start_over() {
        let (mut backoff, now) = (Backoff::default(), now());
        assert_eq!(millis(&mut backoff, now, 0.0), 800);
        let soon = now + Duration::from_secs(120);
        assert_eq!(millis(&mut backoff, soon, 0.0), 1600);
        let calm = soon + Duration::from_millis(120_001);
        assert_eq!(millis(&mut backoff, calm, 0.0), 800);
    }
}
