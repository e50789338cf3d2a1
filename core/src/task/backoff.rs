//! Pure: how long to wait before the next try.

use std::time::{Duration, Instant};

/// Waits that double, with jitter, and start over after a time of calm.
///
/// # Defaults
///
/// client-go's for its reflector: 800 ms doubling to 30 s; each wait is lengthened by up to its own
/// length at random, so that many clients do not come back at once; two minutes without a wait
/// start over. The first try does not ask here, so it happens at once.
#[derive(Clone, Debug)]
pub(crate) struct Backoff {
    base: Duration,
    max: Duration,
    jitter: f64,
    calm: Duration,
    next: Duration,
    last: Option<Instant>,
}

impl Default for Backoff {
    fn default() -> Self {
        let base = Duration::from_millis(800);
        Self {
            base,
            max: Duration::from_secs(30),
            jitter: 1.0,
            calm: Duration::from_secs(120),
            next: base,
            last: None,
        }
    }
}

impl Backoff {
    /// The wait that starts now. `random` is in `[0, 1)`.
    pub(crate) fn wait(&mut self, now: Instant, random: f64) -> Duration {
        let calm = |last| now.saturating_duration_since(last) > self.calm;
        if self.last.is_some_and(calm) {
            self.next = self.base;
        }
        let wait = self.next;
        self.last = Some(now);
        self.next = self.max.min(wait * 2);
        wait.mul_f64(1.0 + self.jitter * random)
    }
}
