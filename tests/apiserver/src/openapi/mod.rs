//! The documents from which clients learn the fields of kinds and the parameters of requests.
//!
//! They are made of the same data as everything else, without texts for people: of a built-in kind once in the life
//! of the process, of a custom one when somebody asks.

pub(crate) mod custom;
pub(crate) mod document;
pub(crate) mod paths;
pub(crate) mod schema;
pub(crate) mod serve;
