//! The client against a scripted server: what goes over the wire, and what comes of each answer.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod auto_traits;
mod content_types;
mod dynamic;
mod errors;
mod fake;
mod install;
mod logs;
mod migration;
mod network;
mod retry;
mod rows_writes;
mod server;
mod tls;
mod verbs;
mod watches;
mod website;
