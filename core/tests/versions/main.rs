//! Several versions of one kind: their definition, the conversion between them, what an upgrade breaks, and how an
//! old version is got rid of.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by a panic; clippy knows only `#[test]` functions as tests"
)]

mod converter;
mod definition;
mod diff;
mod round_trip;
mod service;
mod webhook;
mod website;
