use std::time::Duration;

use http::Method;

/// What happens to requests, told as it happens: for counters, histograms and traces of your own.
///
/// Each method is called on the task of the request, so it must not block. What it gets has no names of objects, no
/// credentials and no bodies. Give it to [`RestClient::with_metrics`](crate::rest::RestClient::with_metrics).
///
/// # Examples
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use kubist::rest::{Metrics, Try};
///
/// #[derive(Default)]
/// struct Failures(AtomicU64);
///
/// impl Metrics for Failures {
///     fn tried(&self, it: &Try<'_>) {
///         if it.code.is_none_or(|code| code >= 500) {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
/// ```
pub trait Metrics: Send + Sync + 'static {
    /// One try of a request is over: answered, or failed. A stream is over when its headers are there.
    fn tried(&self, it: &Try<'_>) {
        let _ = it;
    }

    /// A request is tried again after this wait.
    fn retrying(&self, it: &Try<'_>, wait: Duration) {
        let _ = (it, wait);
    }

    /// A request waited this long for its [`RateLimit`](crate::rest::RateLimit).
    fn limited(&self, method: &Method, template: &str, wait: Duration) {
        let _ = (method, template, wait);
    }
}

/// One try of a request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Try<'a> {
    /// The HTTP method.
    pub method: &'a Method,
    /// The path without names: `/api/v1/namespaces/{namespace}/pods/{name}`.
    pub template: &'a str,
    /// The host and port of the cluster.
    pub host: &'a str,
    /// The HTTP status code; `None`: there was no answer.
    pub code: Option<u16>,
    /// From sending to the end of the answer; for a stream, to the end of its headers.
    pub took: Duration,
    /// Which try this is, beginning with 1.
    pub number: usize,
    /// How long the body is that was sent.
    pub request_bytes: usize,
    /// How long the body is that came; 0 for streams and failures.
    pub response_bytes: usize,
}
