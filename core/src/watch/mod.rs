//! Lists and watches as bytes, and how they become events.
//!
//! [`ListWatch`] is where the bytes come from. [`events`] turns the body of a watch into
//! [`WatchEvent`]s, for those who want the raw watch; a
//! `Reflector` does the same and keeps going.

mod decode;
mod event;
mod frame;
mod header;
mod items;
mod list;
mod list_watch;
mod stream;

pub use self::event::{Undecodable, WatchEvent};
pub use self::frame::FRAME_BYTES_MAX;
pub use self::list::LIST_BYTES_MAX;
pub use self::list_watch::{ListRequest, ListWatch, WatchRequest};
pub use self::stream::{WatchStream, events};
pub use crate::resource::VersionMatch;

pub(crate) use self::decode::{item, object};
pub(crate) use self::header::header;
pub(crate) use self::items::Items;
pub(crate) use self::list::{PAGE_SIZE, add_bytes, first_undecodable, next_page, page};
