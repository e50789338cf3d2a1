//! Pure: the schema of a Go struct, and of the types with a JSON form of their own.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::builtin::types::{self, Field, ListTopology, MapTopology, Struct, Type};

const REF: &str = "#/components/schemas/";
const META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.";
const EXTENSIONS: &str = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";

/// A reference to a schema.
pub(crate) fn refer(name: &str) -> Value {
    json!({"$ref": format!("{REF}{name}")})
}

/// The name of a type of the meta group.
pub(crate) fn meta(name: &str) -> String {
    format!("{META}{name}")
}

/// The schema under a name; nothing for one that is not known.
pub(crate) fn named(name: &str) -> Option<Value> {
    if let Some(id) = types::find(name) {
        return Some(of_struct(types::get(id)));
    }
    let local = name.strip_prefix(META).or_else(|| name.strip_prefix(EXTENSIONS));
    Some(match local.or_else(|| name.rsplit('.').next())? {
        "Time" | "MicroTime" => json!({"type": "string", "format": "date-time"}),
        "Quantity" => json!({"oneOf": [{"type": "string"}, {"type": "number"}]}),
        "IntOrString" => {
            json!({"format": "int-or-string", "oneOf": [{"type": "integer"}, {"type": "string"}]})
        }
        "FieldsV1" | "Patch" | "RawExtension" => json!({"type": "object"}),
        "JSON" | "JSONSchemaPropsOrArray" | "JSONSchemaPropsOrBool" | "JSONSchemaPropsOrStringArray" => {
            json!({})
        }
        _ => return None,
    })
}

fn of_struct(of: &Struct) -> Value {
    let mut schema = json!({"type": "object"});
    let required: BTreeSet<&str> =
        of.fields().filter(|field| field.required).map(|field| field.json.as_str()).collect();
    if !required.is_empty() {
        let order = of.fields().map(|field| field.json.as_str()).filter(|name| required.contains(name));
        schema["required"] = order.collect();
    }
    let properties: Map<String, Value> =
        of.fields().map(|field| (field.json.clone(), of_field(field))).collect();
    if !properties.is_empty() {
        schema["properties"] = properties.into();
    }
    if of.atomic {
        schema["x-kubernetes-map-type"] = "atomic".into();
    }
    if !of.unions.is_null() {
        schema["x-kubernetes-unions"] = of.unions.clone();
    }
    schema
}

fn of_field(field: &Field) -> Value {
    let mut schema = of_type(&field.ty, &field.enums);
    // Nothing may stand beside a reference.
    if let Some(target) = schema.get("$ref").cloned() {
        schema = json!({"allOf": [{"$ref": target}]});
    }
    if let Some(default) = &field.default {
        schema["default"] = default.clone();
    }
    match &field.list {
        None => {}
        Some(ListTopology::Atomic) => schema["x-kubernetes-list-type"] = "atomic".into(),
        Some(ListTopology::Set) => schema["x-kubernetes-list-type"] = "set".into(),
        Some(ListTopology::Map { keys }) => {
            schema["x-kubernetes-list-type"] = "map".into();
            schema["x-kubernetes-list-map-keys"] = json!(keys);
        }
    }
    match field.map {
        None => {}
        Some(MapTopology::Atomic) => schema["x-kubernetes-map-type"] = "atomic".into(),
        Some(MapTopology::Granular) => schema["x-kubernetes-map-type"] = "granular".into(),
    }
    if let Some(key) = &field.merge_key {
        schema["x-kubernetes-patch-merge-key"] = key.as_str().into();
    }
    let strategy = match (field.merge, field.retain_keys) {
        (true, true) => "merge,retainKeys",
        (true, false) => "merge",
        (false, true) => "retainKeys",
        (false, false) if field.replace => "replace",
        (false, false) => return schema,
    };
    schema["x-kubernetes-patch-strategy"] = strategy.into();
    schema
}

fn of_type(ty: &Type, enums: &[String]) -> Value {
    let mut schema = match ty {
        Type::String => json!({"type": "string"}),
        Type::Bool => json!({"type": "boolean"}),
        Type::Int32 => json!({"type": "integer", "format": "int32"}),
        Type::Int64 => json!({"type": "integer", "format": "int64"}),
        Type::Float64 => json!({"type": "number", "format": "double"}),
        Type::Bytes => json!({"type": "string", "format": "byte"}),
        Type::Duration => refer(&meta("Duration")),
        Type::Time => refer(&meta("Time")),
        Type::MicroTime => refer(&meta("MicroTime")),
        Type::FieldsV1 => refer(&meta("FieldsV1")),
        Type::Quantity => refer("io.k8s.apimachinery.pkg.api.resource.Quantity"),
        Type::IntOrString => refer("io.k8s.apimachinery.pkg.util.intstr.IntOrString"),
        Type::Raw => refer("io.k8s.apimachinery.pkg.runtime.RawExtension"),
        Type::Json => refer(&format!("{EXTENSIONS}JSON")),
        Type::SchemaOrBool => refer(&format!("{EXTENSIONS}JSONSchemaPropsOrBool")),
        Type::SchemaOrArray => refer(&format!("{EXTENSIONS}JSONSchemaPropsOrArray")),
        Type::SchemaOrStrings => refer(&format!("{EXTENSIONS}JSONSchemaPropsOrStringArray")),
        Type::Struct(id) => refer(&types::get(*id).openapi),
        Type::List(item) => return json!({"type": "array", "items": of_type(item, enums)}),
        Type::Map(member) => {
            return json!({"type": "object", "additionalProperties": of_type(member, enums)});
        }
    };
    if !enums.is_empty() {
        schema["enum"] = json!(enums);
    }
    schema
}

/// The names of the schemas that a document refers to.
pub(crate) fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value.as_str().and_then(|target| target.strip_prefix(REF)) {
                    Some(name) if key == "$ref" => drop(found.insert(name.to_owned())),
                    _ => references(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
