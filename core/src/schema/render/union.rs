//! Pure: enums with data. A schema gives each property one type; the alternatives say which go together.

use std::collections::BTreeMap;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{JSON, JSONSchemaProps};
use kubist_structural::cel::escape;
use serde_json::Value;

use crate::schema::node::{Node, Shape, Tagging, Union, Variant};
use crate::schema::render::cel::{holds, string};
use crate::schema::render::json_schema;
use crate::schema::render::rules::make_nullable;

pub(super) fn union(union: &Union, schema: &mut JSONSchemaProps) {
    match union.tagging {
        Tagging::External => external(union, schema),
        Tagging::Internal(tag) => internal(union, tag, schema),
        Tagging::Adjacent(tag, content) => adjacent(union, tag, content, schema),
        Tagging::Untagged => untagged(union, schema),
    }
    describe(union, schema);
}

/// The docs of the variants have no place of their own.
fn describe(union: &Union, schema: &mut JSONSchemaProps) {
    if union.variants.iter().all(|variant| variant.description.is_empty()) {
        return;
    }
    let mut text = schema.description.take().unwrap_or_default();
    for variant in union.variants {
        text.push_str(if text.is_empty() { "" } else { "\n" });
        text.push_str(&format!("- `{}`", variant.json));
        if !variant.description.is_empty() {
            text.push_str(&format!(": {}", variant.description));
        }
    }
    schema.description = Some(text);
}

fn requires(names: Vec<String>) -> JSONSchemaProps {
    JSONSchemaProps { required: Some(names).filter(|names| !names.is_empty()), ..JSONSchemaProps::default() }
}

/// One property per variant, of which one is there.
fn external(union: &Union, schema: &mut JSONSchemaProps) {
    let mut properties = BTreeMap::new();
    let mut branches = Vec::new();
    for variant in union.variants {
        let Some(content) = variant.content else { continue };
        let mut property = json_schema(content);
        if content.optional {
            // What serde writes for `A(None)`: without this the null is dropped, and the variant with it.
            make_nullable(&mut property);
        }
        if !variant.description.is_empty() {
            property.description = Some(variant.description.to_owned());
        }
        properties.insert(variant.json.to_owned(), property);
        branches.push(requires(vec![variant.json.to_owned()]));
    }
    schema.properties = Some(properties);
    if !union.open {
        schema.one_of = Some(branches);
    }
}

/// The schema of the tag: all names of all variants.
fn tag_schema(union: &Union) -> JSONSchemaProps {
    let names = union.variants.iter().map(|variant| JSON(Value::from(variant.json))).collect();
    JSONSchemaProps {
        type_: Some("string".to_owned()),
        enum_: Some(names).filter(|_| !union.open),
        ..JSONSchemaProps::default()
    }
}

/// The properties of one variant, and which of them must be there.
struct Part {
    properties: BTreeMap<String, JSONSchemaProps>,
    required: Vec<String>,
    keeps_unknown: bool,
}

fn part(content: Option<&'static Node>) -> Part {
    let schema = content.map(json_schema).unwrap_or_default();
    Part {
        properties: schema.properties.unwrap_or_default(),
        required: schema.required.unwrap_or_default(),
        keeps_unknown: schema.x_kubernetes_preserve_unknown_fields == Some(true),
    }
}

/// The properties of all variants, and for each variant what sets it apart.
struct Merged {
    properties: BTreeMap<String, JSONSchemaProps>,
    branches: Vec<JSONSchemaProps>,
    keeps_unknown: bool,
}

/// Where two variants have a property that differs in its bounds, the bounds go into the alternatives; what a
/// variant has not is forbidden there, so that a value belongs to one variant alone.
fn merge(variants: &[Variant], closed: bool) -> Merged {
    let parts: Vec<Part> = variants.iter().map(|variant| part(variant.content)).collect();
    let mut properties: BTreeMap<String, JSONSchemaProps> = BTreeMap::new();
    for part in &parts {
        for (name, property) in &part.properties {
            match properties.get_mut(name) {
                None => {
                    properties.insert(name.clone(), property.clone());
                }
                Some(known) if known == property => {}
                Some(known) => *known = common(known, property),
            }
        }
    }
    for property in properties.values_mut() {
        // It would be written into the objects of every variant.
        property.default = None;
    }
    let branches = parts.iter().map(|part| branch(part, &properties, closed)).collect();
    let keeps_unknown = parts.iter().any(|part| part.keeps_unknown);
    Merged { properties, branches, keeps_unknown }
}

fn branch(part: &Part, all: &BTreeMap<String, JSONSchemaProps>, closed: bool) -> JSONSchemaProps {
    let mut narrowed = BTreeMap::new();
    for (name, property) in &part.properties {
        let bounds = bounds(property);
        if bounds != JSONSchemaProps::default()
            && all.get(name).is_some_and(|common| self::bounds(common) != bounds)
        {
            narrowed.insert(name.clone(), bounds);
        }
    }
    let mut branch = requires(part.required.clone());
    branch.properties = Some(narrowed).filter(|narrowed| !narrowed.is_empty());
    let foreign: Vec<JSONSchemaProps> = all
        .keys()
        .filter(|name| !part.properties.contains_key(*name))
        .map(|name| requires(vec![name.clone()]))
        .collect();
    if closed && !part.keeps_unknown && !foreign.is_empty() {
        branch.not = Some(Box::new(match <[JSONSchemaProps; 1]>::try_from(foreign) {
            Ok([one]) => one,
            Err(several) => JSONSchemaProps { any_of: Some(several), ..JSONSchemaProps::default() },
        }));
    }
    branch
}

/// What may stand in an alternative: no type, no docs, no default.
fn bounds(property: &JSONSchemaProps) -> JSONSchemaProps {
    JSONSchemaProps {
        pattern: property.pattern.clone(),
        minimum: property.minimum,
        maximum: property.maximum,
        exclusive_minimum: property.exclusive_minimum,
        exclusive_maximum: property.exclusive_maximum,
        multiple_of: property.multiple_of,
        min_length: property.min_length,
        max_length: property.max_length,
        min_items: property.min_items,
        max_items: property.max_items,
        min_properties: property.min_properties,
        max_properties: property.max_properties,
        enum_: property.enum_.clone(),
        ..JSONSchemaProps::default()
    }
}

/// What two schemas of the same type say in common, with both descriptions.
fn common(one: &JSONSchemaProps, other: &JSONSchemaProps) -> JSONSchemaProps {
    let mut common = one.clone();
    if bounds(one) != bounds(other) {
        let none = JSONSchemaProps::default();
        common.pattern = none.pattern;
        common.minimum = none.minimum;
        common.maximum = none.maximum;
        common.exclusive_minimum = none.exclusive_minimum;
        common.exclusive_maximum = none.exclusive_maximum;
        common.multiple_of = none.multiple_of;
        common.min_length = none.min_length;
        common.max_length = none.max_length;
        common.min_items = none.min_items;
        common.max_items = none.max_items;
        common.min_properties = none.min_properties;
        common.max_properties = none.max_properties;
        common.enum_ = none.enum_;
    }
    if one.description != other.description {
        let texts = [&one.description, &other.description].into_iter().flatten();
        common.description =
            Some(texts.map(String::as_str).collect::<Vec<_>>().join("\n")).filter(|text| !text.is_empty());
    }
    common
}

fn internal(union: &Union, tag: &str, schema: &mut JSONSchemaProps) {
    let mut merged = merge(union.variants, !union.open);
    merged.properties.insert(tag.to_owned(), tag_schema(union));
    for (branch, variant) in merged.branches.iter_mut().zip(union.variants) {
        branch.properties.get_or_insert_default().insert(tag.to_owned(), only(variant.json));
    }
    schema.properties = Some(merged.properties);
    schema.required = Some(vec![tag.to_owned()]);
    schema.x_kubernetes_preserve_unknown_fields = merged.keeps_unknown.then_some(true);
    if !union.open {
        schema.one_of = Some(merged.branches);
    }
}

fn only(name: &str) -> JSONSchemaProps {
    JSONSchemaProps { enum_: Some(vec![JSON(Value::from(name))]), ..JSONSchemaProps::default() }
}

fn adjacent(union: &Union, tag: &str, content: &str, schema: &mut JSONSchemaProps) {
    let mut contents = union.variants.iter().filter_map(|variant| variant.content);
    let mut property = contents.clone().next().map(json_schema).unwrap_or_default();
    let objects = contents.clone().all(|node| matches!(node.shape, Shape::Object(..) | Shape::Union(_)));
    let mut branches: Vec<JSONSchemaProps> = union
        .variants
        .iter()
        .map(|variant| JSONSchemaProps {
            properties: Some(BTreeMap::from([(tag.to_owned(), only(variant.json))])),
            ..requires(
                variant
                    .content
                    .filter(|node| !node.optional)
                    .map(|_| content.to_owned())
                    .into_iter()
                    .collect(),
            )
        })
        .collect();
    if objects {
        let merged = merge(union.variants, true);
        property.properties = Some(merged.properties).filter(|properties| !properties.is_empty());
        property.required = None;
        property.description = None;
        property.x_kubernetes_preserve_unknown_fields = merged.keeps_unknown.then_some(true);
        for ((branch, inner), variant) in branches.iter_mut().zip(merged.branches).zip(union.variants) {
            if variant.content.is_some() && inner != JSONSchemaProps::default() {
                branch.properties.get_or_insert_default().insert(content.to_owned(), inner);
            }
        }
    } else if contents.any(|node| matches!(node.shape, Shape::Integer))
        && union
            .variants
            .iter()
            .filter_map(|variant| variant.content)
            .any(|node| matches!(node.shape, Shape::String))
    {
        property = json_schema(&Node::new(Shape::IntOrString));
        tie_types(union, tag, content, schema);
    }
    for (branch, variant) in branches.iter_mut().zip(union.variants) {
        if variant.content.is_none() {
            branch.not = Some(Box::new(requires(vec![content.to_owned()])));
        }
    }
    schema.properties =
        Some(BTreeMap::from([(tag.to_owned(), tag_schema(union)), (content.to_owned(), property)]));
    schema.required = Some(vec![tag.to_owned()]);
    schema.one_of = Some(branches);
}

/// A type in an alternative is refused, so a rule has to say which variant holds a number.
fn tie_types(union: &Union, tag: &str, content: &str, schema: &mut JSONSchemaProps) {
    let (Some(tag), Some(content)) = (escape(tag), escape(content)) else { return };
    for variant in union.variants {
        let kind = match variant.content.map(|node| node.shape) {
            Some(Shape::Integer) => "int",
            Some(Shape::String) => "string",
            _ => continue,
        };
        let name = string(variant.json);
        let rule = format!("self.{tag} != {name} || type(self.{content}) == {kind}");
        schema
            .x_kubernetes_validations
            .get_or_insert_default()
            .push(holds(rule, format!("the {content} of {} must be of type {kind}", variant.json)));
    }
}

/// Objects of which one must fit, or strings and integers.
fn untagged(union: &Union, schema: &mut JSONSchemaProps) {
    let nodes: Vec<&Node> = union.variants.iter().filter_map(|variant| variant.content).collect();
    let is_object = |node: &&Node| matches!(node.shape, Shape::Object(..) | Shape::Union(_));
    if nodes.iter().all(is_object) {
        let merged = merge(union.variants, false);
        schema.properties = Some(merged.properties);
        schema.x_kubernetes_preserve_unknown_fields = merged.keeps_unknown.then_some(true);
        schema.any_of = Some(merged.branches);
        return;
    }
    let mixed = nodes.iter().any(|node| matches!(node.shape, Shape::String))
        && nodes.iter().any(|node| matches!(node.shape, Shape::Integer));
    let whole = match nodes.first() {
        Some(_) if mixed => json_schema(&Node::new(Shape::IntOrString)),
        Some(node) => json_schema(node),
        None => return,
    };
    let description = schema.description.take();
    *schema = JSONSchemaProps { description, ..whole };
}
