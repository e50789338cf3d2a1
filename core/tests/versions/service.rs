use std::convert::Infallible;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, StreamBody};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::converter::review;
use crate::website::converter;

async fn answer(method: &str, body: impl Into<Bytes>) -> (Response<()>, Bytes) {
    let request = Request::builder().method(method).uri("/convert").body(Full::new(body.into())).unwrap();
    let answer: Result<_, Infallible> = converter().service().bytes_max(2000).oneshot(request).await;
    let (parts, body) = answer.unwrap().into_parts();
    (Response::from_parts(parts, ()), body.collect().await.unwrap().to_bytes())
}

#[tokio::test]
async fn a_review_is_answered_with_a_review() {
    let (response, body) = answer("POST", review("example.com/v1", &json!([])).to_string()).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "application/json");
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["response"]["result"]["status"], "Success");
}

#[tokio::test]
async fn what_is_no_review_is_refused_with_a_text() {
    let (response, body) = answer("POST", "{").await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert!(body.starts_with(b"the conversion review cannot be decoded"), "{body:?}");
    let (response, _) = answer("GET", "").await;
    assert_eq!(
        (response.status(), &response.headers()["allow"]),
        (StatusCode::METHOD_NOT_ALLOWED, &"POST".parse().unwrap())
    );
    let (response, body) = answer("POST", vec![b' '; 2001]).await;
    assert_eq!(
        (response.status(), &*body),
        (StatusCode::PAYLOAD_TOO_LARGE, &b"the review is longer than 2000 bytes"[..])
    );
}

#[tokio::test]
async fn a_request_that_breaks_off_is_refused() {
    let broken =
        futures_util::stream::iter([Err::<http_body::Frame<Bytes>, _>(std::io::Error::other("gone"))]);
    let request = Request::post("/").body(StreamBody::new(broken)).unwrap();
    let response = converter().service().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
}
