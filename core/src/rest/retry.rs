//! Pure: whether a request is sent again, and when.
//!
//! A request of which nothing was sent may always be sent again. An answer of 429, or of 503 with a
//! Retry-After, says that the server did nothing, so any verb may be repeated. Everything else is
//! repeated only where repeating changes nothing: for GET.

use std::time::Duration;

use http::Method;

use crate::error::{Delivery, Error, ErrorKind};

/// Tries in all, when the server cannot be reached or fails on a read.
const TRIES_MAX: u32 = 4;
/// Tries in all, when the server asks to come back.
const THROTTLED_TRIES_MAX: u32 = 10;
/// The sum of all waits of a request. A longer Retry-After is the caller's to honour.
const WAIT_MAX: Duration = Duration::from_secs(30);
const FIRST_DELAY: Duration = Duration::from_millis(100);
const DELAY_MAX: Duration = Duration::from_secs(5);

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
    Throttled { retry_after: Option<Duration> },
    ServerFailed,
    Broken,
    Final,
}

fn classify(error: &Error) -> Failure {
    match error.delivery() {
        Delivery::NotSent => return Failure::NotSent,
        Delivery::Refused | Delivery::OutcomeUnknown => return Failure::Final,
        Delivery::Unstated => {}
    }
    let retry_after = error.retry_after();
    match (error.kind(), error.code()) {
        (ErrorKind::Status, Some(429)) => Failure::Throttled { retry_after },
        (ErrorKind::Status, Some(503)) if retry_after.is_some() => Failure::Throttled { retry_after },
        (ErrorKind::Status, Some(500 | 502 | 503 | 504)) => Failure::ServerFailed,
        (ErrorKind::Transport, _) => Failure::Broken,
        _ => Failure::Final,
    }
}

impl Attempts {
    /// After one more failed try: how long to wait before the next, or `None` to give up.
    /// `random` is between 0 and 1 and spreads the clients of a server that comes back.
    pub(crate) fn next_delay(&mut self, method: &Method, error: &Error, random: f64) -> Option<Duration> {
        self.made += 1;
        let backoff = FIRST_DELAY
            .saturating_mul(1 << (self.made - 1).min(16))
            .min(DELAY_MAX)
            .mul_f64(0.5 + random.clamp(0.0, 1.0) / 2.0);
        let (tries, delay) = match classify(error) {
            Failure::NotSent => (TRIES_MAX, backoff),
            Failure::Throttled { retry_after } => {
                // A little later than asked, so that not all come at once.
                let asked = retry_after.map_or(backoff, |wait| wait + backoff / 10);
                (THROTTLED_TRIES_MAX, asked.max(backoff))
            }
            Failure::ServerFailed | Failure::Broken if method.is_safe() => (TRIES_MAX, backoff),
            Failure::ServerFailed | Failure::Broken | Failure::Final => return None,
        };
        let waited = self.waited + delay;
        if self.made >= tries || waited > WAIT_MAX {
            return None;
        }
        self.waited = waited;
        Some(delay)
    }
}

/// Whether a failed request may have been carried out all the same. A read changes nothing, so for
/// it there is nothing to know.
pub(crate) fn is_outcome_unknown(method: &Method, error: &Error) -> bool {
    if method.is_safe() || error.delivery() != Delivery::Unstated {
        return false;
    }
    match error.kind() {
        ErrorKind::Transport | ErrorKind::Timeout => true,
        // A gateway that lost the server, or a server that gave up waiting for its own.
        ErrorKind::Status => matches!(error.code(), Some(502 | 504)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;
    use http::HeaderValue;
    use http::StatusCode;

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

    fn tries(method: &Method, error: &Error) -> u32 {
        let mut attempts = Attempts::default();
        while attempts.next_delay(method, error, 0.5).is_some() {}
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
        for (error, get, post) in table {
            assert_eq!(tries(&Method::GET, error), get, "GET {error}");
            for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
                assert_eq!(tries(&method, error), post, "{method} {error}");
            }
        }
    }

    #[test]
    fn a_retry_after_beyond_the_budget_is_left_to_the_caller() {
        let mut attempts = Attempts::default();
        let error = answered(429, Some("31"));
        assert_eq!(attempts.next_delay(&Method::GET, &error, 0.0), None);
        let error = answered(429, Some("3"));
        let delay = Attempts::default().next_delay(&Method::POST, &error, 0.0).unwrap();
        assert!(delay >= Duration::from_secs(3) && delay < Duration::from_secs(4));
    }

    #[test]
    fn delays_grow_and_are_spread() {
        let mut attempts = Attempts::default();
        let mut delay = |random| attempts.next_delay(&Method::GET, &broken(), random).unwrap();
        assert_eq!(delay(1.0), Duration::from_millis(100));
        assert_eq!(delay(1.0), Duration::from_millis(200));
        assert_eq!(delay(0.0), Duration::from_millis(200));
    }

    #[test]
    fn only_a_write_that_may_have_happened_has_an_unknown_outcome() {
        assert!(is_outcome_unknown(&Method::POST, &broken()));
        assert!(is_outcome_unknown(&Method::DELETE, &answered(504, None)));
        assert!(!is_outcome_unknown(&Method::GET, &broken()));
        assert!(!is_outcome_unknown(&Method::POST, &answered(500, None)));
        assert!(!is_outcome_unknown(&Method::POST, &answered(409, None)));
        let not_sent = Error::undelivered(ErrorKind::Transport, Delivery::NotSent, "refused");
        assert!(!is_outcome_unknown(&Method::POST, &not_sent));
    }
}
