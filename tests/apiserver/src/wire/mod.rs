//! From connections to requests, and from answers back to bytes.

pub(crate) mod answers;
pub(crate) mod encoding;
pub(crate) mod handler;
pub(crate) mod openapi;
pub(crate) mod serve;
pub(crate) mod tls;
