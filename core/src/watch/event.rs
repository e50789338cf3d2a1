//! Pure: what a watch tells.

use std::fmt;

use crate::error::Error;
use crate::resource::ObjectKey;

/// One event of a watch.
#[derive(Clone)]
#[non_exhaustive]
pub enum WatchEvent<S> {
    /// The object exists: it was made, or it was there when the watch began.
    Added(S),
    /// The object was changed.
    Modified(S),
    /// The object is gone; this is its last state.
    Deleted(S),
    /// Nothing changed up to this version: a watch may go on from here.
    Bookmark {
        /// The version.
        resource_version: String,
        /// Whether this ends the objects that were there when the watch began.
        initial_events_end: bool,
    },
    /// The server gives up; [`Error::is_gone`] asks for a new list.
    Error(Error),
    /// One object could not be read. The watch goes on: one bad object harms only itself.
    Undecodable(Undecodable),
    /// An object came without a name that could be read, so that it cannot be said which one. The watch goes
    /// on.
    Unnamed(Error),
    /// An event of a type that this crate does not know.
    Unknown {
        /// The type.
        event_type: String,
        /// The version of the object in it, if it has one.
        resource_version: Option<String>,
    },
}

/// An object that could not be read, as far as its name and version are known.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Undecodable {
    /// The object.
    pub key: ObjectKey,
    /// The object's uid, if it has one.
    pub uid: Option<String>,
    /// The object's version; empty when the server sent none.
    pub resource_version: String,
    /// Whether the event says that the object is new, or was there when the watch began.
    pub added: bool,
    /// Whether the event says that the object is gone.
    pub deleted: bool,
    /// What is wrong with it.
    pub error: Error,
}

/// Names the event; bodies are never printed.
impl<S> fmt::Debug for WatchEvent<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added(_) => f.write_str("Added(..)"),
            Self::Modified(_) => f.write_str("Modified(..)"),
            Self::Deleted(_) => f.write_str("Deleted(..)"),
            Self::Bookmark { resource_version, initial_events_end } => f
                .debug_struct("Bookmark")
                .field("resource_version", resource_version)
                .field("initial_events_end", initial_events_end)
                .finish(),
            Self::Error(error) => f.debug_tuple("Error").field(error).finish(),
            Self::Undecodable(bad) => f.debug_tuple("Undecodable").field(bad).finish(),
            Self::Unnamed(error) => f.debug_tuple("Unnamed").field(error).finish(),
            Self::Unknown { event_type, resource_version } => f
                .debug_struct("Unknown")
                .field("event_type", event_type)
                .field("resource_version", resource_version)
                .finish(),
        }
    }
}
