use std::time::Duration;

use crate::error::{Error, Result};
use crate::task::Random;

/// How often something is tried in all while others are quicker.
const TRIES_MAX: u32 = 10;
const FIRST_DELAY: Duration = Duration::from_millis(10);
const DELAY_MAX: Duration = Duration::from_secs(1);

/// The conflicts that a write has run into.
#[derive(Debug, Default)]
pub(crate) struct Conflicts {
    count: u32,
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
        self.count += 1;
        if self.count >= TRIES_MAX {
            return Err(error);
        }
        tokio::time::sleep(delay(self.count, Random::new().unit())).await;
        Ok(())
    }
}

/// The wait after this many conflicts. `random` is between 0 and 1.
fn delay(count: u32, random: f64) -> Duration {
    let delay = FIRST_DELAY.saturating_mul(1 << count.saturating_sub(1).min(16)).min(DELAY_MAX);
    delay.mul_f64(0.5 + random.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn delays_grow_to_a_second_and_are_spread() {
        assert_eq!(delay(1, 1.0), Duration::from_millis(10));
        assert_eq!(delay(1, 0.0), Duration::from_millis(5));
        assert_eq!(delay(4, 1.0), Duration::from_millis(80));
        assert_eq!(delay(u32::MAX, 1.0), Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn one_conflict_too_many_is_the_answer() {
        let mut conflicts = Conflicts::default();
        let error = || Error::new(ErrorKind::Status, "changed");
        for _ in 1..TRIES_MAX {
            conflicts.wait_after(error()).await.unwrap();
        }
        assert_eq!(conflicts.wait_after(error()).await.unwrap_err().to_string(), "changed");
    }
}
