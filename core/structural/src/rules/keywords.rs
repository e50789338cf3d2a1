//! Pure: the keywords that a schema may have. Unknown ones are dropped, those of the wrong type cannot be decoded.

use serde_json::{Map, Value};

use crate::metadata::go_type;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Text,
    Flag,
    Number,
    Count,
    Texts,
    Anything,
    Values,
    Schema,
    SchemaOrFlag,
    SchemaOrList,
    Schemas,
    SchemaMap,
}

const KEYWORDS: [(&str, Shape); 44] = [
    ("$ref", Shape::Text),
    ("$schema", Shape::Text),
    ("additionalItems", Shape::SchemaOrFlag),
    ("additionalProperties", Shape::SchemaOrFlag),
    ("allOf", Shape::Schemas),
    ("anyOf", Shape::Schemas),
    ("default", Shape::Anything),
    ("definitions", Shape::SchemaMap),
    ("dependencies", Shape::Anything),
    ("description", Shape::Text),
    ("enum", Shape::Values),
    ("example", Shape::Anything),
    ("exclusiveMaximum", Shape::Flag),
    ("exclusiveMinimum", Shape::Flag),
    ("externalDocs", Shape::Anything),
    ("format", Shape::Text),
    ("id", Shape::Text),
    ("items", Shape::SchemaOrList),
    ("maxItems", Shape::Count),
    ("maxLength", Shape::Count),
    ("maxProperties", Shape::Count),
    ("maximum", Shape::Number),
    ("minItems", Shape::Count),
    ("minLength", Shape::Count),
    ("minProperties", Shape::Count),
    ("minimum", Shape::Number),
    ("multipleOf", Shape::Number),
    ("not", Shape::Schema),
    ("nullable", Shape::Flag),
    ("oneOf", Shape::Schemas),
    ("pattern", Shape::Text),
    ("patternProperties", Shape::SchemaMap),
    ("properties", Shape::SchemaMap),
    ("required", Shape::Texts),
    ("title", Shape::Text),
    ("type", Shape::Text),
    ("uniqueItems", Shape::Flag),
    ("x-kubernetes-embedded-resource", Shape::Flag),
    ("x-kubernetes-int-or-string", Shape::Flag),
    ("x-kubernetes-list-map-keys", Shape::Texts),
    ("x-kubernetes-list-type", Shape::Text),
    ("x-kubernetes-map-type", Shape::Text),
    ("x-kubernetes-preserve-unknown-fields", Shape::Flag),
    ("x-kubernetes-validations", Shape::Anything),
];

impl Shape {
    /// The type in Go.
    fn go_name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Flag => "bool",
            Self::Number => "float64",
            Self::Count => "int64",
            Self::Texts => "[]string",
            Self::Schemas => "[]v1.JSONSchemaProps",
            Self::SchemaMap => "map[string]v1.JSONSchemaProps",
            Self::Values => "[]v1.JSON",
            Self::Schema | Self::SchemaOrFlag | Self::SchemaOrList | Self::Anything => "v1.JSONSchemaProps",
        }
    }

    fn fits(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Flag => value.is_boolean(),
            Self::Number => value.is_number(),
            Self::Count => value.is_i64() || value.is_u64(),
            Self::Texts => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
            Self::Values | Self::Schemas => value.is_array(),
            Self::Schema | Self::SchemaMap => value.is_object(),
            Self::SchemaOrFlag => value.is_object() || value.is_boolean(),
            Self::SchemaOrList => value.is_object() || value.is_array(),
            Self::Anything => true,
        }
    }
}

/// Drops unknown keywords from a schema, which stands at `path`, and returns their paths.
///
/// # Errors
/// The decoder's text, when a keyword has the wrong type.
pub(crate) fn tidy(schema: &mut Map<String, Value>, path: &str) -> Result<Vec<String>, String> {
    let mut unknown = Vec::new();
    let field: String =
        path.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest)).collect();
    walk(schema, path, &field, &mut unknown)?;
    Ok(unknown)
}

/// `field` is `path` as Go's decoder has it: fields of structs only.
fn walk(
    schema: &mut Map<String, Value>,
    path: &str,
    field: &str,
    unknown: &mut Vec<String>,
) -> Result<(), String> {
    schema.retain(|word, value| {
        let known = KEYWORDS.iter().any(|(keyword, _)| keyword == word);
        if !known {
            unknown.push(format!("{path}.{word}"));
        }
        known && (!value.is_null() || word == "default" || word == "example")
    });
    for (word, value) in schema.iter_mut() {
        let Some((_, shape)) = KEYWORDS.iter().find(|(keyword, _)| keyword == word) else {
            continue;
        };
        if value.is_null() {
            continue;
        }
        if !shape.fits(value) {
            return Err(format!(
                "json: cannot unmarshal {} into Go struct field JSONSchemaProps.{field}.{word} of type {}",
                go_type(value),
                shape.go_name()
            ));
        }
        let below = format!("{field}.{word}");
        let here = format!("{path}.{word}");
        match (shape, value) {
            (Shape::Schema | Shape::SchemaOrFlag | Shape::SchemaOrList, Value::Object(map)) => {
                walk(map, &here, &below, unknown)?
            }
            (Shape::Schemas, Value::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    if let Value::Object(map) = item {
                        walk(map, &format!("{here}[{index}]"), &below, unknown)?;
                    }
                }
            }
            (Shape::SchemaMap, Value::Object(map)) => {
                for (name, item) in map.iter_mut() {
                    if let Value::Object(map) = item {
                        walk(map, &format!("{here}.{name}"), &below, unknown)?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tidied(mut schema: Value) -> Result<(Vec<String>, Value), String> {
        let Value::Object(map) = &mut schema else { unreachable!("tests give objects") };
        let unknown = tidy(map, "s")?;
        Ok((unknown, schema))
    }

    #[test]
    fn unknown_keywords_go_and_wrong_types_fail() {
        let schema = json!({"type": "object", "properties": {"const": {"type": "string", "const": "x"}}});
        let (unknown, left) = tidied(schema).unwrap();
        assert_eq!(unknown, ["s.properties.const.const"]);
        assert_eq!(left, json!({"type": "object", "properties": {"const": {"type": "string"}}}));
        assert_eq!(
            tidied(json!({"properties": {"a": {"exclusiveMinimum": 1}}})).unwrap_err(),
            "json: cannot unmarshal number into Go struct field JSONSchemaProps.s.properties.exclusiveMinimum of type bool"
        );
        assert!(tidied(json!({"properties": {"a": {"type": ["string"]}}})).is_err());
    }
}
