use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt};
use kubist::error::ErrorKind;
use kubist::watch::{ListRequest, ListWatch, WatchRequest};
use kubist::{Error, Result};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::{bad, body, bookmark, event, page, refused, status};

type Feed = mpsc::UnboundedSender<Result<Bytes>>;

/// A server of config maps in memory, with the faults of a real one.
#[derive(Clone, Default)]
pub(crate) struct Server(Arc<Mutex<State>>);

#[derive(Default)]
pub(crate) struct State {
    pub(crate) version: u64,
    /// Nothing older than this can be watched.
    compacted: u64,
    pub(crate) objects: BTreeMap<String, Value>,
    history: Vec<(u64, Bytes)>,
    watches: Vec<Feed>,
    /// Lists that are being read in pages.
    snapshots: BTreeMap<String, (u64, Vec<Value>)>,
    /// What the next requests are refused with.
    pub(crate) refusals: VecDeque<Error>,
    pub(crate) requests: usize,
    next_uid: u64,
}

impl Server {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no panic")
    }
}

impl State {
    /// Makes an object, or changes the one there is. A bad one cannot be decoded.
    pub(crate) fn put(&mut self, name: &str, decodable: bool) {
        self.version += 1;
        let make = if decodable { body } else { bad };
        let mut object = make(name, self.version);
        let before = self.objects.get(name);
        object["metadata"]["uid"] = match before {
            Some(before) => before["metadata"]["uid"].clone(),
            None => {
                self.next_uid += 1;
                json!(format!("uid-{}", self.next_uid))
            }
        };
        let kind = if before.is_some() { "MODIFIED" } else { "ADDED" };
        self.objects.insert(name.to_owned(), object.clone());
        self.tell(kind, &object);
    }

    pub(crate) fn delete(&mut self, name: &str) {
        if let Some(mut object) = self.objects.remove(name) {
            self.version += 1;
            object["metadata"]["resourceVersion"] = json!(self.version.to_string());
            self.tell("DELETED", &object);
        }
    }

    fn tell(&mut self, kind: &str, object: &Value) {
        let line = event(kind, object);
        self.history.push((self.version, line.clone()));
        // Chunks end anywhere.
        let cut = self.version as usize * 7 % line.len();
        for chunk in [line.slice(..cut), line.slice(cut..)] {
            self.watches.retain(|watch| watch.send(Ok(chunk.clone())).is_ok());
        }
    }

    pub(crate) fn bookmark(&mut self) {
        let line = bookmark(self.version);
        self.watches.retain(|watch| watch.send(Ok(line.clone())).is_ok());
    }

    /// Ends all watches: as the server does, in the middle of an event, or with a lost connection.
    pub(crate) fn disconnect(&mut self, how: u8) {
        for watch in self.watches.drain(..) {
            let last = match how % 3 {
                0 => continue,
                1 => Ok(event("ADDED", &body("never", 1)).slice(..30)),
                _ => Err(Error::new(ErrorKind::Transport, "connection reset")),
            };
            // A watch that nobody reads any more has nothing to lose.
            let _ = watch.send(last);
        }
    }

    /// Forgets what happened so far: a watch that is behind expires, and so does a list in pages.
    pub(crate) fn compact(&mut self) {
        self.compacted = self.version;
        self.history.clear();
        self.snapshots.clear();
    }

    fn list(&mut self, request: &ListRequest) -> Result<Bytes> {
        let (version, mut items) = match &request.continue_token {
            Some(token) => {
                let snapshot = self.snapshots.remove(token);
                snapshot.ok_or_else(|| refused(410, "Expired"))?
            }
            None => (self.version, self.objects.values().cloned().collect()),
        };
        let limit = request.limit.map_or(usize::MAX, |limit| limit as usize);
        if items.len() <= limit {
            return Ok(page(version, None, &items));
        }
        let rest = items.split_off(limit);
        let token = format!("{version}-{}-{}", rest.len(), self.requests);
        self.snapshots.insert(token.clone(), (version, rest));
        Ok(page(version, Some(&token), &items))
    }

    fn watch(&mut self, request: &WatchRequest) -> Result<mpsc::UnboundedReceiver<Result<Bytes>>> {
        let from: u64 = match request.resource_version.as_deref() {
            Some(version) => version.parse().expect("one of our versions"),
            None => 0,
        };
        let (feed, events) = mpsc::unbounded_channel();
        if from < self.compacted {
            if self.requests.is_multiple_of(2) {
                return Err(refused(410, "Expired"));
            }
            let _ = feed.send(Ok(event("ERROR", &status(410, "Gone"))));
            return Ok(events);
        }
        let missed = self.history.iter().filter(|(version, _)| *version > from);
        for (_, line) in missed {
            let _ = feed.send(Ok(line.clone()));
        }
        self.watches.push(feed);
        Ok(events)
    }
}

impl ListWatch for Server {
    type Body = BoxStream<'static, Result<Bytes>>;

    fn description(&self) -> String {
        "configmaps".to_owned()
    }

    async fn list(&self, request: ListRequest) -> Result<Self::Body> {
        // As over a network: other things happen between a question and its answer.
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        let mut state = self.state();
        state.requests += 1;
        if let Some(error) = state.refusals.pop_front() {
            return Err(error);
        }
        let page = state.list(&request)?;
        Ok(stream::iter([Ok(page)]).boxed())
    }

    async fn watch(&self, request: WatchRequest) -> Result<Self::Body> {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        let mut state = self.state();
        state.requests += 1;
        if let Some(error) = state.refusals.pop_front() {
            return Err(error);
        }
        let events = state.watch(&request)?;
        let body =
            stream::unfold(events, |mut events| async { events.recv().await.map(|chunk| (chunk, events)) });
        Ok(body.boxed())
    }
}
