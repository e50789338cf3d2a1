//! Pure: what the server takes but warns of.

use serde_json::Value;

use crate::kinds::Kind;
use crate::strategy;

mod pods;
mod services;
mod volumes;

/// The warnings that a new object brings, or one that replaces `old`.
pub(crate) fn of(kind: &Kind, object: &Value, old: Option<&Value>) -> Vec<String> {
    if kind.custom.is_some() {
        return Vec::new();
    }
    let mut warnings = Vec::new();
    match (kind.group.as_str(), kind.plural.as_str()) {
        ("", "services") => services::warn(object, &mut warnings),
        ("", "persistentvolumes") => volumes::warn(object, &mut warnings),
        ("", "persistentvolumeclaims") => volumes::warn_whole_claim(object, &mut warnings),
        ("", "pods") if old.is_none() => pods::warn(object, "", &mut warnings),
        ("networking.k8s.io", "ingresses") if old.is_none() => warn_ingress(object, &mut warnings),
        (group, plural) => {
            let is_new = old.is_none_or(|old| strategy::moves_generation(kind, object, old));
            if let Some(path) = template_path(group, plural).filter(|_| is_new) {
                let pointer = format!("/{}", path.replace('.', "/"));
                if let Some(template) = object.pointer(&pointer) {
                    pods::warn(template, &format!("{path}."), &mut warnings);
                }
            }
        }
    }
    warnings
}

fn template_path(group: &str, plural: &str) -> Option<&'static str> {
    match (group, plural) {
        ("", "podtemplates") => Some("template"),
        ("batch", "cronjobs") => Some("spec.jobTemplate.spec.template"),
        ("", "replicationcontrollers")
        | ("apps", "daemonsets" | "deployments" | "replicasets" | "statefulsets")
        | ("batch", "jobs") => Some("spec.template"),
        _ => None,
    }
}

fn warn_ingress(object: &Value, warnings: &mut Vec<String>) {
    const CLASS: &str = "kubernetes.io/ingress.class";
    if object["metadata"]["annotations"].get(CLASS).is_some() {
        warnings.push(format!(
            "annotation \"{CLASS}\" is deprecated, please use 'spec.ingressClassName' instead"
        ));
    }
}

/// The items of a list.
fn items<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// The text under `name`, empty when there is none.
fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests;
