//! Pure: the life of a namespace. It empties itself, as in a cluster whose namespace controller is quick.

use std::sync::Arc;

use kubist_structural::field_error::FieldError;
use kubist_structural::node::strings;
use serde_json::Value;

use crate::apply;
use crate::cluster::{Cluster, namespaces};
use crate::kinds::{Collection, Kind};
use crate::meta;
use crate::rest::delete::{self, Deleted};
use crate::rest::delete_options::{DeleteOptions, Propagation};
use crate::rest::options::{self, WriteOptions};
use crate::rest::{Answer, Call, admit, garbage, write};
use crate::status::Status;
use crate::storage::Stored;

/// The finalizer in the spec that stands for the content.
const CONTENT: &str = "kubernetes";

/// The finalizers in the spec of a namespace.
pub(crate) fn finalizers(namespace: &Value) -> Vec<String> {
    strings(namespace.get("spec").and_then(|spec| spec.get("finalizers")))
}

/// A new namespace has a finalizer for its content, besides those that it was made with.
pub(crate) fn prepare(namespace: &mut Value, mut wanted: Vec<String>) {
    if !wanted.iter().any(|finalizer| finalizer == CONTENT) {
        wanted.push(CONTENT.to_owned());
    }
    namespace["spec"]["finalizers"] = wanted.into();
}

/// The phase that a status claims is the one that the namespace is in.
pub(crate) fn check_phase(namespace: &Value) -> Result<(), Status> {
    let (wanted, state) =
        if meta::is_being_deleted(namespace) { ("Terminating", "not empty") } else { ("Active", "empty") };
    let phase = namespace["status"]["phase"].as_str().unwrap_or_default();
    if phase == wanted {
        return Ok(());
    }
    let why = format!("may only be '{wanted}' if `deletionTimestamp` is {state}");
    let error = FieldError::invalid("status.Phase", phase, why);
    Err(Status::invalid("", "Namespace", meta::text(namespace, "name"), &[error]))
}

/// PUT on `finalize`: the one way to change the finalizers in the spec.
pub(crate) fn finalize(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let WriteOptions { dry_run, validation } = options::read(&call.query, "UpdateOptions")?;
    let kind = Arc::clone(&call.kind);
    let key = call.key()?;
    let object = admit::read(call, validation)?;
    write::check_name(&object, &key.name)?;
    let current = cluster.get(&kind, &key)?;
    let mut errors = Vec::new();
    for (index, finalizer) in finalizers(&object).iter().enumerate() {
        meta::rules::finalizer(finalizer, &format!("spec.finalizers[{index}]"), &mut errors);
    }
    if !errors.is_empty() {
        return Err(Status::invalid("", &kind.kind, &key.name, &errors));
    }
    let stored = write::update(cluster, call, &current, object, dry_run, |new, old, call| {
        apply::track::record(Some(old), new, &write::writer(call, &call.kind));
    })?;
    if !dry_run {
        finish(cluster, &key.name, &call.now);
    }
    Ok(Answer::stored(200, &stored, &kind))
}

/// A first delete marks the namespace; it goes when its finalizers and its content have gone.
pub(crate) fn delete(
    cluster: &mut Cluster,
    kind: &Kind,
    current: &Arc<Stored>,
    options: &DeleteOptions,
    now: &str,
) -> Result<Deleted, Status> {
    let name = current.key.name.as_str();
    if meta::is_being_deleted(&current.object) {
        if finalizers(&current.object).is_empty() {
            return delete::delete_object(cluster, kind, current, options, now);
        }
        return Ok(Deleted::waiting(Arc::clone(current)));
    }
    if matches!(name, "default" | "kube-system" | "kube-public") {
        return Err(Status::forbidden(kind, name, "this namespace may not be deleted", Value::Null));
    }
    let mut object = current.object.clone();
    // Here the old spelling means the foreground where it says that dependents are not to be orphaned.
    let propagation = match options.orphan {
        Some(true) => Some(Propagation::Orphan),
        Some(false) => Some(Propagation::Foreground),
        None => options.propagation,
    };
    let options_here = DeleteOptions { orphan: None, propagation, ..options.clone() };
    let wanted = delete::finalizers_after(kind, &object, &options_here);
    delete::set_finalizers(&mut object, wanted);
    meta::metadata(&mut object).insert("deletionTimestamp".to_owned(), now.into());
    object["status"]["phase"] = "Terminating".into();
    if options.dry_run {
        return Ok(Deleted::waiting(write::unstored(current.key.clone(), kind, object)));
    }
    let stored = cluster.put(kind, current.key.clone(), object)?;
    empty(cluster, name, now);
    garbage::of_deleted(cluster, kind, &stored, now);
    finish(cluster, name, now);
    Ok(Deleted::waiting(stored))
}

/// Everything in a namespace is deleted, at once.
fn empty(cluster: &mut Cluster, namespace: &str, now: &str) {
    let content: Vec<(Collection, Arc<Stored>)> = cluster
        .store
        .collections()
        .flat_map(|(name, collection)| {
            collection.range(Some(namespace), None).map(|stored| (name.clone(), Arc::clone(stored)))
        })
        .collect();
    for (name, stored) in content {
        let Some(kind) = cluster.registry.any_version(&name).cloned() else {
            continue;
        };
        // What an earlier one took along is gone already; what is left now may have changed.
        if let Ok(current) = cluster.get(&kind, &stored.key) {
            let options = DeleteOptions { grace: Some(0), ..DeleteOptions::default() };
            let _kept = delete::delete_one(cluster, &kind, &current, &options, now);
        }
    }
}

/// When nothing is left in a namespace that is being deleted, its content is finalized; with its last finalizer it goes.
pub(crate) fn finish(cluster: &mut Cluster, name: &str, now: &str) {
    let Some(namespace) = cluster.namespace(name).cloned() else {
        return;
    };
    if !meta::is_being_deleted(&namespace.object) || !cluster.is_empty(name) {
        return;
    }
    let Some(kind) = cluster.registry.any_version(&namespaces()).cloned() else {
        return;
    };
    let left: Vec<String> =
        finalizers(&namespace.object).into_iter().filter(|finalizer| finalizer != CONTENT).collect();
    if left.is_empty() && meta::finalizers(&namespace.object).is_empty() {
        delete::remove(cluster, &kind, &namespace.key, now);
    } else if left != finalizers(&namespace.object) {
        let mut object = namespace.object.clone();
        match object["spec"].as_object_mut() {
            Some(spec) if left.is_empty() => drop(spec.remove("finalizers")),
            _ => object["spec"]["finalizers"] = left.into(),
        }
        let _kept = cluster.put(&kind, namespace.key.clone(), object);
    }
}
