//! Pure: delete, delete-collection, and what goes with a namespace or a definition.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::cluster::{Cluster, namespaces, view};
use crate::crd;
use crate::kinds::{Collection, Kind};
use crate::meta;
use crate::query::Query;
use crate::rest::{Answer, Call, body};
use crate::status::Status;
use crate::storage::{Key, Stored};

/// What the body and the parameters of a delete say.
#[derive(Debug, Default)]
pub(crate) struct Options {
    dry_run: bool,
    grace: Option<i64>,
    uid: Option<String>,
    version: Option<String>,
}

pub(crate) fn options(call: &Call) -> Result<Options, Status> {
    let mut options = Options {
        dry_run: call.query.dry_run("DeleteOptions")?,
        grace: call.query.get("gracePeriodSeconds").and_then(|text| text.parse().ok()),
        ..Options::default()
    };
    if call.body.is_empty() {
        return Ok(options);
    }
    let body = body::decode(&call.content_type, &call.body)?;
    let text = |name: &str| {
        body.get("preconditions")
            .and_then(|conditions| conditions.get(name))
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    options.uid = text("uid");
    options.version = text("resourceVersion");
    options.grace = body.get("gracePeriodSeconds").and_then(Value::as_i64).or(options.grace);
    if body.get("dryRun").and_then(Value::as_array).is_some_and(|values| !values.is_empty()) {
        let value = body["dryRun"][0].as_str().unwrap_or_default();
        options.dry_run = Query::parse(&format!("dryRun={value}")).dry_run("DeleteOptions")?;
    }
    Ok(options)
}

/// DELETE of one object.
pub(crate) fn delete(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let options = options(call)?;
    let kind = Arc::clone(&call.kind);
    let key = call.key()?;
    let current = cluster.get(&kind, &key)?;
    check(&kind, &current, &options)?;
    let (stored, gone) = delete_one(cluster, &kind, &current, &options, &call.now)?;
    if !gone || kind.returns_deleted {
        return Ok(Answer::stored(200, &stored, &kind));
    }
    let mut details =
        json!({"name": key.name, "kind": kind.plural, "uid": meta::text(&current.object, "uid")});
    if !kind.group.is_empty() {
        details["group"] = kind.group.clone().into();
    }
    let status = json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "details": details});
    Ok(Answer::value(200, &status))
}

pub(crate) fn check(kind: &Kind, current: &Stored, options: &Options) -> Result<(), Status> {
    let (uid, version) = (meta::text(&current.object, "uid"), current.version.to_string());
    if let Some(wanted) = options.uid.as_deref().filter(|wanted| *wanted != uid) {
        let why = format!(
            "the UID in the precondition ({wanted}) does not match the UID in record ({uid}). The object might have been deleted and then recreated"
        );
        return Err(Status::precondition(kind, &current.key.name, &why));
    }
    if let Some(wanted) = options.version.as_deref().filter(|wanted| *wanted != version) {
        let why = format!(
            "the ResourceVersion in the precondition ({wanted}) does not match the ResourceVersion in record ({version}). The object might have been modified"
        );
        return Err(Status::precondition(kind, &current.key.name, &why));
    }
    if kind.is_namespace() && matches!(current.key.name.as_str(), "default" | "kube-system" | "kube-public") {
        let why = "this namespace may not be deleted";
        return Err(Status::forbidden(kind, &current.key.name, why, Value::Null));
    }
    Ok(())
}

/// Deletes an object or marks it; tells whether it is gone.
pub(crate) fn delete_one(
    cluster: &mut Cluster,
    kind: &Kind,
    current: &Arc<Stored>,
    options: &Options,
    now: &str,
) -> Result<(Arc<Stored>, bool), Status> {
    let key = current.key.clone();
    let grace = grace_period(kind, &current.object, options);
    let waits = !meta::finalizers(&current.object).is_empty() || grace > 0 || kind.is_namespace();
    if options.dry_run {
        return Ok((Arc::clone(current), !waits));
    }
    if !waits {
        remove(cluster, kind, &key);
        return Ok((Arc::clone(current), true));
    }
    let mut object = view(current, kind).into_owned();
    if meta::is_being_deleted(&object)
        && !(grace == 0 && object["metadata"]["deletionGracePeriodSeconds"].as_i64() > Some(0))
    {
        return Ok((Arc::clone(current), false));
    }
    mark(kind, &mut object, grace, now);
    let stored = cluster.put(kind, key.clone(), object)?;
    if kind.is_namespace() {
        empty_namespace(cluster, &key.name, now);
        finish_namespace(cluster, &key.name);
    }
    Ok((stored, false))
}

/// Pods on a node get time to stop; everything else goes at once.
fn grace_period(kind: &Kind, object: &Value, options: &Options) -> i64 {
    let on_node = object["spec"]["nodeName"].as_str().is_some_and(|node| !node.is_empty());
    let over = matches!(object["status"]["phase"].as_str(), Some("Succeeded" | "Failed"));
    if !kind.is("", "pods") || !on_node || over {
        return 0;
    }
    options.grace.or_else(|| object["spec"]["terminationGracePeriodSeconds"].as_i64()).unwrap_or(30)
}

/// Whether a deleted object without finalizers goes now.
pub(crate) fn is_due(kind: &Kind, object: &Value) -> bool {
    let grace = object["metadata"]["deletionGracePeriodSeconds"].as_i64().unwrap_or(0);
    !kind.is_namespace() && grace == 0
}

fn mark(kind: &Kind, object: &mut Value, grace: i64, now: &str) {
    let at = now
        .parse::<jiff::Timestamp>()
        .ok()
        .and_then(|now| now.checked_add(jiff::SignedDuration::from_secs(grace)).ok())
        .map_or_else(|| now.to_owned(), |at| format!("{at:.0}"));
    let generation = object["metadata"]["generation"].as_i64();
    let metadata = meta::metadata(object);
    metadata.entry("deletionTimestamp").or_insert_with(|| at.into());
    metadata.insert("deletionGracePeriodSeconds".to_owned(), grace.into());
    if let Some(generation) = generation.filter(|_| kind.generation) {
        metadata.insert("generation".to_owned(), (generation + 1).into());
    }
    if kind.is_namespace() {
        metadata.remove("deletionGracePeriodSeconds");
        object["status"]["phase"] = "Terminating".into();
    }
}

/// Removes an object and what depends on it.
pub(crate) fn remove(cluster: &mut Cluster, kind: &Kind, key: &Key) {
    let Some(last) = cluster.store.remove(&kind.collection(), key) else {
        return;
    };
    if kind.is_definition() {
        crd::establish::withdraw(cluster, &last.object);
    }
    if !key.namespace.is_empty() {
        finish_namespace(cluster, &key.namespace);
    }
}

/// Everything in a namespace is deleted, at once: there is no controller to wait for.
fn empty_namespace(cluster: &mut Cluster, namespace: &str, now: &str) {
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
        let options = Options { grace: Some(0), ..Options::default() };
        // A collection that has just ended took its objects with it.
        let _ended = delete_one(cluster, &kind, &stored, &options, now);
    }
}

/// A namespace that is being deleted goes when nothing is left in it.
pub(crate) fn finish_namespace(cluster: &mut Cluster, name: &str) {
    let Some(namespace) = cluster.namespace(name) else {
        return;
    };
    if !meta::is_being_deleted(&namespace.object) || !meta::finalizers(&namespace.object).is_empty() {
        return;
    }
    let key = namespace.key.clone();
    if cluster.is_empty(name) {
        cluster.store.remove(&namespaces(), &key);
    }
}
