//! Pure: from the schema tree to the OpenAPI schema of a custom resource definition.

use std::collections::BTreeMap;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{
    JSON, JSONSchemaProps, JSONSchemaPropsOrArray, JSONSchemaPropsOrBool,
};
use serde::Serialize;
use serde_json::Value;

use super::node::{Field, Node, Rules, Shape};
use super::path::{Found, lookup};

/// The OpenAPI schema of a type.
///
/// `Option` means "not required", not "nullable": the server drops a null where a value may be
/// absent. `required` is sorted and properties come in alphabetical order, so equal types give
/// equal bytes.
#[must_use]
pub fn json_schema(node: &Node) -> JSONSchemaProps {
    let mut schema = JSONSchemaProps {
        type_: Some(type_name(node).to_owned()),
        description: text(node.description),
        format: text(node.format),
        ..JSONSchemaProps::default()
    };
    apply(&node.rules, &mut schema);
    match node.shape {
        Shape::Enum(values) => {
            schema.enum_ = Some(values.iter().map(|value| JSON(Value::from(*value))).collect());
        }
        Shape::List(item) => {
            schema.items = Some(JSONSchemaPropsOrArray::Schema(Box::new(json_schema(item))));
        }
        Shape::Map(value) => {
            schema.additional_properties = Some(JSONSchemaPropsOrBool::Schema(Box::new(json_schema(value))));
        }
        Shape::Object(_, fields) => object(fields, &mut schema),
        Shape::Boolean | Shape::Integer | Shape::Number | Shape::String => {}
    }
    schema
}

fn object(fields: &[Field], schema: &mut JSONSchemaProps) {
    let properties: BTreeMap<String, JSONSchemaProps> =
        fields.iter().map(|field| (field.json.to_owned(), property(field))).collect();
    let mut required: Vec<String> =
        fields.iter().filter(|field| field.is_required()).map(|field| field.json.to_owned()).collect();
    required.sort();
    schema.properties = Some(properties).filter(|properties| !properties.is_empty());
    schema.required = Some(required).filter(|required| !required.is_empty());
}

fn property(field: &Field) -> JSONSchemaProps {
    let mut schema = json_schema(field.node);
    if let Some(description) = text(field.description) {
        schema.description = Some(description);
    }
    apply(&field.rules, &mut schema);
    schema.default = field.default.and_then(|default| default()).map(JSON);
    schema
}

fn apply(rules: &Rules, schema: &mut JSONSchemaProps) {
    if let Some(pattern) = rules.pattern {
        schema.pattern = Some(pattern.to_owned());
    }
    if let Some(minimum) = rules.minimum {
        schema.minimum = Some(minimum.as_f64());
    }
    if let Some(maximum) = rules.maximum {
        schema.maximum = Some(maximum.as_f64());
    }
    schema.min_length = rules.min_length.or(schema.min_length);
    schema.max_length = rules.max_length.or(schema.max_length);
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn type_name(node: &Node) -> &'static str {
    match node.shape {
        Shape::Boolean => "boolean",
        Shape::Enum(_) | Shape::String => "string",
        Shape::Integer => "integer",
        Shape::List(_) => "array",
        Shape::Map(_) | Shape::Object(..) => "object",
        Shape::Number => "number",
    }
}

/// The type of a printer column over the values at a Rust path, as the server names it.
#[must_use]
pub fn column_type(root: &'static Node, path: &str) -> &'static str {
    match lookup(root, path) {
        Found::Node(node) if node.format == "date-time" => "date",
        Found::Node(node) => type_name(node),
        Found::Problem(_) => "string",
    }
}

/// A default as the schema has it: the JSON of the value, without nulls.
///
/// A null has no place in a default: the server refuses it where the value is not nullable
/// (tried against kube-apiserver v1.37.2). `None` when nothing is left.
#[must_use]
pub fn default_value<T: Serialize>(value: &T) -> Option<Value> {
    let mut json = serde_json::to_value(value).ok()?;
    drop_nulls(&mut json);
    Some(json).filter(|json| !json.is_null())
}

fn drop_nulls(json: &mut Value) {
    match json {
        Value::Object(map) => {
            map.retain(|_, value| !value.is_null());
            map.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
