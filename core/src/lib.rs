//! Annotate a struct, get the whole Kubernetes client.

pub mod api;
pub mod client;
pub mod config;
pub mod error;
pub mod resource;
pub mod rest;
pub mod schema;
pub mod transport;
pub mod watch;

pub use self::error::{Error, ErrorKind, Result};
