//! Pure: what is compared of an answer.

use std::collections::BTreeMap;
use std::process::Output;

use http::header::{CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER, WARNING};
use http::{HeaderMap, response};
use serde_json::Value;

use crate::answer::{Answer, Body};

/// Status and headers that are compared.
pub(crate) fn facts(head: &response::Parts) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::from([("status".to_owned(), head.status.as_u16().to_string())]);
    for name in [CONTENT_TYPE, RETRY_AFTER] {
        if let Some(value) = head.headers.get(&name) {
            facts.insert(name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned());
        }
    }
    for (at, value) in head.headers.get_all(WARNING).iter().enumerate() {
        facts.insert(format!("warning {}", at + 1), String::from_utf8_lossy(value.as_bytes()).into_owned());
    }
    facts
}

pub(crate) fn body(headers: &HeaderMap, bytes: Vec<u8>) -> Body {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if bytes.is_empty() {
        return Body::None;
    }
    if headers.contains_key(CONTENT_ENCODING) || kind.contains("protobuf") || kind.contains("cbor") {
        return Body::Bytes(bytes.len());
    }
    if kind.contains("json")
        && let Ok(value) = serde_json::from_slice(&bytes)
    {
        return Body::Json(value);
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Body::Bytes(error.as_bytes().len()),
    };
    if kind.contains("yaml")
        && let Ok(value) = serde_saphyr::from_str(&text)
    {
        return Body::Json(value);
    }
    Body::Text(vec![("body", text)])
}

/// The path of an object outside of all namespaces that a request made.
pub(crate) fn made(method: &str, path: &str, body: Option<&Value>) -> Option<String> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    if path.contains("/namespaces/") || query.contains("dryRun") {
        return None;
    }
    let name = body?.pointer("/metadata/name")?.as_str()?;
    match method {
        "POST" => Some(format!("{path}/{name}")),
        "PATCH" => Some(path.to_owned()),
        _ => None,
    }
}

/// A bookmark that only says that time has passed.
pub(crate) fn is_idle_bookmark(event: &Value) -> bool {
    let annotations = event.pointer("/object/metadata/annotations");
    event["type"] == "BOOKMARK" && annotations.and_then(|map| map.get("k8s.io/initial-events-end")).is_none()
}

/// What events are sorted by where their order is left open.
pub(crate) fn event_key(event: &Value) -> [String; 3] {
    ["/type", "/object/metadata/namespace", "/object/metadata/name"]
        .map(|path| event.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned())
}

/// What kubectl printed: as an object when it was asked for one.
pub(crate) fn output(arguments: &[String], output: &Output) -> Answer {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = output.status.code().unwrap_or(-1).to_string();
    let mut facts = BTreeMap::from([("exit code".to_owned(), code)]);
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    let wants = |format: &str| {
        arguments
            .iter()
            .any(|argument| argument.trim_start_matches("-o").trim_start_matches("--output=") == format)
    };
    let object = if wants("json") {
        serde_json::from_str::<Value>(&stdout).ok()
    } else if wants("yaml") {
        serde_saphyr::from_str::<Value>(&stdout).ok()
    } else {
        None
    };
    let body = match object.filter(|object| object.is_object()) {
        Some(object) => {
            facts.insert("stderr".to_owned(), stderr);
            Body::Json(object)
        }
        None => Body::Text(vec![("stdout", stdout), ("stderr", stderr)]),
    };
    Answer { facts, body, problems: Vec::new() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_cluster_scoped_objects_are_remembered() {
        let object = json!({"metadata": {"name": "a"}});
        let made = |method, path| made(method, path, Some(&object));
        assert_eq!(made("POST", "/api/v1/nodes?x=y").as_deref(), Some("/api/v1/nodes/a"));
        assert_eq!(made("PATCH", "/api/v1/nodes/a?x=y").as_deref(), Some("/api/v1/nodes/a"));
        assert_eq!(made("POST", "/api/v1/namespaces/n/pods"), None);
        assert_eq!(made("POST", "/api/v1/nodes?dryRun=All"), None);
    }

    #[test]
    fn a_bookmark_counts_when_it_ends_the_initial_events() {
        let bookmark =
            |annotations| json!({"type": "BOOKMARK", "object": {"metadata": {"annotations": annotations}}});
        assert!(is_idle_bookmark(&bookmark(json!({}))));
        assert!(!is_idle_bookmark(&bookmark(json!({"k8s.io/initial-events-end": "true"}))));
        assert!(!is_idle_bookmark(&json!({"type": "ADDED"})));
    }

    #[test]
    fn a_body_is_what_its_content_type_says() {
        let of = |kind: &'static str, bytes: &[u8]| {
            body(&HeaderMap::from_iter([(CONTENT_TYPE, kind.parse().unwrap())]), bytes.to_vec())
        };
        assert_eq!(of("application/json;as=Table", b"{\"a\":1}").json(), Some(&json!({"a": 1})));
        assert_eq!(of("application/yaml", b"a: 1\n").json(), Some(&json!({"a": 1})));
        assert!(matches!(of("text/plain", b"ok"), Body::Text(_)));
        assert!(matches!(of("application/vnd.kubernetes.protobuf", b"k8s\0"), Body::Bytes(4)));
        assert!(matches!(of("text/plain", b""), Body::None));
    }
}
