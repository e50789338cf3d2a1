//! Pure: from the schema tree to the OpenAPI schema of a custom resource definition.

mod cel;
mod object;
mod rules;
mod tuple;
mod union;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{
    JSON, JSONSchemaProps, JSONSchemaPropsOrArray, JSONSchemaPropsOrBool,
};
use serde::Serialize;
use serde_json::Value;

use crate::schema::names::{Walk, walk};
use crate::schema::node::{Node, Shape};
use crate::schema::path::{Found, lookup};
use crate::schema::render::object::object;
use crate::schema::render::rules::apply;

/// The OpenAPI schema of a type.
///
/// `Option` means "not required", not "nullable": the server drops a null where a value may be
/// absent. `required` is sorted and properties come in alphabetical order, so equal types give
/// equal bytes.
#[must_use]
pub fn json_schema(node: &Node) -> JSONSchemaProps {
    let mut schema = JSONSchemaProps {
        type_: Some(type_name(node)).filter(|name| !name.is_empty()).map(str::to_owned),
        description: text(node.description),
        ..JSONSchemaProps::default()
    };
    match node.shape {
        Shape::Any => {
            schema.x_kubernetes_preserve_unknown_fields = Some(true);
            // Without it the server drops a null, which is a value like any other here.
            schema.nullable = Some(true);
        }
        Shape::Enum(values) => {
            schema.enum_ = Some(values.iter().map(|value| JSON(Value::from(*value))).collect());
        }
        Shape::IntegerEnum(values) => {
            schema.enum_ = Some(values.iter().map(|value| JSON(Value::from(*value))).collect());
        }
        Shape::IntOrString => int_or_string(&mut schema),
        Shape::List(item) => {
            schema.items = Some(JSONSchemaPropsOrArray::Schema(Box::new(element(item))));
        }
        Shape::Map(value) => {
            schema.additional_properties = Some(JSONSchemaPropsOrBool::Schema(Box::new(element(value))));
        }
        Shape::MapOf(keys, value) => {
            let value = element(value);
            schema.properties = Some(keys.iter().map(|key| ((*key).to_owned(), value.clone())).collect());
        }
        Shape::Object(_, fields) => object(fields, &mut schema),
        Shape::Boolean | Shape::Integer | Shape::Number | Shape::String => {}
        Shape::Tuple(nodes) => tuple::tuple(nodes, &mut schema),
        Shape::Union(of) => union::union(of, &mut schema),
        Shape::Foreign(of) => schema = serde_json::from_value(of()).unwrap_or(schema),
    }
    apply(node.rules, node, &mut schema);
    schema
}

/// The schema of an item of a list or a value of a map. A null there is a value: it is not dropped in a list,
/// and takes its key with it in a map.
fn element(node: &Node) -> JSONSchemaProps {
    let mut schema = json_schema(node);
    if node.optional {
        rules::make_nullable(&mut schema);
    }
    schema
}

/// In the one form that the server takes.
fn int_or_string(schema: &mut JSONSchemaProps) {
    let branch = |name: &str| JSONSchemaProps { type_: Some(name.to_owned()), ..JSONSchemaProps::default() };
    schema.x_kubernetes_int_or_string = Some(true);
    schema.any_of = Some(vec![branch("integer"), branch("string")]);
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// Empty where values of several types are allowed.
fn type_name(node: &Node) -> &'static str {
    match node.shape {
        Shape::Any | Shape::Foreign(_) | Shape::IntOrString => "",
        Shape::Boolean => "boolean",
        Shape::Enum(_) | Shape::String => "string",
        Shape::Integer | Shape::IntegerEnum(_) => "integer",
        Shape::List(_) | Shape::Tuple(_) => "array",
        Shape::Map(_) | Shape::MapOf(..) | Shape::Object(..) | Shape::Union(_) => "object",
        Shape::Number => "number",
    }
}

fn at(root: &'static Node, path: &str) -> Option<&'static Node> {
    if path.starts_with('.') {
        return match walk(root, path) {
            Walk::Node(node) => Some(node),
            Walk::Unknown | Walk::Nothing { .. } => None,
        };
    }
    match lookup(root, path) {
        Found::Node(node) => Some(node),
        Found::Problem(_) => None,
    }
}

/// The type of a printer column over the values at a path, as the server names it.
#[must_use]
pub fn column_type(root: &'static Node, path: &str) -> &'static str {
    match at(root, path) {
        Some(node) if node.rules.format_of() == "date-time" => "date",
        Some(node) if matches!(type_name(node), "boolean" | "integer" | "number") => type_name(node),
        Some(_) | None => "string",
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
