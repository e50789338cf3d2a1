use std::time::Duration;

use crate::error::{Error, Result};
use crate::retry::Backoff;
use crate::task::Random;

/// How often something is tried in all while others are quicker, and the waits: 5 to 10 ms, doubling to 0.5 to 1 s.
const TRIES: Backoff =
    Backoff::new(10, Duration::from_millis(5)).factor(2.0).jitter(1.0).max(Duration::from_millis(500));

/// The waits after the conflicts that a write runs into.
pub(crate) struct Conflicts(Box<dyn Iterator<Item = Duration> + Send>);

impl Default for Conflicts {
    fn default() -> Self {
        let mut random = Random::new();
        Self(Box::new(TRIES.waits(move || random.unit())))
    }
}

impl Conflicts {
    /// Waits a little, so that those who fight over an object do not meet again.
    ///
    /// # Errors
    ///
    /// This very error, when it was one too many.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future has no effect.
    pub(crate) async fn wait_after(&mut self, error: Error) -> Result<()> {
        let Some(wait) = self.0.next() else {
            return Err(error);
        };
        tokio::time::sleep(wait).await;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn delays_grow_to_a_second_and_are_spread() {
        let wait = |number: usize, random: f64| TRIES.waits(move || random).nth(number - 1);
        assert_eq!(wait(1, 1.0), Some(Duration::from_millis(10)));
        assert_eq!(wait(1, 0.0), Some(Duration::from_millis(5)));
        assert_eq!(wait(4, 1.0), Some(Duration::from_millis(80)));
        assert_eq!(wait(9, 1.0), Some(Duration::from_secs(1)));
        assert_eq!(wait(10, 1.0), None);
    }

    #[tokio::test(start_paused = true)]
    async fn one_conflict_too_many_is_the_answer() {
        let mut conflicts = Conflicts::default();
        let error = || Error::new(ErrorKind::Status, "changed");
        for _ in 1..10 {
            conflicts.wait_after(error()).await.unwrap();
        }
        assert_eq!(conflicts.wait_after(error()).await.unwrap_err().to_string(), "changed");
    }
}
