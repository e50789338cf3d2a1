//! Pure: checks of the type of a field: what a schema cannot say, or the server cannot keep.

use crate::schema::check::rules::plural_name;
use crate::schema::check::{is_scalar, refuse};
use crate::schema::names::{Member, member};
use crate::schema::node::{Field, Node, Shape, Tagging};
use crate::schema::path::{field_entry, kind_name};
use crate::schema::text::{Message, equal};
use crate::schema::tuples::{is_string_and_integer, is_uniform};

/// The name that the schema of `std::time::Duration` has.
pub(crate) const DURATION: &str = "std::time::Duration";

/// Refuses what no schema can say of a type: an `Option` of an `Option`, an array of nothing, a tuple of
/// different types; and what is hardly meant, a `Duration` as serde writes it.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_type(field: &str, node: &'static Node) {
    if node.twice_optional {
        let message =
            Message::new().quote(field).push(" is an `Option` of an `Option`; JSON cannot tell `None` ");
        refuse(message.push("from `Some(None)`, use one `Option`"));
    }
    match node.shape {
        Shape::List(item) => {
            if matches!(node.rules.max_items, Some(0)) {
                let message = Message::new().quote(field).push(" is an array of no items");
                refuse(message.push("; leave the field out"));
            }
            check_type(field, item);
        }
        Shape::Map(item) | Shape::MapOf(_, item) => check_type(field, item),
        Shape::Object(name, _) if equal(name, DURATION) => {
            let message =
                Message::new().push("serde writes a `Duration` as an object of two numbers; keep a ");
            let message =
                message.push("`String` with #[schema(format = \"duration\")] or an integer of seconds, ");
            refuse(message.push("or say what yours looks like with #[schema(with = String)]"));
        }
        Shape::Tuple(nodes) if !is_uniform(nodes) && !is_string_and_integer(nodes) => {
            let message = Message::new().quote(field).push(" is a tuple of different types, which has no ");
            refuse(message.push("schema; use a struct"));
        }
        _ => {}
    }
}

/// Refuses null where the Rust type has nothing for it: objects with it would not decode.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_nullable(field: &str, node: &'static Node) {
    if !node.optional && !matches!(node.shape, Shape::Any | Shape::Foreign(_)) {
        let message = Message::new().push("`nullable` needs a value that stands for null: make ");
        refuse(message.quote(field).push(" an `Option`"));
    }
}

/// Refuses a set of anything but scalars.
///
/// The server takes it, and then fails every apply to an object that has one (tried against
/// kube-apiserver v1.37.2).
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_set(field: &str, node: &'static Node) {
    let Shape::List(item) = node.shape else { return };
    if !is_scalar(item) {
        let message = Message::new().push("`list = set` needs items that are strings, numbers or booleans; ");
        refuse(message.push("the items of ").quote(field).push(" are ").push(plural_name(item)));
    }
}

/// Refuses a `spec` or `status` that is no object: by Kubernetes' conventions they are, and what is none can
/// never get a second field.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_part(field: &str, node: &'static Node) {
    if !is_object(node) {
        let message = Message::new().quote(field).push(" must be an object, and this is ");
        refuse(message.push(kind_name(node)).push("; put it into a field of a struct"));
    }
}

const fn is_object(node: &'static Node) -> bool {
    match node.shape {
        Shape::Any | Shape::Foreign(_) | Shape::Map(_) | Shape::MapOf(..) | Shape::Object(..) => true,
        Shape::Union(union) => {
            let mut i = 0;
            while i < union.variants.len() {
                if let (Tagging::Untagged, Some(content)) = (union.tagging, union.variants[i].content)
                    && !is_object(content)
                {
                    return false;
                }
                i += 1;
            }
            true
        }
        _ => false,
    }
}

/// Refuses a flattened field that is no object, whose keys have types of their own, or that has a name that
/// another field of the struct has too: serde gives such a value to one of the two alone.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_flatten(owner: &'static Node, field: &str) {
    let Shape::Object(name, fields) = owner.shape else { return };
    let Some(flattened) = field_entry(owner, field) else { return };
    let Node { shape, .. } = flattened.node;
    if let Shape::Map(value) | Shape::MapOf(_, value) = shape
        && !matches!(value.shape, Shape::Any)
    {
        let message =
            Message::new().push("a schema has fields, or keys of one type, not both: make the values of ");
        refuse(message.quote(field).push(" `serde_json::Value`, or do not flatten it"));
    }
    if !is_object(flattened.node) {
        let message = Message::new().quote(field).push(" is ").push(kind_name(flattened.node));
        refuse(message.push("; only an object or a map of any JSON can be flattened"));
    }
    let mut i = 0;
    while i < fields.len() {
        if !equal(fields[i].rust, field) {
            check_names(name, &fields[i], flattened);
        }
        i += 1;
    }
}

/// Refuses a name of `other` that `flattened` has too.
#[track_caller]
const fn check_names(owner: &str, other: &'static Field, flattened: &'static Field) {
    if !other.flatten {
        if let Member::Node(_) = member(flattened.node, other.json)
            && !matches!(flattened.node.shape, Shape::Map(_) | Shape::Any)
        {
            let message = Message::new().push("two fields are called ").quote(other.json).push(" in JSON: ");
            let message = message.push("one of ").quote(owner).push(", one of ");
            refuse(message.quote(type_name(flattened.node)));
        }
        return;
    }
    let Shape::Object(name, fields) = other.node.shape else { return };
    let mut i = 0;
    while i < fields.len() {
        check_names(name, &fields[i], flattened);
        i += 1;
    }
}

const fn type_name(node: &'static Node) -> &'static str {
    match node.shape {
        Shape::Object(name, _) => name,
        Shape::Union(union) => union.name,
        _ => kind_name(node),
    }
}
