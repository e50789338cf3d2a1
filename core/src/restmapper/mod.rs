//! From kinds and the names that people type to resources.
//!
//! [`RestMapper`] answers from what discovery remembers, and asks the server once more when that is not enough.

mod lookup;
mod mapper;
mod name;

pub use self::mapper::RestMapper;
