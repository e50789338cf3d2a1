// Pure: no clock, no waiting.
//! Definitions with less text.

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{
    JSONSchemaProps, JSONSchemaPropsOrArray, JSONSchemaPropsOrBool, JSONSchemaPropsOrStringArray,
};

use super::CustomResourceDefinition;

/// The definition with descriptions of at most so many characters in its schemas; 0 leaves them all out.
///
/// Longer ones end after the last sentence that fits, or else with `…` after the last word. What `kubectl explain`
/// shows gets shorter, nothing else changes. A definition too large for `kubectl apply`
/// ([`ANNOTATION_BYTES_MAX`](super::ANNOTATION_BYTES_MAX)) or for etcd gets smaller this way.
///
/// # Examples
///
/// ```
/// use kubist::prelude::*;
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
///     /// Where the pages are. It is a bucket, whose name begins with `gs://`.
///     bucket: String,
/// }
///
/// let small = kubist::crd::limit_descriptions(Website::crd(), 30);
/// let yaml = kubist::crd::to_yaml(&[small]);
/// assert!(yaml.contains("description: Where the pages are.\n"));
/// ```
#[must_use]
pub fn limit_descriptions(mut crd: CustomResourceDefinition, characters: usize) -> CustomResourceDefinition {
    for version in &mut crd.spec.versions {
        if let Some(schema) = version.schema.as_mut().and_then(|schema| schema.open_api_v3_schema.as_mut()) {
            limit(schema, characters);
        }
    }
    crd
}

fn limit(schema: &mut JSONSchemaProps, characters: usize) {
    schema.description = schema.description.take().and_then(|text| shortened(text, characters));
    let lists = [&mut schema.all_of, &mut schema.any_of, &mut schema.one_of];
    let lists = lists.into_iter().flatten().flatten();
    let maps = [&mut schema.properties, &mut schema.pattern_properties, &mut schema.definitions];
    let maps = maps.into_iter().flatten().flat_map(|map| map.values_mut());
    let bools = [&mut schema.additional_properties, &mut schema.additional_items];
    let bools = bools.into_iter().filter_map(|either| match either {
        Some(JSONSchemaPropsOrBool::Schema(schema)) => Some(&mut **schema),
        Some(JSONSchemaPropsOrBool::Bool(_)) | None => None,
    });
    let dependencies = schema.dependencies.iter_mut().flat_map(|map| map.values_mut());
    let dependencies = dependencies.filter_map(|either| match either {
        JSONSchemaPropsOrStringArray::Schema(schema) => Some(&mut **schema),
        JSONSchemaPropsOrStringArray::Strings(_) => None,
    });
    lists.chain(maps).chain(bools).chain(dependencies).chain(schema.not.as_deref_mut()).for_each(|schema| {
        limit(schema, characters);
    });
    match &mut schema.items {
        Some(JSONSchemaPropsOrArray::Schema(schema)) => limit(schema, characters),
        Some(JSONSchemaPropsOrArray::Schemas(schemas)) => {
            schemas.iter_mut().for_each(|schema| limit(schema, characters));
        }
        None => {}
    }
}

fn shortened(mut text: String, characters: usize) -> Option<String> {
    let last = characters.checked_sub(1)?;
    // One character more than may stay tells that there is too much.
    let Some((end, _)) = text.char_indices().nth(characters) else { return Some(text) };
    // A full stop counts where white space comes after it.
    let mut ends = text[..end].match_indices('.').map(|(at, stop)| at + stop.len());
    let sentence = ends.rfind(|&at| text[at..].starts_with(char::is_whitespace));
    if let Some(sentence) = sentence {
        text.truncate(sentence);
        return Some(text);
    }
    let (cut, _) = text.char_indices().nth(last)?;
    let inside = !text[cut..].starts_with(char::is_whitespace);
    let word = if inside { text[..cut].rfind(char::is_whitespace).unwrap_or(cut) } else { cut };
    text.truncate(text[..word].trim_end().len());
    text.push('…');
    Some(text)
}
