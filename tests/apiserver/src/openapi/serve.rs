//! Pure: which document a request for OpenAPI gets, under which tag.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use bytes::Bytes;
use ring::digest::{SHA512, digest};
use serde_json::{Map, Value, json};

use crate::builtin::data;
use crate::openapi::document;
use crate::registry::Registry;

/// A document and the hash of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) body: Bytes,
    pub(crate) hash: String,
}

impl Document {
    pub(crate) fn new(value: &Value) -> Self {
        Self::of_bytes(value.to_string().into())
    }

    fn of_bytes(body: Bytes) -> Self {
        let hash = digest(&SHA512, &body).as_ref().iter().map(|byte| format!("{byte:02X}")).collect();
        Self { body, hash }
    }
}

/// The documents of the built-in groups, which never change.
static BUILT_IN: LazyLock<Mutex<HashMap<String, Arc<Document>>>> = LazyLock::new(Mutex::default);

/// `/openapi/v3`: where the documents are.
pub(crate) fn index(registry: &Registry) -> Value {
    let mut paths = Map::new();
    let names = std::iter::once(String::new()).chain(registry.groups());
    for group in names {
        for version in registry.versions(&group) {
            let name =
                if group.is_empty() { format!("api/{version}") } else { format!("apis/{group}/{version}") };
            if let Some(document) = third(registry, &name) {
                let url = format!("/openapi/v3/{name}?hash={}", document.hash);
                paths.insert(name, json!({"serverRelativeURL": url}));
            }
        }
    }
    if let Some(document) = third(registry, "version") {
        let url = format!("/openapi/v3/version?hash={}", document.hash);
        paths.insert("version".to_owned(), json!({"serverRelativeURL": url}));
    }
    json!({ "paths": paths })
}

/// The document at `/openapi/v3/{name}`.
pub(crate) fn third(registry: &Registry, name: &str) -> Option<Arc<Document>> {
    let parts: Vec<&str> = name.split('/').collect();
    let (group, version) = match parts.as_slice() {
        ["version"] => ("version", ""),
        ["api", version] => ("", *version),
        ["apis", group, version] => (*group, *version),
        _ => return None,
    };
    let is_built_in = group == "version" || data::groups().iter().any(|known| known.group == group);
    if !is_built_in {
        return document::group_version(registry, group, version)
            .map(|document| Arc::new(Document::new(&document)));
    }
    let mut documents = BUILT_IN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = documents.get(name) {
        return Some(Arc::clone(known));
    }
    let value = match group {
        "version" => document::version(),
        group => document::group_version(registry, group, version)?,
    };
    let made = Arc::new(Document::new(&value));
    documents.insert(name.to_owned(), Arc::clone(&made));
    Some(made)
}

/// The document at `/openapi/v2`, as JSON.
pub(crate) fn second(registry: &Registry) -> Document {
    Document::new(&document::second(registry))
}

/// The document at `/openapi/v2` for those who read nothing but protobuf: it says of which server it is, and no more.
pub(crate) fn second_as_protobuf() -> Document {
    let text = |field: u8, text: &[u8]| {
        let length = u8::try_from(text.len()).unwrap_or(u8::MAX);
        [&[field << 3 | 2, length], &text[..usize::from(length)]].concat()
    };
    let info = [text(1, b"Kubernetes"), text(2, data::version().as_bytes())].concat();
    Document::of_bytes([text(1, b"2.0"), text(2, &info), text(8, b"")].concat().into())
}
