//! Pure: the conditional defaults of what keeps pods running.

use serde_json::{Value, json};

use crate::builtin::defaults::edit::{self, Fields};

/// A rolling update says how many pods it may touch at once.
pub(super) fn fill_deployment(spec: &mut Fields) {
    if let Some(rolling) = rolling_update(spec, "strategy") {
        edit::default(rolling, "maxUnavailable", "25%");
        edit::default(rolling, "maxSurge", "25%");
    }
}

/// See [`fill_deployment`].
pub(super) fn fill_daemon_set(spec: &mut Fields) {
    if let Some(rolling) = rolling_update(spec, "updateStrategy") {
        edit::default(rolling, "maxUnavailable", 1);
        edit::default(rolling, "maxSurge", 0);
    }
}

fn rolling_update<'a>(spec: &'a mut Fields, name: &str) -> Option<&'a mut Fields> {
    let strategy = edit::child(spec, name);
    (edit::text(strategy, "type") == "RollingUpdate").then(|| edit::child(strategy, "rollingUpdate"))
}

/// A stateful set that names its strategy says itself whether it has the details. To be called before the strategy
/// has its default.
pub(super) fn fill_stateful_set(spec: &mut Fields) {
    let strategy = edit::child(spec, "updateStrategy");
    if edit::is_empty(strategy, "type") {
        strategy.insert("type".to_owned(), json!("RollingUpdate"));
        edit::child(strategy, "rollingUpdate");
    }
    let is_rolling = edit::text(strategy, "type") == "RollingUpdate";
    if let Some(Value::Object(rolling)) = strategy.get_mut("rollingUpdate").filter(|_| is_rolling) {
        edit::default(rolling, "partition", 0);
        edit::default(rolling, "maxUnavailable", 1);
    }
    for claim in edit::items(spec, "volumeClaimTemplates") {
        edit::default(claim, "apiVersion", "v1");
        edit::default(claim, "kind", "PersistentVolumeClaim");
    }
}

/// The labels of the template are the selector, and the controller's own.
pub(super) fn fill_replication_controller(object: &mut Value) {
    let labels = edit::get(object, &["spec", "template", "metadata", "labels"]).cloned();
    let Some(labels) = labels else {
        return;
    };
    for (path, name) in [("spec", "selector"), ("metadata", "labels")] {
        let fields = edit::make(object, &[path]);
        if edit::is_empty(fields, name) {
            fields.insert(name.to_owned(), labels.clone());
        }
    }
}

/// The annotation in which a daemon set counts the changes of its template.
const TEMPLATE_GENERATION: &str = "deprecated.daemonset.template.generation";

/// Counts the changes of the template of a daemon set.
pub(super) fn count_template(object: &mut Value, old: Option<&Value>) {
    let read = |object: &Value| {
        let text = edit::text_at(object, &["metadata", "annotations", TEMPLATE_GENERATION]);
        text.parse::<i64>().unwrap_or(0)
    };
    let count = match old {
        None => read(object).max(1),
        Some(old) => {
            let template = |object: &Value| edit::get(object, &["spec", "template"]).cloned();
            read(old) + i64::from(template(old) != template(object))
        }
    };
    let annotations = edit::make(object, &["metadata", "annotations"]);
    annotations.insert(TEMPLATE_GENERATION.to_owned(), count.to_string().into());
}

/// The count is a field of the daemon set that only an annotation shows.
pub(super) fn mark_template(object: &mut Value) {
    let annotations = edit::make(object, &["metadata", "annotations"]);
    annotations.entry(TEMPLATE_GENERATION).or_insert_with(|| "0".into());
}
