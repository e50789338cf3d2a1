//! Pure: defaults are written in, and nulls that no schema allows are dropped.

use serde_json::Value;

use crate::node::Node;

/// Fills in the defaults of `schema`: where a field is missing, and where it is null but must not be.
pub fn apply_defaults(value: &mut Value, schema: &Node) {
    match value {
        Value::Object(map) => {
            for (name, property) in &schema.properties {
                let Some(default) = &property.default else {
                    continue;
                };
                let missing = match map.get(name) {
                    None => true,
                    Some(Value::Null) => !property.nullable,
                    Some(_) => false,
                };
                if missing {
                    map.insert(name.clone(), default.clone());
                }
            }
            for (name, value) in map.iter_mut() {
                let Some(field) = schema.field(name) else {
                    continue;
                };
                if value.is_null()
                    && !field.nullable
                    && let Some(default) = &field.default
                {
                    *value = default.clone();
                }
                apply_defaults(value, field);
            }
        }
        Value::Array(items) => {
            let Some(schema) = &schema.items else { return };
            for item in items {
                if item.is_null()
                    && !schema.nullable
                    && let Some(default) = &schema.default
                {
                    *item = default.clone();
                }
                apply_defaults(item, schema);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Drops null members that `schema` knows, does not allow, and has no default for. List items stay.
pub fn drop_nulls(value: &mut Value, schema: &Node) {
    match value {
        Value::Object(map) => map.retain(|name, value| {
            let Some(field) = schema.field(name) else {
                return true;
            };
            if value.is_null() {
                return field.nullable || field.default.is_some();
            }
            drop_nulls(value, field);
            true
        }),
        Value::Array(items) => {
            let Some(schema) = &schema.items else { return };
            items.iter_mut().for_each(|item| drop_nulls(item, schema));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Drops null members, at any depth; nulls in lists stay.
pub fn drop_all_nulls(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|_, value| !value.is_null());
            map.values_mut().for_each(drop_all_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_all_nulls),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schema() -> Node {
        Node::parse(&json!({"type": "object", "properties": {
            "n": {"type": "integer", "default": 1},
            "maybe": {"type": "string", "nullable": true},
            "plain": {"type": "string"},
            "inner": {"type": "object", "properties": {"d": {"type": "string", "default": "x"}}},
        }}))
    }

    #[test]
    fn defaults_fill_missing_and_null_fields_but_do_not_create_parents() {
        let mut value = json!({"n": null});
        apply_defaults(&mut value, &schema());
        assert_eq!(value, json!({"n": 1}));
        let mut value = json!({"inner": {}});
        apply_defaults(&mut value, &schema());
        assert_eq!(value, json!({"n": 1, "inner": {"d": "x"}}));
    }

    #[test]
    fn null_stays_only_where_it_is_allowed() {
        let mut value = json!({"maybe": null, "plain": null, "unknown": null, "n": null});
        drop_nulls(&mut value, &schema());
        assert_eq!(value, json!({"maybe": null, "unknown": null, "n": null}));
    }
}
