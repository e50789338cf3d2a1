//! Structural schemas: what the API server does with an object because of its schema.

pub mod cel;
#[cfg(feature = "engine")]
pub mod definition;
#[cfg(feature = "engine")]
pub mod field_error;
#[cfg(feature = "engine")]
mod field_path;
#[cfg(feature = "engine")]
pub mod formats;
#[cfg(feature = "engine")]
pub mod metadata;
pub mod names;
#[cfg(feature = "engine")]
pub mod node;
#[cfg(feature = "engine")]
pub mod number;
pub mod pattern;
#[cfg(feature = "engine")]
mod ratchet;
#[cfg(feature = "engine")]
mod raw;
#[cfg(feature = "engine")]
pub mod rules;
#[cfg(feature = "engine")]
mod schema;
#[cfg(feature = "engine")]
mod validations;
#[cfg(feature = "engine")]
pub mod value;

#[cfg(feature = "engine")]
pub use crate::field_error::{FieldError, Problem};
#[cfg(feature = "engine")]
pub use crate::schema::{StructuralSchema, Verdict, Written};
