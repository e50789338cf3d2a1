//! Pure: what the server fills into objects of built-in kinds. A first cut, kind by kind.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::kinds::Kind;
use crate::meta;

/// Drops every null member, as decoding into a Go struct does.
pub(crate) fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|_, value| !value.is_null());
            map.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Defaults that hold on create and on update.
pub(crate) fn default(kind: &Kind, object: &mut Value) {
    match (kind.group.as_str(), kind.plural.as_str()) {
        ("", "secrets") => {
            fold_string_data(object);
            set_missing(object, "type", json!("Opaque"));
        }
        ("", "namespaces") => {
            let name = meta::text(object, "name").to_owned();
            if !name.is_empty() {
                let labels =
                    meta::metadata(object).entry("labels").or_insert_with(|| Value::Object(Map::new()));
                labels["kubernetes.io/metadata.name"] = name.into();
            }
        }
        ("", "services") => {
            let spec = member(object, "spec");
            spec.entry("type").or_insert_with(|| json!("ClusterIP"));
            spec.entry("sessionAffinity").or_insert_with(|| json!("None"));
        }
        ("apps", "deployments" | "replicasets" | "statefulsets") => {
            member(object, "spec").entry("replicas").or_insert_with(|| json!(1));
        }
        _ => {}
    }
}

/// What a new object starts with.
pub(crate) fn prepare_create(kind: &Kind, object: &mut Value) {
    match (kind.group.as_str(), kind.plural.as_str()) {
        ("", "pods") => object["status"] = json!({"phase": "Pending", "qosClass": "BestEffort"}),
        ("", "namespaces") => {
            object["spec"] = json!({"finalizers": ["kubernetes"]});
            object["status"] = json!({"phase": "Active"});
        }
        ("", "services") => object["status"] = json!({"loadBalancer": {}}),
        ("", "nodes") | ("apps" | "batch", _) => set_missing(object, "status", json!({})),
        _ => {}
    }
}

/// Values that cannot be decoded into the fields of a built-in kind.
pub(crate) fn check_types(kind: &Kind, object: &Value) -> Result<(), String> {
    if !(kind.is("", "configmaps") || kind.is("", "secrets")) {
        return Ok(());
    }
    for value in object.get("data").and_then(Value::as_object).into_iter().flat_map(Map::values) {
        let Some(text) = value.as_str() else {
            let found = meta::go_type(value);
            return Err(format!(
                "json: cannot unmarshal {found} into Go struct field {}.data of type string",
                kind.kind
            ));
        };
        if kind.plural == "secrets" && STANDARD.decode(text).is_err() {
            return Err("illegal base64 data at input byte 0".to_owned());
        }
    }
    Ok(())
}

fn member<'a>(object: &'a mut Value, name: &str) -> &'a mut Map<String, Value> {
    if !object.get(name).is_some_and(Value::is_object) {
        object[name] = Value::Object(Map::new());
    }
    match &mut object[name] {
        Value::Object(map) => map,
        _ => unreachable!("the member was just made an object"),
    }
}

fn set_missing(object: &mut Value, name: &str, value: Value) {
    if object.get(name).is_none() {
        object[name] = value;
    }
}

fn fold_string_data(object: &mut Value) {
    let Some(Value::Object(texts)) = object.as_object_mut().and_then(|object| object.remove("stringData"))
    else {
        return;
    };
    let data = member(object, "data");
    for (key, text) in texts {
        if let Some(text) = text.as_str() {
            data.insert(key, STANDARD.encode(text).into());
        }
    }
}
