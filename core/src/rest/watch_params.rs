//! Pure: the options of a watch.

use std::time::Duration;

/// Which objects of a watch, and from where on.
///
/// # Defaults
///
/// All objects: first those that are there, in any order, as if they had just been added, then what changes. Bookmarks
/// are sent. The server ends the watch when it wants to, after half an hour to an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct WatchParams {
    pub(crate) labels: String,
    pub(crate) fields: String,
    pub(crate) resource_version: Option<String>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) bookmarks: bool,
    pub(crate) initial_events: bool,
}

impl Default for WatchParams {
    fn default() -> Self {
        Self {
            labels: String::new(),
            fields: String::new(),
            resource_version: None,
            timeout: None,
            bookmarks: true,
            initial_events: false,
        }
    }
}

impl WatchParams {
    /// Only the changes after this version: that of a list, or of the last event of another watch.
    pub fn after(mut self, resource_version: impl Into<String>) -> Self {
        self.resource_version = Some(resource_version.into());
        self
    }

    /// Only objects whose labels match, for example `app=web,tier in (a, b)`.
    pub fn labels(mut self, selector: impl Into<String>) -> Self {
        self.labels = selector.into();
        self
    }

    /// Only objects whose fields match, for example `status.phase=Running`.
    pub fn fields(mut self, selector: impl Into<String>) -> Self {
        self.fields = selector.into();
        self
    }

    /// When the server is to end the watch, in whole seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Whether the server may send bookmarks, which move the version on without a change. On by default.
    pub fn bookmarks(mut self, bookmarks: bool) -> Self {
        self.bookmarks = bookmarks;
        self
    }

    /// Begins with the objects that are there, and says by a marked bookmark where they end. Not together with
    /// [`after`](Self::after) a version that the server has to look up: it is taken as one that the objects must not
    /// be older than.
    pub fn initial_events(mut self) -> Self {
        self.initial_events = true;
        self
    }
}
