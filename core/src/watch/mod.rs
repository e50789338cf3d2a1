//! Lists and watches as bytes, and how they become events.

mod list_watch;

pub use self::list_watch::{ListRequest, ListWatch, VersionMatch, WatchRequest};
