//! Pure: names and amounts of resources, and what containers ask for and are held to.

use kubist_structural::quantity::Quantity;

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;

const NANO: i128 = 1_000_000_000;
const CONTAINER: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];
const COUNTED: [&str; 9] = [
    "pods",
    "services",
    "replicationcontrollers",
    "resourcequotas",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "services.nodeports",
    "services.loadbalancers",
];
const PARTS: [&str; 7] = [
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "requests.storage",
];

/// The quantity that stands there; zero when there is none.
pub(super) fn quantity(at: &At<'_>) -> Quantity {
    let text = match at.value {
        serde_json::Value::Number(number) => number.to_string(),
        _ => at.text().to_owned(),
    };
    Quantity::parse(&text).unwrap_or_else(|_| Quantity::default())
}

/// Whether an amount is a whole number.
pub(super) fn is_whole(amount: &Quantity) -> bool {
    amount.nanos() % NANO == 0
}

/// Rounded up to a whole number.
pub(super) fn whole(amount: &Quantity) -> i128 {
    amount.nanos().div_euclid(NANO) + i128::from(!is_whole(amount))
}

pub(super) fn is_huge_page(name: &str) -> bool {
    name.starts_with("hugepages-")
}

fn is_huge_page_of_quota(name: &str) -> bool {
    is_huge_page(name) || name.starts_with("requests.hugepages-")
}

/// Whether a name belongs to Kubernetes itself.
fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

fn is_extended(name: &str) -> bool {
    !is_native(name)
        && !name.starts_with("requests.")
        && format::qualified(&format!("requests.{name}")).is_empty()
}

fn may_overcommit(name: &str) -> bool {
    is_native(name) && !is_huge_page(name)
}

/// Whether a quota may count it.
pub(super) fn is_standard_for_quota(name: &str) -> bool {
    CONTAINER.contains(&name)
        || PARTS.contains(&name)
        || COUNTED.contains(&name)
        || is_huge_page_of_quota(name)
}

/// A name of a resource: well formed, and standard unless it has a prefix.
pub(super) fn name(at: &At<'_>, name: &str, errors: &mut Errors) {
    let before = errors.len();
    for why in format::qualified(name) {
        errors.invalid_as(at, name, why);
    }
    let is_standard = name == "storage" || is_standard_for_quota(name);
    if errors.len() == before && !name.contains('/') && !is_standard {
        errors.invalid_as(at, name, "must be a standard resource type or fully qualified");
    }
}

/// A name of a resource that containers may ask for.
pub(super) fn container_name(at: &At<'_>, resource: &str, errors: &mut Errors) {
    name(at, resource, errors);
    if !resource.contains('/') {
        if !CONTAINER.contains(&resource) && !is_huge_page(resource) {
            errors.invalid_as(at, resource, "must be a standard resource for containers");
        }
    } else if !is_native(resource) && !is_extended(resource) {
        errors.invalid_as(at, resource, "doesn't follow extended resource name standard");
    }
}

/// An amount must not be negative, and be whole where things are counted.
pub(super) fn amount(at: &At<'_>, resource: &str, errors: &mut Errors) {
    let found = quantity(at);
    if found.is_negative() {
        errors.invalid_as(at, found.to_string(), "must be greater than or equal to 0");
    }
    if (COUNTED.contains(&resource) || is_extended(resource)) && !is_whole(&found) {
        errors.invalid_as(at, found.to_string(), "must be an integer");
    }
}

fn huge_page(at: &At<'_>, resource: &str, errors: &mut Errors) {
    let size = resource
        .strip_prefix("hugepages-")
        .and_then(|size| Quantity::parse(size).ok())
        .filter(|size| size.is_positive() && is_whole(size));
    let found = quantity(at);
    if size.is_none_or(|size| whole(&found) % whole(&size) != 0) {
        let why = format!("{found} is not positive integer multiple of {resource}");
        errors.invalid_as(at, found.to_string(), why);
    }
}

/// What a container asks for and is held to; `claims` are the names of the claims of its pod.
pub(super) fn requirements(at: &At<'_>, claims: &[&str], errors: &mut Errors) {
    let (limits, requests) = (at.at("limits"), at.at("requests"));
    for (resource, place) in limits.entries() {
        container_name(&place, resource, errors);
        amount(&place, resource, errors);
        if is_huge_page(resource) {
            huge_page(&place, resource, errors);
        }
    }
    for (resource, place) in requests.entries() {
        container_name(&place, resource, errors);
        amount(&place, resource, errors);
        against_limit(&limits, &requests, resource, errors);
        if is_huge_page(resource) {
            huge_page(&place, resource, errors);
        }
    }
    let names: Vec<&str> =
        [&limits, &requests].iter().flat_map(|map| map.entries()).map(|(name, _)| name).collect();
    let is_computed = names.iter().any(|name| matches!(*name, "cpu" | "memory"));
    if !is_computed && names.iter().any(|name| is_huge_page(name)) {
        errors.forbidden(at, "HugePages require cpu or memory");
    }
    claim_names(&at.at("claims"), claims, errors);
}

fn against_limit(limits: &At<'_>, requests: &At<'_>, resource: &str, errors: &mut Errors) {
    let find = |map: &At<'_>| map.value.get(resource).map(|value| quantity(&At::new("", value)));
    let Some(request) = find(requests) else {
        return;
    };
    match find(limits) {
        Some(limit) if !may_overcommit(resource) && request != limit => {
            let why = format!("must be equal to {resource} limit of {limit}");
            errors.invalid_as(requests, request.to_string(), why);
        }
        Some(limit) if request > limit => {
            let why = format!("must be less than or equal to {resource} limit of {limit}");
            errors.invalid_as(requests, request.to_string(), why);
        }
        None if !may_overcommit(resource) => {
            errors.required(limits, "Limit must be set for non overcommitable resources");
        }
        Some(_) | None => {}
    }
}

fn claim_names(at: &At<'_>, claims: &[&str], errors: &mut Errors) {
    let mut seen: Vec<&str> = Vec::new();
    for claim in at.items() {
        let name = claim.at("name").text();
        if name.is_empty() {
            errors.required(&claim, "");
            continue;
        }
        if seen.contains(&name) {
            errors.duplicate_as(&claim, name);
        }
        seen.push(name);
        if !claims.contains(&name) {
            let mut error = kubist_structural::field_error::FieldError::not_found(&claim.path, name);
            error.detail = match claims {
                [] => "must be one of the names in pod.spec.resourceClaims which is empty".to_owned(),
                _ => format!("must be one of the names in pod.spec.resourceClaims: {}", claims.join(", ")),
            };
            errors.push(error);
        }
    }
}

/// What a pod as a whole asks for and is held to.
pub(super) fn pod_requirements(at: &At<'_>, claims: &[&str], errors: &mut Errors) {
    let limits = at.at("limits");
    for map in ["limits", "requests"] {
        for (resource, place) in at.at(map).entries() {
            let before = errors.len();
            name(&place, resource, errors);
            if errors.len() == before && !matches!(resource, "cpu" | "memory") && !is_huge_page(resource) {
                errors.unsupported_as(&place, resource, &["cpu", "hugepages-", "memory"]);
            }
            amount(&place, resource, errors);
            if map == "requests" {
                against_limit(&limits, &at.at("requests"), resource, errors);
            }
        }
    }
    claim_names(&at.at("claims"), claims, errors);
}

/// What a pod asks for as a whole must cover what its containers ask for.
pub(super) fn covers_containers(at: &At<'_>, spec: &At<'_>, errors: &mut Errors) {
    let containers = spec.at("containers").items();
    for (resource, place) in at.at("requests").entries() {
        let asked: Option<Quantity> = containers
            .iter()
            .map(|container| container.at("resources.requests"))
            .filter_map(|requests| requests.value.get(resource).map(|value| quantity(&At::new("", value))))
            .reduce(|sum, amount| &sum + &amount);
        if let Some(asked) = asked.filter(|asked| *asked > quantity(&place)) {
            let why = format!("must be greater than or equal to aggregate container requests of {asked}");
            errors.invalid_as(&place, quantity(&place).to_string(), why);
        }
    }
    for container in containers {
        for (resource, limit) in container.at("resources.limits").entries() {
            let Some(of_pod) = at.at("limits").value.get(resource) else {
                continue;
            };
            let (of_pod, own) = (quantity(&At::new("", of_pod)), quantity(&limit));
            if own > of_pod {
                let index = container.path.rsplit('[').next().unwrap_or_default();
                let place = limit.named(format!("{}.containers[{index}[{resource}].limits", at.path));
                let why = format!("must be less than or equal to pod limits of {of_pod}");
                errors.invalid_as(&place, own.to_string(), why);
            }
        }
    }
}

/// A number, or a percentage.
pub(super) fn int_or_percent(at: &At<'_>, errors: &mut Errors) {
    if at.value.is_string() {
        errors.format(at, format::percent);
    } else if at.int().is_some_and(|number| number < 0) {
        errors.invalid(at, "must be greater than or equal to 0");
    }
}

/// The number, or the number before the percent sign.
pub(super) fn int_or_percent_value(at: &At<'_>) -> i64 {
    at.int().unwrap_or_else(|| at.text().trim_end_matches('%').parse().unwrap_or(0))
}

/// A percentage must not be more than all.
pub(super) fn at_most_all(at: &At<'_>, errors: &mut Errors) {
    let is_percent = at.value.is_string() && format::percent(at.text()).is_empty();
    if is_percent && int_or_percent_value(at) > 100 {
        errors.invalid(at, "must not be greater than 100%");
    }
}

/// A port: a number, or a name.
pub(super) fn port(at: &At<'_>, errors: &mut Errors) {
    if at.value.is_string() {
        errors.format(at, format::port_name);
    } else {
        port_number(at, errors);
    }
}

/// The number of a port; a missing one is 0.
pub(super) fn port_number(at: &At<'_>, errors: &mut Errors) {
    let number = at.int().unwrap_or(0);
    if !(1..=65535).contains(&number) {
        errors.invalid_as(at, number, "must be between 1 and 65535, inclusive");
    }
}
