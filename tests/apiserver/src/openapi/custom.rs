//! Pure: the schemas of a custom resource.

use kubist_structural::node::strings;
use serde_json::{Map, Value, json};

use crate::kinds::Kind;
use crate::openapi::schema::{meta, refer};

/// `com.example.v1.Website` for `example.com/v1`.
pub(crate) fn name(kind: &Kind) -> String {
    let group: Vec<&str> = kind.group.split('.').rev().collect();
    format!("{}.{}.{}", group.join("."), kind.version, kind.kind)
}

/// Adds the schemas of the kind and of its list.
pub(crate) fn schemas(kind: &Kind, schemas: &mut Map<String, Value>) {
    let Some(custom) = &kind.custom else {
        return;
    };
    let gvk = |name: &str| json!([{"group": kind.group, "kind": name, "version": kind.version}]);
    let mut object = Value::clone(&custom.document);
    if !object.is_object() {
        object = json!({"type": "object"});
    }
    spell_out(&mut object);
    add_identity(&mut object);
    object["x-kubernetes-group-version-kind"] = gvk(&kind.kind);
    let list = json!({
        "description": format!("{} is a list of {}", kind.list_kind, kind.kind),
        "type": "object",
        "required": ["items"],
        "properties": {
            "apiVersion": {"type": "string"},
            "items": {"type": "array", "items": refer(&name(kind))},
            "kind": {"type": "string"},
            "metadata": {"allOf": [refer(&meta("ListMeta"))]},
        },
        "x-kubernetes-group-version-kind": gvk(&kind.list_kind),
    });
    for (name, mut schema) in [(name(kind), object), (format!("{}List", name(kind)), list)] {
        if !kind.selectable.is_empty() {
            let fields = kind.selectable.iter().map(|(label, _)| json!({"fieldPath": label}));
            schema["x-kubernetes-selectable-fields"] = fields.collect();
        }
        schemas.insert(name, schema);
    }
}

/// Adds the fields that every object has.
fn add_identity(object: &mut Value) {
    if !object.get("properties").is_some_and(Value::is_object) {
        object["properties"] = json!({});
    }
    object["properties"]["apiVersion"] = json!({"type": "string"});
    object["properties"]["kind"] = json!({"type": "string"});
    object["properties"]["metadata"] = json!({"allOf": [refer(&meta("ObjectMeta"))]});
}

/// Writes what the extensions mean in words that every reader of schemas knows.
fn spell_out(schema: &mut Value) {
    let is_set = |schema: &Value, name: &str| schema.get(name) == Some(&Value::Bool(true));
    if is_set(schema, "x-kubernetes-int-or-string") && schema.get("anyOf").is_none() {
        schema["anyOf"] = json!([{"type": "integer"}, {"type": "string"}]);
    }
    for name in ["items", "additionalProperties"] {
        if let Some(inner) = schema.get_mut(name).filter(|inner| inner.is_object()) {
            spell_out(inner);
        }
    }
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    properties.into_iter().flat_map(Map::values_mut).for_each(spell_out);
    if is_set(schema, "x-kubernetes-embedded-resource") {
        add_identity(schema);
        let mut required = strings(schema.get("required"));
        required.extend(["kind", "apiVersion"].map(str::to_owned));
        schema["required"] = json!(required);
    }
}
