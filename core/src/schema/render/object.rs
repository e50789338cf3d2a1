//! Pure: a struct, with what its flattened fields bring.

use std::collections::BTreeMap;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{JSON, JSONSchemaProps};

use crate::schema::node::{Field, Shape};
use crate::schema::render::cel::immutable_members;
use crate::schema::render::json_schema;
use crate::schema::render::rules::apply;

pub(super) fn object(fields: &'static [Field], schema: &mut JSONSchemaProps) {
    let mut properties = BTreeMap::new();
    let mut required = Vec::new();
    for field in fields {
        if field.flatten {
            flatten(field, &mut properties, &mut required, schema);
            continue;
        }
        properties.insert(field.json.to_owned(), property(field));
        if field.is_required() {
            required.push(field.json.to_owned());
        }
    }
    required.sort();
    required.dedup();
    schema.properties = Some(properties).filter(|properties| !properties.is_empty());
    schema.required = Some(required).filter(|required| !required.is_empty());
    immutable_members(fields, schema);
}

fn property(field: &Field) -> JSONSchemaProps {
    let mut schema = json_schema(field.node);
    if !field.description.is_empty() {
        schema.description = Some(field.description.to_owned());
    }
    apply(field.rules, field.node, &mut schema);
    schema.default = field.default.and_then(|default| default()).map(JSON);
    schema
}

/// What the type of a flattened field says stands in the object itself.
fn flatten(
    field: &Field,
    properties: &mut BTreeMap<String, JSONSchemaProps>,
    required: &mut Vec<String>,
    schema: &mut JSONSchemaProps,
) {
    if matches!(field.node.shape, Shape::Any | Shape::Map(_)) {
        schema.x_kubernetes_preserve_unknown_fields = Some(true);
        return;
    }
    let inner = json_schema(field.node);
    properties.extend(inner.properties.unwrap_or_default());
    if !field.node.optional {
        required.extend(inner.required.unwrap_or_default());
    }
    if inner.x_kubernetes_preserve_unknown_fields == Some(true) {
        schema.x_kubernetes_preserve_unknown_fields = Some(true);
    }
    let alternatives =
        JSONSchemaProps { one_of: inner.one_of, any_of: inner.any_of, ..JSONSchemaProps::default() };
    if alternatives != JSONSchemaProps::default() {
        choose(alternatives, field.node.optional, schema);
    }
    if let Some(rules) = inner.x_kubernetes_validations {
        schema.x_kubernetes_validations.get_or_insert_default().extend(rules);
    }
}

/// The alternatives of a flattened enum are alternatives of the object. Of an absent one none holds; several
/// enums stand beside each other.
fn choose(mut alternatives: JSONSchemaProps, optional: bool, schema: &mut JSONSchemaProps) {
    if optional && let Some(branches) = &mut alternatives.one_of {
        let names = branches.iter().flat_map(|branch| branch.required.iter().flatten().cloned());
        let one = |name: String| JSONSchemaProps { required: Some(vec![name]), ..JSONSchemaProps::default() };
        let any_of: Vec<_> = names.map(one).collect();
        let any = JSONSchemaProps { any_of: Some(any_of), ..JSONSchemaProps::default() };
        branches.push(JSONSchemaProps { not: Some(Box::new(any)), ..JSONSchemaProps::default() });
    }
    if let Some(all) = &mut schema.all_of {
        all.push(alternatives);
    } else if schema.one_of.is_none() && schema.any_of.is_none() {
        (schema.one_of, schema.any_of) = (alternatives.one_of, alternatives.any_of);
    } else {
        let first = JSONSchemaProps {
            one_of: schema.one_of.take(),
            any_of: schema.any_of.take(),
            ..JSONSchemaProps::default()
        };
        schema.all_of = Some(vec![first, alternatives]);
    }
}
