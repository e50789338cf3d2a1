//! The kinds that the server has without any definition.

pub(crate) mod convert;
pub(crate) mod data;
pub(crate) mod decode;
pub(crate) mod defaults;
pub(crate) mod kinds;
pub(crate) mod scalars;
pub(crate) mod shape;
pub(crate) mod text;
pub(crate) mod time;
pub(crate) mod types;
pub(crate) mod validate;
