// Pure:
//! Definitions of kinds (`CustomResourceDefinition`s, as JSON): what is wrong with one, and the schemas in it.
//!
//! The functions here are what tests want. The modules are the steps that a server takes one by one.

use serde_json::Value;

use crate::field_error::FieldError;
use crate::metadata;
use crate::names;
use crate::rules::keywords;
use crate::schema::StructuralSchema;
use crate::value::scale::ScalePaths;

pub mod approval;
pub(crate) mod columns;
pub(crate) mod conversion;
pub mod defaults;
pub(crate) mod dump;
pub mod validate;
pub(crate) mod version_rules;
pub mod warnings;

/// Everything for which the API server would refuse a new definition; nothing when it would take it.
///
/// ```
/// use kubist_structural::definition;
/// use serde_json::json;
///
/// let website = json!({
///     "metadata": { "name": "websites.example.com" },
///     "spec": {
///         "group": "example.com", "scope": "Namespaced",
///         "names": { "plural": "websites", "kind": "Website" },
///         "versions": [{ "name": "v1", "served": true, "storage": true, "schema": { "openAPIV3Schema": {
///             "type": "object", "properties": { "spec": { "type": "object", "properties": { "size": {} } } },
///         }}}],
///     },
/// });
/// let problems = definition::problems(&website);
/// assert_eq!(problems.len(), 1);
/// assert_eq!(
///     problems[0].field,
///     "spec.validation.openAPIV3Schema.properties[spec].properties[size].type",
/// );
/// ```
///
/// What is the same in all versions is named `spec.validation`, as the server does.
#[must_use]
pub fn problems(definition: &Value) -> Vec<FieldError> {
    judge(definition, None)
}

/// Everything for which the API server would refuse a definition that replaces `old`, which it has served.
#[must_use]
pub fn update_problems(definition: &Value, old: &Value) -> Vec<FieldError> {
    judge(definition, Some(old))
}

fn judge(definition: &Value, old: Option<&Value>) -> Vec<FieldError> {
    let mut definition = definition.clone();
    if let Err(why) = tidy(&mut definition) {
        return vec![FieldError::invalid_silent("spec.versions", why)];
    }
    defaults::fill(&mut definition);
    let mut errors = Vec::new();
    let name = metadata::text(&definition, "name");
    if name.is_empty() {
        errors.push(FieldError::required("metadata.name", "name or generateName is required"));
    } else if old.is_none() {
        let problems = names::subdomain(name).into_iter();
        errors.extend(problems.map(|why| FieldError::invalid("metadata.name", name, why)));
    }
    metadata::validate_maps(&definition, &mut errors);
    errors.extend(validate::validate(&definition, old));
    errors
}

/// What the API server would warn of in a new definition: keywords that it drops, formats that it does not check, sets
/// whose items cannot be told apart.
#[must_use]
pub fn warnings(definition: &Value) -> Vec<String> {
    let mut definition = definition.clone();
    let unknown = tidy(&mut definition).unwrap_or_default();
    let mut warnings: Vec<String> = unknown.iter().map(|path| format!("unknown field \"{path}\"")).collect();
    warnings.extend(warnings::of(&definition, None));
    warnings
}

/// The schema of one version of a definition without [`problems`], with its subresources. Nothing when there is
/// no such version.
#[must_use]
pub fn schema(definition: &Value, version: &str) -> Option<StructuralSchema> {
    let mut definition = definition.clone();
    tidy(&mut definition).ok()?;
    let version = versions(&definition).iter().find(|each| text(each, "name") == version)?;
    let mut schema = StructuralSchema::trusted(version.get("schema")?.get("openAPIV3Schema")?);
    if version_rules::has_status(version) {
        schema = schema.with_status();
    }
    let scale = version.get("subresources").and_then(|parts| parts.get("scale"));
    Some(match scale.and_then(ScalePaths::of) {
        Some(paths) => schema.with_scale(paths),
        None => schema,
    })
}

/// Drops unknown keywords from all schemas of a definition, as the server does, and returns their paths.
///
/// # Errors
/// The decoder's text, when a keyword has the wrong type.
pub fn tidy(definition: &mut Value) -> Result<Vec<String>, String> {
    let mut unknown = Vec::new();
    let versions =
        definition.get_mut("spec").and_then(|spec| spec.get_mut("versions")).and_then(Value::as_array_mut);
    for (index, version) in versions.into_iter().flatten().enumerate() {
        let schema = version.get_mut("schema").and_then(|schema| schema.get_mut("openAPIV3Schema"));
        if let Some(Value::Object(schema)) = schema {
            let path = format!("spec.versions[{index}].schema.openAPIV3Schema");
            unknown.extend(keywords::tidy(schema, &path)?);
        }
    }
    Ok(unknown)
}

/// The text under `name`; empty when there is none.
pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The versions of a definition.
#[must_use]
pub fn versions(definition: &Value) -> &[Value] {
    definition["spec"]["versions"].as_array().map_or(&[], Vec::as_slice)
}
