//! Pure: where a container sees the volumes of its pod.

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::rule::{Rule, run};

/// Judges `volumeMounts` against the well formed `volumes` of the pod. Mistakes in some fields of an item are
/// reported at the list.
pub(super) fn mounts(container: &At<'_>, volumes: &[At<'_>], errors: &mut Errors) {
    let at = container.at("volumeMounts");
    let devices = container.at("volumeDevices").items();
    let mut paths = Vec::new();
    for mount in at.items() {
        let (name, path) = (mount.at("name"), mount.at("mountPath"));
        run(&[("name", Rule::Required(""))], &mount, errors);
        if !volumes.iter().any(|volume| volume.at("name").text() == name.text()) {
            errors.not_found(&name);
        }
        run(&[("mountPath", Rule::Required(""))], &mount, errors);
        if paths.contains(&path.text()) {
            errors.invalid_text(&path, "must be unique");
        }
        paths.push(path.text());
        if devices.iter().any(|device| device.at("name").text() == name.text()) {
            errors.invalid_text(&name, "must not already exist in volumeDevices");
        }
        if devices.iter().any(|device| device.at("devicePath").text() == path.text()) {
            errors.invalid_text(&path, "must not already exist as a path in volumeDevices");
        }
        sub_paths(&at, &mount, errors);
        propagation(&at, &mount, container, errors);
        read_only(&at, &mount, errors);
    }
}

fn sub_paths(at: &At<'_>, mount: &At<'_>, errors: &mut Errors) {
    let (plain, expanded) = (mount.at("subPath"), mount.at("subPathExpr"));
    Rule::Form(format::descending_path).judge(&plain.named(at.at("subPath").path), errors);
    if !plain.text().is_empty() && !expanded.text().is_empty() {
        errors.invalid_text(&expanded, "subPathExpr and subPath are mutually exclusive");
    }
    Rule::Form(format::descending_path).judge(&expanded.named(at.at("subPathExpr").path), errors);
}

fn propagation(at: &At<'_>, mount: &At<'_>, container: &At<'_>, errors: &mut Errors) {
    let place = mount.at("mountPropagation").named(at.at("mountPropagation").path);
    if !place.is_set() {
        return;
    }
    Rule::Exactly(&["Bidirectional", "HostToContainer", "None"]).judge(&place, errors);
    if place.text() == "Bidirectional" && !container.at("securityContext.privileged").flag() {
        errors
            .forbidden(&place, "Bidirectional mount propagation is available only to privileged containers");
    }
}

fn read_only(at: &At<'_>, mount: &At<'_>, errors: &mut Errors) {
    let place = mount.at("recursiveReadOnly").named(at.at("recursiveReadOnly").path);
    match place.text() {
        "Disabled" => {}
        "Enabled" | "IfPossible" => {
            if !mount.at("readOnly").flag() {
                errors.forbidden(&place, "may only be specified when readOnly is true");
            }
            if !matches!(mount.at("mountPropagation").text(), "" | "None") {
                let why = "may only be specified when mountPropagation is None or not specified";
                errors.forbidden(&place, why);
            }
        }
        _ if place.is_set() => errors.unsupported(&place, &["Disabled", "Enabled", "IfPossible"]),
        _ => {}
    }
}

/// Judges `volumeDevices`: raw block devices, which come from claims.
pub(super) fn devices(container: &At<'_>, volumes: &[At<'_>], errors: &mut Errors) {
    let mounts = container.at("volumeMounts").items();
    let (mut names, mut paths) = (Vec::new(), Vec::new());
    for device in container.at("volumeDevices").items() {
        let (name, path) = (device.at("name"), device.at("devicePath"));
        let volume = volumes.iter().find(|volume| volume.at("name").text() == name.text());
        run(&[("name", Rule::Required(""))], &device, errors);
        if names.contains(&name.text()) {
            errors.invalid_text(&name, "must be unique");
        }
        match volume {
            None => errors.not_found(&name),
            Some(volume)
                if !volume.at("persistentVolumeClaim").is_set() && !volume.at("ephemeral").is_set() =>
            {
                let why =
                    "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";
                errors.invalid_text(&name, why);
            }
            Some(_) => {}
        }
        run(&[("devicePath", Rule::Required(""))], &device, errors);
        if paths.contains(&path.text()) {
            errors.invalid_text(&path, "must be unique");
        }
        if format::no_backsteps(path.text()).is_empty() {
            paths.push(path.text());
        } else {
            errors.invalid_text(&path, "can not contain backsteps ('..')");
        }
        if mounts.iter().any(|mount| mount.at("name").text() == name.text()) {
            errors.invalid_text(&name, "must not already exist in volumeMounts");
        }
        if mounts.iter().any(|mount| mount.at("mountPath").text() == path.text()) {
            errors.invalid_text(&path, "must not already exist as a path in volumeMounts");
        }
        if !name.text().is_empty() {
            names.push(name.text());
        }
    }
}
