//! Pure: what a field manager has applied to an object.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ManagedFieldsEntry;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::managed::{owned, unknown_path};
use super::topology::Place;
use crate::error::{Error, Result};
use crate::resource::Resource;
use crate::schema::Node;

/// The part of an object that a field manager has applied, with the object's kind, name and namespace: what it
/// would have to apply again to change nothing.
///
/// For a kind that is known at compile time there is `WebsiteApply::extract` and
/// [`Partial::extract`](super::Partial::extract); this is for one that is not. Only what was set by server-side apply counts: what the
/// same program has created or replaced was not applied. A manager that has applied nothing owns nothing, and gets the
/// kind and the names alone. `subresource` is `Some("status")` for what was applied there. An empty list whose items
/// merge has no owner, so it is not extracted.
///
/// # Errors
///
/// When the object has no managedFields: whoever read it has cut them, so nobody can tell who owns what.
///
/// # Examples
///
/// ```
/// use kubist::apply::extract;
/// use serde_json::json;
///
/// let object = json!({
///     "apiVersion": "example.com/v1", "kind": "Website",
///     "metadata": {"name": "front", "managedFields": [{
///         "manager": "painter", "operation": "Apply", "fieldsType": "FieldsV1",
///         "fieldsV1": {"f:spec": {"f:color": {}}},
///     }]},
///     "spec": {"color": "blue", "replicas": 3},
/// });
/// let part = extract(&object, "painter", None)?;
/// assert_eq!(part["spec"], json!({"color": "blue"}));
/// # Ok::<(), kubist::Error>(())
/// ```
pub fn extract(object: &Value, manager: &str, subresource: Option<&str>) -> Result<Value> {
    extract_at(object, manager, subresource, None)
}

fn extract_at(
    object: &Value,
    manager: &str,
    subresource: Option<&str>,
    node: Option<&'static Node>,
) -> Result<Value> {
    let entries = managed_fields(object)?;
    let entry = entries.iter().find(|entry| {
        entry.manager.as_deref() == Some(manager)
            && entry.operation.as_deref() == Some("Apply")
            && entry.subresource.as_deref().unwrap_or_default() == subresource.unwrap_or_default()
    });
    let fields = entry.and_then(|entry| entry.fields_v1.as_ref()).map(|fields| &fields.0);
    let mut part = json!({});
    if let Some(fields) = fields.filter(|fields| fields.as_object().is_some_and(|fields| !fields.is_empty()))
    {
        let root = node.map(Place::root);
        if let Some(path) = root.and_then(|root| unknown_path(fields, root)) {
            return Err(Error::invalid(format!(
                "{manager:?} has also applied {path}, which this type does not have: applied again, it would be removed"
            )));
        }
        part = owned(object, fields, root).unwrap_or(part);
    }
    for member in ["apiVersion", "kind"] {
        copy(object, &mut part, member);
    }
    for member in ["name", "namespace"] {
        if let Some(value) = object["metadata"].get(member) {
            part["metadata"][member] = value.clone();
        }
    }
    Ok(part)
}

fn copy(from: &Value, to: &mut Value, member: &str) {
    if let Some(value) = from.get(member) {
        to[member] = value.clone();
    }
}

fn managed_fields(object: &Value) -> Result<Vec<ManagedFieldsEntry>> {
    let entries = object.pointer("/metadata/managedFields").filter(|entries| !entries.is_null());
    let entries: Vec<ManagedFieldsEntry> = match entries {
        Some(entries) => serde_json::from_value(entries.clone())
            .map_err(|error| Error::decode("metadata.managedFields", &error))?,
        None => Vec::new(),
    };
    if entries.is_empty() {
        return Err(Error::invalid(
            "the object has no managedFields, so it cannot be told who owns what: they were cut, or it was never \
             read from the server; take the object from `get`, `list` or a write, which keep them",
        ));
    }
    Ok(entries)
}

/// What a manager has applied to an object, as its apply type. The derive calls this.
///
/// # Errors
///
/// As [`extract`]; and when what the manager owns is not a valid part, as when it owns a piece of something that can
/// only be applied whole.
pub fn extract_part<K: Resource, C: DeserializeOwned>(object: &K, manager: &str) -> Result<C> {
    extract_known(object, manager, None, K::META.schema)
}

/// What a manager has applied to the status of an object; an empty part where it has applied nothing.
///
/// # Errors
///
/// As [`extract_part`].
pub fn extract_status<K: Resource, C: DeserializeOwned>(object: &K, manager: &str) -> Result<C> {
    extract_known(object, manager, Some("status"), K::META.schema)
}

/// Where the schema is known it is asked what merges, and whether the type has all that is owned. Of a subresource
/// the part is the member of its name.
pub(super) fn extract_known<K: Resource, C: DeserializeOwned>(
    object: &K,
    manager: &str,
    subresource: Option<&str>,
    schema: Option<&'static Node>,
) -> Result<C> {
    let mut part = extract_at(&json_of(object)?, manager, subresource, schema)?;
    if let Some(member) = subresource {
        part = part.get_mut(member).map_or_else(|| json!({}), Value::take);
    }
    serde_json::from_value(part).map_err(|error| {
        Error::decode(format_args!("what {manager:?} has applied to this {}", K::META.kind), &error)
    })
}

fn json_of(object: &impl Serialize) -> Result<Value> {
    serde_json::to_value(object).map_err(|_| Error::invalid("the object cannot be written as JSON"))
}
