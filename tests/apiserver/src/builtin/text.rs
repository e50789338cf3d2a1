//! Pure: the JSON of an object in the order of its struct, which texts about a patched object show.

use serde_json::{Map, Value};

use crate::builtin::types::{self, Struct, Type};

/// Writes an object. Maps that a patch went through are sorted by name, as the library of patches leaves them; the
/// others are in the order of their structs. `touched` has a map for each map that was gone through.
pub(crate) fn text(of: Option<&'static Struct>, object: &Value, touched: &Value) -> String {
    let mut out = String::new();
    match of {
        Some(of) => fields(of, object, Some(touched), &mut out),
        None => out.push_str(&object.to_string()),
    }
    // Go's encoder escapes what HTML would take for its own; outside of strings these do not occur.
    out.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// What a JSON patch goes through: the maps above the ends of its paths.
pub(crate) fn touched<'a>(paths: impl Iterator<Item = &'a str>) -> Value {
    let mut root = Value::Object(Map::new());
    for path in paths {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let parents = parts.len().saturating_sub(1);
        let mut here = &mut root;
        for part in &parts[..parents] {
            let Value::Object(map) = here else {
                break;
            };
            let name = part.replace("~1", "/").replace("~0", "~");
            here = map.entry(name).or_insert_with(|| Value::Object(Map::new()));
        }
    }
    root
}

fn fields(of: &'static Struct, value: &Value, touched: Option<&Value>, out: &mut String) {
    let Value::Object(map) = value else {
        out.push_str(&value.to_string());
        return;
    };
    let touched = touched.and_then(Value::as_object);
    let names: Vec<&String> = if touched.is_some() {
        map.keys().collect()
    } else {
        of.fields().map(|field| &field.json).filter(|name| map.contains_key(*name)).collect()
    };
    write_map(names.iter().map(|name| name.as_str()), out, |name, out| {
        let inner = touched.and_then(|touched| touched.get(name));
        member(of.field(name).map(|field| &field.ty), &map[name], inner, out);
    });
}

fn member(ty: Option<&Type>, value: &Value, touched: Option<&Value>, out: &mut String) {
    match (ty, value) {
        (Some(Type::Struct(id)), value) => fields(types::get(*id), value, touched, out),
        (Some(Type::List(item)), Value::Array(items)) => {
            out.push('[');
            for (index, value) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                let inner = touched.and_then(|touched| touched.get(index.to_string()));
                member(Some(item), value, inner, out);
            }
            out.push(']');
        }
        (Some(Type::Map(item)), Value::Object(map)) => {
            write_map(map.keys().map(String::as_str), out, |name, out| {
                member(Some(item), &map[name], None, out);
            });
        }
        (_, value) => out.push_str(&value.to_string()),
    }
}

fn write_map<'a>(names: impl Iterator<Item = &'a str>, out: &mut String, write: impl Fn(&str, &mut String)) {
    out.push('{');
    for (index, name) in names.enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&Value::from(name).to_string());
        out.push(':');
        write(name, out);
    }
    out.push('}');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn maps_that_were_gone_through_are_sorted_and_structs_are_not() {
        let of = types::of_gvk("v1", "ConfigMap");
        let object = json!({"kind": "ConfigMap", "apiVersion": "v1", "data": {"b": "<", "a": "1"},
            "metadata": {"name": "a", "namespace": "n", "uid": "u", "labels": {"z": "1", "y": "2"}}});
        let metadata = r#"{"name":"a","namespace":"n","uid":"u","labels":{"y":"2","z":"1"}}"#;
        assert_eq!(
            text(of, &object, &json!({"data": {"a": 1}})),
            format!(
                r#"{{"apiVersion":"v1","data":{{"a":"1","b":"\u003c"}},"kind":"ConfigMap","metadata":{metadata}}}"#
            )
        );
        let through = touched(["/metadata/labels/a~1b", "/data"].into_iter());
        assert_eq!(through, json!({"metadata": {"labels": {}}}));
        assert!(text(of, &object, &through).contains(r#""metadata":{"labels":{"y""#));
    }
}
