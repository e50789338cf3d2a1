//! Pure: from the bytes of a frame to an event.

use std::borrow::Cow;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Status;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::error::{Error, ErrorKind};
use crate::resource::Stored;
use crate::watch::header::{header, version};
use crate::watch::items::Head;
use crate::watch::list::name_undecodable;
use crate::watch::{Undecodable, WatchEvent};

/// The annotation that marks the bookmark after the initial objects of a watch.
const INITIAL_EVENTS_END: &str = "k8s.io/initial-events-end";

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct BookmarkMeta<'a> {
    #[serde(borrow)]
    resource_version: Cow<'a, str>,
    #[serde(borrow)]
    annotations: Option<std::collections::HashMap<Cow<'a, str>, Cow<'a, str>>>,
}

/// Decodes one object.
///
/// Bytes that are not UTF-8 are replaced (as client-go does) rather than the object lost; this costs
/// something only when the object could not be read as it is.
///
/// # Errors
///
/// When the bytes are not an object of this type.
pub(crate) fn object<S: Stored>(json: &[u8]) -> Result<S, Error> {
    mended(json).map_err(unreadable)
}

fn mended<S: Stored>(json: &[u8]) -> Result<S, serde_json::Error> {
    S::decode(json).or_else(|error| match String::from_utf8_lossy(json) {
        Cow::Owned(mended) => S::decode(mended.as_bytes()),
        Cow::Borrowed(_) => Err(error),
    })
}

/// Decodes the object of a list at this position, which says what its items are.
///
/// # Errors
///
/// As [`object`], with the object's name.
pub(crate) fn item<S: Stored>(json: &[u8], position: usize, head: Option<&Head>) -> Result<S, Error> {
    let mut item: S = mended(json).map_err(|error| name_undecodable(json, position, &error))?;
    if let Some((api_version, kind)) = head.and_then(|head| head.item_type.as_ref()) {
        item.adopt_type(api_version, kind);
    }
    Ok(item)
}

pub(crate) fn unreadable(error: serde_json::Error) -> Error {
    Error::decode("object", &error)
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(rename = "type", borrow)]
    event_type: Cow<'a, str>,
    #[serde(borrow)]
    object: &'a RawValue,
}

/// The type and the object's bytes, when the frame begins as kube-apiserver writes it.
fn envelope(frame: &[u8]) -> Option<(&str, &[u8])> {
    let rest = frame.strip_prefix(br#"{"type":""#)?;
    // The longest type that is known has eight letters.
    let quote = rest.iter().take(16).position(|byte| *byte == b'"')?;
    let (event_type, rest) = rest.split_at(quote);
    let object = rest.strip_prefix(br#"","object":"#)?;
    let object = object.trim_ascii_end().strip_suffix(b"}")?;
    Some((std::str::from_utf8(event_type).ok()?, object))
}

/// Decodes a frame.
///
/// # Errors
///
/// When the frame is not an event. Nothing is known then about what was missed, so the watch must not go on.
pub(crate) fn event<S: Stored>(frame: &[u8]) -> Result<WatchEvent<S>, Error> {
    if let Some((event_type, object)) = envelope(frame) {
        // The end of the object was guessed; when that does not work out, look properly.
        if let Ok(event) = typed_event(event_type, object)
            && !matches!(
                event,
                WatchEvent::Undecodable(_) | WatchEvent::Unnamed(_) | WatchEvent::Unknown { .. }
            )
        {
            return Ok(event);
        }
    }
    let mended;
    let frame = match std::str::from_utf8(frame) {
        Ok(text) => text,
        Err(_) => {
            mended = String::from_utf8_lossy(frame);
            &*mended
        }
    };
    let envelope: Envelope<'_> =
        serde_json::from_str(frame).map_err(|error| Error::decode("watch event", &error))?;
    typed_event(&envelope.event_type, envelope.object.get().as_bytes())
}

fn typed_event<S: Stored>(event_type: &str, json: &[u8]) -> Result<WatchEvent<S>, Error> {
    match event_type {
        "ADDED" => Ok(changed(json, event_type, WatchEvent::Added)),
        "MODIFIED" => Ok(changed(json, event_type, WatchEvent::Modified)),
        "DELETED" => Ok(changed(json, event_type, WatchEvent::Deleted)),
        "BOOKMARK" => bookmark(json),
        "ERROR" => {
            let status: Status = serde_json::from_slice(json).map_err(unreadable)?;
            Ok(WatchEvent::Error(Error::from_status(status)))
        }
        unknown => {
            Ok(WatchEvent::Unknown { event_type: unknown.to_owned(), resource_version: version(json) })
        }
    }
}

fn changed<S: Stored>(json: &[u8], event_type: &str, event: fn(S) -> WatchEvent<S>) -> WatchEvent<S> {
    match object::<S>(json) {
        Ok(object) if object.stored_meta().name.as_deref().is_none_or(str::is_empty) => {
            WatchEvent::Unnamed(unnamed())
        }
        Ok(object) => event(object),
        Err(error) => match header(json) {
            Ok(header) => WatchEvent::Undecodable(Undecodable {
                key: header.key(),
                uid: header.uid.map(Cow::into_owned),
                resource_version: header.resource_version.into_owned(),
                added: event_type == "ADDED",
                deleted: event_type == "DELETED",
                error,
            }),
            Err(error) => WatchEvent::Unnamed(error),
        },
    }
}

pub(crate) fn unnamed() -> Error {
    Error::new(ErrorKind::Decode, "name of an object cannot be told")
}

fn bookmark<S>(json: &[u8]) -> Result<WatchEvent<S>, Error> {
    #[derive(Deserialize)]
    struct Bookmark<'a> {
        #[serde(borrow)]
        metadata: BookmarkMeta<'a>,
    }
    let Bookmark { metadata } = serde_json::from_slice(json).map_err(unreadable)?;
    let end = metadata
        .annotations
        .is_some_and(|annotations| annotations.get(INITIAL_EVENTS_END).is_some_and(|end| end == "true"));
    Ok(WatchEvent::Bookmark {
        resource_version: metadata.resource_version.into_owned(),
        initial_events_end: end,
    })
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::ConfigMap;

    use super::*;

    const MAP: &str =
        r#"{"metadata":{"name":"a","namespace":"n","uid":"u","resourceVersion":"7"},"data":{"k":"v"}}"#;

    fn decoded(frame: &str) -> Result<WatchEvent<ConfigMap>, Error> {
        event(frame.as_bytes())
    }

    #[test]
    fn an_event_is_read_in_any_order_of_its_keys_and_with_more_of_them() {
        for frame in [
            format!(r#"{{"type":"ADDED","object":{MAP}}}"#),
            format!(r#"{{"type":"ADDED","object":{MAP}}} "#),
            format!(r#"{{"object":{MAP},"type":"ADDED"}}"#),
            format!(r#" {{ "type" : "ADDED", "object" : {MAP} }}"#),
            format!(r#"{{"type":"ADDED","object":{MAP},"more":{{}}}}"#),
        ] {
            let Ok(WatchEvent::Added(map)) = decoded(&frame) else {
                panic!("{frame}");
            };
            assert_eq!(map.data.unwrap()["k"], "v");
        }
    }

    #[test]
    fn each_type_has_its_event() {
        let named = |kind: &str| {
            let event = decoded(&format!(r#"{{"type":"{kind}","object":{MAP}}}"#)).unwrap();
            format!("{event:?}")
        };
        assert_eq!(named("ADDED"), "Added(..)");
        assert_eq!(named("MODIFIED"), "Modified(..)");
        assert_eq!(named("DELETED"), "Deleted(..)");
        assert_eq!(named("SOMETHING"), r#"Unknown { event_type: "SOMETHING", resource_version: Some("7") }"#);
        assert_eq!(named("BOOKMARK"), r#"Bookmark { resource_version: "7", initial_events_end: false }"#);
    }

    #[test]
    fn the_bookmark_after_the_initial_events_is_known_by_its_annotation() {
        for (value, end) in [("true", true), ("false", false)] {
            let annotations = format!(r#"{{"k8s.io/initial-events-end":"{value}"}}"#);
            let object = format!(r#"{{"metadata":{{"resourceVersion":"9","annotations":{annotations}}}}}"#);
            let event = decoded(&format!(r#"{{"type":"BOOKMARK","object":{object}}}"#)).unwrap();
            let expected = end;
            assert!(
                matches!(event, WatchEvent::Bookmark { initial_events_end, .. } if initial_events_end == expected)
            );
        }
    }

    #[test]
    fn an_error_event_is_the_servers_status() {
        let status =
            r#"{"kind":"Status","status":"Failure","reason":"Expired","code":410,"message":"too old"}"#;
        let event = decoded(&format!(r#"{{"type":"ERROR","object":{status}}}"#)).unwrap();
        assert!(matches!(event, WatchEvent::Error(error) if error.is_gone()));
    }

    #[test]
    fn an_object_that_cannot_be_read_keeps_its_name_and_shows_none_of_its_values() {
        let object =
            r#"{"metadata":{"name":"a","namespace":"n","uid":"u","resourceVersion":"7"},"data":"hunter2"}"#;
        let event = decoded(&format!(r#"{{"type":"DELETED","object":{object}}}"#)).unwrap();
        let WatchEvent::Undecodable(bad) = event else {
            panic!("{event:?}");
        };
        assert_eq!((bad.key.to_string().as_str(), &*bad.resource_version), ("n/a", "7"));
        assert!(bad.deleted && bad.uid.as_deref() == Some("u"));
        let text = format!("{:#}", bad.error);
        assert!(
            text.starts_with("object cannot be decoded: a value does not fit, expected a map (line 1"),
            "{text}"
        );
        assert!(!text.contains("hunter2"));
    }

    #[test]
    fn an_object_of_another_kind_is_not_taken_for_one_of_ours() {
        let object = MAP.replacen('{', r#"{"kind":"Secret","apiVersion":"v1","#, 1);
        let event = decoded(&format!(r#"{{"type":"ADDED","object":{object}}}"#)).unwrap();
        assert!(matches!(event, WatchEvent::Undecodable(_)));
    }

    #[test]
    fn a_frame_that_is_no_event_is_an_error() {
        for frame in [
            "",
            "null",
            "<html>",
            r#"{"type":"ADDED"}"#,
            r#"{"type":"ADDED","object":{"metadata":{"name":"a"}"#,
            r#"{"type":"ADDED","object":{"metadata":{"name":"a"}}"#,
            r#"{"type":"ERROR","object":"no"}"#,
        ] {
            assert_eq!(decoded(frame).unwrap_err().kind(), ErrorKind::Decode, "{frame}");
        }
    }

    #[test]
    fn an_object_without_a_name_is_told_as_such() {
        for object in [
            "null",
            "7",
            r#"{"metadata":"a"}"#,
            r#"{"metadata":{"name":5}}"#,
            r#"{"metadata":{"resourceVersion":"7"}}"#,
            r#"{"kind":"Table","metadata":{},"rows":[]}"#,
        ] {
            let event = decoded(&format!(r#"{{"type":"DELETED","object":{object}}}"#)).unwrap();
            assert!(matches!(event, WatchEvent::Unnamed(_)), "{object}: {event:?}");
        }
    }

    #[test]
    fn metadata_that_is_not_as_expected_makes_an_object_that_cannot_be_read() {
        let frame = format!(r#"{{"type":"ADDED","object":{MAP}}}"#).replace(r#""u""#, "[1]");
        let WatchEvent::Undecodable(bad) = decoded(&frame).unwrap() else {
            panic!("{frame}");
        };
        assert_eq!((bad.key.to_string().as_str(), &*bad.resource_version, bad.uid), ("n/a", "7", None));
        assert!(bad.added && !bad.deleted);
    }

    #[test]
    fn bytes_that_are_no_utf_8_are_replaced_and_the_rest_is_kept() {
        let mut frame = format!(r#"{{"type":"ADDED","object":{MAP}}}"#).into_bytes();
        let at = frame.windows(3).position(|bytes| bytes == b"\"v\"").unwrap();
        frame[at + 1] = 0xff;
        let Ok(WatchEvent::Added(map)) = event::<ConfigMap>(&frame) else {
            panic!("not added");
        };
        assert_eq!(map.data.unwrap()["k"], "\u{fffd}");
    }
}
