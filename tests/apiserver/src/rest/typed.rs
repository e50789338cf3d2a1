//! Pure: objects of built-in kinds, read by the types of their kind.

use serde_json::{Map, Value};

use crate::builtin::types::{self, Struct};
use crate::builtin::{decode, shape};
use crate::json::{Node, Strict};
use crate::kinds::Kind;
use crate::protobuf;
use crate::rest::body::{self, Document, TypeMeta};
use crate::status::Status;

/// Reads the body of a create or an update; what only strict decoding minds is left in `strict`.
///
/// # Errors
/// What the API server answers to a body that it cannot read as this kind.
pub(crate) fn read(
    kind: &Kind,
    of: &'static Struct,
    document: &Document<'_>,
    raw: &[u8],
    strict: &mut Strict,
) -> Result<Value, Status> {
    let meta = document.type_meta().map_err(|why| body::unrecognized(&kind.kind, &why, raw))?;
    let meta = with_defaults(meta, kind);
    let (_, version) = split(&meta.api_version);
    let handled = |why: String| {
        let (found, own) = (&meta.kind, &kind.kind);
        Status::bad_request(format!("{found} in version \"{version}\" cannot be handled as a {own}: {why}"))
    };
    if version.is_empty() {
        let shown = String::from_utf8_lossy(raw);
        return Err(handled(format!("Object 'apiVersion' is missing in '{shown}'")));
    }
    let is_own = meta.kind == kind.kind && meta.api_version.trim_start_matches('/') == kind.api_version();
    let found =
        if is_own { Some(of) } else { types::of_gvk(meta.api_version.trim_start_matches('/'), &meta.kind) };
    let found = found.ok_or_else(|| handled(body::not_registered(&meta.api_version, &meta.kind)))?;
    let object = match document {
        Document::Node(node, repeated) => {
            strict.repeated(repeated);
            decode::decode(found, node, strict).map_err(handled)?
        }
        Document::Protobuf(unknown) => protobuf::decode(found, unknown.raw).map_err(handled)?,
    };
    if !is_own {
        return Err(foreign(kind, &meta, handled));
    }
    Ok(finish(kind, of, object))
}

/// An object that could be read, but is of another kind or version.
fn foreign(kind: &Kind, meta: &TypeMeta, handled: impl Fn(String) -> Status) -> Status {
    let (group, version) = split(&meta.api_version);
    if meta.kind == kind.kind && group == kind.group {
        return Status::bad_request(format!(
            "the API version in the data ({}) does not match the expected API version ({})",
            meta.api_version,
            kind.api_version()
        ));
    }
    let internal =
        if kind.group.is_empty() { "core" } else { kind.group.split('.').next().unwrap_or_default() };
    handled(format!("converting ({version}.{}) to ({internal}.{}): unknown conversion", meta.kind, kind.kind))
}

/// What an object does not say of itself, the path says.
fn with_defaults(mut meta: TypeMeta, kind: &Kind) -> TypeMeta {
    if meta.kind.is_empty() {
        meta.kind.clone_from(&kind.kind);
    }
    if meta.api_version.is_empty() || meta.api_version.strip_suffix('/') == Some(&kind.group) {
        meta.api_version = kind.api_version();
    }
    meta
}

/// Group and version.
fn split(api_version: &str) -> (&str, &str) {
    api_version.split_once('/').unwrap_or(("", api_version))
}

/// Reads an object that a patch has made.
///
/// # Errors
/// Go's text about a value that does not fit.
pub(crate) fn reread(
    kind: &Kind,
    of: &'static Struct,
    object: &Value,
    strict: &mut Strict,
) -> Result<Value, String> {
    let document = Document::Node(Node::from(object), Vec::new());
    let meta = document.type_meta()?;
    if meta.api_version.is_empty() {
        return Ok(unversioned(object, strict));
    }
    let meta = with_defaults(meta, kind);
    let api_version = meta.api_version.trim_start_matches('/');
    let is_own = meta.kind == kind.kind && api_version == kind.api_version();
    let found = if is_own { Some(of) } else { types::of_gvk(api_version, &meta.kind) };
    let found = found.ok_or_else(|| body::not_registered(api_version, &meta.kind))?;
    let Document::Node(node, _) = &document else {
        return Ok(Value::Null);
    };
    let object = decode::decode(found, node, strict)?;
    if !is_own {
        return Err(format!("unable to decode {api_version}, Kind={} into {}", meta.kind, kind.kind));
    }
    Ok(finish(kind, of, object))
}

/// A patched object without a version is read into the server's own form of the kind, whose fields have other names:
/// nothing is left of it.
fn unversioned(object: &Value, strict: &mut Strict) -> Value {
    let names = object.as_object().into_iter().flat_map(|map| map.keys());
    for name in names.filter(|name| !matches!(name.as_str(), "apiVersion" | "kind")) {
        strict.unknown(name);
    }
    Value::Object(Map::new())
}

fn finish(kind: &Kind, of: &'static Struct, mut object: Value) -> Value {
    object["apiVersion"] = kind.api_version().into();
    object["kind"] = kind.kind.clone().into();
    shape::sent(of, object)
}
