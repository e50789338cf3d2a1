//! Pure: the scale subresource.

use std::sync::Arc;

use http::Method;
use kubist_structural::field_error::FieldError;
use kubist_structural::value::validate;
use serde_json::{Map, Value, json};

use crate::apply;
use crate::cluster::{Cluster, view};
use crate::kinds::{Kind, ScalePaths, at};
use crate::meta;
use crate::request::query::FieldValidation;
use crate::rest::options::{self, WriteOptions};
use crate::rest::{Answer, Call, admit, applied, body, not_allowed, part, patch, subresource, write};
use crate::status::Status;

/// GET, PUT and PATCH of how many replicas an object has and shall have.
pub(crate) fn perform(cluster: &mut Cluster, method: &Method, call: &mut Call) -> Result<Answer, Status> {
    let kind = Arc::clone(&call.kind);
    let paths = kind.scale.as_ref().ok_or_else(Status::no_such_resource)?;
    let key = call.key()?;
    let scale_kind = subresource::body_kind(call)?;
    if *method == Method::PATCH && patch::is_apply(call) {
        return apply(cluster, call, &scale_kind, paths);
    }
    let WriteOptions { dry_run, validation } = match *method {
        Method::GET => WriteOptions { dry_run: true, validation: FieldValidation::Ignore },
        Method::PATCH => options::of_patch(&call.query, false)?,
        _ => options::read(&call.query, "UpdateOptions")?,
    };
    let sent =
        if *method == Method::PUT { Some(admit::read_as(&scale_kind, call, validation)?) } else { None };
    if let Some(sent) = &sent {
        write::check_name(sent, &key.name)?;
    }
    let current = cluster.get(&kind, &key)?;
    let scale = read(&view(&current, &kind), paths)?;
    let mut wanted = match (sent, method) {
        (Some(sent), _) => {
            write::check_uid(&kind, &key, &sent, &current.object)?;
            sent
        }
        (None, &Method::PATCH) => patch::change(call, &scale_kind, &scale, validation)?,
        (None, &Method::GET) => return Ok(Answer::value(200, &scale)),
        (None, _) => return Err(not_allowed(&kind, method)),
    };
    write::take_namespace(call, &mut wanted)?;
    write::check_name(&wanted, &key.name)?;
    let replicas = wanted["spec"]["replicas"].as_i64().unwrap_or(0);
    let mut object = view(&current, &kind).into_owned();
    set(&mut object, &paths.spec, replicas.into());
    if replicas < 0 {
        return Err(negative(&kind, paths, &object, replicas));
    }
    let metadata = meta::metadata(&mut object);
    metadata.remove("resourceVersion");
    for field in ["resourceVersion", "uid"] {
        let wanted = meta::text(&wanted, field);
        if !wanted.is_empty() {
            metadata.insert(field.to_owned(), wanted.into());
        }
    }
    let stored = write::update(cluster, call, &current, object, dry_run, |new, old, call| {
        record(new, old, paths, &write::writer(call, &call.kind));
    })?;
    Ok(Answer::value(200, &read(&stored.object, paths)?))
}

/// Server-side apply of a scale: the object is applied to, with its replicas alone.
fn apply(
    cluster: &mut Cluster,
    call: &mut Call,
    scale_kind: &Kind,
    paths: &ScalePaths,
) -> Result<Answer, Status> {
    let kind = Arc::clone(&call.kind);
    let WriteOptions { dry_run, .. } = options::of_patch(&call.query, true)?;
    let force = call.query.flag("force").unwrap_or(false);
    let key = call.key()?;
    let (config, _) = body::configuration(&call.body)?;
    applied::check_config(scale_kind, &config, &key.name)?;
    applied::check_declared(scale_kind, &config)?;
    let current = cluster.get(&kind, &key)?;
    let mut whole = json!({"apiVersion": kind.api_version(), "kind": kind.kind});
    applied::config_metadata(&mut whole, &key.name, call);
    let replicas = config["spec"]["replicas"].clone();
    if !replicas.is_null() {
        set(&mut whole, &paths.spec, replicas);
    }
    let writer = write::writer(call, &kind);
    let merged = apply::apply(&view(&current, &kind), &whole, &writer, force);
    // In the view of a scale, everybody has written a scale.
    let using = |version: String| format!("using {version}");
    let object = merged
        .map_err(|status| status.reworded(&using(kind.api_version()), &using(scale_kind.api_version())))?;
    let replicas = at(&object, &paths.spec).and_then(Value::as_i64).unwrap_or(0);
    if replicas < 0 {
        return Err(negative(&kind, paths, &object, replicas));
    }
    let stored = write::update(cluster, call, &current, object, dry_run, |_, _, _| {})?;
    Ok(Answer::value(200, &read(&stored.object, paths)?))
}

/// Records who scaled. A scale of 0 shows no replicas, and so nobody has set them.
fn record(new: &mut Value, old: &Value, paths: &ScalePaths, writer: &apply::track::Writer) {
    let mut seen = new.clone();
    if at(&seen, &paths.spec).and_then(Value::as_i64) == Some(0)
        && let Some((last, parents)) = paths.spec.split_last()
        && let Some(parent) = parents.iter().try_fold(&mut seen, |value, part| value.get_mut(part))
        && let Some(parent) = parent.as_object_mut()
    {
        parent.remove(last);
    }
    apply::track::record(Some(old), &mut seen, writer);
    part::take(&mut new["metadata"], &seen["metadata"], "managedFields");
}

/// What a negative scale is told: by the schema, if there is one, and by the rule for all scales.
fn negative(kind: &Kind, paths: &ScalePaths, object: &Value, replicas: i64) -> Status {
    let mut errors = Vec::new();
    if let Some(custom) = &kind.custom {
        errors.extend(validate::validate(object, None, custom.schema.root()));
        let path = format!(".{}", paths.spec.join("."));
        errors.push(FieldError::invalid(&path, replicas, "should be a non-negative integer"));
    } else {
        errors.push(FieldError::invalid("spec.replicas", replicas, "must be greater than or equal to 0"));
        return Status::invalid("autoscaling", "Scale", meta::text(object, "name"), &errors);
    }
    Status::invalid(&kind.group, &kind.kind, meta::text(object, "name"), &errors)
}

/// The `Scale` of an object.
fn read(object: &Value, paths: &ScalePaths) -> Result<Value, Status> {
    let number = |path: &[String]| at(object, path).and_then(Value::as_i64);
    let Some(wanted) = number(&paths.spec) else {
        let path = paths.spec.join(".");
        let why = format!("Internal error occurred: the spec replicas field \".{path}\" does not exist");
        let cause = why.trim_start_matches("Internal error occurred: ");
        return Err(Status::new(500, "InternalError", why.as_str())
            .with_details(json!({"causes": [{"message": cause}]})));
    };
    let mut metadata = Map::new();
    for field in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
        let text = meta::text(object, field);
        if !text.is_empty() {
            metadata.insert(field.to_owned(), text.into());
        }
    }
    let mut status = json!({"replicas": number(&paths.status).unwrap_or(0)});
    let selector =
        paths.selector.as_ref().and_then(|path| at(object, path)).map(selector_text).unwrap_or_default();
    if !selector.is_empty() {
        status["selector"] = selector.into();
    }
    let spec = if wanted == 0 { json!({}) } else { json!({ "replicas": wanted }) };
    Ok(
        json!({"apiVersion": "autoscaling/v1", "kind": "Scale", "metadata": metadata, "spec": spec, "status": status}),
    )
}

/// A selector in text form, from text, from a `LabelSelector` or from plain labels.
pub(crate) fn selector_text(selector: &Value) -> String {
    if let Some(text) = selector.as_str() {
        return text.to_owned();
    }
    let is_plain = ["matchLabels", "matchExpressions"].iter().all(|name| selector.get(name).is_none());
    let labels = if is_plain { Some(selector) } else { selector.get("matchLabels") };
    let labels = labels.and_then(Value::as_object);
    let mut terms: Vec<String> = labels
        .into_iter()
        .flatten()
        .map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default()))
        .collect();
    for expression in selector.get("matchExpressions").and_then(Value::as_array).into_iter().flatten() {
        let key = expression["key"].as_str().unwrap_or_default();
        let values = kubist_structural::node::strings(expression.get("values")).join(",");
        terms.push(match expression["operator"].as_str() {
            Some("In") => format!("{key} in ({values})"),
            Some("NotIn") => format!("{key} notin ({values})"),
            Some("DoesNotExist") => format!("!{key}"),
            _ => key.to_owned(),
        });
    }
    terms.join(",")
}

fn set(object: &mut Value, path: &[String], value: Value) {
    let Some((last, parents)) = path.split_last() else {
        return;
    };
    let mut here = object;
    for part in parents {
        if !here.get(part).is_some_and(Value::is_object) {
            here[part] = Value::Object(Map::new());
        }
        here = &mut here[part];
    }
    here[last] = value;
}
