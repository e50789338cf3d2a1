//! Pure: where the content of a volume comes from, for volumes of pods and for persistent volumes.

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::rule::{Rule, Rules, run};

/// One kind of source: its field, the name that messages have for it, and its rules.
pub(super) type Source = (&'static str, &'static str, Rules);

/// Exactly one source must be there; the first one is judged.
pub(super) fn one_of(at: &At<'_>, sources: &[Source], errors: &mut Errors) {
    let mut found = false;
    for (field, name, rules) in sources {
        let source = at.at(field);
        if !source.is_set() {
            continue;
        }
        if found {
            let name = if *field == "downwardAPI" { "downwarAPI" } else { *field };
            errors.forbidden(&at.at(name), "may not specify more than 1 volume type");
            continue;
        }
        found = true;
        run(rules, &source.named(at.at(name).path), errors);
    }
    if !found {
        errors.required(at, "must specify a volume type");
    }
}

const NEEDED: Rule = Rule::Required("");

pub(super) const HOST_PATH: Rules = &[("", Rule::Check(host_path))];
pub(super) const NFS: Rules = &[("server", NEEDED), ("path", NEEDED), ("path", Rule::Check(absolute_path))];
pub(super) const GIT_REPO: Rules =
    &[("repository", NEEDED), ("directory", Rule::Form(format::descending_path))];
pub(super) const GCE_DISK: Rules = &[("pdName", NEEDED), ("partition", Rule::Check(partition))];
pub(super) const AWS_DISK: Rules = &[("volumeID", NEEDED), ("partition", Rule::Check(partition))];
pub(super) const ISCSI: Rules = &[
    ("targetPortal", NEEDED),
    ("iqn", NEEDED),
    ("iqn", Rule::Form(initiator)),
    ("lun", Rule::Range(0, 255)),
    ("", Rule::Check(chap)),
];
pub(super) const GLUSTERFS: Rules = &[("endpoints", NEEDED), ("path", NEEDED)];
pub(super) const RBD: Rules = &[("monitors", NEEDED), ("image", NEEDED)];
pub(super) const CEPHFS: Rules = &[("monitors", NEEDED)];
pub(super) const CINDER: Rules = &[("volumeID", NEEDED), ("secretRef", Rule::Rules(&[("name", NEEDED)]))];
pub(super) const FIBRE_CHANNEL: Rules = &[("", Rule::Check(fibre_channel))];
pub(super) const FLEX: Rules = &[("driver", NEEDED)];
pub(super) const FLOCKER: Rules = &[("", Rule::Check(flocker))];
pub(super) const AZURE_FILE: Rules = &[("secretName", NEEDED), ("shareName", NEEDED)];
pub(super) const AZURE_DISK: Rules = &[
    ("diskName", NEEDED),
    ("diskURI", NEEDED),
    ("cachingMode", Rule::Optional(&Rule::Exactly(&["None", "ReadOnly", "ReadWrite"]))),
    ("kind", Rule::Optional(&Rule::Exactly(&["Dedicated", "Managed", "Shared"]))),
    ("", Rule::Check(disk_uri)),
];
pub(super) const VSPHERE: Rules = &[("volumePath", NEEDED)];
pub(super) const PHOTON: Rules = &[("pdID", NEEDED)];
pub(super) const PORTWORX: Rules = &[("volumeID", NEEDED)];
pub(super) const SCALE_IO: Rules = &[("gateway", NEEDED), ("system", NEEDED), ("volumeName", NEEDED)];
pub(super) const STORAGE_OS: Rules =
    &[("volumeName", Rule::Name(format::label)), ("volumeNamespace", Rule::Form(format::label))];
pub(super) const QUOBYTE: Rules = &[
    ("registry", Rule::Required("must be a host:port pair or multiple pairs separated by commas")),
    ("volume", NEEDED),
];

/// The name of a driver: required, and a subdomain in any case.
pub(super) const DRIVER: Rules = &[("", Rule::Check(driver))];

fn driver(at: &At<'_>, errors: &mut Errors) {
    if at.text().is_empty() {
        return errors.required(at, "");
    }
    if at.text().len() > 63 {
        errors.too_long(at, 63);
    }
    errors.format(at, format::caseless_subdomain);
}

fn host_path(at: &At<'_>, errors: &mut Errors) {
    const TYPES: [&str; 8] =
        ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];
    let path = at.at("path");
    if path.text().is_empty() {
        return errors.required(&path, "");
    }
    errors.format(&path, format::no_backsteps);
    if !TYPES.contains(&at.at("type").text()) {
        errors.unsupported(&at.at("type"), &TYPES);
    }
}

fn absolute_path(at: &At<'_>, errors: &mut Errors) {
    if !at.text().starts_with('/') {
        errors.invalid_text(at, "must be an absolute path");
    }
}

fn partition(at: &At<'_>, errors: &mut Errors) {
    if at.int().is_some_and(|number| !(0..=255).contains(&number)) {
        errors.invalid(at, "must be between 1 and 255, inclusive");
    }
}

/// The name of an initiator of iSCSI.
fn initiator(text: &str) -> Vec<String> {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_well = match text.get(..3) {
        Some("iqn") => {
            let date =
                text.get(3..11).is_some_and(|date| date.starts_with('.') && date.as_bytes()[5] == b'-');
            date && text.get(11..).is_some_and(|rest| rest.starts_with('.') && rest.contains(':'))
        }
        Some("eui") => text.len() == 20 && plain(&text[4..]),
        Some("naa") => text.len() == 36 && plain(&text[4..]),
        _ => return vec!["must be valid format starting with iqn, eui, or naa".to_owned()],
    };
    if is_well { Vec::new() } else { vec!["must be valid format".to_owned()] }
}

fn disk_uri(at: &At<'_>, errors: &mut Errors) {
    const MANAGED: &str =
        "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}";
    const BLOB: &str = "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd";
    let (kind, uri) = (at.at("kind"), at.at("diskURI"));
    let is_managed = kind.text() == "Managed";
    let start = if is_managed { "/subscriptions/" } else { "https://" };
    if kind.is_set() && !uri.text().starts_with(start) {
        errors.unsupported(&uri, &[if is_managed { MANAGED } else { BLOB }]);
    }
}

fn chap(at: &At<'_>, errors: &mut Errors) {
    let authenticates = at.at("chapAuthDiscovery").flag() || at.at("chapAuthSession").flag();
    if authenticates && !at.at("secretRef").is_set() {
        errors.required(&at.at("secretRef"), "");
    }
}

fn fibre_channel(at: &At<'_>, errors: &mut Errors) {
    let (names, ids, lun) = (at.at("targetWWNs"), at.at("wwids"), at.at("lun"));
    if names.is_empty() && ids.is_empty() {
        errors.required(&names, "must specify either targetWWNs or wwids, but not both");
    }
    if !names.is_empty() && !ids.is_empty() {
        errors.invalid(&names, "targetWWNs and wwids can not be specified simultaneously");
    }
    if !names.is_empty() {
        match lun.int() {
            None => errors.required(&lun, "lun is required if targetWWNs is specified"),
            Some(0..=255) => {}
            Some(_) => errors.invalid(&lun, "must be between 0 and 255, inclusive"),
        }
    }
}

fn flocker(at: &At<'_>, errors: &mut Errors) {
    let (name, uuid) = (at.at("datasetName"), at.at("datasetUUID"));
    if name.is_empty() && uuid.is_empty() {
        errors.required(at, "one of datasetName and datasetUUID is required");
    }
    if !name.is_empty() && !uuid.is_empty() {
        let why = "datasetName and datasetUUID can not be specified simultaneously";
        errors.invalid_as(at, "resource", why);
    }
    if name.text().contains('/') {
        errors.invalid_text(&name, "must not contain '/'");
    }
}
