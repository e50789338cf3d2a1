//! Pure: get and list.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::{BufMut as _, Bytes, BytesMut};
use serde_json::{Value, json};

use crate::cluster::{Cluster, view};
use crate::kinds::Kind;
use crate::rest::page::Page;
use crate::rest::{Answer, Call, encode, form};
use crate::status::Status;
use crate::storage::Stored;

/// GET of one object.
pub(crate) fn get(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let stored = cluster.get(&call.kind, &call.key()?)?;
    Ok(Answer::stored(200, &stored, &call.kind))
}

/// GET of many objects, as they were selected.
pub(crate) fn list(call: &Call, page: &Page) -> Result<Answer, Status> {
    let (next, remaining) = (page.next.as_deref(), page.remaining);
    let shown = form::list(call, &page.items, list_metadata(page.version, next, remaining))?;
    Ok(shown.unwrap_or_else(|| list_answer(&call.kind, &page.items, page.version, next, remaining)))
}

fn list_metadata(version: u64, next: Option<&str>, remaining: Option<usize>) -> Value {
    let mut metadata = json!({"resourceVersion": version.to_string()});
    if let Some(next) = next {
        metadata["continue"] = next.into();
    }
    if let Some(remaining) = remaining {
        metadata["remainingItemCount"] = remaining.into();
    }
    metadata
}

/// The JSON of a list, in the order of keys that the real server has: one for its own kinds, one for custom ones.
pub(crate) fn list_answer(
    kind: &Kind,
    items: &[Arc<Stored>],
    version: u64,
    next: Option<&str>,
    remaining: Option<usize>,
) -> Answer {
    // Lists of custom resources always have the field, also when it says nothing.
    let next = next.or_else(|| kind.custom.as_ref().map(|_| ""));
    let metadata = list_metadata(version, next, remaining);
    let (api_version, list_kind) = (Value::from(kind.api_version()), Value::from(kind.list_kind.clone()));
    let encoded: Vec<Bytes> = items
        .iter()
        .map(|stored| if kind.custom.is_some() { encode(stored, kind) } else { bare(stored, kind) })
        .collect();
    let mut body =
        BytesMut::with_capacity(encoded.iter().map(Bytes::len).sum::<usize>() + encoded.len() + 256);
    let put_items = |body: &mut BytesMut| {
        body.put_slice(b"\"items\":[");
        for (index, item) in encoded.iter().enumerate() {
            if index > 0 {
                body.put_u8(b',');
            }
            body.put_slice(item);
        }
        body.put_u8(b']');
    };
    if kind.custom.is_some() {
        body.put_slice(format!("{{\"apiVersion\":{api_version},").as_bytes());
        put_items(&mut body);
        body.put_slice(format!(",\"kind\":{list_kind},\"metadata\":{metadata}}}").as_bytes());
    } else {
        let head = format!("{{\"kind\":{list_kind},\"apiVersion\":{api_version},\"metadata\":{metadata},");
        body.put_slice(head.as_bytes());
        put_items(&mut body);
        body.put_u8(b'}');
    }
    Answer::Json { code: 200, body: body.freeze() }
}

/// An item of a built-in list.
fn bare(stored: &Stored, kind: &Kind) -> Bytes {
    let Cow::Owned(mut object) = view(stored, kind) else {
        return stored.bare_json();
    };
    if let Some(map) = object.as_object_mut() {
        map.remove("apiVersion");
        map.remove("kind");
    }
    Bytes::from(object.to_string())
}
