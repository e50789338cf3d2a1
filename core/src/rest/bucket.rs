//! Pure: a bucket of tokens, one for each request.

use std::time::{Duration, Instant};

/// Fills at a steady rate up to its size. It begins full.
#[derive(Clone, Debug)]
pub(crate) struct Bucket {
    per_second: f64,
    size: f64,
    tokens: f64,
    filled: Option<Instant>,
}

impl Bucket {
    pub(crate) fn new(per_second: f64, size: u32) -> Self {
        // A rate that is no rate would stop everything for ever.
        let per_second = if per_second.is_finite() { per_second.max(1e-3) } else { f64::MAX };
        let size = f64::from(size.max(1));
        Self { per_second, size, tokens: size, filled: None }
    }

    /// How long until there is a token.
    pub(crate) fn wait(&mut self, now: Instant) -> Duration {
        let passed = self.filled.map_or(Duration::ZERO, |filled| now.saturating_duration_since(filled));
        self.filled = Some(now);
        self.tokens = self.size.min(self.tokens + passed.as_secs_f64() * self.per_second);
        // Sums of fractions do not always reach one.
        let missing = 1.0 - 1e-6 - self.tokens;
        if missing <= 0.0 {
            Duration::ZERO
        } else {
            Duration::from_secs_f64((1.0 - self.tokens) / self.per_second)
        }
    }

    /// Takes the token for which there is no wait any more.
    pub(crate) fn take(&mut self) {
        self.tokens = (self.tokens - 1.0).max(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_goes_at_once_and_then_the_rate_holds() {
        let start = tokio::time::Instant::now().into_std();
        let mut bucket = Bucket::new(10.0, 3);
        let mut now = start;
        for _ in 0..3 {
            assert_eq!(bucket.wait(now), Duration::ZERO);
            bucket.take();
        }
        for step in 1..=20_u32 {
            let wait = bucket.wait(now);
            now += wait;
            assert_eq!(bucket.wait(now), Duration::ZERO);
            bucket.take();
            let expected = Duration::from_millis(100) * step;
            assert!((now - start).abs_diff(expected) < Duration::from_millis(1), "{step}: {:?}", now - start);
        }
        // A long calm fills it up to its size and no further.
        now += Duration::from_secs(3600);
        for _ in 0..3 {
            assert_eq!(bucket.wait(now), Duration::ZERO);
            bucket.take();
        }
        assert!(bucket.wait(now) > Duration::ZERO);
    }

    #[test]
    fn a_rate_that_is_none_does_not_stop_everything() {
        for rate in [0.0, -1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut bucket = Bucket::new(rate, 0);
            let now = tokio::time::Instant::now().into_std();
            assert_eq!(bucket.wait(now), Duration::ZERO);
            bucket.take();
            assert!(bucket.wait(now) <= Duration::from_secs(1001), "{rate}");
        }
    }
}
