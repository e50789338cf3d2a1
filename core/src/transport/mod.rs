//! Bytes: one HTTP request out, one answer in.
//!
//! [`Transport`] is a boxed [`tower::Service`]; the default one is hyper over rustls, and layers or
//! a fake in a test take the same place. This module knows HTTP and nothing of Kubernetes.

mod auth;
mod body;
mod connect;
mod connections;
mod crypto;
mod deadlines;
mod dial;
mod digest;
mod encoding;
mod failure;
#[cfg(feature = "gzip")]
mod gunzip;
mod identified;
mod identity;
mod lane;
mod lanes;
mod peer;
mod proxy;
mod retire;
mod secret;
mod service;
mod settings;
mod socks;
mod stage;
mod tls;
mod tunnel;

pub(crate) use self::auth::{Credential, CredentialSource};
pub use self::body::{Body, ResponseBody};
pub(crate) use self::connect::{Caller, connect};
pub use self::deadlines::Deadlines;
pub(crate) use self::digest::sha256;
pub(crate) use self::encoding::{accepted_encoding, unpacked};
pub(crate) use self::identity::{Identity, IdentityCell};
pub(crate) use self::lanes::Streaming;
pub(crate) use self::proxy::Proxy;
pub(crate) use self::secret::Secret;
pub use self::service::Transport;
pub(crate) use self::tls::{TlsFiles, TlsSettings};
