//! Annotate a struct, get the whole Kubernetes client.

pub mod error;
pub mod resource;
pub mod schema;
pub mod watch;

pub use self::error::{Error, ErrorKind, Result};
