//! Rows C2 and C7 of the table of faults, for writes: what may be sent again, and how its answer is settled.

use std::time::Duration;

use kubist::ErrorKind;
use kubist::rest::{DeleteParams, PatchType, Request, RetryPolicy, WriteParams};
use serde_json::{Value, json};

use crate::fake::{Answer, Fake, status};
use crate::website::Website;

fn stored(version: &str, bucket: &str) -> Value {
    json!({
        "apiVersion": "example.com/v1", "kind": "Website",
        "metadata": {"name": "front", "namespace": "shop", "uid": "u", "resourceVersion": version},
        "spec": {"bucket": bucket, "replicas": 1},
    })
}

fn site(version: &str) -> Website {
    serde_json::from_value(stored(version, "new")).unwrap()
}

fn ok(body: &Value) -> Answer {
    Answer::json(200, body)
}

fn refused(code: u16, reason: &str) -> Answer {
    Answer::json(code, &status(code, reason, "front"))
}

const PUT: &str = "PUT /apis/example.com/v1/namespaces/shop/websites/front";
const GET: &str = "GET /apis/example.com/v1/namespaces/shop/websites/front";
const DELETE: &str = "DELETE /apis/example.com/v1/namespaces/shop/websites/front";

#[tokio::test(start_paused = true)]
async fn c2_a_guarded_write_that_broke_is_sent_again() {
    for failure in [
        Answer::Broken,
        refused(500, "InternalError"),
        refused(502, ""),
        refused(503, ""),
        refused(504, "Timeout"),
    ] {
        let fake = Fake::script([failure, ok(&stored("8", "new"))]);
        let api = fake.client().namespaced::<Website>("shop");
        api.replace(&site("7")).await.unwrap();
        assert_eq!(fake.lines(), [PUT, PUT]);
    }
}

#[tokio::test(start_paused = true)]
async fn c2_a_replayed_write_whose_first_was_carried_out_is_a_success_after_one_look() {
    let fake = Fake::script([Answer::Broken, refused(409, "Conflict"), ok(&stored("8", "new"))]);
    let written = fake.client().namespaced::<Website>("shop").replace(&site("7")).await.unwrap();
    assert_eq!(written.metadata.resource_version.as_deref(), Some("8"));
    assert_eq!(fake.lines(), [PUT, PUT, GET]);
}

#[tokio::test(start_paused = true)]
async fn c2_a_replayed_write_that_nobody_can_tell_is_an_unknown_outcome_and_a_conflict() {
    // Somebody else wrote: after ours, or instead of it.
    let fake = Fake::script([Answer::Broken, refused(409, "Conflict"), ok(&stored("9", "theirs"))]);
    let error = fake.client().namespaced::<Website>("shop").replace(&site("7")).await.unwrap_err();
    assert!(error.is_outcome_unknown() && error.is_conflict(), "{error:?}");
    let codes: Vec<_> = error.attempts().iter().map(|attempt| attempt.code).collect();
    assert_eq!(codes, [None, Some(409)]);
}

#[tokio::test(start_paused = true)]
async fn c2_a_replayed_write_that_never_happened_is_a_plain_conflict() {
    let fake = Fake::script([Answer::Broken, refused(409, "Conflict"), ok(&stored("7", "old"))]);
    let error = fake.client().namespaced::<Website>("shop").replace(&site("7")).await.unwrap_err();
    assert!(!error.is_outcome_unknown() && error.is_conflict(), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn c2_a_conflict_of_a_first_write_is_not_looked_into() {
    let busy = refused(429, "TooManyRequests").with_header("retry-after", "1");
    // A 429 says that nothing was done, so this conflict is no echo either.
    for answers in [vec![refused(409, "Conflict")], vec![busy, refused(409, "Conflict")]] {
        let count = answers.len();
        let fake = Fake::script(answers);
        let error = fake.client().namespaced::<Website>("shop").replace(&site("7")).await.unwrap_err();
        assert!(error.is_conflict() && !error.is_outcome_unknown(), "{error:?}");
        assert_eq!(fake.lines().len(), count);
    }
}

#[tokio::test(start_paused = true)]
async fn c2_a_replayed_delete_of_what_is_gone_is_a_success() {
    for look in [refused(404, "NotFound"), ok(&json!({"metadata": {"name": "front", "uid": "another"}}))] {
        let fake = Fake::script([Answer::Broken, refused(404, "NotFound"), look]);
        let api = fake.client().namespaced::<Website>("shop");
        let left = api.delete_with("front", &DeleteParams::default().uid("u")).await.unwrap();
        assert!(left.is_none());
        assert_eq!(fake.lines(), [DELETE, DELETE, GET]);
    }
}

#[tokio::test(start_paused = true)]
async fn c2_a_delete_without_a_precondition_is_not_repeated() {
    let fake = Fake::script([Answer::Broken]);
    let error = fake.client().namespaced::<Website>("shop").delete("front").await.unwrap_err();
    assert!(error.is_outcome_unknown());
}

#[tokio::test(start_paused = true)]
async fn c2_a_write_that_broke_and_then_met_a_server_that_is_down_has_an_unknown_outcome() {
    let down = refused(429, "TooManyRequests").with_header("retry-after", "600");
    let fake = Fake::script([Answer::Broken, down]);
    let error = fake.client().namespaced::<Website>("shop").replace(&site("7")).await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error:?}");
    let text = format!("{error:#}");
    assert!(text.contains("outcome unknown") && text.contains("gave up after 2 tries"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn c7_a_guarded_patch_is_repeated_and_an_unguarded_one_is_not() {
    let path = "/apis/example.com/v1/namespaces/shop/websites/front";
    let guarded = json!({"metadata": {"resourceVersion": "7"}, "spec": {"bucket": "new"}});
    let test = json!([{"op": "test", "path": "/metadata/resourceVersion", "value": "7"}]);
    for (patch_type, body) in [(PatchType::Merge, guarded), (PatchType::Json, test)] {
        let fake = Fake::script([Answer::Broken, ok(&stored("8", "new"))]);
        fake.client().rest().bytes(Request::patch(path, patch_type, body.to_string())).await.unwrap();
        assert_eq!(fake.lines().len(), 2);
    }
    let fake = Fake::script([Answer::Broken]);
    let plain = json!({"spec": {"bucket": "new"}}).to_string();
    let error = fake.client().rest().bytes(Request::patch(path, PatchType::Merge, plain)).await.unwrap_err();
    assert!(error.is_outcome_unknown());
}

#[tokio::test(start_paused = true)]
async fn c7_a_dry_run_changes_nothing_and_is_repeated() {
    let fake = Fake::script([Answer::Broken, ok(&stored("8", "new"))]);
    let api = fake.client().namespaced::<Website>("shop");
    api.create_with(&Website::new("front", "b"), &WriteParams::default().dry_run()).await.unwrap();
    let fake = Fake::new(|_| Answer::Broken);
    let api = fake.client().namespaced::<Website>("shop");
    let error =
        api.create_with(&Website::new("front", "b"), &WriteParams::default().dry_run()).await.unwrap_err();
    assert!(!error.is_outcome_unknown());
    assert_eq!(fake.lines().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn the_error_tells_what_was_tried_and_the_policy_is_the_callers() {
    let fake = Fake::script([Answer::Broken, refused(503, "ServiceUnavailable"), refused(504, "Timeout")]);
    let client = fake.client().with_retry(RetryPolicy::default().tries(3));
    let error = client.server_version().await.unwrap_err();
    assert_eq!(error.code(), Some(504));
    let attempts = error.attempts();
    let codes: Vec<_> = attempts.iter().map(|attempt| attempt.code).collect();
    assert_eq!(codes, [None, Some(503), Some(504)]);
    assert!(attempts[0].began.is_zero() && attempts[1].began >= Duration::from_millis(50));
    let text = format!("{error:#}");
    assert!(text.starts_with("get the server's version: gave up after 3 tries in "), "{text}");
    assert!(text.contains(", before that answered 503 and the connection broke"), "{text}");
    assert!(text.ends_with(": answered 504"), "{text}");

    let fake = Fake::script([Answer::Broken]);
    let error = fake.client().with_retry(RetryPolicy::never()).server_version().await.unwrap_err();
    assert_eq!((error.attempts().len(), error.kind()), (1, ErrorKind::Transport));
    assert!(!error.to_string().contains("tries"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_timeout_bounds_all_tries_and_is_told_to_the_server() {
    let fake = Fake::new(|_| Answer::status(503, "ServiceUnavailable").with_header("retry-after", "4"));
    let start = tokio::time::Instant::now();
    let request = Request::get("/api/v1/nodes").timeout(Duration::from_secs(10));
    let error = fake.client().rest().bytes(request).await.unwrap_err();
    assert_eq!(error.code(), Some(503));
    assert!(start.elapsed() <= Duration::from_secs(10));
    assert_eq!(fake.lines(), ["GET /api/v1/nodes?timeout=10s"; 3]);

    let fake = Fake::new(|_| Answer::Never);
    let start = tokio::time::Instant::now();
    let request = Request::get("/api/v1/nodes").timeout(Duration::from_secs(10));
    assert!(fake.client().rest().bytes(request).await.unwrap_err().is_timeout());
    assert_eq!(start.elapsed(), Duration::from_secs(10));
}
