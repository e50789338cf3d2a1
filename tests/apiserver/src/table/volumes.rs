//! Pure: the columns of volumes and storage.

use serde_json::Value;

use crate::table::cell::{Cell, Row, text};
use crate::table::format::{NONE, join, scalar};

const UNSET: &str = "<unset>";

pub(crate) fn cells(plural: &str) -> Option<&'static [Cell]> {
    Some(match plural {
        "persistentvolumes" => VOLUMES,
        "persistentvolumeclaims" => CLAIMS,
        "storageclasses" => STORAGE_CLASSES,
        "volumeattributesclasses" => &[Cell::Name, Cell::Text("driverName", ""), Cell::Age],
        "volumeattachments" => ATTACHMENTS,
        "csidrivers" => CSI_DRIVERS,
        "csinodes" => &[Cell::Name, Cell::Count(&["spec.drivers"]), Cell::Age],
        _ => return None,
    })
}

const VOLUMES: &[Cell] = &[
    Cell::Name,
    Cell::Of(|row| scalar(row.get("spec.capacity.storage"), "0").into()),
    Cell::Of(|row| modes(row, "spec.accessModes")),
    Cell::Text("spec.persistentVolumeReclaimPolicy", ""),
    Cell::Of(phase),
    Cell::Of(|row| match row.get("spec.claimRef") {
        None => "".into(),
        Some(claim) => format!("{}/{}", text(claim, "namespace"), text(claim, "name")).into(),
    }),
    Cell::Of(class),
    Cell::Text("spec.volumeAttributesClassName", UNSET),
    Cell::Text("status.reason", ""),
    Cell::Age,
    Cell::Text("spec.volumeMode", UNSET),
];

const CLAIMS: &[Cell] = &[
    Cell::Name,
    Cell::Of(phase),
    Cell::Text("spec.volumeName", ""),
    Cell::Of(|row| match row.text("spec.volumeName") {
        "" => "".into(),
        _ => scalar(row.get("status.capacity.storage"), "0").into(),
    }),
    Cell::Of(|row| match row.text("spec.volumeName") {
        "" => "".into(),
        _ => modes(row, "status.accessModes"),
    }),
    Cell::Of(class),
    Cell::Text("spec.volumeAttributesClassName", UNSET),
    Cell::Age,
    Cell::Text("spec.volumeMode", UNSET),
];

const STORAGE_CLASSES: &[Cell] = &[
    Cell::Name,
    Cell::Text("provisioner", ""),
    Cell::Text("reclaimPolicy", "Delete"),
    Cell::Text("volumeBindingMode", "Immediate"),
    Cell::Flag("allowVolumeExpansion", false),
    Cell::Age,
];

const ATTACHMENTS: &[Cell] = &[
    Cell::Name,
    Cell::Text("spec.attacher", ""),
    Cell::Text("spec.source.persistentVolumeName", ""),
    Cell::Text("spec.nodeName", ""),
    Cell::Flag("status.attached", false),
    Cell::Age,
];

const CSI_DRIVERS: &[Cell] = &[
    Cell::Name,
    Cell::Flag("spec.attachRequired", true),
    Cell::Flag("spec.podInfoOnMount", false),
    Cell::Flag("spec.storageCapacity", false),
    Cell::Of(|row| match row.get("spec.tokenRequests") {
        None => UNSET.into(),
        Some(_) => {
            join(row.list("spec.tokenRequests").iter().map(|request| text(request, "audience"))).into()
        }
    }),
    Cell::Flag("spec.requiresRepublish", false),
    Cell::Of(|row| {
        let modes = join(row.list("spec.volumeLifecycleModes").iter().filter_map(Value::as_str));
        if modes.is_empty() { NONE.into() } else { modes.into() }
    }),
    Cell::Age,
];

fn modes(row: Row<'_>, path: &str) -> Value {
    let modes = row.list(path);
    let short = [
        ("ReadWriteOnce", "RWO"),
        ("ReadOnlyMany", "ROX"),
        ("ReadWriteMany", "RWX"),
        ("ReadWriteOncePod", "RWOP"),
    ];
    join(short.into_iter().filter(|(mode, _)| modes.iter().any(|one| one == mode)).map(|(_, short)| short))
        .into()
}

fn phase(row: Row<'_>) -> Value {
    if row.has("metadata.deletionTimestamp") { "Terminating".into() } else { row.text("status.phase").into() }
}

/// The storage class, where an old annotation goes before the field.
fn class(row: Row<'_>) -> Value {
    let annotations = row.get("metadata.annotations");
    let old = annotations.and_then(|map| map.get("volume.beta.kubernetes.io/storage-class"));
    old.cloned().unwrap_or_else(|| row.text("spec.storageClassName").into())
}

/// The name of the storage class that claims without one get: the newest of those that say so, the first by name
/// among equals.
pub(crate) fn default_class<'a>(classes: impl Iterator<Item = &'a Value>) -> Option<&'a str> {
    const MARKS: [&str; 2] =
        ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];
    let is_default = |class: &&Value| {
        let annotations = class.get("metadata").and_then(|metadata| metadata.get("annotations"));
        MARKS.iter().any(|mark| annotations.and_then(|map| map.get(mark)) == Some(&Value::from("true")))
    };
    let by_age = |left: &&Value, right: &&Value| {
        let key = "metadata.creationTimestamp";
        let names = || text(right, "metadata.name").cmp(text(left, "metadata.name"));
        text(left, key).cmp(text(right, key)).then_with(names)
    };
    classes.filter(is_default).max_by(by_age).map(|class| text(class, "metadata.name"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_newest_default_class_counts() {
        let class = |name: &str, created: &str, default: &str| {
            json!({"metadata": {
                "name": name,
                "creationTimestamp": created,
                "annotations": {"storageclass.kubernetes.io/is-default-class": default},
            }})
        };
        let (old, new) = ("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
        let classes = [
            class("a", old, "true"),
            class("c", new, "true"),
            class("b", new, "true"),
            class("d", new, "false"),
        ];
        assert_eq!(default_class(classes.iter()), Some("b"));
        assert_eq!(default_class(classes[3..].iter()), None);
    }
}
