//! Pure: what the server makes of an object before it judges it.

use serde_json::{Value, json};

use crate::builtin::defaults;
use crate::kinds::Kind;
use crate::meta;
use crate::meta::strategy::{self, StatusKeeps};
use crate::rest::Call;
use crate::rest::namespaces;
use crate::rest::part::{self, take};
use crate::rest::requests;
use crate::status::Status;
use crate::tokens::User;

/// The largest object that the storage takes, in bytes, as etcd has it unless said.
const SIZE_LIMIT: usize = 1_536 * 1024;

/// A new object has no status, and its metadata are the server's.
pub(crate) fn create(kind: &Kind, object: &mut Value, user: &User, now: &str) {
    if kind.status
        && kind.custom.is_some()
        && let Some(map) = object.as_object_mut()
    {
        map.remove("status");
    }
    let metadata = meta::metadata(object);
    for field in ["selfLink", "deletionTimestamp", "deletionGracePeriodSeconds"] {
        metadata.remove(field);
    }
    metadata.insert("uid".to_owned(), meta::generate::new_uid().into());
    metadata.insert("creationTimestamp".to_owned(), now.into());
    if strategy::begins_with_generation(kind) {
        metadata.insert("generation".to_owned(), json!(1));
    }
    let wanted = namespaces::finalizers(object);
    defaults::prepare_create(kind, object, now);
    if kind.is_namespace() {
        namespaces::prepare(object, wanted);
    }
    if strategy::is_certificate_request(kind) {
        requests::sign(object, user);
    }
}

/// Keeps apart what the main resource and its subresources may change.
pub(crate) fn update(call: &Call, object: &mut Value, old: &Value) {
    match call.target.subresource.as_deref() {
        Some("status") => {
            status(&call.kind, object, old);
            if strategy::is_certificate_request(&call.kind) {
                requests::keep_decision(object, old);
                requests::fill_times(object, old, &call.now);
            }
        }
        Some("finalize") => take(object, old, "status"),
        Some(part) => part::prepare(part, object, old, &call.now),
        None => {
            if call.kind.status {
                take(object, old, "status");
            }
            if call.kind.is_namespace() || strategy::is_certificate_request(&call.kind) {
                take(object, old, "spec");
            }
        }
    }
    meta::inherit(object, old);
    meta::metadata(object).remove("selfLink");
}

fn status(kind: &Kind, object: &mut Value, old: &Value) {
    let mut kept = old.clone();
    take(&mut kept, object, "status");
    let sent = std::mem::replace(object, kept);
    let keeps = strategy::status_keeps(kind);
    if keeps == StatusKeeps::Metadata {
        take_field(object, &sent, "managedFields");
    } else {
        object["metadata"] = sent["metadata"].clone();
    }
    match keeps {
        StatusKeeps::Labels => take_field(object, old, "labels"),
        StatusKeeps::OwnerReferences => {
            take_field(object, old, "ownerReferences");
            if object["status"]["qosClass"].as_str().unwrap_or_default().is_empty() {
                object["status"]["qosClass"] = old["status"]["qosClass"].clone();
            }
        }
        StatusKeeps::Metadata | StatusKeeps::Nothing => {}
    }
}

fn take_field(object: &mut Value, from: &Value, name: &str) {
    let none = Value::Null;
    let from = from.get("metadata").unwrap_or(&none);
    meta::metadata(object);
    take(&mut object["metadata"], from, name);
}

/// An object that is too large for the storage is tried without its managed fields, and then refused.
pub(crate) fn check_size(object: &mut Value) -> Result<(), Status> {
    // Most objects are far from the limit, which their texts tell without writing them out.
    let is_large = |object: &Value| weight(object) > SIZE_LIMIT / 2 && object.to_string().len() > SIZE_LIMIT;
    if is_large(object) {
        meta::metadata(object).remove("managedFields");
        if is_large(object) {
            return Err(Status::internal("etcdserver: request is too large"));
        }
    }
    Ok(())
}

/// The least bytes of a value as JSON.
fn weight(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 4,
        Value::String(text) => text.len() + 2,
        Value::Array(items) => items.iter().map(|item| weight(item) + 1).sum(),
        Value::Object(map) => map.iter().map(|(name, value)| name.len() + 3 + weight(value)).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn managed_fields_go_before_an_object_is_too_large() {
        let text = |bytes: usize| "x".repeat(bytes);
        let mut object = json!({"metadata": {"managedFields": [text(1 << 20)]}, "spec": text(1 << 20)});
        assert!(check_size(&mut object).is_ok());
        assert!(meta::field(&object, "managedFields").is_none());
        assert!(check_size(&mut json!({"spec": text(2 << 20)})).is_err());
    }
}
