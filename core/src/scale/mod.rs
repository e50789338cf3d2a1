//! Scaling objects of any kind that has a `scale` subresource.
//!
//! A kind that is known at compile time scales by [`Api::scale`](crate::Api::scale); a [`ScaleClient`] scales whatever
//! it is told by name, and knows all forms that a scale has had.

mod client;
mod form;

pub use self::client::ScaleClient;
