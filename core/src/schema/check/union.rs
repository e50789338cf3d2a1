//! Pure: whether one schema can say what an enum with data looks like.

use crate::schema::check::{check_type, refuse};
use crate::schema::node::{Field, Node, Shape, Tagging, Union, Variant};
use crate::schema::path::kind_name;
use crate::schema::text::{Message, equal};
use crate::schema::tuples::same;

/// Refuses an enum whose variants put values of different types into one place: a schema gives a property
/// one type, and alternatives may only narrow it.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_union(node: &'static Node) {
    let Shape::Union(union) = node.shape else { return };
    let mut i = 0;
    while i < union.variants.len() {
        if let Some(content) = union.variants[i].content {
            check_type(union.variants[i].json, content);
        }
        i += 1;
    }
    match union.tagging {
        // A name among data is seen by the derive already.
        Tagging::External => {}
        Tagging::Internal(tag) => {
            check_objects(union, "an internally tagged enum puts the tag beside the fields of its variants");
            check_tag(union, tag);
            check_shared(union);
        }
        Tagging::Adjacent(..) => check_contents(union),
        Tagging::Untagged => check_untagged(union),
    }
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
const fn check_objects(union: &'static Union, why: &str) {
    let mut i = 0;
    while i < union.variants.len() {
        if let Some(content) = union.variants[i].content
            && !is_object(content)
        {
            let message = Message::new().push("the data of `").push(union.variants[i].json).push("` is ");
            refuse(message.push(kind_name(content)).push("; ").push(why));
        }
        i += 1;
    }
}

#[track_caller]
const fn check_tag(union: &'static Union, tag: &str) {
    let mut i = 0;
    while i < union.variants.len() {
        if let Some(Node { shape: Shape::Object(_, fields), .. }) = union.variants[i].content {
            let mut j = 0;
            while j < fields.len() {
                if equal(fields[j].json, tag) {
                    let message =
                        Message::new().quote(union.variants[i].json).push(" has a field ").quote(tag);
                    refuse(message.push(", which is the tag"));
                }
                j += 1;
            }
        }
        i += 1;
    }
}

/// Fields of the same name in two variants are one property.
#[track_caller]
const fn check_shared(union: &'static Union) {
    let mut i = 0;
    while i < union.variants.len() {
        let mut j = 0;
        while j < i {
            check_pair(&union.variants[j], &union.variants[i]);
            j += 1;
        }
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

/// All contents are one property.
#[track_caller]
const fn check_contents(union: &'static Union) {
    let mut first: Option<(&Variant, &'static Node)> = None;
    let mut i = 0;
    while i < union.variants.len() {
        let variant = &union.variants[i];
        if let Some(content) = variant.content {
            match first {
                None => first = Some((variant, content)),
                Some((_, one)) if is_object(one) && is_object(content) => {}
                Some((_, one)) if same_value(one, content) || is_int_or_string(one, content) => {}
                Some((other, one)) => {
                    let message = Message::new().push("the content is ").push(kind_name(one)).push(" in `");
                    let message =
                        message.push(other.json).push("` but ").push(kind_name(content)).push(" in `");
                    refuse(message.push(variant.json).push("`; a property has one type"));
                }
            }
        }
        i += 1;
    }
    check_shared(union);
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
const fn check_untagged(union: &'static Union) {
    let mut first: Option<&'static Node> = None;
    let mut i = 0;
    while i < union.variants.len() {
        let Some(content) = union.variants[i].content else {
            let message =
                Message::new().quote(union.variants[i].json).push(" would be null; leave it out and ");
            refuse(message.push("make the field an `Option`"));
        };
        match first {
            None => first = Some(content),
            Some(one) if is_object(one) && is_object(content) => {}
            Some(one) if same_value(one, content) || is_int_or_string(one, content) => {}
            Some(one) => {
                let message = Message::new().push("an untagged enum of ").push(kind_name(one)).push(" and ");
                let message = message.push(kind_name(content)).push(" has no schema; use a tag, or ");
                refuse(message.push("#[schema(schemaless)] on the field that holds it"));
            }
        }
        i += 1;
    }
    check_shared(union);
}
