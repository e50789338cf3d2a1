//! Pure: what of a configuration does not fit the types of its kind, and so cannot be owned.

use kubist_structural::field_error::quote;
use serde_json::Value;

use crate::builtin::types::{self, ListTopology, Struct, Type};
use crate::strategic::go_value;

/// The mistakes of a configuration, in one text; nothing, if it fits.
pub(crate) fn check(of: &'static Struct, config: &Value) -> Option<String> {
    let mut mistakes = Vec::new();
    fields(of, config, "", &mut mistakes);
    match &mistakes[..] {
        [] => None,
        [only] => Some(only.clone()),
        several => Some(format!("errors:\n  {}", several.join("\n  "))),
    }
}

/// A struct; a field that it does not have ends the reading of it.
fn fields(of: &'static Struct, value: &Value, path: &str, mistakes: &mut Vec<String>) {
    let Value::Object(map) = value else {
        mistakes.push(format!("{path}: expected map, got &{{{}}}", go_value(value)));
        return;
    };
    for (name, value) in map {
        let path = format!("{path}.{name}");
        let Some(field) = of.field(name) else {
            mistakes.push(format!("{path}: field not declared in schema"));
            return;
        };
        member(&field.ty, field.list.as_ref(), value, &path, mistakes);
    }
}

fn member(ty: &Type, list: Option<&ListTopology>, value: &Value, path: &str, mistakes: &mut Vec<String>) {
    if value.is_null() {
        return;
    }
    let shown = || format!("&{{{}}}", go_value(value));
    let wrong = match (ty, value) {
        (Type::Struct(id), value) => return fields(types::get(*id), value, path, mistakes),
        (Type::List(item), Value::Array(items)) => return elements(item, list, items, path, mistakes),
        (Type::Map(item), Value::Object(map)) => {
            for (name, value) in map {
                member(item, None, value, &format!("{path}.{name}"), mistakes);
            }
            return;
        }
        (Type::List(_), _) => format!("expected list, got {}", shown()),
        (Type::Map(_), _) => format!("expected map, got {}", shown()),
        (Type::Bool, value) if !value.is_boolean() => format!("expected boolean, got {}", shown()),
        (Type::Int32 | Type::Int64 | Type::Float64, value) if !value.is_number() => {
            format!("expected numeric (int or float), got {}", go_type(value))
        }
        (Type::String | Type::Bytes | Type::Time | Type::MicroTime, value) if !value.is_string() => {
            format!("expected string, got &value.valueUnstructured{{Value:{}}}", go_syntax(value))
        }
        (Type::Quantity | Type::IntOrString, Value::Array(_) | Value::Object(_)) => {
            format!("expected any scalar, got {}", shown())
        }
        _ => return,
    };
    mistakes.push(format!("{path}: {wrong}"));
}

fn elements(ty: &Type, list: Option<&ListTopology>, items: &[Value], path: &str, mistakes: &mut Vec<String>) {
    let mut seen: Vec<String> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let at = match (list, ty) {
            (Some(ListTopology::Map { keys }), Type::Struct(id)) => {
                if !item.is_object() {
                    let why = "associative list with keys may not have non-map elements";
                    mistakes.push(format!("{path}: element {index}: {why}"));
                    continue;
                }
                let at = key_path(types::get(*id), keys, item);
                if seen.contains(&at) {
                    mistakes.push(format!("{path}: duplicate entries for key {at}"));
                }
                seen.push(at.clone());
                at
            }
            (Some(ListTopology::Set), _) => format!("[={}]", scalar(item)),
            _ => format!("[{index}]"),
        };
        member(ty, None, item, &format!("{path}{at}"), mistakes);
    }
}

/// How an element of a list is named: by its keys, those that are not given by their defaults.
fn key_path(of: &'static Struct, keys: &[String], item: &Value) -> String {
    let keys = keys.iter().filter_map(|key| {
        let default = || of.field(key).and_then(|field| field.default.as_ref());
        Some(format!("{key}={}", scalar(item.get(key).or_else(default)?)))
    });
    format!("[{}]", keys.collect::<Vec<_>>().join(","))
}

fn scalar(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), quote)
}

fn go_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "<nil>",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float64",
        Value::Number(_) => "int64",
        Value::String(_) => "string",
        Value::Array(_) => "[]interface {}",
        Value::Object(_) => "map[string]interface {}",
    }
}

/// A value as Go's `%#v` prints it.
fn go_syntax(value: &Value) -> String {
    match value {
        Value::String(text) => quote(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(go_syntax).collect();
            format!("[]interface {{}}{{{}}}", items.join(", "))
        }
        Value::Object(map) => {
            let fields: Vec<String> =
                map.iter().map(|(name, value)| format!("{}:{}", quote(name), go_syntax(value))).collect();
            format!("map[string]interface {{}}{{{}}}", fields.join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => go_value(value),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_does_not_fit_is_told_with_its_path() {
        let of = types::of_gvk("apps/v1", "Deployment").unwrap();
        let pod = |spec: Value| json!({"template": { "spec": spec }});
        let containers = ".spec.template.spec.containers";
        for (spec, expected) in [
            (json!({"replicas": "x"}), ".spec.replicas: expected numeric (int or float), got string".to_owned()),
            (json!({"paused": "x"}), ".spec.paused: expected boolean, got &{x}".to_owned()),
            (json!({"selector": []}), ".spec.selector: expected map, got &{[]}".to_owned()),
            (json!({"foo": 1, "bar": {}, "replicas": "x"}), ".spec.bar: field not declared in schema".to_owned()),
            (pod(json!({"containers": {}})), format!("{containers}: expected list, got &{{map[]}}")),
            (
                pod(json!({"containers": ["x"]})),
                format!("{containers}: element 0: associative list with keys may not have non-map elements"),
            ),
            (
                pod(json!({"containers": [{"name": "a", "image": 5}, {"name": "a"}]})),
                format!(
                    "errors:\n  {containers}[name=\"a\"].image: expected string, got &value.valueUnstructured{{Value:5}}\n  {containers}: duplicate entries for key [name=\"a\"]"
                ),
            ),
            (
                pod(json!({"containers": [{"name": "a", "ports": [{"containerPort": 1, "x": 1}]}]})),
                format!(
                    "{containers}[name=\"a\"].ports[containerPort=1,protocol=\"TCP\"].x: field not declared in schema"
                ),
            ),
            (
                pod(json!({"tolerations": [{"key": 1}]})),
                ".spec.template.spec.tolerations[0].key: expected string, got &value.valueUnstructured{Value:1}"
                    .to_owned(),
            ),
            (
                pod(json!({"containers": [{"name": "a", "resources": {"limits": {"cpu": {"a": "b"}}}}]})),
                format!(
                    "{containers}[name=\"a\"].resources.limits.cpu: expected any scalar, got &{{map[a:b]}}"
                ),
            ),
        ] {
            assert_eq!(check(of, &json!({ "spec": spec })), Some(expected), "{spec}");
        }
        assert_eq!(check(of, &json!({"spec": {"replicas": null, "selector": {}}})), None);
    }
}
