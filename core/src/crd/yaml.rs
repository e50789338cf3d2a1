// Pure: no clock, no waiting.
//! Definitions as YAML.

use serde::{Serialize, Serializer};
use serde_json::{Number, Value};

use super::CustomResourceDefinition;

/// How many bytes of annotations an object may have, and so how large a definition may be that
/// `kubectl apply` (without `--server-side`) writes: it keeps the whole object in an annotation.
pub const ANNOTATION_BYTES_MAX: usize = 256 * 1024;

const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Whole numbers up to here are the same as a float and as an integer.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Definitions as the YAML that `kubectl apply -f` takes: one document each, every one after a line `---`, so that
/// files can be joined.
///
/// The same definitions give the same bytes. Keys are in alphabetical order, as in the files of other generators;
/// a status, which is the server's, is left out. Strings are quoted wherever a reader of YAML 1.1 or 1.2 would take
/// them for something else.
///
/// # Examples
///
/// A file that is checked in, and a test that fails when it is no longer what the structs say:
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
///     bucket: String,
/// }
///
/// let yaml = kubist::crd::to_yaml(&[Website::crd()]);
/// assert!(yaml.starts_with("---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"));
/// # let checked_in = yaml.clone();
/// # /*
/// let checked_in = include_str!("../deploy/crds.yaml");
/// # */
/// assert_eq!(yaml, checked_in, "run `cargo run --example crd_yaml -- --write deploy/crds.yaml`");
/// ```
#[must_use]
pub fn to_yaml(crds: &[CustomResourceDefinition]) -> String {
    let mut yaml = String::new();
    for crd in crds {
        write_document(&mut yaml, &json(crd));
    }
    yaml
}

/// Adds one document to a text of YAML.
pub(crate) fn write_document(yaml: &mut String, document: &Value) {
    let options = serde_saphyr::ser_options! { prefer_block_scalars: false };
    yaml.push_str("---\n");
    serde_saphyr::to_fmt_writer_with_options(yaml, &Node(document), options)
        .expect("writing to a string does not fail");
}

/// How many bytes of annotations the definition has after `kubectl apply` without `--server-side`. Beyond
/// [`ANNOTATION_BYTES_MAX`] the server refuses it; then apply it with `--server-side`, or
/// [shorten its descriptions](crate::crd::limit_descriptions).
#[must_use]
pub fn annotation_bytes(crd: &CustomResourceDefinition) -> usize {
    let mut applied = json(crd);
    // kubectl writes the annotations even where there are none.
    let annotations = applied["metadata"].as_object_mut().map(|metadata| {
        metadata.entry("annotations").or_insert_with(|| Value::Object(serde_json::Map::new()))
    });
    let mut bytes = 0;
    if let Some(Value::Object(annotations)) = annotations {
        annotations.remove(LAST_APPLIED);
        bytes = annotations.iter().map(|(key, value)| key.len() + value.as_str().map_or(0, str::len)).sum();
    }
    // Go escapes what means something in HTML, and ends the text with a line break.
    let text = applied.to_string();
    let escaped: usize = text
        .chars()
        .map(|c| match c {
            '<' | '>' | '&' => 5,
            '\u{2028}' | '\u{2029}' => 3,
            _ => 0,
        })
        .sum();
    bytes + LAST_APPLIED.len() + text.len() + escaped + 1
}

/// The definition as JSON, without its status, each whole number as an integer.
fn json(crd: &CustomResourceDefinition) -> Value {
    let mut value = serde_json::to_value(crd).expect("a definition has only keys that are strings");
    if let Some(object) = value.as_object_mut() {
        object.remove("status");
    }
    shorten_numbers(&mut value);
    value
}

/// The API keeps bounds as floats: `minimum: 0` reads better than `minimum: 0.0`, and means the same.
pub(super) fn shorten_numbers(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(shorten_numbers),
        Value::Object(fields) => fields.values_mut().for_each(shorten_numbers),
        Value::Number(number) if number.is_f64() => {
            if let Some(float) = number.as_f64()
                && float.fract() == 0.0
                && float.abs() <= EXACT
            {
                #[expect(clippy::cast_possible_truncation, reason = "it is whole, and within the range")]
                let whole = float as i64;
                *number = Number::from(whole);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// JSON on its way to YAML: keys sorted, text of several lines as a block.
struct Node<'a>(&'a Value);

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) if text.contains('\n') => serde_saphyr::LitStr(text).serialize(serializer),
            Value::Array(items) => serializer.collect_seq(items.iter().map(Node)),
            Value::Object(fields) => {
                let mut fields: Vec<_> = fields.iter().map(|(key, value)| (key, Node(value))).collect();
                fields.sort_unstable_by_key(|(key, _)| *key);
                serializer.collect_map(fields)
            }
            other => other.serialize(serializer),
        }
    }
}
