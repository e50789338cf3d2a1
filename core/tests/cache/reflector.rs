//! Rules 35 to 51 of client-go's reflector, as scripts.

use std::sync::Arc;
use std::time::Duration;

use kubist::Error;
use kubist::error::ErrorKind;
use kubist::reflector::{Reflector, ReflectorOptions};
use serde_json::{Value, json};

use crate::support::record::Notes;
use crate::support::script::{Reply, Script};
use crate::support::{bad, body, bookmark, event, list, map, page, refused, status};

fn ok(chunks: Vec<bytes::Bytes>) -> Reply {
    Reply::Body(chunks.into_iter().map(Ok).collect())
}

fn first_list(version: u64) -> (&'static str, Reply) {
    ("list rv=0 limit=500", ok(vec![list(version, &[])]))
}

fn begun(version: u64) -> Script {
    let (question, reply) = first_list(version);
    Script::new().expect(question, reply)
}

fn hang() -> Reply {
    Reply::Hang(Vec::new())
}

/// Runs a reflector until the script is through, and gives back what the sink was told.
async fn run(script: Script) -> Vec<String> {
    run_into(script, Notes::default()).await
}

async fn run_into(script: Script, notes: Notes) -> Vec<String> {
    let options = ReflectorOptions::default().seed(1);
    let reflector = Reflector::with_options(script.clone(), notes.clone(), options);
    let done = async {
        script.done().await;
        // What the last answer brings is read before the next question would be asked.
        tokio::time::sleep(Duration::from_millis(1)).await;
    };
    reflector.run_until(done).await.expect("it goes on until it is stopped");
    notes.record.lines()
}

fn too_large() -> Error {
    let mut answer = status(504, "Timeout");
    answer["details"] = json!({"causes": [{"reason": "ResourceVersionTooLarge"}]});
    Error::from_status(serde_json::from_value(answer).expect("a status"))
}

#[tokio::test(start_paused = true)]
async fn the_first_list_is_of_any_version_and_the_watch_goes_on_from_it() {
    let script = Script::new()
        .expect("list rv=0 limit=500", ok(vec![list(10, &[body("a", 3), body("b", 7)])]))
        .expect("watch rv=10", hang());
    assert_eq!(run(script).await, ["replace [\"a@3\", \"b@7\"] at 10"]);
}

#[tokio::test(start_paused = true)]
async fn a_later_list_is_at_the_last_version_or_newer() {
    let failing = status(500, "InternalError");
    let script = begun(5)
        .expect("watch rv=5", ok(vec![event("ADDED", &body("a", 6)), event("ERROR", &failing)]))
        .expect("list rv=6", ok(vec![list(9, &[])]))
        .expect("watch rv=9", hang());
    let told = run(script).await;
    assert_eq!(told, ["replace [] at 5", "add a@6", "at 6", "replace [] at 9"]);
}

#[tokio::test(start_paused = true)]
async fn expired_watch_relists_at_the_last_version_and_then_at_any_when_that_expired_too() {
    let script = begun(5)
        .expect("watch rv=5", ok(vec![event("ERROR", &status(410, "Expired"))]))
        .expect("list rv=5", Reply::Refuse(refused(410, "Expired")))
        .expect("list limit=500", ok(vec![list(20, &[])]))
        .expect("watch rv=20", Reply::Refuse(refused(410, "Gone")))
        .expect("list rv=20", ok(vec![list(21, &[])]))
        .expect("watch rv=21", hang());
    run(script.clone()).await;
    let times = script.times();
    assert_eq!(times[2], times[3], "the list at any version is asked for at once");
    assert!(times[2] - times[1] >= 800, "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn a_version_that_is_too_large_is_given_up_each_time_it_is_met() {
    let ended = || ok(vec![event("ERROR", &status(410, "Expired"))]);
    let script = Script::new()
        .expect("list rv=0 limit=500", ok(vec![list(20, &[])]))
        .expect("watch rv=20", ended())
        .expect("list rv=20", Reply::Refuse(too_large()))
        .expect("list limit=500", ok(vec![list(30, &[])]))
        .expect("watch rv=30", ended())
        .expect("list rv=30", Reply::Refuse(too_large()))
        .expect("list limit=500", ok(vec![list(40, &[])]))
        .expect("watch rv=40", hang());
    run(script).await;
}

#[tokio::test(start_paused = true)]
async fn pages_are_put_together_and_handed_on_as_one_list() {
    let script = Script::new()
        .expect("list rv=0 limit=500", ok(vec![page(10, Some("x"), &[body("a", 1)])]))
        .expect("list limit=500 continue=x", ok(vec![page(10, Some("y"), &[body("b", 2)])]))
        .expect("list limit=500 continue=y", ok(vec![page(10, None, &[body("c", 3)])]))
        .expect("watch rv=10", ok(vec![event("ERROR", &status(410, "Expired"))]))
        // The server pages although it could answer from memory, so pages are asked for from now on.
        .expect("list rv=10 limit=500", ok(vec![list(11, &[])]))
        .expect("watch rv=11", hang());
    let told = run(script).await;
    assert_eq!(told, ["replace [\"a@1\", \"b@2\", \"c@3\"] at 10", "replace [] at 11"]);
}

#[tokio::test(start_paused = true)]
async fn an_expired_token_on_a_later_page_is_one_full_list() {
    let script = Script::new()
        .expect("list rv=0 limit=500", ok(vec![page(10, Some("x"), &[body("a", 1)])]))
        .expect("list limit=500 continue=x", Reply::Refuse(refused(410, "Expired")))
        .expect("list rv=0", ok(vec![list(12, &[body("b", 2)])]))
        .expect("watch rv=12", hang());
    assert_eq!(run(script).await, ["replace [\"b@2\"] at 12"]);
}

#[tokio::test(start_paused = true)]
async fn a_watch_asks_for_five_to_ten_minutes_at_random() {
    let (mut script, mut expected) = (begun(5), Vec::new());
    for version in 6..40_u64 {
        script = script.expect(&format!("watch rv={}", version - 1), ok(vec![bookmark(version)]));
        expected.push(format!("at {version}"));
    }
    script = script.expect("watch rv=39", hang());
    assert_eq!(run(script.clone()).await[1..], expected);
    let timeouts = script.watch_timeouts();
    let range = Duration::from_secs(300)..Duration::from_secs(600);
    assert!(timeouts.iter().all(|timeout| range.contains(timeout)), "{timeouts:?}");
    let distinct: std::collections::BTreeSet<_> = timeouts.iter().collect();
    assert!(distinct.len() > timeouts.len() / 2, "{timeouts:?}");
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_cannot_connect_is_tried_again_at_the_same_version_with_growing_waits() {
    let unreachable = || Reply::Refuse(Error::new(ErrorKind::Transport, "connection refused"));
    let slow_down = || Reply::Refuse(refused(429, "TooManyRequests"));
    let script = begun(5)
        .expect("watch rv=5", unreachable())
        .expect("watch rv=5", slow_down())
        .expect("watch rv=5", ok(vec![event("ERROR", &status(429, "TooManyRequests"))]))
        .expect("watch rv=5", hang());
    run(script.clone()).await;
    let times = script.times();
    for (attempt, base) in [(1, 800), (2, 1600), (3, 3200)] {
        let waited = times[attempt + 1] - times[attempt];
        assert!((base..=2 * base).contains(&waited), "attempt {attempt}: {times:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_servers_own_waiting_time_is_the_least_to_wait() {
    let mut answer = status(429, "TooManyRequests");
    answer["details"] = json!({"retryAfterSeconds": 60});
    let error = Error::from_status(serde_json::from_value(answer).expect("a status"));
    let script = Script::new()
        .expect("list rv=0 limit=500", Reply::Refuse(error))
        .expect("list rv=0 limit=500", ok(vec![list(5, &[])]))
        .expect("watch rv=5", hang());
    run(script.clone()).await;
    assert_eq!(script.times()[1], 60_000);
}

#[tokio::test(start_paused = true)]
async fn the_servers_own_waiting_time_has_a_limit() {
    let mut answer = status(429, "TooManyRequests");
    answer["details"] = json!({"retryAfterSeconds": i32::MAX});
    let error = Error::from_status(serde_json::from_value(answer).expect("a status"));
    let script = Script::new()
        .expect("list rv=0 limit=500", Reply::Refuse(error))
        .expect("list rv=0 limit=500", ok(vec![list(5, &[])]))
        .expect("watch rv=5", hang());
    run(script.clone()).await;
    assert_eq!(script.times()[1], 300_000);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_fails_is_tried_again_and_the_first_try_is_at_once() {
    let refuse = || Reply::Refuse(refused(403, "Forbidden"));
    let script = Script::new()
        .expect("list rv=0 limit=500", refuse())
        .expect("list rv=0 limit=500", refuse())
        .expect("list rv=0 limit=500", ok(vec![list(5, &[])]))
        .expect("watch rv=5", hang());
    run(script.clone()).await;
    let times = script.times();
    assert_eq!(times[0], 0);
    assert!(times[1] >= 800 && times[2] - times[1] >= 1600, "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_ends_by_itself_goes_on_without_a_list() {
    let script = begun(5)
        .expect("watch rv=5", ok(vec![event("MODIFIED", &body("a", 6))]))
        .expect("watch rv=6", ok(vec![bookmark(8)]))
        .expect("watch rv=8", hang());
    run(script.clone()).await;
    assert_eq!(script.times()[3], 0, "and without a wait");
}

#[tokio::test(start_paused = true)]
async fn a_very_short_watch_without_an_event_waits_and_lists() {
    let script = begun(5)
        .expect("watch rv=5", ok(Vec::new()))
        .expect("list rv=5", ok(vec![list(5, &[])]))
        .expect("watch rv=5", ok(Vec::new()))
        .expect("list rv=5", ok(vec![list(5, &[])]))
        .expect("watch rv=5", hang());
    run(script.clone()).await;
    let times = script.times();
    assert!(times[2] - times[1] >= 800 && times[4] - times[3] >= 1600, "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn a_connection_lost_before_the_first_event_waits_and_lists_only_when_it_is_lost_again() {
    let lost_now = || Err(Error::new(ErrorKind::Transport, "connection reset"));
    let lost = || Reply::Body(vec![lost_now()]);
    let script = begun(5)
        .expect("watch rv=5", lost())
        .expect("watch rv=5", lost())
        .expect("list rv=5", ok(vec![list(6, &[])]))
        .expect("watch rv=6", lost())
        .expect("watch rv=6", Reply::Body(vec![Ok(bookmark(7)), lost_now()]))
        .expect("watch rv=7", lost())
        .expect("watch rv=7", hang());
    run(script.clone()).await;
    let times = script.times();
    for (attempt, base) in [(1, 800), (2, 1600), (4, 3200), (6, 6400)] {
        assert!(times[attempt + 1] - times[attempt] >= base, "attempt {attempt}: {times:?}");
    }
    assert_eq!(times[5], times[6], "what brought something goes on at once");
}

#[tokio::test(start_paused = true)]
async fn an_event_that_says_nothing_new_is_no_progress() {
    let script = begun(5)
        .expect("watch rv=5", ok(vec![event("MODIFIED", &body("a", 5))]))
        .expect("list rv=5", ok(vec![list(5, &[])]))
        .expect("watch rv=5", hang());
    run(script.clone()).await;
    assert!(script.times()[2] >= 800);
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_breaks_inside_an_event_goes_on_at_the_last_whole_one() {
    let whole = event("ADDED", &body("a", 6));
    let half = event("ADDED", &body("b", 7)).slice(..40);
    let lost = Error::new(ErrorKind::Transport, "connection reset");
    let script = begun(5)
        .expect("watch rv=5", ok(vec![whole, half.clone()]))
        .expect("watch rv=6", Reply::Body(vec![Ok(event("ADDED", &body("b", 7))), Ok(half), Err(lost)]))
        .expect("watch rv=7", hang());
    let told = run(script).await;
    assert_eq!(told[1..], ["add a@6", "at 6", "add b@7", "at 7"]);
}

#[tokio::test(start_paused = true)]
async fn what_follows_a_broken_line_is_not_believed() {
    let broken = bytes::Bytes::from_static(b"{\"type\":\"ADDED\",\"object\":{\"metadata\":{\n");
    let script = begun(5)
        .expect("watch rv=5", ok(vec![broken, event("ADDED", &body("b", 7))]))
        .expect("list rv=5", ok(vec![list(7, &[body("a", 6), body("b", 7)])]))
        .expect("watch rv=7", hang());
    let told = run(script).await;
    assert_eq!(told, ["replace [] at 5", "replace [\"a@6\", \"b@7\"] at 7"]);
}

#[tokio::test(start_paused = true)]
async fn a_bookmark_moves_the_version_and_tells_nothing_else() {
    let script =
        begun(5).expect("watch rv=5", ok(vec![bookmark(8), bookmark(9)])).expect("watch rv=9", hang());
    assert_eq!(run(script).await, ["replace [] at 5", "at 8", "at 9"]);
}

#[tokio::test(start_paused = true)]
async fn an_unknown_event_type_moves_the_version() {
    let script = begun(5)
        .expect("watch rv=5", ok(vec![event("EXPLODED", &body("a", 6))]))
        .expect("watch rv=6", hang());
    assert_eq!(run(script).await, ["replace [] at 5", "at 6"]);
}

#[tokio::test(start_paused = true)]
async fn a_watch_from_no_version_publishes_none_before_the_first_real_change() {
    let initial = |version| event("ADDED", &body("a", version));
    let script = Script::new()
        .expect("list rv=0 limit=500", ok(vec![list(0, &[])]))
        .expect("watch rv=0", Reply::Hang(vec![initial(9), initial(4), event("MODIFIED", &body("a", 10))]));
    let told = run(script).await;
    assert_eq!(told[1..], ["add a@9", "add a@4", "update a@10", "at 10"]);
}

#[tokio::test(start_paused = true)]
async fn a_bad_object_that_a_watch_from_no_version_begins_with_publishes_no_version() {
    let mut refused: Value = body("b", 9);
    refused["data"]["refuse"] = json!("yes");
    let events = vec![event("ADDED", &bad("a", 9)), event("ADDED", &refused), event("ADDED", &body("c", 4))];
    let script = Script::new()
        .expect("list rv=0 limit=500", ok(vec![list(0, &[])]))
        .expect("watch rv=0", Reply::Hang(events));
    assert_eq!(run(script).await[1..], ["add c@4"]);
}

#[tokio::test(start_paused = true)]
async fn the_version_to_go_on_from_never_moves_back_within_a_watch() {
    let events = vec![event("MODIFIED", &body("a", 9)), event("MODIFIED", &body("b", 7))];
    let script = begun(5).expect("watch rv=5", ok(events)).expect("watch rv=9", hang());
    run(script).await;
}

#[tokio::test(start_paused = true)]
async fn an_object_that_the_sink_has_is_handed_back_and_not_decoded() {
    let mut unreadable = bad("a", 3);
    unreadable["metadata"]["uid"] = json!("uid-a");
    let known = Arc::new(map("a", 3));
    let script = Script::new()
        .expect("list rv=0 limit=500", ok(vec![list(10, &[unreadable, body("b", 7)])]))
        .expect("watch rv=10", hang());
    let notes = Notes { known: vec![known, Arc::new(map("b", 6))], ..Notes::default() };
    let told = run_into(script, notes).await;
    assert_eq!(told, ["replace [\"a@3 kept\", \"b@7\"] at 10"]);
}

#[tokio::test(start_paused = true)]
async fn a_bad_object_in_a_list_keeps_its_last_state_unless_it_is_another_object() {
    let mut other: Value = bad("b", 9);
    other["metadata"]["uid"] = json!("uid-other");
    let items = [bad("a", 8), other, bad("c", 9), body("d", 9)];
    let script =
        Script::new().expect("list rv=0 limit=500", ok(vec![list(10, &items)])).expect("watch rv=10", hang());
    let notes = Notes { known: vec![Arc::new(map("a", 3)), Arc::new(map("b", 4))], ..Notes::default() };
    let told = run_into(script, notes).await;
    assert_eq!(told, ["replace [\"a@3 kept\", \"d@9\"] at 10"]);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_no_list_never_empties_the_sink() {
    let table = json!({"kind": "Table", "metadata": {"resourceVersion": "9"}, "rows": []});
    let script = Script::new()
        .expect("list rv=0 limit=500", ok(vec![table.to_string().into()]))
        .expect("list rv=0 limit=500", ok(vec![status(410, "Expired").to_string().into()]))
        .expect("list limit=500", ok(vec!["<html>".into()]))
        .expect("list limit=500", ok(vec![list(5, &[])]))
        .expect("watch rv=5", hang());
    assert_eq!(run(script).await, ["replace [] at 5"]);
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_never_ends_is_given_up_a_little_after_its_time() {
    let script = begun(5).expect("watch rv=5", hang()).expect("watch rv=5", hang());
    run(script.clone()).await;
    let (times, asked) = (script.times(), script.watch_timeouts());
    assert_eq!(times[2] - times[1], (asked[0] + Duration::from_secs(30)).as_millis());
}

#[tokio::test(start_paused = true)]
async fn a_watch_is_asked_for_at_most_a_day_and_as_much_again() {
    let script = begun(5).expect("watch rv=5", hang());
    let options = ReflectorOptions::default().watch_timeout_min(Duration::MAX);
    let reflector = Reflector::with_options(script.clone(), Notes::default(), options);
    reflector.run_until(script.done()).await.unwrap();
    let day = Duration::from_secs(24 * 3600);
    assert!((day..2 * day).contains(&script.watch_timeouts()[0]));
}

#[tokio::test(start_paused = true)]
async fn a_running_reflector_is_looked_at_through_its_status_reader() {
    let (script, feed) = Script::serving(5, &[bad("a", 3)]);
    let reflector = Reflector::new(script, Notes::default());
    let status = reflector.status_reader();
    assert!(!status.get().watching && format!("{status:?}").contains("lists: 0"));
    let shutdown = async {
        tokio::time::sleep(Duration::from_millis(1)).await;
        let now = status.clone().get();
        assert!(now.watching);
        assert_eq!((now.lists, now.watches, now.poisoned.len()), (1, 1, 1));
        feed.send(event("DELETED", &bad("a", 6))).unwrap();
        tokio::time::sleep(Duration::from_millis(1)).await;
    };
    reflector.run_until(shutdown).await.unwrap();
    assert!(status.get().poisoned.is_empty(), "it can be read when the reflector is gone");
}

#[tokio::test(start_paused = true)]
async fn stopping_ends_without_an_error_and_closes_the_watch() {
    let (script, feed) = Script::serving(5, &[]);
    run(script).await;
    feed.closed().await;
}

#[tokio::test(start_paused = true)]
async fn a_list_that_is_refused_before_it_is_sent_ends_the_reflector() {
    let script = Script::new()
        .expect("list rv=0 limit=500", Reply::Refuse(Error::invalid("namespace must not be empty")));
    let reflector = Reflector::new(script, Notes::default());
    let error = reflector.run_until(std::future::pending()).await.unwrap_err();
    assert!(error.is_invalid());
}

#[tokio::test(start_paused = true)]
async fn a_deletion_that_the_sink_refuses_is_a_deletion() {
    let mut refused: Value = body("a", 6);
    refused["data"]["refuse"] = json!("yes");
    let script =
        begun(5).expect("watch rv=5", ok(vec![event("DELETED", &refused)])).expect("watch rv=6", hang());
    let told = run(script).await;
    assert_eq!(told[1..], ["delete shop/a unknown", "at 6"]);
}

#[tokio::test(start_paused = true)]
async fn an_object_that_the_sink_refuses_counts_as_bad_and_the_version_moves_past_it() {
    let mut refused: Value = body("a", 6);
    refused["data"]["refuse"] = json!("yes");
    let script = begun(5)
        .expect("watch rv=5", ok(vec![event("ADDED", &refused), event("ADDED", &body("b", 7))]))
        .expect("watch rv=7", hang());
    let told = run(script).await;
    assert_eq!(told[1..], ["at 6", "add b@7", "at 7"]);
}
