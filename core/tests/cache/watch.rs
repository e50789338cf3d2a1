//! The raw watch.

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use k8s_openapi::api::core::v1::ConfigMap;
use kubist::watch::{WatchEvent, events};
use kubist::{Error, ErrorKind, Result};

use crate::support::{bad, body, bookmark, event, status};

/// The events of a body that comes in these chunks, each as a line.
async fn read(chunks: Vec<Result<Bytes>>) -> Vec<String> {
    let events = events::<ConfigMap, _>(stream::iter(chunks));
    let lines = events.map(|event| match event {
        Ok(WatchEvent::Added(map)) => format!("added {}", map.metadata.name.unwrap_or_default()),
        Ok(WatchEvent::Undecodable(bad)) => format!("bad {}", bad.key),
        Ok(WatchEvent::Error(error)) => format!("the server says {error}"),
        Ok(event) => format!("{event:?}"),
        Err(error) => format!("{:?} error: {error}", error.kind()),
    });
    lines.collect().await
}

#[tokio::test]
async fn events_are_the_same_wherever_the_chunks_end() {
    let whole: Vec<u8> = [
        event("ADDED", &body("a", 1)),
        event("MODIFIED", &bad("b", 2)),
        bookmark(3),
        event("ERROR", &status(410, "Expired")),
    ]
    .concat();
    let expected = [
        "added a",
        "bad shop/b",
        "Bookmark { resource_version: \"3\", initial_events_end: false }",
        "the server says answer 410",
    ];
    for cut in 0..=whole.len() {
        let (head, tail) = whole.split_at(cut);
        let chunks = [head, tail].map(|chunk| Ok(Bytes::copy_from_slice(chunk)));
        assert_eq!(read(chunks.into()).await, expected, "cut at {cut}");
    }
}

#[tokio::test]
async fn an_end_inside_of_an_event_is_a_lost_connection() {
    let half = event("ADDED", &body("b", 2)).slice(..20);
    let told = read(vec![Ok(event("ADDED", &body("a", 1))), Ok(half)]).await;
    assert_eq!(told, ["added a", "Transport error: watch ended in the middle of an event"]);
}

#[tokio::test]
async fn nothing_comes_after_an_error() {
    let lost = Err(Error::new(ErrorKind::Transport, "connection reset"));
    let told = read(vec![lost, Ok(event("ADDED", &body("a", 1)))]).await;
    assert_eq!(told, ["Transport error: connection reset"]);
    let broken = Ok(Bytes::from_static(b"{]\n"));
    let told = read(vec![broken, Ok(event("ADDED", &body("a", 1)))]).await;
    assert_eq!(told, ["Decode error: watch event cannot be decoded: it is not JSON (line 1, column 2)"]);
}
