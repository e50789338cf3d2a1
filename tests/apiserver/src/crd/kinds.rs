//! Pure: the kinds that a definition brings.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kubist_structural::StructuralSchema;
use kubist_structural::definition::versions;
use kubist_structural::node::strings;
use ring::digest::{SHA256, digest};
use serde_json::Value;

use crate::crd::text;
use crate::kinds::{CUSTOM_VERBS, Collection, Custom, Kind, ScalePaths, Subresource, split_path};
use crate::meta;
use crate::registry::compare_versions;
use crate::table::custom;

/// Where the objects of a definition are kept.
pub(crate) fn collection(definition: &Value) -> Collection {
    let spec = &definition["spec"];
    (text(spec, "group").to_owned(), text(&spec["names"], "plural").to_owned())
}

/// One kind for each served version, under the accepted names.
pub(crate) fn served(definition: &Value) -> Vec<Kind> {
    versions(definition)
        .iter()
        .filter(|version| version.get("served") == Some(&Value::Bool(true)))
        .map(|version| kind(definition, version))
        .collect()
}

/// The kind of the version in which objects are stored, served or not.
pub(crate) fn stored(definition: &Value) -> Option<Kind> {
    let storage = versions(definition).iter().find(|version| version["storage"] == true)?;
    Some(kind(definition, storage))
}

fn kind(definition: &Value, version: &Value) -> Kind {
    let spec = &definition["spec"];
    let names = &definition["status"]["acceptedNames"];
    let schema =
        version.get("schema").and_then(|schema| schema.get("openAPIV3Schema")).unwrap_or(&Value::Null);
    let subresource =
        |name: &str| version.get("subresources").and_then(|subresources| subresources.get(name));
    let status = subresource("status").is_some_and(|status| !status.is_null());
    let scale = subresource("scale").and_then(ScalePaths::of);
    let structural = StructuralSchema::trusted(schema);
    let structural = if status { structural.with_status() } else { structural };
    let structural = match &scale {
        Some(paths) => structural.with_scale(paths.clone()),
        None => structural,
    };
    let selectable = version.get("selectableFields").and_then(Value::as_array).into_iter().flatten();
    let (group, name, kind) = (text(spec, "group"), text(version, "name"), text(names, "kind"));
    Kind {
        group: group.to_owned(),
        version: name.to_owned(),
        kind: kind.to_owned(),
        list_kind: text(names, "listKind").to_owned(),
        plural: text(names, "plural").to_owned(),
        singular: text(names, "singular").to_owned(),
        short_names: strings(names.get("shortNames")),
        categories: strings(names.get("categories")),
        namespaced: text(spec, "scope") == "Namespaced",
        verbs: CUSTOM_VERBS.map(str::to_owned).to_vec(),
        subresources: subresources(kind, status, scale.is_some()),
        status,
        scale,
        returns_deleted: false,
        selectable: selectable
            .map(|field| split_path(text(field, "jsonPath")))
            .map(|path| (path.join("."), path))
            .collect(),
        unselectable: Some("field label not supported: LABEL".to_owned()),
        columns: Vec::new(),
        storage_version_hash: storage_version_hash(definition),
        warning: deprecation(definition, version),
        ty: None,
        custom: Some(Custom {
            schema: structural,
            document: Arc::new(schema.clone()),
            columns: custom::columns(version),
            revision: revision(name, schema),
            terminating: meta::is_being_deleted(definition),
        }),
    }
}

fn subresources(kind: &str, status: bool, scale: bool) -> Vec<Subresource> {
    let part = |name: &str, group: &str, version: &str, kind: &str| Subresource {
        name: name.to_owned(),
        group: group.to_owned(),
        version: version.to_owned(),
        kind: kind.to_owned(),
        verbs: ["get", "patch", "update"].map(str::to_owned).to_vec(),
    };
    let mut parts = Vec::new();
    if status {
        parts.push(part("status", "", "", kind));
    }
    if scale {
        parts.push(part("scale", "autoscaling", "v1", "Scale"));
    }
    parts
}

/// Equal for equal versions and schemas, so that an update of something else keeps the objects as they are.
fn revision(version: &str, schema: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    (version, schema.to_string()).hash(&mut hasher);
    hasher.finish().max(1)
}

/// Tells clients whether the version changes in which objects are stored.
fn storage_version_hash(definition: &Value) -> String {
    let spec = &definition["spec"];
    let versions = versions(definition);
    let stored = versions.iter().find(|version| version.get("storage") == Some(&Value::Bool(true)));
    let version = stored.map(|version| text(version, "name")).unwrap_or_default();
    let name = format!("{}/{version}/{}", text(spec, "group"), text(&spec["names"], "kind"));
    STANDARD.encode(&digest(&SHA256, name.as_bytes()).as_ref()[..8])
}

/// The warning of a deprecated version: its own, or one that names the newest version to use instead.
fn deprecation(definition: &Value, version: &Value) -> Option<String> {
    let is_true = |version: &Value, flag: &str| version.get(flag) == Some(&Value::Bool(true));
    if !is_true(version, "deprecated") {
        return None;
    }
    if let Some(own) = version.get("deprecationWarning").and_then(Value::as_str) {
        return Some(own.to_owned());
    }
    let (group, name) = (text(&definition["spec"], "group"), text(version, "name"));
    let kind = text(&definition["spec"]["names"], "kind");
    let newer = versions(definition)
        .iter()
        .filter(|other| is_true(other, "served") && !is_true(other, "deprecated"))
        .map(|other| text(other, "name"))
        .filter(|other| compare_versions(name, other).is_lt())
        .max_by(|left, right| compare_versions(left, right));
    let instead = newer.map(|newer| format!("; use {group}/{newer} {kind}")).unwrap_or_default();
    Some(format!("{group}/{name} {kind} is deprecated{instead}"))
}
