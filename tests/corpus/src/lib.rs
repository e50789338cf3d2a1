//! The corpus: every shape that the derive knows, written as a user writes it, with the schema it must give, the
//! values the server must take and those it must refuse.
//!
//! An [`Entry`] has the number of the shape (`A01` to `A122`), as its kind has. The tests of this crate judge each
//! entry four times: its schema against the one written here, its values on a real server and on the embedded one,
//! and random values, in JSON and in Rust, against the schema engine.

#[macro_use]
mod kind;

mod entry;
mod enums;
mod flatten;
mod kubernetes;
mod lists;
mod maps;
mod numbers;
mod option;
mod random;
mod recursion;
mod refused;
mod result;
mod root;
mod scalars;
mod structs;
mod tagged;
mod templates;
mod text;
mod topology;
mod typed;
mod validation;
mod versions;

pub use crate::entry::{Entry, Step};
pub use crate::refused::{Refused, refused};
pub use crate::typed::Sample;

/// All entries.
#[must_use]
pub fn entries() -> Vec<Entry> {
    let topics = [
        enums::entries(),
        flatten::entries(),
        kubernetes::entries(),
        lists::entries(),
        maps::entries(),
        numbers::entries(),
        option::entries(),
        recursion::entries(),
        result::entries(),
        root::entries(),
        scalars::entries(),
        structs::entries(),
        tagged::entries(),
        templates::entries(),
        text::entries(),
        topology::entries(),
        validation::entries(),
        versions::entries(),
    ];
    topics.into_iter().flatten().collect()
}
