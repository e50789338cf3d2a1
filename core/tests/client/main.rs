//! The client against a scripted server: what goes over the wire, and what comes of each answer.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod auth;
mod auto_traits;
mod content_types;
mod dynamic;
mod errors;
mod fake;
mod install;
mod logs;
mod migration;
mod network;
mod proxy;
mod proxy_server;
mod retry;
mod rotation;
mod rows_writes;
mod secrets;
mod server;
mod tls;
mod verbs;
mod watches;
mod website;
