//! Pure: the volumes of a pod.

use kubist_structural::field_error::quote;

use crate::builtin::validate::at::At;
use crate::builtin::validate::claim;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::pod::env;
use crate::builtin::validate::resources;
use crate::builtin::validate::rule::{Rule, Rules, run};
use crate::builtin::validate::selector;
use crate::builtin::validate::volume_source as source;

const SOURCES: [source::Source; 29] = [
    ("emptyDir", "emptyDir", &[("sizeLimit", Rule::Check(size_limit))]),
    ("hostPath", "hostPath", source::HOST_PATH),
    ("gitRepo", "gitRepo", source::GIT_REPO),
    ("gcePersistentDisk", "persistentDisk", source::GCE_DISK),
    ("awsElasticBlockStore", "awsElasticBlockStore", source::AWS_DISK),
    ("secret", "secret", SECRET),
    ("nfs", "nfs", source::NFS),
    ("iscsi", "iscsi", source::ISCSI),
    ("glusterfs", "glusterfs", source::GLUSTERFS),
    ("flocker", "flocker", source::FLOCKER),
    ("persistentVolumeClaim", "persistentVolumeClaim", &[("claimName", Rule::Required(""))]),
    ("rbd", "rbd", source::RBD),
    ("cinder", "cinder", source::CINDER),
    ("cephfs", "cephfs", source::CEPHFS),
    ("quobyte", "quobyte", source::QUOBYTE),
    ("downwardAPI", "downwardAPI", DOWNWARD_API),
    ("fc", "fc", source::FIBRE_CHANNEL),
    ("flexVolume", "flexVolume", source::FLEX),
    ("configMap", "configMap", CONFIG_MAP),
    ("azureFile", "azureFile", source::AZURE_FILE),
    ("vsphereVolume", "vsphereVolume", source::VSPHERE),
    ("photonPersistentDisk", "photonPersistentDisk", source::PHOTON),
    ("portworxVolume", "portworxVolume", source::PORTWORX),
    ("azureDisk", "azureDisk", source::AZURE_DISK),
    ("storageos", "storageos", source::STORAGE_OS),
    ("projected", "projected", &[("defaultMode", MODE), ("", Rule::Check(projected))]),
    ("scaleIO", "scaleIO", source::SCALE_IO),
    ("csi", "csi", &[("driver", Rule::Rules(source::DRIVER)), ("", Rule::Check(csi))]),
    ("ephemeral", "ephemeral", &[("volumeClaimTemplate", Rule::Check(claim_template))]),
];
const IMAGE: source::Source = (
    "image",
    "image",
    &[("reference", Rule::Required("")), ("pullPolicy", Rule::Needed(&["Always", "IfNotPresent", "Never"]))],
);

const MODE: Rule = Rule::Check(mode);
const SECRET: Rules =
    &[("secretName", Rule::Required("")), ("defaultMode", MODE), ("items[]", Rule::Rules(KEY_TO_PATH))];
const CONFIG_MAP: Rules =
    &[("name", Rule::Required("")), ("defaultMode", MODE), ("items[]", Rule::Rules(KEY_TO_PATH))];
const KEY_TO_PATH: Rules = &[
    ("key", Rule::Required("")),
    ("path", Rule::Required("")),
    ("path", Rule::Form(format::volume_file)),
    ("mode", MODE),
];
const DOWNWARD_API: Rules = &[("defaultMode", MODE), ("", Rule::Check(files))];

/// Judges the volumes of the pod of this name, if it has one yet; gives those that are well formed.
pub(super) fn volumes<'a>(at: &At<'a>, pod_name: &str, errors: &mut Errors) -> Vec<At<'a>> {
    let mut good: Vec<At<'a>> = Vec::new();
    for volume in at.items() {
        let mut found = Errors::default();
        let mut sources = SOURCES.to_vec();
        sources.push(IMAGE);
        source::one_of(&volume, &sources, &mut found);
        let name = volume.at("name");
        if volume.at("ephemeral").is_set() && !pod_name.is_empty() && !name.text().is_empty() {
            let claim = format!("{pod_name}-{}", name.text());
            for why in format::subdomain(&claim) {
                found.invalid(&name, format!("PVC name {}: {why}", quote(&claim)));
            }
        }
        run(&[("name", Rule::Name(format::label))], &volume, &mut found);
        if good.iter().any(|other| other.at("name").text() == name.text()) {
            found.duplicate(&name);
        }
        if found.len() == 0 {
            good.push(volume);
        }
        errors.append(found);
    }
    good
}

fn mode(at: &At<'_>, errors: &mut Errors) {
    if at.int().is_some_and(|mode| !(0..=0o777).contains(&mode)) {
        errors.invalid(at, "must be a number between 0 and 0777 (octal), both inclusive");
    }
}

fn size_limit(at: &At<'_>, errors: &mut Errors) {
    if resources::quantity(at).is_negative() {
        errors.forbidden(at, "SizeLimit field must be a valid resource quantity");
    }
}

/// Files of the downward API; their mistakes are reported at the list's owner.
fn files(at: &At<'_>, errors: &mut Errors) {
    for file in at.at("items").items() {
        let file = file.named(&at.path);
        run(&[("path", Rule::Required("")), ("path", Rule::Form(format::volume_file))], &file, errors);
        let (field, resource) = (file.at("fieldRef"), file.at("resourceFieldRef"));
        if field.is_set() {
            env::field_ref(&field, &env::VOLUME_FIELDS, errors);
            if resource.is_set() {
                let why = "fieldRef and resourceFieldRef can not be specified simultaneously";
                errors.invalid_as(&file, "resource", why);
            }
        } else if resource.is_set() {
            env::resource_field_ref(&resource, true, errors);
        } else {
            errors.required(&file, "one of fieldRef and resourceFieldRef is required");
        }
        run(&[("mode", MODE)], &file, errors);
    }
}

fn projected(at: &At<'_>, errors: &mut Errors) {
    let mut paths: Vec<String> = Vec::new();
    let mut take = |path: &str, shown: &str, errors: &mut Errors| {
        if path.is_empty() {
        } else if paths.iter().any(|other| other == path) {
            errors.invalid_as(at, shown, "conflicting duplicate paths");
        } else {
            paths.push(path.to_owned());
        }
    };
    for projection in at.at("sources").items() {
        for name in ["secret", "configMap"] {
            let source = projection.at(name);
            if source.is_set() {
                run(&[("name", Rule::Required(""))], &source, errors);
                for item in source.at("items").items() {
                    run(KEY_TO_PATH, &item, errors);
                    take(item.at("path").text(), source.at("name").text(), errors);
                }
            }
        }
        let downward = projection.at("downwardAPI");
        files(&downward, errors);
        for item in downward.at("items").items() {
            take(item.at("path").text(), item.at("path").text(), errors);
        }
        token(&projection.at("serviceAccountToken"), at, errors);
        bundle(&projection.at("clusterTrustBundle"), errors);
        const KINDS: [&str; 6] = [
            "secret",
            "configMap",
            "downwardAPI",
            "serviceAccountToken",
            "clusterTrustBundle",
            "podCertificate",
        ];
        if KINDS.iter().filter(|kind| projection.at(kind).is_set()).count() > 1 {
            errors.forbidden(&projection, "may not specify more than 1 volume type per source");
        }
    }
}

fn token(at: &At<'_>, owner: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return;
    }
    let seconds = at.at("expirationSeconds");
    match seconds.int() {
        None => errors.required(&seconds, ""),
        Some(..600) => errors.invalid(&seconds, "may not specify a duration less than 10 minutes"),
        Some(4_294_967_297..) => {
            errors.invalid(&seconds, "may not specify a duration larger than 2^32 seconds");
        }
        Some(_) => {}
    }
    let path = at.at("path").named(owner.at("path").path);
    if path.text().is_empty() {
        errors.required(&path, "");
    } else {
        errors.format(&path, format::volume_file);
    }
}

fn bundle(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return;
    }
    let (name, signer) = (at.at("name"), at.at("signerName"));
    match (name.is_set(), signer.is_set()) {
        (true, true) => errors.invalid(at, "only one of name and signerName may be used"),
        (true, false) if name.text().is_empty() => errors.required(&name, "must be a valid object name"),
        (false, true) if signer.text().is_empty() => {
            errors.required(&signer, "must be a valid signer name");
        }
        (false, false) => errors.required(at, "either name or signerName must be specified"),
        (true, false) | (false, true) => selector::selector(&at.at("labelSelector"), errors),
    }
    run(&[("path", Rule::Required("")), ("path", Rule::Form(format::volume_file))], at, errors);
}

fn csi(at: &At<'_>, errors: &mut Errors) {
    let secret = at.at("nodePublishSecretRef");
    if !secret.is_set() {
        return;
    }
    let name = secret.at("name");
    if name.text().is_empty() {
        errors.required(&name, "");
    } else {
        errors.format(&name.named(at.at("name").path), format::subdomain);
    }
}

fn claim_template(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return errors.required(at, "");
    }
    selector::annotations(&at.at("metadata.annotations"), errors);
    selector::labels(&at.at("metadata.labels"), errors);
    for (name, _) in at.at("metadata").entries() {
        if !matches!(name, "annotations" | "labels" | "creationTimestamp") {
            errors.forbidden(&at.at("metadata").at(name), "cannot be set");
        }
    }
    run(claim::SPEC, &at.at("spec"), errors);
}
