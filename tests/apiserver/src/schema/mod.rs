//! The schema engine: what the server does with an object because of its schema.
//!
//! Pure data in, data out: no server types, no clock, no I/O.

pub(crate) mod bounds;
pub(crate) mod branches;
pub(crate) mod completeness;
pub(crate) mod default_rules;
pub(crate) mod defaulting;
pub(crate) mod field_error;
pub(crate) mod formats;
mod go_syntax;
pub(crate) mod list_rules;
pub(crate) mod lists;
pub(crate) mod node;
pub(crate) mod number;
pub(crate) mod pattern;
pub(crate) mod prune;
mod ratchet;
pub(crate) mod raw;
pub(crate) mod structural;
pub(crate) mod validate;
