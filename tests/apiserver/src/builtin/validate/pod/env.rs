//! Pure: the environment of a container.

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::resources;
use crate::builtin::validate::rule::{Rule, Rules, run};

/// Fields of a pod that a variable may show.
const FIELDS: [&str; 9] = [
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];
/// Fields of a pod that a file may show.
pub(super) const VOLUME_FIELDS: [&str; 5] =
    ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];
/// Fields that pods once let others select by.
const LABELS: [&str; 14] = [
    "metadata.annotations",
    "metadata.labels",
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.serviceAccountName",
    "spec.schedulerName",
    "status.phase",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];
const RESOURCES: [&str; 6] = [
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
];

const KEY_REF: Rules = &[("name", Rule::Always(format::subdomain)), ("key", Rule::Name(format::config_key))];
const FILE_REF: Rules = &[
    ("key", Rule::Name(format::env_name)),
    ("volumeName", Rule::Name(format::label)),
    ("path", Rule::Name(format::no_backsteps)),
];
const FROM: Rules = &[("name", Rule::Name(subdomain_prefix))];

/// Rules of `env`.
pub(super) const ENV: Rules = &[("name", Rule::Name(format::env_name)), ("", Rule::Check(value_from))];

/// A name that more may be added to: a dash at its end is fine.
fn subdomain_prefix(text: &str) -> Vec<String> {
    match text.strip_suffix('-') {
        Some(start) => format::subdomain(&format!("{start}a")),
        None => format::subdomain(text),
    }
}

fn value_from(at: &At<'_>, errors: &mut Errors) {
    let from = at.at("valueFrom");
    if !from.is_set() {
        return;
    }
    let place = |name: &str| Some(from.at(name)).filter(At::is_set);
    let mut count = 0;
    if let Some(field) = place("fieldRef") {
        count += 1;
        field_ref(&field, &FIELDS, errors);
    }
    if let Some(resource) = place("resourceFieldRef") {
        count += 1;
        resource_field_ref(&resource, false, errors);
    }
    for (name, rules) in [("configMapKeyRef", KEY_REF), ("secretKeyRef", KEY_REF), ("fileKeyRef", FILE_REF)] {
        if let Some(reference) = place(name) {
            count += 1;
            run(rules, &reference, errors);
        }
    }
    let why = if count == 0 {
        "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`"
    } else if !at.at("value").text().is_empty() {
        "may not be specified when `value` is not empty"
    } else if count > 1 {
        "may not have more than one field specified at a time"
    } else {
        return;
    };
    errors.invalid_as(&from, "", why);
}

/// Judges `envFrom`; what is wrong with a whole source is reported at the list.
pub(super) fn env_from(at: &At<'_>, errors: &mut Errors) {
    for source in at.items() {
        run(
            &[
                ("prefix", Rule::Form(format::env_name)),
                ("configMapRef", Rule::Rules(FROM)),
                ("secretRef", Rule::Rules(FROM)),
            ],
            &source,
            errors,
        );
        match ["configMapRef", "secretRef"].iter().filter(|name| source.at(name).is_set()).count() {
            0 => errors.invalid_as(at, "", "must specify one of: `configMapRef` or `secretRef`"),
            1 => {}
            _ => errors.invalid_as(at, "", "may not have more than one field specified at a time"),
        }
    }
}

/// A field of the pod, which must be one of `fields` or one label or annotation.
pub(super) fn field_ref(at: &At<'_>, fields: &[&str], errors: &mut Errors) {
    let (version, path) = (at.at("apiVersion"), at.at("fieldPath"));
    if version.text().is_empty() {
        return errors.required(&version, "");
    }
    if path.text().is_empty() {
        return errors.required(&path, "");
    }
    let failed = |why: String| format!("error converting fieldPath: {why}");
    if version.text() != "v1" {
        return errors.invalid_text(&path, failed(format!("unsupported pod version: {}", version.text())));
    }
    let subscript = path.text().strip_suffix("']").and_then(|text| text.split_once("['"));
    if let Some((name, key)) = subscript {
        return match name {
            "metadata.annotations" => key_of(at, &key.to_lowercase(), errors),
            "metadata.labels" => key_of(at, key, errors),
            _ => {
                let why = format!("field label does not support subscript: {}", path.text());
                errors.invalid_text(&path, failed(why));
            }
        };
    }
    let name = if path.text() == "spec.host" { "spec.nodeName" } else { path.text() };
    if !LABELS.contains(&name) {
        errors.invalid_text(&path, failed(format!("field label not supported: {name}")));
    } else if !fields.contains(&name) {
        errors.unsupported_as(&path, name, fields);
    }
}

fn key_of(at: &At<'_>, key: &str, errors: &mut Errors) {
    for why in format::qualified(key) {
        errors.invalid_as(at, key, why);
    }
}

/// A resource of a container; in a volume the container must be named.
pub(super) fn resource_field_ref(at: &At<'_>, in_volume: bool, errors: &mut Errors) {
    const SIZES: &str = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";
    let resource = at.at("resource");
    let name = resource.text();
    let is_huge = name.starts_with("requests.hugepages-") || name.starts_with("limits.hugepages-");
    if in_volume && at.at("containerName").text().is_empty() {
        errors.required(&at.at("containerName"), "");
    } else if name.is_empty() {
        errors.required(&resource, "");
    } else if !RESOURCES.contains(&name) && !is_huge {
        errors.unsupported(&resource, &RESOURCES);
    }
    let divisor = resources::quantity(&at.at("divisor"));
    if divisor.is_zero() {
        return;
    }
    let written = divisor.to_string();
    let (known, what) = match name.split_once('.').map_or("", |(_, resource)| resource) {
        "cpu" => ("1m and 1", "cpu"),
        "memory" => (SIZES, "memory"),
        "ephemeral-storage" => (SIZES, "local ephemeral storage"),
        _ if is_huge => (SIZES, "hugepages"),
        _ => return,
    };
    let is_known = match what {
        "cpu" => matches!(written.as_str(), "1m" | "1"),
        _ => SIZES.split(", ").any(|size| size == written),
    };
    if !is_known {
        let why = format!("only divisor's values {known} are supported with the {what} resource");
        errors.invalid_as(&at.at("divisor"), name, why);
    }
}
