//! Pure: what a definition leaves out and the server fills in.

use serde_json::{Map, Value, json};

use crate::value::defaults::drop_all_nulls;

/// Fills in singular, list kind and conversion, and drops what is null.
pub fn fill(definition: &mut Value) {
    // Defaults and enums inside schemas may hold nulls that mean something.
    let schemas = take_schemas(definition);
    drop_all_nulls(definition);
    put_schemas(definition, schemas);
    let Some(spec) = definition.get_mut("spec").and_then(Value::as_object_mut) else {
        return;
    };
    spec.entry("conversion").or_insert_with(|| json!({"strategy": "None"}));
    if let Some(names) = spec.get_mut("names").and_then(Value::as_object_mut) {
        let kind = names.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
        fill_text(names, "singular", kind.to_lowercase());
        fill_text(names, "listKind", format!("{kind}List"));
    }
    for version in spec.get_mut("versions").and_then(Value::as_array_mut).into_iter().flatten() {
        let scale = version.get_mut("subresources").and_then(Value::as_object_mut);
        if let Some(status) = scale.and_then(|subresources| subresources.get_mut("status"))
            && status.is_null()
        {
            *status = json!({});
        }
    }
}

fn fill_text(map: &mut Map<String, Value>, name: &str, text: String) {
    let missing = map.get(name).and_then(Value::as_str).unwrap_or_default().is_empty();
    if missing && text != "List" && !text.is_empty() {
        map.insert(name.to_owned(), text.into());
    }
}

fn versions(definition: &mut Value) -> impl Iterator<Item = &mut Value> {
    let versions =
        definition.get_mut("spec").and_then(|spec| spec.get_mut("versions")).and_then(Value::as_array_mut);
    versions.into_iter().flatten()
}

fn take_schemas(definition: &mut Value) -> Vec<Option<Value>> {
    versions(definition)
        .map(|version| version.as_object_mut().and_then(|version| version.remove("schema")))
        .collect()
}

fn put_schemas(definition: &mut Value, schemas: Vec<Option<Value>>) {
    for (version, schema) in versions(definition).zip(schemas) {
        if let (Some(version), Some(schema)) =
            (version.as_object_mut(), schema.filter(|schema| !schema.is_null()))
        {
            version.insert("schema".to_owned(), schema);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_kind() {
        let mut definition =
            json!({"spec": {"names": {"kind": "Website", "plural": "websites"}, "versions": []}});
        fill(&mut definition);
        assert_eq!(definition["spec"]["names"]["singular"], "website");
        assert_eq!(definition["spec"]["names"]["listKind"], "WebsiteList");
        assert_eq!(definition["spec"]["conversion"]["strategy"], "None");
    }
}
