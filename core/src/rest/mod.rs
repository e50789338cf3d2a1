//! One request, one answer: what to ask is decided by pure functions, one sender asks it.
//!
//! [`RestClient`] is client-go's `RESTClient`: any verb, path, subresource and parameter, typed or
//! raw. [`Request`] is plain data and is checked before anything is sent. What happens to requests on their way can be
//! watched ([`Metrics`], spans and events of `tracing`), slowed down ([`RateLimit`]), and changed (layers of `tower`).
//!
//! # Examples
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use kubist::Client;
//! use kubist::resource::GroupVersionResource;
//! use kubist::rest::{Method, PatchType, Request, ResourcePath};
//! use serde_json::{Value, json};
//!
//! # async fn example(client: Client) -> kubist::Result<()> {
//! let rest = client.rest();
//! // By its path, typed or raw.
//! let version: Value = rest.json(Request::get("/version")).await?;
//! let metrics = rest.bytes(Request::get("/metrics").accept("text/plain")).await?;
//!
//! // By its nouns, down to a subresource, in at most five seconds with all tries.
//! let deployments =
//!     GroupVersionResource { group: "apps".into(), version: "v1".into(), resource: "deployments".into() };
//! let path = ResourcePath::new(&deployments).namespace("shop").name("front").subresource("scale");
//! let scale: Value = rest.json(Request::to(Method::GET, &path).timeout(Duration::from_secs(5))).await?;
//!
//! // Status code and headers.
//! let patch = json!({"spec": {"replicas": 3}}).to_string();
//! let request = Request::patch(path.build()?, PatchType::Merge, patch).query("dryRun", "All");
//! let answer = rest.send(request).await?;
//! assert_eq!(answer.status(), 200);
//!
//! // As it arrives.
//! let log = Request::get("/api/v1/namespaces/shop/pods/front/log").query("follow", "true");
//! let body = rest.stream(log).await?;
//! # Ok(())
//! # }
//! ```

mod bucket;
mod client;
mod decoder;
mod duration;
mod guard;
mod limit;
mod metrics;
mod options;
mod params;
mod path;
mod query;
mod request;
mod response;
mod retry;
mod retry_after;
mod template;
mod transcode;
mod tries;
mod warned;
mod warning;
mod watch_params;

pub use self::client::RestClient;
pub use self::decoder::Decoder;
pub use self::limit::RateLimit;
pub use self::metrics::{Metrics, Try};
pub use self::params::{
    ApplyParams, DeleteParams, DeletionPropagation, FieldValidation, GetParams, ListParams, Preconditions,
    WriteParams,
};
pub use self::path::ResourcePath;
pub(crate) use self::path::check_name;
pub use self::request::{PatchType, Request};
pub(crate) use self::response::{decode, decode_deleted, decode_written};
pub use self::retry::RetryPolicy;
pub use self::warning::{Warning, warnings};
pub use self::watch_params::WatchParams;

pub use http::Method;
