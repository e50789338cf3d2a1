//! Pure: what an answer says.

use std::fmt::Display;

use bytes::Bytes;
use http::header;
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{Status, StatusDetails};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind, Result, UNKNOWN_PATH};
use crate::rest::retry_after;

/// All that the server says of a path it does not know.
const PAGE_NOT_FOUND: &[u8] = b"404 page not found";

/// Where the start of a `Status` object is looked for.
const HEAD: usize = 512;

/// The error that an answer with a failing status code is.
///
/// The server's own `Status` object is taken as it is. Anything else (a proxy's HTML page, plain
/// text) is told by its code and media type alone: nobody knows what its text holds. One text is known.
pub(crate) fn failure(code: StatusCode, headers: &HeaderMap, body: &[u8]) -> Error {
    let message = || {
        let unknown_path = code == StatusCode::NOT_FOUND && body.trim_ascii() == PAGE_NOT_FOUND;
        if unknown_path { UNKNOWN_PATH.to_owned() } else { describe(code, headers) }
    };
    let mut status =
        parse_status(body).unwrap_or_else(|| Status { message: Some(message()), ..Status::default() });
    if status.code.is_none_or(|code| code == 0) {
        status.code = Some(i32::from(code.as_u16()));
    }
    if let Some(seconds) = retry_after::seconds(headers) {
        let details = status.details.get_or_insert_with(StatusDetails::default);
        let answered = details.retry_after_seconds.filter(|seconds| *seconds > 0);
        details.retry_after_seconds = answered.or(Some(seconds));
    }
    let error = Error::from_status(status);
    match flow_control(headers).filter(|_| code == StatusCode::TOO_MANY_REQUESTS) {
        Some(queue) => error.with_source(Error::new(ErrorKind::Status, queue)),
        None => error,
    }
}

/// Which queue of the server's priority and fairness the request was in.
fn flow_control(headers: &HeaderMap) -> Option<String> {
    let uid = |name| {
        let uid = headers.get(name)?.to_str().ok()?;
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        (uid.len() <= 64 && uid.chars().all(plain)).then_some(uid)
    };
    let schema = uid("x-kubernetes-pf-flowschema-uid")?;
    let level = uid("x-kubernetes-pf-prioritylevel-uid")?;
    Some(format!("flow schema {schema}, priority level {level}"))
}

/// The answer to a write that was carried out, though nobody read its own answer.
pub(crate) fn settled(body: Bytes) -> Response<Bytes> {
    let mut answer = Response::new(body);
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

/// Decodes the body of a successful answer.
///
/// # Errors
///
/// When the body is not a `T`; when it is a `Status` that tells of a failure.
pub(crate) fn decode<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T> {
    if let Some(status) = failure_in_disguise(body) {
        return Err(Error::from_status(status));
    }
    serde_json::from_slice(body).map_err(|error| undecodable("the answer", headers, body, &error))
}

fn undecodable(what: impl Display, headers: &HeaderMap, body: &[u8], error: &serde_json::Error) -> Error {
    match media_type(headers) {
        Some(other) if !other.contains("json") => {
            Error::new(ErrorKind::Decode, format!("the server answered with {other} instead of JSON"))
        }
        _ if body.is_empty() => Error::new(ErrorKind::Decode, "the answer is empty"),
        _ => Error::decode(what, error),
    }
}

/// Decodes the answer to a write. When it is an object, though not a `T`, the write was carried out, and the
/// error says so.
pub(crate) fn decode_written<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T> {
    #[derive(Deserialize)]
    struct Named {
        metadata: Name,
    }
    #[derive(Deserialize)]
    struct Name {
        name: String,
    }

    if let Some(status) = failure_in_disguise(body) {
        return Err(Error::from_status(status));
    }
    serde_json::from_slice(body).map_err(|error| match serde_json::from_slice::<Named>(body) {
        Ok(Named { metadata: Name { name } }) => {
            let done = format!("the request was carried out for {name:?}, but the answer");
            undecodable(done, headers, body, &error)
        }
        Err(_) => undecodable("the answer", headers, body, &error),
    })
}

/// Decodes the answer to a delete: the object while it is still there, or a `Status` of success.
pub(crate) fn decode_deleted<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<Option<T>> {
    match parse_status(body) {
        Some(status) if status.status.as_deref() != Some("Failure") => Ok(None),
        Some(status) => Err(Error::from_status(status)),
        None => decode_written(headers, body).map(Some),
    }
}

/// A `Status` that tells of a failure though the code says success.
fn failure_in_disguise(body: &[u8]) -> Option<Status> {
    #[derive(Deserialize)]
    struct Head {
        kind: Option<String>,
        status: Option<serde_json::Value>,
    }

    // Only a failing status is worth a second parse; objects are large, and seldom hold the word so early.
    let head = &body[..body.len().min(HEAD)];
    if !contains(head, b"\"Status\"") || !contains(head, b"\"Failure\"") {
        return None;
    }
    let head: Head = serde_json::from_slice(body).ok()?;
    let failed = head.kind.as_deref() == Some("Status")
        && head.status.as_ref().and_then(serde_json::Value::as_str) == Some("Failure");
    failed.then(|| parse_status(body)).flatten()
}

fn contains(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|window| window == word)
}

/// The `Status` in a body. Another kind of object, or an empty one, is none.
fn parse_status(body: &[u8]) -> Option<Status> {
    #[derive(Deserialize)]
    struct Head {
        kind: Option<String>,
    }

    let head: Head = serde_json::from_slice(body).ok()?;
    (head.kind.as_deref() == Some("Status")).then(|| serde_json::from_slice(body).ok()).flatten()
}

fn describe(code: StatusCode, headers: &HeaderMap) -> String {
    let reason = code.canonical_reason().unwrap_or_default();
    let mut text = format!("the server answered {} {reason}", code.as_u16());
    text.truncate(text.trim_end().len());
    if code.is_redirection() {
        text.push_str(", and redirects are not followed");
    } else if let Some(media_type) = media_type(headers) {
        text.push_str(" with ");
        text.push_str(&media_type);
        if !media_type.contains("json") {
            text.push_str(" instead of a Status object");
        }
    }
    text
}

/// The media type of a body, where there is one that may be shown.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let value = value.split(';').next().unwrap_or_default().trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/+.-".contains(c);
    (!value.is_empty() && value.len() <= 64 && value.chars().all(plain)).then(|| value.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn headers(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    fn answered(code: u16, reason: &str) -> Error {
        let body = format!(
            r#"{{"kind":"Status","apiVersion":"v1","status":"Failure","message":"said so","reason":"{reason}","code":{code}}}"#
        );
        failure(StatusCode::from_u16(code).unwrap(), &HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn each_failure_of_the_server_answers_its_question() {
        assert!(answered(401, "Unauthorized").is_unauthorized());
        assert!(answered(403, "Forbidden").is_forbidden());
        assert!(answered(404, "NotFound").is_not_found());
        assert!(answered(409, "AlreadyExists").is_already_exists());
        assert!(answered(409, "Conflict").is_conflict());
        assert!(answered(410, "Expired").is_gone());
        assert!(answered(422, "Invalid").is_invalid());
        assert!(answered(429, "TooManyRequests").is_too_many_requests());
        let error = answered(500, "InternalError");
        assert_eq!((error.kind(), error.code()), (ErrorKind::Status, Some(500)));
        assert_eq!(error.to_string(), "said so");
    }

    #[test]
    fn a_page_of_html_is_told_by_its_code_and_type_and_never_shown() {
        let html = headers(&[(header::CONTENT_TYPE, "text/html; charset=utf-8")]);
        let error = failure(StatusCode::BAD_GATEWAY, &html, b"<html>hunter2</html>");
        assert_eq!(error.code(), Some(502));
        assert_eq!(
            error.to_string(),
            "the server answered 502 Bad Gateway with text/html instead of a Status object"
        );
        let error = decode::<serde_json::Value>(&html, b"<html>hunter2</html>").unwrap_err();
        assert_eq!(error.to_string(), "the server answered with text/html instead of JSON");
        let strange = headers(&[(header::CONTENT_TYPE, "hunter2 or not")]);
        let error = failure(StatusCode::NOT_FOUND, &strange, b"hunter2");
        assert_eq!(error.to_string(), "the server answered 404 Not Found");
        assert!(error.is_not_found());
    }

    #[test]
    fn a_redirect_is_an_error_that_says_so() {
        let error = failure(StatusCode::FOUND, &HeaderMap::new(), b"");
        assert_eq!(error.to_string(), "the server answered 302 Found, and redirects are not followed");
    }

    #[test]
    fn the_retry_after_header_goes_into_the_status() {
        let five = headers(&[(header::RETRY_AFTER, "5")]);
        let error = failure(StatusCode::SERVICE_UNAVAILABLE, &five, b"");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(5)));
        let body = br#"{"kind":"Status","apiVersion":"v1","code":429,"details":{"retryAfterSeconds":2}}"#;
        let error = failure(StatusCode::TOO_MANY_REQUESTS, &five, body);
        assert_eq!(error.retry_after(), Some(Duration::from_secs(2)));
        let queue = headers(&[
            (header::HeaderName::from_static("x-kubernetes-pf-flowschema-uid"), "f-1"),
            (header::HeaderName::from_static("x-kubernetes-pf-prioritylevel-uid"), "p-1"),
        ]);
        let text = format!("{:#}", failure(StatusCode::TOO_MANY_REQUESTS, &queue, body));
        assert!(text.ends_with(": flow schema f-1, priority level p-1"), "{text}");
    }

    #[test]
    fn a_failure_with_the_code_200_is_still_a_failure() {
        let body = br#"{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Expired","code":410}"#;
        let error = decode::<serde_json::Value>(&HeaderMap::new(), body).unwrap_err();
        assert!(error.is_gone());
        let success = br#"{"kind":"Status","apiVersion":"v1","status":"Success"}"#;
        assert!(decode::<serde_json::Value>(&HeaderMap::new(), success).is_ok());
    }

    #[test]
    fn a_body_that_does_not_fit_is_not_quoted() {
        let error = decode::<i32>(&HeaderMap::new(), br#""hunter2""#).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(!format!("{error:#}").contains("hunter2"), "{error:#}");
        let error = decode::<i32>(&HeaderMap::new(), b"").unwrap_err();
        assert_eq!(error.to_string(), "the answer is empty");
    }
}
