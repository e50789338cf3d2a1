//! Pure: create, replace, and what every other write ends in.

use std::sync::Arc;

use kubist_structural::definition::warnings;
use kubist_structural::field_error::FieldError;
use serde_json::{Value, json};

use crate::admission;
use crate::apply;
use crate::builtin::defaults;
use crate::builtin::validate::warn;
use crate::cluster::{Cluster, view};
use crate::crd;
use crate::kinds::Kind;
use crate::meta;
use crate::meta::owners::{self, Moment};
use crate::meta::strategy::{self, StatusKeeps};
use crate::rest::options::{self, WriteOptions};
use crate::rest::{Answer, Call, admit, definitions, delete, garbage, namespaces, part, prepare, requests};
use crate::status::Status;
use crate::storage::{Key, Stored};

/// POST.
pub(crate) fn create(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let WriteOptions { dry_run, validation } = options::read(&call.query, "CreateOptions")?;
    let kind = Arc::clone(&call.kind);
    let object = admit::read(call, validation)?;
    let stored = create_decoded(cluster, call, object, dry_run)?;
    Ok(Answer::stored(201, &stored, &kind))
}

/// The part of a create that a PUT on a free name shares.
fn create_decoded(
    cluster: &mut Cluster,
    call: &mut Call,
    mut object: Value,
    dry_run: bool,
) -> Result<Arc<Stored>, Status> {
    take_namespace(call, &mut object)?;
    let given = ["name", "generateName"].into_iter().map(|field| meta::text(&object, field));
    check_namespace(cluster, call, given.into_iter().find(|name| !name.is_empty()).unwrap_or_default())?;
    call.warnings.extend(owners::deduplicate(&mut object, Moment::AsSent));
    let base = meta::text(&object, "generateName").to_owned();
    if meta::text(&object, "name").is_empty() && !base.is_empty() {
        let name = free_name(cluster, call, &base);
        meta::metadata(&mut object).insert("name".to_owned(), name.into());
    }
    meta::metadata(&mut object).remove("managedFields");
    insert(cluster, call, object, dry_run, |object, call| {
        apply::track::record(None, object, &writer(call, &call.kind));
    })
}

/// A generated name that no object has, as far as a few attempts find one.
fn free_name(cluster: &Cluster, call: &Call, base: &str) -> String {
    const ATTEMPTS: usize = 8;
    let mut name = meta::generate::name(base);
    for _ in 1..ATTEMPTS {
        let key = Key { namespace: call.target.namespace.clone().unwrap_or_default(), name: name.clone() };
        if cluster.get(&call.kind, &key).is_err() {
            break;
        }
        name = meta::generate::name(base);
    }
    name
}

/// Stores a new object, after everything that a create must pass.
pub(crate) fn insert(
    cluster: &mut Cluster,
    call: &mut Call,
    mut object: Value,
    dry_run: bool,
    manage: impl FnOnce(&mut Value, &Call),
) -> Result<Arc<Stored>, Status> {
    let kind = Arc::clone(&call.kind);
    check_namespace(cluster, call, meta::text(&object, "name"))?;
    let shares_labels = defaults::share_labels(&kind, &mut object);
    definitions::removal::check_create(&kind, &object)?;
    // What the server adds from here on is nobody's.
    manage(&mut object, call);
    if kind.custom.is_none() {
        admission::admit(cluster, &kind, &mut object, None)?;
        admission::allocate(cluster, &kind, &mut object, None)?;
    }
    prepare::create(&kind, &mut object, &call.user, &call.now);
    if shares_labels {
        defaults::copy_labels(&mut object);
    }
    admit::validate(&kind, &object, None, &mut call.warnings)?;
    call.warnings.extend(meta::rules::warnings(&kind, &object, None));
    call.warnings.extend(warn::warnings(&kind, &object, None));
    let key = Key {
        namespace: call.target.namespace.clone().unwrap_or_default(),
        name: meta::text(&object, "name").to_owned(),
    };
    if !dry_run && !matches!(meta::text(&object, "resourceVersion"), "" | "0") {
        return Err(Status::internal("resourceVersion should not be set on objects to be created"));
    }
    if let Ok(taken) = cluster.get(&kind, &key) {
        let is_generated = !meta::text(&object, "generateName").is_empty();
        let is_going = meta::is_being_deleted(&taken.object);
        return Err(Status::taken(&kind, &key.name, is_generated, is_going));
    }
    if kind.is_definition() {
        call.warnings.extend(warnings::of(&object, None));
        definitions::establish::set_status(&mut object, None);
    }
    admit::settle(&kind, &mut object);
    if dry_run {
        return Ok(unstored(key, &kind, object));
    }
    prepare::check_size(&mut object)?;
    let stored = cluster.put(&kind, key, object)?;
    if kind.is_definition() {
        definitions::establish::settle(cluster, &crd::kinds::collection(&stored.object).0, &call.now);
    }
    Ok(stored)
}

/// The answer of a dry run: the object without a version.
pub(crate) fn unstored(key: Key, kind: &Kind, object: Value) -> Arc<Stored> {
    Stored::unversioned(key, kind.revision(), object)
}

/// The namespace of the path goes into the object, unless the object names another.
pub(crate) fn take_namespace(call: &Call, object: &mut Value) -> Result<(), Status> {
    let Some(namespace) = &call.target.namespace else {
        meta::metadata(object).remove("namespace");
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
    let subresource = call.target.subresource.clone().unwrap_or_default();
    writer_of(kind, call.manager(), subresource, call.now.clone())
}

/// Somebody who writes objects of this kind, or one of their subresources.
pub(crate) fn writer_of(
    kind: &Kind,
    manager: String,
    subresource: String,
    now: String,
) -> apply::track::Writer {
    apply::track::Writer {
        manager,
        api_version: kind.api_version(),
        subresource,
        now,
        rules: apply::topology::of(kind),
        has_status: kind.status,
        records: strategy::records_managers(kind),
        status_has_metadata: strategy::status_keeps(kind) != StatusKeeps::Metadata,
    }
}

/// PUT.
pub(crate) fn replace(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let WriteOptions { dry_run, validation } = options::read(&call.query, "UpdateOptions")?;
    let kind = Arc::clone(&call.kind);
    let key = call.key()?;
    let mut object = admit::read(call, validation)?;
    take_namespace(call, &mut object)?;
    check_name(&object, &key.name)?;
    call.warnings.extend(owners::deduplicate(&mut object, Moment::AsSent));
    let current = match cluster.get(&kind, &key) {
        Ok(current) => current,
        Err(_) if strategy::creates_on_update(&kind) && call.target.subresource.is_none() => {
            let stored = create_on_update(cluster, call, object, dry_run)?;
            return Ok(Answer::stored(201, &stored, &kind));
        }
        Err(status) => return Err(status),
    };
    check_uid(&kind, &key, &object, &current.object)?;
    let is_unconditional = matches!(meta::text(&object, "resourceVersion"), "" | "0");
    if is_unconditional && strategy::needs_version(&kind) {
        let error = FieldError::missing_version();
        return Err(Status::invalid(&kind.group, &kind.plural, &key.name, &[error]));
    }
    let stored = update(cluster, call, &current, object, dry_run, |new, old, call| {
        apply::track::record(Some(old), new, &writer(call, &call.kind));
    })?;
    Ok(Answer::stored(200, &stored, &kind))
}

/// The name in a body is that of the path.
pub(crate) fn check_name(object: &Value, name: &str) -> Result<(), Status> {
    match meta::text(object, "name") {
        "" => Err(Status::bad_request(format!(
            "the name of the object ({name} based on URL) was undeterminable: name must be provided"
        ))),
        own if own != name => Err(Status::bad_request(format!(
            "the name of the object ({own}) does not match the name on the URL ({name})"
        ))),
        _ => Ok(()),
    }
}

/// Some kinds are made by a PUT on a name that is free.
fn create_on_update(
    cluster: &mut Cluster,
    call: &mut Call,
    object: Value,
    dry_run: bool,
) -> Result<Arc<Stored>, Status> {
    check_uid(&call.kind, &call.key()?, &object, &json!({}))?;
    create_decoded(cluster, call, object, dry_run)
}

/// Replaces `current` by `object`, after everything that an update must pass. An update that changes nothing
/// stores nothing; one that removes the last finalizer of a deleted object removes the object.
pub(crate) fn update(
    cluster: &mut Cluster,
    call: &mut Call,
    current: &Arc<Stored>,
    mut object: Value,
    dry_run: bool,
    manage: impl FnOnce(&mut Value, &Value, &Call),
) -> Result<Arc<Stored>, Status> {
    let kind = Arc::clone(&call.kind);
    let key = current.key.clone();
    let old = view(current, &kind);
    take_namespace(call, &mut object)?;
    call.warnings.extend(owners::deduplicate(&mut object, Moment::AsPatched));
    check_version(&kind, &key, &object, &old)?;
    defaults::share_labels(&kind, &mut object);
    if kind.custom.is_some() {
        admit::settle(&kind, &mut object);
    }
    // Whoever sends a field owns it, whatever becomes of it from here on; a part of an object is sent with no more.
    if call.target.subresource.is_none() {
        manage(&mut object, &old, call);
        prepare::update(call, &mut object, &old);
    } else {
        prepare::update(call, &mut object, &old);
        manage(&mut object, &old, call);
    }
    if kind.custom.is_none() && call.target.subresource.is_none() {
        admission::admit(cluster, &kind, &mut object, Some(&old))?;
        admission::allocate(cluster, &kind, &mut object, Some(&old))?;
        defaults::prepare_update(&kind, &mut object, &old);
    }
    match call.target.subresource.as_deref().filter(|part| part::has_own_rules(part)) {
        Some(part) => part::validate(part, &kind, &object, &old)?,
        None if call.target.subresource.as_deref() == Some("status") && kind.custom.is_some() => {
            admit::validate_status(&kind, &object, &old, &mut call.warnings)?;
        }
        None => admit::validate(&kind, &object, Some(&old), &mut call.warnings)?,
    }
    if strategy::is_certificate_request(&kind) {
        requests::check_conditions(&object, &old)?;
    }
    let is_status = call.target.subresource.as_deref() == Some("status");
    if kind.is_namespace() && is_status {
        namespaces::check_phase(&object)?;
    }
    call.warnings.extend(meta::rules::warnings(&kind, &object, Some(&old)));
    if call.target.subresource.is_none() {
        call.warnings.extend(warn::warnings(&kind, &object, Some(&old)));
    }
    if kind.is_definition() && call.target.subresource.is_none() {
        call.warnings.extend(warnings::of(&object, Some(&old)));
        definitions::establish::set_status(&mut object, Some(&old));
    }
    admit::settle(&kind, &mut object);
    if !is_status && strategy::moves_generation(&kind, &object, &old) {
        let generation = old["metadata"]["generation"].as_i64().unwrap_or(0) + 1;
        meta::metadata(&mut object).insert("generation".to_owned(), generation.into());
    }
    meta::metadata(&mut object).insert("resourceVersion".to_owned(), current.version.to_string().into());
    let is_last = delete::is_due(&kind, &object, &old);
    if dry_run || is_last {
        let shown = unstored(key.clone(), &kind, object);
        if !dry_run {
            delete::remove(cluster, &kind, &key, &call.now);
        }
        return Ok(shown);
    }
    if meta::same_state(&object, &old) {
        return Ok(Arc::clone(current));
    }
    prepare::check_size(&mut object)?;
    let stored = cluster.put(&kind, key, object)?;
    if kind.is_definition() {
        definitions::establish::settle(cluster, &crd::kinds::collection(&stored.object).0, &call.now);
    }
    if owners::of(&stored.object) != owners::of(&old) {
        garbage::of_released(cluster, &old, &call.now);
    }
    Ok(stored)
}

/// An object that says whose incarnation it is must be about this one.
pub(crate) fn check_uid(kind: &Kind, key: &Key, new: &Value, old: &Value) -> Result<(), Status> {
    let (uid, old_uid) = (meta::text(new, "uid"), meta::text(old, "uid"));
    if uid.is_empty() || uid == old_uid {
        return Ok(());
    }
    let at = strategy::storage_path(kind, &key.namespace, &key.name);
    Err(Status::conflict(kind, &key.name, &failed_precondition(&at, "UID", uid, old_uid)))
}

/// What the storage says to an object that is not the one that is meant.
pub(crate) fn failed_precondition(at: &str, what: &str, wanted: &str, found: &str) -> String {
    format!(
        "StorageError: invalid object, Code: 4, Key: {at}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: {what} in precondition: {wanted}, {what} in object meta: {found}"
    )
}

fn check_version(kind: &Kind, key: &Key, new: &Value, old: &Value) -> Result<(), Status> {
    let version = meta::text(new, "resourceVersion");
    if matches!(version, "" | "0") || version == meta::text(old, "resourceVersion") {
        return Ok(());
    }
    if version.parse::<u64>().is_err() {
        return Err(Status::internal(format!("strconv.ParseUint: parsing \"{version}\": invalid syntax")));
    }
    Err(Status::modified(kind, &key.name))
}
