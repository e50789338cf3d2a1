//! Watches: a cursor over the history of one resource. A slow reader costs nothing but its cursor; one that
//! falls behind the history is told so and ended.

use std::collections::VecDeque;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::time::Duration;

use bytes::{BufMut as _, Bytes, BytesMut};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::cluster::{Cluster, view};
use crate::kinds::Kind;
use crate::request::negotiate::Media;
use crate::request::query::ListOptions;
use crate::rest::Call;
use crate::rest::form::Form;
use crate::rest::page::Scope;
use crate::selector::Selector;
use crate::shared::Shared;
use crate::signal::Listener;
use crate::status::Status;
use crate::storage::Stored;
use crate::storage::history::Change;

/// How much is written to a reader at once.
const CHUNK: usize = 64 * 1024;
/// How many changes are taken from the history at once.
const BATCH: usize = 256;
/// Longer than any watch lasts; times beyond it mean "never".
const LONGEST: Duration = Duration::from_secs(30 * 86_400);
/// A watch that names no time ends after this much to twice as much, as on the real server.
const USUAL: Duration = Duration::from_secs(1800);
/// How long before its end a watch gets a last bookmark, so that the client can resume cheaply.
const FAREWELL: Duration = Duration::from_secs(2);

/// One watch that is being read.
pub(crate) struct Watch {
    kind: Arc<Kind>,
    scope: Scope,
    selector: Selector,
    incarnation: u64,
    /// The version up to which changes were taken from the history.
    position: u64,
    initial: VecDeque<Arc<Stored>>,
    /// The version of the bookmark that ends the initial events.
    initial_end: Option<u64>,
    /// Changes that were taken but not told yet.
    pending: VecDeque<Change>,
    bookmarks: bool,
    bookmark_interval: Duration,
    next_bookmark: Instant,
    deadline: Instant,
    failed: Option<Status>,
    form: Form,
    changed: Listener,
    disconnect: Listener,
    ended: bool,
    /// Keeps the history of a collection that has ended.
    _reader: Arc<()>,
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("resource", &self.kind.plural)
            .field("position", &self.position)
            .finish()
    }
}

impl Watch {
    /// Begins a watch at the version that the options name.
    pub(crate) fn start(
        cluster: &mut Cluster,
        call: &Call,
        options: &ListOptions,
        shared: &Shared,
    ) -> Result<Self, Status> {
        if !call.kind.verbs.iter().any(|verb| verb == "watch") {
            return Err(Status::not_supported(&call.kind, "watch"));
        }
        if call.accepted.media != Media::Json {
            return Err(Status::no_such_stream());
        }
        let kind = Arc::clone(&call.kind);
        let selector = Selector::parse(&options.labels, &options.fields, &kind)?;
        let scope = Scope::new(&kind, call.target.namespace.as_deref(), &selector);
        let current = cluster.store.version();
        let compacted = cluster.store.compacted();
        let collection =
            cluster.store.collection_mut(&kind.collection()).ok_or_else(Status::no_such_resource)?;
        let now = Instant::now();
        let version = options.version.unwrap_or(0);
        let wants_state = options.send_initial_events.unwrap_or(version == 0);
        let lasts = options
            .timeout
            .unwrap_or_else(|| USUAL + Duration::from_secs(RandomState::new().hash_one(0) % USUAL.as_secs()));
        let mut watch = Self {
            incarnation: collection.incarnation(),
            position: if version == 0 || wants_state { current } else { version },
            initial: VecDeque::new(),
            initial_end: None,
            pending: VecDeque::new(),
            bookmarks: options.bookmarks,
            bookmark_interval: shared.bookmark_interval,
            next_bookmark: now,
            deadline: now + lasts.min(LONGEST),
            failed: None,
            form: Form::of(call.accepted, &call.query)?,
            changed: collection.subscribe(scope.namespace.as_deref(), scope.name.as_deref()),
            disconnect: shared.disconnect.listen(),
            ended: false,
            _reader: collection.reader(),
            kind,
            selector,
            scope,
        };
        watch.schedule_bookmark(now);
        let floor = compacted.max(collection.watchable());
        if options.send_initial_events == Some(true) && lasts.is_zero() {
            watch.failed = Some(Status::new(500, "InternalError", "context deadline exceeded"));
        } else if wants_state && version > current {
            watch.failed = Some(Status::version_too_large(version, current));
        } else if wants_state {
            let objects = collection.range(watch.scope.namespace.as_deref(), None);
            watch.initial = objects.filter(|stored| watch.matches(stored)).cloned().collect();
            watch.initial_end =
                (options.send_initial_events == Some(true) && options.bookmarks).then_some(current);
        } else if watch.position < floor {
            let message = format!("too old resource version: {version} ({floor})");
            watch.failed = Some(Status::expired(message));
        }
        Ok(watch)
    }

    fn schedule_bookmark(&mut self, now: Instant) {
        let last = self.deadline.checked_sub(FAREWELL).filter(|last| *last > now);
        let next = now + self.bookmark_interval.min(LONGEST);
        self.next_bookmark = last.map_or(next, |last| last.min(next));
    }

    /// The next piece of the stream; nothing when it has ended.
    pub(crate) async fn next(&mut self, shared: &Shared) -> Option<Bytes> {
        loop {
            if self.ended {
                return None;
            }
            let mut chunk = BytesMut::new();
            self.collect(shared, &mut chunk);
            if !chunk.is_empty() {
                return Some(chunk.freeze());
            }
            if !self.ended {
                self.wait(shared).await;
            }
        }
    }

    fn collect(&mut self, shared: &Shared, chunk: &mut BytesMut) {
        if let Some(status) = self.failed.take() {
            self.fail(&status, chunk);
            return;
        }
        let now = shared.now();
        while let Some(stored) = self.initial.pop_front() {
            self.put(chunk, "ADDED", &stored, &now);
            if chunk.len() >= CHUNK {
                return;
            }
        }
        if let Some(version) = self.initial_end.take() {
            self.put_bookmark(chunk, version, true, &now);
        }
        loop {
            while let Some(change) = self.pending.pop_front() {
                self.put_change(&change, chunk, &now);
                if chunk.len() >= CHUNK {
                    return;
                }
            }
            self.changed.borrow_and_update();
            match self.take_changes(shared) {
                Ok(true) => {}
                Ok(false) => break,
                Err(status) => return self.fail(&status, chunk),
            }
        }
        let instant = Instant::now();
        if self.bookmarks && instant >= self.next_bookmark && !self.ended {
            self.schedule_bookmark(instant);
            self.put_bookmark(chunk, self.position, false, &now);
        }
    }

    /// Takes the next changes from the history, to be told without holding the lock; tells whether there were any.
    fn take_changes(&mut self, shared: &Shared) -> Result<bool, Status> {
        let cluster = shared.lock();
        let Some(collection) = cluster.store.incarnation(&self.kind.collection(), self.incarnation) else {
            self.ended = true;
            return Ok(false);
        };
        let history = collection.history();
        let namespace = self.scope.namespace.as_deref();
        let forgotten = history.forgotten(namespace);
        if forgotten > self.position {
            let message = format!("too old resource version: {} ({forgotten})", self.position);
            return Err(Status::expired(message));
        }
        let changes = history.since(self.position, namespace);
        self.pending.extend(changes.take(BATCH).cloned());
        match self.pending.back() {
            Some(last) => self.position = last.version,
            None => self.position = self.position.max(cluster.store.version()),
        }
        Ok(!self.pending.is_empty())
    }

    async fn wait(&mut self, shared: &Shared) {
        let bookmark = if self.bookmarks { self.next_bookmark.min(self.deadline) } else { self.deadline };
        tokio::select! {
            biased;
            _ = self.disconnect.changed() => self.ended = true,
            changed = self.changed.changed() => if changed.is_err() {
                self.drain(shared);
            },
            () = tokio::time::sleep_until(bookmark) => self.ended = Instant::now() >= self.deadline,
        }
    }

    /// After the end of the collection: what it told last is still told, then the stream ends.
    fn drain(&mut self, shared: &Shared) {
        let cluster = shared.lock();
        let collection = cluster.store.incarnation(&self.kind.collection(), self.incarnation);
        let namespace = self.scope.namespace.as_deref();
        self.ended = collection
            .is_none_or(|collection| collection.history().since(self.position, namespace).next().is_none());
    }

    fn fail(&mut self, status: &Status, chunk: &mut BytesMut) {
        put_event(chunk, "ERROR", status.to_value().to_string().as_bytes());
        self.ended = true;
    }

    fn put_bookmark(&mut self, chunk: &mut BytesMut, version: u64, initial_end: bool, now: &str) {
        let mut metadata = json!({"resourceVersion": version.to_string()});
        if initial_end {
            metadata["annotations"] = json!({"k8s.io/initial-events-end": "true"});
        }
        let object =
            json!({"kind": self.kind.kind, "apiVersion": self.kind.api_version(), "metadata": metadata});
        self.put_value(chunk, "BOOKMARK", object, now);
    }

    fn matches(&self, stored: &Stored) -> bool {
        self.selector.is_empty() || self.selector.matches(&view(stored, &self.kind))
    }

    fn put(&mut self, chunk: &mut BytesMut, event: &str, stored: &Stored, now: &str) {
        match self.form.stored_event(stored, &self.kind, now) {
            Some(object) => put_event(chunk, event, &object),
            None => self.ended = true,
        }
    }

    fn put_value(&mut self, chunk: &mut BytesMut, event: &str, object: Value, now: &str) {
        let shown =
            if self.form.is_whole() { Some(object) } else { self.form.event(&object, &self.kind, now) };
        match shown {
            Some(object) => put_event(chunk, event, object.to_string().as_bytes()),
            None => self.ended = true,
        }
    }

    fn put_change(&mut self, change: &Change, chunk: &mut BytesMut, now: &str) {
        let before = change.old.as_ref().filter(|old| self.matches(old));
        let after = !change.removed && self.matches(&change.new);
        match (before, after) {
            (None, false) => {}
            (None, true) => self.put(chunk, "ADDED", &change.new, now),
            (Some(_), true) => self.put(chunk, "MODIFIED", &change.new, now),
            (Some(_), false) if change.removed => self.put(chunk, "DELETED", &change.new, now),
            (Some(old), false) => {
                // It left the selection: the last matching state, under the version of the change.
                let mut last = view(old, &self.kind).into_owned();
                last["metadata"]["resourceVersion"] = Value::from(change.version.to_string());
                self.put_value(chunk, "DELETED", last, now);
            }
        }
    }
}

fn put_event(chunk: &mut BytesMut, kind: &str, object: &[u8]) {
    chunk.put_slice(b"{\"type\":\"");
    chunk.put_slice(kind.as_bytes());
    chunk.put_slice(b"\",\"object\":");
    chunk.put_slice(object);
    chunk.put_slice(b"}\n");
}
