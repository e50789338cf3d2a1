//! Pure: whole documents.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::builtin::data;
use crate::builtin::types;
use crate::openapi::custom;
use crate::openapi::paths;
use crate::openapi::schema;
use crate::registry::Registry;

/// The document of one version of a group; nothing when it is not served.
pub(crate) fn group_version(registry: &Registry, group: &str, version: &str) -> Option<Value> {
    let mut all = Map::new();
    let mut schemas = Map::new();
    let mut is_custom = false;
    for kind in registry.in_version(group, version) {
        if kind.custom.is_some() {
            is_custom = true;
            custom::schemas(kind, &mut schemas);
            all.extend(paths::of_kind(kind, &custom::name(kind)));
        } else {
            let of = types::of_kind(kind)?;
            all.extend(paths::of_kind(kind, &of.openapi));
        }
    }
    if all.is_empty() {
        return None;
    }
    if !is_custom {
        all.extend([paths::resources(group, version)]);
        if registry.in_version(group, version).any(|kind| kind.has_verb("watch")) {
            schemas.extend(stream(group, version));
        }
    }
    let document = json!({ "paths": all });
    complete(&document, &mut schemas, group, version);
    let mut document = whole(document);
    document["components"] = json!({"schemas": schemas});
    if is_custom {
        document["info"] = json!({"title": "Kubernetes CRD Swagger", "version": "v0.1.0"});
    } else {
        document["components"]["securitySchemes"] =
            json!({"BearerToken": {"type": "apiKey", "name": "authorization", "in": "header"}});
    }
    Some(document)
}

/// The events of watches stand in every document, though only the paths of old refer to them.
fn stream(group: &str, version: &str) -> Option<(String, Value)> {
    let name = schema::meta("WatchEvent");
    let mut event = schema::named(&name)?;
    mark(&name, &mut event, group, version);
    Some((name, event))
}

/// Adds the schemas that are referred to, and those that they refer to.
fn complete(document: &Value, schemas: &mut Map<String, Value>, group: &str, version: &str) {
    let mut wanted = BTreeSet::new();
    schema::references(document, &mut wanted);
    schemas.values().for_each(|schema| schema::references(schema, &mut wanted));
    while let Some(name) = wanted.pop_first() {
        if schemas.contains_key(&name) {
            continue;
        }
        let Some(mut found) = schema::named(&name) else {
            continue;
        };
        schema::references(&found, &mut wanted);
        mark(&name, &mut found, group, version);
        schemas.insert(name, found);
    }
}

/// Names the kinds that a schema is of.
fn mark(name: &str, found: &mut Value, group: &str, version: &str) {
    let Some(of) = types::find(name).map(types::get) else {
        return;
    };
    let gvk = |group: &str, version: &str| json!({"group": group, "kind": of.name, "version": version});
    let kinds = if !of.api_version.is_empty() {
        let (group, version) = of.api_version.split_once('/').unwrap_or(("", &of.api_version));
        vec![gvk(group, version)]
    } else {
        match name.strip_prefix("io.k8s.apimachinery.pkg.apis.meta.v1.") {
            Some("DeleteOptions" | "WatchEvent") if !group.is_empty() => {
                vec![gvk("", "v1"), gvk(group, version)]
            }
            Some("DeleteOptions" | "WatchEvent" | "Status" | "APIResourceList") => vec![gvk("", "v1")],
            _ => return,
        }
    };
    found["x-kubernetes-group-version-kind"] = kinds.into();
}

fn whole(mut document: Value) -> Value {
    document["openapi"] = "3.0.0".into();
    document["info"] = info();
    document
}

fn info() -> Value {
    let minor = data::version().trim_start_matches('v').rsplit_once('.').map_or("", |(minor, _)| minor);
    json!({"title": "Kubernetes", "version": minor})
}

/// `/version`, the one document that is of no group.
pub(crate) fn version() -> Value {
    whole(json!({"paths": {"/version/": {"get": {
        "tags": ["version"],
        "operationId": "getCodeVersion",
        "responses": {"200": {"description": "OK"}, "401": {"description": "Unauthorized"}},
    }}}}))
}

/// The document of the second version: the schemas alone.
pub(crate) fn second(registry: &Registry) -> Value {
    let mut definitions = Map::new();
    for kind in registry.iter() {
        if let Some(of) = types::of_kind(kind) {
            definitions.insert(of.openapi.clone(), Value::Null);
            let mut wanted = BTreeSet::from([of.openapi.clone()]);
            let mut schemas = Map::new();
            wanted.extend([format!("{}List", of.openapi)]);
            let refs: Value = wanted.iter().map(|name| schema::refer(name)).collect();
            complete(&refs, &mut schemas, &kind.group, &kind.version);
            definitions.extend(schemas);
        } else {
            custom::schemas(kind, &mut definitions);
        }
    }
    let mut definitions = Value::Object(definitions);
    rename(&mut definitions);
    json!({"swagger": "2.0", "info": info(), "paths": {}, "definitions": definitions})
}

/// Spells references as the second version does.
fn rename(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if let Some(Value::Array(all)) = map.get("allOf")
                && let [only] = all.as_slice()
                && let Some(target) = only.get("$ref").cloned()
            {
                map.remove("allOf");
                map.insert("$ref".to_owned(), target);
            }
            if let Some(Value::String(target)) = map.get_mut("$ref") {
                *target = target.replace("#/components/schemas/", "#/definitions/");
            }
            map.values_mut().for_each(rename);
        }
        Value::Array(items) => items.iter_mut().for_each(rename),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
