//! Pure: PATCH: merge patch, JSON patch and server-side apply.

use std::sync::Arc;

use serde_json::Value;

use crate::apply;
use crate::cluster::{Cluster, view};
use crate::json_patch;
use crate::kinds::Kind;
use crate::meta;
use crate::rest::{Answer, Call, admit, body, write};
use crate::schema::field_error::FieldError;
use crate::schema::prune;
use crate::status::Status;

const APPLY: &str = "application/apply-patch+yaml";
const JSON: &str = "application/json-patch+json";
const MERGE: &str = "application/merge-patch+json";

/// Changes `current` as a merge patch or a JSON patch says.
pub(crate) fn apply_plain(content_type: &str, patch: &[u8], current: &Value) -> Result<Value, Status> {
    let mut object = current.clone();
    match body::media_type(content_type) {
        MERGE => {
            let patch = body::json(patch).map_err(|_| Status::bad_request("invalid JSON patch"))?;
            if !patch.is_object() {
                return Err(Status::bad_request(
                    "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}",
                ));
            }
            json_patch::merge(&mut object, &patch);
        }
        JSON => {
            let patch = body::json(patch)?;
            json_patch::apply(&mut object, &patch).map_err(|failure| match failure {
                json_patch::Failure::Malformed(why) => {
                    Status::bad_request(format!("error decoding patch: {why}"))
                }
                json_patch::Failure::Failed => Status::unprocessable(),
            })?;
        }
        _ => {
            return Err(Status::unsupported_media_type(&format!("{JSON}, {MERGE}, {APPLY}")));
        }
    }
    Ok(object)
}

pub(crate) fn patch(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    if body::media_type(&call.content_type) == APPLY {
        return apply_config(cluster, call);
    }
    let kind = Arc::clone(&call.kind);
    let dry_run = call.query.dry_run("PatchOptions")?;
    let validation = call.query.field_validation("PatchOptions")?;
    if call.query.get("force").is_some() {
        let error = FieldError::forbidden("force", "may not be specified for non-apply patch");
        return Err(Status::invalid("meta.k8s.io", "PatchOptions", "", &[error]));
    }
    let key = call.key()?;
    let current = cluster.get(&kind, &key)?;
    let old = view(&current, &kind);
    let mut object = apply_plain(&call.content_type, &call.body, &old)?;
    write::check_name(&object, &key.name)?;
    admit::decode(&kind, &mut object, validation, &mut call.warnings)?;
    drop(old);
    let stored = write::update(cluster, call, &current, object, dry_run, |new, old, call| {
        apply::track::record(Some(old), new, &write::writer(call, &call.kind));
    })?;
    Ok(Answer::stored(200, &stored, &kind))
}

/// Server-side apply.
fn apply_config(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let kind = Arc::clone(&call.kind);
    let dry_run = call.query.dry_run("PatchOptions")?;
    let validation = call.query.field_validation("PatchOptions")?;
    let force = call.query.flag("force").unwrap_or(false);
    let Some(manager) = call.query.get("fieldManager").map(str::to_owned) else {
        let error = FieldError::required("fieldManager", "is required for apply patch");
        return Err(Status::invalid("meta.k8s.io", "PatchOptions", "", &[error]));
    };
    let key = call.key()?;
    let mut config = body::decode(&call.content_type, &call.body)?;
    check_config(&kind, &config, &key.name)?;
    let writer = apply::track::Writer { manager, ..write::writer(call, &kind) };
    check_declared(&kind, &config)?;
    config_metadata(&mut config, &key.name, call);
    let current = match cluster.get(&kind, &key) {
        Ok(current) => current,
        Err(status) if status.is_not_found() && call.target.subresource.is_none() => {
            admit::prune(&kind, &mut config, validation, &mut call.warnings)?;
            let mut object = config.clone();
            admit::fill(&kind, &mut object);
            let stored = write::insert(cluster, call, object, dry_run, |object, _| {
                apply::track::own_new(object, &config, &writer);
            })?;
            return Ok(Answer::stored(201, &stored, &kind));
        }
        Err(status) => return Err(status),
    };
    let old = view(&current, &kind);
    admit::prune(&kind, &mut config, validation, &mut call.warnings)?;
    let mut object = apply::apply(&old, &config, &writer, force)?;
    drop(old);
    meta::coerce(&mut object).map_err(Status::bad_request)?;
    admit::fill(&kind, &mut object);
    let stored = write::update(cluster, call, &current, object, dry_run, |_, _, _| {})?;
    Ok(Answer::stored(200, &stored, &kind))
}

fn check_config(kind: &Kind, config: &Value, name: &str) -> Result<(), Status> {
    let text = |name: &str| config.get(name).and_then(Value::as_str).unwrap_or_default();
    let api_version = Some(text("apiVersion")).filter(|version| !version.is_empty()).unwrap_or("/");
    if api_version != kind.api_version() || text("kind") != kind.kind {
        return Err(Status::bad_request(format!(
            "invalid object type: {api_version}, Kind={}",
            text("kind")
        )));
    }
    if config
        .get("metadata")
        .and_then(|metadata| metadata.get("managedFields"))
        .and_then(Value::as_array)
        .is_some_and(|fields| !fields.is_empty())
    {
        return Err(Status::bad_request("metadata.managedFields must be nil"));
    }
    let own = meta::text(config, "name");
    if !own.is_empty() && own != name {
        return Err(Status::bad_request(format!(
            "the name of the object ({own}) does not match the name on the URL ({name})"
        )));
    }
    Ok(())
}

/// What the schema does not know cannot be owned, and so not be applied.
fn check_declared(kind: &Kind, config: &Value) -> Result<(), Status> {
    let Some(custom) = &kind.custom else {
        return Ok(());
    };
    let unknown = prune::prune(&mut config.clone(), &custom.schema);
    let Some(first) = unknown.first() else {
        return Ok(());
    };
    Err(Status::internal(format!(
        "failed to create typed patch object ({}/{}; {}, Kind={}): .{first}: field not declared in schema",
        meta::text(config, "namespace"),
        meta::text(config, "name"),
        kind.api_version(),
        kind.kind
    )))
}

fn config_metadata(config: &mut Value, name: &str, call: &Call) {
    let metadata = meta::metadata(config);
    metadata.insert("name".to_owned(), name.into());
    if let Some(namespace) = &call.target.namespace {
        metadata.entry("namespace").or_insert_with(|| namespace.clone().into());
    }
}
