//! Pure: delete and delete-collection.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::cluster::{Cluster, view};
use crate::kinds::Kind;
use crate::meta;
use crate::meta::rules::{FOREGROUND, ORPHAN};
use crate::meta::strategy;
use crate::rest::delete_options::{DeleteOptions, Propagation};
use crate::rest::{Answer, Call, definitions, garbage, grace, namespaces, write};
use crate::status::Status;
use crate::storage::{Key, Stored};

/// How a delete came out.
#[derive(Debug)]
pub(crate) struct Deleted {
    /// The object as it was last, or as it is now.
    pub(crate) object: Arc<Stored>,
    pub(crate) gone: bool,
    /// Whether it is an object that the client gets to see, and no `Status`.
    shown: bool,
}

impl Deleted {
    /// An object that is marked, and still there.
    pub(crate) fn waiting(object: Arc<Stored>) -> Self {
        Self { object, gone: false, shown: true }
    }
}

/// DELETE of one object.
pub(crate) fn delete(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let options = DeleteOptions::of(call)?;
    let kind = Arc::clone(&call.kind);
    let key = call.key()?;
    let current = cluster.get(&kind, &key)?;
    let deleted = delete_one(cluster, &kind, &current, &options, &call.now)?;
    if deleted.shown {
        // The old spelling of "not in the background" is the only one that tells "not yet" by the code.
        let code = if !deleted.gone && options.orphan == Some(false) { 202 } else { 200 };
        return Ok(Answer::stored(code, &deleted.object, &kind));
    }
    let mut details =
        json!({"name": key.name, "kind": kind.plural, "uid": meta::text(&current.object, "uid")});
    if !kind.group.is_empty() {
        details["group"] = kind.group.clone().into();
    }
    let status = json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "details": details});
    Ok(Answer::value(200, &status))
}

/// Whether the object is the one that is meant.
pub(crate) fn check_preconditions(
    kind: &Kind,
    current: &Stored,
    options: &DeleteOptions,
) -> Result<(), Status> {
    let (uid, version) = (meta::text(&current.object, "uid"), current.version.to_string());
    let name = &current.key.name;
    let of_namespace = |what: &str, wanted: &str, found: &str| {
        let why =
            format!("Precondition failed: {what} in precondition: {wanted}, {what} in object meta: {found}");
        Status::conflict(kind, name, &why)
    };
    if let Some(wanted) = options.uid.as_deref().filter(|wanted| *wanted != uid) {
        if kind.is_namespace() {
            return Err(of_namespace("UID", wanted, uid));
        }
        let why = format!(
            "the UID in the precondition ({wanted}) does not match the UID in record ({uid}). The object might have been deleted and then recreated"
        );
        return Err(Status::precondition(kind, name, &why));
    }
    if let Some(wanted) = options.version.as_deref().filter(|wanted| *wanted != version) {
        if kind.is_namespace() {
            return Err(of_namespace("ResourceVersion", wanted, &version));
        }
        let why = format!(
            "the ResourceVersion in the precondition ({wanted}) does not match the ResourceVersion in record ({version}). The object might have been modified"
        );
        return Err(Status::precondition(kind, name, &why));
    }
    Ok(())
}

/// Deletes an object, or marks it and leaves it to those who finalize it.
pub(crate) fn delete_one(
    cluster: &mut Cluster,
    kind: &Kind,
    current: &Arc<Stored>,
    options: &DeleteOptions,
    now: &str,
) -> Result<Deleted, Status> {
    if kind.is_definition() {
        return definitions::removal::delete(cluster, kind, current, options, now);
    }
    check_preconditions(kind, current, options)?;
    if kind.is_namespace() {
        return namespaces::delete(cluster, kind, current, options, now);
    }
    delete_object(cluster, kind, current, options, now)
}

/// The part of a delete that is the same for all kinds.
pub(crate) fn delete_object(
    cluster: &mut Cluster,
    kind: &Kind,
    current: &Arc<Stored>,
    options: &DeleteOptions,
    now: &str,
) -> Result<Deleted, Status> {
    let key = current.key.clone();
    let mut object = view(current, kind).into_owned();
    let (graceful, grace) = match grace::apply(kind, &mut object, options, now) {
        grace::Grace::Pending => {
            return Ok(Deleted { object: Arc::clone(current), gone: false, shown: kind.returns_deleted });
        }
        grace::Grace::None => (false, 0),
        grace::Grace::Given(seconds) => (true, seconds),
    };
    let finalizers = finalizers_after(kind, &object, options);
    let waits = !finalizers.is_empty();
    set_finalizers(&mut object, finalizers);
    if waits && !graceful {
        grace::mark(&mut object, now);
    }
    let writes = graceful || waits;
    let stored = if !writes || meta::same_state(&object, &view(current, kind)) {
        Arc::clone(current)
    } else if options.dry_run {
        let version = current.version.to_string();
        meta::metadata(&mut object).insert("resourceVersion".to_owned(), version.into());
        write::unstored(key.clone(), kind, object)
    } else {
        cluster.put(kind, key.clone(), object)?
    };
    if waits || grace > 0 {
        if !options.dry_run {
            garbage::of_deleted(cluster, kind, &stored, now);
        }
        let gone = cluster.get(kind, &key).is_err();
        return Ok(Deleted { object: stored, gone, shown: true });
    }
    if options.dry_run {
        return Ok(Deleted { object: stored, gone: true, shown: writes || kind.returns_deleted });
    }
    let last = remove(cluster, kind, &key, now).unwrap_or(stored);
    Ok(Deleted { object: last, gone: true, shown: kind.returns_deleted })
}

/// The finalizers of an object once its deletion has begun: the garbage collector's are as the options say, or, when
/// they say nothing, as they are.
pub(crate) fn finalizers_after(kind: &Kind, object: &Value, options: &DeleteOptions) -> Vec<String> {
    let before = meta::finalizers(object);
    let wanted = match (options.orphan, options.propagation) {
        _ if !strategy::has_dependents(kind) => None,
        (Some(true), _) | (None, Some(Propagation::Orphan)) => Some(ORPHAN),
        (Some(false), _) | (None, Some(Propagation::Background)) => None,
        (None, Some(Propagation::Foreground)) => Some(FOREGROUND),
        (None, None) => [ORPHAN, FOREGROUND].into_iter().find(|name| before.iter().any(|one| one == name)),
    };
    let is_collectors = |name: &String| name == ORPHAN || name == FOREGROUND;
    if wanted.is_some_and(|wanted| before.iter().filter(|name| is_collectors(name)).eq([wanted])) {
        return before;
    }
    let kept = before.into_iter().filter(|name| !is_collectors(name));
    kept.chain(wanted.map(str::to_owned)).collect()
}

pub(crate) fn set_finalizers(object: &mut Value, finalizers: Vec<String>) {
    let metadata = meta::metadata(object);
    if finalizers.is_empty() {
        metadata.remove("finalizers");
    } else {
        metadata.insert("finalizers".to_owned(), finalizers.into());
    }
}

/// Whether an update of a deleted object is the last: it leaves no finalizer, and no grace period runs.
pub(crate) fn is_due(kind: &Kind, new: &Value, old: &Value) -> bool {
    let holds_content = kind.is_namespace() && !namespaces::finalizers(new).is_empty();
    let grace = meta::field(old, "deletionGracePeriodSeconds").and_then(Value::as_i64).unwrap_or(0);
    meta::is_being_deleted(old) && meta::finalizers(new).is_empty() && grace == 0 && !holds_content
}

/// Removes an object and what depends on it.
pub(crate) fn remove(cluster: &mut Cluster, kind: &Kind, key: &Key, now: &str) -> Option<Arc<Stored>> {
    let last = cluster.store.remove(&kind.collection(), key)?;
    if kind.is_definition() {
        definitions::establish::withdraw(cluster, &last.object, now);
    }
    if kind.custom.is_some() {
        definitions::removal::finish(cluster, &kind.collection(), now);
    }
    garbage::of_removed(cluster, &last, now);
    if !key.namespace.is_empty() {
        namespaces::finish(cluster, &key.namespace, now);
    }
    Some(last)
}
