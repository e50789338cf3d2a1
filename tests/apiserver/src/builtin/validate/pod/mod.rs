//! Pure: pods, and the templates that pods are made from.

mod container;
mod env;
mod mounts;
pub(super) mod placement;
mod probe;
mod security;
pub(super) mod update;
mod volume;

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::ip;
use crate::builtin::validate::pod::container::Shared;
use crate::builtin::validate::resources;
use crate::builtin::validate::rule::{Rule, Rules, run};
use crate::builtin::validate::selector;

/// Rules of a spec, after those about its containers.
const SPEC: Rules = &[
    ("", Rule::Check(host_network)),
    ("restartPolicy", Rule::Needed(&["Always", "OnFailure", "Never"])),
    ("dnsPolicy", Rule::Needed(&["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"])),
    ("nodeSelector", Rule::Check(selector::labels)),
    ("", Rule::Check(security::pod)),
    ("affinity", Rule::Check(placement::affinity)),
    ("", Rule::Check(dns)),
    ("readinessGates[].conditionType", Rule::Always(format::qualified)),
    ("schedulingGates", Rule::Check(gates)),
    ("topologySpreadConstraints", Rule::Check(placement::spread)),
    ("", Rule::Check(security::host_users)),
    ("", Rule::Check(hostname_override)),
    ("serviceAccountName", Rule::Form(format::subdomain)),
    ("nodeName", Rule::Form(format::subdomain)),
    ("activeDeadlineSeconds", Rule::Range(1, 2_147_483_647)),
    ("hostname", Rule::Form(format::label)),
    ("subdomain", Rule::Form(format::label)),
    ("tolerations", Rule::Check(placement::tolerations)),
    ("hostAliases[]", Rule::Rules(HOST_ALIAS)),
    ("priorityClassName", Rule::Form(format::subdomain)),
    ("runtimeClassName", Rule::Optional(&Rule::Always(format::subdomain))),
    ("preemptionPolicy", Rule::Optional(&Rule::Needed(&["PreemptLowerPriority", "Never"]))),
    ("overhead", Rule::Check(overhead)),
    ("", Rule::Check(operating_system)),
    ("", Rule::Check(file_volumes)),
];
const HOST_ALIAS: Rules =
    &[("ip", Rule::Check(ip::address)), ("hostnames[]", Rule::Always(format::subdomain))];

/// Marks the image of a pod that the kubelet has from elsewhere.
const MIRROR: &str = "kubernetes.io/config.mirror";

/// Rules of a pod that is its own object, create and update alike.
pub(super) const POD: Rules = &[
    ("", Rule::Check(mirror)),
    ("metadata.annotations", Rule::Check(annotations)),
    ("", Rule::Check(own_spec)),
    ("spec", Rule::Check(only_for_pods)),
];

/// Rules of a new pod.
pub(super) const NEW_POD: Rules = &[
    ("", Rule::Rules(POD)),
    ("spec.ephemeralContainers", Rule::Check(no_ephemeral_containers)),
    ("spec", Rule::Check(gated_node)),
];

/// Rules of a template.
pub(super) const TEMPLATE: Rules = &[
    ("", Rule::Check(template_metadata)),
    ("", Rule::Check(template_annotations)),
    ("spec", Rule::Check(spec)),
];

/// Judges a template, be it missing.
pub(super) fn template(at: &At<'_>, errors: &mut Errors) {
    run(TEMPLATE, at, errors);
    if !at.at("spec.ephemeralContainers").is_empty() {
        let why = "ephemeral containers not allowed in pod template";
        errors.forbidden(&at.at("spec.ephemeralContainers"), why);
    }
}

pub(super) fn template_metadata(at: &At<'_>, errors: &mut Errors) {
    selector::labels(&at.at("metadata.labels").named(at.at("labels").path), errors);
    selector::annotations(&at.at("metadata.annotations").named(at.at("annotations").path), errors);
}

fn template_annotations(at: &At<'_>, errors: &mut Errors) {
    annotations(&at.at("metadata.annotations").named(at.at("annotations").path), errors);
}

/// A pod that stands for one of the kubelet's own is bound to its node.
fn mirror(pod: &At<'_>, errors: &mut Errors) {
    let annotations = pod.at("metadata.annotations");
    let found = annotations.value.get(MIRROR).and_then(serde_json::Value::as_str);
    if let Some(found) = found.filter(|_| pod.at("spec.nodeName").text().is_empty()) {
        let why = "must set spec.nodeName if mirror pod annotation is set";
        errors.invalid_as(&annotations.named(annotations.key(MIRROR)), found, why);
    }
}

/// Annotations that mean something to Kubernetes.
fn annotations(at: &At<'_>, errors: &mut Errors) {
    const COST: &str = "controller.kubernetes.io/pod-deletion-cost";
    if let Some((_, cost)) = at.entries().iter().find(|(key, _)| *key == COST) {
        let digits = cost.text().strip_prefix('-').unwrap_or_else(|| cost.text());
        let is_number = cost.text().parse::<i32>().is_ok() && (digits == "0" || !digits.starts_with('0'));
        if !is_number || cost.text().starts_with('+') {
            errors.invalid_text(cost, "must be a 32bit integer");
        }
    }
}

/// The spec of a pod that has a name.
fn own_spec(pod: &At<'_>, errors: &mut Errors) {
    judge_spec(&pod.at("spec"), pod.at("metadata.name").text(), errors);
}

/// Judges a spec, be it missing.
pub(super) fn spec(at: &At<'_>, errors: &mut Errors) {
    judge_spec(at, "", errors);
}

fn judge_spec(at: &At<'_>, pod_name: &str, errors: &mut Errors) {
    run(&[("terminationGracePeriodSeconds", Rule::Present(""))], at, errors);
    let volumes = volume::volumes(&at.at("volumes"), pod_name, errors);
    claims(&at.at("resourceClaims"), errors);
    let shared = Shared { spec: at.clone(), volumes };
    container::containers(&shared, errors);
    container::init_containers(&shared, errors);
    pod_resources(at, errors);
    run(SPEC, at, errors);
}

fn claims(at: &At<'_>, errors: &mut Errors) {
    let mut names = Vec::new();
    for claim in at.items() {
        let name = claim.at("name");
        if name.text().is_empty() {
            errors.required(&name, "");
        } else if names.contains(&name.text()) {
            errors.duplicate(&name);
        } else {
            errors.format(&name, format::label);
            names.push(name.text());
        }
        let sources = [claim.at("resourceClaimName"), claim.at("resourceClaimTemplateName")];
        let shown = || crate::builtin::validate::internal::show(&claim, "core.v1.PodResourceClaim");
        match sources.iter().filter(|source| source.is_set()).count() {
            0 => {
                let why = "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`";
                errors.invalid_shown(&claim, shown(), why);
            }
            1 => {}
            _ => {
                let why =
                    "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified";
                errors.invalid_shown(&claim, shown(), why);
            }
        }
        for source in sources.iter().filter(|source| source.is_set()) {
            errors.format(source, format::subdomain);
        }
    }
}

/// What a pod as a whole asks for covers what its containers ask for.
fn pod_resources(spec: &At<'_>, errors: &mut Errors) {
    let at = spec.at("resources");
    if !at.is_set() {
        return;
    }
    if at.at("claims").is_set() {
        errors.forbidden(&at.at("claims"), "claims may not be set for Resources at pod-level");
    }
    let claims = spec.at("resourceClaims").items();
    let claims: Vec<&str> = claims.iter().map(|claim| claim.at("name").text()).collect();
    resources::pod_requirements(&at, &claims, errors);
    resources::covers_containers(&at, spec, errors);
}

fn host_network(spec: &At<'_>, errors: &mut Errors) {
    if !spec.at("hostNetwork").flag() {
        return;
    }
    for container in spec.at("containers").items() {
        for port in container.at("ports").items() {
            let (outer, inner) = (port.at("hostPort"), port.at("containerPort"));
            let number = outer.int().unwrap_or(0);
            if number != 0 && Some(number) != inner.int() {
                errors.invalid(&outer, "must match `containerPort` when `hostNetwork` is true");
            }
        }
    }
}

fn dns(spec: &At<'_>, errors: &mut Errors) {
    let at = spec.at("dnsConfig");
    let servers = at.at("nameservers");
    if spec.at("dnsPolicy").text() == "None" {
        if !at.is_set() {
            return errors.required(&at, "must provide `dnsConfig` when `dnsPolicy` is None");
        }
        if servers.is_empty() {
            let why = "must provide at least one DNS nameserver when `dnsPolicy` is None";
            return errors.required(&servers, why);
        }
    }
    if servers.len() > 3 {
        errors.invalid(&servers, "must not have more than 3 nameservers");
    }
    servers.items().iter().for_each(|server| ip::address(server, errors));
    let searches = at.at("searches");
    if searches.len() > 32 {
        errors.invalid(&searches, "must not have more than 32 search paths");
    }
    if searches.texts().join(" ").len() > 2048 {
        errors.invalid(
            &searches,
            "must not have more than 2048 characters (including spaces) in the search list",
        );
    }
    for search in searches.items().iter().filter(|search| search.text() != ".") {
        let text = search.text().strip_suffix('.').unwrap_or_else(|| search.text());
        for why in format::subdomain_with_underscores(text) {
            errors.invalid_as(search, text, why);
        }
    }
    for option in at.at("options").items() {
        if option.at("name").text().is_empty() {
            errors.required(&option, "must not be empty");
        }
    }
}

fn gates(at: &At<'_>, errors: &mut Errors) {
    let mut names = Vec::new();
    for gate in at.items() {
        let name = gate.at("name").named(&gate.path);
        errors.format(&name, format::qualified);
        if names.contains(&name.text()) {
            errors.duplicate(&name);
        }
        names.push(name.text());
    }
}

fn overhead(at: &At<'_>, errors: &mut Errors) {
    let limits = at.at("limits").path;
    for (name, place) in at.entries() {
        let place = place.named(format!("{limits}[{name}]"));
        resources::container_name(&place, name, errors);
        resources::amount(&place, name, errors);
    }
}

fn operating_system(spec: &At<'_>, errors: &mut Errors) {
    let at = spec.at("os");
    if !at.is_set() {
        return;
    }
    match at.at("name").text() {
        "" => errors.required(&at.at("name"), ""),
        "linux" => {
            let options = spec.at("securityContext.windowsOptions");
            if options.is_set() {
                errors.forbidden(&options, "windows options cannot be set for a linux pod");
            }
            for container in all_containers(spec) {
                let options = container.at("securityContext.windowsOptions");
                if options.is_set() {
                    errors.forbidden(&options, "windows options cannot be set for a linux pod");
                }
            }
        }
        "windows" => windows(spec, errors),
        other => errors.unsupported_as(&at, other, &["linux", "windows"]),
    }
}

/// Init containers come first.
fn all_containers<'a>(spec: &At<'a>) -> Vec<At<'a>> {
    ["initContainers", "containers"].iter().flat_map(|list| spec.at(list).items()).collect()
}

fn hostname_override(spec: &At<'_>, errors: &mut Errors) {
    let at = spec.at("hostnameOverride");
    if !at.is_set() {
        return;
    }
    for field in ["setHostnameAsFQDN", "hostNetwork"] {
        if spec.at(field).flag() {
            errors.forbidden(&at, format!("may not be specified when {field} is true"));
        }
    }
    if at.text().len() > 64 {
        errors.too_long(&at, 64);
    }
    errors.format(&at, format::subdomain);
}

/// Files of variables lie in volumes that live as long as the pod.
fn file_volumes(spec: &At<'_>, errors: &mut Errors) {
    let volumes = spec.at("volumes").items();
    for variable in all_containers(spec).iter().flat_map(|container| container.at("env").items()) {
        let name = variable.at("valueFrom.fileKeyRef.volumeName");
        if !variable.at("valueFrom.fileKeyRef").is_set() {
            continue;
        }
        match volumes.iter().find(|volume| volume.at("name").text() == name.text()) {
            None => errors.not_found(&name),
            Some(volume) if !volume.at("emptyDir").is_set() => {
                errors.invalid_text(&name, "referenced volume must be of type emptyDir");
            }
            Some(_) => {}
        }
    }
}

fn windows(spec: &At<'_>, errors: &mut Errors) {
    const POD: [&str; 11] = [
        "appArmorProfile",
        "seLinuxOptions",
        "seccompProfile",
        "fsGroup",
        "fsGroupChangePolicy",
        "sysctls",
        "runAsUser",
        "runAsGroup",
        "supplementalGroups",
        "supplementalGroupsPolicy",
        "seLinuxChangePolicy",
    ];
    const CONTAINER: [&str; 10] = [
        "appArmorProfile",
        "seLinuxOptions",
        "seccompProfile",
        "capabilities",
        "readOnlyRootFilesystem",
        "privileged",
        "allowPrivilegeEscalation",
        "procMount",
        "runAsUser",
        "runAsGroup",
    ];
    const SPEC: [&str; 4] = ["hostUsers", "hostPID", "hostIPC", "shareProcessNamespace"];
    let mut forbid = |at: &At<'_>, names: &[&str]| {
        for name in names.iter().filter(|name| at.at(name).is_set()) {
            errors.forbidden(&at.at(name), "cannot be set for a windows pod");
        }
    };
    forbid(&spec.at("securityContext"), &POD);
    forbid(spec, &SPEC);
    for container in all_containers(spec) {
        forbid(&container.at("securityContext"), &CONTAINER);
    }
}

/// What holds for pods but not for templates.
fn only_for_pods(at: &At<'_>, errors: &mut Errors) {
    if at.at("serviceAccountName").text().is_empty() {
        for volume in at.at("volumes").items() {
            for source in volume.at("projected.sources").items() {
                let token = source.at("serviceAccountToken");
                if token.is_set() {
                    let why = "must not be specified when serviceAccountName is not set";
                    errors.forbidden(&token, why);
                }
            }
        }
    }
    run(&[("terminationGracePeriodSeconds", Rule::NonNegative)], at, errors);
    for list in ["containers", "initContainers"] {
        for container in at.at(list).items() {
            let image = container.at("image");
            if image.text().trim() != image.text() {
                errors.invalid_text(&image, "must not have leading or trailing whitespace");
            }
        }
    }
}

fn no_ephemeral_containers(at: &At<'_>, errors: &mut Errors) {
    if !at.is_empty() {
        errors.forbidden(at, "cannot be set on create");
    }
}

fn gated_node(at: &At<'_>, errors: &mut Errors) {
    if !at.at("nodeName").text().is_empty() && !at.at("schedulingGates").is_empty() {
        let why = "cannot be set until all schedulingGates have been cleared";
        errors.forbidden(&at.at("nodeName"), why);
    }
}
