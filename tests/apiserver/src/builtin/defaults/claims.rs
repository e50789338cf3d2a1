//! Pure: the data source of a volume claim, which has two names.

use serde_json::{Value, json};

use crate::builtin::defaults::edit::{self, Fields};

/// Gives both names the same source; the older one knows only claims and snapshots.
pub(super) fn agree_on_source(spec: &mut Fields, old: Option<&Fields>) {
    let in_use =
        old.is_some_and(|old| !edit::is_absent(old, "dataSource") || !edit::is_absent(old, "dataSourceRef"));
    let known = spec.get("dataSource").and_then(Value::as_object).is_none_or(is_claim_or_snapshot);
    if !in_use && edit::is_absent(spec, "dataSourceRef") && !known {
        spec.remove("dataSource");
    }
    let source = spec.get("dataSource").and_then(Value::as_object).map(copy);
    let reference = spec.get("dataSourceRef").and_then(Value::as_object);
    let is_local = reference.is_some_and(|reference| edit::is_empty(reference, "namespace"));
    let reference = reference.map(copy);
    match (source, reference) {
        (Some(source), None) => edit::put(spec, "dataSourceRef", Some(source)),
        (None, Some(reference)) if is_local => edit::put(spec, "dataSource", Some(reference)),
        _ => {}
    }
}

fn copy(source: &Fields) -> Value {
    let group = source.get("apiGroup").cloned().unwrap_or(Value::Null);
    json!({"apiGroup": group, "kind": edit::text(source, "kind"), "name": edit::text(source, "name")})
}

fn is_claim_or_snapshot(source: &Fields) -> bool {
    matches!(
        (edit::text(source, "apiGroup"), edit::text(source, "kind")),
        ("", "PersistentVolumeClaim") | ("snapshot.storage.k8s.io", "VolumeSnapshot")
    )
}
