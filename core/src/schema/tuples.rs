//! Pure: tuples, which the API server knows only as lists of equal items.

use super::Schema;
use super::node::{Node, Shape};
use super::text::equal;

macro_rules! tuples {
    ($($($name:ident),+;)+) => {
        $(impl<$($name: Schema),+> Schema for ($($name,)+) {
            const SCHEMA: &'static Node = &Node::new(Shape::Tuple(&[$($name::SCHEMA),+]));
        })+
    };
}

tuples! {
    A;
    A, B;
    A, B, C;
    A, B, C, D;
    A, B, C, D, E;
    A, B, C, D, E, F;
}

/// Whether all have the same schema, so that one schema of items says it all.
pub(super) const fn is_uniform(nodes: &[&Node]) -> bool {
    let mut i = 1;
    while i < nodes.len() {
        if !same(nodes[0], nodes[i]) {
            return false;
        }
        i += 1;
    }
    true
}

/// A string and an integer, the one mix that a schema with a rule can say.
pub(super) const fn is_string_and_integer(nodes: &[&Node]) -> bool {
    nodes.len() == 2 && is_scalar_pair(nodes[0], nodes[1])
        || nodes.len() == 2 && is_scalar_pair(nodes[1], nodes[0])
}

const fn is_scalar_pair(string: &Node, integer: &Node) -> bool {
    matches!(string.shape, Shape::String)
        && matches!(integer.shape, Shape::Integer)
        && !string.optional
        && !integer.optional
}

/// Whether two schemas say the same, as far as can be told without looking at every rule.
pub(super) const fn same(a: &Node, b: &Node) -> bool {
    if a.optional != b.optional || !equal(a.rules.format_of(), b.rules.format_of()) {
        return false;
    }
    match (a.shape, b.shape) {
        (Shape::Any, Shape::Any)
        | (Shape::Boolean, Shape::Boolean)
        | (Shape::IntOrString, Shape::IntOrString)
        | (Shape::Integer, Shape::Integer)
        | (Shape::Number, Shape::Number)
        | (Shape::String, Shape::String) => true,
        (Shape::List(a), Shape::List(b)) | (Shape::Map(a), Shape::Map(b)) => same(a, b),
        (Shape::Enum(a), Shape::Enum(b)) => same_names(a, b),
        (Shape::Object(a, fields), Shape::Object(b, others)) => equal(a, b) && fields.len() == others.len(),
        (Shape::Union(a), Shape::Union(b)) => equal(a.name, b.name) && a.variants.len() == b.variants.len(),
        _ => false,
    }
}

const fn same_names(a: &[&str], b: &[&str]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if !equal(a[i], b[i]) {
            return false;
        }
        i += 1;
    }
    true
}
