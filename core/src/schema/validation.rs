// Pure: no clock, no waiting.
//! What the API server would say of a definition and do with its objects, without a server.

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kubist_structural::definition;
pub use kubist_structural::{FieldError, Problem, StructuralSchema, Written};
use serde_json::Value;

/// Everything for which the API server would refuse a new definition: its names, the structure of its schemas, defaults
/// that their schema refuses, columns, the scale, selectable fields, conversion. Nothing when it would take it.
///
/// Needs the feature `validation`, which belongs into `[dev-dependencies]`.
///
/// # Examples
///
/// The tests that a definition deserves:
///
/// ```
/// use kubist::prelude::*;
/// use kubist::schema::{problems, structural, warnings};
///
/// #[derive(Clone, Debug, Resource)]
/// #[resource(group = "example.com", version = "v1", scope = Namespaced)]
/// struct Website {
///     metadata: ObjectMeta,
///     spec: WebsiteSpec,
/// }
///
/// #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
/// struct WebsiteSpec {
///     #[schema(pattern = "^gs://")]
///     bucket: String,
/// }
///
/// // `#[test] fn the_server_takes_the_definition()`
/// assert_eq!(problems(&Website::crd()), []);
/// assert_eq!(warnings(&Website::crd()), [""; 0]);
///
/// // `#[test] fn a_bucket_has_a_scheme()`
/// let schema = structural(&Website::crd(), "v1").unwrap();
/// let good = Website::new("front", WebsiteSpec { bucket: "gs://a".into() });
/// let stored: Website = schema.create(&good).unwrap().decode().unwrap();
/// assert_eq!(stored.spec.bucket, "gs://a");
///
/// let bad = Website::new("front", WebsiteSpec { bucket: "s3://a".into() });
/// let errors = schema.create(&bad).unwrap_err();
/// assert_eq!(errors[0].field, "spec.bucket");
/// ```
#[must_use]
pub fn problems(definition: &CustomResourceDefinition) -> Vec<FieldError> {
    match json(definition) {
        Ok(definition) => definition::problems(&definition),
        Err(wrong) => vec![wrong],
    }
}

/// Everything for which the API server would refuse a definition that takes the place of `old`, which it serves.
#[must_use]
pub fn update_problems(
    definition: &CustomResourceDefinition,
    old: &CustomResourceDefinition,
) -> Vec<FieldError> {
    match json(definition).and_then(|definition| Ok((definition, json(old)?))) {
        Ok((definition, old)) => definition::update_problems(&definition, &old),
        Err(wrong) => vec![wrong],
    }
}

/// What the API server would warn of in a new definition: formats that it does not check, sets whose items it cannot
/// tell apart.
#[must_use]
pub fn warnings(definition: &CustomResourceDefinition) -> Vec<String> {
    json(definition).map(|definition| definition::warnings(&definition)).unwrap_or_default()
}

/// The schema of a version of a definition without [`problems`], ready to do with objects what the API server does.
/// Nothing when the definition has no such version.
#[must_use]
pub fn structural(definition: &CustomResourceDefinition, version: &str) -> Option<StructuralSchema> {
    definition::schema(&json(definition).ok()?, version)
}

fn json(definition: &CustomResourceDefinition) -> Result<Value, FieldError> {
    serde_json::to_value(definition).map_err(|why| FieldError::invalid_silent("", why.to_string()))
}
