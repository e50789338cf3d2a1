//! Pure: what metadata must be to be stored.

use kubist_structural::field_error::FieldError;
use kubist_structural::metadata::validate_maps;
use kubist_structural::names;
use serde_json::{Map, Value};

use crate::kinds::Kind;
use crate::meta::strategy;
use crate::meta::{self, owners};

/// Finalizers of the garbage collector.
pub(crate) const ORPHAN: &str = "orphan";
pub(crate) const FOREGROUND: &str = "foregroundDeletion";
const STANDARD: [&str; 3] = ["kubernetes", ORPHAN, FOREGROUND];

fn each(errors: &mut Vec<FieldError>, path: &str, value: &str, problems: Vec<String>) {
    errors.extend(problems.into_iter().map(|why| FieldError::invalid(path, value, why)));
}

/// What is wrong with the metadata of an object that is new.
pub(crate) fn validate(object: &Value, kind: &Kind) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let base = meta::text(object, "generateName");
    if !base.is_empty() {
        each(&mut errors, "metadata.generateName", base, strategy::name(kind, base, true));
    }
    let name = meta::text(object, "name");
    if name.is_empty() {
        errors.push(FieldError::required("metadata.name", "name or generateName is required"));
    } else {
        each(&mut errors, "metadata.name", name, strategy::name(kind, name, false));
    }
    validate_common(object, kind, &mut errors);
    validate_standard(object, kind, &mut errors);
    errors
}

/// What an update must not do to the metadata. Custom resources are told everything as often as it is found; what
/// other kinds find twice is told once, after all.
pub(crate) fn validate_update(new: &Value, old: &Value, kind: &Kind) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let base = meta::text(new, "generateName");
    each(&mut errors, "metadata.generateName", base, names::path_segment(base, true));
    validate_common(new, kind, &mut errors);
    let mut changes = Vec::new();
    validate_changes(new, old, &mut changes);
    errors.extend(changes.clone());
    errors.extend(changes);
    validate_standard(new, kind, &mut errors);
    errors
}

/// Leaves the first of equal errors.
pub(crate) fn told_once(errors: &mut Vec<FieldError>) {
    let mut kept: Vec<FieldError> = Vec::with_capacity(errors.len());
    for error in errors.drain(..) {
        if !kept.contains(&error) {
            kept.push(error);
        }
    }
    *errors = kept;
}

fn validate_common(object: &Value, kind: &Kind, errors: &mut Vec<FieldError>) {
    let namespace = meta::text(object, "namespace");
    if kind.namespaced && namespace.is_empty() {
        errors.push(FieldError::required("metadata.namespace", ""));
    } else if kind.namespaced {
        each(errors, "metadata.namespace", namespace, names::label(namespace));
    }
    validate_maps(object, errors);
    owners::validate(object, errors);
    let finalizers = meta::finalizers(object);
    for finalizer in &finalizers {
        each(errors, "metadata.finalizers", finalizer, names::label_key(finalizer));
    }
    if [ORPHAN, FOREGROUND].iter().all(|name| finalizers.iter().any(|finalizer| finalizer == name)) {
        let why = format!("finalizer {ORPHAN} and {FOREGROUND} cannot be both set");
        errors.push(FieldError::invalid("metadata.finalizers", finalizers, why));
    }
}

/// Built-in kinds know the finalizers that have no domain.
fn validate_standard(object: &Value, kind: &Kind, errors: &mut Vec<FieldError>) {
    if !strategy::knows_its_finalizers(kind) {
        return;
    }
    for (index, finalizer) in meta::finalizers(object).iter().enumerate() {
        standard(finalizer, &format!("metadata.finalizers[{index}]"), errors);
    }
}

fn standard(finalizer: &str, path: &str, errors: &mut Vec<FieldError>) {
    if !finalizer.contains('/') && !STANDARD.contains(&finalizer) {
        let why = "name is neither a standard finalizer name nor is it fully qualified";
        errors.push(FieldError::invalid(path, finalizer, why));
    }
}

/// What is wrong with one finalizer of a built-in object.
pub(crate) fn finalizer(finalizer: &str, path: &str, errors: &mut Vec<FieldError>) {
    each(errors, path, finalizer, names::label_key(finalizer));
    standard(finalizer, path, errors);
}

fn validate_changes(new: &Value, old: &Value, errors: &mut Vec<FieldError>) {
    let added = added_finalizers(new, old);
    if meta::is_being_deleted(old) && !added.is_empty() {
        let list: Vec<String> = added.iter().map(|finalizer| format!("\"{finalizer}\"")).collect();
        let why = format!(
            "no new finalizers can be added if the object is being deleted, found new finalizers []string{{{}}}",
            list.join(", ")
        );
        errors.push(FieldError::forbidden("metadata.finalizers", why));
    }
    for field in ["name", "namespace", "uid", "creationTimestamp", "deletionTimestamp"] {
        if meta::text(new, field) != meta::text(old, field) {
            let path = format!("metadata.{field}");
            errors.push(FieldError::invalid(&path, meta::text(new, field), "field is immutable"));
        }
    }
    let grace = "deletionGracePeriodSeconds";
    if meta::field(new, grace) != meta::field(old, grace) {
        let value = meta::field(new, grace).cloned().unwrap_or(Value::Null);
        errors.push(FieldError::invalid("metadata.deletionGracePeriodSeconds", value, "field is immutable"));
    }
    validate_maps(new, errors);
    owners::validate(new, errors);
}

/// The finalizers that `old` does not have, in order and each once.
fn added_finalizers(new: &Value, old: &Value) -> Vec<String> {
    let before = meta::finalizers(old);
    let mut added: Vec<String> =
        meta::finalizers(new).into_iter().filter(|finalizer| !before.contains(finalizer)).collect();
    added.sort();
    added.dedup();
    added
}

/// What a custom resource is told about its new finalizers.
pub(crate) fn warnings(kind: &Kind, new: &Value, old: Option<&Value>) -> Vec<String> {
    if kind.custom.is_none() {
        return Vec::new();
    }
    let none = Value::Object(Map::new());
    let mut warnings = Vec::new();
    for finalizer in added_finalizers(new, old.unwrap_or(&none)) {
        let start = format!("metadata.finalizers: \"{finalizer}\": ");
        warnings.extend(names::label_key(&finalizer).into_iter().map(|why| format!("{start}{why}")));
        if !finalizer.contains('/') && !STANDARD.contains(&finalizer.as_str()) {
            let path = if finalizer.contains('.') { " including a path (/)" } else { "" };
            warnings.push(format!(
                "{start}prefer a domain-qualified finalizer name{path} to avoid accidental conflicts with other finalizer writers"
            ));
        }
    }
    warnings
}
