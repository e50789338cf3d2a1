//! Requests for OpenAPI, answered.

use bytes::Bytes;
use http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, EXPIRES, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use jiff::{SignedDuration, Timestamp};

use crate::openapi::serve;
use crate::registry::Registry;
use crate::wire::answers::{self, Body};

const JSON: &str = "application/json";
const PROTOBUF: &str = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
const PRIVATE: HeaderValue = HeaderValue::from_static("no-cache, private");
/// How long a document may be kept under its hash.
const YEAR: SignedDuration = SignedDuration::from_hours(365 * 24);

/// `/openapi/v2`
pub(crate) fn second(registry: &Registry, headers: &HeaderMap) -> Response<Body> {
    let mut response = match media(headers) {
        Some(Media::Protobuf) => answers::tagged(serve::second_as_protobuf(), PROTOBUF, headers),
        Some(Media::Json) => answers::tagged(serve::second(registry), JSON, headers),
        None => bare(StatusCode::NOT_ACCEPTABLE),
    };
    response.headers_mut().insert(CACHE_CONTROL, PRIVATE);
    response
}

/// `/openapi/v3` without a name, or the document of that name. Who asks by hash may keep the answer, and is sent on
/// when the hash is another now.
pub(crate) fn third(
    registry: &Registry,
    name: Option<&str>,
    hash: Option<&str>,
    headers: &HeaderMap,
) -> Response<Body> {
    let Some(name) = name else {
        let mut response = answers::json(200, Bytes::from(serve::index(registry).to_string()));
        // The real server does not know the type of what it writes here.
        set(&mut response, CONTENT_TYPE, "text/plain; charset=utf-8");
        return response;
    };
    let Some(document) = serve::third(registry, name) else {
        return bare(StatusCode::NOT_FOUND);
    };
    if media(headers) != Some(Media::Json) {
        return bare(StatusCode::NOT_ACCEPTABLE);
    }
    match hash {
        Some(hash) if hash != document.hash => {
            let mut response = bare(StatusCode::MOVED_PERMANENTLY);
            let location = format!("/openapi/v3/{name}?hash={}", document.hash);
            set(&mut response, LOCATION, &location);
            set(&mut response, CONTENT_TYPE, JSON);
            response
        }
        hash => {
            let mut response = answers::tagged(document.as_ref().clone(), JSON, headers);
            if hash.is_some() {
                set(&mut response, CACHE_CONTROL, "public, immutable");
                let expires = (Timestamp::now() + YEAR).strftime("%a, %d %b %Y %H:%M:%S UTC").to_string();
                set(&mut response, EXPIRES, &expires);
            } else {
                response.headers_mut().insert(CACHE_CONTROL, PRIVATE);
            }
            response
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Media {
    Json,
    Protobuf,
}

/// The first form that the client takes and the server has.
fn media(headers: &HeaderMap) -> Option<Media> {
    let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    if accept.is_empty() {
        return Some(Media::Json);
    }
    accept.split([',', ';']).map(str::trim).find_map(|range| match range {
        "application/json" | "application/*" | "*/*" => Some(Media::Json),
        "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"
        | "application/com.github.proto-openapi.spec.v2@v1.0+protobuf" => Some(Media::Protobuf),
        _ => None,
    })
}

fn set(response: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// An answer without a body.
fn bare(code: StatusCode) -> Response<Body> {
    let mut response = answers::json(code.as_u16(), Bytes::new());
    response.headers_mut().remove(CONTENT_TYPE);
    response
}
