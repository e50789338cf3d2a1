//! Keeps a [`Sink`] equal to what the server has: lists once, then watches, and begins again where that fails.
//!
//! What a [`Reflector`] promises:
//!
//! 1. A lost connection, a server's timeout and a slow-down answer cost no list: the watch goes on from the last
//!    version that was applied. There are two exceptions, both within a second and before the watch told anything
//!    new: a server that ends it, as in client-go, and a connection that is lost for the second time in a row. Then
//!    the version may be at fault, or no watch gets through; a list tells.
//! 2. An expired version costs one list, at that version or a newer one; the sink keeps what it has until then.
//! 3. The version to go on from never moves past an event that was not applied, except when the object in it could
//!    not be decoded; that object is named in [`ReflectorStatus::poisoned`] then. One without a name that could be
//!    read is skipped, and counted in [`ReflectorStatus::unnamed`].
//! 4. Two rounds without progress never follow each other without a wait: 0.8 to 30 seconds, as much again at
//!    random, and where the server asks for more, what it asks for, up to 5 minutes.
//! 5. An object of a second list whose uid and version the sink has is not decoded.
//! 6. Nothing fails in silence: a failure, and an object that cannot be decoded, is in the status at once, and in the
//!    log when it is new and then once a minute.

mod options;
mod sink;
mod state;
mod status;
mod trouble;

pub use self::options::ReflectorOptions;
pub use self::sink::Sink;
pub use self::status::{Poison, ReflectorStatus, StatusReader};

pub(crate) use self::status::StatusCell;
pub(crate) use self::trouble::News;

use std::collections::BTreeMap;
use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use tokio::task::coop::consume_budget;
use tokio::time::{Instant, sleep, timeout_at};

use self::state::{Action, Machine, Outcome};
use self::trouble::{Call, Trouble};
use crate::error::{Error, Result};
use crate::resource::{ListMeta, ObjectKey, Stored};
use crate::task::Random;
use crate::watch::{
    ListRequest, ListWatch, Undecodable, WatchEvent, WatchRequest, add_bytes, events, header, next_page,
    object, page,
};

/// How much longer than asked a watch may last before it is given up.
const WATCH_GRACE: Duration = Duration::from_secs(30);

/// After how many objects of a list other tasks get their turn.
const LIST_BURST: usize = 64;

/// Lists and watches into a sink. See the [module](self) for what it promises.
#[must_use = "a reflector does nothing until it runs"]
pub struct Reflector<L, Q: Sink> {
    list_watch: L,
    sink: Q,
    machine: Machine,
    status: StatusCell,
    pages: Vec<Arc<Q::Item>>,
    /// How long the pages are, in bytes.
    list_bytes: usize,
    list_bytes_max: usize,
    poisoned: BTreeMap<ObjectKey, Poison>,
    /// Whether the status names a poisoned object.
    has_poisoned: bool,
    trouble: Trouble,
    poison_news: News,
}

impl<L, Q: Sink> fmt::Debug for Reflector<L, Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reflector").field("status", &self.status).finish_non_exhaustive()
    }
}

impl<L: ListWatch, Q: Sink> Reflector<L, Q> {
    /// A reflector with the default options.
    pub fn new(list_watch: L, sink: Q) -> Self {
        Self::with_options(list_watch, sink, ReflectorOptions::default())
    }

    /// A reflector with options of your own.
    pub fn with_options(list_watch: L, sink: Q, options: ReflectorOptions) -> Self {
        let random = options.seed.map_or_else(Random::new, Random::seeded);
        Self {
            list_watch,
            sink,
            list_bytes: 0,
            list_bytes_max: options.list_bytes_max,
            machine: Machine::new(options, random),
            status: StatusCell::default(),
            pages: Vec::new(),
            poisoned: BTreeMap::new(),
            has_poisoned: false,
            trouble: Trouble::default(),
            poison_news: News::default(),
        }
    }

    /// Reads the status. Take it before the reflector runs.
    #[must_use]
    pub fn status_reader(&self) -> StatusReader {
        StatusReader::new(self.status.clone())
    }

    /// Writes the status where others can see it.
    pub(crate) fn report_to(mut self, status: StatusCell) -> Self {
        self.status = status;
        self
    }

    /// Runs until `shutdown` resolves. The watch is closed then.
    ///
    /// # Errors
    ///
    /// When the list or the watch is refused before anything is sent: no later try could be different.
    /// Everything else is tried again, and shown in the status.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future is the same as a shutdown.
    pub async fn run_until(mut self, shutdown: impl Future<Output = ()> + Send) -> Result<()> {
        match select(pin!(shutdown), pin!(self.run())).await {
            Either::Left(((), _)) => Ok(()),
            Either::Right((error, _)) => Err(error),
        }
    }

    async fn run(&mut self) -> Error {
        let mut outcome = Outcome::Waited;
        loop {
            let call = outcome.call();
            outcome = match self.machine.step(outcome, Instant::now().into_std()) {
                Action::List(request) => self.list(request).await,
                Action::Replace { resource_version } => self.replace(&resource_version),
                Action::Watch(request) => self.watch(request).await,
                Action::Wait { time, failure } => {
                    if let Some(error) = failure {
                        self.failed(call, error);
                    }
                    self.status.with(|status| status.restarts += 1);
                    sleep(time).await;
                    Outcome::Waited
                }
                Action::Stop(error) => {
                    let error = self.about(call, error);
                    let resource = self.list_watch.description();
                    tracing::warn!(%resource, error = %format_args!("{error:#}"), "cannot list or watch, giving up");
                    return error;
                }
            };
        }
    }

    fn about(&self, call: Call, error: Error) -> Error {
        error.during(format!("{call} {}", self.list_watch.description()))
    }

    fn failed(&mut self, call: Call, error: Error) {
        let error = self.about(call, error);
        let text = format!("{error:#}");
        if self.trouble.failed(call, &text, Instant::now().into_std()) {
            let resource = self.list_watch.description();
            tracing::warn!(%resource, error = %text, "cannot list or watch, trying again");
        }
        self.status.with(|status| status.last_error = Some(error));
    }

    fn succeeded(&mut self, call: Call) {
        if let Some(said) = self.trouble.succeeded(call) {
            self.status.with(|status| status.last_error = None);
            if said {
                tracing::info!(resource = %self.list_watch.description(), "lists and watches again");
            }
        }
    }

    /// Says which objects cannot be decoded and could be before.
    fn say_poisoned(&mut self, count: usize, first: &ObjectKey, error: &Error) {
        let (first, error) = (first.to_string(), format!("{error:#}"));
        if self.poison_news.is_new(&format!("{first} {error}"), Instant::now().into_std()) {
            let resource = self.list_watch.description();
            tracing::warn!(%resource, count, %first, %error, "cannot decode objects");
        }
    }

    async fn list(&mut self, request: ListRequest) -> Outcome {
        if request.continue_token.is_none() {
            self.pages.clear();
            self.list_bytes = 0;
            self.poisoned.clear();
        }
        let page = self.list_page(request).await;
        // A server that is quicker than we are leaves nothing to wait for.
        tokio::task::yield_now().await;
        match page {
            Ok(meta) => Outcome::Listed(meta),
            Err(error) => Outcome::ListFailed(error),
        }
    }

    async fn list_page(&mut self, request: ListRequest) -> Result<ListMeta> {
        let asked = request.continue_token.clone();
        let body = self.list_watch.list(request).await?;
        let body = collect(body, &mut self.list_bytes, self.list_bytes_max).await?;
        // Names, labels and most of the rest are ASCII: this rarely copies.
        let text = String::from_utf8_lossy(&body);
        let list = page(&text)?;
        next_page(asked.as_deref(), &list.metadata, list.items.len())?;
        for (position, item) in list.items.iter().enumerate() {
            self.list_item(item.get().as_bytes(), list.item_type());
            if position % LIST_BURST == LIST_BURST - 1 {
                tokio::task::yield_now().await;
            }
        }
        Ok(list.metadata)
    }

    fn list_item(&mut self, json: &[u8], item_type: Option<(&str, &str)>) {
        let header = match header(json) {
            Ok(header) => header,
            Err(error) => return self.unnamed(&error),
        };
        let key = header.key();
        let known = self.sink.known(&key).filter(|known| {
            // An object with another uid is another object.
            let uid = known.stored_meta().uid.as_deref();
            uid.is_none() || header.uid.is_none() || uid == header.uid.as_deref()
        });
        let version = &*header.resource_version;
        if let Some(known) = &known
            && !version.is_empty()
            && known.stored_meta().resource_version.as_deref() == Some(version)
        {
            self.pages.push(Arc::clone(known));
            return;
        }
        let decoded = object(json).and_then(|mut object: Q::Item| {
            if let Some((api_version, kind)) = item_type {
                object.adopt_type(api_version, kind);
            }
            self.sink.admit(&mut object).map(|()| object)
        });
        match decoded {
            Ok(object) => self.pages.push(Arc::new(object)),
            Err(error) => {
                self.pages.extend(known);
                let resource_version = version.to_owned();
                self.poisoned.insert(key, Poison { resource_version, error });
            }
        }
    }

    /// An object without a name says nothing about any object, and nothing about how far the watch is.
    fn unnamed(&mut self, error: &Error) {
        self.status.with(|status| status.unnamed += 1);
        let error = format!("{error:#}");
        if self.poison_news.is_new(&error, Instant::now().into_std()) {
            let resource = self.list_watch.description();
            tracing::warn!(%resource, %error, "an object without a name is skipped");
        }
    }

    fn replace(&mut self, resource_version: &str) -> Outcome {
        let objects = std::mem::take(&mut self.pages);
        self.sink.replace(objects, resource_version);
        let poisoned = std::mem::take(&mut self.poisoned);
        self.has_poisoned = !poisoned.is_empty();
        let before = self.status.with(|status| {
            status.lists += 1;
            std::mem::replace(&mut status.poisoned, poisoned.clone())
        });
        let mut new = poisoned.iter().filter(|(key, _)| !before.contains_key(*key));
        if let Some((key, poison)) = new.next() {
            self.say_poisoned(1 + new.count(), key, &poison.error);
        }
        self.succeeded(Call::List);
        Outcome::Replaced
    }

    async fn watch(&mut self, request: WatchRequest) -> Outcome {
        let timeout = request.timeout.unwrap_or_default() + WATCH_GRACE;
        let body = match self.list_watch.watch(request).await {
            Ok(body) => body,
            Err(error) => return Outcome::WatchFailed(error),
        };
        let opened = Instant::now();
        self.machine.opened(opened.into_std());
        let _watching = self.status.watching();
        self.succeeded(Call::Watch);
        let mut events = events::<Q::Item, _>(body);
        loop {
            let event = match timeout_at(opened + timeout, events.next()).await {
                Ok(Some(Ok(event))) => event,
                Ok(Some(Err(error))) => return Outcome::WatchEnded(Some(error)),
                Ok(None) | Err(_) => return Outcome::WatchEnded(None),
            };
            if let Err(error) = self.apply(event) {
                return Outcome::WatchEnded(Some(error));
            }
            self.sink.ready().await;
            consume_budget().await;
        }
    }

    fn apply(&mut self, event: WatchEvent<Q::Item>) -> Result<()> {
        match event {
            WatchEvent::Added(object) => self.changed(object, true, Q::add),
            WatchEvent::Modified(object) => self.changed(object, false, Q::update),
            WatchEvent::Deleted(object) => self.deleted(object),
            WatchEvent::Bookmark { resource_version, .. } => self.seen(&resource_version, false),
            WatchEvent::Undecodable(bad) => self.poison(bad),
            WatchEvent::Unnamed(error) => self.unnamed(&error),
            WatchEvent::Unknown { resource_version, .. } => {
                self.status.with(|status| status.unknown_events += 1);
                self.seen(resource_version.as_deref().unwrap_or_default(), false);
            }
            WatchEvent::Error(error) => return Err(error),
        }
        Ok(())
    }

    fn changed(&mut self, mut object: Q::Item, added: bool, tell: fn(&Q, Arc<Q::Item>)) {
        let meta = object.stored_meta();
        let version = meta.resource_version.clone().unwrap_or_default();
        if let Err(error) = self.sink.admit(&mut object) {
            let uid = object.stored_meta().uid.clone();
            return self.poison(Undecodable {
                key: object.stored_key(),
                uid,
                resource_version: version,
                added,
                deleted: false,
                error,
            });
        }
        if self.has_poisoned {
            self.not_poisoned(&object.stored_key());
        }
        tell(&self.sink, Arc::new(object));
        self.seen(&version, added);
    }

    fn deleted(&mut self, mut object: Q::Item) {
        let key = object.stored_key();
        let version = object.stored_meta().resource_version.clone().unwrap_or_default();
        // It is gone, whether or not its last state is wanted.
        let admitted = self.sink.admit(&mut object).is_ok();
        self.not_poisoned(&key);
        self.sink.delete(key, admitted.then(|| Arc::new(object)));
        self.seen(&version, false);
    }

    fn poison(&mut self, bad: Undecodable) {
        if bad.deleted {
            self.not_poisoned(&bad.key);
            self.sink.delete(bad.key, None);
        } else {
            let poison = Poison { resource_version: bad.resource_version.clone(), error: bad.error.clone() };
            self.has_poisoned = true;
            let before = self.status.with(|status| status.poisoned.insert(bad.key.clone(), poison));
            if before.is_none() {
                self.say_poisoned(1, &bad.key, &bad.error);
            }
        }
        self.seen(&bad.resource_version, bad.added);
    }

    /// The object is readable again, or gone.
    fn not_poisoned(&mut self, key: &ObjectKey) {
        if self.has_poisoned {
            self.has_poisoned = self.status.with(|status| {
                status.poisoned.remove(key);
                !status.poisoned.is_empty()
            });
        }
    }

    fn seen(&mut self, version: &str, added: bool) {
        if self.machine.seen(version, added)
            && let Some(version) = self.machine.version()
        {
            self.sink.bookmark(version);
        }
    }
}

/// Reads a page to its end, and counts its bytes.
async fn collect<B>(mut body: B, bytes: &mut usize, max: usize) -> Result<Bytes>
where
    B: futures_util::Stream<Item = Result<Bytes>> + Unpin,
{
    let (mut only, mut whole) = (Bytes::new(), BytesMut::new());
    while let Some(chunk) = body.next().await.transpose()? {
        *bytes = add_bytes(*bytes, chunk.len(), max)?;
        if only.is_empty() && whole.is_empty() {
            only = chunk;
        } else {
            whole.extend_from_slice(&std::mem::take(&mut only));
            whole.extend_from_slice(&chunk);
        }
        consume_budget().await;
    }
    Ok(if whole.is_empty() { only } else { whole.freeze() })
}
