//! Pure: what may change in a pod: little more than the images of its containers.

use serde_json::Value;

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::internal;
use crate::builtin::validate::pod;
use crate::builtin::validate::rule::{Change, Rule, run};

const UPDATABLE: &str = "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

pub(crate) const CHANGES: &[Change] = &[Change::Rules(pod::POD), Change::Check(change)];

fn change(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    let (spec, before) = (new.at("spec"), old.at("spec"));
    annotations(&new.at("metadata.annotations"), &old.at("metadata.annotations"), errors);
    run(
        &[("", Rule::Check(pod::mirror)), ("metadata.annotations", Rule::Check(pod::annotations))],
        new,
        errors,
    );
    for list in ["containers", "initContainers"] {
        if spec.at(list).len() != before.at(list).len() {
            return errors.forbidden(&spec.at(list), "pod updates may not add or remove containers");
        }
        for container in spec.at(list).items() {
            let image = container.at("image");
            Rule::Required("").judge(&image, errors);
            if image.text().trim() != image.text() {
                errors.invalid(&image, "must not have leading or trailing whitespace");
            }
        }
    }
    if !deadline(&spec, &before, errors) {
        return;
    }
    tolerations(&spec, &before, errors);
    gates(&spec, &before, errors);
    let allowed = munged(&spec, &before, errors);
    if allowed != *before.value {
        let difference = internal::difference(before.value, &allowed, "core.v1.PodSpec");
        let why = format!("pod updates may not change fields other than {UPDATABLE}\n{difference}");
        errors.forbidden(&spec, why);
    }
}

/// Some annotations are for the one who makes the pod.
fn annotations(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    let mut judge = |at: &At<'_>, (key, place): &(&str, At<'_>), armor: &str, mirror: &str| {
        let what = match *key {
            key if key.starts_with("container.apparmor.security.beta.kubernetes.io/") => {
                format!("may not {armor} AppArmor annotations")
            }
            pod::MIRROR => format!("may not {mirror} mirror pod annotation"),
            _ => return,
        };
        errors.forbidden(&place.named(at.key(key)), what);
    };
    for entry in old.entries() {
        if new.value.get(entry.0) != Some(entry.1.value) {
            judge(new, &entry, "remove or update", "remove or update");
        }
    }
    for entry in new.entries() {
        if old.value.get(entry.0).is_none() {
            judge(new, &entry, "add", "add");
        }
    }
}

/// The deadline may come nearer. False when nothing else is to be judged.
fn deadline(spec: &At<'_>, before: &At<'_>, errors: &mut Errors) -> bool {
    let (at, had) = (spec.at("activeDeadlineSeconds"), before.at("activeDeadlineSeconds").int());
    match (at.int(), had) {
        (Some(now), _) if !(0..=2_147_483_647).contains(&now) => {
            errors.invalid(&at, "must be between 0 and 2147483647, inclusive");
            false
        }
        (Some(now), Some(had)) if had < now => {
            errors.invalid(&at, "must be less than or equal to previous value");
            false
        }
        (None, Some(_)) => {
            errors.invalid(&at, "must not update from a positive integer to nil value");
            true
        }
        _ => true,
    }
}

fn without(value: &Value, field: &str) -> Value {
    let mut value = value.clone();
    value.as_object_mut().map(|map| map.remove(field));
    value
}

fn tolerations(spec: &At<'_>, before: &At<'_>, errors: &mut Errors) {
    let at = spec.at("tolerations");
    let now: Vec<Value> = at.items().iter().map(|item| without(item.value, "tolerationSeconds")).collect();
    let had = before.at("tolerations").items();
    if had.iter().any(|item| !now.contains(&without(item.value, "tolerationSeconds"))) {
        let why = "existing toleration can not be modified except its tolerationSeconds";
        return errors.forbidden(&at, why);
    }
    pod::placement::tolerations(&at, errors);
}

fn gates(spec: &At<'_>, before: &At<'_>, errors: &mut Errors) {
    let had = before.at("schedulingGates").items();
    let gates = spec.at("schedulingGates").items();
    for (index, gate) in gates.iter().enumerate() {
        let name = gate.at("name");
        if gates[index + 1..].iter().any(|other| other.at("name").text() == name.text()) {
            continue;
        }
        if !had.iter().any(|old| old.at("name").text() == name.text()) {
            let why = format!("only deletion is allowed, but found new scheduling gate '{}'", name.text());
            errors.forbidden(&name, why);
        }
    }
}

/// The new spec, with what may change as it was.
fn munged(spec: &At<'_>, before: &At<'_>, errors: &mut Errors) -> Value {
    let mut allowed = spec.value.clone();
    for list in ["containers", "initContainers"] {
        for (index, container) in before.at(list).items().iter().enumerate() {
            if let Some(image) = container.value.get("image") {
                allowed[list][index]["image"] = image.clone();
            }
        }
    }
    let mut keep = |field: &str| match before.value.get(field) {
        Some(value) => allowed[field] = value.clone(),
        None => {
            allowed.as_object_mut().map(|map| map.remove(field));
        }
    };
    for field in ["activeDeadlineSeconds", "schedulingGates", "tolerations"] {
        keep(field);
    }
    let (grace, had) = (spec.at("terminationGracePeriodSeconds"), before.at("terminationGracePeriodSeconds"));
    if had.int().is_some_and(|seconds| seconds < 0) && grace.int() == Some(1) {
        keep("terminationGracePeriodSeconds");
    }
    if !before.at("schedulingGates").is_empty() {
        let (selector, had) = (spec.at("nodeSelector"), before.at("nodeSelector"));
        let is_kept = |(key, value): &(&str, At<'_>)| selector.value.get(key) == Some(value.value);
        if !had.entries().iter().all(is_kept) {
            let why = "only additions to spec.nodeSelector are allowed (no mutations or deletions)";
            errors.invalid(&selector, why);
        }
        keep("nodeSelector");
    }
    allowed
}
