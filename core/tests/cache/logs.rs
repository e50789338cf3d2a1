//! What an informer says in the log when something is wrong, and how seldom.

use std::time::Duration;

use k8s_openapi::api::core::v1::ConfigMap;
use kubist::informer::Change;
use kubist::{Error, ErrorKind};
use tokio::time::sleep;

use crate::support::informer::{Informer, reached, send, serving, start};
use crate::support::log::Log;
use crate::support::script::{Reply, Script};
use crate::support::{bad, body, event, list, refused, status};

const LIST: &str = "list rv=0 limit=500";

fn forbidden() -> Reply {
    Reply::Refuse(refused(403, "Forbidden"))
}

fn listed() -> Reply {
    Reply::Body(vec![Ok(list(10, &[]))])
}

/// Lets an informer do what it does in this time.
async fn pass(seconds: u64) {
    sleep(Duration::from_secs(seconds)).await;
}

#[tokio::test(start_paused = true)]
async fn a_list_that_fails_is_said_at_once_when_it_changes_and_once_a_minute() {
    let (log, _guard) = Log::listen();
    let mut script = Script::new();
    for _ in 0..5 {
        script = script.expect(LIST, forbidden());
    }
    script = script.expect(LIST, Reply::Refuse(refused(500, "InternalError")));
    for _ in 0..20 {
        script = script.expect(LIST, Reply::Refuse(refused(500, "InternalError")));
    }
    let _informer = start(&script);
    pass(1).await;
    let first = log.take();
    assert_eq!(
        first,
        ["WARN cannot list or watch, trying again resource=configmaps in \"shop\" \
          error=list configmaps in \"shop\": answer 403"]
    );
    // Four more of the same in less than a minute, then another one.
    while script.asked().len() < 6 {
        pass(1).await;
    }
    let second = log.take();
    assert_eq!(second.len(), 1, "{second:?}");
    assert!(second[0].ends_with("error=list configmaps in \"shop\": answer 500"), "{second:?}");
    pass(600).await;
    let third = log.take();
    assert!((5..=10).contains(&third.len()), "{third:?}");
}

#[tokio::test(start_paused = true)]
async fn what_is_over_is_said_and_leaves_the_status() {
    let (log, _guard) = Log::listen();
    let script = Script::new()
        .expect(LIST, forbidden())
        .expect(LIST, listed())
        .expect("watch rv=10", Reply::Hang(Vec::new()));
    let informer = start(&script);
    sleep(Duration::from_millis(1)).await;
    assert!(informer.status().reflector.last_error.is_some());
    informer.synced().await.unwrap();
    script.done().await;
    assert!(informer.status().reflector.last_error.is_none());
    let lines = log.take();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[1], "INFO lists and watches again resource=configmaps in \"shop\"");
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_is_refused_again_and_again_is_not_taken_for_recovered_by_its_lists() {
    let (log, _guard) = Log::listen();
    let mut script = Script::new().expect(LIST, listed()).expect("watch rv=10", forbidden());
    for _ in 0..3 {
        script = script.expect("list rv=10", listed()).expect("watch rv=10", forbidden());
    }
    let script = script.expect("list rv=10", listed()).expect("watch rv=10", Reply::Hang(Vec::new()));
    let informer = start(&script);
    while script.asked().len() < 8 {
        pass(1).await;
        assert!(informer.status().reflector.last_error.as_ref().is_some_and(Error::is_forbidden));
    }
    script.done().await;
    let lines = log.take();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].ends_with("error=watch configmaps in \"shop\": answer 403"), "{lines:?}");
    assert!(lines[1].starts_with("INFO "), "{lines:?}");
    assert!(informer.status().reflector.last_error.is_none());
}

#[tokio::test(start_paused = true)]
async fn the_ordinary_life_of_a_watch_is_not_worth_a_line() {
    let (log, _guard) = Log::listen();
    let lost = Error::new(ErrorKind::Transport, "connection reset");
    let expired = || event("ERROR", &status(410, "Expired"));
    let script = Script::new()
        .expect(LIST, listed())
        .expect("watch rv=10", Reply::Body(vec![Ok(event("ADDED", &body("a", 11)))]))
        .expect("watch rv=11", Reply::Body(vec![Ok(event("ADDED", &body("b", 12))), Err(lost)]))
        .expect("watch rv=12", Reply::Body(vec![Ok(expired())]))
        .expect("list rv=12", Reply::Refuse(refused(410, "Expired")))
        .expect("list limit=500", Reply::Body(vec![Ok(list(20, &[]))]))
        .expect("watch rv=20", Reply::Hang(Vec::new()));
    let informer = start(&script);
    script.done().await;
    assert!(informer.status().reflector.last_error.is_none());
    informer.stop().await;
    drop(informer);
    assert_eq!(log.take(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_version_that_expires_again_and_again_is_said() {
    let (log, _guard) = Log::listen();
    let expired = || Reply::Body(vec![Ok(event("ERROR", &status(410, "Expired")))]);
    let script = Script::new()
        .expect(LIST, listed())
        .expect("watch rv=10", expired())
        .expect("list rv=10", listed())
        .expect("watch rv=10", expired())
        .expect("list rv=10", listed())
        .expect("watch rv=10", Reply::Hang(Vec::new()));
    let _informer = start(&script);
    script.done().await;
    let lines = log.take();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].ends_with("error=watch configmaps in \"shop\": answer 410"), "{lines:?}");
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_ends_at_once_and_told_nothing_is_said() {
    let (log, _guard) = Log::listen();
    let script = Script::new()
        .expect(LIST, listed())
        .expect("watch rv=10", Reply::Body(Vec::new()))
        .expect("list rv=10", listed())
        .expect("watch rv=10", Reply::Hang(Vec::new()));
    let _informer = start(&script);
    script.done().await;
    let lines = log.take();
    assert!(
        lines[0].ends_with("error=watch configmaps in \"shop\": it ended at once and told nothing"),
        "{lines:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_list_that_can_never_succeed_is_said() {
    let (log, _guard) = Log::listen();
    let script = Script::new().expect(LIST, Reply::Refuse(Error::invalid("namespace must not be empty")));
    let informer = start(&script);
    let error = informer.synced().await.unwrap_err();
    assert_eq!(format!("{error:#}"), "list configmaps in \"shop\": namespace must not be empty");
    assert_eq!(
        log.take(),
        ["WARN cannot list or watch, giving up resource=configmaps in \"shop\" \
          error=list configmaps in \"shop\": namespace must not be empty"]
    );
}

#[tokio::test(start_paused = true)]
async fn each_object_that_cannot_be_decoded_is_said_when_it_becomes_so() {
    let (log, _guard) = Log::listen();
    let (_informer, feed) = {
        let (informer, feed) = serving(&[body("a", 1), bad("x", 2), bad("y", 3)]).await;
        let lines = log.take();
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(
            lines[0].starts_with(
                "WARN cannot decode objects resource=configmaps in \"shop\" count=2 first=shop/x \
                 error=object cannot be decoded: a value does not fit"
            ),
            "{lines:?}"
        );
        feed.send(event("MODIFIED", &bad("x", 11))).unwrap();
        feed.send(event("MODIFIED", &bad("a", 12))).unwrap();
        send(&feed, "ADDED", "b", 13);
        reached(&informer, "13").await;
        (informer, feed)
    };
    let lines = log.take();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains(" count=1 first=shop/a error=object cannot be decoded: "), "{lines:?}");
    assert!(!format!("{lines:?}").contains("hunter2"));
    drop(feed);
}

#[tokio::test(start_paused = true)]
async fn a_panic_of_a_handler_is_said_and_not_each_time() {
    let (log, _guard) = Log::listen();
    let (informer, feed) = serving(&[body("a", 1), body("b", 2)]).await;
    let registration = informer.on(|_: Change<ConfigMap>| panic!("on purpose, hunter2"));
    registration.synced().await.unwrap();
    let line = "WARN a handler panicked, the next change is told as usual resource=configmaps in \"shop\"";
    assert_eq!(log.take(), [format!("{line} panics=1")]);
    pass(61).await;
    send(&feed, "ADDED", "c", 11);
    reached(&informer, "11").await;
    pass(1).await;
    assert_eq!(informer.status().handler_panics, 3);
    assert_eq!(log.take(), [format!("{line} panics=3")]);
}

#[tokio::test(start_paused = true)]
async fn an_informer_that_is_dropped_with_its_handler_before_it_synced_says_so() {
    let (log, _guard) = Log::listen();
    let (script, feed) = Script::serving(10, &[]);
    Informer::builder(script).start().on(|_: Change<ConfigMap>| panic!("must not be called"));
    feed.closed().await;
    assert_eq!(
        log.take(),
        [
            "WARN an informer with handlers ended before it synced: keep the informer, it ends with its last handle \
          resource=configmaps in \"shop\""
        ]
    );
    // Without handlers, or after it was stopped, it is nobody's mistake.
    drop(start(&Script::serving(10, &[]).0));
    let stopped = start(&Script::serving(10, &[]).0);
    stopped.on(|_| ());
    stopped.stop().await;
    drop(stopped);
    let (synced, _feed) = serving(&[]).await;
    synced.on(|_| ());
    drop(synced);
    assert_eq!(log.take(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn an_informer_that_was_stopped_does_not_watch() {
    let (informer, _feed) = serving(&[]).await;
    pass(1).await;
    assert!(informer.status().reflector.watching);
    informer.stop().await;
    assert!(!informer.status().reflector.watching);
}
