//! kubist and the real client-go are given the same inputs. What client-go makes of them stands in `vectors/`; each module
//! here reads the table of its name. How they come about, and where the two are meant to differ, is told in README.md.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by a panic; clippy knows only `#[test]` functions as tests"
)]

mod fields;
mod jsonpath;
mod kubeconfig;
mod labels;
mod meant;
mod names;
mod quantity;
mod recorder;
mod requests;
mod resource_version;
mod retry;
mod urls;
mod warnings;

use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::Value;

/// The rows of a section of a table.
fn rows<T: DeserializeOwned>(table: &str, section: &str) -> Vec<T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(format!("{table}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut all: Value = serde_json::from_str(&text).unwrap();
    let rows: Vec<T> = serde_json::from_value(all[section].take()).unwrap();
    assert!(!rows.is_empty(), "{table} has no {section}");
    rows
}

/// Fails with all that is wrong, and how much that is.
fn none_wrong(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} rows are wrong:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}
