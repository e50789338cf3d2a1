//! Pure: from the body of a write to an object that may be stored.

use std::sync::Arc;

use kubist_structural::definition;
use kubist_structural::field_error::FieldError;
use kubist_structural::metadata;
use kubist_structural::number;
use kubist_structural::value::embedded;
use kubist_structural::value::prune;
use serde_json::Value;

use crate::builtin::defaults;
use crate::builtin::shape;
use crate::builtin::types::{self, Struct};
use crate::builtin::validate::validate as validate_built_in;
use crate::json::{self, Strict};
use crate::kinds::Kind;
use crate::meta;
use crate::request::query::FieldValidation;
use crate::rest::body::{self, Document};
use crate::rest::{Call, typed};
use crate::status::Status;

/// Reads the body of a create or an update: an object of the kind, with its defaults. What only strict decoding minds
/// ends in the call's warnings or in a refusal.
pub(crate) fn read(call: &mut Call, validation: FieldValidation) -> Result<Value, Status> {
    read_as(&Arc::clone(&call.kind), call, validation)
}

/// Reads the body of a call as an object of this kind, which a subresource may have for itself.
pub(crate) fn read_as(kind: &Kind, call: &mut Call, validation: FieldValidation) -> Result<Value, Status> {
    let raw = call.body.clone();
    let document = body::document(&call.content_type, &raw, kind.custom.is_none())?;
    let document = document.map_err(|why| body::unrecognized(&kind.kind, &why, &raw))?;
    let mut strict = Strict::default();
    let refused = |why: String| {
        let name = &kind.kind;
        let version = &kind.version;
        Status::bad_request(format!("{name} in version \"{version}\" cannot be handled as a {name}: {why}"))
    };
    let mut object = match struct_of(kind) {
        Some(of) => typed::read(kind, of, &document, &raw, &mut strict)?,
        None => untyped(kind, &document, &raw, &mut strict)?.map_err(refused)?,
    };
    judge(strict.into_errors(), validation, &mut call.warnings).map_err(refused)?;
    complete(kind, &mut object);
    Ok(object)
}

/// Takes up an object that a patch has made of one of this kind; `shown` is what a refusal shows of it, and `noted`
/// what strict decoding minds of the patch itself.
pub(crate) fn patched(
    kind: &Kind,
    mut object: Value,
    noted: Vec<String>,
    shown: &str,
    (validation, warnings): (FieldValidation, &mut Vec<String>),
) -> Result<Value, Status> {
    let refused = |why: String| {
        let error = FieldError::invalid("patch", shown, why);
        Status::invalid("", "", "", &[error])
    };
    let mut strict = Strict::default();
    noted.into_iter().for_each(|why| strict.push(why));
    if let Some(of) = struct_of(kind) {
        object = typed::reread(kind, of, &object, &mut strict).map_err(refused)?;
    } else {
        check_type(kind, &mut object)?;
        prune(kind, &mut object, &mut strict).map_err(refused)?;
    }
    judge(strict.into_errors(), validation, warnings).map_err(refused)?;
    complete(kind, &mut object);
    Ok(object)
}

/// The types by which objects of a kind are read. Definitions have schemas, which are read by rules of their own.
pub(crate) fn struct_of(kind: &Kind) -> Option<&'static Struct> {
    types::of_kind(kind)
}

/// An object of a kind without types.
fn untyped(
    kind: &Kind,
    document: &Document<'_>,
    raw: &[u8],
    strict: &mut Strict,
) -> Result<Result<Value, String>, Status> {
    let meta = document.type_meta().map_err(|why| body::unrecognized(&kind.kind, &why, raw))?;
    if kind.custom.is_some() && meta.kind.is_empty() {
        let why = format!("Object 'Kind' is missing in '{}'", String::from_utf8_lossy(raw));
        return Err(body::unrecognized(&kind.kind, &why, raw));
    }
    let mut object = match document {
        Document::Node(node, repeated) => {
            strict.repeated(repeated);
            json::to_value(node, "", strict)
        }
        Document::Protobuf(_) => body::decode("application/vnd.kubernetes.protobuf", raw)?,
    };
    check_type(kind, &mut object)?;
    Ok(prune(kind, &mut object, strict).map(|()| object))
}

/// Drops what the kind does not have and names it; nulls stay, for a configuration that is applied.
pub(crate) fn prune(kind: &Kind, object: &mut Value, strict: &mut Strict) -> Result<(), String> {
    let mut unknown = metadata::coerce(object)?;
    unknown.sort();
    match &kind.custom {
        Some(custom) => {
            unknown.extend(prune::prune(object, custom.schema.root()));
            unknown.extend(embedded::prune(object, custom.schema.root(), ""));
        }
        None if kind.is_definition() => unknown.extend(definition::tidy(object)?),
        None => {}
    }
    unknown.iter().for_each(|path| strict.unknown(path));
    Ok(())
}

/// What becomes of mistakes that only strict decoding minds.
pub(crate) fn judge(
    mistakes: Vec<String>,
    validation: FieldValidation,
    warnings: &mut Vec<String>,
) -> Result<(), String> {
    match validation {
        FieldValidation::Ignore => {}
        FieldValidation::Warn => {
            for mistake in mistakes {
                let lines = mistake.strip_prefix(json::REPEATED_KEYS);
                warnings.extend(lines.unwrap_or(&mistake).lines().map(|line| line.trim_start().to_owned()));
            }
        }
        FieldValidation::Strict if mistakes.is_empty() => {}
        FieldValidation::Strict => return Err(format!("strict decoding error: {}", mistakes.join(", "))),
    }
    Ok(())
}

fn complete(kind: &Kind, object: &mut Value) {
    fill(kind, object);
    if let Some(custom) = &kind.custom {
        custom.schema.drop_nulls(object);
    }
}

/// Brings an object into the form in which it is stored and given back.
pub(crate) fn settle(kind: &Kind, object: &mut Value) {
    match struct_of(kind) {
        Some(of) => *object = shape::shape(of, object.take()),
        None => number::normalise(object),
    }
}

/// Defaults.
pub(crate) fn fill(kind: &Kind, object: &mut Value) {
    match &kind.custom {
        Some(custom) => custom.schema.default(object),
        None if kind.is_definition() => {
            definition::defaults::fill(object);
            defaults::fill_unconditional(kind, object);
        }
        None => defaults::fill(kind, object),
    }
}

/// Whether the object is of the kind; what it does not say of itself is filled in.
pub(crate) fn check_type(kind: &Kind, object: &mut Value) -> Result<(), Status> {
    let Some(map) = object.as_object_mut() else {
        return Err(Status::bad_request(
            "couldn't get version/kind; json parse error: json: cannot unmarshal value into Go value of type struct",
        ));
    };
    let expected = kind.api_version();
    let text = |name: &str| map.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (version, name) = (text("apiVersion"), text("kind"));
    if kind.custom.is_some() && name.is_empty() {
        return Err(Status::bad_request(format!(
            "the object provided is unrecognized (must be of type {}): Object 'Kind' is missing in '{}'",
            kind.kind,
            Value::Object(map.clone())
        )));
    }
    if !version.is_empty() && version != expected {
        return Err(Status::bad_request(format!(
            "the API version in the data ({version}) does not match the expected API version ({expected})"
        )));
    }
    if !name.is_empty() && name != kind.kind {
        if kind.custom.is_some() {
            let error = FieldError::invalid("kind", name.as_str(), format!("must be {}", kind.kind));
            return Err(Status::invalid(&kind.group, &name, &object_name(map), &[error]));
        }
        let internal =
            if kind.group.is_empty() { "core" } else { kind.group.split('.').next().unwrap_or_default() };
        return Err(Status::bad_request(format!(
            "{name} in version \"{version}\" cannot be handled as a {own}: converting ({version}.{name}) to ({internal}.{own}): unknown conversion",
            version = kind.version,
            own = kind.kind
        )));
    }
    map.insert("apiVersion".to_owned(), expected.into());
    map.insert("kind".to_owned(), kind.kind.clone().into());
    Ok(())
}

fn object_name(map: &serde_json::Map<String, Value>) -> String {
    map.get("metadata")
        .and_then(|metadata| metadata.get("name"))
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// Everything that forbids a write to the status of a custom resource: it is judged by the schema of the status alone,
/// and by all rules.
pub(crate) fn validate_status(
    kind: &Kind,
    object: &Value,
    old: &Value,
    warnings: &mut Vec<String>,
) -> Result<(), Status> {
    let mut errors = meta::rules::validate_update(object, old, kind);
    if let Some(custom) = &kind.custom {
        let verdict = custom.schema.judge_status(object, old, errors);
        warnings.extend(verdict.warnings);
        errors = verdict.errors;
    }
    if errors.is_empty() {
        return Ok(());
    }
    Err(Status::invalid(&kind.group, &kind.kind, meta::text(object, "name"), &errors))
}

/// Everything that forbids storing `object`; `old` is what it replaces.
pub(crate) fn validate(
    kind: &Kind,
    object: &Value,
    old: Option<&Value>,
    warnings: &mut Vec<String>,
) -> Result<(), Status> {
    let mut errors = match old {
        None => meta::rules::validate(object, kind),
        Some(old) => meta::rules::validate_update(object, old, kind),
    };
    match &kind.custom {
        Some(custom) => {
            let verdict = custom.schema.judge(object, old, errors);
            warnings.extend(verdict.warnings);
            errors = verdict.errors;
        }
        None if kind.is_definition() => errors.extend(definition::validate::validate(object, old)),
        None => {
            errors.extend(validate_built_in(kind, object, old));
        }
    }
    if kind.custom.is_none() {
        meta::rules::told_once(&mut errors);
    }
    if errors.is_empty() {
        return Ok(());
    }
    // The newer events are the older ones inside.
    let group = if kind.is("events.k8s.io", "events") { "" } else { kind.group.as_str() };
    Err(Status::invalid(group, &kind.kind, meta::text(object, "name"), &errors))
}
