//! Pure: tuples as lists of so many items.

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{
    JSONSchemaProps, JSONSchemaPropsOrArray,
};

use crate::schema::node::{Node, Shape};
use crate::schema::render::cel::holds;
use crate::schema::render::element;
use crate::schema::tuples::is_uniform;

pub(super) fn tuple(nodes: &'static [&'static Node], schema: &mut JSONSchemaProps) {
    let count = i64::try_from(nodes.len()).ok();
    (schema.min_items, schema.max_items) = (count, count);
    let item = match nodes.first() {
        Some(first) if is_uniform(nodes) => element(first),
        _ => element(&Node::new(Shape::IntOrString)),
    };
    schema.items = Some(JSONSchemaPropsOrArray::Schema(Box::new(item)));
    if !is_uniform(nodes) {
        let types: Vec<String> = nodes
            .iter()
            .enumerate()
            .map(|(at, node)| {
                let name = if matches!(node.shape, Shape::Integer) { "int" } else { "string" };
                format!("type(self[{at}]) == {name}")
            })
            .collect();
        let rule = holds(types.join(" && "), "each item must have its own type".to_owned());
        schema.x_kubernetes_validations.get_or_insert_default().push(rule);
    }
}
