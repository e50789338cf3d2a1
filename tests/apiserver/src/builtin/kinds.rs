//! Pure: the built-in kinds: what the data file says of them, and the little that no document of the server tells.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use kubist_structural::node::strings;
use serde_json::Value;

use crate::builtin::data;
use crate::builtin::types;
use crate::kinds::{Column, Kind, ScalePaths, Subresource, split_path};

static ALL: LazyLock<Vec<Arc<Kind>>> =
    LazyLock::new(|| data::kinds().iter().map(|kind| Arc::new(read(kind))).collect());

/// The kinds whose deletion is answered with the object.
const RETURNED_WHEN_DELETED: [(&str, &str); 4] = [
    (
        "",
        "namespaces persistentvolumeclaims persistentvolumes pods podtemplates resourcequotas serviceaccounts services",
    ),
    ("apiextensions.k8s.io", "customresourcedefinitions"),
    ("resource.k8s.io", "deviceclasses resourceclaims resourceclaimtemplates resourceslices"),
    ("storage.k8s.io", "csidrivers csinodes storageclasses volumeattachments volumeattributesclasses"),
];

/// Every built-in kind with a scale keeps it at the same places.
const SCALE: [&str; 3] = ["spec.replicas", "status.replicas", "spec.selector"];

/// Where selectors find a value that the server itself calls by another name than the fields of the kind.
const RENAMED: [(&str, &str); 2] =
    [("source", "source.component"), ("status.successful", "status.succeeded")];

/// The built-in kinds, in the order of discovery.
pub(crate) fn all() -> &'static [Arc<Kind>] {
    &ALL
}

fn has(table: &[(&str, &str)], group: &str, plural: &str) -> bool {
    table.iter().any(|(of, plurals)| *of == group && plurals.split(' ').any(|name| name == plural))
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

fn list<T>(value: &Value, name: &str, read: impl Fn(&Value) -> T) -> Vec<T> {
    value[name].as_array().into_iter().flatten().map(read).collect()
}

fn read(value: &Value) -> Kind {
    let (group, plural, kind) = (text(value, "group"), text(value, "plural"), text(value, "kind"));
    let subresources = list(value, "subresources", subresource);
    let part = |name: &str| subresources.iter().any(|part| part.name == name);
    let [spec, status, selector] = SCALE.map(split_path);
    Kind {
        version: text(value, "version"),
        list_kind: format!("{kind}List"),
        singular: text(value, "singular"),
        short_names: strings(value.get("shortNames")),
        categories: strings(value.get("categories")),
        namespaced: value["namespaced"] == Value::Bool(true),
        verbs: strings(value.get("verbs")),
        status: part("status"),
        scale: part("scale").then_some(ScalePaths::new(spec, status, Some(selector))),
        returns_deleted: has(&RETURNED_WHEN_DELETED, &group, &plural),
        selectable: selectable(value),
        unselectable: value["unselectable"].as_str().map(str::to_owned),
        columns: list(value, "columns", column),
        storage_version_hash: text(value, "storageVersionHash"),
        warning: value["warning"].as_str().map(str::to_owned),
        ty: types::find(&text(value, "type")),
        custom: None,
        group,
        plural,
        kind,
        subresources,
    }
}

fn subresource(value: &Value) -> Subresource {
    Subresource {
        name: text(value, "name"),
        group: text(value, "group"),
        version: text(value, "version"),
        kind: text(value, "kind"),
        verbs: strings(value.get("verbs")),
    }
}

fn column(value: &Value) -> Column {
    Column {
        name: text(value, "name"),
        ty: text(value, "type"),
        format: text(value, "format"),
        priority: value["priority"].as_i64().unwrap_or(0),
    }
}

/// The labels of field selectors and where their values are. A label of one version can stand for a field of
/// another, in which the objects are stored.
fn selectable(kind: &Value) -> Vec<(String, Vec<String>)> {
    let labels: BTreeMap<&String, &Value> = kind["selectors"].as_object().into_iter().flatten().collect();
    let own = |label: &str, internal: &str| {
        if kind["group"] == "events.k8s.io" && label != internal {
            return split_path(label);
        }
        let renamed = RENAMED.iter().find(|(name, _)| *name == internal);
        split_path(renamed.map_or(internal, |(_, path)| path))
    };
    let pairs = labels.into_iter().filter(|(label, _)| !label.starts_with("metadata."));
    pairs.map(|(label, internal)| (label.clone(), own(label, internal.as_str().unwrap_or(label)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(group: &str, plural: &str) -> Arc<Kind> {
        Arc::clone(all().iter().find(|kind| kind.is(group, plural)).unwrap())
    }

    #[test]
    fn every_kind_is_whole() {
        for kind in all() {
            assert!(![&kind.kind, &kind.plural, &kind.singular, &kind.version].contains(&&String::new()));
            assert_eq!(types::of_kind(kind).unwrap().name, kind.kind);
            assert!(!kind.verbs.is_empty(), "{kind:?}");
        }
    }

    #[test]
    fn the_hand_written_table_names_kinds_that_exist() {
        for (group, plurals) in &RETURNED_WHEN_DELETED {
            for plural in plurals.split(' ') {
                find(group, plural);
            }
        }
    }

    #[test]
    fn kinds_are_what_discovery_says() {
        let deployments = find("apps", "deployments");
        assert!(deployments.status && deployments.scale.is_some());
        assert_eq!(deployments.short_names, ["deploy"]);
        assert!(find("authentication.k8s.io", "tokenreviews").is_virtual());
        assert!(!find("", "componentstatuses").is_virtual());
        assert_eq!(find("", "pods").subresource("eviction").unwrap().group, "policy");
        assert!(!find("", "namespaces").verbs.contains(&"deletecollection".to_owned()));
        assert_eq!(find("events.k8s.io", "events").collection(), find("", "events").collection());
    }
}
