//! Pure: a definition that is deleted takes its objects along, and goes when the last of them has gone.

use std::sync::Arc;

use serde_json::Value;

use crate::cluster::Cluster;
use crate::crd::{conditions, kinds};
use crate::kinds::{Collection, Kind};
use crate::meta;
use crate::rest::definitions::establish;
use crate::rest::delete::{self, Deleted};
use crate::rest::delete_options::DeleteOptions;
use crate::rest::write;
use crate::status::Status;
use crate::storage::{Key, Stored};

const FINALIZER: &str = "customresourcecleanup.apiextensions.k8s.io";
const TERMINATING: &str = "Terminating";

/// DELETE of a definition.
pub(crate) fn delete(
    cluster: &mut Cluster,
    kind: &Kind,
    current: &Arc<Stored>,
    options: &DeleteOptions,
    now: &str,
) -> Result<Deleted, Status> {
    check_preconditions(kind, current, options)?;
    if meta::is_being_deleted(&current.object) {
        return delete::delete_object(cluster, kind, current, options, now);
    }
    let mut definition = current.object.clone();
    let mut finalizers = meta::finalizers(&definition);
    if !finalizers.iter().any(|name| name == FINALIZER) {
        finalizers.push(FINALIZER.to_owned());
    }
    delete::set_finalizers(&mut definition, finalizers);
    meta::metadata(&mut definition).insert("deletionTimestamp".to_owned(), now.into());
    let pending = "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon";
    conditions::set(&mut definition, TERMINATING, (true, "InstanceDeletionPending", pending), now);
    if options.dry_run {
        return Ok(Deleted::waiting(write::unstored(current.key.clone(), kind, definition)));
    }
    let stored = cluster.put(kind, current.key.clone(), definition)?;
    empty(cluster, &stored, now);
    Ok(Deleted::waiting(stored))
}

fn check_preconditions(kind: &Kind, current: &Stored, options: &DeleteOptions) -> Result<(), Status> {
    let (uid, version) = (meta::text(&current.object, "uid"), current.version.to_string());
    for (what, wanted, found) in
        [("UID", &options.uid, uid), ("ResourceVersion", &options.version, version.as_str())]
    {
        if let Some(wanted) = wanted.as_deref().filter(|wanted| *wanted != found) {
            let why = format!(
                "precondition failed: {what} in precondition: {wanted}, {what} in object meta: {found}"
            );
            return Err(Status::conflict(kind, &current.key.name, &why));
        }
    }
    Ok(())
}

/// Deletes the objects of a definition that is being deleted.
fn empty(cluster: &mut Cluster, stored: &Stored, now: &str) {
    let mut definition = stored.object.clone();
    let progress = (true, "InstanceDeletionInProgress", "CustomResource deletion is in progress");
    conditions::set(&mut definition, TERMINATING, progress, now);
    establish::put(cluster, definition.clone(), now);
    let group = definition["spec"]["group"].as_str().unwrap_or_default().to_owned();
    establish::settle(cluster, &group, now);
    if conditions::is_true(&definition, "Established")
        && let Some(kind) = kinds::stored(&definition)
    {
        let objects: Vec<Key> = match cluster.store.collection(&kind.collection()) {
            Some(collection) => collection.range(None, None).map(|object| object.key.clone()).collect(),
            None => Vec::new(),
        };
        for key in objects {
            // What an earlier one took along is gone already.
            if let Ok(object) = cluster.get(&kind, &key) {
                let _kept = delete::delete_one(cluster, &kind, &object, &DeleteOptions::default(), now);
            }
        }
    }
    finish(cluster, &kinds::collection(&definition), now);
}

/// Lets a definition that is being deleted go, when none of its objects is left.
pub(crate) fn finish(cluster: &mut Cluster, of: &Collection, now: &str) {
    let key = Key { namespace: String::new(), name: format!("{}.{}", of.1, of.0) };
    let Some(definition) = cluster.store.get(&establish::definitions(), &key).cloned() else {
        return;
    };
    let is_empty =
        cluster.store.collection(of).is_none_or(|collection| collection.range(None, None).next().is_none());
    let mut finalizers = meta::finalizers(&definition.object);
    if !meta::is_being_deleted(&definition.object)
        || !is_empty
        || !finalizers.iter().any(|name| name == FINALIZER)
    {
        return;
    }
    let Some(kind) = cluster.registry.any_version(&establish::definitions()).cloned() else {
        return;
    };
    finalizers.retain(|name| name != FINALIZER);
    if finalizers.is_empty() {
        delete::remove(cluster, &kind, &key, now);
        return;
    }
    let mut object = definition.object.clone();
    delete::set_finalizers(&mut object, finalizers);
    let done = if conditions::is_true(&object, "Established") {
        (false, "InstanceDeletionCompleted", "removed all instances")
    } else {
        (false, "NeverEstablished", "resource was never established")
    };
    conditions::set(&mut object, TERMINATING, done, now);
    establish::put(cluster, object, now);
}

/// The refusal to make objects of a definition that is being deleted.
pub(crate) fn check_create(kind: &Kind, object: &Value) -> Result<(), Status> {
    if kind.custom.as_ref().is_some_and(|custom| custom.terminating) {
        let why = "create not allowed while custom resource definition is terminating";
        return Err(Status::forbidden(kind, meta::text(object, "name"), why, Value::Null));
    }
    Ok(())
}
