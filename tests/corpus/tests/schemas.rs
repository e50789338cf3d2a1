//! The schema of each entry, compared with the one written beside it.

use kubist_corpus::entries;
use serde_json::{Value, json};

/// Equality for which `1` and `1.0` are the same bound: the API keeps bounds as floats.
fn same(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Number(found), Value::Number(expected)) => found.as_f64() == expected.as_f64(),
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len() && found.iter().zip(expected).all(|(f, e)| same(f, e))
        }
        (Value::Object(found), Value::Object(expected)) => {
            found.len() == expected.len()
                && found.iter().all(|(name, f)| expected.get(name).is_some_and(|e| same(f, e)))
        }
        _ => found == expected,
    }
}

#[test]
fn each_entry_has_its_schema() {
    let mut wrong = Vec::new();
    for entry in entries() {
        let crd = serde_json::to_value(entry.definition()).unwrap();
        let found = &crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"][entry.part()];
        if let Some(expected) = entry.schema().filter(|expected| !same(found, expected)) {
            wrong.push(format!("{}\n  found    {found}\n  expected {expected}", entry.kind()));
        }
        for (pointer, expected) in entry.statements() {
            let found = crd.pointer(pointer).unwrap_or(&Value::Null);
            if !same(found, expected) {
                wrong.push(format!("{} {pointer}\n  found    {found}\n  expected {expected}", entry.kind()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn each_root_says_only_what_it_must() {
    for entry in entries() {
        let crd = serde_json::to_value(entry.definition()).unwrap();
        let root = &crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
        assert_eq!(root["type"], json!("object"), "{}", entry.kind());
        assert!(root["properties"].get("metadata").is_none(), "{}", entry.kind());
        assert_eq!(entry.definition(), entry.definition(), "{}", entry.kind());
    }
}

#[test]
fn each_kind_is_there_once() {
    let mut kinds: Vec<&str> = entries().iter().map(|entry| entry.kind()).collect();
    let all = kinds.len();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds.len(), all);
}
