//! The client against a scripted server: what goes over the wire, and what comes of each answer.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod auth;
mod auto_traits;
mod content_types;
mod discovery;
mod dynamic;
mod errors;
mod fake;
mod findings;
mod goaway;
mod install;
mod logs;
mod migration;
mod network;
mod proxy;
mod proxy_server;
mod requests;
mod retry;
mod rotation;
mod rows_connection;
mod rows_writes;
mod script;
mod secrets;
mod server;
mod tls;
mod verbs;
mod watches;
mod website;
