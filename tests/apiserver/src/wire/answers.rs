//! Answers as they go over the wire.

use std::io;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::stream;
use http::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_TYPE, ETAG, IF_NONE_MATCH, RETRY_AFTER, VARY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper::body::Frame;
use serde_json::Value;

use crate::openapi::serve::Document;
use crate::request::negotiate::{Accepted, Endpoint, negotiate};
use crate::rest::watch::Watch;
use crate::shared::Shared;
use crate::status::Status;
use crate::wire::encoding;

pub(crate) type Body = UnsyncBoxBody<Bytes, io::Error>;

fn whole(body: impl Into<Bytes>) -> Body {
    Full::new(body.into()).map_err(|never| match never {}).boxed_unsync()
}

fn response(code: u16, content_type: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache, private"));
    response
}

pub(crate) fn json(code: u16, body: Bytes) -> Response<Body> {
    response(code, "application/json", whole(body))
}

/// Plain text, as Go's `http.Error` writes it.
pub(crate) fn text(code: u16, text: impl Into<Bytes>) -> Response<Body> {
    let mut response = response(code, "text/plain; charset=utf-8", whole(text));
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// An answer in JSON, written as the client takes it.
pub(crate) fn encoded(code: u16, accepted: Accepted, body: Bytes) -> Response<Body> {
    if code == 204 {
        let mut nothing = response(code, "", whole(Bytes::new()));
        nothing.headers_mut().remove(CONTENT_TYPE);
        return nothing;
    }
    let body = encoding::encode(accepted, body);
    response(code, accepted.media.content_type(), whole(body))
}

/// A document that clients keep as long as its tag stays the same.
pub(crate) fn tagged(document: Document, content_type: &'static str, headers: &HeaderMap) -> Response<Body> {
    let tag = format!("\"{}\"", document.hash);
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known =
        known.is_some_and(|known| known.split(',').map(str::trim).any(|known| known == tag || known == "*"));
    let mut response = if is_known {
        response(304, content_type, whole(Bytes::new()))
    } else {
        response(200, content_type, whole(document.body))
    };
    let headers = response.headers_mut();
    if is_known {
        headers.remove(CONTENT_TYPE);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public"));
    headers.insert(VARY, HeaderValue::from_static("Accept"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    response
}

/// The answer to what is no request; the connection ends with it.
pub(crate) fn malformed(why: &str) -> Response<Body> {
    let text = if why.is_empty() { "400 Bad Request".to_owned() } else { format!("400 Bad Request: {why}") };
    let mut response = Response::new(whole(text));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// The answer to a request over which the server panicked.
pub(crate) fn panicked() -> Response<Body> {
    text(500, "This request caused apiserver to panic. Look in the logs for details.\n")
}

/// A failure in a form that the client takes; as readable JSON when it takes none.
pub(crate) fn failure(status: &Status, accept: &str) -> Response<Body> {
    if status.is_page_not_found() {
        return text(404, "404 page not found\n");
    }
    let readable = Accepted { pretty: true, ..Accepted::default() };
    let accepted = negotiate(accept, Endpoint::Plain).unwrap_or(readable);
    let body: Value = status.to_value();
    let mut response = encoded(status.code, accepted, Bytes::from(body.to_string()));
    if let Some(seconds) = status.retry_after() {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// An answer with the warnings that came up on the way to it.
pub(crate) fn warned(mut response: Response<Body>, warnings: &[String]) -> Response<Body> {
    for warning in warnings {
        let quoted = warning.replace('\\', "\\\\").replace('"', "\\\"");
        if let Ok(value) = HeaderValue::from_str(&format!("299 - \"{quoted}\"")) {
            response.headers_mut().append(http::header::WARNING, value);
        }
    }
    response
}

/// An answer that was ordered, with exactly these headers.
pub(crate) fn injected(code: u16, headers: &[(String, String)], body: Bytes) -> Response<Body> {
    let mut response = json(code, body);
    response.headers_mut().remove(CONTENT_TYPE);
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (name.parse::<http::HeaderName>(), HeaderValue::from_str(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// The stream of a watch. One that panics ends as a broken stream; its connection can go on.
pub(crate) fn stream_of(watch: Watch, shared: Arc<Shared>) -> Response<Body> {
    let frames = stream::unfold(Some((watch, shared)), async |state| {
        let (mut watch, shared) = state?;
        match AssertUnwindSafe(watch.next(&shared)).catch_unwind().await {
            Ok(Some(chunk)) => Some((Ok(Frame::data(chunk)), Some((watch, shared)))),
            Ok(None) => None,
            Err(_) => {
                tracing::error!(?watch, "a watch panicked");
                Some((Err(io::Error::other("the watch panicked")), None))
            }
        }
    });
    response(200, "application/json", StreamBody::new(frames).boxed_unsync())
}
