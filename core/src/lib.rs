//! Annotate a struct, get the whole Kubernetes client.

pub mod delta_fifo;
pub mod error;
pub mod informer;
pub mod lister;
pub mod reflector;
pub mod resource;
pub mod schema;
pub mod store;
mod task;
pub mod watch;

pub use self::error::{Error, ErrorKind, Result};
