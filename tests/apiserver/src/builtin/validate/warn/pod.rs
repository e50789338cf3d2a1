//! Pure: what is doubtful in a pod or its template.

use std::collections::BTreeMap;

use kubist_structural::field_error::quote;

use crate::builtin::validate::at::At;
use crate::builtin::validate::format;
use crate::builtin::validate::ip;
use crate::builtin::validate::warn::{Warnings, fraction, overlap};

const NODE_LABELS: [(&str, &str); 8] = [
    ("beta.kubernetes.io/arch", "deprecated since v1.14; use \"kubernetes.io/arch\" instead"),
    ("beta.kubernetes.io/os", "deprecated since v1.14; use \"kubernetes.io/os\" instead"),
    (
        "failure-domain.beta.kubernetes.io/region",
        "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
    ),
    (
        "failure-domain.beta.kubernetes.io/zone",
        "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
    ),
    (
        "beta.kubernetes.io/instance-type",
        "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
    ),
    ("app.kubernetes.io/created-by", "deprecated since v1.9"),
    (
        "scheduler.alpha.kubernetes.io/preferAvoidPods",
        "deprecated since v1.22; use Taints and Tolerations instead",
    ),
    ("node-role.kubernetes.io/master", "use \"node-role.kubernetes.io/control-plane\" instead"),
];

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

/// Kinds of volumes that are no more: the field, its name in warnings, and since when.
pub(super) const DEPRECATED_VOLUMES: &[(&str, &str, &str)] = &[
    ("photonPersistentDisk", "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
    ("gitRepo", "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"),
    ("scaleIO", "scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
    ("flocker", "flocker", "deprecated in v1.22, non-functional in v1.25+"),
    ("storageos", "storageOS", "deprecated in v1.22, non-functional in v1.25+"),
    ("quobyte", "quobyte", "deprecated in v1.22, non-functional in v1.25+"),
    ("glusterfs", "glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
    ("cephfs", "cephfs", "deprecated in v1.28, non-functional in v1.31+"),
    ("rbd", "rbd", "deprecated in v1.28, non-functional in v1.31+"),
];

fn label(key: &str) -> Option<&'static str> {
    NODE_LABELS.iter().find(|(name, _)| *name == key).map(|(_, text)| *text)
}

/// Warns of old labels in the terms of a node selector.
pub(super) fn about_terms(terms: &At<'_>, warnings: &mut Warnings) {
    terms.items().iter().for_each(|term| about_term(term, false, warnings));
}

fn about_term(term: &At<'_>, with_values: bool, warnings: &mut Warnings) {
    for requirement in term.at("matchExpressions").items() {
        let key = requirement.at("key");
        if let Some(text) = label(key.text()) {
            warnings.push(format!("{}: {} is {text}", key.path, key.text()));
        }
        for value in requirement.at("values").items().iter().filter(|_| with_values) {
            let reasons = format::label_value(value.text());
            warnings.extend(
                reasons.iter().map(|why| format!("{}: {} is invalid, {why}", value.path, value.text())),
            );
        }
    }
}

/// Warns of a pod or a template.
pub(super) fn about(pod: &At<'_>, warnings: &mut Warnings) {
    let spec = pod.at("spec");
    about_placement(&spec, warnings);
    about_annotations(pod, &spec, warnings);
    about_volumes(&spec, warnings);
    about_names(&spec, warnings);
    let containers: Vec<At<'_>> =
        ["initContainers", "containers"].iter().flat_map(|list| spec.at(list).items()).collect();
    for container in &containers {
        about_container(pod, container, warnings);
    }
    about_ports(&containers, warnings);
    if spec.at("terminationGracePeriodSeconds").int().is_some_and(|seconds| seconds < 0) {
        let place = spec.at("terminationGracePeriodSeconds").path;
        warnings.push(format!("{place}: must be >= 0; negative values are invalid and will be treated as 1"));
    }
    about_neighbours(&spec, warnings);
    warnings.extend(spec.at("dnsConfig.nameservers").items().iter().filter_map(ip::advice));
    warnings.extend(spec.at("hostAliases").items().iter().filter_map(|alias| ip::advice(&alias.at("ip"))));
}

fn about_placement(spec: &At<'_>, warnings: &mut Warnings) {
    for (key, place) in spec.at("nodeSelector").entries() {
        warnings.extend(label(key).map(|text| format!("{}: {text}", place.path)));
    }
    let nodes = spec.at("affinity.nodeAffinity");
    about_terms(&nodes.at("requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms"), warnings);
    for term in nodes.at("preferredDuringSchedulingIgnoredDuringExecution").items() {
        about_term(&term.at("preference"), true, warnings);
    }
    for constraint in spec.at("topologySpreadConstraints").items() {
        let key = constraint.at("topologyKey");
        if let Some(text) = label(key.text()) {
            warnings.push(format!("{}: {} is {text}", key.path, key.text()));
        }
        about_null(&constraint.at("labelSelector"), warnings);
    }
}

fn about_null(selector: &At<'_>, warnings: &mut Warnings) {
    if !selector.is_set() {
        warnings.push(format!("{}: a null labelSelector results in matching no pod", selector.path));
    }
}

fn about_neighbours(spec: &At<'_>, warnings: &mut Warnings) {
    for kind in ["podAffinity", "podAntiAffinity"] {
        let at = spec.at("affinity").at(kind);
        for term in at.at("requiredDuringSchedulingIgnoredDuringExecution").items() {
            about_null(&term.at("labelSelector"), warnings);
        }
        for term in at.at("preferredDuringSchedulingIgnoredDuringExecution").items() {
            about_null(&term.at("podAffinityTerm.labelSelector"), warnings);
        }
    }
}

fn about_annotations(pod: &At<'_>, spec: &At<'_>, warnings: &mut Warnings) {
    let annotations = pod.at("metadata.annotations");
    for (key, text) in ANNOTATIONS {
        if annotations.value.get(key).is_some() {
            warnings.push(format!("{}: {text}", annotations.key(key)));
        }
    }
    const SECCOMP: &str = "seccomp.security.alpha.kubernetes.io/pod";
    if annotations.value.get(SECCOMP).is_some() && !spec.at("securityContext.seccompProfile").is_set() {
        let place = annotations.key(SECCOMP);
        warnings.push(format!("{place}: non-functional in v1.27+; use the \"seccompProfile\" field instead"));
    }
}

fn about_volumes(spec: &At<'_>, warnings: &mut Warnings) {
    for volume in spec.at("volumes").items() {
        for (field, name, since) in DEPRECATED_VOLUMES {
            if volume.at(field).is_set() {
                warnings.push(format!("{}.{name}: {since}", volume.path));
            }
        }
    }
    overlap::about(&spec.at("volumes"), warnings);
}

fn about_names(spec: &At<'_>, warnings: &mut Warnings) {
    for (list, field) in [("hostAliases", "ip"), ("imagePullSecrets", "name")] {
        let mut seen = Vec::new();
        for item in spec.at(list).items() {
            let place = item.at(field);
            if seen.contains(&place.text()) {
                warnings.push(format!("{}: duplicate {field} {}", place.path, quote(place.text())));
            }
            seen.push(place.text());
        }
    }
    for secret in spec.at("imagePullSecrets").items() {
        let name = secret.at("name");
        if name.text().is_empty() {
            warnings.push(format!("{}: invalid empty name \"\"", name.path));
        }
    }
    for resource in ["memory", "ephemeral-storage"] {
        let overhead = spec.at("overhead");
        fraction(&overhead.at(resource).named(overhead.key(resource)), warnings);
    }
}

fn about_container(pod: &At<'_>, container: &At<'_>, warnings: &mut Warnings) {
    let annotations = pod.at("metadata.annotations");
    let name = container.at("name").text();
    let seccomp = format!("container.seccomp.security.alpha.kubernetes.io/{name}");
    if annotations.value.get(&seccomp).is_some() && !container.at("securityContext.seccompProfile").is_set() {
        let place = annotations.key(&seccomp);
        warnings.push(format!("{place}: non-functional in v1.27+; use the \"seccompProfile\" field instead"));
    }
    let armor = format!("container.apparmor.security.beta.kubernetes.io/{name}");
    let has_field = container.at("securityContext.appArmorProfile").is_set();
    if annotations.value.get(&armor).is_some() && !has_field {
        let place = annotations.key(&armor);
        warnings.push(format!("{place}: deprecated since v1.30; use the \"appArmorProfile\" field instead"));
    }
    for resource in ["memory", "ephemeral-storage"] {
        for map in ["limits", "requests"] {
            let amounts = container.at("resources").at(map);
            fraction(&amounts.at(resource).named(amounts.key(resource)), warnings);
        }
    }
    let mut seen = Vec::new();
    for variable in container.at("env").items() {
        let name = variable.at("name").text();
        let refers = variable.at("value").text().contains(&format!("$({name})"));
        let only_refers = variable.at("value").text() == format!("$({name})");
        if seen.contains(&name) && (variable.at("valueFrom").is_set() || only_refers || !refers) {
            let (place, name) = (&variable.path, quote(name));
            warnings.push(format!(
                "{place}: hides previous definition of {name}, which may be dropped when using apply"
            ));
        }
        seen.push(name);
    }
}

/// Ports that mean the same, or almost.
fn about_ports(containers: &[At<'_>], warnings: &mut Warnings) {
    let ports: Vec<At<'_>> = containers.iter().flat_map(|container| container.at("ports").items()).collect();
    let number = |port: &At<'_>, field: &str| port.at(field).int().unwrap_or(0);
    let mut named: BTreeMap<&str, &str> = BTreeMap::new();
    let mut about_names = Vec::new();
    for (index, port) in ports.iter().enumerate() {
        let (ip, host) = (port.at("hostIP").text(), number(port, "hostPort"));
        let (inner, protocol) = (number(port, "containerPort"), port.at("protocol").text());
        let name = port.at("name").text();
        if !ip.is_empty() && host == 0 {
            warnings.push(format!(
                "{}: hostIP set without hostPort: {{Name:{name} HostPort:0 ContainerPort:{inner} Protocol:{protocol} HostIP:{ip}}}",
                port.path
            ));
        }
        let is_same = |other: &&At<'_>| {
            number(other, "containerPort") == inner && other.at("protocol").text() == protocol
        };
        for other in ports[..index].iter().filter(is_same) {
            let (other_ip, other_host) = (other.at("hostIP").text(), number(other, "hostPort"));
            let what = if ip == other_ip && host == other_host {
                "duplicate"
            } else if host == 0 || other_host == 0 {
                "overlapping"
            } else if host == other_host && ip.is_empty() != other_ip.is_empty() {
                "dangerously ambiguous"
            } else {
                continue;
            };
            warnings.push(format!("{}: {what} port definition with {}", port.path, other.path));
        }
        if name.is_empty() {
            continue;
        }
        match named.get(name) {
            Some(other) => about_names.push(format!(
                "{}: duplicate port name {} with {other}, services and probes that select ports by name will use {other}",
                port.path,
                quote(name)
            )),
            None => {
                named.insert(name, &port.path);
            }
        }
    }
    warnings.extend(about_names);
}
