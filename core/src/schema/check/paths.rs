//! Pure: checks of the paths of columns, scale and selectable fields.

use crate::schema::check::{is_scalar, refuse};
use crate::schema::names::{Walk, nearest, walk};
use crate::schema::node::{Node, Shape};
use crate::schema::path::{Found, Step, field_entry, kind_name, lookup, next_step};
use crate::schema::text::{Message, equal};

/// The value at a Rust path, or at a JSON path (which begins with a dot) as far as that can be followed.
#[track_caller]
const fn value_at(root: &'static Node, path: &str) -> Option<&'static Node> {
    if path.is_empty() || path.as_bytes()[0] != b'.' {
        return match lookup(root, path) {
            Found::Problem(message) => refuse(message),
            Found::Node(node) => Some(node),
        };
    }
    match walk(root, path) {
        Walk::Node(node) => Some(node),
        Walk::Unknown => None,
        Walk::Nothing { node, passed, name } => {
            let message = Message::new().push("no field ").quote(name).push(" in JSON at ");
            let message = message.quote(if passed.is_empty() { "." } else { passed });
            match nearest(node, name) {
                Some(nearest) => refuse(message.push("; did you mean ").quote(nearest).push("?")),
                None => refuse(message),
            }
        }
    }
}

/// Refuses a printer column whose path does not exist or does not end at something to print.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_column(root: &'static Node, path: &str) {
    let Some(node) = value_at(root, path) else { return };
    if !is_scalar(node) && !matches!(node.shape, Shape::Any) {
        let message = Message::new().quote(path).push(" is ").push(kind_name(node));
        refuse(message.push("; a column shows a string, a number, a boolean or a date"))
    }
}

/// Refuses a type of a printer column that does not fit the values at its path.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_column_type(root: &'static Node, path: &str, column: &str) {
    let Some(node) = walk_or_lookup(root, path) else { return };
    let fits = match node.shape {
        Shape::Boolean => equal(column, "boolean"),
        Shape::Integer | Shape::IntegerEnum(_) => equal(column, "integer") || equal(column, "number"),
        Shape::Number => equal(column, "number"),
        Shape::String if equal(node.rules.format_of(), "date-time") => {
            equal(column, "date") || equal(column, "string")
        }
        Shape::Enum(_) | Shape::String => equal(column, "string"),
        _ => true,
    };
    if !fits {
        let message = Message::new().quote(path).push(" is ").push(kind_name(node));
        refuse(message.push(", the column says ").push(column));
    }
}

const fn walk_or_lookup(root: &'static Node, path: &str) -> Option<&'static Node> {
    if !path.is_empty() && path.as_bytes()[0] == b'.' {
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

/// Refuses a selectable field that the server would refuse: it must be a string, a boolean or an integer, outside
/// of `metadata`, and one for each object.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_selectable(root: &'static Node, path: &str) {
    let node = match lookup(root, path) {
        Found::Problem(message) => refuse(message),
        Found::Node(node) => node,
    };
    let mut rest = path;
    while let Some((step, tail)) = next_step(rest) {
        if matches!(step, Step::Items) {
            let message = Message::new().push("a selectable field is one value: ").quote(path);
            refuse(message.push(" goes through a list"));
        }
        rest = tail;
    }
    if !matches!(
        node.shape,
        Shape::Boolean | Shape::Enum(_) | Shape::Integer | Shape::IntegerEnum(_) | Shape::String
    ) {
        let message = Message::new().quote(path).push(" is ").push(kind_name(node));
        refuse(message.push("; a selectable field is a string, a boolean or an integer"));
    }
}

/// Refuses a scale path that does not lead to an integer (`selector`: a string) below `first`, which is
/// `spec` or `status`, by plain field names.
///
/// The server accepts such a path, and then fails on every object that has the field, or says that a
/// scale was done and does nothing (tried against kube-apiserver v1.37.2).
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_scale(root: &'static Node, key: &str, first: &str, path: &str) {
    match next_step(path) {
        Some((Step::Field(name), _)) if equal(name, first) => {}
        _ => {
            let message = Message::new().quote(key).push(" of `scale` must lie under ").quote(first);
            refuse(message.push(", not at ").quote(path));
        }
    }
    let selector = equal(key, "selector");
    let node = match lookup(root, path) {
        Found::Problem(message) => refuse(message),
        Found::Node(node) => node,
    };
    check_plain_names(root, key, path);
    let fits = match node.shape {
        Shape::Integer | Shape::IntegerEnum(_) => !selector,
        Shape::String => selector,
        _ => false,
    };
    if !fits {
        let message = Message::new().quote(path).push(" is ").push(kind_name(node)).push("; ").quote(key);
        refuse(message.push(if selector {
            " of `scale` must be a string"
        } else {
            " of `scale` must be an integer"
        }));
    }
}

/// The scale subresource reads its paths by splitting them at the dots.
#[track_caller]
const fn check_plain_names(root: &'static Node, key: &str, path: &str) {
    let mut node = root;
    let mut rest = path;
    while let Some((step, tail)) = next_step(rest) {
        match step {
            Step::Some => {}
            Step::Items | Step::Key(_) => {
                let message = Message::new().quote(key).push(" of `scale` is one number: ").quote(path);
                refuse(message.push(" must be fields only, without `[…]`"));
            }
            Step::Field(name) => {
                let Some(found) = field_entry(node, name) else { return };
                if !is_plain(found.json) {
                    let message = Message::new().quote(name).push(" is called ").quote(found.json);
                    refuse(message.push(" in JSON, and the scale subresource cannot read such a name"));
                }
                node = found.node;
            }
        }
        rest = tail;
    }
}

const fn is_plain(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if !(bytes[i].is_ascii_alphanumeric() || bytes[i] == b'_' || bytes[i] == b'-') {
            return false;
        }
        i += 1;
    }
    !bytes.is_empty()
}
