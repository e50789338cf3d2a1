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

mod answers;
mod apply;
mod builtin;
mod cluster;
mod crd;
mod discovery;
mod duration;
mod encoding;
mod faults;
mod handler;
mod health;
mod json;
mod json_patch;
mod kinds;
mod kubeconfig;
mod meta;
mod names;
mod negotiate;
mod openapi;
mod paths;
mod protobuf;
mod query;
mod registry;
mod rest;
mod route;
mod schema;
mod selector;
mod serve;
mod server;
mod signal;
mod status;
mod storage;
mod strategic;
mod strategy;
mod table;
mod task;
mod tls;
mod tokens;

pub use crate::faults::{FaultRule, RecordedRequest};
pub use crate::server::{ApiServer, Builder};
