//! Pure: what a write makes of an object of a built-in kind before it is judged.

use serde_json::{Value, json};

use crate::builtin::defaults::claims;
use crate::builtin::defaults::config;
use crate::builtin::defaults::edit::{self, Fields};
use crate::builtin::defaults::jobs;
use crate::builtin::defaults::qos;
use crate::builtin::defaults::services;
use crate::builtin::defaults::workloads;
use crate::builtin::shape;
use crate::builtin::types;
use crate::kinds::Kind;

/// What a new object starts with. Its name and uid are set; the status that was sent counts for nothing, except that
/// of a node.
pub(crate) fn prepare_create(kind: &Kind, object: &mut Value, now: &str) {
    let Some(of) = types::of_kind(kind).filter(|_| !kind.is_definition()) else {
        return;
    };
    if kind.status
        && !kind.is("", "nodes")
        && let Some(fields) = object.as_object_mut()
    {
        fields.remove("status");
    }
    match (kind.group.as_str(), kind.plural.as_str()) {
        ("", "namespaces") => start_namespace(object),
        ("", "pods") => start_pod(object, now),
        ("", "persistentvolumes") => {
            object["status"] = json!({"phase": "Pending", "lastPhaseTransitionTime": now});
        }
        ("", "persistentvolumeclaims") => {
            object["status"] = json!({"phase": "Pending"});
            claims::agree_on_source(edit::make(object, &["spec"]), None);
        }
        ("", "services") => services::drop_traffic_policy(object),
        ("apps", "daemonsets") => workloads::count_template(object, None),
        ("batch", "jobs") => jobs::generate_selector(object),
        _ => {}
    }
    *object = shape::shape(of, object.take());
}

/// The namespace's own finalizer is taken away at its end.
fn start_namespace(object: &mut Value) {
    config::label_namespace(object);
    object["status"] = json!({"phase": "Active"});
    let spec = edit::make(object, &["spec"]);
    let mut finalizers = spec.get("finalizers").and_then(Value::as_array).cloned().unwrap_or_default();
    if !finalizers.contains(&json!("kubernetes")) {
        finalizers.push(json!("kubernetes"));
    }
    spec.insert("finalizers".to_owned(), finalizers.into());
}

fn start_pod(object: &mut Value, now: &str) {
    select_by_label_keys(object);
    let mut status = json!({"phase": "Pending", "qosClass": qos::class(object)});
    let gates = edit::get(object, &["spec", "schedulingGates"]).and_then(Value::as_array);
    if gates.is_some_and(|gates| !gates.is_empty()) {
        status["conditions"] = json!([{
            "type": "PodScheduled",
            "status": "False",
            "lastTransitionTime": now,
            "reason": "SchedulingGated",
            "message": "Scheduling is blocked due to non-empty scheduling gates",
        }]);
    }
    object["status"] = status;
}

/// Terms that name keys of labels select by the pod's own values of these.
fn select_by_label_keys(object: &mut Value) {
    let labels =
        edit::get(object, &["metadata", "labels"]).and_then(Value::as_object).cloned().unwrap_or_default();
    let Some(spec) = edit::at(object, &["spec"]) else {
        return;
    };
    for constraint in edit::items(spec, "topologySpreadConstraints") {
        add_requirements(constraint, &labels);
    }
    for affinity in ["podAffinity", "podAntiAffinity"] {
        let Some(affinity) = spec.get_mut("affinity").and_then(|value| edit::at(value, &[affinity])) else {
            continue;
        };
        for term in edit::items(affinity, "requiredDuringSchedulingIgnoredDuringExecution") {
            add_requirements(term, &labels);
        }
        for weighted in edit::items(affinity, "preferredDuringSchedulingIgnoredDuringExecution") {
            add_requirements(edit::child(weighted, "podAffinityTerm"), &labels);
        }
    }
}

fn add_requirements(term: &mut Fields, labels: &Fields) {
    for (list, operator) in [("matchLabelKeys", "In"), ("mismatchLabelKeys", "NotIn")] {
        let keys = term.get(list).and_then(Value::as_array).cloned().unwrap_or_default();
        let Some(Value::Object(selector)) = term.get_mut("labelSelector") else {
            return;
        };
        let found = keys.iter().filter_map(Value::as_str).filter_map(|key| Some((key, labels.get(key)?)));
        let added: Vec<Value> =
            found.map(|(key, value)| json!({"key": key, "operator": operator, "values": [value]})).collect();
        if added.is_empty() {
            continue;
        }
        let requirements = selector.entry("matchExpressions").or_insert(Value::Null);
        match requirements {
            Value::Array(requirements) => requirements.extend(added),
            other => *other = added.into(),
        }
    }
}

/// What an update takes over from the object that it replaces.
pub(crate) fn prepare_update(kind: &Kind, object: &mut Value, old: &Value) {
    let Some(of) = types::of_kind(kind).filter(|_| !kind.is_definition()) else {
        return;
    };
    match (kind.group.as_str(), kind.plural.as_str()) {
        ("", "services") => {
            services::drop_unused(object, old);
            services::drop_traffic_policy(object);
        }
        ("", "persistentvolumeclaims") => {
            let old = old.get("spec").and_then(Value::as_object);
            claims::agree_on_source(edit::make(object, &["spec"]), old);
        }
        ("", "secrets") => {
            let before = old.get("type").cloned();
            let fields = edit::make(object, &[]);
            if edit::is_empty(fields, "type") {
                edit::put(fields, "type", before);
            }
        }
        ("apps", "daemonsets") => workloads::count_template(object, Some(old)),
        _ => {}
    }
    *object = shape::shape(of, object.take());
}
