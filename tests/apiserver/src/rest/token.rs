//! Pure: POST on the `token` of a service account.

use kubist_structural::field_error::FieldError;
use serde_json::{Value, json};

use crate::apply;
use crate::cluster::Cluster;
use crate::meta;
use crate::rest::options::{self, WriteOptions};
use crate::rest::{Answer, Call, admit, subresource, write};
use crate::status::Status;
use crate::storage::Key;
use crate::tokens;

const GROUP: &str = "authentication.k8s.io";
const SHORTEST: i64 = 10 * 60;
const LONGEST: i64 = 1 << 32;

/// Makes a token. Nothing is stored, whether or not this is a dry run.
pub(crate) fn create(cluster: &mut Cluster, call: &mut Call) -> Result<Answer, Status> {
    let WriteOptions { validation, .. } = options::read(&call.query, "CreateOptions")?;
    let key = call.key()?;
    let kind = subresource::body_kind(call)?;
    let mut request = admit::read_as(&kind, call, validation)?;
    write::take_namespace(call, &mut request)?;
    prepare(&mut request);
    apply::track::record(None, &mut request, &write::writer(call, &kind));
    let name = meta::text(&request, "name").to_owned();
    if !name.is_empty() && name != key.name {
        let why = "must match the service account name if specified";
        let error = FieldError::invalid("metadata.name", name, why);
        return Err(Status::invalid(GROUP, "TokenRequest", &key.name, &[error]));
    }
    let account = cluster.get(&call.kind, &key)?;
    let account_uid = meta::text(&account.object, "uid");
    let uid = meta::text(&request, "uid");
    if !uid.is_empty() && uid != account_uid {
        let why = format!(
            "the UID in the token request ({uid}) does not match the UID of the service account ({account_uid})"
        );
        return Err(Status::named_conflict(GROUP, "TokenRequest", &key.name, &why));
    }
    complete(&mut request, &key, account_uid, &call.now);
    check_expiration(&request)?;
    let claims = claims(cluster, &request, &key, &call.now)?;
    let seconds = request["spec"]["expirationSeconds"].as_i64().unwrap_or(0);
    request["status"] = json!({"token": cluster.issuer.sign(&claims), "expirationTimestamp": time(unix(&call.now) + seconds)});
    Ok(Answer::value(201, &request))
}

/// What the server fills in before anything owns it.
fn prepare(request: &mut Value) {
    let spec = &mut request["spec"];
    if spec["expirationSeconds"].is_null() {
        spec["expirationSeconds"] = (60 * 60).into();
    }
}

fn complete(request: &mut Value, key: &Key, uid: &str, now: &str) {
    let metadata = meta::metadata(request);
    metadata.insert("name".to_owned(), key.name.clone().into());
    metadata.insert("namespace".to_owned(), key.namespace.clone().into());
    metadata.insert("uid".to_owned(), uid.into());
    metadata.insert("creationTimestamp".to_owned(), now.into());
    let spec = &mut request["spec"];
    if spec["audiences"].as_array().is_none_or(Vec::is_empty) {
        spec["audiences"] = json!([tokens::AUDIENCE]);
    }
    // The field is there even when it says nothing.
    let bound = spec["boundObjectRef"].take();
    spec["boundObjectRef"] = bound;
}

fn check_expiration(request: &Value) -> Result<(), Status> {
    let seconds = request["spec"]["expirationSeconds"].as_i64().unwrap_or(0);
    let why = match seconds {
        _ if seconds < SHORTEST => "may not specify a duration less than 10 minutes",
        _ if seconds > LONGEST => "may not specify a duration larger than 2^32 seconds",
        _ => return Ok(()),
    };
    let error = FieldError::invalid("spec.expirationSeconds", seconds, why);
    Err(Status::invalid(GROUP, "TokenRequest", "", &[error]))
}

/// The claims of the token, with the object that it is bound to.
fn claims(cluster: &Cluster, request: &Value, key: &Key, now: &str) -> Result<Value, Status> {
    let now = unix(now);
    let seconds = request["spec"]["expirationSeconds"].as_i64().unwrap_or(0);
    let mut about = json!({
        "namespace": key.namespace,
        "serviceaccount": {"name": key.name, "uid": meta::text(request, "uid")},
    });
    if let Some(bound) = request["spec"].get("boundObjectRef").filter(|bound| !bound.is_null()) {
        let (role, object) = bound_object(cluster, bound, key)?;
        about[role] = json!({"name": meta::text(&object, "name"), "uid": meta::text(&object, "uid")});
    }
    Ok(json!({
        "aud": request["spec"]["audiences"],
        "exp": now + seconds,
        "iat": now,
        "iss": tokens::AUDIENCE,
        "jti": meta::generate::new_uid(),
        "kubernetes.io": about,
        "nbf": now,
        "sub": format!("system:serviceaccount:{}:{}", key.namespace, key.name),
    }))
}

fn bound_object(cluster: &Cluster, bound: &Value, account: &Key) -> Result<(&'static str, Value), Status> {
    let text = |name: &str| bound.get(name).and_then(Value::as_str).unwrap_or_default();
    let (role, plural, namespace) = match (text("apiVersion"), text("kind")) {
        ("v1", "Pod") => ("pod", "pods", account.namespace.as_str()),
        ("v1", "Secret") => ("secret", "secrets", account.namespace.as_str()),
        ("v1", "Node") => ("node", "nodes", ""),
        (version, kind) => {
            let version = if version.contains('/') { version.to_owned() } else { format!("/{version}") };
            let why = format!("cannot bind token to object of type {version}, Kind={kind}");
            return Err(Status::bad_request(why));
        }
    };
    let kind = cluster.registry.find("", "v1", plural).ok_or_else(Status::unknown_resource)?;
    let key = Key { namespace: namespace.to_owned(), name: text("name").to_owned() };
    let object = cluster.get(kind, &key)?.object.clone();
    let account_of_pod = object["spec"]["serviceAccountName"].as_str().unwrap_or_default();
    if role == "pod" && account_of_pod != account.name {
        return Err(Status::bad_request(format!(
            "cannot bind token for serviceaccount \"{}\" to pod running with different serviceaccount name.",
            account.name
        )));
    }
    let uid = text("uid");
    if !uid.is_empty() && uid != meta::text(&object, "uid") {
        let why = format!(
            "the UID in the bound object reference ({uid}) does not match the UID in record. The object might have been deleted and then recreated"
        );
        return Err(Status::named_conflict("", text("kind"), &key.name, &why));
    }
    Ok((role, object))
}

/// Seconds of the Unix epoch.
pub(crate) fn unix(now: &str) -> i64 {
    now.parse::<jiff::Timestamp>().map_or(0, jiff::Timestamp::as_second)
}

fn time(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map(|time| format!("{time:.0}")).unwrap_or_default()
}
