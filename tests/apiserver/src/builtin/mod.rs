//! Built-in kinds.

pub(crate) mod decode;
pub(crate) mod quantity;
pub(crate) mod scalars;
pub(crate) mod shape;
pub(crate) mod time;
pub(crate) mod types;
pub(crate) mod validate;
