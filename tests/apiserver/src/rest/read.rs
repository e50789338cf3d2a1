//! Pure: get and list.

use std::sync::Arc;

use bytes::{BufMut as _, Bytes, BytesMut};
use serde_json::{Value, json};

use crate::cluster::{Cluster, view};
use crate::kinds::Kind;
use crate::query::{ListOptions, VersionMatch};
use crate::rest::{Answer, Call, encode, shape};
use crate::selector::Selector;
use crate::status::Status;
use crate::storage::token::Continue;
use crate::storage::{Key, Stored};

/// GET of one object.
pub(crate) fn get(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let stored = cluster.get(&call.kind, &call.key()?)?;
    if let Some(custom) = &call.kind.custom {
        call.warnings.extend(custom.deprecation.clone());
    }
    Ok(Answer::stored(200, &stored, &call.kind))
}

/// GET of many objects.
pub(crate) fn list(cluster: &Cluster, call: &Call, options: &ListOptions) -> Result<Answer, Status> {
    let kind = &call.kind;
    let selector = Selector::parse(&options.labels, &options.fields, kind)?;
    let namespace = call.target.namespace.as_deref();
    let collection = cluster.store.collection(&kind.collection()).ok_or_else(Status::no_such_resource)?;
    let start = options.continue_token.as_deref().map(Continue::decode).transpose()?;
    let floor = cluster.store.compacted().max(collection.forgotten());
    let at = match &start {
        Some(Continue { version: Some(version), after }) if *version < floor => {
            let token = Continue { version: None, after: after.clone() };
            return Err(Status::continue_expired(token.encode()));
        }
        Some(start) => start.version,
        None => exact_version(options),
    };
    if at.is_some_and(|version| version < floor) {
        return Err(Status::expired("The resourceVersion for the provided list is too old."));
    }
    let version = at.unwrap_or_else(|| cluster.store.version());
    let after = start.as_ref().map(|start| &start.after);
    let mut page = Page::new(options.limit, &selector, kind);
    if collection.unchanged_since(version) {
        page.fill(collection.range(namespace, after));
    } else {
        let undone = collection.undone_to(version);
        page.fill(collection.range_at(&undone, namespace, after));
    }
    let next = page.next.map(|after| Continue { version: Some(version), after }.encode());
    let remaining = page.remaining.filter(|_| next.is_some() && selector.is_empty());
    if let Some(answer) = shape::list(call, &page.items, list_metadata(version, next.as_deref(), remaining))?
    {
        return Ok(answer);
    }
    Ok(list_answer(kind, &page.items, version, next.as_deref(), remaining))
}

/// The version at which a list must be answered, if not the newest.
fn exact_version(options: &ListOptions) -> Option<u64> {
    let version = options.version.filter(|version| *version > 0)?;
    match options.version_match {
        Some(VersionMatch::Exact) => Some(version),
        Some(VersionMatch::NotOlderThan) => None,
        // Without a match, a limit makes the version an exact one.
        None => options.limit.map(|_| version),
    }
}

struct Page<'a> {
    limit: usize,
    selector: &'a Selector,
    kind: &'a Kind,
    items: Vec<Arc<Stored>>,
    next: Option<Key>,
    remaining: Option<usize>,
}

impl<'a> Page<'a> {
    fn new(limit: Option<usize>, selector: &'a Selector, kind: &'a Kind) -> Self {
        let limit = limit.unwrap_or(usize::MAX);
        Self { limit, selector, kind, items: Vec::new(), next: None, remaining: None }
    }

    fn fill<'b>(&mut self, objects: impl Iterator<Item = &'b Arc<Stored>>) {
        let all = self.selector.is_empty();
        let mut matching = objects.filter(|stored| all || self.selector.matches(&view(stored, self.kind)));
        self.items.extend(matching.by_ref().take(self.limit).cloned());
        if matching.next().is_some() {
            self.next = self.items.last().map(|stored| stored.key.clone());
            self.remaining = all.then(|| matching.count() + 1);
        }
    }
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
        .map(|stored| if kind.custom.is_some() { encode(stored, kind) } else { stored.bare_json() })
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
