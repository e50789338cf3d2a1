//! The round-trip tests that the example `versions` declares.

#![expect(dead_code, reason = "the program itself is run by another test")]

#[path = "../versions.rs"]
mod versions;
