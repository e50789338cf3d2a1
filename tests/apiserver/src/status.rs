//! Pure: the answers that say no, in the API server's words.

use kubist_structural::field_error::{FieldError, quote};
use serde_json::{Map, Value, json};

use crate::kinds::Kind;

/// Marks the plain answer to an unknown path.
const PAGE: &str = "PageNotFound";

/// A failure, ready to be written as a `Status` object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Status {
    pub(crate) code: u16,
    reason: &'static str,
    message: String,
    details: Option<Map<String, Value>>,
    metadata: Map<String, Value>,
}

impl Status {
    pub(crate) fn new(code: u16, reason: &'static str, message: impl Into<String>) -> Self {
        Self { code, reason, message: message.into(), details: None, metadata: Map::new() }
    }

    pub(crate) fn with_details(mut self, details: Value) -> Self {
        self.details = Some(match details {
            Value::Object(map) => map.into_iter().filter(|(_, value)| !is_empty(value)).collect(),
            _ => Map::new(),
        });
        self
    }

    /// The same failure in other words.
    pub(crate) fn reworded(mut self, from: &str, to: &str) -> Self {
        self.message = self.message.replace(from, to);
        let causes = self.details.as_mut().and_then(|details| details.get_mut("causes"));
        for cause in causes.and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(message) = cause["message"].as_str() {
                cause["message"] = message.replace(from, to).into();
            }
        }
        self
    }

    /// The seconds after which the client may try again.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        self.details.as_ref()?.get("retryAfterSeconds")?.as_u64()
    }

    /// The object that goes over the wire.
    pub(crate) fn to_value(&self) -> Value {
        let mut status = json!({
            "kind": "Status",
            "apiVersion": "v1",
            "metadata": self.metadata,
            "status": "Failure",
            "message": self.message,
            "code": self.code,
        });
        if let Value::Object(map) = &mut status {
            if !self.reason.is_empty() {
                map.insert("reason".to_owned(), self.reason.into());
            }
            if let Some(details) = &self.details {
                map.insert("details".to_owned(), Value::Object(details.clone()));
            }
        }
        status
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequest", message)
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized", "Unauthorized")
    }

    pub(crate) fn not_found(kind: &Kind, name: &str) -> Self {
        let message = format!("{} {} not found", kind.group_resource(), quote(name));
        Self::new(404, "NotFound", message)
            .with_details(json!({"name": name, "group": kind.group, "kind": kind.plural}))
    }

    /// A path that leads nowhere: the one failure that is answered with plain text.
    pub(crate) fn no_such_resource() -> Self {
        Self::new(404, PAGE, "404 page not found")
    }

    pub(crate) fn is_not_found(&self) -> bool {
        self.reason == "NotFound"
    }

    /// A path among the built-in kinds that leads nowhere.
    pub(crate) fn unknown_resource() -> Self {
        Self::new(404, "NotFound", "the server could not find the requested resource").with_details(json!({}))
    }

    /// Whether the answer is plain text instead of an object.
    pub(crate) fn is_page_not_found(&self) -> bool {
        self.reason == PAGE
    }

    /// A verb that a custom resource does not have.
    pub(crate) fn not_supported(kind: &Kind, verb: &str) -> Self {
        let message =
            format!("{verb} is not supported on resources of kind {}", quote(&kind.group_resource()));
        Self::new(405, "MethodNotAllowed", message)
            .with_details(json!({"group": kind.group, "kind": kind.plural}))
    }

    /// The name of a new object is another's. Whose name the server has made up may try again.
    pub(crate) fn taken(kind: &Kind, name: &str, is_generated: bool, is_going: bool) -> Self {
        let mut message = format!("{} {} already exists", kind.group_resource(), quote(name));
        let mut details = json!({"name": name, "group": kind.group, "kind": kind.plural});
        if is_generated {
            message.push_str(", the server was not able to generate a unique name for the object");
            details["retryAfterSeconds"] = 1.into();
        }
        if is_going {
            message.insert_str(0, "object is being deleted: ");
        }
        Self::new(409, "AlreadyExists", message).with_details(details)
    }

    pub(crate) fn conflict(kind: &Kind, name: &str, why: &str) -> Self {
        let resource = kind.group_resource();
        let message = format!("Operation cannot be fulfilled on {resource} {}: {why}", quote(name));
        Self::new(409, "Conflict", message)
            .with_details(json!({"name": name, "group": kind.group, "kind": kind.plural}))
    }

    /// A conflict about something that is no resource of its own.
    pub(crate) fn named_conflict(group: &str, kind: &str, name: &str, why: &str) -> Self {
        let of = qualified(kind, group);
        Self::new(409, "Conflict", format!("Operation cannot be fulfilled on {of} {}: {why}", quote(name)))
            .with_details(json!({"name": name, "group": group, "kind": kind}))
    }

    pub(crate) fn named_not_found(group: &str, plural: &str, name: &str) -> Self {
        Self::new(404, "NotFound", format!("{} {} not found", qualified(plural, group), quote(name)))
            .with_details(json!({"name": name, "group": group, "kind": plural}))
    }

    pub(crate) fn named_forbidden(group: &str, kind: &str, name: &str, why: &str, causes: Value) -> Self {
        Self::new(403, "Forbidden", format!("{} {} is forbidden: {why}", qualified(kind, group), quote(name)))
            .with_details(json!({"name": name, "group": group, "kind": kind, "causes": causes}))
    }

    /// Not now; with `seconds`, when to come back.
    pub(crate) fn too_many_requests(message: &str, seconds: u64, reason: &str, why: &str) -> Self {
        let mut details = json!({"causes": [{"reason": reason, "message": why}]});
        if seconds > 0 {
            details["retryAfterSeconds"] = seconds.into();
        }
        Self::new(429, "TooManyRequests", message).with_details(details)
    }

    /// A delete that was meant for another incarnation or version; the kind stands where else the resource does.
    pub(crate) fn precondition(kind: &Kind, name: &str, why: &str) -> Self {
        let group = if kind.group.is_empty() { String::new() } else { format!(".{}", kind.group) };
        let message = format!("Operation cannot be fulfilled on {}{group} {}: {why}", kind.kind, quote(name));
        Self::new(409, "Conflict", message)
            .with_details(json!({"name": name, "group": kind.group, "kind": kind.kind}))
    }

    /// Someone else wrote the object in between.
    pub(crate) fn modified(kind: &Kind, name: &str) -> Self {
        let why =
            "the object has been modified; please apply your changes to the latest version and try again";
        Self::conflict(kind, name, why)
    }

    pub(crate) fn apply_conflict(message: String, causes: Vec<Value>) -> Self {
        Self::new(409, "Conflict", message).with_details(json!({ "causes": causes }))
    }

    pub(crate) fn forbidden(kind: &Kind, name: &str, why: &str, causes: Value) -> Self {
        let message = format!("{} {} is forbidden: {why}", kind.group_resource(), quote(name));
        Self::new(403, "Forbidden", message)
            .with_details(json!({"name": name, "group": kind.group, "kind": kind.plural, "causes": causes}))
    }

    /// One or more fields are wrong.
    pub(crate) fn invalid(group: &str, kind: &str, name: &str, errors: &[FieldError]) -> Self {
        let mut texts: Vec<String> = Vec::new();
        for error in errors {
            let text = error.to_string();
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        let texts = if texts.len() == 1 { texts.concat() } else { format!("[{}]", texts.join(", ")) };
        let qualified = if group.is_empty() { kind.to_owned() } else { format!("{kind}.{group}") };
        let causes: Vec<Value> = errors
            .iter()
            .map(|error| json!({"reason": error.problem.reason(), "message": error.body(), "field": error.field}))
            .collect();
        Self::new(422, "Invalid", format!("{qualified} {} is invalid: {texts}", quote(name)))
            .with_details(json!({"name": name, "group": group, "kind": kind, "causes": causes}))
    }

    /// A patch that was understood but cannot be carried out.
    pub(crate) fn unprocessable() -> Self {
        let message = "the server rejected our request due to an error in our request";
        Self::new(422, "Invalid", message).with_details(json!({}))
    }

    pub(crate) fn method_not_allowed() -> Self {
        let message = "the server does not allow this method on the requested resource";
        Self::new(405, "MethodNotAllowed", message).with_details(json!({}))
    }

    /// The form that the client asks for cannot be had.
    pub(crate) fn no_such_form(message: impl Into<String>) -> Self {
        Self::new(406, "NotAcceptable", message)
    }

    /// The client takes no form that there is.
    pub(crate) fn not_acceptable() -> Self {
        Self::no_such_form(
            "only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf",
        )
    }

    /// The same for watches.
    pub(crate) fn no_such_stream() -> Self {
        Self::no_such_form(
            "only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch",
        )
    }

    /// The same for paths of built-in kinds, in the words of another layer.
    pub(crate) fn not_routable(types: &str) -> Self {
        Self::no_such_form(format!("406: Not Acceptable\n\nAvailable representations: {types}"))
            .with_details(json!({}))
    }

    pub(crate) fn unsupported_media_type(accepted: &str) -> Self {
        let message = format!(
            "the body of the request was in an unknown format - accepted media types include: {accepted}"
        );
        Self::new(415, "UnsupportedMediaType", message)
    }

    /// A patch in a form that built-in kinds do not take.
    pub(crate) fn unsupported_patch() -> Self {
        Self::new(415, "UnsupportedMediaType", "415: Unsupported Media Type").with_details(json!({}))
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        let message = format!("Request entity too large: limit is {limit}");
        Self::new(413, "RequestEntityTooLarge", message)
    }

    pub(crate) fn expired(message: impl Into<String>) -> Self {
        Self::new(410, "Expired", message)
    }

    /// A list cannot be continued at its version; `token` continues it at the newest one.
    pub(crate) fn continue_expired(token: String) -> Self {
        let message = "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";
        let mut status = Self::expired(message);
        status.metadata.insert("continue".to_owned(), token.into());
        status
    }

    /// The client asks for a version that this server has not reached.
    pub(crate) fn version_too_large(wanted: u64, current: u64) -> Self {
        let message = format!("Timeout: Too large resource version: {wanted}, current: {current}");
        Self::new(504, "Timeout", message).with_details(json!({
            "causes": [{"reason": "ResourceVersionTooLarge", "message": "Too large resource version"}],
            "retryAfterSeconds": 1,
        }))
    }

    /// Something that the server cannot do although the request is in order.
    pub(crate) fn internal_error(why: &str) -> Self {
        Self::new(500, "InternalError", format!("Internal error occurred: {why}"))
            .with_details(json!({"causes": [{"message": why}]}))
    }

    /// A plain error without a reason of its own.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self::new(500, "", message)
    }
}

fn qualified(name: &str, group: &str) -> String {
    if group.is_empty() { name.to_owned() } else { format!("{name}.{group}") }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_lists_every_cause_and_groups_the_kind() {
        let errors = [FieldError::required("spec.a", ""), FieldError::required("spec.b", "")];
        let status = Status::invalid("example.com", "Website", "x", &errors).to_value();
        assert_eq!(
            status["message"],
            "Website.example.com \"x\" is invalid: [spec.a: Required value, spec.b: Required value]"
        );
        assert_eq!(status["details"]["causes"][1]["field"], "spec.b");
        assert_eq!(status["details"]["kind"], "Website");
    }

    #[test]
    fn a_version_from_the_future_says_when_to_come_back() {
        let status = Status::version_too_large(100, 5);
        assert_eq!(status.retry_after(), Some(1));
        assert_eq!(status.to_value()["message"], "Timeout: Too large resource version: 100, current: 5");
    }
}
