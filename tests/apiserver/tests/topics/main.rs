//! The server over the wire, topic by topic. One binary, so that the shared client is compiled once.
#![expect(clippy::unwrap_used, reason = "a test that cannot ask its question should panic")]

mod apply;
mod custom_resources;
mod definitions;
mod dependents;
mod forms;
mod lists;
mod manners;
mod objects;
mod openapi;
mod refusals;
mod server;
mod streams;
mod support;
mod watches;
