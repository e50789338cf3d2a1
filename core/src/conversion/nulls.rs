//! Pure: nulls that the schema does not allow. A typed value writes one for each `None`, and the API server, which
//! drops them from what clients send, keeps them in what a conversion returns.

use serde_json::Value;

/// Leaves out each null at a place that the schema knows and does not call nullable.
pub(super) fn drop_nulls(value: &mut Value, schema: &Value) {
    match value {
        Value::Object(members) => members.retain(|name, member| {
            let known = schema.get("properties").and_then(|properties| properties.get(name));
            let known = known.or_else(|| schema.get("additionalProperties"));
            let Some(known) = known.filter(|known| known.is_object()) else {
                return true;
            };
            drop_nulls(member, known);
            !member.is_null() || known.get("nullable") == Some(&Value::Bool(true))
        }),
        Value::Array(items) => {
            if let Some(schema) = schema.get("items") {
                items.iter_mut().for_each(|item| drop_nulls(item, schema));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_nulls_that_the_schema_allows_stay() {
        let schema = json!({"properties": {
            "a": {"type": "string"},
            "b": {"type": "string", "nullable": true},
            "list": {"items": {"properties": {"c": {"type": "integer"}}}},
            "map": {"additionalProperties": {"type": "string"}},
            "free": {"x-kubernetes-preserve-unknown-fields": true},
        }});
        let mut value = json!({
            "a": null, "b": null, "list": [{"c": null, "d": null}, {"c": 1}], "map": {"k": null, "l": "m"},
            "free": {"x": null},
        });
        drop_nulls(&mut value, &schema);
        let expected =
            json!({"b": null, "list": [{"d": null}, {"c": 1}], "map": {"l": "m"}, "free": {"x": null}});
        assert_eq!(value, expected);
    }
}
