//! What the report calls safe is safe: judged by the engine that does to objects what the API server does.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use serde_json::{Map, Value, json};

use super::{CrdDiff, Severity, crd_diff};
use crate::conversion::random::Random;
use crate::schema::StructuralSchema;

/// How many changed schemas are tried; half of them are schemas that a server takes.
const CASES: u64 = 200;
/// How many objects each is tried with.
const OBJECTS: usize = 12;

fn base() -> Value {
    json!({"type": "object", "properties": {"spec": {
        "type": "object",
        "required": ["name", "count"],
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 6},
            "count": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 20, "default": 1},
            "even": {"type": "integer", "multipleOf": 2, "minimum": 0, "maximum": 40},
            "mode": {"type": "string", "enum": ["A", "B", "C"]},
            "flag": {"type": "boolean", "nullable": true},
            "ratio": {"type": "number"},
            "port": {"x-kubernetes-int-or-string": true},
            "tags": {"type": "array", "maxItems": 3, "items": {"type": "string", "maxLength": 4}},
            "parts": {"type": "array", "items": {
                "type": "object", "required": ["key"],
                "properties": {"key": {"type": "string"}, "size": {"type": "integer", "maximum": 9}},
            }},
            "labels": {"type": "object", "additionalProperties": {"type": "string", "maxLength": 5}},
            "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
            "nested": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}},
        },
    }}})
}

/// Changes one thing somewhere in a schema.
fn change(random: &mut Random, schema: &mut Value) {
    let mut places = Vec::new();
    collect(schema, String::new(), &mut places);
    let place = random.pick(&places).cloned().unwrap_or_default();
    let Some(Value::Object(node)) = schema.pointer_mut(&place) else { return };
    let small = i64::try_from(random.below(12)).unwrap_or_default();
    let (keyword, value) = match random.below(20) {
        0 => ("minimum", json!(small)),
        1 => ("maximum", json!(small + 10)),
        2 => ("minLength", json!(small % 3)),
        3 => ("maxLength", json!(small)),
        4 => ("minItems", json!(small % 3)),
        5 => ("maxItems", json!(small % 5)),
        6 => ("multipleOf", json!(small % 4 + 1)),
        7 => ("exclusiveMinimum", json!(true)),
        8 => ("pattern", json!("^[a-c]*$")),
        9 => ("enum", json!(["A", "B"])),
        10 => ("enum", json!(["A", "B", "C", "D"])),
        11 => ("nullable", json!(true)),
        12 => ("format", json!(*random.pick(&["int32", "int64", "date", "byte"]).unwrap_or(&"int32"))),
        13 => ("type", json!(*random.pick(&["string", "integer", "number"]).unwrap_or(&"string"))),
        14 => ("default", json!(*random.pick(&["A", "x"]).unwrap_or(&"A"))),
        15 => ("default", json!(small)),
        16 => ("required", json!([*random.pick(&["a", "mode", "name", "key", "size"]).unwrap_or(&"a")])),
        17 => ("x-kubernetes-list-type", json!("set")),
        18 => ("x-kubernetes-preserve-unknown-fields", json!(true)),
        _ => return take_away(random, node),
    };
    node.insert(keyword.to_owned(), value);
}

/// Takes a keyword or a field away.
fn take_away(random: &mut Random, node: &mut Map<String, Value>) {
    if let Some(Value::Object(properties)) = node.get_mut("properties") {
        let names: Vec<_> = properties.keys().cloned().collect();
        properties.remove(random.pick(&names).map(String::as_str).unwrap_or_default());
        return;
    }
    let keywords: Vec<_> = node.keys().filter(|keyword| *keyword != "type").cloned().collect();
    node.remove(random.pick(&keywords).map(String::as_str).unwrap_or_default());
}

/// The pointers of all schemas in a schema.
fn collect(schema: &Value, pointer: String, places: &mut Vec<String>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        collect(property, format!("{pointer}/properties/{name}"), places);
    }
    for keyword in ["items", "additionalProperties"] {
        if schema[keyword].is_object() {
            collect(&schema[keyword], format!("{pointer}/{keyword}"), places);
        }
    }
    if !pointer.is_empty() {
        places.push(pointer);
    }
}

fn definition(schema: &Value) -> CustomResourceDefinition {
    serde_json::from_value(json!({
        "metadata": {"name": "things.example.com"},
        "spec": {
            "group": "example.com", "scope": "Namespaced", "names": {"kind": "Thing", "plural": "things"},
            "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": schema}}],
        },
    }))
    .unwrap()
}

fn as_stored(schema: &StructuralSchema, object: &Value) -> Value {
    let mut stored = object.clone();
    schema.prune(&mut stored);
    schema.drop_nulls(&mut stored);
    schema.default(&mut stored);
    stored
}

/// What becomes of an object that the old schema has stored: refused or changed by the new one.
fn harm(old: &StructuralSchema, new: &StructuralSchema, object: &Value) -> Option<String> {
    let stored = as_stored(old, object);
    if !old.validate(&stored).is_empty() {
        return None;
    }
    let read = as_stored(new, &stored);
    if read != stored {
        return Some(format!("{stored} is read as {read}"));
    }
    // What a client sends again without the defaults.
    let sent = as_stored(new, object);
    if sent != stored {
        return Some(format!("{object} was stored as {stored} and is as {sent}"));
    }
    let errors = new.validate(&stored);
    errors.first().map(|error| format!("{stored} is refused: {}", error.body()))
}

#[test]
fn no_object_is_refused_or_changed_by_what_is_called_safe() {
    let mut random = Random::new(11);
    let (mut tried, mut safe, mut harmed) = (0, 0, 0);
    for case in 0..CASES {
        let mut schema = base();
        for _ in 0..random.below(2) {
            change(&mut random, &mut schema);
        }
        let before = schema.clone();
        change(&mut random, &mut schema);
        let (Ok(old), Ok(new)) = (StructuralSchema::new(&before), StructuralSchema::new(&schema)) else {
            continue;
        };
        tried += 1;
        let diff: CrdDiff = crd_diff(&definition(&before), &definition(&schema));
        assert_eq!(diff.is_empty(), diff.worst().is_none());
        assert!(crd_diff(&definition(&schema), &definition(&schema)).is_empty());
        let objects: Vec<_> = (0..OBJECTS).map(|_| random.value(&before)).collect();
        let found = objects.iter().find_map(|object| harm(&old, &new, object));
        let is_safe = diff.worst() <= Some(Severity::Safe);
        (safe, harmed) = (safe + u64::from(is_safe), harmed + u64::from(found.is_some()));
        if let Some(found) = found.filter(|_| is_safe) {
            panic!("case {case}: {found}\n{diff}\nbefore {before}\nafter  {schema}");
        }
    }
    assert!(tried > CASES / 3 && safe > tried / 10 && harmed > tried / 20, "{tried} {safe} {harmed}");
}
