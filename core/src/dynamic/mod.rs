//! Kinds whose names are known at run time only.
//!
//! [`DynamicObject`] is an object of any kind, and [`PartialObjectMetadata`] the metadata of one. A [`DynamicClient`]
//! knows a resource by its names, and makes of them the same [`Api`](crate::Api) that a typed kind has: every verb,
//! every subresource, the same errors, and an informer.

mod client;
mod convert;
mod documents;
mod metadata;
mod object;
mod order;

pub use self::client::DynamicClient;
pub use self::documents::{from_yaml, to_json, to_yaml};
pub use self::metadata::PartialObjectMetadata;
pub use self::object::DynamicObject;
pub(crate) use self::order::apply_order;
