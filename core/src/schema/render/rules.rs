//! Pure: rules as keywords of the schema.

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{
    ExternalDocumentation, JSON, JSONSchemaProps, JSONSchemaPropsOrArray, JSONSchemaPropsOrBool,
};
use serde_json::{Map, Value};

use crate::schema::node::{Field, Node, Number, Shape};
use crate::schema::render::cel::{group, immutable, keys, rule};
use crate::schema::render::text;
use crate::schema::rules::{ListType, Rules};

/// Puts the rules on the schema of a value of `node`; what is said here comes before what was there.
pub(super) fn apply(rules: &'static Rules, node: &Node, schema: &mut JSONSchemaProps) {
    if let Some(base) = rules.base {
        apply(base, node, schema);
    }
    apply_bounds(rules, schema);
    schema.format = text(rules.format).or_else(|| schema.format.take());
    schema.title = text(rules.title).or_else(|| schema.title.take());
    if !rules.example.is_empty() {
        schema.example = Some(JSON(json(rules.example)));
    }
    if let Some((url, description)) = rules.external_docs {
        schema.external_docs = Some(ExternalDocumentation { url: text(url), description: text(description) });
    }
    topology(rules, node, schema);
    if rules.preserve_unknown {
        schema.x_kubernetes_preserve_unknown_fields = Some(true);
    }
    if rules.embedded {
        embed(schema);
    }
    if let Some(items) = rules.items {
        apply_to_elements(items, node, schema);
    }
    cel(rules, node, schema);
    if rules.nullable {
        make_nullable(schema);
    }
    if !rules.raw.is_empty() {
        merge(rules.raw, schema);
    }
    if schema.format.is_some() && schema.type_.as_deref() == Some("string") {
        refuse_lists(schema);
    }
}

/// Where a string has a format, the server takes a list of anything for it (tried against kube-apiserver v1.37.2):
/// one that no client of ours could decode. No list has at least one item and at most none.
fn refuse_lists(schema: &mut JSONSchemaProps) {
    (schema.min_items, schema.max_items) = (Some(1), Some(0));
}

fn apply_bounds(rules: &Rules, schema: &mut JSONSchemaProps) {
    let number = |number: Option<Number>| number.map(Number::as_f64);
    schema.pattern = rules.pattern.map(str::to_owned).or_else(|| schema.pattern.take());
    if let Some(minimum) = number(rules.minimum) {
        (schema.minimum, schema.exclusive_minimum) = (Some(minimum), None);
    }
    if let Some(maximum) = number(rules.maximum) {
        (schema.maximum, schema.exclusive_maximum) = (Some(maximum), None);
    }
    // The API has flags for these.
    if let Some(minimum) = number(rules.exclusive_minimum) {
        (schema.minimum, schema.exclusive_minimum) = (Some(minimum), Some(true));
    }
    if let Some(maximum) = number(rules.exclusive_maximum) {
        (schema.maximum, schema.exclusive_maximum) = (Some(maximum), Some(true));
    }
    schema.multiple_of = number(rules.multiple_of).or(schema.multiple_of);
    schema.min_length = rules.min_length.or(schema.min_length);
    schema.max_length = rules.max_length.or(schema.max_length);
    schema.min_items = rules.min_items.or(schema.min_items);
    schema.max_items = rules.max_items.or(schema.max_items);
    schema.min_properties = rules.min_properties.or(schema.min_properties);
    schema.max_properties = rules.max_properties.or(schema.max_properties);
}

fn topology(rules: &Rules, node: &Node, schema: &mut JSONSchemaProps) {
    if let Shape::List(item) = node.shape {
        let by_itself = (!item.keys.is_empty() && schema.x_kubernetes_list_type.is_none())
            .then_some(ListType::Map(item.keys));
        match rules.list.or(by_itself) {
            Some(ListType::Atomic) => set_list_type("atomic", None, schema),
            Some(ListType::Set) => set_list_type("set", None, schema),
            Some(ListType::Map(keys)) => {
                let keys = keys.iter().map(|key| json_name(item, key).to_owned()).collect();
                set_list_type("map", Some(keys), schema);
            }
            None => {}
        }
    }
    if rules.atomic_map {
        schema.x_kubernetes_map_type = Some("atomic".to_owned());
    }
}

fn set_list_type(name: &str, keys: Option<Vec<String>>, schema: &mut JSONSchemaProps) {
    schema.x_kubernetes_list_type = Some(name.to_owned());
    schema.x_kubernetes_list_map_keys = keys;
}

/// The name in JSON of the field with this name in Rust.
pub(super) fn json_name(node: &Node, rust: &'static str) -> &'static str {
    let Shape::Object(_, fields) = node.shape else { return rust };
    fields.iter().find(|field| field.rust == rust).map_or(rust, |field: &Field| field.json)
}

/// A whole object. The server has its own schema for what every object has.
fn embed(schema: &mut JSONSchemaProps) {
    schema.x_kubernetes_embedded_resource = Some(true);
    schema.nullable = None;
    schema.type_ = Some("object".to_owned());
    if schema.properties.is_none() {
        schema.x_kubernetes_preserve_unknown_fields = Some(true);
    }
}

fn apply_to_elements(rules: &'static Rules, node: &Node, schema: &mut JSONSchemaProps) {
    let (Shape::List(element) | Shape::Map(element) | Shape::MapOf(_, element)) = node.shape else { return };
    if let Some(JSONSchemaPropsOrArray::Schema(items)) = &mut schema.items {
        apply(rules, element, items);
    }
    if let Some(JSONSchemaPropsOrBool::Schema(values)) = &mut schema.additional_properties {
        apply(rules, element, values);
    }
    if let Shape::MapOf(..) = node.shape {
        schema
            .properties
            .iter_mut()
            .flat_map(|map| map.values_mut())
            .for_each(|value| apply(rules, element, value));
    }
}

fn cel(rules: &Rules, node: &Node, schema: &mut JSONSchemaProps) {
    let of_keys = rules.key_pattern.map(keys);
    let of_immutable = rules.immutable.then(immutable);
    let of_groups = rules.groups.iter().map(|of| group(of, node));
    let own = rules.cel.iter().map(|own| rule(own, node));
    let all: Vec<_> = of_keys.into_iter().chain(of_immutable).chain(of_groups).chain(own).collect();
    if !all.is_empty() {
        schema.x_kubernetes_validations.get_or_insert_default().extend(all);
    }
}

/// Allows null. The keyword `enum` of the value itself refuses a null whatever else is said, one inside of `allOf`
/// does not look at it (tried against kube-apiserver v1.37.2).
pub(super) fn make_nullable(schema: &mut JSONSchemaProps) {
    schema.nullable = Some(true);
    if let Some(values) = schema.enum_.take() {
        let closed = JSONSchemaProps { enum_: Some(values), ..JSONSchemaProps::default() };
        schema.all_of.get_or_insert_default().push(closed);
    }
}

/// Text that the type wrote: an example that is not JSON is a string.
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}

/// Adds keywords to a schema. What cannot be read adds nothing; a test of each type that says something here
/// sees to it that there is no such thing.
fn merge(keywords: &str, schema: &mut JSONSchemaProps) {
    let Ok(Value::Object(more)) = serde_json::from_str(keywords) else { return };
    let Ok(Value::Object(mut all)) = serde_json::to_value(&*schema) else { return };
    all.extend::<Map<String, Value>>(more);
    if let Ok(merged) = serde_json::from_value(Value::Object(all)) {
        *schema = merged;
    }
}
