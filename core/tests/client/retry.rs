use std::time::Duration;

use kubist::ErrorKind;
use kubist::rest::Request;
use kubist::transport::Deadlines;
use serde_json::json;
use tokio::time::Instant;

use crate::fake::{Answer, Fake};
use crate::website::Website;

fn version() -> Answer {
    Answer::json(200, &json!({"answer": 1}))
}

fn site() -> Answer {
    let metadata = json!({"name": "front"});
    Answer::json(201, &json!({"metadata": metadata, "spec": {"bucket": "b", "replicas": 1}}))
}

#[tokio::test(start_paused = true)]
async fn a_get_is_repeated_after_a_broken_connection_and_after_5xx() {
    for failure in [
        Answer::Broken,
        Answer::status(500, "InternalError"),
        Answer::status(502, ""),
        Answer::status(503, "ServiceUnavailable"),
        Answer::status(504, "Timeout"),
    ] {
        let fake = Fake::script([failure.clone(), failure, version()]);
        fake.client().rest().bytes(Request::get("/version")).await.unwrap();
        assert_eq!(fake.lines().len(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn a_get_gives_up_after_a_few_tries_with_the_last_error() {
    let fake = Fake::new(|_| Answer::Broken);
    let error = fake.client().rest().bytes(Request::get("/version")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!error.is_outcome_unknown());
    assert_eq!(fake.lines().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_post_that_broke_after_sending_is_not_repeated_and_its_outcome_is_unknown() {
    for failure in [Answer::Broken, Answer::status(504, "Timeout"), Answer::Never] {
        let fake = Fake::script([failure]);
        let api = fake.client().namespaced::<Website>("shop");
        let error = api.create(&Website::new("front", "b")).await.unwrap_err();
        assert!(error.is_outcome_unknown(), "{error:?}");
        let text = format!("{error:#}");
        assert!(text.contains("create websites.example.com \"shop/front\": outcome unknown"), "{text}");
        assert_eq!(fake.lines().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_post_that_the_server_refused_for_now_is_repeated_after_the_time_it_asked_for() {
    for code in [429, 503] {
        let busy = Answer::status(code, "").with_header("retry-after", "3");
        let fake = Fake::script([busy.clone(), busy, site()]);
        let start = Instant::now();
        let api = fake.client().namespaced::<Website>("shop");
        api.create(&Website::new("front", "b")).await.unwrap();
        assert_eq!(fake.lines().len(), 3);
        let waited = start.elapsed();
        assert!(waited >= Duration::from_secs(6) && waited < Duration::from_secs(7), "{waited:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_too_long_is_left_to_the_caller() {
    let fake = Fake::script([Answer::status(429, "TooManyRequests").with_header("retry-after", "600")]);
    let error = fake.client().rest().bytes(Request::get("/version")).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(600)));
}

#[tokio::test(start_paused = true)]
async fn a_post_answered_with_503_and_no_retry_after_is_not_repeated() {
    let fake = Fake::script([Answer::status(503, "ServiceUnavailable")]);
    let api = fake.client().namespaced::<Website>("shop");
    let error = api.create(&Website::new("front", "b")).await.unwrap_err();
    assert_eq!(error.code(), Some(503));
    assert_eq!(fake.lines().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_to_be_sent_once_is_sent_once() {
    let fake = Fake::script([Answer::status(429, "TooManyRequests").with_header("retry-after", "1")]);
    let request = Request::get("/version").once();
    assert!(fake.client().rest().bytes(request).await.unwrap_err().is_too_many_requests());
    assert_eq!(fake.lines().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_is_a_timeout_after_the_deadline() {
    let fake = Fake::new(|_| Answer::Never);
    let start = Instant::now();
    let error = fake.client().rest().bytes(Request::get("/version")).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_outcome_unknown(), "{error:?}");
    assert_eq!(start.elapsed().as_secs(), 30);
    let deadlines = Deadlines::unary().headers(Some(Duration::from_secs(2)));
    let request = Request::get("/version").deadlines(deadlines);
    let start = Instant::now();
    let error = fake.client().rest().bytes(request).await.unwrap_err();
    assert_eq!(start.elapsed().as_secs(), 2);
    assert_eq!(error.to_string(), "the server did not answer within 2s");
}
