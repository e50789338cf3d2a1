//! Tries again: what failed because of a conflict, or of anything that may pass.
//!
//! As client-go's `util/retry`. A call of a client is tried again by itself where that is safe; this is for what consists
//! of several, such as reading an object and writing it back.
//!
//! ```
//! use kubist::retry;
//! # use kubist::prelude::*;
//! # use kubist::k8s_openapi::api::apps::v1::Deployment;
//!
//! # async fn example(deployments: Api<Deployment>) -> kubist::Result<()> {
//! let stored = retry::on_conflict(async || {
//!     let mut deployment = deployments.get("front").await?; // read again each time
//!     deployment.spec.paused = Some(true);
//!     deployments.replace(&deployment).await
//! })
//! .await?;
//! # Ok(())
//! # }
//! ```

use std::time::Duration;

use crate::error::{Error, Result};
use crate::task::Random;

/// How often to try, and how long to wait in between.
///
/// # Defaults
///
/// client-go's `DefaultRetry`: 5 tries with 10 ms between them, lengthened by up to a tenth at random.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use kubist::retry::Backoff;
///
/// let patient = Backoff::new(8, Duration::from_millis(100)).factor(2.0).jitter(0.5).max(Duration::from_secs(5));
/// let waits: Vec<u128> = patient.waits(|| 0.0).map(|wait| wait.as_millis()).collect();
/// assert_eq!(waits, [100, 200, 400, 800, 1600, 3200, 5000]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backoff {
    steps: u32,
    wait: Duration,
    factor: f64,
    jitter: f64,
    max: Option<Duration>,
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new(5, Duration::from_millis(10)).jitter(0.1)
    }
}

impl Backoff {
    /// This many tries, at least one, with the same time between them.
    #[must_use]
    pub const fn new(steps: u32, wait: Duration) -> Self {
        Self { steps, wait, factor: 1.0, jitter: 0.0, max: None }
    }

    /// client-go's `DefaultBackoff`, for what many write at the same time: 4 tries after 10, 50 and 250 ms, lengthened by
    /// up to a tenth at random.
    #[must_use]
    pub const fn contended() -> Self {
        Self::new(4, Duration::from_millis(10)).factor(5.0).jitter(0.1)
    }

    /// By what each wait is longer than the one before.
    #[must_use]
    pub const fn factor(mut self, factor: f64) -> Self {
        self.factor = factor;
        self
    }

    /// By what share of itself each wait is lengthened at most, at random.
    #[must_use]
    pub const fn jitter(mut self, jitter: f64) -> Self {
        self.jitter = jitter;
        self
    }

    /// The longest wait, before it is lengthened at random.
    #[must_use]
    pub const fn max(mut self, max: Duration) -> Self {
        self.max = Some(max);
        self
    }

    /// The waits between the tries; the random numbers are in `[0, 1)`.
    pub fn waits(&self, mut random: impl FnMut() -> f64) -> impl Iterator<Item = Duration> {
        let Self { steps, factor, jitter, max, .. } = *self;
        let max = max.unwrap_or(Duration::MAX).as_secs_f64();
        let mut next = self.wait.as_secs_f64();
        (1..steps).map(move |_| {
            let wait = next.min(max);
            next = wait * factor.max(0.0);
            Duration::try_from_secs_f64(wait * (1.0 + jitter * random())).unwrap_or(Duration::MAX)
        })
    }
}

/// Calls until it succeeds, fails with another error than a conflict, or was tried 5 times.
///
/// What is called must read the object anew: with the same resourceVersion each try is the same conflict.
///
/// # Errors
///
/// The last error of what is called.
///
/// # Cancel safety
///
/// As what is called.
pub async fn on_conflict<T>(call: impl AsyncFnMut() -> Result<T>) -> Result<T> {
    on_error(Backoff::default(), Error::is_conflict, call).await
}

/// Calls until it succeeds, fails with an error that is not worth another try, or was tried as often as the back-off says.
///
/// # Errors
///
/// The last error of what is called.
///
/// # Cancel safety
///
/// As what is called.
///
/// # Examples
///
/// ```
/// use kubist::Error;
/// use kubist::retry::{self, Backoff};
///
/// # async fn example(client: kubist::Client) -> kubist::Result<()> {
/// # use kubist::k8s_openapi::api::core::v1::Namespace;
/// let shop = retry::on_error(Backoff::contended(), Error::is_not_found, async || {
///     client.cluster::<Namespace>().get("shop").await
/// })
/// .await?;
/// # Ok(())
/// # }
/// ```
pub async fn on_error<T>(
    backoff: Backoff,
    mut is_worth: impl FnMut(&Error) -> bool,
    mut call: impl AsyncFnMut() -> Result<T>,
) -> Result<T> {
    let mut random = Random::new();
    for wait in backoff.waits(|| random.unit()) {
        match call().await {
            Err(error) if is_worth(&error) => tracing::debug!(%error, ?wait, "trying again"),
            answered => return answered,
        }
        tokio::time::sleep(wait).await;
    }
    call().await
}

#[cfg(test)]
mod tests {
    use k8s_openapi::apimachinery::pkg::apis::meta::v1::Status;
    use tokio::time::Instant;

    use super::*;

    fn conflict(number: u32) -> Error {
        Error::from_status(Status {
            code: Some(409),
            reason: Some("Conflict".to_owned()),
            message: Some(format!("conflict {number}")),
            ..Status::default()
        })
    }

    #[tokio::test(start_paused = true)]
    async fn conflicts_are_tried_five_times_and_the_last_error_is_told() {
        let (start, mut tries) = (Instant::now(), 0);
        let answered: Result<()> = on_conflict(async || {
            tries += 1;
            Err(conflict(tries))
        })
        .await;
        assert_eq!(answered.unwrap_err().to_string(), "conflict 5");
        let took = start.elapsed().as_millis();
        assert!((40..=48).contains(&took), "{took} ms");
    }

    #[tokio::test(start_paused = true)]
    async fn what_succeeds_or_fails_otherwise_is_not_tried_again() {
        let mut tries = 0;
        let answered = on_conflict(async || {
            tries += 1;
            if tries < 3 { Err(conflict(tries)) } else { Ok(tries) }
        })
        .await;
        assert_eq!(answered.unwrap(), 3);
        let mut tries = 0;
        let answered: Result<()> = on_conflict(async || {
            tries += 1;
            Err(Error::invalid("no"))
        })
        .await;
        assert!(answered.is_err());
        assert_eq!(tries, 1);
    }

    #[test]
    fn waits_are_client_go_s() {
        let millis =
            |backoff: Backoff| backoff.waits(|| 0.0).map(|wait| wait.as_millis()).collect::<Vec<_>>();
        assert_eq!(millis(Backoff::default()), [10; 4]);
        assert_eq!(millis(Backoff::contended()), [10, 50, 250]);
        assert_eq!(millis(Backoff::new(0, Duration::from_secs(1))), [0; 0]);
        let longest: Vec<Duration> = Backoff::contended().waits(|| 0.999).collect();
        assert!(longest[0] < Duration::from_millis(11) && longest[0] > Duration::from_micros(10_900));
        let endless = Backoff::new(3, Duration::MAX).factor(10.0);
        assert!(endless.waits(|| 0.5).all(|wait| wait > Duration::from_secs(u64::MAX / 4)));
    }
}
