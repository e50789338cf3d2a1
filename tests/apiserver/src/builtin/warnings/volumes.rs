//! Pure: warnings of volumes, claims and amounts of bytes.

use serde_json::Value;

use crate::builtin::quantity::Quantity;
use crate::builtin::warnings::text;

/// Sources of volumes that do nothing any more, and since when.
const GONE: [(&str, &str); 9] = [
    ("photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
    ("gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"),
    ("scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
    ("flocker", "deprecated in v1.22, non-functional in v1.25+"),
    ("storageos", "deprecated in v1.22, non-functional in v1.25+"),
    ("quobyte", "deprecated in v1.22, non-functional in v1.25+"),
    ("glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
    ("cephfs", "deprecated in v1.28, non-functional in v1.31+"),
    ("rbd", "deprecated in v1.28, non-functional in v1.31+"),
];

/// Warns of a source in a volume of a pod or of the cluster; `path` leads to it.
pub(super) fn warn_source(volume: &Value, path: &str, warnings: &mut Vec<String>) {
    for (name, why) in GONE {
        if volume.get(name).is_some_and(|source| !source.is_null()) {
            let shown = if name == "storageos" { "storageOS" } else { name };
            warnings.push(format!("{path}.{shown}: {why}"));
        }
    }
}

/// Annotations that were fields before they were.
const ANNOTATIONS: [(&str, &str); 2] = [
    (
        "volume.beta.kubernetes.io/storage-class",
        "deprecated since v1.8; use \"storageClassName\" attribute instead",
    ),
    (
        "volume.beta.kubernetes.io/mount-options",
        "deprecated since v1.31; use \"mountOptions\" attribute instead",
    ),
];

/// Warns of a volume of the cluster.
pub(super) fn warn(volume: &Value, warnings: &mut Vec<String>) {
    warn_annotations(volume, &ANNOTATIONS, warnings);
    if text(&volume["spec"], "persistentVolumeReclaimPolicy") == "Recycle" {
        let why = "The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.";
        warnings.push(format!("spec.persistentVolumeReclaimPolicy: {why}"));
    }
    warn_source(&volume["spec"], "spec", warnings);
}

fn warn_annotations(object: &Value, known: &[(&str, &str)], warnings: &mut Vec<String>) {
    for (name, why) in known {
        if object["metadata"]["annotations"].get(name).is_some() {
            warnings.push(format!("metadata.annotations[{name}]: {why}"));
        }
    }
}

/// Warns of a claim.
pub(super) fn warn_whole_claim(claim: &Value, warnings: &mut Vec<String>) {
    warn_annotations(claim, &ANNOTATIONS[..1], warnings);
    warn_claim(&claim["spec"], "spec", warnings);
}

/// Warns of the spec of a claim; `path` leads to it.
pub(super) fn warn_claim(spec: &Value, path: &str, warnings: &mut Vec<String>) {
    for list in ["requests", "limits"] {
        warn_bytes(&spec["resources"][list], "storage", &format!("{path}.resources.{list}"), warnings);
    }
}

/// There are no parts of bytes.
pub(super) fn warn_bytes(amounts: &Value, resource: &str, path: &str, warnings: &mut Vec<String>) {
    let amount = text(amounts, resource);
    if let Ok(exact) = Quantity::parse(amount)
        && !exact.is_whole()
    {
        let why = "is invalid, must be an integer";
        warnings.push(format!("{path}[{resource}]: fractional byte value \"{amount}\" {why}"));
    }
}
