//! Pure: answers to conversion reviews, bytes in and bytes out.

use std::fmt;
use std::sync::Arc;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::convert::Convert;
use super::nulls::drop_nulls;
use super::review::{Converted, Head, Request, answer, request};
use super::service::ConversionService;
use crate::crd::{CustomResource, CustomResourceDefinition, definition};
use crate::error::{Error, Result};

/// Converts objects between the versions of a kind, by way of the version `H`, the hub.
///
/// It is made once and cheap to clone. Metadata is kept as the API server wants it: labels and annotations are those
/// that the conversion returns, everything else is that of the original.
pub struct Converter<H> {
    versions: Arc<Vec<Version<H>>>,
}

/// What can be done with one version.
struct Version<H> {
    name: &'static str,
    api_version: String,
    schema: Arc<Value>,
    decode: fn(&RawValue) -> Result<H>,
    encode: fn(H) -> Result<Encoded>,
}

/// A converted object: its metadata is looked at once more.
struct Encoded {
    name: Option<String>,
    object: Value,
}

impl<H: CustomResource> Converter<H> {
    /// A converter that knows the hub alone.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "without another version it converts nothing")]
    pub fn new() -> Self {
        let decode = decode::<H>;
        Self { versions: Arc::new(vec![Version::of::<H>(decode, encode::<H>)]) }
    }

    /// Adds a version, which can be converted to the hub and back. A version that is there already stays as it is.
    #[must_use]
    pub fn version<K: Convert<H>>(mut self) -> Self {
        if self.find(&K::META.api_version()).is_none() {
            let version = Version::of::<K>(
                |object| decode::<K>(object)?.into_hub(),
                |hub| encode::<K>(K::from_hub(hub)?),
            );
            let mut versions = Arc::unwrap_or_clone(self.versions);
            versions.push(version);
            self.versions = Arc::new(versions);
        }
        self
    }

    /// The names of the versions that it knows; the hub's is the first.
    pub fn versions(&self) -> impl Iterator<Item = &'static str> {
        self.versions.iter().map(|version| version.name)
    }

    /// Checks that it knows each version of a definition: for a test, or when the program starts.
    ///
    /// # Errors
    ///
    /// When the definition is that of another kind, or has a version that is not known here.
    pub fn covers(&self, crd: &CustomResourceDefinition) -> Result<()> {
        let (group, kind) = (&crd.spec.group, &crd.spec.names.kind);
        if (group.as_str(), kind.as_str()) != (H::META.group, H::META.kind) {
            let meta = H::META;
            let text =
                format!("the definition is of {kind} in {group}, not of {} in {}", meta.kind, meta.group);
            return Err(Error::invalid(text));
        }
        for version in &crd.spec.versions {
            self.get(&format!("{group}/{}", version.name))?;
        }
        Ok(())
    }

    /// Answers a review. What cannot be converted is part of the answer, which then is a failure with a message for the
    /// user of the API.
    ///
    /// # Errors
    ///
    /// When the body is not a `ConversionReview` of `apiextensions.k8s.io/v1` with a request. A server answers 400.
    pub fn handle(&self, body: &[u8]) -> Result<Vec<u8>> {
        let request = request(body)?;
        answer(&request.uid, self.convert_all(&request))
    }

    /// A service that answers reviews over HTTP.
    #[must_use]
    pub fn service(&self) -> ConversionService<H> {
        ConversionService::new(self.clone())
    }

    fn convert_all<'a>(&self, request: &Request<'a>) -> Result<Vec<Converted<'a>>> {
        let desired = self.get(&request.desired_api_version)?;
        request.objects.iter().map(|object| self.convert(object, desired)).collect()
    }

    fn convert<'a>(&self, object: &'a RawValue, desired: &Version<H>) -> Result<Converted<'a>> {
        let head: Head =
            serde_json::from_str(object.get()).map_err(|error| Error::decode("an object", &error))?;
        let about = |error: Error| {
            let from = head.api_version.rsplit('/').next().unwrap_or_default();
            error.during(format!("{} from {from} to {}", shown(head.metadata.as_ref()), desired.name))
        };
        if head.kind != H::META.kind {
            return Err(about(Error::invalid(format!("its kind is not {}", H::META.kind))));
        }
        let from = self.get(&head.api_version).map_err(about)?;
        if from.name == desired.name {
            return Ok(Converted::Same(object));
        }
        let converted = (from.decode)(object).and_then(desired.encode).map_err(about)?;
        let Some(metadata) = head.metadata.as_ref() else {
            return Err(about(Error::invalid("it has no metadata")));
        };
        if metadata.get("name").and_then(Value::as_str) != converted.name.as_deref() {
            let text = "the conversion lost the metadata; it should carry it over: `metadata: old.metadata`";
            return Err(about(Error::invalid(text)));
        }
        Ok(Converted::New(finish(converted.object, metadata, &desired.schema)))
    }

    fn find(&self, api_version: &str) -> Option<&Version<H>> {
        self.versions.iter().find(|version| version.api_version == api_version)
    }

    fn get(&self, api_version: &str) -> Result<&Version<H>> {
        self.find(api_version).ok_or_else(|| {
            let known: Vec<_> = self.versions().collect();
            let (group, kind) = (H::META.group, H::META.kind);
            let known = known.join(", ");
            Error::invalid(format!(
                "{api_version:?} cannot be converted; the versions of {kind} in {group} are {known}"
            ))
        })
    }
}

impl<H: CustomResource> Version<H> {
    fn of<K: CustomResource>(decode: fn(&RawValue) -> Result<H>, encode: fn(H) -> Result<Encoded>) -> Self {
        let version = definition::<K>().spec.versions.pop();
        let schema = version.and_then(|version| version.schema?.open_api_v3_schema);
        let schema = schema.and_then(|schema| serde_json::to_value(schema).ok()).unwrap_or_default();
        let api_version = K::META.api_version().into_owned();
        Self { name: K::META.version, api_version, schema: Arc::new(schema), decode, encode }
    }
}

fn decode<K: CustomResource>(object: &RawValue) -> Result<K> {
    serde_json::from_str(object.get()).map_err(|error| Error::decode("it", &error))
}

fn encode<K: CustomResource>(object: K) -> Result<Encoded> {
    let name = object.object_meta().name.clone();
    let object = serde_json::to_value(&object);
    // Without a source: serde's text may quote the value.
    let object = object.map_err(|_| Error::invalid("the converted object cannot be written as JSON"))?;
    Ok(Encoded { name, object })
}

/// Puts the metadata in place, of which a conversion may change labels and annotations alone.
fn finish(mut object: Value, original: &Map<String, Value>, schema: &Value) -> Value {
    let mut metadata = original.clone();
    for part in ["labels", "annotations"] {
        match object.pointer_mut(&format!("/metadata/{part}")).map(Value::take) {
            Some(converted) if !converted.is_null() => {
                metadata.insert(part.to_owned(), converted);
            }
            _ => {
                metadata.remove(part);
            }
        }
    }
    drop_nulls(&mut object, schema);
    object["metadata"] = Value::Object(metadata);
    object
}

/// `"shop/front"`, for messages.
fn shown(metadata: Option<&Map<String, Value>>) -> String {
    let text = |member| metadata.and_then(|metadata| metadata.get(member)).and_then(Value::as_str);
    let name = text("name").or_else(|| text("generateName")).unwrap_or_default();
    match text("namespace") {
        Some(namespace) => format!("{:?}", format!("{namespace}/{name}")),
        None => format!("{name:?}"),
    }
}

impl<H> Clone for Converter<H> {
    fn clone(&self) -> Self {
        Self { versions: Arc::clone(&self.versions) }
    }
}

impl<H> Clone for Version<H> {
    fn clone(&self) -> Self {
        Self {
            name: self.name,
            api_version: self.api_version.clone(),
            schema: Arc::clone(&self.schema),
            decode: self.decode,
            encode: self.encode,
        }
    }
}

impl<H> fmt::Debug for Converter<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.versions.iter().map(|version| &version.api_version)).finish()
    }
}
