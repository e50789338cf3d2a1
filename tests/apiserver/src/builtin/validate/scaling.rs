//! Pure: autoscalers, disruption budgets and priority classes.

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::internal;
use crate::builtin::validate::resources;
use crate::builtin::validate::rule::{Change, Rule, Rules};
use crate::builtin::validate::selector;

pub(super) const AUTOSCALER: Rules = &[
    ("spec", Rule::Check(bounds)),
    ("spec.scaleTargetRef", Rule::Check(target_reference)),
    ("spec.metrics[]", Rule::Check(metric)),
    ("spec", Rule::Check(scale_to_zero)),
    ("spec.targetCPUUtilizationPercentage", Rule::Check(cpu_target)),
    ("spec.behavior.scaleUp", Rule::Check(scaling_rules)),
    ("spec.behavior.scaleDown", Rule::Check(scaling_rules)),
    ("spec", Rule::Check(replica_bounds)),
];

fn replica_bounds(spec: &At<'_>, errors: &mut Errors) {
    let (min, max) = (spec.at("minReplicas"), spec.at("maxReplicas"));
    if min.int().is_some_and(|number| number < 0) {
        errors.invalid(&min, "must be greater than or equal to 0");
    }
    match max.int().unwrap_or(0) {
        0 => errors.required(&max, ""),
        ..0 => errors.invalid(&max, "must be greater than or equal to 1"),
        _ => {}
    }
}

fn bounds(spec: &At<'_>, errors: &mut Errors) {
    let (min, max) = (spec.at("minReplicas"), spec.at("maxReplicas"));
    let most = max.int().unwrap_or(0);
    if min.int().is_some_and(|least| most < least) {
        errors.invalid_as(&max, most, "must be greater than or equal to `minReplicas`");
    }
}

fn target_reference(at: &At<'_>, errors: &mut Errors) {
    for field in ["kind", "name"] {
        Rule::Name(format::path_segment).judge(&at.at(field), errors);
    }
    api_version(&at.at("apiVersion"), false, errors);
}

/// What has no pods has no load of its own to be scaled by.
fn scale_to_zero(spec: &At<'_>, errors: &mut Errors) {
    let metrics = spec.at("metrics");
    let kinds: Vec<&str> = metrics.items().iter().map(|metric| metric.at("type").text()).collect();
    let is_outside = kinds.iter().any(|kind| matches!(*kind, "Object" | "External"));
    if spec.at("minReplicas").int() == Some(0) && !is_outside {
        let why = "must specify at least one Object or External metric to support scaling to zero replicas";
        errors.forbidden(&metrics, why);
    }
}

/// The one metric of the first version.
fn cpu_target(at: &At<'_>, errors: &mut Errors) {
    if at.int().is_some_and(|percent| percent < 1) {
        let place = at.named("spec.metrics[0].resource.target.averageUtilization");
        errors.invalid(&place, "must be greater than 0");
    }
}

fn api_version(at: &At<'_>, may_lack_group: bool, errors: &mut Errors) {
    let version = at.text();
    if version.matches('/').count() > 1 {
        errors.invalid_text(at, format!("unexpected GroupVersion string: {version}"));
    } else if !may_lack_group && !version.contains('/') {
        errors.invalid_text(at, "apiVersion must specify API group");
    }
}

const SOURCES: [(&str, &str); 5] = [
    ("Object", "object"),
    ("External", "external"),
    ("Pods", "pods"),
    ("Resource", "resource"),
    ("ContainerResource", "containerResource"),
];
const TYPES: [&str; 5] = ["ContainerResource", "External", "Object", "Pods", "Resource"];

fn metric(at: &At<'_>, errors: &mut Errors) {
    let kind = at.at("type");
    Rule::Required("must specify a metric source type").judge(&kind, errors);
    if !TYPES.contains(&kind.text()) {
        errors.unsupported(&kind, &TYPES);
    }
    let present: Vec<&str> =
        SOURCES.iter().map(|(_, field)| *field).filter(|field| at.at(field).is_set()).collect();
    if let Some(first) = present.first() {
        metric_source(&at.at(first), first, errors);
    }
    let expected = SOURCES.iter().find(|(name, _)| *name == kind.text()).map(|(_, field)| *field);
    match expected {
        Some(field) if !at.at(field).is_set() => {
            let why = "must populate information for the given metric source";
            errors.required(&at.at(field), why);
        }
        Some(_) => {}
        None => errors.unsupported(&kind, &TYPES),
    }
    if present.len() != 1 {
        for field in present.iter().filter(|field| Some(**field) != expected) {
            errors.forbidden(&at.at(field), "must populate the given metric source only");
        }
    }
}

fn metric_source(at: &At<'_>, field: &str, errors: &mut Errors) {
    let target = at.at("target");
    let (value, average) = (target.at("value"), target.at("averageValue"));
    let utilization = target.at("averageUtilization");
    match field {
        "object" => {
            let described = at.at("describedObject");
            Rule::Name(format::path_segment).judge(&described.at("kind"), errors);
            Rule::Name(format::path_segment).judge(&described.at("name"), errors);
            api_version(&described.at("apiVersion"), true, errors);
        }
        "resource" => Rule::Required("must specify a resource name").judge(&at.at("name"), errors),
        "containerResource" => {
            let (name, container) = (at.at("name"), at.at("container"));
            if name.text().is_empty() {
                errors.required(&name, "must specify a resource name");
            } else {
                resources::container_name(&name, name.text(), errors);
            }
            if container.text().is_empty() {
                errors.required(&container, "must specify a container");
            } else {
                errors.format(&container, format::label);
            }
        }
        _ => {}
    }
    if matches!(field, "object" | "external" | "pods") {
        let name = at.at("metric.name");
        Rule::Required("must specify a metric name").judge(&name, errors);
        Rule::Form(format::path_segment).judge(&name, errors);
    }
    metric_target(&target, errors);
    let (plain, per_pod) = (value.is_set(), average.is_set());
    match field {
        "object" if !plain && !per_pod => {
            errors.required(&average, "must set either a target value or averageValue");
        }
        "external" if !plain && !per_pod => {
            errors.required(&average, "must set either a target value for metric or a per-pod target");
        }
        "external" if plain && per_pod => {
            errors.forbidden(&value, "may not set both a target value for metric and a per-pod target");
        }
        "pods" if !per_pod => errors.required(&average, "must specify a positive target averageValue"),
        "resource" | "containerResource" if !utilization.is_set() && !per_pod => {
            errors.required(&utilization, "must set either a target raw value or a target utilization");
        }
        "resource" | "containerResource" if utilization.is_set() && per_pod => {
            errors.forbidden(&average, "may not set both a target raw value and a target utilization");
        }
        _ => {}
    }
}

fn metric_target(at: &At<'_>, errors: &mut Errors) {
    let kind = at.at("type");
    Rule::Required("must specify a metric target type").judge(&kind, errors);
    if !matches!(kind.text(), "Utilization" | "Value" | "AverageValue") {
        errors.invalid_text(&kind, "must be either Utilization, Value, or AverageValue");
    }
    for field in ["value", "averageValue"] {
        let place = at.at(field);
        let amount = resources::quantity(&place);
        if place.is_set() && !amount.is_positive() {
            errors.invalid_as(&place, amount.to_string(), "must be positive");
        }
    }
    let utilization = at.at("averageUtilization");
    if utilization.int().is_some_and(|percent| percent < 1) {
        errors.invalid(&utilization, "must be greater than 0");
    }
}

fn scaling_rules(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return;
    }
    let (window, select, policies) =
        (at.at("stabilizationWindowSeconds"), at.at("selectPolicy"), at.at("policies"));
    match window.int() {
        Some(..0) => errors.invalid(&window, "must be greater than or equal to zero"),
        Some(3601..) => errors.invalid(&window, "must be less than or equal to 3600"),
        Some(_) | None => {}
    }
    if select.is_set() {
        Rule::Exactly(&["Disabled", "Max", "Min"]).judge(&select, errors);
    }
    Rule::Required("must specify at least one Policy").judge(&policies, errors);
    for policy in policies.items() {
        let (value, period) = (policy.at("value"), policy.at("periodSeconds"));
        Rule::Exactly(&["Percent", "Pods"]).judge(&policy.at("type"), errors);
        for place in [&value, &period] {
            let number = place.int().unwrap_or(0);
            if number <= 0 {
                errors.invalid_as(place, number, "must be greater than zero");
            }
        }
        if period.int().is_some_and(|seconds| seconds > 1800) {
            errors.invalid(&period, "must be less than or equal to 1800");
        }
    }
    let tolerance = resources::quantity(&at.at("tolerance"));
    if tolerance.is_negative() {
        let why = "must be greater than or equal to 0";
        errors.invalid_as(&at.at("tolerance"), tolerance.to_string(), why);
    }
}

pub(super) const BUDGET: Rules = &[
    ("spec", Rule::Check(one_bound)),
    ("spec.minAvailable", Rule::Check(int_or_percent)),
    ("spec.maxUnavailable", Rule::Check(int_or_percent)),
    ("spec.selector", Rule::Check(selector::selector)),
    ("spec.unhealthyPodEvictionPolicy", Rule::Optional(&Rule::Exactly(&["AlwaysAllow", "IfHealthyBudget"]))),
];

fn one_bound(spec: &At<'_>, errors: &mut Errors) {
    if spec.at("minAvailable").is_set() && spec.at("maxUnavailable").is_set() {
        let shown = internal::show(spec, "policy.v1.PodDisruptionBudgetSpec");
        errors.invalid_shown(spec, shown, "minAvailable and maxUnavailable cannot be both set");
    }
}

fn int_or_percent(at: &At<'_>, errors: &mut Errors) {
    resources::int_or_percent(at, errors);
    resources::at_most_all(at, errors);
}

pub(super) const PRIORITY: Rules = &[
    ("", Rule::Check(priority)),
    ("preemptionPolicy", Rule::Optional(&Rule::Needed(&["PreemptLowerPriority", "Never"]))),
];
pub(super) const PRIORITY_CHANGES: &[Change] =
    &[Change::Check(kept_priority), Change::Immutable("preemptionPolicy")];

fn priority(class: &At<'_>, errors: &mut Errors) {
    let (name, value) = (class.at("metadata.name"), class.at("value"));
    let number = value.int().unwrap_or(0);
    let known = match name.text() {
        "system-node-critical" => Some(2_000_001_000),
        "system-cluster-critical" => Some(2_000_000_000),
        _ => None,
    };
    if name.text().starts_with("system-") {
        let what = match known {
            None => format!("{} is not a known system priority class", name.text()),
            Some(known) if number != known => {
                format!("value of {} PriorityClass must be {known}", name.text())
            }
            Some(_) if class.at("globalDefault").flag() => {
                format!("globalDefault of {} PriorityClass must be false", name.text())
            }
            Some(_) => return,
        };
        let why = format!(
            "priority class names with 'system-' prefix are reserved for system use only. error: {what}"
        );
        errors.forbidden(&name, why);
    } else if number > 1_000_000_000 {
        errors.forbidden(&value, "maximum allowed value of a user defined priority is 1000000000");
    }
}

fn kept_priority(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    if new.at("value").int().unwrap_or(0) != old.at("value").int().unwrap_or(0) {
        errors.forbidden(&new.at("value"), "may not be changed in an update.");
    }
}
