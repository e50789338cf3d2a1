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

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "any instant will do as the first")]
mod tests {
    use super::*;

    fn millis(backoff: &mut Backoff, now: Instant, random: f64) -> u128 {
        backoff.wait(now, random).as_millis()
    }

    #[test]
    fn waits_double_from_800_ms_to_30_s() {
        let (mut backoff, mut now) = (Backoff::default(), Instant::now());
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
        let now = Instant::now();
        assert_eq!(millis(&mut Backoff::default(), now, 0.5), 1200);
        assert!((1599..=1600).contains(&millis(&mut Backoff::default(), now, 0.999_999)));
    }

    #[test]
    fn two_minutes_of_calm_start_over() {
        let (mut backoff, now) = (Backoff::default(), Instant::now());
        assert_eq!(millis(&mut backoff, now, 0.0), 800);
        let soon = now + Duration::from_secs(120);
        assert_eq!(millis(&mut backoff, soon, 0.0), 1600);
        let calm = soon + Duration::from_millis(120_001);
        assert_eq!(millis(&mut backoff, calm, 0.0), 800);
    }
}
