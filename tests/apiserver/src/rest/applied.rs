//! Pure: server-side apply.

use std::sync::Arc;

use kubist_structural::metadata;
use kubist_structural::value::prune;
use serde_json::Value;

use crate::apply;
use crate::cluster::{Cluster, view};
use crate::json::Strict;
use crate::kinds::Kind;
use crate::meta;
use crate::request::query::FieldValidation;
use crate::rest::options::{self, WriteOptions};
use crate::rest::{Answer, Call, admit, body, declared, typed, write};
use crate::status::Status;
use crate::strategic;

/// PATCH with a configuration, which also creates.
pub(crate) fn apply(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let kind = Arc::clone(&call.kind);
    let WriteOptions { dry_run, validation } = options::of_patch(&call.query, true)?;
    let force = call.query.flag("force").unwrap_or(false);
    let key = call.key()?;
    let (mut config, repeated) = body::configuration(&call.body)?;
    check_config(&kind, &config, &key.name)?;
    let writer = write::writer(call, &kind);
    check_declared(&kind, &config)?;
    let own_name = write::check_name(&config, &key.name);
    let place = placed(&kind, &config);
    config_metadata(&mut config, &key.name, call);
    judge(&repeated, validation, &mut call.warnings)?;
    let current = match cluster.get(&kind, &key) {
        Ok(current) => current,
        Err(status) if status.is_not_found() && call.target.subresource.is_none() => {
            admit::check_type(&kind, &mut config)?;
            tidy(&kind, &mut config, validation, &mut call.warnings)?;
            let mut object = reread(&kind, config.clone(), &place)?;
            own_name?;
            admit::fill(&kind, &mut object);
            let stored = write::insert(cluster, call, object, dry_run, |object, _| {
                apply::track::own_new(object, &config, &writer);
            })?;
            return Ok(Answer::stored(201, &stored, &kind));
        }
        Err(status) => return Err(status),
    };
    let old = view(&current, &kind);
    admit::check_type(&kind, &mut config)?;
    tidy(&kind, &mut config, validation, &mut call.warnings)?;
    let mut object = apply::apply(&old, &config, &writer, force)?;
    drop(old);
    if writer.manager == "kubectl" {
        renew_last_applied(&mut object, &config);
    }
    let place = placed(&kind, &object);
    let mut object = reread(&kind, object, &place)?;
    admit::fill(&kind, &mut object);
    let stored = write::update(cluster, call, &current, object, dry_run, |_, _, _| {})?;
    Ok(Answer::stored(200, &stored, &kind))
}

/// kubectl's record of what it applied on the client, where there is one, follows what it applies on the server.
fn renew_last_applied(object: &mut Value, config: &Value) {
    const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";
    let annotations = meta::metadata(object).get_mut("annotations").and_then(Value::as_object_mut);
    if let Some(record) = annotations.and_then(|annotations| annotations.get_mut(LAST_APPLIED)) {
        let mut config = config.clone();
        let given = meta::metadata(&mut config).get_mut("annotations").and_then(Value::as_object_mut);
        if let Some(given) = given {
            given.remove(LAST_APPLIED);
        }
        *record = format!("{config}\n").into();
    }
}

/// Keys that stand twice in the configuration.
fn judge(repeated: &[String], validation: FieldValidation, warnings: &mut Vec<String>) -> Result<(), Status> {
    let mut strict = Strict::default();
    strict.repeated(repeated);
    let mistakes = strict.into_errors();
    let whole = mistakes.concat();
    admit::judge(mistakes, validation, warnings).map_err(|_| {
        Status::bad_request(format!("error strict decoding patch: error converting YAML to JSON: {whole}"))
    })
}

/// What kinds without types do not have is dropped; for the others it has been refused.
fn tidy(
    kind: &Kind,
    config: &mut Value,
    validation: FieldValidation,
    warnings: &mut Vec<String>,
) -> Result<(), Status> {
    if admit::struct_of(kind).is_some() {
        return Ok(());
    }
    let mut strict = Strict::default();
    admit::prune(kind, config, &mut strict).map_err(Status::bad_request)?;
    admit::judge(strict.into_errors(), validation, warnings).map_err(Status::bad_request)?;
    Ok(())
}

/// The merged object, as its kind's types have it.
fn reread(kind: &Kind, mut object: Value, place: &str) -> Result<Value, Status> {
    match admit::struct_of(kind) {
        Some(of) => {
            let converted = strategic::convert(of, &mut object)
                .and_then(|_| typed::reread(kind, of, &object, &mut Strict::default()));
            converted.map_err(|why| {
                let gvk = qualified(kind);
                Status::internal(format!(
                    "failed to convert new object ({place}) to proper version: unable to convert unstructured object to {gvk}: {why}"
                ))
            })
        }
        None => {
            metadata::coerce(&mut object).map_err(Status::bad_request)?;
            Ok(object)
        }
    }
}

/// Whether the configuration is of the kind and the object of the path.
pub(crate) fn check_config(kind: &Kind, config: &Value, name: &str) -> Result<(), Status> {
    let text = |name: &str| config.get(name).and_then(Value::as_str).unwrap_or_default();
    let api_version = text("apiVersion");
    if api_version != kind.api_version() || text("kind") != kind.kind {
        let core = if api_version.contains('/') { "" } else { "/" };
        return Err(Status::bad_request(format!(
            "invalid object type: {core}{api_version}, Kind={}",
            text("kind")
        )));
    }
    let fields = meta::field(config, "managedFields").and_then(Value::as_array);
    if fields.is_some_and(|fields| !fields.is_empty()) {
        return Err(Status::bad_request("metadata.managedFields must be nil"));
    }
    match meta::text(config, "name") {
        "" => Ok(()),
        own if own == name => Ok(()),
        own => Err(Status::bad_request(format!(
            "the name of the object ({own}) does not match the name on the URL ({name})"
        ))),
    }
}

/// What the kind does not know cannot be owned, and so not be applied.
pub(crate) fn check_declared(kind: &Kind, config: &Value) -> Result<(), Status> {
    let why = match (&kind.custom, admit::struct_of(kind)) {
        (Some(custom), _) => prune::prune(&mut config.clone(), custom.schema.root())
            .first()
            .map(|path| format!(".{path}: field not declared in schema")),
        (None, Some(of)) => declared::check(of, config),
        (None, None) => None,
    };
    let Some(why) = why else {
        return Ok(());
    };
    let place = placed(kind, config);
    Err(Status::internal(format!("failed to create typed patch object ({place}): {why}")))
}

/// An object and what it is, for texts.
fn placed(kind: &Kind, object: &Value) -> String {
    format!("{}/{}; {}", meta::text(object, "namespace"), meta::text(object, "name"), qualified(kind))
}

fn qualified(kind: &Kind) -> String {
    format!("{}/{}, Kind={}", kind.group, kind.version, kind.kind)
}

pub(crate) fn config_metadata(config: &mut Value, name: &str, call: &Call) {
    let metadata = meta::metadata(config);
    metadata.insert("name".to_owned(), name.into());
    if let Some(namespace) = &call.target.namespace {
        metadata.entry("namespace").or_insert_with(|| namespace.clone().into());
    }
}
