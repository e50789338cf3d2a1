//! Patterns: whether the API server takes one, and how it matches.
//!
//! The server compiles patterns with Go's `regexp`, whose syntax is RE2's.

#[cfg(feature = "engine")]
mod engine;
mod escape;
mod syntax;

#[cfg(feature = "engine")]
pub use crate::pattern::engine::compile;
pub use crate::pattern::syntax::{Problem, check};
