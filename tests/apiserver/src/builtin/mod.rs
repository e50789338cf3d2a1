//! Pure: the kinds that every API server has.

pub(crate) mod quantity;
pub(crate) mod validate;
