//! Pure: what a kind is to the server.

use std::sync::Arc;

use kubist_structural::StructuralSchema;
use kubist_structural::jsonpath::JsonPath;
use serde_json::Value;

pub(crate) use kubist_structural::value::scale::{ScalePaths, split_path};

/// What only kinds defined by a CustomResourceDefinition have.
#[derive(Clone, Debug)]
pub(crate) struct Custom {
    pub(crate) schema: StructuralSchema,
    /// The schema as the definition spells it.
    pub(crate) document: Arc<Value>,
    /// Changes whenever the schema does.
    pub(crate) revision: u64,
    /// The columns of its tables, after the name.
    pub(crate) columns: Vec<PrinterColumn>,
    /// Whether its definition is being deleted: no more objects are made.
    pub(crate) terminating: bool,
}

/// A part of a resource under a path of its own. Without a version its kind is of the resource's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subresource {
    pub(crate) name: String,
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) kind: String,
    pub(crate) verbs: Vec<String>,
}

/// One column of the table that a list can be shown as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) ty: String,
    pub(crate) format: String,
    pub(crate) priority: i64,
}

/// A column of a custom resource, with the way to its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PrinterColumn {
    pub(crate) column: Column,
    pub(crate) path: JsonPath,
}

impl PrinterColumn {
    pub(crate) fn new(column: Column, path: &str) -> Option<Self> {
        JsonPath::parse(path).ok().map(|path| Self { column, path })
    }
}

/// Where the Go struct of a built-in kind stands in the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct StructId(pub(crate) usize);

/// One kind in one version, with all that the server must know to serve it.
#[derive(Clone, Debug)]
pub(crate) struct Kind {
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) kind: String,
    pub(crate) list_kind: String,
    pub(crate) plural: String,
    pub(crate) singular: String,
    pub(crate) short_names: Vec<String>,
    pub(crate) categories: Vec<String>,
    pub(crate) namespaced: bool,
    pub(crate) verbs: Vec<String>,
    /// In the order of discovery, `status` and `scale` among them.
    pub(crate) subresources: Vec<Subresource>,
    pub(crate) status: bool,
    pub(crate) scale: Option<ScalePaths>,
    /// Whether the answer to a delete is the object instead of a `Status`.
    pub(crate) returns_deleted: bool,
    /// Field selectors: their label and the path of the value.
    pub(crate) selectable: Vec<(String, Vec<String>)>,
    /// The error for a field selector that is not among those, with `LABEL` in place of the label.
    pub(crate) unselectable: Option<String>,
    /// The columns of a built-in kind's table.
    pub(crate) columns: Vec<Column>,
    pub(crate) storage_version_hash: String,
    /// The warning that every use of the kind brings.
    pub(crate) warning: Option<String>,
    /// The Go struct of a built-in kind.
    pub(crate) ty: Option<StructId>,
    pub(crate) custom: Option<Custom>,
}

impl Kind {
    /// `v1` or `group/version`.
    pub(crate) fn api_version(&self) -> String {
        if self.group.is_empty() { self.version.clone() } else { format!("{}/{}", self.group, self.version) }
    }

    /// `plural` or `plural.group`.
    pub(crate) fn group_resource(&self) -> String {
        if self.group.is_empty() { self.plural.clone() } else { format!("{}.{}", self.plural, self.group) }
    }

    /// The name under which the objects are stored, which all versions share, and both groups of events.
    pub(crate) fn collection(&self) -> Collection {
        let group = if self.is("events.k8s.io", "events") { String::new() } else { self.group.clone() };
        (group, self.plural.clone())
    }

    pub(crate) fn subresource(&self, name: &str) -> Option<&Subresource> {
        self.subresources.iter().find(|subresource| subresource.name == name)
    }

    pub(crate) fn has_verb(&self, verb: &str) -> bool {
        self.verbs.iter().any(|own| own == verb)
    }

    /// Whether objects of this kind are answered and never stored.
    pub(crate) fn is_virtual(&self) -> bool {
        !self.has_verb("get") && !self.has_verb("list")
    }

    pub(crate) fn is(&self, group: &str, plural: &str) -> bool {
        self.group == group && self.plural == plural
    }

    pub(crate) fn is_namespace(&self) -> bool {
        self.is("", "namespaces")
    }

    pub(crate) fn is_definition(&self) -> bool {
        self.is("apiextensions.k8s.io", "customresourcedefinitions")
    }

    /// The identity that a group is stored under: the schema's revision, 0 for built-in kinds.
    pub(crate) fn revision(&self) -> u64 {
        self.custom.as_ref().map_or(0, |custom| custom.revision)
    }
}

/// Group and plural.
pub(crate) type Collection = (String, String);

/// The value at `path`, if every part of it exists.
pub(crate) fn at<'a>(object: &'a Value, path: &[String]) -> Option<&'a Value> {
    path.iter().try_fold(object, |value, part| value.get(part))
}

/// The verbs of custom resources, in the order in which discovery lists them.
pub(crate) const CUSTOM_VERBS: [&str; 8] =
    ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];
