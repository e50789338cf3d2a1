//! An embedded Kubernetes API server for tests and examples.
//!
//! It runs in the process of the test, over real HTTP on 127.0.0.1, and is up in milliseconds. It keeps objects in
//! memory and answers as kube-apiserver 1.37 does: storage with one resourceVersion, watches with history and
//! bookmarks, custom resources with pruning, defaults and validation, subresources, server-side apply, discovery.
//!
//! ```
//! # #[tokio::main]
//! # async fn main() -> std::io::Result<()> {
//! let server = kubist_apiserver::ApiServer::start().await?;
//! // Give `server.url()` or `server.kubeconfig()` to any Kubernetes client.
//! server.shut_down().await;
//! # Ok(())
//! # }
//! ```

mod admission;
mod apply;
mod builtin;
mod cluster;
mod crd;
mod discovery;
mod faults;
mod health;
mod json;
mod json_patch;
mod kinds;
mod kubeconfig;
mod meta;
mod openapi;
mod protobuf;
mod registry;
mod request;
mod rest;
mod selector;
mod server;
mod shared;
mod signal;
mod status;
mod storage;
mod strategic;
mod table;
mod task;
mod tokens;
mod wire;

pub use crate::faults::{FaultRule, RecordedRequest};
pub use crate::server::{ApiServer, Builder};
