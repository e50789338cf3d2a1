//! Pure: what must be unique in lists of type set and map.

use serde_json::Value;

use crate::field_error::{FieldError, child};
use crate::node::{ListType, Node};

/// Reports items that repeat in sets and keys that repeat in maps.
pub(crate) fn check_unique(value: &Value, schema: &Node, path: &str, errors: &mut Vec<FieldError>) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                if let Some(field) = schema.field(name) {
                    let path = if schema.properties.contains_key(name) {
                        child(path, name)
                    } else {
                        format!("{path}[{name}]")
                    };
                    check_unique(value, field, &path, errors);
                }
            }
        }
        Value::Array(items) => {
            match &schema.list_type {
                ListType::Atomic => {}
                ListType::Set => repeated(items, Value::clone, path, errors),
                ListType::Map(keys) => keyed(items, keys, schema, path, errors),
            }
            let Some(schema) = &schema.items else { return };
            for (index, item) in items.iter().enumerate() {
                check_unique(item, schema, &format!("{path}[{index}]"), errors);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn keyed(items: &[Value], keys: &[String], schema: &Node, path: &str, errors: &mut Vec<FieldError>) {
    for (index, item) in items.iter().enumerate() {
        if !item.is_object() && !item.is_null() {
            let path = format!("{path}[{index}]");
            errors.push(FieldError::invalid(
                &path,
                item.clone(),
                "must be an object for an array of list-type map",
            ));
            return;
        }
    }
    repeated(items, |item| key_of(item, keys, schema), path, errors);
}

fn key_of(item: &Value, keys: &[String], schema: &Node) -> Value {
    let pairs = keys.iter().filter_map(|key| {
        let default = || schema.items.as_ref().and_then(|items| items.properties.get(key)?.default.clone());
        item.get(key).cloned().or_else(default).map(|value| (key.clone(), value))
    });
    Value::Object(pairs.collect())
}

fn repeated(items: &[Value], key: impl Fn(&Value) -> Value, path: &str, errors: &mut Vec<FieldError>) {
    let mut seen = std::collections::BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        let key = key(item);
        let count = seen.entry(key.to_string()).or_insert(0);
        *count += 1;
        if *count == 2 {
            errors.push(FieldError::duplicate(&format!("{path}[{index}]"), key));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn repeated_set_items_and_map_keys_are_duplicates() {
        let schema = Node::parse(&json!({"type": "object", "properties": {
            "set": {"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}},
            "map": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
                "items": {"type": "object", "properties": {"name": {"type": "string"}}}},
        }}));
        let mut errors = Vec::new();
        let value = json!({"set": ["a", "b", "a", "a"], "map": [{"name": "x"}, {"name": "x", "v": 1}]});
        check_unique(&value, &schema, "", &mut errors);
        let texts: Vec<String> = errors.iter().map(FieldError::to_string).collect();
        assert_eq!(texts, ["map[1]: Duplicate value: {\"name\":\"x\"}", "set[2]: Duplicate value: \"a\""]);
    }
}
