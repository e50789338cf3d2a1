//! Server-side apply: parts of objects, and who owns them.
//!
//! A program that applies says which fields it wants, as a *field manager*. The server merges them into the object,
//! remembers who has set what, refuses (as a conflict) what another manager has set to another value, and removes what
//! its manager no longer applies. So what is sent must hold the fields that were meant and no other:
//!
//! * [`#[derive(Apply)]`](derive@crate::Apply) writes `WebsiteApply`, where every field is optional and what was not
//!   set is not sent. Lists whose items have keys ask for them; what has one owner is given whole; the status is apart.
//! * [`apply!`](crate::apply!) writes a part of any struct, also of the built-in kinds: `apply!(Deployment { spec: {
//!   replicas: 3 } })` is checked by the compiler and holds one field.
//! * [`extract`] and its typed forms give back what a manager has applied.
//! * [`conflicts`] reads a refusal: which field, and who owns it.

mod body;
mod check;
mod config;
mod conflict;
mod extract;
mod kubernetes;
mod managed;
mod names;
mod part_of;
mod partial;
mod place;
mod topology;
mod value;
mod written;

pub(crate) use self::body::apply_body;
pub use self::check::{check_item, check_keys, check_status};
pub use self::config::{Apply, Member};
pub use self::conflict::{Conflict, conflicts};
pub use self::extract::{extract, extract_part, extract_status};
pub(crate) use self::part_of::with_status;
pub use self::part_of::{PartOf, StatusOf, to_json};
pub use self::partial::Partial;
pub use self::place::{Entries, Fields, Items, Known, ListOf, MapOf, Place, Plain, Unknown, entries, items};
pub use self::value::{FieldValue, IntoConfig};
pub use self::written::{Members, Written, is_same, write_flat};
pub use serde_json::Value as Json;
