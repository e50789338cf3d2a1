//! Pure: a request as data.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header;
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use serde::Serialize;

use crate::error::{Error, Result};
use crate::rest::duration;
use crate::rest::path::{ResourcePath, check_absolute};
use crate::rest::query::Query;
use crate::rest::retry::RetryPolicy;
use crate::rest::template::template;
use crate::transport::{Body, Deadlines, Streaming};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Headers that belong to the connection, not to a request.
const CONNECTION_HEADERS: [HeaderName; 6] = [
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::HOST,
    header::TE,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// How a patch body is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatchType {
    /// Server-side apply, with a JSON body.
    Apply,
    /// A list of operations, RFC 6902.
    Json,
    /// A partial object, RFC 7386.
    Merge,
    /// A partial object merged by the kind's own list keys; built-in kinds only.
    Strategic,
}

impl PatchType {
    fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            // JSON is YAML, and all servers with server-side apply know this media type.
            Self::Apply => "application/apply-patch+yaml",
            Self::Json => "application/json-patch+json",
            Self::Merge => "application/merge-patch+json",
            Self::Strategic => "application/strategic-merge-patch+json",
        })
    }
}

/// One request to the API server, as data. What is wrong with it is kept and becomes the error of
/// sending it.
///
/// # Examples
///
/// ```
/// use kubist::rest::Request;
///
/// let request = Request::get("/api/v1/nodes").query("limit", "100");
/// assert_eq!(request.path_and_query()?, "/api/v1/nodes?limit=100");
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Request {
    pub(crate) method: Method,
    path: Result<String>,
    query: Query,
    accept: Option<HeaderValue>,
    headers: HeaderMap,
    content: Option<(HeaderValue, Bytes)>,
    pub(crate) deadlines: Option<Deadlines>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) answer_limit: Option<usize>,
    pub(crate) streaming: bool,
}

impl Request {
    /// A request to an absolute path, for example `/api/v1/nodes` or `/version`.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        let path = path.into();
        Self::with_path(method, check_absolute(&path).map(|()| path))
    }

    /// A request to a resource, an object or a subresource.
    pub fn to(method: Method, path: &ResourcePath<'_>) -> Self {
        Self::with_path(method, path.build())
    }

    fn with_path(method: Method, path: Result<String>) -> Self {
        Self {
            method,
            path,
            query: Query::default(),
            accept: None,
            headers: HeaderMap::new(),
            content: None,
            deadlines: None,
            timeout: None,
            retry: None,
            answer_limit: None,
            streaming: false,
        }
    }

    /// A GET of an absolute path.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// A POST to an absolute path.
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    /// A PUT to an absolute path.
    pub fn put(path: impl Into<String>) -> Self {
        Self::new(Method::PUT, path)
    }

    /// A DELETE of an absolute path.
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// A PATCH of an absolute path with this kind of body.
    pub fn patch(path: impl Into<String>, patch_type: PatchType, body: impl Into<Bytes>) -> Self {
        Self::new(Method::PATCH, path).patch_body(patch_type, body)
    }

    /// Adds a parameter to the query; it is encoded here.
    pub fn query(mut self, name: &str, value: impl Into<String>) -> Self {
        self.query.push(name, value);
        self
    }

    pub(crate) fn params(mut self, add: impl FnOnce(&mut Query)) -> Self {
        add(&mut self.query);
        self
    }

    /// The media type to ask for, instead of JSON.
    pub fn accept(mut self, media_type: &str) -> Self {
        match HeaderValue::from_str(media_type) {
            Ok(value) => self.accept = Some(value),
            Err(_) => self.refuse(Error::invalid("the media type is not a header value")),
        }
        self
    }

    /// Sets a header. What is sent besides is set already: credentials, `Accept`, `Content-Type` and the headers of
    /// the connection; the last are refused here, the others are replaced.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            (Ok(name), _) if CONNECTION_HEADERS.contains(&name) => {
                self.refuse(Error::invalid(format!("the header {name} belongs to the connection")));
            }
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(name == header::AUTHORIZATION);
                self.headers.insert(name, value);
            }
            (Err(_), _) => self.refuse(Error::invalid(format!("{name:?} is not the name of a header"))),
            // The value may be a secret.
            (Ok(name), Err(_)) => {
                self.refuse(Error::invalid(format!("the header {name} has characters that it cannot have")));
            }
        }
        self
    }

    /// The body, in bytes.
    pub fn body(mut self, media_type: &str, body: impl Into<Bytes>) -> Self {
        match HeaderValue::from_str(media_type) {
            Ok(value) => self.content = Some((value, body.into())),
            Err(_) => self.refuse(Error::invalid("the media type is not a header value")),
        }
        self
    }

    /// The body, as JSON.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.content = Some((JSON, bytes.into())),
            // Without a source: serde's text may quote the value.
            Err(_) => self.refuse(Error::invalid("the body cannot be written as JSON")),
        }
        self
    }

    pub(crate) fn patch_body(mut self, patch_type: PatchType, body: impl Into<Bytes>) -> Self {
        self.content = Some((patch_type.content_type(), body.into()));
        self
    }

    /// How long to wait for the answer, instead of the client's own deadlines.
    pub fn deadlines(mut self, deadlines: Deadlines) -> Self {
        self.deadlines = Some(deadlines);
        self
    }

    /// How long the request may take with all its tries and the waits between them, instead of one try alone. The
    /// server is told too.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self.query("timeout", duration::go(timeout))
    }

    /// The longest answer that is kept in memory as a whole, in bytes after unpacking. 1 GiB without this.
    pub fn answer_limit(mut self, bytes: usize) -> Self {
        self.answer_limit = Some(bytes);
        self
    }

    /// When to try again, instead of the client's own policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sends the request once, whatever comes back.
    pub fn once(self) -> Self {
        self.retry(RetryPolicy::never())
    }

    /// Says that the answer may go on until one side ends it.
    pub(crate) fn streaming(mut self) -> Self {
        self.streaming = true;
        self
    }

    pub(crate) fn refuse(&mut self, error: Error) {
        if self.path.is_ok() {
            self.path = Err(error);
        }
    }

    /// The media type of the body and the body.
    pub(crate) fn content(&self) -> Option<(&str, &Bytes)> {
        let (media_type, body) = self.content.as_ref()?;
        Some((media_type.to_str().ok()?, body))
    }

    /// Whether the answer comes in the media type that this crate asks for, not in one that the caller chose.
    pub(crate) fn is_negotiated(&self) -> bool {
        self.accept.is_none() && !self.headers.contains_key(header::ACCEPT)
    }

    /// Whether this opens a watch.
    pub(crate) fn is_watch(&self) -> bool {
        let on = |value: &str| matches!(value, "true" | "1");
        self.method == Method::GET && self.query.get("watch").is_some_and(on)
    }

    /// Whether repeating the request changes nothing, whatever came of it.
    pub(crate) fn is_harmless(&self) -> bool {
        self.method.is_safe() || self.query.get("dryRun") == Some("All")
    }

    /// What is wrong with the request.
    pub(crate) fn check(&self) -> Result<()> {
        self.path.as_ref().map(drop).map_err(Clone::clone)
    }

    /// The path as it is, for logs.
    pub(crate) fn shown(&self) -> &str {
        self.path.as_deref().unwrap_or("-")
    }

    /// A span around all tries of the request: the verb and the path, nothing of the query.
    pub(crate) fn span(&self) -> tracing::Span {
        tracing::debug_span!("request", method = %self.method, path = self.shown())
    }

    /// The path without names.
    pub(crate) fn template(&self) -> String {
        self.path.as_deref().map_or_else(|_| "-".to_owned(), template)
    }

    /// A look at the object that this request writes.
    pub(crate) fn look(&self) -> Self {
        let mut look = Self::with_path(Method::GET, self.path.clone());
        look.accept.clone_from(&self.accept);
        look.headers.clone_from(&self.headers);
        look.deadlines = self.deadlines;
        look
    }

    /// The path and query, as they stand in the request line.
    ///
    /// # Errors
    ///
    /// What is wrong with the request.
    pub fn path_and_query(&self) -> Result<String> {
        let path = self.path.clone()?;
        let query = self.query.encode();
        Ok(if query.is_empty() { path } else { format!("{path}?{query}") })
    }

    /// The request for the wire, to the cluster at `base`.
    pub(crate) fn build(&self, base: &Uri) -> Result<http::Request<Body>> {
        let target = format!("{}{}", base.path().trim_end_matches('/'), self.path_and_query()?);
        let target = PathAndQuery::try_from(target)
            .map_err(|error| Error::invalid("the path is not part of a URL").with_source(error))?;
        let mut parts = base.clone().into_parts();
        parts.path_and_query = Some(target);
        let uri =
            Uri::from_parts(parts).map_err(|error| Error::invalid("this is not a URL").with_source(error))?;
        let (content_type, body) = match &self.content {
            Some((content_type, body)) => (Some(content_type.clone()), body.clone()),
            None => (None, Bytes::new()),
        };
        let mut request = http::Request::new(Body::new(body));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = uri;
        let headers = request.headers_mut();
        headers.insert(header::ACCEPT, self.accept.clone().unwrap_or(JSON));
        if let Some(content_type) = content_type {
            headers.insert(header::CONTENT_TYPE, content_type);
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        if self.streaming {
            request.extensions_mut().insert(Streaming);
        }
        Ok(request)
    }
}

/// Shows the request line without the query, and nothing of the body.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Ok(path) => write!(f, "{} {path}", self.method),
            Err(error) => write!(f, "{} ({error})", self.method),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_the_base_url_comes_first() {
        let base: Uri = "https://host:6443/k8s/c1/".parse().unwrap();
        let request = Request::get("/api/v1/pods").query("watch", "true");
        let built = request.build(&base).unwrap();
        assert_eq!(built.uri(), "https://host:6443/k8s/c1/api/v1/pods?watch=true");
        assert_eq!(built.headers()["accept"], "application/json");
        assert!(!built.headers().contains_key("content-type"));
    }

    #[test]
    fn what_is_wrong_with_a_request_is_kept_until_it_is_sent() {
        let base: Uri = "https://host".parse().unwrap();
        let request = Request::get("/a/../b").query("x", "y").accept("bad\nvalue");
        let error = request.build(&base).unwrap_err();
        assert!(error.is_invalid() && error.to_string().contains("goes up"), "{error}");
    }

    #[test]
    fn the_debug_form_of_a_request_shows_neither_query_nor_body() {
        let request = Request::put("/x").query("token", "hunter2").json(&"hunter2");
        assert_eq!(format!("{request:?}"), "PUT /x");
        let refused = Request::get("x?hunter").json(&1);
        assert!(format!("{refused:?}").starts_with("GET (path \"x?hunter\""));
    }

    #[test]
    fn a_header_of_the_connection_is_refused_and_others_are_set() {
        let base: Uri = "https://host".parse().unwrap();
        let built =
            Request::get("/x").header("X-Team", "web").header("accept", "text/plain").build(&base).unwrap();
        assert_eq!(
            (&built.headers()["x-team"], &built.headers()["accept"]),
            (&"web".parse().unwrap(), &"text/plain".parse().unwrap())
        );
        for (name, value) in [("Host", "evil"), ("content-length", "1"), ("a b", "x"), ("x", "hunter2\nx: y")]
        {
            let error = Request::get("/x").header(name, value).build(&base).unwrap_err();
            assert!(error.is_invalid() && !error.to_string().contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn a_timeout_is_told_to_the_server() {
        let request = Request::get("/x").timeout(Duration::from_secs(90));
        assert_eq!(request.path_and_query().unwrap(), "/x?timeout=1m30s");
    }

    #[test]
    fn each_patch_has_its_media_type() {
        let base: Uri = "http://host".parse().unwrap();
        for (patch_type, expected) in [
            (PatchType::Apply, "application/apply-patch+yaml"),
            (PatchType::Json, "application/json-patch+json"),
            (PatchType::Merge, "application/merge-patch+json"),
            (PatchType::Strategic, "application/strategic-merge-patch+json"),
        ] {
            let built = Request::patch("/x", patch_type, "{}").build(&base).unwrap();
            assert_eq!(built.headers()["content-type"], expected);
            assert_eq!(built.method(), Method::PATCH);
        }
    }
}
