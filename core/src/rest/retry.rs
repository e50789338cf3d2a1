//! Pure: whether a request is sent again, and when.
//!
//! A request of which nothing was sent may always be sent again. An answer of 429, or of 503 with a
//! Retry-After, says that the server did nothing, so any verb may be repeated. Everything else is
//! repeated only where repeating changes nothing: for reads, dry runs, and writes that a version or a uid guards.

use std::time::Duration;

use crate::error::{Delivery, Error, ErrorKind};

const FIRST_DELAY: Duration = Duration::from_millis(100);
const DELAY_MAX: Duration = Duration::from_secs(5);

/// How often and how long a request is tried again.
///
/// # Defaults
///
/// 4 tries in all when the server cannot be reached or fails, 10 when it asks to come back, and no more than 30 s of
/// waiting between them. A longer Retry-After is the caller's to honour: the error has it in
/// [`retry_after`](crate::Error::retry_after).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// Tries in all, when the server cannot be reached, or fails at what may be repeated.
    pub tries: u32,
    /// Tries in all, when the server asks to come back.
    pub throttled_tries: u32,
    /// The sum of all waits between the tries of one request.
    pub wait_max: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { tries: 4, throttled_tries: 10, wait_max: Duration::from_secs(30) }
    }
}

impl RetryPolicy {
    /// Sends a request once, whatever comes back.
    #[must_use]
    pub const fn never() -> Self {
        Self { tries: 1, throttled_tries: 1, wait_max: Duration::ZERO }
    }

    /// Sets the number of tries in all, when the server cannot be reached or fails.
    #[must_use]
    pub const fn tries(mut self, tries: u32) -> Self {
        self.tries = tries;
        self
    }

    /// Sets the number of tries in all, when the server asks to come back.
    #[must_use]
    pub const fn throttled_tries(mut self, tries: u32) -> Self {
        self.throttled_tries = tries;
        self
    }

    /// Sets the sum of all waits between the tries.
    #[must_use]
    pub const fn wait_max(mut self, wait: Duration) -> Self {
        self.wait_max = wait;
        self
    }
}

/// What was tried so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Attempts {
    made: u32,
    waited: Duration,
}

/// Why a try failed, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    NotSent,
    Throttled,
    ServerFailed,
    Broken,
    TooLate,
    Final,
}

fn classify(error: &Error) -> Failure {
    match error.delivery() {
        Delivery::NotSent => return Failure::NotSent,
        Delivery::Refused | Delivery::OutcomeUnknown => return Failure::Final,
        Delivery::Unstated => {}
    }
    match (error.kind(), error.code()) {
        (ErrorKind::Status, Some(429)) if is_about_a_budget(error) => Failure::Final,
        (ErrorKind::Status, Some(429)) => Failure::Throttled,
        (ErrorKind::Status, Some(503)) if error.retry_after().is_some() => Failure::Throttled,
        (ErrorKind::Status, Some(500 | 502 | 503 | 504)) => Failure::ServerFailed,
        (ErrorKind::Transport, _) => Failure::Broken,
        (ErrorKind::Timeout, _) => Failure::TooLate,
        _ => Failure::Final,
    }
}

/// Whether a 429 is about the pod to be evicted, whose disruption budget is used up, and not about too many requests.
fn is_about_a_budget(error: &Error) -> bool {
    let details = error.status().and_then(|status| status.details.as_ref());
    let causes = details.and_then(|details| details.causes.as_deref()).unwrap_or_default();
    causes.iter().any(|cause| cause.reason.as_deref() == Some("DisruptionBudget"))
}

/// Whether this failure is followed by another try only where repeating the request changes nothing.
pub(crate) fn needs_harmless(error: &Error) -> bool {
    matches!(classify(error), Failure::ServerFailed | Failure::Broken)
}

impl Attempts {
    /// After one more failed try: how long to wait before the next, or `None` to give up. `harmless` says that
    /// repeating the request changes nothing. `random` is between 0 and 1 and spreads the clients of a server that
    /// comes back.
    pub(crate) fn next_delay(
        &mut self,
        policy: &RetryPolicy,
        error: &Error,
        harmless: bool,
        random: f64,
    ) -> Option<Duration> {
        self.made += 1;
        let backoff = FIRST_DELAY
            .saturating_mul(1 << (self.made - 1).min(16))
            .min(DELAY_MAX)
            .mul_f64(0.5 + random.clamp(0.0, 1.0) / 2.0);
        // A little later than asked, so that not all come at once.
        let delay = error.retry_after().map_or(backoff, |wait| backoff.max(wait + backoff / 10));
        let tries = match classify(error) {
            Failure::NotSent => policy.tries,
            Failure::Throttled => policy.throttled_tries,
            Failure::ServerFailed | Failure::Broken if harmless => policy.tries,
            Failure::ServerFailed | Failure::Broken | Failure::TooLate | Failure::Final => return None,
        };
        let waited = self.waited + delay;
        if self.made >= tries || waited > policy.wait_max {
            return None;
        }
        self.waited = waited;
        Some(delay)
    }
}

/// Whether a failed write may have been carried out all the same.
pub(crate) fn may_have_happened(error: &Error) -> bool {
    match classify(error) {
        Failure::Broken | Failure::TooLate => true,
        // A gateway that lost the server, or a server that gave up waiting for its own, has no verdict. That the
        // server itself gives a reason for 500 or 503 is one: it gave up before it stored anything.
        Failure::ServerFailed => match error.code() {
            Some(500 | 503) => error.reason().is_none_or(str::is_empty),
            _ => true,
        },
        Failure::NotSent | Failure::Throttled | Failure::Final => false,
    }
}

/// Whether the outcome of a write is open after its last try, given whether one before may have been carried out.
pub(crate) fn is_outcome_unknown(error: &Error, earlier: bool) -> bool {
    may_have_happened(error) || earlier && classify(error) != Failure::Final
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;
    use http::HeaderValue;
    use http::StatusCode;
    use k8s_openapi::apimachinery::pkg::apis::meta::v1::Status;

    use super::*;
    use crate::rest::response;

    fn answered(code: u16, retry_after: Option<&'static str>) -> Error {
        let mut headers = HeaderMap::new();
        if let Some(seconds) = retry_after {
            headers.insert("retry-after", HeaderValue::from_static(seconds));
        }
        response::failure(StatusCode::from_u16(code).unwrap(), &headers, b"")
    }

    fn broken() -> Error {
        Error::new(ErrorKind::Transport, "broke")
    }

    fn tries(harmless: bool, error: &Error) -> u32 {
        let mut attempts = Attempts::default();
        while attempts.next_delay(&RetryPolicy::default(), error, harmless, 0.5).is_some() {}
        attempts.made
    }

    #[test]
    fn what_is_repeated_depends_on_what_the_server_may_have_done() {
        let not_sent = Error::undelivered(ErrorKind::Transport, Delivery::NotSent, "refused");
        let other_ca = Error::undelivered(ErrorKind::Transport, Delivery::Refused, "another CA");
        let timeout = Error::new(ErrorKind::Timeout, "nothing came");
        let table = [
            (&not_sent, 4, 4),
            (&other_ca, 1, 1),
            (&answered(429, None), 10, 10),
            (&answered(429, Some("1")), 10, 10),
            (&answered(503, Some("1")), 10, 10),
            (&answered(503, None), 4, 1),
            (&answered(500, None), 4, 1),
            (&answered(502, None), 4, 1),
            (&answered(504, None), 4, 1),
            (&broken(), 4, 1),
            (&timeout, 1, 1),
            (&answered(404, None), 1, 1),
            (&answered(409, None), 1, 1),
            (&Error::invalid("name"), 1, 1),
        ];
        for (error, read, write) in table {
            assert_eq!(tries(true, error), read, "read: {error}");
            assert_eq!(tries(false, error), write, "write: {error}");
        }
    }

    #[test]
    fn an_eviction_that_a_budget_forbids_is_told_at_once() {
        let body = br#"{"kind":"Status","status":"Failure","reason":"TooManyRequests","code":429,
            "details":{"causes":[{"reason":"DisruptionBudget","message":"needs 2 healthy pods"}]}}"#;
        let error = response::failure(StatusCode::TOO_MANY_REQUESTS, &HeaderMap::new(), body);
        assert_eq!(tries(false, &error), 1);
    }

    #[test]
    fn a_retry_after_beyond_the_budget_is_left_to_the_caller() {
        let policy = RetryPolicy::default();
        let mut attempts = Attempts::default();
        let error = answered(429, Some("31"));
        assert_eq!(attempts.next_delay(&policy, &error, true, 0.0), None);
        let long = policy.wait_max(Duration::from_secs(60));
        assert!(Attempts::default().next_delay(&long, &error, true, 0.0).is_some());
        let error = answered(429, Some("3"));
        let delay = Attempts::default().next_delay(&policy, &error, false, 0.0).unwrap();
        assert!(delay >= Duration::from_secs(3) && delay < Duration::from_secs(4));
        // A gateway may ask for time too.
        let error = answered(502, Some("3"));
        let delay = Attempts::default().next_delay(&policy, &error, true, 0.0).unwrap();
        assert!(delay >= Duration::from_secs(3) && delay < Duration::from_secs(4));
        assert_eq!(Attempts::default().next_delay(&policy, &error, false, 0.0), None);
        assert_eq!(Attempts::default().next_delay(&RetryPolicy::never(), &error, false, 0.0), None);
    }

    #[test]
    fn delays_grow_and_are_spread() {
        let mut attempts = Attempts::default();
        let policy = RetryPolicy::default();
        let mut delay = |random| attempts.next_delay(&policy, &broken(), true, random).unwrap();
        assert_eq!(delay(1.0), Duration::from_millis(100));
        assert_eq!(delay(1.0), Duration::from_millis(200));
        assert_eq!(delay(0.0), Duration::from_millis(200));
    }

    #[test]
    fn only_a_write_that_may_have_happened_has_an_unknown_outcome() {
        let not_sent = Error::undelivered(ErrorKind::Transport, Delivery::NotSent, "refused");
        let status = |code: i32, reason: &str| {
            let reason = Some(reason.to_owned());
            Error::from_status(Status { code: Some(code), reason, ..Status::default() })
        };
        for open in [broken(), answered(504, None), answered(502, None), answered(500, None), status(500, "")]
        {
            assert!(is_outcome_unknown(&open, false), "{open}");
        }
        for done in [status(500, "InternalError"), status(503, "ServiceUnavailable"), status(409, "Conflict")]
        {
            assert!(!is_outcome_unknown(&done, false), "{done}");
        }
        assert!(!is_outcome_unknown(&not_sent, false));
        assert!(is_outcome_unknown(&not_sent, true));
        assert!(is_outcome_unknown(&answered(429, Some("1")), true));
        assert!(!is_outcome_unknown(&status(403, "Forbidden"), true));
    }
}
