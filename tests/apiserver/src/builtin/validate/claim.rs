//! Pure: persistent volumes, the claims for them, and their classes.

use std::collections::{BTreeMap, BTreeSet};

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::internal;
use crate::builtin::validate::pod::placement;
use crate::builtin::validate::resources;
use crate::builtin::validate::rule::{Change, Rule, Rules};
use crate::builtin::validate::selector;
use crate::builtin::validate::volume_source as source;

const MODES: [&str; 4] = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

const VOLUME_MODE: Rule = Rule::Optional(&Rule::Exactly(&["Block", "Filesystem"]));

/// Rules of the spec of a claim.
pub(super) const SPEC: Rules = &[
    ("accessModes", Rule::Required("at least 1 access mode is required")),
    ("selector", Rule::Check(selector::selector)),
    ("accessModes", Rule::Check(access_modes)),
    ("resources", Rule::Check(storage_request)),
    ("storageClassName", Rule::Form(format::subdomain)),
    ("volumeMode", VOLUME_MODE),
    ("dataSource", Rule::Check(data_source)),
    ("dataSourceRef", Rule::Check(data_source)),
    ("", Rule::Check(one_data_source)),
    ("volumeAttributesClassName", Rule::Form(format::subdomain)),
];

pub(super) const CLAIM: Rules = &[("spec", Rule::Check(spec))];
pub(super) const CLAIM_CHANGES: &[Change] = &[Change::Rules(CLAIM), Change::Check(claim_change)];

fn spec(at: &At<'_>, errors: &mut Errors) {
    crate::builtin::validate::rule::run(SPEC, at, errors);
}

fn access_modes(at: &At<'_>, errors: &mut Errors) {
    let modes = at.texts();
    for mode in modes.iter().filter(|mode| !MODES.contains(*mode)) {
        errors.unsupported_as(at, *mode, &MODES);
    }
    let others = modes.iter().any(|mode| *mode != "ReadWriteOncePod" && MODES.contains(mode));
    if modes.contains(&"ReadWriteOncePod") && others {
        errors.forbidden(at, "may not use ReadWriteOncePod with other access modes");
    }
}

fn storage_request(at: &At<'_>, errors: &mut Errors) {
    let place = at.at("requests.storage").named(at.key("storage"));
    if !place.is_set() {
        return errors.required(&place, "");
    }
    let amount = resources::quantity(&place);
    if !amount.is_positive() {
        errors.invalid_as(&place, amount.to_string(), "must be greater than zero");
    }
}

fn data_source(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return;
    }
    let (group, kind) = (at.at("apiGroup"), at.at("kind"));
    Rule::Required("").judge(&at.at("name"), errors);
    Rule::Required("").judge(&kind, errors);
    if group.text().is_empty() && kind.text() != "PersistentVolumeClaim" {
        let why = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
        errors.invalid_as(at, kind.text(), why);
    }
    Rule::Form(format::subdomain).judge(&group, errors);
}

fn one_data_source(at: &At<'_>, errors: &mut Errors) {
    let (plain, full) = (at.at("dataSource"), at.at("dataSourceRef"));
    if !plain.is_set() || !full.is_set() {
        return;
    }
    let is_same =
        ["apiGroup", "kind", "name"].iter().all(|field| plain.at(field).value == full.at(field).value);
    if !full.at("namespace").text().is_empty() {
        errors.invalid_shown(at, "{}", "may not be specified when dataSourceRef.namespace is specified");
    } else if !is_same {
        errors.invalid_shown(at, "{}", "must match dataSourceRef");
    }
}

/// Only what a claim asks for may change, and only once it is bound.
fn claim_change(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    const CLASS: &str = "volume.beta.kubernetes.io/storage-class";
    let class = |at: &At<'_>| {
        let found = at.at("metadata.annotations").value.get(CLASS);
        found.and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
    };
    if class(new) != class(old) {
        let place = new.named(format!("metadata.annotations.{CLASS}"));
        errors.invalid_as(&place, class(new), "field is immutable");
    }
    let is_bound = new.at("status.phase").text() == "Bound";
    let mut allowed = new.at("spec").value.clone();
    let before = old.at("spec");
    let mut keep = |field: &str| match before.value.get(field) {
        Some(value) => allowed[field] = value.clone(),
        None => {
            allowed.as_object_mut().map(|map| map.remove(field));
        }
    };
    if before.at("volumeName").text().is_empty()
        && let Some(name) = new.at("spec").value.get("volumeName")
    {
        keep("volumeName");
        allowed["volumeName"] = name.clone();
    }
    let mut expected = before.value.clone();
    if let (true, Some(name)) =
        (before.at("volumeName").text().is_empty(), new.at("spec").value.get("volumeName"))
    {
        expected["volumeName"] = name.clone();
    }
    let (class, had) = (new.at("spec.storageClassName"), before.at("storageClassName"));
    if class.is_set() && !had.is_set() {
        allowed.as_object_mut().map(|map| map.remove("storageClassName"));
    }
    if is_bound {
        for map in ["resources", "volumeAttributesClassName"] {
            match before.value.get(map) {
                Some(value) => allowed[map] = value.clone(),
                None => {
                    allowed.as_object_mut().map(|object| object.remove(map));
                }
            }
        }
    }
    if allowed != expected {
        let why = "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";
        let difference = internal::difference(&expected, &allowed, "core.v1.PersistentVolumeClaimSpec");
        errors.forbidden(&new.at("spec"), format!("{why}\n{difference}"));
    }
    let request = "spec.resources.requests.storage";
    let (size, was) = (resources::quantity(&new.at(request)), resources::quantity(&old.at(request)));
    if size < was && size <= resources::quantity(&old.at("status.capacity.storage")) {
        errors.forbidden(&new.at(request), "field can not be less than status.capacity");
    }
    if new.at("spec.volumeMode").value != old.at("spec.volumeMode").value {
        errors.invalid(&new.at("spec.volumeMode").named("volumeMode"), "field is immutable");
    }
}

const SOURCES: [source::Source; 20] = [
    ("hostPath", "hostPath", source::HOST_PATH),
    ("gcePersistentDisk", "persistentDisk", source::GCE_DISK),
    ("awsElasticBlockStore", "awsElasticBlockStore", source::AWS_DISK),
    ("glusterfs", "glusterfs", source::GLUSTERFS),
    ("flocker", "flocker", source::FLOCKER),
    ("nfs", "nfs", source::NFS),
    ("rbd", "rbd", source::RBD),
    ("quobyte", "quobyte", source::QUOBYTE),
    ("cephfs", "cephfs", source::CEPHFS),
    ("iscsi", "iscsi", source::ISCSI),
    ("cinder", "cinder", source::CINDER),
    ("fc", "fc", source::FIBRE_CHANNEL),
    ("flexVolume", "flexVolume", source::FLEX),
    ("azureFile", "azureFile", source::AZURE_FILE),
    ("vsphereVolume", "vsphereVolume", source::VSPHERE),
    ("photonPersistentDisk", "photonPersistentDisk", source::PHOTON),
    ("portworxVolume", "portworxVolume", source::PORTWORX),
    ("azureDisk", "azureDisk", source::AZURE_DISK),
    ("scaleIO", "scaleIO", source::SCALE_IO),
    ("local", "local", &[("path", Rule::Name(format::no_backsteps))]),
];
const MORE_SOURCES: [source::Source; 2] =
    [("storageos", "storageos", source::STORAGE_OS), ("csi", "csi", CSI)];
const CSI: Rules = &[
    ("driver", Rule::Rules(source::DRIVER)),
    ("driver", Rule::Check(missing_driver)),
    ("volumeHandle", Rule::Required("")),
    ("controllerPublishSecretRef", Rule::Rules(SECRET)),
    ("controllerExpandSecretRef", Rule::Rules(SECRET)),
    ("nodePublishSecretRef", Rule::Rules(SECRET)),
    ("nodeExpandSecretRef", Rule::Rules(SECRET)),
];
const SECRET: Rules = &[("name", Rule::Name(format::subdomain)), ("namespace", Rule::Name(format::label))];

fn missing_driver(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        errors.required(at, "");
    }
}

pub(super) const VOLUME: Rules = &[
    ("spec.accessModes", Rule::Required("")),
    ("spec.accessModes", Rule::Check(access_modes)),
    ("spec.capacity", Rule::Required("")),
    ("spec.capacity", Rule::Check(capacity)),
    ("spec.persistentVolumeReclaimPolicy", Rule::OneOf(&["Delete", "Recycle", "Retain"])),
    ("spec.nodeAffinity", Rule::Check(node_affinity)),
    ("spec", Rule::Check(volume_source)),
    ("spec.storageClassName", Rule::Form(format::subdomain)),
    ("spec.volumeMode", VOLUME_MODE),
    ("spec", Rule::Check(attributes_class)),
];
pub(super) const VOLUME_CHANGES: &[Change] = &[Change::Rules(VOLUME), Change::Check(volume_change)];

fn capacity(at: &At<'_>, errors: &mut Errors) {
    let has_storage = at.value.get("storage").is_some();
    if !has_storage || at.len() > 1 {
        let shown = if at.is_set() { at.value.to_string() } else { "null".to_owned() };
        errors.push(kubist_structural::field_error::FieldError::not_supported_shown(
            &at.path,
            shown,
            &["storage"],
        ));
    }
    for (_, place) in at.entries() {
        let amount = resources::quantity(&place);
        if amount.is_negative() {
            let value = i64::try_from(resources::whole(&amount)).unwrap_or(i64::MIN);
            errors.invalid_as(&place, value, "must be a valid resource quantity");
        }
        if !amount.is_positive() {
            errors.invalid_as(&place, amount.to_string(), "must be greater than zero");
        }
    }
}

fn node_affinity(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return;
    }
    let required = at.at("required");
    if required.is_set() {
        placement::node_selector(&required, errors);
    } else {
        errors.required(&required, "must specify required node constraints");
    }
}

fn volume_source(at: &At<'_>, errors: &mut Errors) {
    let sources: Vec<source::Source> = SOURCES.iter().chain(&MORE_SOURCES).copied().collect();
    source::one_of(at, &sources, errors);
    if at.at("local").is_set() && !at.at("nodeAffinity").is_set() {
        errors.required(&at.at("nodeAffinity"), "Local volume requires node affinity");
    }
    let is_root = at.at("hostPath.path").text().trim_end_matches('/').is_empty();
    let policy = at.at("persistentVolumeReclaimPolicy");
    if at.at("hostPath").is_set() && is_root && policy.text() == "Recycle" {
        errors.forbidden(&policy, "may not be 'recycle' for a hostPath mount of '/'");
    }
}

fn attributes_class(at: &At<'_>, errors: &mut Errors) {
    let class = at.at("volumeAttributesClassName");
    if !class.is_set() {
        return;
    }
    if class.text().is_empty() {
        errors.required(&class, "an empty string is disallowed");
    } else {
        errors.format(&class, format::subdomain);
    }
    if !at.at("csi").is_set() {
        errors.required(&at.at("csi"), "has to be specified when using volumeAttributesClassName");
    }
}

fn volume_change(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    let only_sources = |at: &At<'_>| {
        let fields = SOURCES.iter().chain(&MORE_SOURCES);
        let spec = at.at("spec");
        fields
            .filter_map(|(field, ..)| Some(((*field).to_owned(), spec.value.get(*field)?.clone())))
            .collect::<serde_json::Map<_, _>>()
    };
    let (now, was) = (only_sources(new).into(), only_sources(old).into());
    if now != was {
        let difference = internal::difference(&was, &now, "core.v1.PersistentVolumeSource");
        let why = "spec.persistentvolumesource is immutable after creation";
        errors.forbidden(&new.at("spec.persistentvolumesource"), format!("{why}\n{difference}"));
    }
    if new.at("spec.volumeMode").value != old.at("spec.volumeMode").value {
        errors.invalid(&new.at("spec.volumeMode").named("volumeMode"), "field is immutable");
    }
    let (affinity, had) = (new.at("spec.nodeAffinity"), old.at("spec.nodeAffinity"));
    if had.is_set() && affinity.value != had.value {
        let shown = internal::show(&affinity, "core.v1.VolumeNodeAffinity");
        let why = "field is immutable, except for updating from beta label to GA";
        errors.invalid_shown(&affinity.named("nodeAffinity"), shown, why);
    }
}

pub(super) const CLASS: Rules = &[
    ("provisioner", Rule::Check(provisioner)),
    ("parameters", Rule::Check(parameters)),
    ("reclaimPolicy", Rule::OneOf(&["Delete", "Retain"])),
    ("volumeBindingMode", Rule::Check(binding_mode)),
    ("allowedTopologies", Rule::Check(topologies)),
    ("provisioner", Rule::Required("")),
];
pub(super) const CLASS_CHANGES: &[Change] = &[
    Change::Rules(CLASS),
    Change::Frozen("provisioner"),
    Change::Frozen("parameters"),
    Change::Frozen("reclaimPolicy"),
    Change::Frozen("volumeBindingMode"),
];

fn provisioner(at: &At<'_>, errors: &mut Errors) {
    let name = at.text().to_lowercase();
    for why in
        Some(&name).filter(|name| !name.is_empty()).map(|name| format::qualified(name)).into_iter().flatten()
    {
        errors.invalid_as(at, name.as_str(), why);
    }
}

fn parameters(at: &At<'_>, errors: &mut Errors) {
    if at.entries().iter().any(|(key, _)| key.is_empty()) {
        errors.invalid_as(at, "", "field can not be empty.");
    }
}

fn binding_mode(at: &At<'_>, errors: &mut Errors) {
    const MODES: [&str; 2] = ["Immediate", "WaitForFirstConsumer"];
    if !at.is_set() {
        errors.required(at, "");
    } else if !MODES.contains(&at.text()) {
        errors.unsupported(at, &MODES);
    }
}

fn topologies(at: &At<'_>, errors: &mut Errors) {
    // A term without anything is like the nothing that upstream compares it with.
    let mut terms = vec![BTreeMap::new()];
    for term in at.items() {
        let expressions = term.at("matchLabelExpressions").items();
        let meaning: BTreeMap<&str, BTreeSet<&str>> = expressions
            .iter()
            .map(|requirement| {
                (requirement.at("key").text(), requirement.at("values").texts().into_iter().collect())
            })
            .collect();
        let mut keys = Vec::new();
        for requirement in expressions {
            let (key, values) = (requirement.at("key"), requirement.at("values"));
            Rule::Required("").judge(&values, errors);
            let mut seen = Vec::new();
            for value in values.items() {
                if seen.contains(&value.text()) {
                    errors.duplicate(&value);
                }
                seen.push(value.text());
            }
            errors.format(&key, format::qualified);
            if keys.contains(&key.text()) {
                errors.duplicate_as(&key, key.text());
            }
            keys.push(key.text());
        }
        if terms.contains(&meaning) {
            errors.duplicate_as(&term.at("matchLabelExpressions"), "");
        }
        terms.push(meaning);
    }
}
