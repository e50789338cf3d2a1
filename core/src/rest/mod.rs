//! One request, one answer: what to ask is decided by pure functions, one sender asks it.
//!
//! [`RestClient`] is client-go's `RESTClient`: any verb, path, subresource and parameter, typed or
//! raw. [`Request`] is plain data and is checked before anything is sent.

mod client;
mod params;
mod path;
mod query;
mod request;
mod response;
mod retry;

pub use self::client::RestClient;
pub use self::params::{
    ApplyParams, CreateParams, DeleteParams, FieldValidation, ListParams, PatchParams, Preconditions,
    Propagation, WriteParams,
};
pub use self::path::ResourcePath;
pub(crate) use self::path::check_name;
pub use self::request::{PatchType, Request};
pub(crate) use self::response::{decode, decode_deleted};

pub use http::Method;
