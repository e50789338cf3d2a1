//! Pure: the conditional defaults of pods and of everything with a pod template.

use serde_json::{Value, json};

use crate::builtin::defaults::edit::{self, Fields};
use crate::builtin::defaults::image;

/// The kinds of containers, by the field that lists them.
pub(super) const CONTAINERS: [&str; 3] = ["initContainers", "containers", "ephemeralContainers"];

/// Where the pod spec of a kind is.
pub(super) fn spec_path(plural: &str) -> Option<&'static [&'static str]> {
    match plural {
        "pods" => Some(&["spec"]),
        "podtemplates" => Some(&["template", "spec"]),
        "cronjobs" => Some(&["spec", "jobTemplate", "spec", "template", "spec"]),
        "daemonsets" | "deployments" | "jobs" | "replicasets" | "replicationcontrollers" | "statefulsets" => {
            Some(&["spec", "template", "spec"])
        }
        _ => None,
    }
}

/// What every pod spec gets, in a template too.
pub(super) fn fill_spec(spec: &mut Fields) {
    let account = match edit::text(spec, "serviceAccountName") {
        "" => edit::text(spec, "serviceAccount").to_owned(),
        name => name.to_owned(),
    };
    for name in ["serviceAccountName", "serviceAccount"] {
        edit::put(spec, name, (!account.is_empty()).then(|| account.clone().into()));
    }
    for volume in edit::items(spec, "volumes") {
        if volume.keys().all(|name| name == "name") {
            volume.insert("emptyDir".to_owned(), json!({}));
        }
        if let Some(Value::Object(source)) = volume.get_mut("image") {
            let policy = image::pull_policy(edit::text(source, "reference"));
            edit::default(source, "pullPolicy", policy);
        }
    }
    for list in CONTAINERS {
        for container in edit::items(spec, list) {
            let policy = image::pull_policy(edit::text(container, "image"));
            edit::default(container, "imagePullPolicy", policy);
        }
    }
}

/// What only pods themselves get.
pub(super) fn fill_pod(object: &mut Value) {
    if let Some(status) = edit::at(object, &["status"]) {
        agree_on_address(status);
    }
    let Some(spec) = edit::at(object, &["spec"]) else {
        return;
    };
    if spec.get("terminationGracePeriodSeconds").and_then(Value::as_i64).is_some_and(|period| period < 0) {
        spec.insert("terminationGracePeriodSeconds".to_owned(), json!(1));
    }
    let on_host = spec.get("hostNetwork").and_then(Value::as_bool).unwrap_or(false);
    for list in ["initContainers", "containers"] {
        for container in edit::items(spec, list) {
            if let Some(Value::Object(resources)) = container.get_mut("resources") {
                request_limits(resources);
            }
            for port in edit::items(container, "ports").filter(|_| on_host) {
                let number = port.get("containerPort").cloned();
                if port.get("hostPort").and_then(Value::as_i64).unwrap_or(0) == 0 {
                    edit::put(port, "hostPort", number);
                }
            }
        }
    }
}

/// Who limits a resource without requesting any requests the limit.
fn request_limits(resources: &mut Fields) {
    let Some(Value::Object(limits)) = resources.get("limits").cloned() else {
        return;
    };
    let requests = edit::child(resources, "requests");
    for (name, limit) in limits {
        requests.entry(name).or_insert(limit);
    }
}

/// The one address of a pod and the first of the list are the same; the one wins.
fn agree_on_address(status: &mut Fields) {
    let one = edit::text(status, "podIP").to_owned();
    let first = edit::items(status, "podIPs").next().map(|entry| edit::text(entry, "ip").to_owned());
    match first {
        Some(first) if one.is_empty() => edit::put(status, "podIP", Some(first.into())),
        first if !one.is_empty() && first.as_ref() != Some(&one) => {
            edit::put(status, "podIPs", Some(json!([{"ip": one}])));
        }
        _ => {}
    }
}
