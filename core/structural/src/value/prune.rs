//! Pure: unknown fields are removed, and named so that the caller can warn or refuse.

use serde_json::Value;

use crate::field_error::child;
use crate::node::Node;

/// Removes from `object`, a whole resource, what `schema` does not know; returns the paths of what went.
pub fn prune(object: &mut Value, schema: &Node) -> Vec<String> {
    let mut unknown = Vec::new();
    walk(object, Some(schema), true, "", &mut unknown);
    unknown.sort();
    unknown
}

fn is_resource_field(key: &str) -> bool {
    matches!(key, "apiVersion" | "kind" | "metadata")
}

fn walk(value: &mut Value, schema: Option<&Node>, resource: bool, path: &str, unknown: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            let keep_unknown = schema.is_some_and(|schema| schema.preserve_unknown);
            let resource = resource || schema.is_some_and(|schema| schema.embedded);
            map.retain(|key, value| {
                if resource && is_resource_field(key) {
                    return true;
                }
                let path = child(path, key);
                match lookup(schema, key) {
                    Known::Schema(schema) => walk(value, Some(schema), false, &path, unknown),
                    Known::Any if keep_unknown => {}
                    Known::Any => walk(value, None, false, &path, unknown),
                    Known::No if keep_unknown => {}
                    Known::No => {
                        unknown.push(path);
                        return false;
                    }
                }
                true
            });
        }
        Value::Array(items) => {
            let keep_unknown = schema.is_some_and(|schema| schema.preserve_unknown);
            let schema = schema.and_then(|schema| schema.items.as_deref());
            if keep_unknown && schema.is_none() {
                return;
            }
            for (index, item) in items.iter_mut().enumerate() {
                walk(item, schema, false, &format!("{path}[{index}]"), unknown);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

enum Known<'a> {
    Schema(&'a Node),
    /// `additionalProperties: true`: the key stays, objects below it are emptied.
    Any,
    No,
}

fn lookup<'a>(schema: Option<&'a Node>, key: &str) -> Known<'a> {
    use crate::node::Additional;
    let Some(schema) = schema else {
        return Known::No;
    };
    if let Some(property) = schema.properties.get(key) {
        return Known::Schema(property);
    }
    match &schema.additional {
        Additional::Schema(schema) => Known::Schema(schema),
        Additional::Allowed(_) => Known::Any,
        Additional::Unset => Known::No,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn unknown_fields_go_and_are_named() {
        let schema = Node::parse(
            &json!({"type": "object", "properties": {"spec": {"type": "object", "properties": {
                "a": {"type": "string"},
                "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
                "list": {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "integer"}}}},
            }}}}),
        );
        let mut object = json!({"apiVersion": "v1", "metadata": {"x": 1}, "other": 1,
            "spec": {"a": "x", "b": 1, "free": {"deep": {"er": 1}}, "list": [{"n": 1, "m": 2}]}});
        let unknown = prune(&mut object, &schema);
        assert_eq!(unknown, ["other", "spec.b", "spec.list[0].m"]);
        assert_eq!(
            object,
            json!({"apiVersion": "v1", "metadata": {"x": 1},
                "spec": {"a": "x", "free": {"deep": {"er": 1}}, "list": [{"n": 1}]}})
        );
    }
}
