//! Pure: the conditional defaults of jobs, and the selector that a job makes of its uid.

use serde_json::{Value, json};

use crate::builtin::defaults::edit;
use crate::meta;

/// To be called before the unconditional defaults, which hide that neither number was given.
pub(super) fn fill(object: &mut Value) {
    let spec = edit::make(object, &["spec"]);
    if edit::is_absent(spec, "completions") && edit::is_absent(spec, "parallelism") {
        spec.insert("completions".to_owned(), json!(1));
    }
    let retries = if edit::is_absent(spec, "backoffLimitPerIndex") { 6 } else { i32::MAX };
    edit::default(spec, "backoffLimit", retries);
    let policy = if edit::is_absent(spec, "podFailurePolicy") { "TerminatingOrFailed" } else { "Failed" };
    edit::default(spec, "podReplacementPolicy", policy);
}

/// A job without labels has those of its pods. Says whether it is so.
pub(super) fn share_labels(object: &mut Value) -> bool {
    let is_bare = edit::get(object, &["metadata", "labels"]).is_none();
    if is_bare && let Some(labels) = edit::get(object, TEMPLATE_LABELS).cloned() {
        meta::metadata(object).insert("labels".to_owned(), labels);
    }
    is_bare
}

const TEMPLATE_LABELS: &[&str] = &["spec", "template", "metadata", "labels"];

/// Marks the pods of a new job with its name and uid, unless it has a selector of its own.
pub(super) fn generate_selector(object: &mut Value) {
    if edit::get(object, &["spec", "manualSelector"]) == Some(&Value::Bool(true)) {
        return;
    }
    let (name, uid) = (meta::text(object, "name").to_owned(), meta::text(object, "uid").to_owned());
    let labels = edit::make(object, TEMPLATE_LABELS);
    for (label, value) in [
        ("job-name", &name),
        ("batch.kubernetes.io/job-name", &name),
        ("controller-uid", &uid),
        ("batch.kubernetes.io/controller-uid", &uid),
    ] {
        labels.entry(label).or_insert_with(|| value.clone().into());
    }
    let selector = edit::make(object, &["spec", "selector", "matchLabels"]);
    selector.entry("batch.kubernetes.io/controller-uid").or_insert_with(|| uid.into());
}
