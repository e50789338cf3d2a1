//! Annotate a struct, get the whole Kubernetes client.

pub mod api;
pub mod client;
pub mod config;
pub mod crd;
pub mod delta_fifo;
pub mod error;
pub mod informer;
pub mod lister;
pub mod prelude;
pub mod reflector;
pub mod resource;
pub mod rest;
pub mod schema;
pub mod store;
mod task;
pub mod transport;
pub mod watch;

pub use self::api::Api;
pub use self::client::Client;
pub use self::error::{Error, ErrorKind, Result};
pub use self::informer::SharedInformer;
pub use self::lister::Lister;
pub use k8s_openapi;
pub use serde;
