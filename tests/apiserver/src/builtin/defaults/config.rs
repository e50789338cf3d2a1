//! Pure: the conditional defaults of what configures others: secrets, namespaces, limits, roles, networks.

use serde_json::{Value, json};

use crate::builtin::defaults::edit::{self, Fields};
use crate::meta;

/// The label of a namespace is its name.
pub(super) fn label_namespace(object: &mut Value) {
    let name = meta::text(object, "name").to_owned();
    if !name.is_empty() {
        edit::make(object, &["metadata", "labels"])
            .insert("kubernetes.io/metadata.name".to_owned(), name.into());
    }
}

/// The limits of containers follow from each other.
pub(super) fn fill_limit_range(spec: &mut Fields) {
    for item in edit::items(spec, "limits").filter(|item| edit::text(item, "type") == "Container") {
        for (to, from) in [("default", "max"), ("defaultRequest", "default"), ("defaultRequest", "min")] {
            let values = item.get(from).and_then(Value::as_object).cloned().unwrap_or_default();
            let into = edit::child(item, to);
            for (name, value) in values {
                into.entry(name).or_insert(value);
            }
        }
    }
}

/// Users and groups are of the authorization's own API group.
pub(super) fn fill_subjects(object: &mut Value) {
    for subject in edit::items(edit::make(object, &[]), "subjects") {
        if matches!(edit::text(subject, "kind"), "User" | "Group") {
            edit::default(subject, "apiGroup", "rbac.authorization.k8s.io");
        }
    }
}

/// A policy is about what it has rules for, and always about what comes in.
pub(super) fn fill_network_policy(spec: &mut Fields) {
    if edit::is_empty(spec, "policyTypes") {
        let types =
            if edit::is_empty(spec, "egress") { json!(["Ingress"]) } else { json!(["Ingress", "Egress"]) };
        spec.insert("policyTypes".to_owned(), types);
    }
}

/// A node can give away what it has.
pub(super) fn fill_node_status(object: &mut Value) {
    if let Some(status) = edit::at(object, &["status"])
        && edit::is_absent(status, "allocatable")
        && let Some(capacity) = status.get("capacity").cloned()
    {
        status.insert("allocatable".to_owned(), capacity);
    }
}

/// The one pod network of a node and the first of the list are the same.
pub(super) fn agree_on_network(object: &mut Value) {
    let Some(spec) = edit::at(object, &["spec"]) else {
        return;
    };
    let one = edit::text(spec, "podCIDR").to_owned();
    let first = spec.get("podCIDRs").and_then(|list| list.get(0)).and_then(Value::as_str).map(str::to_owned);
    match first {
        Some(first) if one.is_empty() => edit::put(spec, "podCIDR", Some(first.into())),
        first if !one.is_empty() && first.as_ref() != Some(&one) => {
            edit::put(spec, "podCIDRs", Some(json!([one])));
        }
        _ => {}
    }
}

/// The share of the requested processor time that an autoscaler without any metric aims at, in percent.
const CPU_UTILIZATION: i32 = 80;

/// The first version of autoscalers has other metrics in an annotation only.
pub(super) fn fill_autoscaler(object: &mut Value) {
    const METRICS: &str = "autoscaling.alpha.kubernetes.io/metrics";
    let has_metrics = edit::get(object, &["metadata", "annotations", METRICS]).is_some();
    if !has_metrics {
        edit::default(edit::make(object, &["spec"]), "targetCPUUtilizationPercentage", CPU_UTILIZATION);
    }
}
