//! Pure: POST of a binding: a pod gets its node.

use std::sync::Arc;

use kubist_structural::field_error::FieldError;
use serde_json::{Map, Value, json};

use crate::cluster::Cluster;
use crate::meta;
use crate::meta::strategy;
use crate::rest::options::{self, WriteOptions};
use crate::rest::{Answer, Call, admit, subresource, write};
use crate::status::Status;
use crate::storage::Key;

/// POST on the `binding` of a pod, or of a binding that names its pod.
pub(crate) fn create(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let WriteOptions { dry_run, validation } = options::read(&call.query, "CreateOptions")?;
    let kind = if call.target.subresource.is_some() {
        Arc::new(subresource::body_kind(call)?)
    } else {
        Arc::clone(&call.kind)
    };
    let mut binding = admit::read_as(&kind, call, validation)?;
    write::take_namespace(call, &mut binding)?;
    let own = meta::text(&binding, "name").to_owned();
    let name = match &call.target.name {
        Some(name) if *name != own => {
            return Err(Status::bad_request("name in URL does not match name in Binding object"));
        }
        None if own.is_empty() => return Err(Status::bad_request("Name parameter required.")),
        _ => own,
    };
    check_target(&binding)?;
    let key = Key { namespace: call.target.namespace.clone().unwrap_or_default(), name };
    assign(cluster, &key, &binding, dry_run, &call.now)?;
    Ok(Answer::value(201, &subresource::success(201)))
}

/// A node, and nothing else; what is wrong is told without any ceremony.
fn check_target(binding: &Value) -> Result<(), Status> {
    let text = |name: &str| binding["target"][name].as_str().unwrap_or_default();
    let mut errors = Vec::new();
    if !matches!(text("kind"), "" | "Node") {
        let supported = ["Node", "<empty>"].map(str::to_owned);
        errors.push(FieldError::not_supported("target.kind", text("kind"), &supported).to_string());
    }
    if text("name").is_empty() {
        errors.push(FieldError::required("target.name", "").to_string());
    }
    match errors.as_slice() {
        [] => Ok(()),
        [one] => Err(Status::internal(one.clone())),
        all => Err(Status::internal(format!("[{}]", all.join(", ")))),
    }
}

fn assign(cluster: &mut Cluster, key: &Key, binding: &Value, dry_run: bool, now: &str) -> Result<(), Status> {
    let pods = cluster.registry.find("", "v1", "pods").cloned().ok_or_else(Status::unknown_resource)?;
    let current = cluster.get(&pods, key)?;
    let mut pod = current.object.clone();
    for (field, word) in [("uid", "UID"), ("resourceVersion", "ResourceVersion")] {
        let (wanted, found) = (meta::text(binding, field), meta::text(&pod, field));
        if !wanted.is_empty() && wanted != found {
            let at = strategy::storage_path(&pods, &key.namespace, &key.name);
            return Err(Status::conflict(
                &pods,
                &key.name,
                &write::failed_precondition(&at, word, wanted, found),
            ));
        }
    }
    let name = &key.name;
    let node = pod["spec"]["nodeName"].as_str().unwrap_or_default();
    let has_gates = pod["spec"]["schedulingGates"].as_array().is_some_and(|gates| !gates.is_empty());
    let why = if meta::is_being_deleted(&pod) {
        format!("pod {name} is being deleted, cannot be assigned to a host")
    } else if !node.is_empty() {
        format!("pod {name} is already assigned to node \"{node}\"")
    } else if has_gates {
        format!("pod {name} has non-empty .spec.schedulingGates")
    } else {
        pod["spec"]["nodeName"] = binding["target"]["name"].clone();
        if let Some(status) = pod["status"].as_object_mut() {
            status.remove("nominatedNodeName");
        }
        for field in ["annotations", "labels"] {
            copy(&mut pod, binding, field);
        }
        set_condition(&mut pod, "PodScheduled", json!({}), now);
        if !dry_run {
            cluster.put(&pods, key.clone(), pod)?;
        }
        return Ok(());
    };
    Err(Status::named_conflict("", "pods/binding", name, &why))
}

/// The pod takes over what the binding says of it.
fn copy(pod: &mut Value, binding: &Value, field: &str) {
    let Some(from) = meta::field(binding, field).and_then(Value::as_object) else {
        return;
    };
    let into = meta::metadata(pod).entry(field).or_insert_with(|| Value::Object(Map::new()));
    for (name, value) in from {
        into[name] = value.clone();
    }
}

/// Sets a condition of a pod to true; `more` are its further members.
pub(crate) fn set_condition(pod: &mut Value, ty: &str, more: Value, now: &str) {
    let mut condition =
        json!({"type": ty, "status": "True", "lastProbeTime": null, "lastTransitionTime": now});
    for (name, value) in more.as_object().into_iter().flatten() {
        condition[name] = value.clone();
    }
    let conditions = &mut pod["status"]["conditions"];
    if !conditions.is_array() {
        *conditions = json!([]);
    }
    let Value::Array(conditions) = conditions else {
        return;
    };
    match conditions.iter_mut().find(|condition| condition["type"] == ty) {
        Some(before) => {
            if before["status"] == "True" {
                condition["lastTransitionTime"] = before["lastTransitionTime"].clone();
            }
            *before = condition;
        }
        None => conditions.push(condition),
    }
}
