//! Pure: kinds that are answers: who somebody is, and what they may do. Who has the server's token may do everything.

use std::sync::Arc;

use kubist_structural::field_error::FieldError;
use kubist_structural::node::strings;
use serde_json::{Value, json};

use crate::apply;
use crate::cluster::Cluster;
use crate::meta;
use crate::rest::options::{self, WriteOptions};
use crate::rest::{Answer, Call, admit, binding, token, write};
use crate::status::Status;
use crate::tokens;

const MASTERS: &str = "system:masters";

/// POST of an object that is answered and not stored.
pub(crate) fn create(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let kind = Arc::clone(&call.kind);
    if kind.plural == "bindings" {
        return binding::create(cluster, call);
    }
    let WriteOptions { validation, .. } = options::read(&call.query, "CreateOptions")?;
    let mut review = admit::read(call, validation)?;
    write::take_namespace(call, &mut review)?;
    apply::track::record(None, &mut review, &write::writer(call, &kind));
    match kind.plural.as_str() {
        "selfsubjectreviews" => {
            review["metadata"] = json!({"creationTimestamp": call.now});
            review["status"] = json!({"userInfo": call.user.to_value()});
        }
        "tokenreviews" => review["status"] = identify(cluster, call, &review)?,
        "selfsubjectrulesreviews" => rules(&mut review)?,
        plural => {
            check_access(plural, &review)?;
            let is_own = plural == "selfsubjectaccessreviews";
            let groups =
                if is_own { call.user.groups.clone() } else { strings(review["spec"].get("groups")) };
            let allowed = is_own || groups.iter().any(|group| group == MASTERS);
            review["status"] = json!({"allowed": allowed});
        }
    }
    Ok(Answer::value(201, &review))
}

/// Whose token it is, and for which audiences.
fn identify(cluster: &Cluster, call: &Call, review: &Value) -> Result<Value, Status> {
    let token = review["spec"]["token"].as_str().unwrap_or_default();
    if token.is_empty() {
        return Err(Status::bad_request("token is required for TokenReview in authentication"));
    }
    let mut wanted = strings(review["spec"].get("audiences"));
    if wanted.is_empty() {
        wanted.push(tokens::AUDIENCE.to_owned());
    }
    let Some((user, audiences)) = cluster.issuer.identify(token, &wanted, token::unix(&call.now)) else {
        return Ok(json!({"user": {}, "error": "invalid bearer token"}));
    };
    Ok(json!({"authenticated": true, "user": user.to_value(), "audiences": audiences}))
}

/// What is wrong with a question about access.
fn check_access(plural: &str, review: &Value) -> Result<(), Status> {
    let spec = &review["spec"];
    let part = |name: &str| spec.get(name).filter(|value| !value.is_null());
    let (resource, other) = (part("resourceAttributes"), part("nonResourceAttributes"));
    let is_local = plural == "localsubjectaccessreviews";
    let shown = |other: &Value| {
        let text = |name: &str| Value::from(other[name].as_str().unwrap_or_default());
        format!("{{\"Path\":{},\"Verb\":{}}}", text("path"), text("verb"))
    };
    let mut errors = Vec::new();
    if resource.is_some() == other.is_some() {
        let why = "exactly one of nonResourceAttributes or resourceAttributes must be specified";
        errors.push(FieldError::invalid_as("spec", other.map_or_else(|| "null".to_owned(), shown), why));
    }
    let is_empty = |name: &str| match &spec[name] {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => true,
    };
    if plural != "selfsubjectaccessreviews" && is_empty("user") && is_empty("groups") {
        errors.push(FieldError::invalid("spec.user", "", "at least one of user or group must be specified"));
    }
    if let Some(resource) = resource.filter(|_| is_local) {
        let namespace = resource["namespace"].as_str().unwrap_or_default();
        if namespace != meta::text(review, "namespace") {
            let path = "spec.resourceAttributes.namespace";
            errors.push(FieldError::invalid(path, namespace, "must match metadata.namespace"));
        }
    }
    if let Some(other) = other.filter(|_| is_local) {
        let why = "disallowed on this kind of request";
        errors.push(FieldError::invalid_as("spec.nonResourceAttributes", shown(other), why));
    }
    if errors.is_empty() { Ok(()) } else { Err(Status::invalid("authorization.k8s.io", "", "", &errors)) }
}

/// All that one may do; the question is not given back.
fn rules(review: &mut Value) -> Result<(), Status> {
    if review["spec"]["namespace"].as_str().unwrap_or_default().is_empty() {
        return Err(Status::bad_request("no namespace on request"));
    }
    let create = |group: &str, resources: &[&str]| json!({"verbs": ["create"], "apiGroups": [group], "resources": resources});
    review["metadata"] = json!({});
    review["spec"] = json!({});
    review["status"] = json!({
        "resourceRules": [
            create("authorization.k8s.io", &["selfsubjectaccessreviews", "selfsubjectrulesreviews"]),
            create("authentication.k8s.io", &["selfsubjectreviews"]),
            {"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]},
        ],
        "nonResourceRules": [
            {"verbs": ["get"], "nonResourceURLs": [
                "/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz",
                "/version", "/version/",
            ]},
            {"verbs": ["*"], "nonResourceURLs": ["*"]},
            {"verbs": ["get"], "nonResourceURLs": ["/healthz", "/livez", "/readyz", "/version", "/version/"]},
        ],
        "incomplete": false,
    });
    Ok(())
}
