//! Objects from one version of a kind to another.
//!
//! The API server stores objects in one version and serves them in several. Where the versions differ in more than
//! their names, it asks a webhook to convert: it posts a `ConversionReview` and gets one back. The conversion itself
//! is `From` (or `TryFrom`, where it can fail) both ways between each version and one **hub**, usually the version
//! that is stored; from that are made
//!
//! | | |
//! | --- | --- |
//! | [`Converter`] | answers reviews: bytes in, bytes out, without a server |
//! | [`ConversionService`] | the same as a [`tower::Service`] over HTTP, for axum, hyper and their like |
//! | [`ConversionWebhook`] | how the API server finds it: the conversion block of the definition |
//! | [`RoundTrip`], [`conversion_tests!`](crate::conversion_tests!) | tests that nothing is lost on the way, with random and with given objects |
//!
//! # Examples
//!
//! ```
//! mod v1alpha1 {
//!     use kubist::prelude::*;
//!
//!     #[derive(Clone, Debug, Resource)]
//!     #[resource(group = "example.com", version = "v1alpha1", scope = Namespaced)]
//!     pub struct Website {
//!         pub metadata: ObjectMeta,
//!         pub spec: WebsiteSpec,
//!     }
//!
//!     #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
//!     pub struct WebsiteSpec {
//!         pub bucket: String,
//!     }
//! }
//!
//! mod v1 {
//!     use kubist::prelude::*;
//!
//!     #[derive(Clone, Debug, Resource)]
//!     #[resource(group = "example.com", version = "v1", scope = Namespaced)]
//!     pub struct Website {
//!         pub metadata: ObjectMeta,
//!         pub spec: WebsiteSpec,
//!     }
//!
//!     #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
//!     pub struct WebsiteSpec {
//!         pub source: String,
//!     }
//! }
//!
//! impl From<v1alpha1::Website> for v1::Website {
//!     fn from(old: v1alpha1::Website) -> Self {
//!         Self { metadata: old.metadata, spec: v1::WebsiteSpec { source: old.spec.bucket } }
//!     }
//! }
//!
//! impl From<v1::Website> for v1alpha1::Website {
//!     fn from(new: v1::Website) -> Self {
//!         Self { metadata: new.metadata, spec: v1alpha1::WebsiteSpec { bucket: new.spec.source } }
//!     }
//! }
//!
//! use kubist::conversion::Converter;
//!
//! let converter = Converter::<v1::Website>::new().version::<v1alpha1::Website>();
//! let review = br#"{
//!     "apiVersion": "apiextensions.k8s.io/v1", "kind": "ConversionReview",
//!     "request": {"uid": "42", "desiredAPIVersion": "example.com/v1", "objects": [{
//!         "apiVersion": "example.com/v1alpha1", "kind": "Website",
//!         "metadata": {"name": "front"}, "spec": {"bucket": "gs://a"}
//!     }]}
//! }"#;
//! let answer = String::from_utf8(converter.handle(review)?).unwrap();
//! assert!(answer.contains(r#""spec":{"source":"gs://a"}"#), "{answer}");
//! # Ok::<(), kubist::Error>(())
//! ```

mod convert;
mod converter;
mod loss;
mod nulls;
pub(crate) mod random;
mod review;
mod round_trip;
mod service;
mod url;
mod webhook;

pub use self::convert::Convert;
pub use self::converter::Converter;
pub use self::loss::{Loss, there_and_back};
pub use self::round_trip::RoundTrip;
pub use self::service::{ConversionService, REVIEW_BYTES_MAX};
pub use self::webhook::{ConversionWebhook, check_conversion, check_webhook};
