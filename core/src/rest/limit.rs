use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::rest::bucket::Bucket;

/// How many requests a client sends, at most: a bucket of tokens. Clones share the bucket.
///
/// A client has none by default: the API server's own priority and fairness protects it better, and without guessing.
///
/// # Examples
///
/// ```
/// use kubist::rest::RateLimit;
///
/// // 50 requests a second, and 100 at once after a calm.
/// let limit = RateLimit::new(50.0, 100);
/// ```
#[derive(Clone)]
pub struct RateLimit(Arc<Mutex<Bucket>>);

impl RateLimit {
    /// So many requests per second, and so many at once after a calm. A rate that is not above 0 is one request in
    /// about 17 minutes; a burst of 0 is 1.
    #[must_use]
    pub fn new(per_second: f64, burst: u32) -> Self {
        Self(Arc::new(Mutex::new(Bucket::new(per_second, burst))))
    }

    /// Waits for its turn; gives how long that took.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives up the turn; the others move up.
    pub async fn acquire(&self) -> Duration {
        let asked = Instant::now();
        // First come, first served: who waits for a token holds the lock.
        let mut bucket = self.0.lock().await;
        loop {
            let wait = bucket.wait(Instant::now().into_std());
            if wait.is_zero() {
                bucket.take();
                return asked.elapsed();
            }
            tokio::time::sleep(wait).await;
        }
    }
}

impl fmt::Debug for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimit").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_gives_up_waiting_takes_no_token() {
        let limit = RateLimit::new(1.0, 1);
        assert_eq!(limit.acquire().await, Duration::ZERO);
        let gave_up = tokio::time::timeout(Duration::from_millis(500), limit.acquire()).await;
        assert!(gave_up.is_err());
        let waited = limit.acquire().await;
        assert!(waited <= Duration::from_millis(510), "{waited:?}");
    }
}
