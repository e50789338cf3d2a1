//! Pure: PATCH: merge patch, JSON patch and strategic merge patch. Server-side apply is in `applied`.

use std::sync::Arc;

use kubist_structural::field_error::FieldError;
use serde_json::{Map, Value};

use crate::apply;
use crate::builtin::text;
use crate::builtin::types::Struct;
use crate::cluster::{Cluster, view};
use crate::json::{self, Node, Strict};
use crate::json_patch;
use crate::kinds::Kind;
use crate::request::query::FieldValidation;
use crate::rest::options::{self, WriteOptions};
use crate::rest::{Answer, Call, admit, applied, body, write};
use crate::status::Status;
use crate::strategic;

const APPLY: &str = "application/apply-patch+yaml";
const JSON: &str = "application/json-patch+json";
const MERGE: &str = "application/merge-patch+json";
const STRATEGIC: &str = "application/strategic-merge-patch+json";

/// What a patch has made of an object.
#[derive(Debug)]
struct Patched {
    object: Value,
    /// What strict decoding minds of the patch.
    noted: Vec<String>,
    /// What a refusal shows.
    shown: String,
}

/// Whether the patch of a call is a configuration to be applied.
pub(crate) fn is_apply(call: &Call) -> bool {
    body::media_type(&call.content_type) == APPLY
}

/// PATCH.
pub(crate) fn patch(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let kind = Arc::clone(&call.kind);
    let form = body::media_type(&call.content_type).to_owned();
    check_form(&kind, &form)?;
    if form == APPLY {
        return applied::apply(cluster, call);
    }
    let WriteOptions { dry_run, validation } = options::of_patch(&call.query, false)?;
    let key = call.key()?;
    // What is wrong with the patch is said before what is missing.
    let current = cluster.get(&kind, &key).map_err(|missing| read(call).err().unwrap_or(missing))?;
    let old = view(&current, &kind).into_owned();
    let mut object = change(call, &kind, &old, validation)?;
    write::take_namespace(call, &mut object)?;
    write::check_name(&object, &key.name)?;
    let stored = write::update(cluster, call, &current, object, dry_run, |new, old, call| {
        apply::track::record(Some(old), new, &write::writer(call, &call.kind));
    })?;
    Ok(Answer::stored(200, &stored, &kind))
}

/// What the patch of a call makes of an object of this kind.
pub(crate) fn change(
    call: &mut Call,
    kind: &Kind,
    old: &Value,
    validation: FieldValidation,
) -> Result<Value, Status> {
    let form = body::media_type(&call.content_type).to_owned();
    let patched = carry_out(&form, &read(call)?, old, admit::struct_of(kind), validation)?;
    let Patched { object, noted, shown } = patched;
    admit::patched(kind, object, noted, &shown, (validation, &mut call.warnings))
}

fn read(call: &Call) -> Result<Node, Status> {
    json::parse(&call.body).map_err(|_| Status::bad_request("invalid JSON patch"))
}

/// Which forms of patches a kind takes.
fn check_form(kind: &Kind, form: &str) -> Result<(), Status> {
    match form {
        APPLY | JSON | MERGE => Ok(()),
        STRATEGIC if kind.custom.is_none() => Ok(()),
        _ if kind.custom.is_none() => Err(Status::unsupported_patch()),
        _ => Err(Status::unsupported_media_type(&format!("{JSON}, {MERGE}, {APPLY}"))),
    }
}

fn carry_out(
    form: &str,
    patch: &Node,
    current: &Value,
    of: Option<&'static Struct>,
    validation: FieldValidation,
) -> Result<Patched, Status> {
    match (form, of) {
        (MERGE, _) => merge(patch, current, of, validation),
        (JSON, _) => steps(patch, current, of, validation),
        (STRATEGIC, Some(of)) => strategic(patch, current, of),
        (_, Some(_)) => Err(Status::unsupported_patch()),
        _ => Err(Status::unsupported_media_type(&format!("{JSON}, {MERGE}, {APPLY}"))),
    }
}

fn merge(
    patch: &Node,
    current: &Value,
    of: Option<&'static Struct>,
    validation: FieldValidation,
) -> Result<Patched, Status> {
    let mut strict = Strict::default();
    let change = json::to_value(patch, "", &mut strict);
    match patch {
        Node::Map(_) => {}
        Node::List(_) if validation == FieldValidation::Ignore => {}
        Node::Null => return Err(Status::bad_request("Invalid JSON Patch")),
        _ if validation == FieldValidation::Ignore => return Err(Status::bad_request("Invalid JSON Patch")),
        other => return Err(Status::bad_request(format!("error decoding patch: {}", no_map(other)))),
    }
    let mut object = current.clone();
    json_patch::merge(&mut object, &change);
    let shown = text::text(of, &object, &change);
    Ok(Patched { object, noted: strict.into_errors(), shown })
}

fn no_map(node: &Node) -> String {
    format!("json: cannot unmarshal {} into Go value of type map[string]interface {{}}", node.go_type())
}

fn steps(
    patch: &Node,
    current: &Value,
    of: Option<&'static Struct>,
    validation: FieldValidation,
) -> Result<Patched, Status> {
    let mut strict = Strict::default();
    let operations = json_patch::operations(patch, &mut strict).map_err(|why| {
        let why = if validation == FieldValidation::Ignore {
            why.replace("[]handlers.jsonPatchOp", "jsonpatch.Patch")
                .replace("handlers.jsonPatchOp", "jsonpatch.Operation")
        } else {
            format!("error decoding patch: {why}")
        };
        Status::bad_request(why)
    })?;
    if operations.len() > json_patch::MAX_OPERATIONS {
        return Err(Status::new(
            413,
            "RequestEntityTooLarge",
            format!(
                "Request entity too large: The allowed maximum operations in a JSON patch is {}, got {}",
                json_patch::MAX_OPERATIONS,
                operations.len()
            ),
        ));
    }
    let mut object = current.clone();
    json_patch::apply(&mut object, &operations).map_err(|json_patch::Misfit| Status::unprocessable())?;
    let noted = strict.into_errors().into_iter().map(|why| format!("json patch {why}")).collect();
    let touched = text::touched(operations.iter().flat_map(json_patch::Operation::paths));
    let shown = text::text(of, &object, &touched);
    Ok(Patched { object, noted, shown })
}

fn strategic(patch: &Node, current: &Value, of: &'static Struct) -> Result<Patched, Status> {
    let mut strict = Strict::default();
    let change = match patch {
        Node::Map(_) => json::to_value(patch, "", &mut strict),
        Node::Null => Value::Object(Map::new()),
        other => return Err(Status::bad_request(no_map(other))),
    };
    let fields = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let (before, mut change) = (fields(current), fields(&change));
    let merged = strategic::patch(before, &mut change, &strategic::Meta::Struct(of));
    let mut object = Value::Object(merged.map_err(strategic::Failure::into_status)?);
    let shown = strategic::go_value(&Value::Object(change));
    let unknown = strategic::convert(of, &mut object).map_err(|why| {
        let error = FieldError::invalid("patch", shown.as_str(), why);
        Status::invalid("", "", "", &[error])
    })?;
    unknown.iter().for_each(|path| strict.unknown(path));
    Ok(Patched { object, noted: strict.into_errors(), shown })
}
