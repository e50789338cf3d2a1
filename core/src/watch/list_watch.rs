use std::time::Duration;

use bytes::Bytes;
use futures_util::Stream;

use crate::error::Result;
use crate::resource::VersionMatch;

/// Something that can be listed and watched: one resource, in one namespace or all of them, with its
/// selectors.
///
/// It moves bytes: decoding belongs to whoever reads them, so that an unchanged object of a second
/// list need not be decoded at all. The typed API implements it, and so can a fake.
pub trait ListWatch: Send + Sync + 'static {
    /// The body of an answer, in chunks as they arrive.
    type Body: Stream<Item = Result<Bytes>> + Send + Unpin + 'static;

    /// What is listed, for errors and logs: `websites.example.com in "shop"`. Whoever lists and watches puts it into
    /// the errors, so that those of [`list`](Self::list) and [`watch`](Self::watch) need not name it.
    fn description(&self) -> String;

    /// Asks for one page of the list. The body is one JSON list object.
    ///
    /// # Errors
    ///
    /// When the request could not be sent or the server refused it.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future or the body ends the request.
    fn list(&self, request: ListRequest) -> impl Future<Output = Result<Self::Body>> + Send;

    /// Opens a watch. The body is a sequence of JSON watch events, one per line.
    ///
    /// # Errors
    ///
    /// When the request could not be sent or the server refused it.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future or the body ends the watch.
    fn watch(&self, request: WatchRequest) -> impl Future<Output = Result<Self::Body>> + Send;
}

/// What to ask of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListRequest {
    /// At most this many objects in the page; `None` for the server's choice.
    pub limit: Option<u32>,
    /// The token of the page before, to go on from there.
    pub continue_token: Option<String>,
    /// `None`: the newest state, read from storage. `"0"`: any state the server has in memory.
    pub resource_version: Option<String>,
    /// How `resource_version` is meant.
    pub version_match: Option<VersionMatch>,
}

/// What to ask of a watch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WatchRequest {
    /// Changes after this version are sent; `None` starts with the current objects.
    pub resource_version: Option<String>,
    /// When the server ends the watch, in whole seconds; `None` for the server's choice.
    pub timeout: Option<Duration>,
    /// Whether the server may send bookmarks, which move the version on without a change.
    pub bookmarks: bool,
    /// Whether the watch begins with all current objects, ended by a marked bookmark.
    pub send_initial_events: Option<bool>,
}
