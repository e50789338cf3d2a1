//! Pure: what the API server takes but warns about.

mod overlap;
mod pod;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::builtin::validate::at::At;
use crate::builtin::validate::format;
use crate::builtin::validate::ip;
use crate::builtin::validate::resources;
use crate::kinds::Kind;

type Warnings = Vec<String>;

/// The warnings about a new or changed object that passed its rules; `old` is what it replaces.
pub(crate) fn warnings(kind: &Kind, object: &Value, old: Option<&Value>) -> Warnings {
    let at = At::new("", object);
    let changed = old.is_none_or(|old| {
        object.get("spec") != old.get("spec") || object.get("template") != old.get("template")
    });
    let is_new = old.is_none();
    let mut warnings = Warnings::new();
    if is_new {
        about_name(kind, at.at("metadata.name").text(), &mut warnings);
    }
    match (kind.group.as_str(), kind.plural.as_str()) {
        ("", "pods") if is_new => pod::about(&at, &mut warnings),
        ("", "podtemplates") if changed => pod::about(&at.at("template"), &mut warnings),
        // It is the old template that the server looks at.
        ("", "replicationcontrollers") if changed => {
            template(&At::new("", old.unwrap_or(object)), &mut warnings)
        }
        ("apps", "deployments" | "replicasets" | "daemonsets") if changed => template(&at, &mut warnings),
        ("apps", "statefulsets") => stateful_set(&at, changed, &mut warnings),
        ("batch", "jobs") if changed => template(&at, &mut warnings),
        ("batch", "cronjobs") if changed => {
            pod::about(&at.at("spec.jobTemplate.spec.template"), &mut warnings);
        }
        ("", "services") => service(&at, &mut warnings),
        ("", "secrets") => secret(&at, &mut warnings),
        ("", "nodes") if !at.at("spec.externalID").text().is_empty() => {
            warnings.push("spec.externalID: this field is deprecated, and is unused by Kubernetes".to_owned())
        }
        ("", "persistentvolumes") => volume(&at, &mut warnings),
        ("", "persistentvolumeclaims") => claim(&at, &mut warnings),
        ("", "resourcequotas") if is_new => quota(&at, &mut warnings),
        ("", "serviceaccounts") => account(&at, old, &mut warnings),
        ("networking.k8s.io", "ingresses") if is_new => ingress(&at, &mut warnings),
        ("discovery.k8s.io", "endpointslices") if at.at("addressType").text() == "FQDN" => {
            warnings.push("spec.addressType: FQDN endpoints are deprecated".to_owned());
        }
        ("storage.k8s.io", "csidrivers") => driver(&at, &mut warnings),
        _ => {}
    }
    warnings
}

/// Names of what pods are named after should be good for host names.
fn about_name(kind: &Kind, name: &str, warnings: &mut Warnings) {
    let whose = match (kind.group.as_str(), kind.plural.as_str()) {
        ("", "pods") => "the Pod's hostname",
        ("", "replicationcontrollers")
        | ("apps", "deployments" | "replicasets")
        | ("batch", "jobs" | "cronjobs") => "Pod names and hostnames",
        _ => return,
    };
    let reasons = format::label(name);
    if !reasons.is_empty() {
        warnings.push(format!(
            "metadata.name: this is used in {whose}, which can result in surprising behavior; a DNS label is recommended: [{}]",
            reasons.join(" ")
        ));
    }
}

fn template(at: &At<'_>, warnings: &mut Warnings) {
    pod::about(&at.at("spec.template"), warnings);
}

fn stateful_set(at: &At<'_>, changed: bool, warnings: &mut Warnings) {
    if changed {
        template(at, warnings);
    }
    if at.at("spec.revisionHistoryLimit").int().is_some_and(|limit| limit < 0) {
        warnings.push(
            "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended"
                .to_owned(),
        );
    }
}

fn service(at: &At<'_>, warnings: &mut Warnings) {
    const HINTS: &str = "service.kubernetes.io/topology-aware-hints";
    const MODE: &str = "service.kubernetes.io/topology-mode";
    let spec = at.at("spec");
    if at.at("metadata.annotations").value.get(HINTS).is_some() {
        warnings.push(format!("annotation {HINTS} is deprecated, please use {MODE} instead"));
    }
    let ips = spec.at("clusterIPs").items();
    let is_headless = spec.at("type").text() == "ClusterIP" && spec.at("clusterIP").text() == "None";
    let external = spec.at("externalIPs").items();
    warnings.extend(ips.iter().filter(|ip| ip.text() != "None").filter_map(ip::advice));
    if is_headless {
        for (field, is_set) in [
            ("loadBalancerIP", !spec.at("loadBalancerIP").text().is_empty()),
            ("externalIPs", !external.is_empty()),
            ("SessionAffinity", spec.at("sessionAffinity").text() != "None"),
        ] {
            if is_set {
                warnings.push(format!("spec.{field} is ignored for headless services"));
            }
        }
    }
    warnings.extend(external.iter().filter_map(ip::advice));
    let is_name = spec.at("type").text() == "ExternalName";
    if !external.is_empty() && !is_headless && !is_name {
        warnings.push(
            "spec.externalIPs is deprecated and may no longer be implemented in some clusters".to_owned(),
        );
    }
    warnings.extend(
        Some(spec.at("loadBalancerIP")).filter(|ip| !ip.text().is_empty()).and_then(|ip| ip::advice(&ip)),
    );
    if is_name && !external.is_empty() {
        warnings.push("spec.externalIPs is ignored when spec.type is \"ExternalName\"".to_owned());
    }
    if !is_name && !spec.at("externalName").text().is_empty() {
        warnings.push("spec.externalName is ignored when spec.type is not \"ExternalName\"".to_owned());
    }
    if spec.at("trafficDistribution").text() == "PreferClose" {
        warnings.push(
            "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"".to_owned(),
        );
    }
}

/// A certificate and its key must at least look like ones.
fn secret(at: &At<'_>, warnings: &mut Warnings) {
    if at.at("type").text() != "kubernetes.io/tls" {
        return;
    }
    for (key, what) in [("tls.crt", "certificate"), ("tls.key", "key")] {
        let text = at.at("data").value.get(key).and_then(Value::as_str).unwrap_or_default();
        let content = STANDARD.decode(text).unwrap_or_default();
        if !String::from_utf8_lossy(&content).contains("-----BEGIN ") {
            return warnings.push(format!("tls: failed to find any PEM data in {what} input"));
        }
    }
}

const FRACTION: &str = "is invalid, must be an integer";

/// Nobody can have a part of a byte.
fn fraction(at: &At<'_>, warnings: &mut Warnings) {
    let amount = resources::quantity(at);
    if !resources::is_whole(&amount) {
        warnings.push(format!("{}: fractional byte value \"{amount}\" {FRACTION}", at.path));
    }
}

fn claim(at: &At<'_>, warnings: &mut Warnings) {
    const CLASS: &str = "volume.beta.kubernetes.io/storage-class";
    if at.at("metadata.annotations").value.get(CLASS).is_some() {
        warnings.push(format!(
            "metadata.annotations[{CLASS}]: deprecated since v1.8; use \"storageClassName\" attribute instead"
        ));
    }
    for map in ["requests", "limits"] {
        let amounts = at.at("spec.resources").at(map);
        let place = amounts.at("storage").named(amounts.key("storage"));
        fraction(&place, warnings);
    }
}

fn volume(at: &At<'_>, warnings: &mut Warnings) {
    for (key, what) in [
        ("volume.beta.kubernetes.io/storage-class", "v1.8; use \"storageClassName\""),
        ("volume.beta.kubernetes.io/mount-options", "v1.31; use \"mountOptions\""),
    ] {
        if at.at("metadata.annotations").value.get(key).is_some() {
            warnings.push(format!("metadata.annotations[{key}]: deprecated since {what} attribute instead"));
        }
    }
    let spec = at.at("spec");
    if spec.at("persistentVolumeReclaimPolicy").text() == "Recycle" {
        warnings.push("spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.".to_owned());
    }
    pod::about_terms(&spec.at("nodeAffinity.required.nodeSelectorTerms"), warnings);
    for (field, name, since) in pod::DEPRECATED_VOLUMES {
        if spec.at(field).is_set() && *field != "gitRepo" {
            warnings.push(format!("spec.{name}: {since}"));
        }
    }
}

fn quota(at: &At<'_>, warnings: &mut Warnings) {
    let hard = at.at("spec.hard");
    for resource in ["cpu", "memory", "storage", "ephemeral-storage"] {
        let find = |name: &str| Some(resources::quantity(&At::new("", hard.value.get(name)?)));
        let (mut name, limit) = (format!("requests.{resource}"), format!("limits.{resource}"));
        let mut request = find(&name);
        if request.is_none() && matches!(resource, "cpu" | "memory") {
            request = find(resource);
            resource.clone_into(&mut name);
        }
        if let Some((request, most)) = request.zip(find(&limit)).filter(|(request, most)| request > most) {
            warnings.push(format!("ResourceQuota {name} ({request}) should be less than {limit} ({most})"));
        }
    }
}

fn account(at: &At<'_>, old: Option<&Value>, warnings: &mut Warnings) {
    const KEY: &str = "kubernetes.io/enforce-mountable-secrets";
    let has = |object: &Value| object["metadata"]["annotations"].get(KEY).is_some();
    if has(at.value) && !old.is_some_and(has) {
        warnings.push(format!(
            "metadata.annotations[{KEY}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets"
        ));
    }
}

fn ingress(at: &At<'_>, warnings: &mut Warnings) {
    const KEY: &str = "kubernetes.io/ingress.class";
    if at.at("metadata.annotations").value.get(KEY).is_some() && !at.at("spec.ingressClassName").is_set() {
        warnings
            .push(format!("annotation \"{KEY}\" is deprecated, please use 'spec.ingressClassName' instead"));
    }
}

fn driver(at: &At<'_>, warnings: &mut Warnings) {
    let spec = at.at("spec");
    if !spec.at("tokenRequests").is_empty() && !spec.at("serviceAccountTokenInSecrets").is_set() {
        warnings.push("spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes".to_owned());
    }
}
