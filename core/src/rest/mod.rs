//! One request, one answer: what to ask is decided by pure functions, one sender asks it.
//!
//! [`RestClient`] is client-go's `RESTClient`: any verb, path, subresource and parameter, typed or
//! raw. [`Request`] is plain data and is checked before anything is sent.

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
