use std::time::Duration;

use http::Response;
use tokio::time::Instant;

use crate::error::{Attempt, Error, ErrorKind, Result};
use crate::rest::client::Inner;
use crate::rest::guard::{Guard, guard};
use crate::rest::metrics::Try;
use crate::rest::request::Request;
use crate::rest::retry::{self, Attempts};
use crate::task::Random;
use crate::transport::Deadlines;

/// A wait for the limiter that is worth a line in the log.
const LONG_WAIT: Duration = Duration::from_millis(50);

/// The tries of one request: what failed so far, and when there is another.
pub(crate) struct Tries<'a> {
    rest: &'a Inner,
    request: &'a Request,
    template: String,
    /// When the first try began.
    began: Instant,
    /// When this one began.
    tried: Instant,
    failed: Vec<Attempt>,
    attempts: Attempts,
    /// A try of a write that is not answered may have been carried out.
    open: bool,
    guard: Option<Guard>,
}

impl<'a> Tries<'a> {
    pub(crate) fn new(rest: &'a Inner, request: &'a Request) -> Self {
        let now = Instant::now();
        Self {
            rest,
            request,
            template: request.template(),
            began: now,
            tried: now,
            failed: Vec::new(),
            attempts: Attempts::default(),
            open: false,
            guard: None,
        }
    }

    pub(crate) fn template(&self) -> &str {
        &self.template
    }

    /// Waits for the turn of the next try.
    pub(crate) async fn begin(&mut self) {
        // A watch replaces one that ended; as in client-go, that it begins is not to wait for other calls.
        let skip = self.request.is_watch() && self.failed.is_empty();
        if let Some(limit) = self.rest.limit.as_ref().filter(|_| !skip) {
            let wait = limit.acquire().await;
            if wait > LONG_WAIT {
                tracing::debug!(path = self.template, ?wait, "waited for the rate limit");
            }
            if let Some(metrics) = &self.rest.metrics {
                metrics.limited(&self.request.method, &self.template, wait);
            }
        }
        self.tried = Instant::now();
        if self.failed.is_empty() {
            // The wait for the limiter is no part of the timeout.
            self.began = self.tried;
        }
    }

    /// The deadlines of this try: its own, and no later than that of the whole request.
    pub(crate) fn deadlines(&self) -> Deadlines {
        let deadlines = match self.request.deadlines {
            Some(deadlines) => deadlines,
            None if self.request.streaming => Deadlines::stream(),
            None => self.rest.deadlines,
        };
        let Some(timeout) = self.request.timeout else {
            return deadlines;
        };
        let left = timeout.saturating_sub(self.tried - self.began);
        deadlines.total(Some(deadlines.total.map_or(left, |total| total.min(left))))
    }

    /// This try is over, well or not.
    pub(crate) fn ended(&self, code: Option<u16>, response_bytes: usize) {
        let it = self.this(code, response_bytes);
        tracing::debug!(
            method = %it.method, path = self.request.shown(), code, try = it.number,
            millis = u64::try_from(it.took.as_millis()).unwrap_or(u64::MAX), "tried"
        );
        if let Some(metrics) = &self.rest.metrics {
            metrics.tried(&it);
        }
    }

    fn this(&self, code: Option<u16>, response_bytes: usize) -> Try<'_> {
        Try {
            method: &self.request.method,
            template: &self.template,
            host: self.rest.base.authority().map_or("", |authority| authority.as_str()),
            code,
            took: self.tried.elapsed(),
            number: self.failed.len() + 1,
            request_bytes: self.request.content().map_or(0, |(_, body)| body.len()),
            response_bytes,
        }
    }

    /// This try failed: waits for the next, or gives the error that the caller gets.
    pub(crate) async fn again(&mut self, error: Error) -> Result<()> {
        let policy = self.request.retry.as_ref().unwrap_or(&self.rest.retry);
        let harmless = self.is_harmless(&error);
        let took = self.tried.elapsed();
        let delay = self.attempts.next_delay(policy, &error, harmless, Random::new().unit());
        let left = self.request.timeout.map(|timeout| timeout.saturating_sub(self.began.elapsed()));
        let delay = delay.filter(|delay| left.is_none_or(|left| *delay < left));
        if let (Some(delay), Some(metrics)) = (delay, &self.rest.metrics) {
            metrics.retrying(&self.this(error.code(), 0), delay);
        }
        let failure = format!("{error:#}");
        self.failed.push(Attempt::new(self.tried - self.began, took, error.code(), failure));
        let Some(delay) = delay else {
            return Err(self.give_up(error));
        };
        self.open |= retry::may_have_happened(&error) && !self.request.is_harmless();
        tracing::debug!(%error, ?delay, "trying again");
        tokio::time::sleep(delay).await;
        Ok(())
    }

    /// Whether the request may be sent again though the one before may have been carried out.
    fn is_harmless(&mut self, error: &Error) -> bool {
        if self.request.is_harmless() {
            return true;
        }
        // Only now it is worth a look at the body.
        if self.guard.is_none() && retry::needs_harmless(error) {
            self.guard = guard(self.request);
        }
        self.guard.is_some()
    }

    /// What guards the write, when this answer to it may be due to an earlier try.
    pub(crate) fn to_settle(&self, error: &Error) -> Option<&Guard> {
        let guard = self.guard.as_ref().filter(|_| self.open && error.kind() == ErrorKind::Status)?;
        guard.is_ambiguous(error.code()?).then_some(guard)
    }

    /// The failure of the last try, as the caller gets it when nothing came of a look at the object.
    pub(crate) fn end(mut self, error: Error, unknown: bool) -> Error {
        let (began, took) = (self.tried - self.began, self.tried.elapsed());
        self.failed.push(Attempt::new(began, took, error.code(), format!("{error:#}")));
        let error = error.with_attempts(self.failed);
        if unknown { error.with_unknown_outcome() } else { error }
    }

    fn give_up(&mut self, error: Error) -> Error {
        let unknown = !self.request.is_harmless() && retry::is_outcome_unknown(&error, self.open);
        let error = error.with_attempts(std::mem::take(&mut self.failed));
        if unknown { error.with_unknown_outcome() } else { error }
    }
}

/// The code of an answer, or of the answer that an error tells of.
pub(crate) fn code<T>(answered: &Result<Response<T>>) -> Option<u16> {
    match answered {
        Ok(answer) => Some(answer.status().as_u16()),
        Err(error) => error.code(),
    }
}
