//! Pure: subresources that are a view of the whole object of which only a part can be changed.

use kubist_structural::field_error::FieldError;
use serde_json::Value;

use crate::builtin::defaults::qos;
use crate::kinds::Kind;
use crate::meta;
use crate::rest::requests;
use crate::status::Status;

/// Leaves of what was sent the part that the subresource is about; everything else is as it was.
pub(crate) fn prepare(part: &str, object: &mut Value, old: &Value, now: &str) {
    match part {
        "approval" => requests::approve(object, old, now),
        "ephemeralcontainers" => pod(object, old, |pod, sent| {
            take(&mut pod["spec"], &sent["spec"], "ephemeralContainers");
        }),
        "resize" => pod(object, old, |pod, sent| {
            take(&mut pod["spec"], &sent["spec"], "resources");
            for field in ["containers", "initContainers"] {
                resources(&mut pod["spec"][field], &sent["spec"][field]);
            }
            if let Some(spec) = pod["spec"].as_object_mut() {
                spec.retain(|_, value| !value.is_null());
            }
        }),
        _ => {}
    }
}

/// Puts the member of another object into this one, or takes it away.
pub(crate) fn take(object: &mut Value, from: &Value, name: &str) {
    let Some(map) = object.as_object_mut() else {
        return;
    };
    match from.get(name) {
        Some(value) => map.insert(name.to_owned(), value.clone()),
        None => map.remove(name),
    };
}

/// The old pod with a part of the new one; of the metadata, who it is and who wrote it.
fn pod(object: &mut Value, old: &Value, change: impl FnOnce(&mut Value, &Value)) {
    let sent = std::mem::replace(object, old.clone());
    for field in ["resourceVersion", "uid", "managedFields"] {
        take(&mut object["metadata"], &sent["metadata"], field);
    }
    change(object, &sent);
}

fn resources(containers: &mut Value, sent: &Value) {
    for container in containers.as_array_mut().into_iter().flatten() {
        let same = |other: &&Value| other["name"] == container["name"];
        if let Some(sent) = sent.as_array().into_iter().flatten().find(same).cloned() {
            take(container, &sent, "resources");
            take(container, &sent, "resizePolicy");
        }
    }
}

/// Whether the rules for an update of the whole do not hold for this part.
pub(crate) fn has_own_rules(part: &str) -> bool {
    matches!(part, "ephemeralcontainers" | "resize")
}

/// What is wrong with the new state of a pod, of which only this part has changed.
pub(crate) fn validate(part: &str, kind: &Kind, new: &Value, old: &Value) -> Result<(), Status> {
    let mut errors = meta::rules::validate_update(new, old, kind);
    meta::rules::told_once(&mut errors);
    if part == "ephemeralcontainers" {
        validate_ephemeral(new, old, &mut errors);
    } else {
        validate_resize(new, old, &mut errors);
    }
    if errors.is_empty() {
        return Ok(());
    }
    Err(Status::invalid(&kind.group, &kind.kind, meta::text(new, "name"), &errors))
}

fn validate_ephemeral(new: &Value, old: &Value, errors: &mut Vec<FieldError>) {
    let path = "spec.ephemeralContainers";
    let list = |pod: &Value| pod["spec"]["ephemeralContainers"].as_array().cloned().unwrap_or_default();
    let sent = list(new);
    for (index, container) in sent.iter().enumerate() {
        let name = container["name"].as_str().unwrap_or_default();
        let others = ["containers", "initContainers"].map(|field| new["spec"][field].as_array().cloned());
        let is_taken = others.into_iter().flatten().flatten().any(|other| other["name"] == name)
            || sent[..index].iter().any(|other| other["name"] == name);
        if is_taken {
            errors.push(FieldError::duplicate(&format!("{path}[{index}].name"), name));
        }
        for (field, value) in [("name", name), ("image", container["image"].as_str().unwrap_or_default())] {
            if value.is_empty() {
                errors.push(FieldError::required(&format!("{path}[{index}].{field}"), ""));
            }
        }
    }
    for before in list(old) {
        let name = before["name"].as_str().unwrap_or_default();
        match sent.iter().find(|container| container["name"] == name) {
            None => {
                let why = format!("existing ephemeral containers \"{name}\" may not be removed\n");
                errors.push(FieldError::forbidden(path, why));
            }
            Some(container) if *container != before => {
                let why = format!("existing ephemeral containers \"{name}\" may not be changed\n");
                errors.push(FieldError::forbidden(path, why));
            }
            Some(_) => {}
        }
    }
}

fn validate_resize(new: &Value, old: &Value, errors: &mut Vec<FieldError>) {
    let class = &old["status"]["qosClass"];
    if qos::class(new) != class.as_str().unwrap_or_default() {
        let why = "Pod QOS Class may not change as a result of resizing";
        errors.push(FieldError::invalid("spec", class.clone(), why));
    }
}
