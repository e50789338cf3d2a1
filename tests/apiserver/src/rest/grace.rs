//! Pure: how long a deleted object may still be there.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::kinds::Kind;
use crate::meta;
use crate::rest::delete_options::DeleteOptions;

/// What a delete does to the grace period of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grace {
    /// The kind has no grace periods, or this object's is over.
    None,
    /// One is running, and the delete does not shorten it.
    Pending,
    /// One runs from now on, in seconds; 0 is one that is over at once.
    Given(i64),
}

/// Pods on a node get time to stop; everything else goes at once.
pub(crate) fn apply(kind: &Kind, object: &mut Value, options: &DeleteOptions, now: &str) -> Grace {
    if !kind.is("", "pods") {
        return Grace::None;
    }
    if meta::is_being_deleted(object) {
        return shorten(object, options, now);
    }
    let on_node = object["spec"]["nodeName"].as_str().is_some_and(|node| !node.is_empty());
    let over = matches!(object["status"]["phase"].as_str(), Some("Succeeded" | "Failed"));
    let wanted = options.grace.or_else(|| object["spec"]["terminationGracePeriodSeconds"].as_i64());
    let seconds = if on_node && !over { wanted.unwrap_or(0) } else { 0 };
    // A negative period of the pod itself counts as the shortest one.
    let seconds = if seconds < 0 { 1 } else { seconds };
    set(object, after(now, seconds), seconds);
    next_generation(object);
    Grace::Given(seconds)
}

/// A running period can only become shorter.
fn shorten(object: &mut Value, options: &DeleteOptions, now: &str) -> Grace {
    let running = meta::field(object, "deletionGracePeriodSeconds").and_then(Value::as_i64).unwrap_or(0);
    if running == 0 {
        return Grace::None;
    }
    let Some(wanted) = options.grace.filter(|wanted| *wanted < running) else {
        return Grace::Pending;
    };
    let end = after(meta::text(object, "deletionTimestamp"), wanted - running);
    if end.as_str() >= now {
        set(object, end, wanted);
        return Grace::Given(wanted);
    }
    // What is left is over already; who asked for any time gets the shortest.
    let seconds = wanted.min(1);
    set(object, now.to_owned(), seconds);
    Grace::Given(wanted)
}

/// Marks an object as deleted, without a grace period.
pub(crate) fn mark(object: &mut Value, now: &str) {
    if !meta::is_being_deleted(object) {
        next_generation(object);
    }
    let before = meta::text(object, "deletionTimestamp");
    let at = if before.is_empty() || before > now { now } else { before };
    let at = at.to_owned();
    set(object, at, 0);
}

fn set(object: &mut Value, at: String, seconds: i64) {
    let metadata = meta::metadata(object);
    metadata.insert("deletionTimestamp".to_owned(), at.into());
    metadata.insert("deletionGracePeriodSeconds".to_owned(), seconds.into());
}

/// The controllers of an object stop what they do with it: that is a new generation.
fn next_generation(object: &mut Value) {
    let generation = meta::field(object, "generation").and_then(Value::as_i64).unwrap_or(0);
    if generation > 0 {
        meta::metadata(object).insert("generation".to_owned(), (generation + 1).into());
    }
}

fn after(time: &str, seconds: i64) -> String {
    let later = time
        .parse::<Timestamp>()
        .ok()
        .and_then(|time| time.checked_add(SignedDuration::from_secs(seconds)).ok());
    later.map_or_else(|| time.to_owned(), |later| format!("{later:.0}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: &str = "2026-01-01T00:00:10Z";

    #[test]
    fn a_running_period_only_becomes_shorter() {
        let pod = json!({"metadata": {
            "deletionTimestamp": "2026-01-01T00:00:30Z", "deletionGracePeriodSeconds": 30,
        }});
        let shortened = |wanted: Option<i64>| {
            let mut pod = pod.clone();
            let options = DeleteOptions { grace: wanted, ..DeleteOptions::default() };
            let grace = shorten(&mut pod, &options, NOW);
            (
                grace,
                meta::text(&pod, "deletionTimestamp").to_owned(),
                pod["metadata"]["deletionGracePeriodSeconds"].clone(),
            )
        };
        assert_eq!(shortened(None).0, Grace::Pending);
        assert_eq!(shortened(Some(30)).0, Grace::Pending);
        assert_eq!(shortened(Some(20)), (Grace::Given(20), "2026-01-01T00:00:20Z".to_owned(), json!(20)));
        assert_eq!(shortened(Some(5)), (Grace::Given(5), NOW.to_owned(), json!(1)));
        assert_eq!(shortened(Some(0)), (Grace::Given(0), NOW.to_owned(), json!(0)));
    }

    #[test]
    fn a_mark_is_set_once_and_counts_as_a_generation() {
        let mut object = json!({"metadata": {"generation": 1}});
        mark(&mut object, NOW);
        mark(&mut object, "2026-01-01T00:01:00Z");
        assert_eq!(
            object,
            json!({"metadata": {"generation": 2, "deletionTimestamp": NOW, "deletionGracePeriodSeconds": 0}})
        );
    }
}
