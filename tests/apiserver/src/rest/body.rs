//! Pure: bodies of requests, as far as they can be read without a kind.

use kubist_structural::field_error::quote;
use serde_json::Value;

use crate::builtin::{shape, types};
use crate::json::{self, Node, Strict, yaml};
use crate::protobuf::{self, Unknown};
use crate::status::Status;

const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";

/// What Go shows of the struct into which it reads what an object says it is.
const TYPE_META: &str =
    r#"struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }"#;

/// The media type without its parameters.
pub(crate) fn media_type(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// A body whose syntax has been read.
#[derive(Debug)]
pub(crate) enum Document<'a> {
    /// JSON or YAML, and the keys that stand twice in the YAML.
    Node(Node, Vec<String>),
    Protobuf(Unknown<'a>),
}

/// What an object says it is; empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TypeMeta {
    pub(crate) api_version: String,
    pub(crate) kind: String,
}

/// Reads a body as its content type says.
///
/// # Errors
/// 415 for a type that is not taken; `Err` in the inner result is what is wrong with the body itself.
pub(crate) fn document<'a>(
    content_type: &str,
    body: &'a [u8],
    takes_protobuf: bool,
) -> Result<Result<Document<'a>, String>, Status> {
    match media_type(content_type) {
        "" | "application/json" => Ok(node(body).map(|node| Document::Node(node, Vec::new()))),
        "application/yaml" => Ok(from_yaml(body)),
        PROTOBUF if takes_protobuf => Ok(protobuf::unknown(body).map(Document::Protobuf)),
        _ if takes_protobuf => {
            Err(Status::unsupported_media_type(&format!("application/json, application/yaml, {PROTOBUF}")))
        }
        _ => Err(Status::unsupported_media_type("application/json, application/yaml")),
    }
}

fn node(body: &[u8]) -> Result<Node, String> {
    json::parse(body).map_err(|why| format!("couldn't get version/kind; json parse error: {why}"))
}

fn from_yaml<'a>(body: &[u8]) -> Result<Document<'a>, String> {
    let text = std::str::from_utf8(body).map_err(|_| "yaml: invalid leading UTF-8 octet".to_owned())?;
    let found = yaml::parse(text)?;
    Ok(Document::Node(found.node, found.repeated))
}

impl Document<'_> {
    /// What the object says it is.
    ///
    /// # Errors
    /// If that cannot be read.
    pub(crate) fn type_meta(&self) -> Result<TypeMeta, String> {
        let node = match self {
            Self::Protobuf(unknown) => {
                return Ok(TypeMeta { api_version: unknown.api_version.clone(), kind: unknown.kind.clone() });
            }
            Self::Node(Node::Null, _) => return Ok(TypeMeta::default()),
            Self::Node(node @ Node::Map(_), _) => node,
            Self::Node(other, _) => {
                let found = other.go_type();
                return Err(format!(
                    "couldn't get version/kind; json parse error: json: cannot unmarshal {found} into Go value of type {TYPE_META}"
                ));
            }
        };
        let text = |name: &str| match node.get(name) {
            None | Some(Node::Null) => Ok(String::new()),
            Some(Node::String(text)) => Ok(text.clone()),
            Some(other) => Err(format!(
                "couldn't get version/kind; json parse error: json: cannot unmarshal {} into Go struct field .{name} of type string",
                other.go_type()
            )),
        };
        let meta = TypeMeta { api_version: text("apiVersion")?, kind: text("kind")? };
        if meta.api_version.matches('/').count() > 1 {
            return Err(format!("unexpected GroupVersion string: {}", meta.api_version));
        }
        Ok(meta)
    }
}

/// The refusal of a body that does not even say what it is.
pub(crate) fn unrecognized(kind: &str, why: &str, body: &[u8]) -> Status {
    Status::bad_request(format!(
        "the object provided is unrecognized (must be of type {kind}): {why} ({})",
        summary(body)
    ))
}

/// The beginning of a body, in hexadecimal digits unless it looks like JSON.
fn summary(body: &[u8]) -> String {
    const SHOWN: usize = 30;
    let start = &body[..body.len().min(SHOWN)];
    let shown = match body.first() {
        None => return "<empty>".to_owned(),
        Some(b'{') => String::from_utf8_lossy(start).into_owned(),
        Some(_) => start.iter().map(|byte| format!("{byte:02x}")).collect(),
    };
    if body.len() > SHOWN { format!("{shown} ...") } else { shown }
}

/// Reads an object of whatever kind, such as the options of a delete; a protobuf message by the kind that it names.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn decode(content_type: &str, body: &[u8]) -> Result<Value, Status> {
    match document(content_type, body, true)?.map_err(Status::bad_request)? {
        Document::Node(node, _) => Ok(json::to_value(&node, "", &mut Strict::default())),
        Document::Protobuf(unknown) => {
            let (api_version, kind) = (unknown.api_version.as_str(), unknown.kind.as_str());
            let of = types::of_gvk(api_version, kind)
                .ok_or_else(|| Status::bad_request(not_registered(api_version, kind)))?;
            let mut object = protobuf::decode(of, unknown.raw).map_err(Status::bad_request)?;
            object["apiVersion"] = api_version.into();
            object["kind"] = kind.into();
            Ok(shape::shape(of, object))
        }
    }
}

/// The refusal of a kind that no group version has.
pub(crate) fn not_registered(api_version: &str, kind: &str) -> String {
    format!(
        "no kind {} is registered for version {} in scheme \"pkg/runtime/scheme.go:111\"",
        quote(kind),
        quote(api_version.trim_start_matches('/'))
    )
}

/// Reads the configuration of a server-side apply, and the keys that stand twice in it.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn configuration(body: &[u8]) -> Result<(Value, Vec<String>), Status> {
    let is_json = body.trim_ascii_start().starts_with(b"{");
    let refused = |why: String| {
        Status::bad_request(if is_json {
            format!("error decoding patch: error converting YAML to JSON: {why}")
        } else {
            format!("error encoding patch: {why}")
        })
    };
    let text =
        std::str::from_utf8(body).map_err(|_| refused("yaml: invalid leading UTF-8 octet".to_owned()))?;
    let found = yaml::parse(text).map_err(refused)?;
    match found.node {
        Node::Map(_) | Node::Null => {
            Ok((json::to_value(&found.node, "", &mut Strict::default()), found.repeated))
        }
        other => Err(Status::bad_request(format!(
            "error decoding patch: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {} into Go value of type map[string]interface {{}}",
            other.go_type()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn yaml_and_json_are_read_alike() {
        let yaml = b"apiVersion: v1\nkind: ConfigMap\ndata:\n  a: \"1\"\n  b: two\n";
        let json = br#"{"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "1", "b": "two"}}"#;
        let expected = json!({"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "1", "b": "two"}});
        assert_eq!(configuration(yaml).unwrap().0, expected);
        assert_eq!(configuration(json).unwrap().0, expected);
        assert_eq!(decode("application/yaml", yaml).unwrap(), expected);
        assert_eq!(decode("application/json; charset=utf-8", json).unwrap(), expected);
        assert!(decode("text/plain", json).is_err() && decode("application/json", b"{").is_err());
    }

    #[test]
    fn a_body_says_what_it_is_or_is_shown() {
        let meta = |text: &[u8]| document("", text, true).unwrap().and_then(|found| found.type_meta());
        assert_eq!(meta(b"null"), Ok(TypeMeta::default()));
        assert_eq!(meta(br#"{"kind": "A", "kind": "B"}"#).unwrap().kind, "B");
        assert!(meta(br#"{"kind": 5}"#).unwrap_err().ends_with("Go struct field .kind of type string"));
        assert_eq!(meta(br#"{"apiVersion": "a/b/c"}"#).unwrap_err(), "unexpected GroupVersion string: a/b/c");
        assert_eq!(summary(b""), "<empty>");
        assert_eq!(summary(b"[]"), "5b5d");
        assert_eq!(
            summary(br#"{"kind":"Deployment","apiVersion":"v1"}"#),
            r#"{"kind":"Deployment","apiVersi ..."#
        );
    }
}
