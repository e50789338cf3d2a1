//! Pure: services.

use kubist_structural::field_error::FieldError;

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::ip;
use crate::builtin::validate::resources;
use crate::builtin::validate::rule::{Change, Rule, Rules};
use crate::builtin::validate::selector;

/// Rules of a service. The names of some of its fields in messages are upstream's.
pub(super) const SERVICE: Rules = &[
    ("metadata.annotations", Rule::Check(topology_annotations)),
    ("spec", Rule::Check(by_type)),
    ("spec", Rule::Check(ports)),
    ("spec.selector", Rule::Check(selector::labels)),
    ("spec.sessionAffinity", Rule::Needed(&["ClientIP", "None"])),
    ("spec", Rule::Check(session_affinity)),
    ("spec", Rule::Check(cluster_ips)),
    ("spec.externalIPs", Rule::Check(external_ips)),
    ("spec.type", Rule::Needed(&["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"])),
    ("spec", Rule::Check(node_ports)),
    ("spec", Rule::Check(load_balancer)),
    ("spec", Rule::Check(external_traffic)),
    ("spec", Rule::Check(internal_traffic)),
    (
        "spec.trafficDistribution",
        Rule::Optional(&Rule::Exactly(&["PreferClose", "PreferSameZone", "PreferSameNode"])),
    ),
];

pub(super) const CHANGES: &[Change] = &[
    Change::Check(kept_cluster_ips),
    Change::Check(kept_families),
    Change::Check(kept_class),
    Change::Rules(SERVICE),
];

fn is_headless(spec: &At<'_>) -> bool {
    spec.at("clusterIPs").texts() == ["None"]
}

fn kind<'a>(spec: &At<'a>) -> &'a str {
    spec.at("type").text()
}

fn topology_annotations(at: &At<'_>, errors: &mut Errors) {
    const HINTS: &str = "service.kubernetes.io/topology-aware-hints";
    const MODE: &str = "service.kubernetes.io/topology-mode";
    let find = |key: &str| at.value.get(key).and_then(serde_json::Value::as_str);
    if let (Some(hints), Some(mode)) = (find(HINTS), find(MODE))
        && hints != mode
    {
        let place = at.named(at.key(MODE));
        errors.invalid_as(&place, mode, format!("must match annotations[{HINTS}] when both are specified"));
    }
}

fn by_type(spec: &At<'_>, errors: &mut Errors) {
    if spec.at("ports").is_empty() && !is_headless(spec) && kind(spec) != "ExternalName" {
        errors.required(&spec.at("ports"), "");
    }
    match kind(spec) {
        kind @ ("LoadBalancer" | "NodePort") if is_headless(spec) => {
            let place = spec.at("clusterIPs[0]");
            errors.invalid_as(&place, "None", format!("may not be set to 'None' for {kind} services"));
        }
        "ExternalName" => {
            for field in ["clusterIPs", "ipFamilies", "ipFamilyPolicy"] {
                let place = spec.at(field);
                if !place.is_empty() || !place.text().is_empty() {
                    errors.forbidden(&place, "may not be set for ExternalName services");
                }
            }
            let name = spec.at("externalName");
            let text = name.text().strip_suffix('.').unwrap_or_else(|| name.text());
            if text.is_empty() {
                errors.required(&name, "");
            }
            for why in Some(text).filter(|text| !text.is_empty()).map(format::subdomain).into_iter().flatten()
            {
                errors.invalid_as(&name, text, why);
            }
        }
        _ => {}
    }
}

fn ports(spec: &At<'_>, errors: &mut Errors) {
    const PORT: Rules = &[
        ("port", Rule::Check(resources::port_number)),
        ("protocol", Rule::Needed(&["SCTP", "TCP", "UDP"])),
        ("targetPort", Rule::Check(resources::port)),
        ("appProtocol", Rule::Optional(&Rule::Always(format::qualified))),
    ];
    let ports = spec.at("ports");
    let mut names = Vec::new();
    for port in ports.items() {
        let name = port.at("name");
        if !name.text().is_empty() {
            errors.format(&name, format::label);
            if names.contains(&name.text()) {
                errors.duplicate(&name);
            }
            names.push(name.text());
        } else if ports.len() > 1 {
            errors.required(&name, "");
        }
        crate::builtin::validate::rule::run(PORT, &port, errors);
    }
}

fn session_affinity(spec: &At<'_>, errors: &mut Errors) {
    let config = spec.at("sessionAffinityConfig");
    match spec.at("sessionAffinity").text() {
        "ClientIP" => {
            for path in ["", "clientIP", "clientIP.timeoutSeconds"] {
                let place = if path.is_empty() { config.clone() } else { config.at(path) };
                if !place.is_set() {
                    return errors.required(&place, "when session affinity type is ClientIP");
                }
            }
            let timeout = config.at("clientIP.timeoutSeconds");
            if !timeout.int().is_some_and(|seconds| (1..=86400).contains(&seconds)) {
                errors.invalid(&timeout, "must be greater than 0 and less than 86400");
            }
        }
        "None" if config.is_set() => {
            errors.forbidden(&config, "must not be set when session affinity is None");
        }
        _ => {}
    }
}

pub(super) fn cluster_ips(spec: &At<'_>, errors: &mut Errors) {
    if kind(spec) == "ExternalName" {
        return;
    }
    let (one, all, families) = (spec.at("clusterIP"), spec.at("clusterIPs"), spec.at("ipFamilies"));
    match (one.text(), all.texts().first()) {
        ("", None) => {}
        ("", Some(_)) => errors.invalid(&all, "must be empty when `clusterIP` is not specified"),
        (_, None) => errors.required(&all, ""),
        (one, Some(first)) if one != *first => errors.invalid(&all, "first value must match `clusterIP`"),
        _ => {}
    }
    let mut seen = Vec::new();
    for family in families.items() {
        Rule::Exactly(&["IPv4", "IPv6"]).judge(&family, errors);
        if seen.contains(&family.text()) {
            errors.duplicate(&family);
        }
        seen.push(family.text());
    }
    Rule::Optional(&Rule::Exactly(&["PreferDualStack", "RequireDualStack", "SingleStack"]))
        .judge(&spec.at("ipFamilyPolicy"), errors);
    let before = errors.len();
    for (index, place) in all.items().iter().enumerate() {
        if index > 0 || place.text() != "None" {
            ip::address(place, errors);
        } else if all.len() > 1 {
            errors.invalid(&all, "'None' must be the first and only value");
        }
    }
    let is_bad = errors.len() > before;
    if all.len() > 2 {
        errors.invalid(&all, "may only hold up to 2 values");
    }
    if is_bad {
        return;
    }
    let is_dual =
        all.texts().iter().any(|ip| ip::is_ipv6(ip)) && !all.texts().iter().all(|ip| ip::is_ipv6(ip));
    if all.len() > 1 && !is_dual {
        errors.invalid(&all, "may specify no more than one IP for each IP family");
    }
    if is_headless(spec) {
        return;
    }
    for (index, (place, family)) in all.items().iter().zip(families.texts()).enumerate() {
        let is_v6 = ip::is_ipv6(place.text());
        if (family == "IPv4" && is_v6) || (family == "IPv6" && !is_v6) {
            let why = format!("expected an {family} value as indicated by `ipFamilies[{index}]`");
            errors.invalid(place, why);
        }
    }
}

fn external_ips(at: &At<'_>, errors: &mut Errors) {
    for place in at.items() {
        let before = errors.len();
        ip::address(&place, errors);
        if errors.len() == before {
            ip::endpoint(&place, errors);
        }
    }
}

fn node_ports(spec: &At<'_>, errors: &mut Errors) {
    let ports = spec.at("ports").items();
    let number = |port: &At<'_>| port.at("nodePort").int().unwrap_or(0);
    if kind(spec) == "ClusterIP" {
        for port in ports.iter().filter(|port| number(port) != 0) {
            errors.forbidden(&port.at("nodePort"), "may not be used when `type` is 'ClusterIP'");
        }
    }
    let mut seen = Vec::new();
    for port in ports.iter().filter(|port| number(port) != 0) {
        let key = (port.at("protocol").text(), number(port));
        if seen.contains(&key) {
            errors.duplicate(&port.at("nodePort"));
        }
        seen.push(key);
    }
    seen.clear();
    for port in &ports {
        let key = (port.at("protocol").text(), port.at("port").int().unwrap_or(0));
        if seen.contains(&key) {
            let shown = format!(
                "{{\"Name\":\"\",\"Protocol\":\"{}\",\"AppProtocol\":null,\"Port\":{},\"TargetPort\":0,\"NodePort\":0}}",
                key.0, key.1
            );
            errors.push(FieldError::duplicate_shown(&port.path, shown));
        }
        seen.push(key);
    }
}

fn load_balancer(spec: &At<'_>, errors: &mut Errors) {
    const ONLY: &str = "may only be used when `type` is 'LoadBalancer'";
    let is_balanced = kind(spec) == "LoadBalancer";
    let ranges = spec.at("loadBalancerSourceRanges").named(spec.at("LoadBalancerSourceRanges").path);
    if !ranges.is_empty() && !is_balanced {
        errors.forbidden(&ranges, ONLY);
    }
    for range in ranges.items() {
        let trimmed = range.text().trim().into();
        ip::cidr(&At::new(range.path, &trimmed), errors);
    }
    let allocate = spec.at("allocateLoadBalancerNodePorts");
    if allocate.is_set() && !is_balanced {
        errors.forbidden(&allocate, ONLY);
    }
    if is_balanced && !allocate.is_set() {
        errors.required(&allocate.named("allocateLoadBalancerNodePorts"), "");
    }
    load_balancer_class(spec, errors);
}

fn load_balancer_class(spec: &At<'_>, errors: &mut Errors) {
    let class = spec.at("loadBalancerClass");
    if class.is_set() && kind(spec) == "LoadBalancer" {
        errors.format(&class, format::qualified);
    } else if class.is_set() {
        errors.forbidden(&class, "may only be used when `type` is 'LoadBalancer'");
    }
}

fn external_traffic(spec: &At<'_>, errors: &mut Errors) {
    let policy = spec.at("externalTrafficPolicy");
    let is_external = matches!(kind(spec), "LoadBalancer" | "NodePort")
        || (kind(spec) == "ClusterIP" && !spec.at("externalIPs").is_empty());
    if is_external {
        Rule::Needed(&["Cluster", "Local"]).judge(&policy, errors);
    } else if !policy.text().is_empty() {
        errors.invalid(&policy, "may only be set for externally-accessible services");
    }
    let port = spec.at("healthCheckNodePort");
    let is_checked = kind(spec) == "LoadBalancer" && policy.text() == "Local";
    if !is_checked && !port.is_empty() {
        let why = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
        errors.invalid(&port, why);
    } else if is_checked && !port.is_empty() {
        resources::port_number(&port, errors);
    }
}

fn internal_traffic(spec: &At<'_>, errors: &mut Errors) {
    let policy = spec.at("internalTrafficPolicy");
    if !policy.is_set() && matches!(kind(spec), "NodePort" | "LoadBalancer" | "ClusterIP") {
        errors.required(&policy, "");
    } else if policy.is_set() {
        Rule::Exactly(&["Cluster", "Local"]).judge(&policy, errors);
    }
}

/// The first IP stays; a second one may come and go.
fn kept_cluster_ips(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    let (spec, before) = (new.at("spec"), old.at("spec"));
    let is_external = [&spec, &before].iter().any(|spec| kind(spec) == "ExternalName");
    if is_external || (is_headless(&spec) && is_headless(&before)) {
        return;
    }
    let (now, had) = (spec.at("clusterIPs"), before.at("clusterIPs"));
    let mut changed = |index: usize, why: &str| {
        errors.invalid(&now.named(format!("{}[{index}]", now.path)), why);
    };
    let (new_ips, old_ips) = (now.texts(), had.texts());
    if new_ips.len() == old_ips.len() {
        for index in (0..old_ips.len()).filter(|index| new_ips[*index] != old_ips[*index]) {
            changed(index, "may not change once set");
        }
        return;
    }
    if let Some(first) = old_ips.first() {
        match new_ips.first() {
            None => changed(0, "primary clusterIP can not be unset"),
            Some(new) if new != first => changed(0, "may not change once set"),
            Some(_) => {}
        }
    }
    released(&spec, old_ips.len() > new_ips.len() && new_ips.len() == 1, "clusterIP", errors);
}

fn released(spec: &At<'_>, is_released: bool, what: &str, errors: &mut Errors) {
    let policy = spec.at("ipFamilyPolicy");
    if is_released && policy.text() != "SingleStack" {
        errors.invalid(&policy, format!("must be set to 'SingleStack' when releasing the secondary {what}"));
    }
}

fn kept_families(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    let (spec, before) = (new.at("spec"), old.at("spec"));
    let is_external = [&spec, &before].iter().any(|spec| kind(spec) == "ExternalName");
    if is_external || is_headless(&spec) || is_headless(&before) {
        return;
    }
    let (now, had) = (spec.at("ipFamilies"), before.at("ipFamilies"));
    let place = now.named(format!("{}[0]", now.path));
    let (new_families, old_families) = (now.texts(), had.texts());
    if new_families.len() == old_families.len() {
        if new_families != old_families {
            errors.invalid(&place, "may not change once set");
        }
        return;
    }
    if old_families.len() > new_families.len() && spec.at("clusterIPs").is_empty() {
        errors.invalid(&place, "primary ipFamily can not be unset");
    }
    if let (Some(new), Some(old)) = (new_families.first(), old_families.first())
        && new != old
    {
        errors.invalid_as(&place, spec.at("clusterIPs").value.clone(), "may not change once set");
    }
    released(&spec, old_families.len() > new_families.len() && new_families.len() == 1, "ipFamily", errors);
}

fn kept_class(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    let (spec, before) = (new.at("spec"), old.at("spec"));
    let class = spec.at("loadBalancerClass");
    let both = [&spec, &before].iter().all(|spec| kind(spec) == "LoadBalancer");
    if both && class.value != before.at("loadBalancerClass").value {
        errors.invalid(&class, "may not change once set");
    }
    load_balancer_class(&spec, errors);
    let is_checked =
        |spec: &At<'_>| kind(spec) == "LoadBalancer" && spec.at("externalTrafficPolicy").text() == "Local";
    let port = spec.at("healthCheckNodePort");
    if is_checked(&spec) && is_checked(&before) && port.value != before.at("healthCheckNodePort").value {
        errors.forbidden(&port, "field is immutable");
    }
}
