//! Pure: warnings of pods and of templates of pods.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::builtin::warnings::volumes;
use crate::builtin::warnings::{items, text};

/// Warns of a pod or a template; `path` leads to it and ends in a dot, or is empty.
pub(super) fn warn(pod: &Value, path: &str, warnings: &mut Vec<String>) {
    let spec = &pod["spec"];
    warn_placement(spec, path, warnings);
    for (name, why) in ANNOTATIONS {
        if pod["metadata"]["annotations"].get(name).is_some() {
            warnings.push(format!("{path}metadata.annotations[{name}]: {why}"));
        }
    }
    for (index, volume) in items(spec, "volumes").enumerate() {
        let at = format!("{path}spec.volumes[{index}]");
        volumes::warn_source(volume, &at, warnings);
        if let Some(claim) = volume.pointer("/ephemeral/volumeClaimTemplate/spec") {
            volumes::warn_claim(claim, &format!("{at}.ephemeral.volumeClaimTemplate.spec"), warnings);
        }
    }
    warn_repeated(spec, ("hostAliases", "ip"), path, warnings);
    warn_repeated(spec, ("imagePullSecrets", "name"), path, warnings);
    for (index, _) in
        items(spec, "imagePullSecrets").enumerate().filter(|(_, item)| text(item, "name").is_empty())
    {
        warnings.push(format!("{path}spec.imagePullSecrets[{index}].name: invalid empty name \"\""));
    }
    for resource in ["memory", "ephemeral-storage"] {
        volumes::warn_bytes(&spec["overhead"], resource, &format!("{path}spec.overhead"), warnings);
    }
    let containers = containers(spec, path);
    for (container, at) in &containers {
        for resource in ["memory", "ephemeral-storage"] {
            for list in ["limits", "requests"] {
                let at = format!("{at}.resources.{list}");
                volumes::warn_bytes(&container["resources"][list], resource, &at, warnings);
            }
        }
        warn_environment(container, at, warnings);
    }
    warn_ports(&containers, warnings);
    if spec["terminationGracePeriodSeconds"].as_i64().is_some_and(|period| period < 0) {
        warnings.push(format!(
            "{path}spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1"
        ));
    }
}

/// The containers with their paths, those that come first first.
fn containers<'a>(spec: &'a Value, path: &str) -> Vec<(&'a Value, String)> {
    let lists = ["initContainers", "containers", "ephemeralContainers"];
    let of = |list: &'static str| {
        let at = format!("{path}spec.{list}");
        items(spec, list).enumerate().map(move |(index, container)| (container, format!("{at}[{index}]")))
    };
    lists.into_iter().flat_map(of).collect()
}

/// What labels of nodes are called today.
fn renamed(label: &str) -> Option<&'static str> {
    Some(match label {
        "beta.kubernetes.io/arch" => "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
        "beta.kubernetes.io/os" => "deprecated since v1.14; use \"kubernetes.io/os\" instead",
        "failure-domain.beta.kubernetes.io/region" => {
            "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead"
        }
        "failure-domain.beta.kubernetes.io/zone" => {
            "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead"
        }
        "beta.kubernetes.io/instance-type" => {
            "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead"
        }
        "node-role.kubernetes.io/master" => "use \"node-role.kubernetes.io/control-plane\" instead",
        _ => return None,
    })
}

/// Annotations that do nothing any more.
const ANNOTATIONS: [(&str, &str); 3] = [
    (
        "scheduler.alpha.kubernetes.io/critical-pod",
        "non-functional in v1.16+; use the \"priorityClassName\" field instead",
    ),
    ("security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
    (
        "security.alpha.kubernetes.io/unsafe-sysctls",
        "non-functional in v1.11+; use the \"sysctls\" field instead",
    ),
];

fn warn_placement(spec: &Value, path: &str, warnings: &mut Vec<String>) {
    for label in spec["nodeSelector"].as_object().into_iter().flat_map(|selector| selector.keys()) {
        if let Some(why) = renamed(label) {
            warnings.push(format!("{path}spec.nodeSelector[{label}]: {why}"));
        }
    }
    for (index, constraint) in items(spec, "topologySpreadConstraints").enumerate() {
        let at = format!("{path}spec.topologySpreadConstraints[{index}]");
        let key = text(constraint, "topologyKey");
        if let Some(why) = renamed(key) {
            warnings.push(format!("{at}.topologyKey: {key} is {why}"));
        }
        if constraint.get("labelSelector").is_none_or(Value::is_null) {
            warnings.push(format!("{at}.labelSelector: a null labelSelector results in matching no pod"));
        }
    }
}

fn warn_repeated(spec: &Value, (list, key): (&str, &str), path: &str, warnings: &mut Vec<String>) {
    let mut seen: Vec<&str> = Vec::new();
    for (index, item) in items(spec, list).enumerate() {
        let value = text(item, key);
        if seen.contains(&value) {
            warnings.push(format!("{path}spec.{list}[{index}].{key}: duplicate {key} {value:?}"));
        } else {
            seen.push(value);
        }
    }
}

/// A variable may be set again only to extend it.
fn warn_environment(container: &Value, at: &str, warnings: &mut Vec<String>) {
    let mut seen: Vec<&str> = Vec::new();
    for (index, variable) in items(container, "env").enumerate() {
        let (name, value) = (text(variable, "name"), text(variable, "value"));
        let reference = format!("$({name})");
        let extends = variable.get("valueFrom").is_none() && value != reference && value.contains(&reference);
        if !seen.contains(&name) {
            seen.push(name);
        } else if !extends {
            warnings.push(format!(
                "{at}.env[{index}]: hides previous definition of {name:?}, which may be dropped when using apply"
            ));
        }
    }
}

struct Port<'a> {
    at: String,
    host: i64,
    host_ip: &'a str,
}

fn warn_ports(containers: &[(&Value, String)], warnings: &mut Vec<String>) {
    let mut known: BTreeMap<(i64, &str), Vec<Port<'_>>> = BTreeMap::new();
    let mut names: BTreeMap<&str, String> = BTreeMap::new();
    let mut of_names = Vec::new();
    for (container, at) in containers {
        for (index, port) in items(container, "ports").enumerate() {
            let number = |name: &str| port.get(name).and_then(Value::as_i64).unwrap_or(0);
            let this = Port {
                at: format!("{at}.ports[{index}]"),
                host: number("hostPort"),
                host_ip: text(port, "hostIP"),
            };
            let name = text(port, "name");
            if let Some(other) = names.get(name).filter(|_| !name.is_empty()) {
                of_names.push(format!(
                    "{}: duplicate port name {name:?} with {other}, services and probes that select ports by name will use {other}",
                    this.at
                ));
            } else {
                names.insert(name, this.at.clone());
            }
            let same = known.entry((number("containerPort"), text(port, "protocol"))).or_default();
            warnings.extend(same.iter().filter_map(|other| overlap(&this, other)));
            same.push(this);
        }
    }
    warnings.extend(of_names);
}

fn overlap(this: &Port<'_>, other: &Port<'_>) -> Option<String> {
    let how = if this.host == other.host && this.host_ip == other.host_ip {
        "duplicate"
    } else if this.host == 0 || other.host == 0 {
        "overlapping"
    } else if this.host == other.host && this.host_ip.is_empty() != other.host_ip.is_empty() {
        "dangerously ambiguous"
    } else {
        return None;
    };
    Some(format!("{}: {how} port definition with {}", this.at, other.at))
}
