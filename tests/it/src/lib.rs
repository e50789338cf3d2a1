//! Integration tests: written once, run against the embedded and the real server.
