//! The kinds that the server has without any definition.

pub(crate) mod data;
pub(crate) mod kinds;
pub(crate) mod types;
