//! Pure: which subresources there are, with which verbs, and what their bodies are.

use std::sync::Arc;

use http::Method;
use serde_json::{Value, json};

use crate::builtin::types;
use crate::cluster::Cluster;
use crate::kinds::Kind;
use crate::request::route::Target;
use crate::rest::{
    Answer, Call, binding, eviction, namespaces, not_allowed, patch, read, scale, streams, token, write,
};
use crate::status::Status;

/// The verb of a request for one object.
fn verb(method: &Method) -> &'static str {
    match method.as_str() {
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => "get",
    }
}

/// The name of the subresource of a path; what follows a `proxy` is the path behind it.
fn name(target: &Target) -> Option<&str> {
    let name = target.subresource.as_deref()?;
    match name.split_once('/') {
        Some(("proxy", _)) => Some("proxy"),
        _ => Some(name),
    }
}

/// Whether the kind has the subresource of the path, with this method.
pub(crate) fn check(kind: &Kind, target: &Target, method: &Method) -> Result<(), Status> {
    let Some(name) = name(target) else {
        return Ok(());
    };
    if kind.custom.is_some() {
        let has = (name == "status" && kind.status) || (name == "scale" && kind.scale.is_some());
        let of = target.name.as_deref().unwrap_or_default();
        return if has { Ok(()) } else { Err(Status::not_found(kind, of)) };
    }
    let subresource = kind.subresource(name).ok_or_else(Status::unknown_resource)?;
    if subresource.verbs.iter().any(|own| own == verb(method)) {
        return Ok(());
    }
    Err(Status::method_not_allowed())
}

/// A request for a part of an object.
pub(crate) fn perform(cluster: &mut Cluster, method: &Method, call: &mut Call) -> Result<Answer, Status> {
    let part = name(&call.target).unwrap_or_default().to_owned();
    match (part.as_str(), method) {
        ("scale", _) => scale::perform(cluster, method, call),
        ("binding", _) => binding::create(cluster, call),
        ("eviction", _) => eviction::create(cluster, call),
        ("token", _) => token::create(cluster, call),
        ("finalize", _) => namespaces::finalize(cluster, call),
        ("log", _) => streams::log(cluster, call),
        ("exec" | "attach" | "portforward" | "proxy", _) => streams::connect(cluster, call, &part),
        (_, &Method::GET) => read::get(cluster, call),
        (_, &Method::PUT) => write::replace(cluster, call),
        (_, &Method::PATCH) => patch::patch(cluster, call),
        _ => Err(not_allowed(&call.kind, method)),
    }
}

/// The kind of the object that is sent to the subresource of a call.
pub(crate) fn body_kind(call: &Call) -> Result<Kind, Status> {
    let kind = &call.kind;
    let name = name(&call.target).unwrap_or_default();
    let (group, version, body) = match kind.subresource(name) {
        Some(part) if !part.version.is_empty() => {
            (part.group.clone(), part.version.clone(), part.kind.clone())
        }
        Some(part) if kind.custom.is_none() => (kind.group.clone(), kind.version.clone(), part.kind.clone()),
        _ if name == "scale" => ("autoscaling".to_owned(), "v1".to_owned(), "Scale".to_owned()),
        _ => return Err(Status::unknown_resource()),
    };
    let api_version = if group.is_empty() { version.clone() } else { format!("{group}/{version}") };
    let of = types::of_gvk(&api_version, &body);
    Ok(Kind {
        group,
        version,
        plural: format!("{}s", body.to_lowercase()),
        kind: body,
        custom: None,
        subresources: Vec::new(),
        status: false,
        scale: None,
        ty: of.and_then(|of| types::find(&of.openapi)),
        ..Arc::unwrap_or_clone(Arc::clone(kind))
    })
}

/// The answer to what has no object to show.
pub(crate) fn success(code: u16) -> Value {
    json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "code": code})
}
