//! Pure: answers in the form that the client takes: whole objects, their metadata, or tables.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use kubist_structural::field_error::FieldError;
use serde_json::{Value, json};

use crate::cluster::view;
use crate::kinds::Kind;
use crate::request::negotiate::{Accepted, Convert};
use crate::request::query::Query;
use crate::rest::{Answer, Call, encode};
use crate::status::Status;
use crate::storage::Stored;
use crate::table::{self, Include, Options};

/// The form of an answer, as the request asks for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    accepted: Accepted,
    include: Include,
    /// Whether the next table has its columns explained.
    headers: bool,
}

impl Form {
    /// Reads what a request says about the form.
    pub(crate) fn of(accepted: Accepted, query: &Query) -> Result<Self, Status> {
        let include = match (accepted.convert, query.get("includeObject")) {
            (Some(Convert::Table), Some("None")) => Include::None,
            (Some(Convert::Table), Some("Object")) => Include::Object,
            (Some(Convert::Table), Some(other)) if other != "Metadata" => {
                let why = "must be 'Metadata', 'Object', 'None', or empty";
                let error = FieldError::invalid("includeObject", other, why);
                let message = format!("Unable to convert to Table as requested: {error}");
                return Err(Status::bad_request(message));
            }
            _ => Include::Metadata,
        };
        Ok(Self { accepted, include, headers: true })
    }

    fn options(self, now: &str) -> Options {
        Options {
            include: self.include,
            headers: self.headers,
            version: self.accepted.meta_version(),
            now: now.parse().unwrap_or(Timestamp::UNIX_EPOCH),
        }
    }

    /// An object of a watch; nothing when it cannot be shown so. Only the first table explains its columns.
    pub(crate) fn event(&mut self, object: &Value, kind: &Kind, now: &str) -> Option<Value> {
        match self.accepted.convert? {
            Convert::Table => {
                let table = table::of_object(kind, object, self.options(now));
                self.headers = false;
                Some(table)
            }
            Convert::PartialObjectMetadata => Some(table::partial(object, self.accepted.meta_version())),
            Convert::PartialObjectMetadataList | Convert::AggregatedDiscovery => None,
        }
    }

    /// A stored object of a watch.
    pub(crate) fn stored_event(&mut self, stored: &Stored, kind: &Kind, now: &str) -> Option<Bytes> {
        if self.is_whole() {
            return Some(encode(stored, kind));
        }
        self.event(&view(stored, kind), kind, now).map(|value| Bytes::from(value.to_string()))
    }

    /// Whether objects are shown as they are.
    pub(crate) fn is_whole(self) -> bool {
        self.accepted.convert.is_none()
    }
}

/// The answer to a request for one object, in the form that was asked for.
pub(crate) fn answer(answer: Answer, call: &Call) -> Result<Answer, Status> {
    let (Answer::Json { code, body }, Some(convert)) = (&answer, call.accepted.convert) else {
        return Ok(answer);
    };
    let form = Form::of(call.accepted, &call.query)?;
    let Ok(object) = serde_json::from_slice::<Value>(body) else {
        return Ok(answer);
    };
    let version = object.get("apiVersion").and_then(Value::as_str).unwrap_or_default();
    // Lists, as after the delete of a collection, have their form already.
    if object.get("kind") == Some(&"Status".into()) || version.starts_with("meta.k8s.io/") {
        return Ok(answer);
    }
    let shown = match convert {
        Convert::Table if call.target.subresource.as_deref() == Some("scale") => {
            table::of_scale(&call.kind, &object, form.options(&call.now))
        }
        Convert::Table => table::of_object(&call.kind, &object, form.options(&call.now)),
        Convert::PartialObjectMetadata => table::partial(&object, call.accepted.meta_version()),
        Convert::PartialObjectMetadataList if call.kind.custom.is_some() => {
            return Err(Status::internal("content is not a list"));
        }
        Convert::PartialObjectMetadataList => {
            let kind = object.get("kind").and_then(Value::as_str).unwrap_or_default();
            let go = go_type(&call.kind, kind);
            let message = format!(
                "you requested PartialObjectMetadataList, but the requested object is not a list ({go})"
            );
            return Err(Status::no_such_form(message));
        }
        Convert::AggregatedDiscovery => return Ok(answer),
    };
    Ok(Answer::value(*code, &shown))
}

/// A list in the form that was asked for, unless that is the list itself.
pub(crate) fn list(call: &Call, items: &[Arc<Stored>], metadata: Value) -> Result<Option<Answer>, Status> {
    let kind = &call.kind;
    let form = Form::of(call.accepted, &call.query)?;
    let objects: Vec<Cow<'_, Value>> = items.iter().map(|stored| view(stored, kind)).collect();
    let version = call.accepted.meta_version();
    let shown = match call.accepted.convert {
        None | Some(Convert::AggregatedDiscovery) => return Ok(None),
        Some(Convert::Table) => {
            let objects: Vec<&Value> = objects.iter().map(AsRef::as_ref).collect();
            table::of_list(kind, &objects, metadata, form.options(&call.now))
        }
        Some(Convert::PartialObjectMetadataList) => {
            let items: Vec<Value> = objects.iter().map(|object| table::partial(object, version)).collect();
            let items = if items.is_empty() { Value::Null } else { Value::Array(items) };
            json!({"kind": "PartialObjectMetadataList", "apiVersion": version, "metadata": metadata, "items": items})
        }
        Some(Convert::PartialObjectMetadata) => {
            let go = go_type(kind, &kind.list_kind);
            let message =
                format!("you requested PartialObjectMetadata, but the requested object is a list ({go})");
            return Err(Status::no_such_form(message));
        }
    };
    Ok(Some(Answer::value(200, &shown)))
}

/// The type that the API server's messages name.
fn go_type(kind: &Kind, name: &str) -> String {
    if kind.custom.is_some() {
        return "*unstructured.UnstructuredList".to_owned();
    }
    let package = match kind.group.split('.').next().unwrap_or_default() {
        "" | "events" => "core",
        package => package,
    };
    format!("*{package}.{name}")
}
