//! Apply types, `apply!` and `extract`, without a server.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by a panic; clippy knows only `#[test]` functions as tests"
)]

mod derive;
mod extract;
mod literal;
