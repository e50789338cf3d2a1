//! Annotate a struct, get the whole Kubernetes client.

pub mod api;
pub mod client;
pub mod config;
pub mod crd;
pub mod error;
pub mod prelude;
pub mod resource;
pub mod rest;
pub mod schema;
pub mod transport;
pub mod watch;

pub use self::api::Api;
pub use self::client::Client;
pub use self::error::{Error, ErrorKind, Result};
pub use k8s_openapi;
pub use serde;

#[doc(hidden)]
#[derive(Debug)]
pub struct SharedInformer<K>(pub std::marker::PhantomData<K>);
#[doc(hidden)]
#[derive(Debug)]
pub struct Lister<K>(pub std::marker::PhantomData<K>);
