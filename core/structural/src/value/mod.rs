//! What becomes of a value because of its schema.

pub(crate) mod bounds;
pub mod defaults;
pub mod embedded;
pub mod prune;
pub mod scale;
pub(crate) mod unique;
pub mod validate;
