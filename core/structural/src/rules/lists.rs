//! Pure: what lists of type set and map ask of their schema.

use serde_json::{Value, json};

use crate::field_error::{FieldError, child};
use crate::node::strings;
use crate::raw::{Keywords, flag, keyed, required_or_invalid, text};

type Errors = Vec<FieldError>;

/// Checks the list keywords of one node.
pub(crate) fn check_list(node: &Keywords, path: &str, errors: &mut Errors) {
    let list_type = node.get("x-kubernetes-list-type").and_then(Value::as_str);
    let keys = strings(node.get("x-kubernetes-list-map-keys"));
    let keys_path = child(path, "x-kubernetes-list-map-keys");
    let type_path = child(path, "x-kubernetes-list-type");
    let items = node.get("items").and_then(Value::as_object);
    if let Some(list_type) = list_type {
        if text(node, "type") != "array" {
            let why = "must be array if x-kubernetes-list-type is specified";
            errors.push(required_or_invalid(&child(path, "type"), text(node, "type"), why));
        }
        if !matches!(list_type, "atomic" | "set" | "map") {
            let supported = ["atomic".to_owned(), "set".to_owned(), "map".to_owned()];
            errors.push(FieldError::not_supported(&type_path, list_type, &supported));
        }
        if matches!(list_type, "set" | "map") && items.is_some_and(|items| flag(items, "nullable")) {
            let why = format!("cannot be nullable when x-kubernetes-list-type is {list_type}");
            errors.push(FieldError::forbidden(&child(&child(path, "items"), "nullable"), why));
        }
        if list_type == "set" {
            check_set_items(items, path, errors);
        }
    }
    if !keys.is_empty() && list_type != Some("map") {
        let why = "must be map if x-kubernetes-list-map-keys is non-empty";
        errors.push(required_or_invalid(&type_path, list_type.unwrap_or_default(), why));
    }
    if list_type != Some("map") {
        return;
    }
    if keys.is_empty() {
        errors.push(FieldError::required(&keys_path, "must not be empty if x-kubernetes-list-type is map"));
    }
    match items {
        None => {
            let why = "must have a schema if x-kubernetes-list-type is map";
            errors.push(FieldError::required(&child(path, "items"), why));
        }
        Some(items) => check_keys(items, &keys, path, errors),
    }
}

fn check_set_items(items: Option<&Keywords>, path: &str, errors: &mut Errors) {
    let Some(items) = items else { return };
    let here = child(path, "items");
    let why = "must be atomic as item of a list with x-kubernetes-list-type=set";
    let list_type = items.get("x-kubernetes-list-type").and_then(Value::as_str);
    if text(items, "type") == "array" && list_type.is_some_and(|list_type| list_type != "atomic") {
        errors.push(FieldError::invalid(&child(&here, "x-kubernetes-list-type"), list_type, why));
    }
    let map_type = items.get("x-kubernetes-map-type").and_then(Value::as_str);
    if text(items, "type") == "object" && map_type != Some("atomic") {
        errors.push(FieldError::invalid(&child(&here, "x-kubernetes-map-type"), map_type, why));
    }
}

fn check_keys(items: &Keywords, keys: &[String], path: &str, errors: &mut Errors) {
    let keys_path = child(path, "x-kubernetes-list-map-keys");
    let here = child(path, "items");
    let is_object = text(items, "type") == "object";
    if !is_object {
        let why = "must be object if parent array's x-kubernetes-list-type is map";
        errors.push(FieldError::invalid(&child(&here, "type"), text(items, "type"), why));
    }
    let required = strings(items.get("required"));
    for (index, key) in keys.iter().enumerate() {
        let property = items.get("properties").and_then(|map| map.get(key)).and_then(Value::as_object);
        if is_object && property.is_none() {
            let why = "entries must all be names of item properties";
            errors.push(FieldError::invalid(&keys_path, json!(keys), why));
        }
        if is_object && keys[..index].contains(key) {
            errors.push(FieldError::invalid(&keys_path, json!(keys), "must not contain duplicate entries"));
        }
        let Some(property) = property else {
            continue;
        };
        let here = keyed(&here, "properties", key);
        if is_object && matches!(text(property, "type"), "array" | "object") {
            let why = "must be a scalar type if parent array's x-kubernetes-list-type is map";
            errors.push(FieldError::invalid(&child(&here, "type"), text(items, "type"), why));
        }
        if !required.contains(key) && property.get("default").is_none_or(Value::is_null) {
            let why = "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property";
            errors.push(FieldError::required(&child(&here, "default"), why));
        }
        if flag(property, "nullable") {
            let why = "this property is in x-kubernetes-list-map-keys, so it cannot be nullable";
            errors.push(FieldError::forbidden(&child(&here, "nullable"), why));
        }
    }
}
