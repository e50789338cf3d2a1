//! Structural schemas: what the API server does with an object because of its schema.

#[cfg(feature = "engine")]
mod bounds;
#[cfg(feature = "engine")]
mod branches;
pub mod cel;
#[cfg(feature = "engine")]
mod completeness;
#[cfg(feature = "engine")]
mod default_rules;
#[cfg(feature = "engine")]
pub mod defaulting;
#[cfg(feature = "engine")]
pub mod field_error;
#[cfg(feature = "engine")]
pub mod formats;
#[cfg(feature = "engine")]
mod list_rules;
#[cfg(feature = "engine")]
mod lists;
#[cfg(feature = "engine")]
pub mod node;
#[cfg(feature = "engine")]
pub mod number;
pub mod pattern;
#[cfg(feature = "engine")]
pub mod prune;
#[cfg(feature = "engine")]
mod ratchet;
#[cfg(feature = "engine")]
mod raw;
#[cfg(feature = "engine")]
pub mod structural;
#[cfg(feature = "engine")]
pub mod validate;
