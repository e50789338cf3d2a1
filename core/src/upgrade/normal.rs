//! Pure: a definition with what the server fills in and leaves out, so that what was sent equals what was stored.

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{
    CustomResourceConversion, CustomResourceDefinitionSpec,
};
use serde_json::{Map, Value};

/// The spec as the server would keep it.
pub(crate) fn normal(spec: &CustomResourceDefinitionSpec) -> Value {
    let mut spec = spec.clone();
    let is_set = |name: &String| !name.is_empty();
    let names = &mut spec.names;
    let singular = || names.kind.to_lowercase();
    names.singular = names.singular.take().filter(is_set).or_else(|| Some(singular()));
    let list_kind = || format!("{}List", names.kind);
    names.list_kind = names.list_kind.take().filter(is_set).or_else(|| Some(list_kind()));
    spec.preserve_unknown_fields = spec.preserve_unknown_fields.filter(|preserve| *preserve);
    let conversion = spec.conversion.get_or_insert_with(|| CustomResourceConversion {
        strategy: "None".to_owned(),
        ..CustomResourceConversion::default()
    });
    let client = conversion.webhook.as_mut().and_then(|webhook| webhook.client_config.as_mut());
    if let Some(service) = client.and_then(|client| client.service.as_mut()) {
        service.port.get_or_insert(443);
    }
    let mut value = serde_json::to_value(spec).unwrap_or_default();
    for version in value["versions"].as_array_mut().into_iter().flatten() {
        tidy_version(version);
    }
    if let Some(names) = value["names"].as_object_mut() {
        drop_empty(names, &[]);
    }
    value
}

fn tidy_version(version: &mut Value) {
    let Some(version) = version.as_object_mut() else { return };
    for column in
        version.get_mut("additionalPrinterColumns").and_then(Value::as_array_mut).into_iter().flatten()
    {
        let Some(column) = column.as_object_mut() else { continue };
        column.retain(|_, value| value.as_i64() != Some(0));
        drop_empty(column, &[]);
    }
    if let Some(schema) = version.get_mut("schema").and_then(|schema| schema.get_mut("openAPIV3Schema")) {
        tidy_schema(schema);
    }
    drop_empty(version, &["served", "storage", "schema"]);
}

fn tidy_schema(schema: &mut Value) {
    let Some(schema) = schema.as_object_mut() else { return };
    for (keyword, value) in schema.iter_mut() {
        match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => properties.values_mut().for_each(tidy_schema),
            ("items" | "additionalProperties" | "not", value) => tidy_schema(value),
            ("allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => schemas.iter_mut().for_each(tidy_schema),
            _ => {}
        }
    }
    // A branch may be empty, and a map may have values of any form.
    drop_empty(
        schema,
        &[
            "default",
            "example",
            "items",
            "additionalProperties",
            "not",
            "x-kubernetes-preserve-unknown-fields",
        ],
    );
}

/// Leaves out what Go's `omitempty` leaves out, except of these members.
fn drop_empty(object: &mut Map<String, Value>, except: &[&str]) {
    object.retain(|member, value| {
        let empty = match value {
            Value::Null | Value::Bool(false) => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Bool(true) | Value::Number(_) => false,
        };
        !empty || except.contains(&member.as_str())
    });
}
