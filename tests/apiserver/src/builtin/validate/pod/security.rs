//! Pure: what a pod and its containers may do on their node.

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::rule::{Rule, Rules, run};

const ID: Rule = Rule::Range(0, 2_147_483_647);

const POD: Rules = &[
    ("fsGroup", ID),
    ("runAsUser", ID),
    ("runAsGroup", ID),
    ("supplementalGroups[]", ID),
    ("sysctls", Rule::Check(sysctls)),
    ("fsGroupChangePolicy", Rule::Optional(&Rule::Exactly(&["Always", "OnRootMismatch"]))),
    ("seccompProfile", Rule::Check(seccomp)),
    ("windowsOptions", Rule::Rules(WINDOWS)),
    ("appArmorProfile", Rule::Check(app_armor)),
    ("supplementalGroupsPolicy", Rule::Optional(&Rule::Exactly(&["Merge", "Strict"]))),
    ("seLinuxChangePolicy", Rule::Optional(&Rule::Exactly(&["MountOption", "Recursive"]))),
];
const CONTAINER: Rules = &[
    ("runAsUser", ID),
    ("runAsGroup", ID),
    ("procMount", Rule::Optional(&Rule::Exactly(&["Default", "Unmasked"]))),
];
const WINDOWS: Rules = &[("gmsaCredentialSpecName", Rule::Form(format::subdomain))];

/// The security context of a pod.
pub(super) fn pod(spec: &At<'_>, errors: &mut Errors) {
    let at = spec.at("securityContext");
    run(POD, &at, errors);
    for sysctl in at.at("sysctls").items() {
        let name = sysctl.at("name");
        let dotted = name.text().replace('/', ".");
        let of_network = dotted.starts_with("net.");
        let of_ipc = ["kernel.shm", "kernel.msg", "fs.mqueue."].iter().any(|start| dotted.starts_with(start))
            || dotted == "kernel.sem";
        if spec.at("hostNetwork").flag() && of_network {
            errors.invalid_text(&name, "may not be specified when 'hostNetwork' is true");
        } else if spec.at("hostIPC").flag() && of_ipc {
            errors.invalid_text(&name, "may not be specified when 'hostIPC' is true");
        }
    }
    let shares = spec.at("shareProcessNamespace");
    if shares.flag() && spec.at("hostPID").flag() {
        errors.invalid(&shares, "ShareProcessNamespace and HostPID cannot both be enabled");
    }
}

fn sysctls(at: &At<'_>, errors: &mut Errors) {
    const REGEX: &str = "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
    let mut names = Vec::new();
    for sysctl in at.items() {
        let name = sysctl.at("name");
        let edge = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let is_segment = |segment: &str| {
            let bytes = segment.as_bytes();
            bytes.first().is_some_and(edge)
                && bytes.last().is_some_and(edge)
                && bytes.iter().all(|byte| edge(byte) || matches!(byte, b'-' | b'_'))
        };
        if name.text().is_empty() {
            errors.required(&name, "");
        } else if name.text().len() > 253 || !name.text().split(['.', '/']).all(is_segment) {
            let why = format!("must have at most 253 characters and match regex {REGEX}");
            errors.invalid_text(&name, why);
        } else if names.contains(&name.text()) {
            errors.duplicate(&name);
        }
        names.push(name.text());
    }
}

const PROFILES: [&str; 3] = ["Localhost", "RuntimeDefault", "Unconfined"];

fn seccomp(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return;
    }
    let (kind, local) = (at.at("type"), at.at("localhostProfile"));
    if kind.text().is_empty() {
        errors.required(&kind, "type is required when seccompProfile is set");
    } else if !PROFILES.contains(&kind.text()) {
        errors.unsupported(&kind, &PROFILES);
    }
    if kind.text() == "Localhost" {
        if local.is_set() {
            errors.format(&local, format::descending_path);
        } else {
            errors.required(&local, "must be set when seccomp type is Localhost");
        }
    } else if local.is_set() {
        let shown = format!("{{\"Type\":\"{}\",\"LocalhostProfile\":{}}}", kind.text(), local.value);
        errors.invalid_shown(&local, shown, "can only be set when seccomp type is Localhost");
    }
}

fn app_armor(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return;
    }
    let (kind, local) = (at.at("type"), at.at("localhostProfile"));
    match kind.text() {
        "Localhost" if local.text().is_empty() => {
            errors.required(&local, "must be set when AppArmor type is Localhost");
        }
        "Localhost" if local.text().trim() != local.text() => {
            errors.invalid_text(&local, "must not be padded with whitespace");
        }
        "Localhost" => {}
        "RuntimeDefault" | "Unconfined" if local.is_set() => {
            errors.invalid(&local, "can only be set when AppArmor type is Localhost");
        }
        "RuntimeDefault" | "Unconfined" => {}
        "" => errors.required(&kind, "type is required when appArmorProfile is set"),
        _ => errors.unsupported(&kind, &PROFILES),
    }
}

/// The security context of a container.
pub(super) fn container(container: &At<'_>, spec: &At<'_>, errors: &mut Errors) {
    let at = container.at("securityContext");
    if !at.is_set() {
        return;
    }
    run(CONTAINER, &at, errors);
    let host_users = spec.at("hostUsers").value.as_bool().unwrap_or(true);
    if host_users && at.at("procMount").text() == "Unmasked" {
        errors.invalid(&at.at("procMount"), "`hostUsers` must be false to use `Unmasked`");
    }
    seccomp(&at.at("seccompProfile"), errors);
    if at.at("allowPrivilegeEscalation").value.as_bool() == Some(false) {
        let shown = || crate::builtin::validate::internal::show(&at, "core.v1.SecurityContext");
        if at.at("privileged").flag() {
            let why = "cannot set `allowPrivilegeEscalation` to false and `privileged` to true";
            errors.invalid_shown(&at, shown(), why);
        }
        if at.at("capabilities.add").texts().contains(&"CAP_SYS_ADMIN") {
            let why = "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN";
            errors.invalid_shown(&at, shown(), why);
        }
    }
    run(&[("windowsOptions", Rule::Rules(WINDOWS))], &at, errors);
    app_armor(&at.at("appArmorProfile"), errors);
}

/// What pods that share the users, names and network of their node may not do.
pub(super) fn host_users(spec: &At<'_>, errors: &mut Errors) {
    const WHY: &str = "when `hostUsers` is false";
    if spec.at("hostUsers").value.as_bool() != Some(false) {
        return;
    }
    for (field, name) in [("hostNetwork", "hostNetwork"), ("hostPID", "HostPID"), ("hostIPC", "HostIPC")] {
        if spec.at(field).flag() {
            errors.forbidden(&spec.at(name), WHY);
        }
    }
    for list in ["initContainers", "containers"] {
        for container in spec.at(list).items() {
            if !container.at("volumeDevices").is_empty() {
                errors.forbidden(&container.at("volumeDevices"), WHY);
            }
        }
    }
}
