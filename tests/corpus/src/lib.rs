//! The corpus: every shape that the derive knows, written as a user writes it, with the schema it must give, the
//! values the server must take and those it must refuse.
//!
//! An [`Entry`] has the number of the shape (`A01` to `A122`), as its kind has. The tests of this crate judge each
//! entry four times: its schema against the one written here, its values on a real server and on the embedded one,
//! and random values, in JSON and in Rust, against the schema engine.

#[macro_use]
mod kind;

mod entry;
mod scalars;
mod typed;

pub use crate::entry::{Entry, Step};
pub use crate::typed::Sample;

/// All entries.
#[must_use]
pub fn entries() -> Vec<Entry> {
    let topics = [scalars::entries()];
    topics.into_iter().flatten().collect()
}
