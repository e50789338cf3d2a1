//! Faults on command, and a record of what clients sent.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Method};

/// How many requests are remembered, and how many bytes of bodies with them.
const REMEMBERED: usize = 4096;
const REMEMBERED_BYTES: usize = 64 * 1024 * 1024;

/// A request as it came over the wire, without its `Authorization`.
#[derive(Clone)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The HTTP method.
    pub method: Method,
    /// The path with the query, as sent.
    pub path: String,
    /// All headers but `Authorization`.
    pub headers: HeaderMap,
    /// The body, whole.
    pub body: Bytes,
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Bodies may hold secrets.
        f.debug_struct("RecordedRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// What a request gets instead of its answer.
#[derive(Clone, Debug)]
enum Outcome {
    Answer { code: u16, headers: Vec<(String, String)>, body: Bytes },
    Close,
    Panic,
}

/// Which requests go wrong, how often, and how.
///
/// ```
/// use kubist_apiserver::FaultRule;
///
/// let busy = FaultRule::status(429).header("Retry-After", "1").on("/apis/example.com").method("GET").times(2);
/// let lost = FaultRule::close().on("/api/v1/namespaces");
/// # drop((busy, lost));
/// ```
#[derive(Clone, Debug)]
pub struct FaultRule {
    method: Option<String>,
    prefix: String,
    query: String,
    times: usize,
    outcome: Outcome,
}

impl FaultRule {
    fn new(outcome: Outcome) -> Self {
        Self { method: None, prefix: "/".to_owned(), query: String::new(), times: 1, outcome }
    }

    /// The next request gets this status, with a `Status` object that has the usual reason.
    #[must_use]
    pub fn status(code: u16) -> Self {
        let reason = match code {
            400 => "BadRequest",
            401 => "Unauthorized",
            403 => "Forbidden",
            404 => "NotFound",
            409 => "Conflict",
            410 => "Expired",
            429 => "TooManyRequests",
            500 => "InternalError",
            503 => "ServiceUnavailable",
            504 => "Timeout",
            _ => "",
        };
        let status = serde_json::json!({
            "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
            "message": "injected fault", "reason": reason, "code": code,
        });
        let headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
        Self::new(Outcome::Answer { code, headers, body: Bytes::from(status.to_string()) })
    }

    /// The next request gets a page of HTML, as from a proxy that stands in between.
    #[must_use]
    pub fn html(code: u16) -> Self {
        let headers = vec![("Content-Type".to_owned(), "text/html".to_owned())];
        let body = Bytes::from_static(b"<html><body><h1>Bad gateway</h1></body></html>");
        Self::new(Outcome::Answer { code, headers, body })
    }

    /// The connection of the next request is closed without an answer.
    #[must_use]
    pub fn close() -> Self {
        Self::new(Outcome::Close)
    }

    /// The server panics over the next request, which gets the plain 500 of such a server; others go on.
    #[must_use]
    pub fn panic() -> Self {
        Self::new(Outcome::Panic)
    }

    /// Only requests with this method, such as `GET`.
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    /// Only requests whose path begins so.
    #[must_use]
    pub fn on(mut self, prefix: &str) -> Self {
        prefix.clone_into(&mut self.prefix);
        self
    }

    /// Only requests whose query contains this, such as `watch=`.
    #[must_use]
    pub fn query(mut self, part: &str) -> Self {
        part.clone_into(&mut self.query);
        self
    }

    /// How many requests: one, unless it is said here.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// Adds a header to the answer; a header of the same name is replaced.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Outcome::Answer { headers, .. } = &mut self.outcome {
            headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// Replaces the body of the answer.
    #[must_use]
    pub fn body(mut self, text: impl Into<Bytes>) -> Self {
        if let Outcome::Answer { body, .. } = &mut self.outcome {
            *body = text.into();
        }
        self
    }

    fn matches(&self, method: &Method, path: &str, query: &str) -> bool {
        self.times > 0
            && self.method.as_ref().is_none_or(|wanted| method.as_str().eq_ignore_ascii_case(wanted))
            && path.starts_with(&self.prefix)
            && query.contains(&self.query)
    }
}

/// What to do with one request.
pub(crate) enum Fault {
    Answer { code: u16, headers: Vec<(String, String)>, body: Bytes },
    Close,
    Panic,
}

/// The requests that came, oldest first.
#[derive(Debug, Default)]
struct Record {
    requests: VecDeque<RecordedRequest>,
    /// The bytes of their bodies.
    bytes: usize,
}

/// The faults that are still to come, and the requests that came.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    rules: Mutex<Vec<FaultRule>>,
    record: Mutex<Record>,
}

impl Faults {
    pub(crate) fn add(&self, rule: FaultRule) {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner).push(rule);
    }

    /// The fault of this request: of the first rule that matches it.
    pub(crate) fn take(&self, method: &Method, path: &str, query: &str) -> Option<Fault> {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let rule = rules.iter_mut().find(|rule| rule.matches(method, path, query))?;
        rule.times -= 1;
        let fault = match rule.outcome.clone() {
            Outcome::Answer { code, headers, body } => Fault::Answer { code, headers, body },
            Outcome::Close => Fault::Close,
            Outcome::Panic => Fault::Panic,
        };
        rules.retain(|rule| rule.times > 0);
        Some(fault)
    }

    pub(crate) fn record(&self, request: RecordedRequest) {
        let mut record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        record.bytes += request.body.len();
        record.requests.push_back(request);
        while record.requests.len() > REMEMBERED || record.bytes > REMEMBERED_BYTES {
            let Some(oldest) = record.requests.pop_front() else {
                return;
            };
            record.bytes -= oldest.body.len();
        }
    }

    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        let record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        record.requests.iter().cloned().collect()
    }
}
