//! Pure: what the server warns of when a definition is written.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::definition::version_rules::Parts;
use crate::definition::versions;
use crate::formats;

/// Formats that nobody checks, and sets whose items cannot be told apart. An update is told only of what is new.
pub fn of(definition: &Value, old: Option<&Value>) -> Vec<String> {
    let (known_formats, known_sets) = old.map(found).unwrap_or_default();
    let (formats, sets) = found(definition);
    let formats = formats.into_iter().filter(|format| !known_formats.contains(format));
    let mut warnings: Vec<String> =
        formats.map(|format| format!("unrecognized format \"{format}\"")).collect();
    warnings.extend(sets.into_iter().filter(|kind| !known_sets.contains(kind)).map(|kind| {
        format!(
            "x-kubernetes-list-type: set for items of type \"{kind}\" is not supported by server-side apply or CEL validation rules"
        )
    }));
    warnings
}

/// The unknown formats, and the types of the items of odd sets, in all schemas.
fn found(definition: &Value) -> (Vec<String>, BTreeSet<String>) {
    let versions = versions(definition);
    // Versions that share their schema have it once.
    let count = if Parts::shared(versions).schema { 1 } else { versions.len() };
    let mut found = (Vec::new(), BTreeSet::new());
    for version in &versions[..count.min(versions.len())] {
        if let Some(schema) = version.get("schema").and_then(|schema| schema.get("openAPIV3Schema")) {
            walk(schema, &mut found);
        }
    }
    found
}

fn walk(schema: &Value, found: &mut (Vec<String>, BTreeSet<String>)) {
    let Some(node) = schema.as_object() else {
        return;
    };
    let text = |name: &str| node.get(name).and_then(Value::as_str).unwrap_or_default();
    if !text("format").is_empty() && !formats::is_supported(text("type"), text("format")) {
        found.0.push(text("format").to_owned());
    }
    let item =
        node.get("items").and_then(|items| items.get("type")).and_then(Value::as_str).unwrap_or_default();
    if text("x-kubernetes-list-type") == "set" && matches!(item, "object" | "array") {
        found.1.insert(item.to_owned());
    }
    for (name, value) in node {
        match (name.as_str(), value) {
            ("properties", Value::Object(map)) => map.values().for_each(|value| walk(value, found)),
            ("allOf" | "anyOf" | "oneOf", Value::Array(items)) => {
                items.iter().for_each(|value| walk(value, found));
            }
            ("items" | "additionalProperties" | "not", value) => walk(value, found),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_new_is_told() {
        let definition = |format: &str| {
            json!({"spec": {"versions": [{"schema": {"openAPIV3Schema": {"type": "object", "properties": {
                "a": {"type": "string", "format": format},
                "s": {"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "object"}}}}}}]}})
        };
        assert_eq!(of(&definition("fancy"), None).len(), 2);
        assert_eq!(of(&definition("date"), None).len(), 1);
        assert_eq!(of(&definition("odd"), Some(&definition("fancy"))), ["unrecognized format \"odd\""]);
    }
}
