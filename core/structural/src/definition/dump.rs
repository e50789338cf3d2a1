//! Pure: definitions as the real server shows them in refusals: with the names that its own structs have inside.

use serde_json::{Map, Value};

use crate::rules::expressions;

/// The keywords in the order of the server's struct, and which of them may stand at the root beside a status.
pub(crate) const KEYWORDS: [(&str, bool); 43] = [
    ("id", false),
    ("$schema", false),
    ("$ref", false),
    ("description", true),
    ("type", true),
    ("nullable", false),
    ("format", true),
    ("title", true),
    ("default", false),
    ("maximum", true),
    ("exclusiveMaximum", true),
    ("minimum", true),
    ("exclusiveMinimum", true),
    ("maxLength", true),
    ("minLength", true),
    ("pattern", true),
    ("maxItems", true),
    ("minItems", true),
    ("uniqueItems", true),
    ("multipleOf", true),
    ("enum", false),
    ("maxProperties", false),
    ("minProperties", false),
    ("required", true),
    ("items", true),
    ("allOf", false),
    ("oneOf", false),
    ("anyOf", false),
    ("not", false),
    ("properties", true),
    ("additionalProperties", false),
    ("patternProperties", false),
    ("dependencies", false),
    ("additionalItems", false),
    ("definitions", false),
    ("externalDocs", true),
    ("example", true),
    ("x-kubernetes-preserve-unknown-fields", true),
    ("x-kubernetes-embedded-resource", false),
    ("x-kubernetes-int-or-string", false),
    ("x-kubernetes-list-map-keys", false),
    ("x-kubernetes-list-type", false),
    ("x-kubernetes-map-type", false),
];

/// Whether Go takes the value for one that is not there.
pub(crate) fn is_zero(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// A struct, written in the order of its fields.
#[derive(Default)]
struct Fields(Vec<String>);

impl Fields {
    fn put(&mut self, name: &str, shown: impl Into<String>) {
        self.0.push(format!("\"{name}\":{}", shown.into()));
    }

    fn end(self) -> String {
        format!("{{{}}}", self.0.join(","))
    }
}

fn or(value: Option<&Value>, zero: &str) -> String {
    value.filter(|value| !value.is_null()).map_or_else(|| zero.to_owned(), Value::to_string)
}

fn list(value: Option<&Value>, item: impl Fn(&Value) -> String) -> String {
    match value.and_then(Value::as_array).filter(|items| !items.is_empty()) {
        Some(items) => format!("[{}]", items.iter().map(item).collect::<Vec<_>>().join(",")),
        None => "null".to_owned(),
    }
}

fn map(value: Option<&Value>) -> String {
    match value.and_then(Value::as_object).filter(|map| !map.is_empty()) {
        Some(map) => {
            let mut fields = Fields::default();
            map.iter().for_each(|(name, value)| fields.put(name, schema(value)));
            fields.end()
        }
        None => "null".to_owned(),
    }
}

/// A schema.
pub(crate) fn schema(value: &Value) -> String {
    let none = Map::new();
    let node = value.as_object().unwrap_or(&none);
    let mut fields = Fields::default();
    for (keyword, _) in KEYWORDS {
        let value = node.get(keyword);
        let shown = match keyword {
            "id" | "$schema" | "description" | "type" | "format" | "title" | "pattern" => or(value, "\"\""),
            "nullable" | "exclusiveMaximum" | "exclusiveMinimum" | "uniqueItems" => or(value, "false"),
            "x-kubernetes-embedded-resource" | "x-kubernetes-int-or-string" => or(value, "false"),
            "allOf" | "oneOf" | "anyOf" => list(value, schema),
            "not" => value.map_or_else(|| "null".to_owned(), schema),
            "properties" | "patternProperties" | "definitions" => map(value),
            "items" => items(value),
            "additionalProperties" | "additionalItems" => allowed(value),
            "externalDocs" => match value {
                Some(docs) => {
                    let mut fields = Fields::default();
                    fields.put("Description", or(docs.get("description"), "\"\""));
                    fields.put("URL", or(docs.get("url"), "\"\""));
                    fields.end()
                }
                None => "null".to_owned(),
            },
            _ => or(value, "null"),
        };
        fields.put(&inside(keyword), shown);
    }
    fields.put("XValidations", list(node.get("x-kubernetes-validations"), expressions::dump));
    fields.end()
}

/// The name of a keyword in the server's struct.
fn inside(keyword: &str) -> String {
    match keyword {
        "id" => "ID".to_owned(),
        "x-kubernetes-preserve-unknown-fields" => "XPreserveUnknownFields".to_owned(),
        "x-kubernetes-embedded-resource" => "XEmbeddedResource".to_owned(),
        "x-kubernetes-int-or-string" => "XIntOrString".to_owned(),
        "x-kubernetes-list-map-keys" => "XListMapKeys".to_owned(),
        "x-kubernetes-list-type" => "XListType".to_owned(),
        "x-kubernetes-map-type" => "XMapType".to_owned(),
        other => {
            let mut chars = other.trim_start_matches('$').chars();
            let first = chars.next().map(|c| c.to_ascii_uppercase());
            first.into_iter().chain(chars).collect()
        }
    }
}

fn items(value: Option<&Value>) -> String {
    let mut fields = Fields::default();
    match value {
        Some(Value::Array(_)) => {
            fields.put("Schema", "null");
            fields.put("JSONSchemas", list(value, schema));
        }
        Some(one) if !one.is_null() => {
            fields.put("Schema", schema(one));
            fields.put("JSONSchemas", "null");
        }
        Some(_) | None => return "null".to_owned(),
    }
    fields.end()
}

fn allowed(value: Option<&Value>) -> String {
    let mut fields = Fields::default();
    match value {
        Some(Value::Bool(allows)) => {
            fields.put("Allows", allows.to_string());
            fields.put("Schema", "null");
        }
        Some(one) if !one.is_null() => {
            fields.put("Allows", "true");
            fields.put("Schema", schema(one));
        }
        Some(_) | None => return "null".to_owned(),
    }
    fields.end()
}

/// The versions of a definition, without the parts that stand at the top because they are the same in all.
pub(crate) fn versions(versions: &[Value], shared: crate::definition::version_rules::Parts) -> String {
    let shown: Vec<String> = versions.iter().map(|version| self::version(version, shared)).collect();
    if shown.is_empty() { "[]".to_owned() } else { format!("[{}]", shown.join(",")) }
}

fn version(version: &Value, shared: crate::definition::version_rules::Parts) -> String {
    let null = || "null".to_owned();
    let mut fields = Fields::default();
    fields.put("Name", or(version.get("name"), "\"\""));
    for (name, key) in [("Served", "served"), ("Storage", "storage"), ("Deprecated", "deprecated")] {
        fields.put(name, or(version.get(key), "false"));
    }
    fields.put("DeprecationWarning", or(version.get("deprecationWarning"), "null"));
    let of_schema = version.get("schema").filter(|_| !shared.schema).map_or_else(null, |part| {
        let mut fields = Fields::default();
        fields.put("OpenAPIV3Schema", part.get("openAPIV3Schema").map_or_else(null, schema));
        fields.end()
    });
    fields.put("Schema", of_schema);
    let parts = version.get("subresources").filter(|_| !shared.subresources);
    fields.put("Subresources", parts.map_or_else(null, subresources));
    let columns = version.get("additionalPrinterColumns").filter(|_| !shared.columns);
    fields.put("AdditionalPrinterColumns", list(columns, column));
    let selectable = version.get("selectableFields").filter(|_| !shared.selectable);
    fields.put(
        "SelectableFields",
        list(selectable, |field| format!("{{\"JSONPath\":{}}}", or(field.get("jsonPath"), "\"\""))),
    );
    fields.end()
}

fn subresources(value: &Value) -> String {
    let mut fields = Fields::default();
    fields.put("Status", or(value.get("status"), "null"));
    let scale = value.get("scale").filter(|scale| !scale.is_null());
    fields.put(
        "Scale",
        scale.map_or_else(
            || "null".to_owned(),
            |scale| {
                let mut fields = Fields::default();
                fields.put("SpecReplicasPath", or(scale.get("specReplicasPath"), "\"\""));
                fields.put("StatusReplicasPath", or(scale.get("statusReplicasPath"), "\"\""));
                fields.put("LabelSelectorPath", or(scale.get("labelSelectorPath"), "null"));
                fields.end()
            },
        ),
    );
    fields.end()
}

fn column(value: &Value) -> String {
    let mut fields = Fields::default();
    for (name, key) in
        [("Name", "name"), ("Type", "type"), ("Format", "format"), ("Description", "description")]
    {
        fields.put(name, or(value.get(key), "\"\""));
    }
    fields.put("Priority", or(value.get("priority"), "0"));
    fields.put("JSONPath", or(value.get("jsonPath"), "\"\""));
    fields.end()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_schema_has_every_field_of_the_struct() {
        let shown = schema(&json!({"type": "array", "items": {"type": "string"}, "minItems": 1}));
        assert!(shown.starts_with(
            "{\"ID\":\"\",\"Schema\":\"\",\"Ref\":null,\"Description\":\"\",\"Type\":\"array\","
        ));
        assert!(shown.contains("\"MinItems\":1,") && shown.contains("\"Items\":{\"Schema\":{\"ID\":"));
        assert!(shown.ends_with("\"XMapType\":null,\"XValidations\":null}"));
    }
}
