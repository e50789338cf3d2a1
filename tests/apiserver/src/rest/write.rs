//! Pure: create, replace, and what every other write ends in.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::apply;
use crate::cluster::{Cluster, view};
use crate::crd;
use crate::kinds::Kind;
use crate::meta;
use crate::rest::{Answer, Call, admit, body, builtin, delete};
use crate::schema::field_error::FieldError;
use crate::schema::number;
use crate::status::Status;
use crate::storage::{Key, Stored};

/// POST.
pub(crate) fn create(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let dry_run = call.query.dry_run("CreateOptions")?;
    let validation = call.query.field_validation("CreateOptions")?;
    let kind = Arc::clone(&call.kind);
    let mut object = body::decode(&call.content_type, &call.body)?;
    admit::decode(&kind, &mut object, validation, &mut call.warnings)?;
    take_namespace(call, &mut object)?;
    if meta::text(&object, "name").is_empty() && !meta::text(&object, "generateName").is_empty() {
        let name = format!("{}{}", meta::text(&object, "generateName"), meta::name_suffix());
        meta::metadata(&mut object).insert("name".to_owned(), name.into());
    }
    meta::metadata(&mut object).remove("managedFields");
    let stored = insert(cluster, call, object, dry_run, |object, call| {
        apply::track::record(None, object, &writer(call, &call.kind));
    })?;
    Ok(Answer::stored(201, &stored, &kind))
}

/// Stores a new object, after everything that a create must pass.
pub(crate) fn insert(
    cluster: &mut Cluster,
    call: &Call,
    mut object: Value,
    dry_run: bool,
    manage: impl FnOnce(&mut Value, &Call),
) -> Result<Arc<Stored>, Status> {
    let kind = &call.kind;
    if kind.is_namespace() {
        // The label follows the name, which may just have been generated.
        builtin::default(kind, &mut object);
    }
    check_namespace(cluster, call, meta::text(&object, "name"))?;
    if !meta::text(&object, "resourceVersion").is_empty() {
        return Err(Status::internal("resourceVersion should not be set on objects to be created"));
    }
    // What the server adds from here on is nobody's.
    manage(&mut object, call);
    prepare_create(kind, &mut object, &call.now);
    admit::validate(kind, &object, None)?;
    let key = Key {
        namespace: call.target.namespace.clone().unwrap_or_default(),
        name: meta::text(&object, "name").to_owned(),
    };
    if cluster.get(kind, &key).is_ok() {
        return Err(Status::already_exists(kind, &key.name));
    }
    if kind.is_definition() {
        crd::establish::set_status(&mut object, None, cluster, &call.now);
    }
    number::normalise(&mut object);
    if dry_run {
        return Ok(unstored(key, kind, object));
    }
    let stored = cluster.put(kind, key, object)?;
    if kind.is_definition() {
        crd::establish::serve(cluster, &stored.object);
    }
    Ok(stored)
}

/// The answer of a dry run: the object without a version.
pub(crate) fn unstored(key: Key, kind: &Kind, object: Value) -> Arc<Stored> {
    Stored::unversioned(key, kind.revision(), object)
}

fn prepare_create(kind: &Kind, object: &mut Value, now: &str) {
    if kind.status
        && let Some(map) = object.as_object_mut()
    {
        map.remove("status");
    }
    builtin::prepare_create(kind, object);
    let metadata = meta::metadata(object);
    for field in ["selfLink", "deletionTimestamp", "deletionGracePeriodSeconds", "generation"] {
        metadata.remove(field);
    }
    metadata.insert("uid".to_owned(), meta::new_uid().into());
    metadata.insert("creationTimestamp".to_owned(), now.into());
    if kind.generation {
        metadata.insert("generation".to_owned(), json!(1));
    }
}

/// The namespace of the path goes into the object, unless the object names another.
fn take_namespace(call: &Call, object: &mut Value) -> Result<(), Status> {
    let Some(namespace) = &call.target.namespace else {
        return Ok(());
    };
    let own = meta::text(object, "namespace");
    if !own.is_empty() && own != namespace {
        return Err(Status::bad_request(
            "the namespace of the provided object does not match the namespace sent on the request",
        ));
    }
    meta::metadata(object).insert("namespace".to_owned(), namespace.clone().into());
    Ok(())
}

fn check_namespace(cluster: &Cluster, call: &Call, name: &str) -> Result<(), Status> {
    let Some(namespace) = &call.target.namespace else {
        return Ok(());
    };
    let Some(found) = cluster.namespace(namespace) else {
        let namespaces =
            cluster.registry.find("", "v1", "namespaces").ok_or_else(Status::no_such_resource)?;
        return Err(Status::not_found(namespaces, namespace));
    };
    if meta::is_being_deleted(&found.object) {
        let why =
            format!("unable to create new content in namespace {namespace} because it is being terminated");
        let cause = json!([{
            "reason": "NamespaceTerminating",
            "message": format!("namespace {namespace} is being terminated"),
            "field": "metadata.namespace",
        }]);
        return Err(Status::forbidden(&call.kind, name, &why, cause));
    }
    Ok(())
}

/// Who writes, for the record of managed fields.
pub(crate) fn writer(call: &Call, kind: &Kind) -> apply::track::Writer {
    apply::track::Writer {
        manager: call.manager(),
        api_version: kind.api_version(),
        subresource: call.target.subresource.clone().unwrap_or_default(),
        now: call.now.clone(),
        schema: apply::topology::of(kind),
        has_status: kind.status,
    }
}

/// PUT.
pub(crate) fn replace(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let dry_run = call.query.dry_run("UpdateOptions")?;
    let validation = call.query.field_validation("UpdateOptions")?;
    let kind = Arc::clone(&call.kind);
    let key = call.key()?;
    let mut object = body::decode(&call.content_type, &call.body)?;
    admit::decode(&kind, &mut object, validation, &mut call.warnings)?;
    take_namespace(call, &mut object)?;
    let name = meta::text(&object, "name");
    if name.is_empty() {
        meta::metadata(&mut object).insert("name".to_owned(), key.name.clone().into());
    } else if name != key.name {
        return Err(Status::bad_request(format!(
            "the name of the object ({name}) does not match the name on the URL ({})",
            key.name
        )));
    }
    let current = cluster.get(&kind, &key)?;
    if kind.custom.is_some() && meta::text(&object, "resourceVersion").is_empty() {
        let error = FieldError::missing_version();
        return Err(Status::invalid(&kind.group, &kind.plural, &key.name, &[error]));
    }
    let stored = update(cluster, call, &current, object, dry_run, |new, old, call| {
        apply::track::record(Some(old), new, &writer(call, &call.kind));
    })?;
    Ok(Answer::stored(200, &stored, &kind))
}

/// PUT on a namespace's `finalize`: its `spec.finalizers` are what the body says.
pub(crate) fn finalize(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let key = call.key()?;
    let object = body::decode(&call.content_type, &call.body)?;
    let current = cluster.get(&call.kind, &key)?;
    let mut new = current.object.clone();
    new["spec"] = object.get("spec").cloned().unwrap_or_else(|| json!({}));
    let kind = Arc::clone(&call.kind);
    let stored = cluster.put(&kind, key.clone(), new)?;
    delete::finish_namespace(cluster, &key.name);
    Ok(Answer::stored(200, &stored, &kind))
}

/// Replaces `current` by `object`, after everything that an update must pass. An update that changes nothing
/// stores nothing; one that removes the last finalizer of a deleted object removes the object.
pub(crate) fn update(
    cluster: &mut Cluster,
    call: &Call,
    current: &Arc<Stored>,
    mut object: Value,
    dry_run: bool,
    manage: impl FnOnce(&mut Value, &Value, &Call),
) -> Result<Arc<Stored>, Status> {
    let kind = &call.kind;
    let key = current.key.clone();
    let old = view(current, kind);
    check_preconditions(kind, &key, &object, &old)?;
    prepare_update(call, &mut object, &old);
    admit::validate(kind, &object, Some(&old))?;
    if kind.is_definition() {
        crd::establish::set_status(&mut object, Some(&old), cluster, &call.now);
    }
    number::normalise(&mut object);
    manage(&mut object, &old, call);
    if kind.generation && meta::spec_differs(&object, &old, kind.status) {
        let generation = old["metadata"]["generation"].as_i64().unwrap_or(0) + 1;
        meta::metadata(&mut object).insert("generation".to_owned(), generation.into());
    }
    meta::metadata(&mut object).insert("resourceVersion".to_owned(), current.version.to_string().into());
    if dry_run {
        return Ok(unstored(key, kind, object));
    }
    if meta::same_state(&object, &old) {
        return Ok(Arc::clone(current));
    }
    if meta::is_being_deleted(&object)
        && meta::finalizers(&object).is_empty()
        && delete::is_due(kind, &object)
    {
        let last = unstored(key.clone(), kind, object);
        delete::remove(cluster, kind, &key);
        return Ok(last);
    }
    let stored = cluster.put(kind, key, object)?;
    if kind.is_definition() {
        crd::establish::serve(cluster, &stored.object);
    }
    Ok(stored)
}

fn check_preconditions(kind: &Kind, key: &Key, new: &Value, old: &Value) -> Result<(), Status> {
    let (uid, old_uid) = (meta::text(new, "uid"), meta::text(old, "uid"));
    if !uid.is_empty() && uid != old_uid {
        let group = if kind.group.is_empty() { String::new() } else { format!("/{}", kind.group) };
        let at =
            format!("/registry{group}/{}/{}/{}", kind.plural, key.namespace, key.name).replace("//", "/");
        let why = format!(
            "StorageError: invalid object, Code: 4, Key: {at}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: {uid}, UID in object meta: {old_uid}"
        );
        return Err(Status::conflict(kind, &key.name, &why));
    }
    let version = meta::text(new, "resourceVersion");
    if version.is_empty() || version == meta::text(old, "resourceVersion") {
        return Ok(());
    }
    if version.parse::<u64>().is_err() {
        return Err(Status::internal(format!("strconv.ParseUint: parsing \"{version}\": invalid syntax")));
    }
    Err(Status::modified(kind, &key.name))
}

/// Keeps apart what the main resource and the status subresource may change.
fn prepare_update(call: &Call, object: &mut Value, old: &Value) {
    let is_status = call.target.subresource.as_deref() == Some("status");
    let managed = object.get("metadata").and_then(|metadata| metadata.get("managedFields")).cloned();
    if is_status {
        let status = object.get("status").cloned();
        *object = old.clone();
        set(object, "status", status);
    } else if call.kind.status {
        set(object, "status", old.get("status").cloned());
    }
    meta::inherit(object, old);
    let kept =
        managed.or_else(|| old.get("metadata").and_then(|metadata| metadata.get("managedFields")).cloned());
    let metadata = meta::metadata(object);
    metadata.remove("managedFields");
    if let Some(kept) = kept {
        metadata.insert("managedFields".to_owned(), kept);
    }
}

fn set(object: &mut Value, name: &str, value: Option<Value>) {
    let Some(map) = object.as_object_mut() else {
        return;
    };
    match value {
        Some(value) => map.insert(name.to_owned(), value),
        None => map.remove(name),
    };
}
