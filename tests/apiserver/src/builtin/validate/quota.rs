//! Pure: what a namespace may hold, and the limits of what runs in it.

use std::collections::BTreeSet;

use kubist_structural::quantity::Quantity;

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::internal;
use crate::builtin::validate::resources;
use crate::builtin::validate::rule::{Change, Rule, Rules};

pub(super) const QUOTA: Rules = &[
    ("spec.hard", Rule::Check(hard)),
    ("spec", Rule::Check(scopes)),
    ("spec", Rule::Check(scope_selector)),
    ("status.hard", Rule::Check(hard)),
    ("status.used", Rule::Check(hard)),
];
pub(super) const QUOTA_CHANGES: &[Change] = &[Change::Rules(QUOTA), Change::Check(kept_scopes)];

const SCOPES: [&str; 7] = [
    "Terminating",
    "NotTerminating",
    "BestEffort",
    "NotBestEffort",
    "PriorityClass",
    "CrossNamespacePodAffinity",
    "VolumeAttributesClass",
];

fn hard(at: &At<'_>, errors: &mut Errors) {
    for (resource, place) in at.entries() {
        resources::name(&place, resource, errors);
        if !resource.contains('/') && !resources::is_standard_for_quota(resource) {
            errors.invalid_as(&place, resource, "must be a standard resource for quota");
        }
        resources::amount(&place, resource, errors);
    }
}

/// Whether a scope makes sense for a resource.
fn fits(scope: &str, resource: &str) -> bool {
    const COMPUTE: [&str; 6] =
        ["cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"];
    match scope {
        "BestEffort" => resource == "pods",
        "VolumeAttributesClass" => matches!(resource, "persistentvolumeclaims" | "requests.storage"),
        scope if SCOPES.contains(&scope) => resource == "pods" || COMPUTE.contains(&resource),
        _ => true,
    }
}

/// The limited resources that a scope does not fit.
fn misfits(spec: &At<'_>, scope: &str) -> usize {
    let names = spec.at("hard").entries();
    names.iter().filter(|(name, _)| resources::is_standard_for_quota(name) && !fits(scope, name)).count()
}

fn conflicts(found: &[&str]) -> usize {
    let both = |one: &str, other: &str| found.contains(&one) && found.contains(&other);
    usize::from(both("BestEffort", "NotBestEffort")) + usize::from(both("Terminating", "NotTerminating"))
}

fn scopes(spec: &At<'_>, errors: &mut Errors) {
    let at = spec.at("scopes");
    for scope in at.texts() {
        if !SCOPES.contains(&scope) {
            errors.invalid(&at, "unsupported scope");
        }
        for _ in 0..misfits(spec, scope) {
            errors.invalid(&at, "unsupported scope applied to resource");
        }
    }
    for _ in 0..conflicts(&at.texts()) {
        errors.invalid(&at, "conflicting scopes");
    }
}

fn scope_selector(spec: &At<'_>, errors: &mut Errors) {
    let selector = spec.at("scopeSelector");
    let at = selector.at("matchExpressions");
    let mut found = Vec::new();
    for requirement in at.items() {
        let scope = requirement.at("scopeName").named(at.at("scopeName").path);
        let operator = requirement.at("operator").named(at.at("operator").path);
        let values = requirement.at("values").named(at.at("values").path);
        if !SCOPES.contains(&scope.text()) {
            errors.invalid_text(&scope, "unsupported scope");
        }
        for _ in 0..misfits(spec, scope.text()) {
            let shown = internal::show(&selector, "core.v1.ScopeSelector");
            errors.invalid_shown(&at, shown, "unsupported scope applied to resource");
        }
        let must_exist = matches!(
            scope.text(),
            "BestEffort" | "NotBestEffort" | "Terminating" | "NotTerminating" | "CrossNamespacePodAffinity"
        );
        if must_exist && operator.text() != "Exists" {
            let why = "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";
            errors.invalid_text(&operator, why);
        }
        match operator.text() {
            "In" | "NotIn" if values.is_empty() => {
                let why = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
                errors.required(&values, why);
            }
            "Exists" | "DoesNotExist" if !values.is_empty() => {
                let why = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
                errors.invalid(&values, why);
            }
            "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
            _ => errors.invalid_text(&operator, "not a valid selector operator"),
        }
        found.push(scope.text());
    }
    for _ in 0..conflicts(&found) {
        errors.invalid(&spec.at("scopes"), "conflicting scopes");
    }
}

fn kept_scopes(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    let set = |at: &At<'_>| -> BTreeSet<String> {
        at.at("spec.scopes").texts().iter().map(|scope| (*scope).to_owned()).collect()
    };
    if set(new) != set(old) {
        errors.invalid(&new.at("spec.scopes"), "field is immutable");
    }
}

pub(super) const LIMIT_RANGE: Rules = &[("spec.limits", Rule::Check(limits))];

fn limits(at: &At<'_>, errors: &mut Errors) {
    let mut kinds = Vec::new();
    for limit in at.items() {
        let kind = limit.at("type");
        let before = errors.len();
        errors.format(&kind, format::qualified);
        let is_standard = matches!(kind.text(), "Pod" | "Container" | "PersistentVolumeClaim");
        if errors.len() == before && !kind.text().contains('/') && !is_standard {
            errors.invalid_text(&kind, "must be a standard limit type or fully qualified");
        }
        if kinds.contains(&kind.text()) {
            errors.duplicate_as(&kind, kind.text());
        }
        kinds.push(kind.text());
        for map in ["max", "min"] {
            names(&limit, map, errors);
        }
        for map in ["default", "defaultRequest"] {
            if kind.text() != "Pod" {
                names(&limit, map, errors);
            } else if !limit.at(map).is_empty() {
                errors.forbidden(&limit.at(map), "may not be specified when `type` is 'Pod'");
            }
        }
        let has_storage = |map: &str| limit.at(map).value.get("storage").is_some();
        if kind.text() == "PersistentVolumeClaim" && !has_storage("min") && !has_storage("max") {
            let why = "either minimum or maximum storage value is required, but neither was provided";
            errors.required(&limit.at("limits"), why);
        }
        names(&limit, "maxLimitRequestRatio", errors);
        relations(&limit, errors);
    }
}

fn names(limit: &At<'_>, map: &str, errors: &mut Errors) {
    for (resource, place) in limit.at(map).entries() {
        if matches!(limit.at("type").text(), "Pod" | "Container") {
            resources::container_name(&place, resource, errors);
        } else {
            resources::name(&place, resource, errors);
        }
    }
}

/// One limit that must not be greater than another: both maps, where that is reported and which is shown, and
/// what messages call the two.
type Relation = (&'static str, &'static str, &'static str, &'static str, [&'static str; 2]);

const RELATIONS: [Relation; 6] = [
    ("min", "max", "min", "min", ["min", "max"]),
    ("min", "defaultRequest", "defaultRequest", "defaultRequest", ["min", "default request"]),
    ("defaultRequest", "max", "defaultRequest", "defaultRequest", ["default request", "max"]),
    ("defaultRequest", "default", "defaultRequest", "defaultRequest", ["default request", "default limit"]),
    ("min", "default", "default", "min", ["min", "default"]),
    ("default", "max", "default", "max", ["default", "max"]),
];

/// How the limits of one resource must relate to each other.
fn relations(limit: &At<'_>, errors: &mut Errors) {
    const MAPS: [&str; 5] = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"];
    let is_pod = limit.at("type").text() == "Pod";
    let counts = |map: &str| !(is_pod && map.starts_with("default"));
    let names: BTreeSet<&str> = MAPS
        .iter()
        .filter(|map| counts(map))
        .flat_map(|map| limit.at(map).entries())
        .map(|(name, _)| name)
        .collect();
    for resource in names {
        let find = |map: &str| -> Option<Quantity> {
            let value = limit.at(map).value.get(resource).filter(|_| counts(map))?;
            Some(resources::quantity(&At::new("", value)))
        };
        for (low, high, at, shown, words) in RELATIONS {
            if let (Some(low), Some(high), Some(shown)) = (find(low), find(high), find(shown))
                && low > high
            {
                let place = limit.named(limit.at(at).key(resource));
                let why = format!("{} value {low} is greater than {} value {high}", words[0], words[1]);
                errors.invalid_as(&place, shown.to_string(), why);
            }
        }
        ratio(limit, resource, find("min").zip(find("max")), find("maxLimitRequestRatio"), errors);
    }
}

fn fraction(amount: &Quantity) -> f64 {
    amount.nanos() as f64
}

fn ratio(
    limit: &At<'_>,
    resource: &str,
    bounds: Option<(Quantity, Quantity)>,
    ratio: Option<Quantity>,
    errors: &mut Errors,
) {
    let Some(ratio) = ratio else {
        return;
    };
    let place = limit.named(limit.at("maxLimitRequestRatio").key(resource));
    if fraction(&ratio) < 1e9 {
        errors.invalid_as(&place, ratio.to_string(), format!("ratio {ratio} is less than 1"));
    }
    if let Some((min, max)) = bounds {
        let most = fraction(&max) / fraction(&min);
        if fraction(&ratio) / 1e9 > most {
            let why = format!("ratio {ratio} is greater than max/min = {most:.6}");
            errors.invalid_as(&place, ratio.to_string(), why);
        }
    }
}
