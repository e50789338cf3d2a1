//! Pure: whether one schema can say what an enum with data looks like, variant by variant.

use crate::schema::check::{check_type, refuse};
use crate::schema::node::{Field, Node, Shape, Tagging, Union, Variant};
use crate::schema::path::kind_name;
use crate::schema::text::{Message, equal};
use crate::schema::tuples::same;

/// Refuses a variant of an enum that puts a value of another type where one before it has its own: a schema gives a
/// property one type, and alternatives may only narrow it. `at` is its number among the variants of the schema.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_variant(node: &'static Node, at: usize) {
    let Shape::Union(union) = node.shape else { return };
    let variant = &union.variants[at];
    if let Some(content) = variant.content {
        check_type(variant.json, content);
    }
    match union.tagging {
        // A name among data is seen by the derive already.
        Tagging::External => return,
        Tagging::Internal(tag) => {
            check_object(variant, "an internally tagged enum puts the tag beside the fields of its variants");
            check_tag(variant, tag);
        }
        Tagging::Adjacent(..) => check_content(union, at),
        Tagging::Untagged => check_untagged(union, at),
    }
    check_shared(union, at);
}

/// Whether a value is a JSON object with known properties.
const fn is_object(node: &'static Node) -> bool {
    match node.shape {
        Shape::Object(..) => true,
        Shape::Union(union) => {
            !matches!(union.tagging, Tagging::Untagged) || {
                let mut i = 0;
                let mut all = true;
                while i < union.variants.len() {
                    all = all
                        && match union.variants[i].content {
                            Some(content) => is_object(content),
                            None => false,
                        };
                    i += 1;
                }
                all
            }
        }
        _ => false,
    }
}

#[track_caller]
const fn check_object(variant: &'static Variant, why: &str) {
    if let Some(content) = variant.content
        && !is_object(content)
    {
        let message = Message::new().push("the data of `").push(variant.json).push("` is ");
        refuse(message.push(kind_name(content)).push("; ").push(why));
    }
}

#[track_caller]
const fn check_tag(variant: &'static Variant, tag: &str) {
    if let Some(Node { shape: Shape::Object(_, fields), .. }) = variant.content {
        let mut i = 0;
        while i < fields.len() {
            if equal(fields[i].json, tag) {
                let message = Message::new().quote(variant.json).push(" has a field ").quote(tag);
                refuse(message.push(", which is the tag"));
            }
            i += 1;
        }
    }
}

/// Fields of the same name in two variants are one property.
#[track_caller]
const fn check_shared(union: &'static Union, at: usize) {
    let mut i = 0;
    while i < at {
        check_pair(&union.variants[i], &union.variants[at]);
        i += 1;
    }
}

#[track_caller]
const fn check_pair(first: &'static Variant, second: &'static Variant) {
    let (Some(one), Some(other)) = (first.content, second.content) else { return };
    let (Shape::Object(_, one), Shape::Object(_, other)) = (one.shape, other.shape) else { return };
    let mut i = 0;
    while i < one.len() {
        let mut j = 0;
        while j < other.len() {
            let (a, b): (&Field, &Field) = (&one[i], &other[j]);
            if !a.flatten && !b.flatten && equal(a.json, b.json) && !same_value(a.node, b.node) {
                let message =
                    Message::new().push("field ").quote(a.json).push(" is ").push(kind_name(a.node));
                let message = message.push(" in `").push(first.json).push("` but ").push(kind_name(b.node));
                refuse(message.push(" in `").push(second.json).push("`; a property has one type"));
            }
            j += 1;
        }
        i += 1;
    }
}

/// The same, whether it may be absent or not.
const fn same_value(a: &Node, b: &Node) -> bool {
    let (mut a, mut b) = (*a, *b);
    a.optional = false;
    b.optional = false;
    same(&a, &b)
}

/// The first of the variants before this one that has data.
const fn before(union: &'static Union, at: usize) -> Option<(&'static Variant, &'static Node)> {
    let mut i = 0;
    while i < at {
        if let Some(content) = union.variants[i].content {
            return Some((&union.variants[i], content));
        }
        i += 1;
    }
    None
}

/// Whether two values can be one property.
const fn go_together(one: &'static Node, other: &'static Node) -> bool {
    (is_object(one) && is_object(other)) || same_value(one, other) || is_int_or_string(one, other)
}

/// All contents are one property.
#[track_caller]
const fn check_content(union: &'static Union, at: usize) {
    let variant = &union.variants[at];
    let (Some(content), Some((first, one))) = (variant.content, before(union, at)) else { return };
    if !go_together(one, content) {
        let message = Message::new().push("the content is ").push(kind_name(one)).push(" in `");
        let message = message.push(first.json).push("` but ").push(kind_name(content)).push(" in `");
        refuse(message.push(variant.json).push("`; a property has one type"));
    }
}

const fn is_int_or_string(a: &Node, b: &Node) -> bool {
    matches!(
        (a.shape, b.shape),
        (Shape::Integer | Shape::IntOrString, Shape::String | Shape::IntOrString)
            | (Shape::String | Shape::IntOrString, Shape::Integer | Shape::IntOrString)
    )
}

/// Objects, or strings and integers.
#[track_caller]
const fn check_untagged(union: &'static Union, at: usize) {
    let Some(content) = union.variants[at].content else {
        let message = Message::new().quote(union.variants[at].json).push(" would be null; leave it out and ");
        refuse(message.push("make the field an `Option`"));
    };
    if let Some((_, one)) = before(union, at)
        && !go_together(one, content)
    {
        let message = Message::new().push("an untagged enum of ").push(kind_name(one)).push(" and ");
        let message = message.push(kind_name(content)).push(" has no schema; use a tag, or ");
        refuse(message.push("#[schema(schemaless)] on the field that holds it"));
    }
}
