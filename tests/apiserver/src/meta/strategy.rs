//! Pure: how kinds differ in what becomes of their objects.

use kubist_structural::names;
use serde_json::Value;

use crate::kinds::Kind;
use crate::meta;

/// What a write to the status may not change in the metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatusKeeps {
    /// All of it: a write to the status is about nothing else.
    Metadata,
    Labels,
    OwnerReferences,
    Nothing,
}

/// What is wrong with the name of an object, or with the beginning of a name that is to be generated.
pub(crate) fn name(kind: &Kind, name: &str, is_prefix: bool) -> Vec<String> {
    let masked = match name.strip_suffix('-') {
        Some(start) if is_prefix && !start.is_empty() => format!("{start}a"),
        _ => name.to_owned(),
    };
    if kind.custom.is_some() {
        return names::subdomain(&masked);
    }
    match (kind.group.as_str(), kind.plural.as_str()) {
        ("", "namespaces" | "services") | ("apps", "statefulsets") => names::label(&masked),
        ("rbac.authorization.k8s.io" | "apiregistration.k8s.io", _)
        | ("policy", "poddisruptionbudgets")
        | ("certificates.k8s.io", "certificatesigningrequests") => names::path_segment(name, is_prefix),
        ("networking.k8s.io", "ipaddresses") => Vec::new(),
        _ => names::subdomain(&masked),
    }
}

/// Whether finalizers without a domain must be among those that the system knows.
pub(crate) fn knows_its_finalizers(kind: &Kind) -> bool {
    let group = kind.group.as_str();
    let free = matches!(
        group,
        "apiextensions.k8s.io" | "apiregistration.k8s.io" | "admissionregistration.k8s.io" | "node.k8s.io"
    );
    let also_free = matches!(
        (group, kind.plural.as_str()),
        ("policy", "poddisruptionbudgets") | ("coordination.k8s.io", "leases") | ("", "events")
    );
    kind.custom.is_none() && !free && !also_free
}

/// Whether a new object has a generation.
pub(crate) fn begins_with_generation(kind: &Kind) -> bool {
    if kind.custom.is_some() {
        return true;
    }
    match kind.group.as_str() {
        "apps" => kind.plural != "controllerrevisions",
        "batch" | "flowcontrol.apiserver.k8s.io" | "admissionregistration.k8s.io" | "autoscaling" => true,
        "" => matches!(kind.plural.as_str(), "pods" | "podtemplates" | "replicationcontrollers"),
        "networking.k8s.io" => {
            matches!(kind.plural.as_str(), "ingresses" | "ingressclasses" | "networkpolicies")
        }
        "discovery.k8s.io" => kind.plural == "endpointslices",
        "policy" => kind.plural == "poddisruptionbudgets",
        "scheduling.k8s.io" => kind.plural == "priorityclasses",
        "resource.k8s.io" => {
            matches!(kind.plural.as_str(), "resourceslices" | "deviceclasses" | "devicetaintrules")
        }
        "apiextensions.k8s.io" => true,
        _ => false,
    }
}

/// Whether an update counts as a new generation.
pub(crate) fn moves_generation(kind: &Kind, new: &Value, old: &Value) -> bool {
    let differs = |field: &str| meta::field(new, field) != meta::field(old, field);
    let counts = match (kind.group.as_str(), kind.plural.as_str()) {
        _ if kind.custom.is_some() => true,
        ("scheduling.k8s.io", "priorityclasses") => return false,
        ("apps", "deployments") if differs("annotations") => return true,
        ("discovery.k8s.io", "endpointslices") if differs("labels") => return true,
        // The only kind that has its first generation after its first change.
        ("storage.k8s.io", "csidrivers") => true,
        _ => begins_with_generation(kind),
    };
    counts && meta::spec_differs(new, old, kind.status)
}

/// Whether a PUT to a name that is free makes the object.
pub(crate) fn creates_on_update(kind: &Kind) -> bool {
    kind.custom.is_none()
        && matches!(
            (kind.group.as_str(), kind.plural.as_str()),
            ("rbac.authorization.k8s.io" | "coordination.k8s.io", _)
                | ("node.k8s.io", "runtimeclasses")
                | ("", "limitranges" | "events" | "services" | "endpoints")
                | ("events.k8s.io", "events")
        )
}

/// Whether a PUT must say which version it replaces.
pub(crate) fn needs_version(kind: &Kind) -> bool {
    if kind.custom.is_some() {
        return true;
    }
    matches!(
        (kind.group.as_str(), kind.plural.as_str()),
        ("apiextensions.k8s.io" | "apiregistration.k8s.io" | "admissionregistration.k8s.io", _)
            | ("storagemigration.k8s.io" | "coordination.k8s.io", _)
            | ("node.k8s.io", "runtimeclasses")
            | ("policy", "poddisruptionbudgets")
            | ("certificates.k8s.io", "clustertrustbundles" | "podcertificaterequests")
            | ("storage.k8s.io", "csidrivers" | "csistoragecapacities" | "volumeattachments" | "csinodes")
    )
}

/// Whether the garbage collector may be asked to look after the dependents of an object.
pub(crate) fn has_dependents(kind: &Kind) -> bool {
    !(kind.custom.is_none() && kind.plural == "events")
}

/// What a write to the status leaves as it was, besides the spec.
pub(crate) fn status_keeps(kind: &Kind) -> StatusKeeps {
    if kind.custom.is_some() {
        return StatusKeeps::Metadata;
    }
    match (kind.group.as_str(), kind.plural.as_str()) {
        ("apps", "deployments") => StatusKeeps::Labels,
        ("", "pods") => StatusKeeps::OwnerReferences,
        ("apiregistration.k8s.io" | "admissionregistration.k8s.io" | "flowcontrol.apiserver.k8s.io", _)
        | ("resource.k8s.io" | "storagemigration.k8s.io" | "storage.k8s.io", _)
        | ("networking.k8s.io", "servicecidrs")
        | ("certificates.k8s.io", "podcertificaterequests") => StatusKeeps::Metadata,
        _ => StatusKeeps::Nothing,
    }
}

/// Where the storage of the real server has an object: it shows in the text of a conflict.
pub(crate) fn storage_path(kind: &Kind, namespace: &str, name: &str) -> String {
    let plural = kind.plural.as_str();
    let place = match (kind.group.as_str(), plural) {
        ("", "nodes") => "minions",
        ("", "services") => "services/specs",
        ("", "endpoints") => "services/endpoints",
        ("", "replicationcontrollers") => "controllers",
        ("networking.k8s.io", "ingresses") => "ingress",
        _ => plural,
    };
    let has_group = kind.custom.is_some()
        || matches!(kind.group.as_str(), "apiextensions.k8s.io" | "apiregistration.k8s.io");
    let group = if has_group { format!("{}/", kind.group) } else { String::new() };
    let namespace = if namespace.is_empty() { String::new() } else { format!("{namespace}/") };
    format!("/registry/{group}{place}/{namespace}{name}")
}

/// Whether the server records who manages the fields of an object. Of requests for certificates it does not.
pub(crate) fn records_managers(kind: &Kind) -> bool {
    !is_certificate_request(kind)
}

pub(crate) fn is_certificate_request(kind: &Kind) -> bool {
    kind.is("certificates.k8s.io", "certificatesigningrequests")
}
