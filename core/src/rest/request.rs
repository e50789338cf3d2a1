//! Pure: a request as data.

use std::fmt;

use bytes::Bytes;
use http::header;
use http::uri::PathAndQuery;
use http::{HeaderValue, Method, Uri};
use serde::Serialize;

use crate::error::{Error, Result};
use crate::rest::path::{ResourcePath, check_absolute};
use crate::rest::query::Query;
use crate::transport::{Body, Deadlines, Streaming};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

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
    accept: HeaderValue,
    content: Option<(HeaderValue, Bytes)>,
    pub(crate) deadlines: Option<Deadlines>,
    pub(crate) retry: bool,
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
            accept: JSON,
            content: None,
            deadlines: None,
            retry: true,
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
            Ok(value) => self.accept = value,
            Err(_) => self.refuse(Error::invalid("the media type is not a header value")),
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

    /// Sends the request once, whatever comes back.
    pub fn once(mut self) -> Self {
        self.retry = false;
        self
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
        headers.insert(header::ACCEPT, self.accept.clone());
        if let Some(content_type) = content_type {
            headers.insert(header::CONTENT_TYPE, content_type);
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
