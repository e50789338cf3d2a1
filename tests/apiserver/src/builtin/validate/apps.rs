//! Pure: what keeps pods running: Deployments, ReplicaSets, StatefulSets, DaemonSets and their like.

use std::collections::BTreeSet;

use kubist_structural::field_error::FieldError;
use serde_json::Value;

use crate::builtin::validate::at::At;
use crate::builtin::validate::claim;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::internal;
use crate::builtin::validate::pod;
use crate::builtin::validate::resources;
use crate::builtin::validate::rule::{Change, Rule, Rules, run};
use crate::builtin::validate::selector;

pub(super) const DEPLOYMENT: Rules = &[
    ("spec.replicas", Rule::NonNegative),
    ("spec", Rule::Check(deployment_selector)),
    ("spec", Rule::Check(replicated_template)),
    ("spec.strategy", Rule::Check(deployment_strategy)),
    ("spec.minReadySeconds", Rule::NonNegative),
    ("spec.revisionHistoryLimit", Rule::NonNegative),
    ("spec", Rule::Check(progress_deadline)),
];
pub(super) const DEPLOYMENT_CHANGES: &[Change] = &[Change::Rules(DEPLOYMENT), Change::Check(kept_selector)];

pub(super) const REPLICA_SET: Rules = &[
    ("spec.replicas", Rule::NonNegative),
    ("spec.minReadySeconds", Rule::NonNegative),
    ("spec", Rule::Check(deployment_selector)),
    ("spec", Rule::Check(replicated_template)),
];
pub(super) const REPLICA_SET_CHANGES: &[Change] = &[Change::Rules(REPLICA_SET), Change::Check(kept_selector)];

pub(super) const REPLICATION_CONTROLLER: Rules = &[
    ("spec.selector", Rule::Required("")),
    ("spec", Rule::Check(controller_template)),
    ("spec.replicas", Rule::NonNegative),
    ("spec.minReadySeconds", Rule::NonNegative),
];

pub(super) const STATEFUL_SET: Rules = &[
    ("spec.podManagementPolicy", Rule::Check(management_policy)),
    ("spec.updateStrategy", Rule::Check(set_strategy)),
    ("spec.persistentVolumeClaimRetentionPolicy", Rule::Rules(RETENTION)),
    ("spec.replicas", Rule::NonNegative),
    ("spec.minReadySeconds", Rule::NonNegative),
    ("spec.ordinals.start", Rule::NonNegative),
    ("spec.selector", Rule::Present("")),
    ("spec", Rule::Check(set_selector)),
    ("spec", Rule::Check(set_template)),
];
/// A new set, of which more is judged than of a changed one.
pub(super) const NEW_STATEFUL_SET: Rules = &[
    ("spec.volumeClaimTemplates[].spec", Rule::Rules(claim::SPEC)),
    ("spec.serviceName", Rule::Form(format::label)),
    ("", Rule::Rules(STATEFUL_SET)),
];
pub(super) const STATEFUL_SET_CHANGES: &[Change] =
    &[Change::Rules(STATEFUL_SET), Change::Check(stateful_set_change)];
const RETENTION: Rules = &[
    ("whenDeleted", Rule::Exactly(&["Retain", "Delete"])),
    ("whenScaled", Rule::Exactly(&["Retain", "Delete"])),
];

pub(super) const DAEMON_SET: Rules = &[
    ("spec", Rule::Check(daemon_selector)),
    ("spec.template", Rule::Check(pod::template)),
    ("spec", Rule::Check(daemon_template)),
    ("spec.minReadySeconds", Rule::NonNegative),
    ("spec.updateStrategy", Rule::Check(daemon_strategy)),
    ("spec.revisionHistoryLimit", Rule::NonNegative),
];
pub(super) const DAEMON_SET_CHANGES: &[Change] = &[Change::Check(kept_selector), Change::Rules(DAEMON_SET)];

pub(super) const REVISION: Rules =
    &[("revision", Rule::NonNegative), ("data", Rule::Present("data is mandatory"))];
pub(super) const REVISION_CHANGES: &[Change] =
    &[Change::Rules(&[("revision", Rule::NonNegative)]), Change::Immutable("data")];

pub(super) const POD_TEMPLATE: Rules = &[("template", Rule::Check(pod::template))];

/// The selector of pods must be there, well formed and choose something.
fn some_selector(spec: &At<'_>, what: &str, errors: &mut Errors) {
    let at = spec.at("selector");
    if !at.is_set() {
        return;
    }
    selector::selector(&at, errors);
    if selector::is_empty(&at) {
        let why = format!("empty selector is invalid for {what}");
        errors.invalid_shown(&at, selector::shown(&at), why);
    }
}

fn deployment_selector(spec: &At<'_>, errors: &mut Errors) {
    Rule::Present("").judge(&spec.at("selector"), errors);
    some_selector(spec, "deployment", errors);
}

fn set_selector(spec: &At<'_>, errors: &mut Errors) {
    some_selector(spec, "statefulset", errors);
}

/// The labels of the template must be what the selector chooses.
fn chosen(spec: &At<'_>, errors: &mut Errors) -> bool {
    let chooser = spec.at("selector");
    let labels = spec.at("template.metadata.labels");
    match selector::matches(&chooser, &labels) {
        Some(false) => errors.invalid(&labels, "`selector` does not match template `labels`"),
        Some(true) => {}
        None => return false,
    }
    true
}

/// Pods that are replaced when they end always start again.
fn always_restarts(spec: &At<'_>, what: &str, errors: &mut Errors) {
    let policy = spec.at("template.spec.restartPolicy");
    if policy.text() != "Always" {
        errors.unsupported(&policy, &["Always"]);
    }
    let deadline = spec.at("template.spec.activeDeadlineSeconds");
    if deadline.is_set() {
        errors.forbidden(&deadline, format!("activeDeadlineSeconds in {what} is not Supported"));
    }
}

fn replicated_template(spec: &At<'_>, errors: &mut Errors) {
    if !chosen(spec, errors) {
        let at = spec.at("selector");
        return errors.invalid_shown(&at, selector::shown(&at), "invalid label selector");
    }
    pod::template(&spec.at("template"), errors);
    always_restarts(spec, "ReplicaSet", errors);
}

fn controller_template(spec: &At<'_>, errors: &mut Errors) {
    let (wanted, template) = (spec.at("selector"), spec.at("template"));
    if !template.is_set() {
        return errors.required(&template, "");
    }
    let labels = template.at("metadata.labels");
    let has = |(key, value): &(&str, At<'_>)| labels.value.get(key) == Some(value.value);
    if !wanted.entries().iter().all(has) {
        errors.invalid(&labels, "`selector` does not match template `labels`");
    }
    pod::template(&template, errors);
    always_restarts(spec, "ReplicationController", errors);
}

fn deployment_strategy(at: &At<'_>, errors: &mut Errors) {
    let rolling = at.at("rollingUpdate");
    match at.at("type").text() {
        "Recreate" if rolling.is_set() => {
            errors.forbidden(&rolling, "may not be specified when strategy `type` is 'Recreate'");
        }
        "RollingUpdate" if !rolling.is_set() => {
            errors.required(&rolling, "this should be defaulted and never be nil");
        }
        "RollingUpdate" => {
            let (unavailable, surge) = (rolling.at("maxUnavailable"), rolling.at("maxSurge"));
            resources::int_or_percent(&unavailable, errors);
            resources::int_or_percent(&surge, errors);
            let amount = resources::int_or_percent_value;
            if amount(&unavailable) == 0 && amount(&surge) == 0 {
                errors.invalid(&unavailable, "may not be 0 when `maxSurge` is 0");
            }
            resources::at_most_all(&unavailable, errors);
        }
        "Recreate" => {}
        _ => {
            let shown = internal::show(at, "apps.v1.DeploymentStrategy");
            errors.push(FieldError::not_supported_shown(&at.path, shown, &["Recreate", "RollingUpdate"]));
        }
    }
}

fn progress_deadline(spec: &At<'_>, errors: &mut Errors) {
    let at = spec.at("progressDeadlineSeconds");
    Rule::NonNegative.judge(&at, errors);
    if at.int().is_some_and(|seconds| seconds <= spec.at("minReadySeconds").int().unwrap_or(0)) {
        errors.invalid(&at, "must be greater than minReadySeconds");
    }
}

fn kept_selector(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    let at = new.at("spec.selector");
    if at.value != old.at("spec.selector").value {
        let shown = if at.is_set() { selector::shown(&at) } else { "null".to_owned() };
        errors.invalid_shown(&at, shown, "field is immutable");
    }
}

fn management_policy(at: &At<'_>, errors: &mut Errors) {
    match at.text() {
        "" => errors.required(at, ""),
        "OrderedReady" | "Parallel" => {}
        _ => errors.invalid(at, "must be 'OrderedReady' or 'Parallel'"),
    }
}

fn set_strategy(at: &At<'_>, errors: &mut Errors) {
    let rolling = at.at("rollingUpdate");
    match at.at("type").text() {
        "" => errors.required(at, ""),
        "OnDelete" if rolling.is_set() => {
            let shown = internal::show(&rolling, "apps.v1.RollingUpdateStatefulSetStrategy");
            errors.invalid_shown(&rolling, shown, "only allowed for updateStrategy 'RollingUpdate'");
        }
        "RollingUpdate" if rolling.is_set() => {
            run(&[("partition", Rule::NonNegative)], &rolling, errors);
            let unavailable = rolling.at("maxUnavailable");
            if unavailable.is_set() {
                resources::int_or_percent(&unavailable, errors);
                if resources::int_or_percent_value(&unavailable) == 0 {
                    errors.invalid(&unavailable, "cannot be 0");
                }
                resources::at_most_all(&unavailable, errors);
            }
        }
        "OnDelete" | "RollingUpdate" => {}
        _ => {
            let shown = internal::show(at, "apps.v1.StatefulSetUpdateStrategy");
            errors.invalid_shown(at, shown, "must be 'RollingUpdate' or 'OnDelete'");
        }
    }
}

/// The claims of a StatefulSet are volumes of its pods.
fn with_claims(spec: &At<'_>) -> Value {
    let mut template = spec.at("template").value.clone();
    let claims = spec.at("volumeClaimTemplates").items();
    let names: BTreeSet<&str> = claims.iter().map(|claim| claim.at("metadata.name").text()).collect();
    if template.get("spec").is_none_or(|spec| !spec.is_object()) {
        return template;
    }
    for field in ["subdomain", "hostname"] {
        template["spec"].as_object_mut().map(|spec| spec.remove(field));
    }
    if !names.is_empty() {
        let own = template["spec"]["volumes"].as_array().cloned().unwrap_or_default();
        let kept = own.into_iter().filter(|volume| {
            volume.get("name").and_then(Value::as_str).is_none_or(|name| !names.contains(name))
        });
        let added = names
            .iter()
            .map(|name| serde_json::json!({"name": name, "persistentVolumeClaim": {"claimName": name}}));
        template["spec"]["volumes"] = added.chain(kept).collect();
    }
    template
}

fn set_template(spec: &At<'_>, errors: &mut Errors) {
    if chosen(spec, errors) {
        let template = with_claims(spec);
        let at = At::new(spec.at("template").path, &template);
        pod::template(&at, errors);
        pod::template_metadata(&at, errors);
    } else {
        let at = spec.at("selector");
        errors.invalid_shown(&at, selector::shown(&at), "");
    }
    always_restarts(spec, "StatefulSet", errors);
}

/// Few fields of a StatefulSet may change.
fn stateful_set_change(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    kept_selector(new, old, errors);
    let claims = new.at("spec.volumeClaimTemplates");
    if claims.value != old.at("spec.volumeClaimTemplates").value {
        let shown = internal::show(&claims, "[]core.v1.PersistentVolumeClaim");
        errors.invalid_shown(&claims, shown, "field is immutable");
    }
    for field in ["spec.serviceName", "spec.podManagementPolicy"] {
        if new.at(field).value != old.at(field).value {
            errors.invalid_text(&new.at(field), "field is immutable");
        }
    }
}

fn daemon_selector(spec: &At<'_>, errors: &mut Errors) {
    let at = spec.at("selector");
    selector::selector(&at, errors);
    chosen(spec, errors);
    if at.is_set() && selector::is_empty(&at) {
        errors.invalid_shown(&at, selector::shown(&at), "empty selector is invalid for daemonset");
    }
}

fn daemon_template(spec: &At<'_>, errors: &mut Errors) {
    always_restarts(spec, "DaemonSet", errors);
}

fn daemon_strategy(at: &At<'_>, errors: &mut Errors) {
    let rolling = at.at("rollingUpdate");
    match at.at("type").text() {
        "OnDelete" => {}
        "RollingUpdate" if !rolling.is_set() => errors.required(&rolling, ""),
        "RollingUpdate" => {
            let (unavailable, surge) = (rolling.at("maxUnavailable"), rolling.at("maxSurge"));
            resources::int_or_percent(&unavailable, errors);
            resources::int_or_percent(&surge, errors);
            resources::at_most_all(&unavailable, errors);
            resources::at_most_all(&surge, errors);
            let amount = resources::int_or_percent_value;
            match (amount(&unavailable) != 0, amount(&surge) != 0) {
                (true, true) => errors.invalid(&surge, "may not be set when maxUnavailable is non-zero"),
                (false, false) => errors.required(&unavailable, "cannot be 0 when maxSurge is 0"),
                _ => {}
            }
        }
        _ => {
            let shown = internal::show(at, "apps.v1.DaemonSetUpdateStrategy");
            errors.push(FieldError::not_supported_shown(&at.path, shown, &["RollingUpdate", "OnDelete"]));
        }
    }
}
