//! Pure: the garbage collector, as part of the write that makes the garbage.
//!
//! Dependents go when their last owner has gone; an owner that is deleted in the foreground waits for the dependents
//! that block it; an orphaned dependent loses its reference. A reference to an owner that never was is left alone.

use std::sync::Arc;

use serde_json::Value;

use crate::cluster::Cluster;
use crate::cluster::garbage::Chore;
use crate::kinds::{Collection, Kind};
use crate::meta;
use crate::meta::owners;
use crate::meta::rules::{FOREGROUND, ORPHAN};
use crate::rest::delete;
use crate::rest::delete_options::{DeleteOptions, Propagation};
use crate::rest::protection;
use crate::storage::{Key, Stored};

/// Looks after the dependents of an object that has just been removed, and after the owners that waited for it.
pub(crate) fn of_removed(cluster: &mut Cluster, last: &Arc<Stored>, now: &str) {
    collect(cluster, Chore::Removed(Arc::clone(last)), now);
}

/// Looks after the dependents of an object whose deletion has begun.
pub(crate) fn of_deleted(cluster: &mut Cluster, kind: &Kind, owner: &Arc<Stored>, now: &str) {
    if meta::is_being_deleted(&owner.object) {
        collect(cluster, Chore::Deleted(kind.collection(), Arc::clone(owner)), now);
    }
}

/// Does a chore and all that come of it; one that comes of another waits for it.
fn collect(cluster: &mut Cluster, chore: Chore, now: &str) {
    if !cluster.collects_garbage {
        return;
    }
    cluster.garbage.chores.push_back(chore);
    if cluster.garbage.is_collecting {
        return;
    }
    cluster.garbage.is_collecting = true;
    while let Some(chore) = cluster.garbage.chores.pop_front() {
        match chore {
            Chore::Removed(last) => after_removal(cluster, &last.object, now),
            Chore::Deleted(name, owner) => during_deletion(cluster, &name, &owner, now),
        }
    }
    cluster.garbage.is_collecting = false;
}

fn after_removal(cluster: &mut Cluster, last: &Value, now: &str) {
    for dependent in dependents(cluster, last) {
        release(cluster, &dependent, now, None);
    }
    of_released(cluster, last, now);
    let (name, claims) = protection::claims_of(last);
    for key in claims {
        if let Some((kind, claim)) = current(cluster, &name, &key).filter(|(_, claim)| is_going(claim)) {
            unprotect(cluster, &kind, &claim, now);
        }
    }
}

fn is_going(stored: &Stored) -> bool {
    meta::is_being_deleted(&stored.object)
}

/// Lets a claim or a volume go that only its protection holds.
fn unprotect(cluster: &mut Cluster, kind: &Kind, stored: &Stored, now: &str) {
    if let Some(finalizer) = protection::needless(cluster, kind, &stored.object) {
        finalize(cluster, kind, &stored.key, finalizer, now);
    }
}

fn during_deletion(cluster: &mut Cluster, name: &Collection, owner: &Stored, now: &str) {
    let Some(kind) = cluster.registry.any_version(name).cloned() else {
        return;
    };
    let finalizers = meta::finalizers(&owner.object);
    let has = |name: &str| finalizers.iter().any(|finalizer| finalizer == name);
    if has(ORPHAN) {
        let uid = meta::text(&owner.object, "uid");
        for (dependent, key) in dependents(cluster, &owner.object) {
            drop_references(cluster, &dependent, &key, |reference| text(reference, "uid") == uid);
        }
        finalize(cluster, &kind, &owner.key, ORPHAN, now);
    } else if has(FOREGROUND) {
        for dependent in dependents(cluster, &owner.object) {
            release(cluster, &dependent, now, Some(Propagation::Foreground));
        }
        finish(cluster, &kind, &owner.key, now);
    } else {
        unprotect(cluster, &kind, owner, now);
    }
}

/// Looks after the owners that an object has had: one that waited for it may go now.
pub(crate) fn of_released(cluster: &mut Cluster, object: &Value, now: &str) {
    if !cluster.collects_garbage {
        return;
    }
    for reference in owners::of(object) {
        if let Some((kind, owner)) = find(cluster, reference, meta::text(object, "namespace")) {
            finish(cluster, &kind, &owner.key, now);
        }
    }
}

fn text<'a>(reference: &'a Value, field: &str) -> &'a str {
    reference.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn dependents(cluster: &Cluster, owner: &Value) -> Vec<(Collection, Key)> {
    cluster.store.dependents(meta::text(owner, "uid"))
}

/// The owner that a reference names, if it is there.
fn find(cluster: &Cluster, reference: &Value, namespace: &str) -> Option<(Arc<Kind>, Arc<Stored>)> {
    let version = text(reference, "apiVersion");
    let group = version.split_once('/').map_or("", |(group, _)| group);
    let kind =
        cluster.registry.iter().find(|kind| kind.group == group && kind.kind == text(reference, "kind"))?;
    let namespace = if kind.namespaced { namespace } else { "" };
    let key = Key { namespace: namespace.to_owned(), name: text(reference, "name").to_owned() };
    let owner = cluster.get(kind, &key).ok()?;
    (meta::text(&owner.object, "uid") == text(reference, "uid")).then(|| (Arc::clone(kind), owner))
}

fn is_waiting(owner: &Value) -> bool {
    meta::is_being_deleted(owner) && meta::finalizers(owner).iter().any(|name| name == FOREGROUND)
}

/// A dependent whose owner goes: while another owner stays it loses the reference, else it is deleted.
fn release(
    cluster: &mut Cluster,
    dependent: &(Collection, Key),
    now: &str,
    propagation: Option<Propagation>,
) {
    let (name, key) = dependent;
    let Some((kind, stored)) = current(cluster, name, key) else {
        return;
    };
    let stays = |reference: &Value| {
        find(cluster, reference, &key.namespace).is_some_and(|(_, owner)| !is_waiting(&owner.object))
    };
    let (staying, going): (Vec<&Value>, Vec<&Value>) =
        owners::of(&stored.object).iter().partition(|reference| stays(reference));
    if staying.is_empty() {
        // A finalizer of the collector on the dependent itself says what becomes of its own dependents.
        let has_dependents = !dependents(cluster, &stored.object).is_empty();
        let propagation = propagation.filter(|_| has_dependents);
        let options = DeleteOptions { propagation, ..DeleteOptions::default() };
        let _kept = delete::delete_one(cluster, &kind, &stored, &options, now);
    } else {
        let going: Vec<String> =
            going.into_iter().map(|reference| text(reference, "uid").to_owned()).collect();
        drop_references(cluster, name, key, |reference| {
            going.iter().any(|uid| uid == text(reference, "uid"))
        });
    }
}

fn current(cluster: &Cluster, name: &Collection, key: &Key) -> Option<(Arc<Kind>, Arc<Stored>)> {
    let kind = cluster.registry.any_version(name)?;
    let stored = cluster.get(kind, key).ok()?;
    Some((Arc::clone(kind), stored))
}

fn drop_references(cluster: &mut Cluster, name: &Collection, key: &Key, goes: impl Fn(&Value) -> bool) {
    let Some((kind, stored)) = current(cluster, name, key) else {
        return;
    };
    let left: Vec<Value> =
        owners::of(&stored.object).iter().filter(|reference| !goes(reference)).cloned().collect();
    let mut object = stored.object.clone();
    let metadata = meta::metadata(&mut object);
    if left.is_empty() {
        metadata.remove("ownerReferences");
    } else {
        metadata.insert("ownerReferences".to_owned(), left.into());
    }
    let _kept = cluster.put(&kind, key.clone(), object);
}

/// Lets an owner go that waits in the foreground, once nothing blocks it.
fn finish(cluster: &mut Cluster, kind: &Kind, key: &Key, now: &str) {
    let Ok(owner) = cluster.get(kind, key) else {
        return;
    };
    let uid = meta::text(&owner.object, "uid");
    let blocks = |(name, key): &(Collection, Key)| {
        let Some((_, dependent)) = current(cluster, name, key) else {
            return false;
        };
        owners::of(&dependent.object).iter().any(|reference| {
            text(reference, "uid") == uid && reference.get("blockOwnerDeletion") == Some(&Value::Bool(true))
        })
    };
    if is_waiting(&owner.object) && !dependents(cluster, &owner.object).iter().any(blocks) {
        finalize(cluster, kind, key, FOREGROUND, now);
    }
}

/// Takes a finalizer off an object, which goes with its last one.
fn finalize(cluster: &mut Cluster, kind: &Kind, key: &Key, finalizer: &str, now: &str) {
    let Ok(stored) = cluster.get(kind, key) else {
        return;
    };
    let mut object = stored.object.clone();
    let left = meta::finalizers(&object).into_iter().filter(|name| name != finalizer).collect();
    delete::set_finalizers(&mut object, left);
    if delete::is_due(kind, &object, &stored.object) {
        delete::remove(cluster, kind, key, now);
    } else {
        let _kept = cluster.put(kind, key.clone(), object);
    }
}
