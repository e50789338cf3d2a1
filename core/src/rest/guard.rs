//! Pure: whether a write that may have been carried out can be sent again, and what came of it then.
//!
//! A write is guarded when it says which version, or which object, it is meant for: carried out once, it is refused
//! the second time. That refusal (409, or 404 for a delete) says nothing by itself; one look at the object does.

use bytes::Bytes;
use http::Method;
use serde_json::Value;

use crate::rest::request::Request;

/// What a write is meant for, and only that.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Guard {
    /// An update of the object at this version, with what was sent: a whole object or a part of one. `None`: a list of
    /// operations, which cannot be compared with an object.
    Update { resource_version: String, sent: Option<Value> },
    /// A delete of the object with this uid, if one was given, at this version, if one was given.
    Delete { uid: Option<String> },
}

/// What is known of a guarded write after a look at the object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Settled {
    /// It was carried out, and this is the answer to it.
    Done(Bytes),
    /// It was not carried out: the refusal stands.
    Refused,
    /// Nobody can tell.
    Unknown,
}

/// What guards a request, if anything does.
pub(crate) fn guard(request: &Request) -> Option<Guard> {
    let (media_type, body) = request.content()?;
    let body: Value = serde_json::from_slice(body).ok()?;
    match request.method {
        Method::PUT => {
            update(&body).map(|version| Guard::Update { resource_version: version, sent: Some(body) })
        }
        Method::PATCH if media_type.contains("json-patch") => {
            let resource_version = body.as_array()?.iter().find_map(tested_version)?;
            Some(Guard::Update { resource_version, sent: None })
        }
        Method::PATCH => {
            update(&body).map(|version| Guard::Update { resource_version: version, sent: Some(body) })
        }
        Method::DELETE => {
            let conditions = body.get("preconditions")?;
            let uid = text(conditions, "uid");
            (uid.is_some() || text(conditions, "resourceVersion").is_some()).then_some(Guard::Delete { uid })
        }
        _ => None,
    }
}

/// The version that an object is to be updated at.
fn update(object: &Value) -> Option<String> {
    // Zero is any version.
    text(object.get("metadata")?, "resourceVersion").filter(|version| version != "0")
}

/// The version in an operation of a JSON patch that fails at another one.
fn tested_version(operation: &Value) -> Option<String> {
    let guards = matches!(operation.get("op")?.as_str()?, "test" | "replace" | "add")
        && operation.get("path")?.as_str()? == "/metadata/resourceVersion";
    guards.then(|| text(operation, "value")).flatten().filter(|version| version != "0")
}

fn text(object: &Value, field: &str) -> Option<String> {
    let text = object.get(field)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

impl Guard {
    /// Whether this code may be the answer to the second of two equal writes, of which the first was carried out.
    pub(crate) fn is_ambiguous(&self, code: u16) -> bool {
        match self {
            // A test that fails makes a JSON patch invalid.
            Self::Update { sent: None, .. } => matches!(code, 404 | 409 | 422),
            Self::Update { .. } | Self::Delete { .. } => matches!(code, 404 | 409),
        }
    }

    /// What became of the write, from the object as it is now; `None`: there is none.
    pub(crate) fn settle(&self, now: Option<&Bytes>) -> Settled {
        let object = now.and_then(|bytes| serde_json::from_slice::<Value>(bytes).ok());
        let metadata = object.as_ref().and_then(|object| object.get("metadata"));
        match (self, now, metadata) {
            (Self::Delete { .. }, None, _) => Settled::Done(deleted()),
            (Self::Delete { uid }, Some(now), Some(metadata)) => match (uid, text(metadata, "uid")) {
                (Some(meant), Some(found)) if *meant != found => Settled::Done(deleted()),
                (Some(_), Some(_)) if text(metadata, "deletionTimestamp").is_some() => {
                    Settled::Done(now.clone())
                }
                (Some(_), Some(_)) => Settled::Refused,
                // Another object of that name may have come since.
                _ => Settled::Unknown,
            },
            (Self::Update { resource_version, sent }, Some(now), Some(metadata)) => {
                match text(metadata, "resourceVersion") {
                    // Nobody has written anything, so neither have we.
                    Some(found) if found == *resource_version => Settled::Refused,
                    Some(_) if sent.as_ref().zip(object.as_ref()).is_some_and(holds_all) => {
                        Settled::Done(now.clone())
                    }
                    _ => Settled::Unknown,
                }
            }
            _ => Settled::Unknown,
        }
    }
}

fn deleted() -> Bytes {
    Bytes::from_static(br#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success"}"#)
}

/// Whether an object has everything that was sent, but for what only the server writes.
fn holds_all((sent, now): (&Value, &Value)) -> bool {
    const SERVERS_OWN: [&str; 4] = ["resourceVersion", "managedFields", "generation", "creationTimestamp"];
    let (Some(sent), Some(now)) = (sent.as_object(), now.as_object()) else {
        return false;
    };
    sent.iter().all(|(field, value)| match (field.as_str(), value.as_object(), now.get(field)) {
        ("metadata", Some(sent), Some(Value::Object(now))) => sent
            .iter()
            .filter(|(field, _)| !SERVERS_OWN.contains(&field.as_str()))
            .all(|(field, value)| holds(value, now.get(field))),
        (_, _, now) => holds(value, now),
    })
}

fn holds(sent: &Value, now: Option<&Value>) -> bool {
    match (sent, now) {
        // Null is absent: to a merge patch that is what it asks for, to the others it is the same.
        (Value::Null, now) => now.is_none_or(Value::is_null),
        (Value::Object(sent), now) => {
            let none = serde_json::Map::new();
            let now = match now {
                Some(Value::Object(now)) => now,
                None | Some(Value::Null) => &none,
                Some(_) => return false,
            };
            // A directive of a strategic merge patch says what to do, not what is there.
            sent.iter().all(|(field, value)| !field.starts_with('$') && holds(value, now.get(field)))
        }
        (Value::Array(sent), None) => sent.is_empty(),
        (Value::Array(sent), Some(Value::Array(now))) => {
            sent.len() == now.len() && sent.iter().zip(now).all(|(sent, now)| holds(sent, Some(now)))
        }
        (sent, now) => now == Some(sent),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rest::{DeleteParams, PatchType};

    fn object(version: &str, replicas: i32) -> Value {
        json!({"metadata": {"name": "a", "uid": "u", "resourceVersion": version}, "spec": {"replicas": replicas}})
    }

    fn bytes(object: &Value) -> Bytes {
        object.to_string().into()
    }

    fn patch(patch_type: PatchType, body: &Value) -> Option<Guard> {
        guard(&Request::patch("/x", patch_type, body.to_string()))
    }

    #[test]
    fn a_write_is_guarded_by_a_version_and_a_delete_by_a_uid_too() {
        assert!(guard(&Request::put("/x").json(&object("7", 1))).is_some());
        for unguarded in
            [json!({}), json!({"metadata": {"uid": "u"}}), object("", 1), object("0", 1), json!("7")]
        {
            assert_eq!(guard(&Request::put("/x").json(&unguarded)), None, "{unguarded}");
            assert_eq!(patch(PatchType::Merge, &unguarded), None, "{unguarded}");
        }
        assert_eq!(guard(&Request::post("/x").json(&object("7", 1))), None);
        assert!(patch(PatchType::Merge, &object("7", 1)).is_some());
        assert!(patch(PatchType::Apply, &object("7", 1)).is_some());
        let path = "/metadata/resourceVersion";
        assert!(patch(PatchType::Json, &json!([{"op": "test", "path": path, "value": "7"}])).is_some());
        assert_eq!(patch(PatchType::Json, &json!([{"op": "remove", "path": path}])), None);
        assert_eq!(guard(&Request::delete("/x")), None);
        assert_eq!(
            guard(&Request::delete("/x").json(&DeleteParams::default().grace_period_seconds(1))),
            None
        );
        assert!(guard(&Request::delete("/x").json(&DeleteParams::default().uid("u"))).is_some());
        assert!(guard(&Request::delete("/x").json(&DeleteParams::default().resource_version("7"))).is_some());
    }

    #[test]
    fn an_update_is_done_when_all_that_was_sent_is_there_at_another_version() {
        let guard = guard(&Request::put("/x").json(&object("7", 3))).unwrap();
        let mut now = object("8", 3);
        now["spec"]["added"] = json!("by a default");
        assert_eq!(guard.settle(Some(&bytes(&now))), Settled::Done(bytes(&now)));
        assert_eq!(guard.settle(Some(&bytes(&object("7", 1)))), Settled::Refused);
        assert_eq!(guard.settle(Some(&bytes(&object("8", 1)))), Settled::Unknown);
        assert_eq!(guard.settle(None), Settled::Unknown);
        assert_eq!(guard.settle(Some(&Bytes::from_static(b"<html>"))), Settled::Unknown);
    }

    #[test]
    fn a_part_is_compared_as_the_patch_means_it() {
        let part = |spec: Value| json!({"metadata": {"resourceVersion": "7"}, "spec": spec});
        let now =
            bytes(&json!({"metadata": {"resourceVersion": "8"}, "spec": {"list": [1, 2], "a": {"b": 1}}}));
        for (spec, done) in [
            (json!({"a": {"b": 1}}), true),
            (json!({"a": {"b": 2}}), false),
            (json!({"gone": null}), true),
            (json!({"a": null}), false),
            (json!({"list": [1, 2]}), true),
            (json!({"list": [1]}), false),
            (json!({"empty": []}), true),
            (json!({"$patch": "replace"}), false),
        ] {
            let settled = patch(PatchType::Merge, &part(spec.clone())).unwrap().settle(Some(&now));
            assert_eq!(settled == Settled::Done(now.clone()), done, "{spec}");
        }
    }

    #[test]
    fn a_delete_is_done_when_the_object_is_gone_or_on_its_way() {
        let of = |params: DeleteParams| guard(&Request::delete("/x").json(&params)).unwrap();
        let by_uid = of(DeleteParams::default().uid("u"));
        assert_eq!(by_uid.settle(None), Settled::Done(deleted()));
        let other = bytes(&json!({"metadata": {"uid": "other"}}));
        assert_eq!(by_uid.settle(Some(&other)), Settled::Done(deleted()));
        let going = bytes(&json!({"metadata": {"uid": "u", "deletionTimestamp": "2026-01-01T00:00:00Z"}}));
        assert_eq!(by_uid.settle(Some(&going)), Settled::Done(going.clone()));
        let there = bytes(&object("9", 1));
        assert_eq!(by_uid.settle(Some(&there)), Settled::Refused);
        let by_version = of(DeleteParams::default().resource_version("7"));
        assert_eq!(by_version.settle(None), Settled::Done(deleted()));
        assert_eq!(by_version.settle(Some(&there)), Settled::Unknown);
    }
}
