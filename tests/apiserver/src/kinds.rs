//! Pure: what a kind is to the server, and the table of the built-in ones.

use std::sync::Arc;

use serde_json::Value;

use crate::schema::node::Schema;
use crate::table::custom::PrinterColumn;

/// How names of a kind are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameRule {
    /// A DNS subdomain: the default.
    Subdomain,
    /// A DNS label, as namespaces have it.
    Label,
    /// A DNS label that starts with a letter, as services have it.
    Service,
}

/// Where the scale of a kind is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ScalePaths {
    pub(crate) spec: Vec<String>,
    pub(crate) status: Vec<String>,
    /// A path to a selector in text form, or to a `LabelSelector`.
    pub(crate) selector: Option<Vec<String>>,
}

/// What only kinds defined by a CustomResourceDefinition have.
#[derive(Clone, Debug)]
pub(crate) struct Custom {
    pub(crate) schema: Arc<Schema>,
    /// Changes whenever the schema does.
    pub(crate) revision: u64,
    /// The columns of its tables, after the name.
    pub(crate) columns: Vec<PrinterColumn>,
    /// The warning that every use of this version brings.
    pub(crate) deprecation: Option<String>,
}

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
    pub(crate) verbs: Vec<&'static str>,
    pub(crate) status: bool,
    pub(crate) scale: Option<ScalePaths>,
    pub(crate) generation: bool,
    /// Whether the answer to a delete is the object instead of a `Status`.
    pub(crate) returns_deleted: bool,
    pub(crate) name_rule: NameRule,
    /// Field selectors: their label and the path of the value.
    pub(crate) selectable: Vec<(String, Vec<String>)>,
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

    /// The name under which the objects are stored, which all versions share.
    pub(crate) fn collection(&self) -> Collection {
        (self.group.clone(), self.plural.clone())
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

/// Reads `.spec.replicas` as its parts.
pub(crate) fn split_path(path: &str) -> Vec<String> {
    path.trim_start_matches('.').split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The value at `path`, if every part of it exists.
pub(crate) fn at<'a>(object: &'a Value, path: &[String]) -> Option<&'a Value> {
    path.iter().try_fold(object, |value, part| value.get(part))
}

/// The verbs of custom resources, in the order in which discovery lists them.
pub(crate) const CUSTOM_VERBS: [&str; 8] =
    ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];

const VERBS: [&str; 8] = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

/// One built-in kind, as data.
struct Row {
    group: &'static str,
    version: &'static str,
    kind: &'static str,
    plural: &'static str,
    singular: &'static str,
    /// Comma separated.
    short: &'static str,
    categories: &'static str,
    namespaced: bool,
    status: bool,
    /// Paths of wanted replicas, present replicas and selector, separated by blanks.
    scale: &'static str,
    generation: bool,
    returns_deleted: bool,
    fields: &'static str,
}

const BASE: Row = Row {
    group: "",
    version: "v1",
    kind: "",
    plural: "",
    singular: "",
    short: "",
    categories: "",
    namespaced: true,
    status: false,
    scale: "",
    generation: false,
    returns_deleted: false,
    fields: "",
};

const WORKLOAD_SCALE: &str = "spec.replicas status.replicas spec.selector";

const BUILT_IN: [Row; 16] = [
    Row { kind: "ConfigMap", plural: "configmaps", singular: "configmap", short: "cm", ..BASE },
    Row {
        kind: "Event",
        plural: "events",
        singular: "event",
        short: "ev",
        fields: "involvedObject.kind,involvedObject.namespace,involvedObject.name,involvedObject.uid,involvedObject.apiVersion,involvedObject.resourceVersion,involvedObject.fieldPath,reason,reportingComponent,source,type",
        ..BASE
    },
    Row {
        kind: "Namespace",
        plural: "namespaces",
        singular: "namespace",
        short: "ns",
        namespaced: false,
        status: true,
        returns_deleted: true,
        fields: "status.phase",
        ..BASE
    },
    Row {
        kind: "Node",
        plural: "nodes",
        singular: "node",
        short: "no",
        namespaced: false,
        status: true,
        fields: "spec.unschedulable",
        ..BASE
    },
    Row {
        kind: "Pod",
        plural: "pods",
        singular: "pod",
        short: "po",
        categories: "all",
        status: true,
        generation: true,
        returns_deleted: true,
        fields: "spec.nodeName,spec.restartPolicy,spec.schedulerName,spec.serviceAccountName,spec.hostNetwork,status.phase,status.podIP,status.nominatedNodeName",
        ..BASE
    },
    Row { kind: "Secret", plural: "secrets", singular: "secret", fields: "type", ..BASE },
    Row {
        kind: "Service",
        plural: "services",
        singular: "service",
        short: "svc",
        categories: "all",
        status: true,
        returns_deleted: true,
        fields: "spec.clusterIP,spec.type",
        ..BASE
    },
    Row {
        kind: "ServiceAccount",
        plural: "serviceaccounts",
        singular: "serviceaccount",
        short: "sa",
        returns_deleted: true,
        ..BASE
    },
    Row {
        group: "apiextensions.k8s.io",
        kind: "CustomResourceDefinition",
        plural: "customresourcedefinitions",
        singular: "customresourcedefinition",
        short: "crd,crds",
        categories: "api-extensions",
        namespaced: false,
        status: true,
        generation: true,
        returns_deleted: true,
        ..BASE
    },
    Row {
        group: "apps",
        kind: "DaemonSet",
        plural: "daemonsets",
        singular: "daemonset",
        short: "ds",
        categories: "all",
        status: true,
        generation: true,
        ..BASE
    },
    Row {
        group: "apps",
        kind: "Deployment",
        plural: "deployments",
        singular: "deployment",
        short: "deploy",
        categories: "all",
        status: true,
        scale: WORKLOAD_SCALE,
        generation: true,
        ..BASE
    },
    Row {
        group: "apps",
        kind: "ReplicaSet",
        plural: "replicasets",
        singular: "replicaset",
        short: "rs",
        categories: "all",
        status: true,
        scale: WORKLOAD_SCALE,
        generation: true,
        fields: "status.replicas",
        ..BASE
    },
    Row {
        group: "apps",
        kind: "StatefulSet",
        plural: "statefulsets",
        singular: "statefulset",
        short: "sts",
        categories: "all",
        status: true,
        scale: WORKLOAD_SCALE,
        generation: true,
        ..BASE
    },
    Row {
        group: "batch",
        kind: "CronJob",
        plural: "cronjobs",
        singular: "cronjob",
        short: "cj",
        categories: "all",
        status: true,
        generation: true,
        ..BASE
    },
    Row {
        group: "batch",
        kind: "Job",
        plural: "jobs",
        singular: "job",
        categories: "all",
        status: true,
        generation: true,
        fields: "status.successful",
        ..BASE
    },
    Row { group: "coordination.k8s.io", kind: "Lease", plural: "leases", singular: "lease", ..BASE },
];

fn list(text: &str) -> Vec<String> {
    text.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The built-in kinds of this server.
pub(crate) fn built_in() -> Vec<Kind> {
    BUILT_IN.iter().map(Kind::from).collect()
}

impl From<&Row> for Kind {
    fn from(row: &Row) -> Self {
        let mut paths = row.scale.split_whitespace().map(split_path);
        let scale = match (paths.next(), paths.next()) {
            (Some(spec), Some(status)) => Some(ScalePaths { spec, status, selector: paths.next() }),
            _ => None,
        };
        let is_namespace = row.plural == "namespaces";
        let verbs = VERBS.into_iter().filter(|verb| !(is_namespace && *verb == "deletecollection")).collect();
        Self {
            group: row.group.to_owned(),
            version: row.version.to_owned(),
            kind: row.kind.to_owned(),
            list_kind: format!("{}List", row.kind),
            plural: row.plural.to_owned(),
            singular: row.singular.to_owned(),
            short_names: list(row.short),
            categories: list(row.categories),
            namespaced: row.namespaced,
            verbs,
            status: row.status,
            scale,
            generation: row.generation,
            returns_deleted: row.returns_deleted,
            name_rule: match row.plural {
                "namespaces" => NameRule::Label,
                "services" => NameRule::Service,
                _ => NameRule::Subdomain,
            },
            selectable: list(row.fields)
                .into_iter()
                .map(|field| (field.clone(), split_path(&field)))
                .collect(),
            custom: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        for kind in built_in() {
            assert!(
                !kind.kind.is_empty() && !kind.plural.is_empty() && !kind.singular.is_empty(),
                "{kind:?}"
            );
        }
        let deployments = built_in().into_iter().find(|kind| kind.plural == "deployments");
        assert!(deployments.is_some_and(|kind| kind.scale.is_some() && kind.short_names == ["deploy"]));
    }
}
