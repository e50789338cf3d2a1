//! Pure: requests for certificates: who asks, who approves, and what stays once it is decided.

use kubist_structural::field_error::FieldError;
use serde_json::{Value, json};

use crate::meta;
use crate::rest::part::take;
use crate::status::Status;
use crate::tokens::User;

const LASTING: [&str; 3] = ["Approved", "Denied", "Failed"];

/// A new request is that of its sender.
pub(crate) fn sign(request: &mut Value, user: &User) {
    let spec = &mut request["spec"];
    spec["username"] = user.name.clone().into();
    spec["uid"] = user.uid.clone().into();
    spec["groups"] = user.groups.clone().into();
    take(spec, &json!({}), "extra");
}

fn conditions(request: &Value) -> &[Value] {
    request["status"]["conditions"].as_array().map_or(&[], Vec::as_slice)
}

/// The approval of a request is its conditions, and nothing else.
pub(crate) fn approve(request: &mut Value, old: &Value, now: &str) {
    let sent = request["status"]["conditions"].take();
    take(request, old, "spec");
    take(request, old, "status");
    if !request["status"].is_object() {
        request["status"] = json!({});
    }
    request["status"]["conditions"] = if sent.is_array() { sent } else { json!([]) };
    fill_times(request, old, now);
    if conditions(request).is_empty() {
        take(&mut request["status"], &json!({}), "conditions");
    }
}

/// New conditions get their times.
pub(crate) fn fill_times(request: &mut Value, old: &Value, now: &str) {
    for condition in request["status"]["conditions"].as_array_mut().into_iter().flatten() {
        let before = conditions(old)
            .iter()
            .find(|old| old["type"] == condition["type"] && old["status"] == condition["status"]);
        if condition["lastUpdateTime"].is_null() {
            condition["lastUpdateTime"] = now.into();
        }
        if condition["lastTransitionTime"].is_null() {
            let since = before.map(|old| old["lastTransitionTime"].clone()).filter(Value::is_string);
            condition["lastTransitionTime"] = since.unwrap_or_else(|| now.into());
        }
    }
}

/// A write to the status leaves the decision as it was, if it has one at all.
pub(crate) fn keep_decision(request: &mut Value, old: &Value) {
    for condition in request["status"]["conditions"].as_array_mut().into_iter().flatten() {
        let is_decision = matches!(condition["type"].as_str(), Some("Approved" | "Denied"));
        let before = conditions(old).iter().find(|old| old["type"] == condition["type"]);
        if let Some(before) = before.filter(|_| is_decision) {
            *condition = before.clone();
        }
    }
}

/// What is decided stays decided.
pub(crate) fn check_conditions(new: &Value, old: &Value) -> Result<(), Status> {
    let mut errors = Vec::new();
    let path = "status.conditions";
    for ty in LASTING {
        let find = |request| conditions(request).iter().find(|condition| condition["type"] == ty);
        let what = match (find(old), find(new)) {
            (Some(_), None) => "remove",
            (Some(old), Some(new)) if old != new => "modify",
            _ => continue,
        };
        let why = format!("updates may not {what} a condition of type \"{ty}\"");
        errors.push(FieldError::forbidden(path, why));
    }
    let has = |ty: &str| conditions(new).iter().any(|condition| condition["type"] == ty);
    if errors.is_empty() && has("Approved") && has("Denied") {
        let why = "Approved and Denied conditions are mutually exclusive";
        let last = conditions(new)
            .iter()
            .rposition(|condition| condition["type"] == "Denied" || condition["type"] == "Approved");
        let path = format!("{path}[{}].type", last.unwrap_or(0));
        let value = conditions(new)[last.unwrap_or(0)]["type"].clone();
        errors.push(FieldError::invalid(&path, value, why));
    }
    if errors.is_empty() {
        return Ok(());
    }
    let name = meta::text(new, "name");
    Err(Status::invalid("certificates.k8s.io", "CertificateSigningRequest", name, &errors))
}
