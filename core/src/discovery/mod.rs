//! What a cluster serves: groups, versions, resources, its own version and its OpenAPI documents.
//!
//! [`DiscoveryClient`] asks once and remembers, in memory and, if you like, on disk. Where a part of the cluster does
//! not answer, what did is there, and the rest is named by [`ServerResources::failures`].

mod client;
mod disk;
mod fetch;
mod groups;
mod host;
mod openapi;
mod wire;

pub use self::client::DiscoveryClient;
pub use self::groups::{ApiGroup, ApiVersion, ServerResources, Undiscovered};
pub use self::openapi::{OpenApi, OpenApiPath};
