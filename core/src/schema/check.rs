//! Pure: the checks that the derive asks the compiler to make, each a panic in constant evaluation.
//!
//! `#[track_caller]` keeps these functions out of the compiler's report: it shows the user's line alone.

use super::node::{Node, Number, Shape};
use super::path::{Found, Step, field_entry, kind_name, lookup, next_step};
use super::text::{Message, equal};

#[track_caller]
const fn refuse(message: Message) -> ! {
    panic!("{}", message.as_str())
}

/// Refuses a printer column whose path does not exist or does not end at something to print.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_column(root: &'static Node, path: &str) {
    match lookup(root, path) {
        Found::Problem(message) => refuse(message),
        Found::Node(node) => match node.shape {
            Shape::Boolean | Shape::Enum(_) | Shape::Integer | Shape::Number | Shape::String => {}
            Shape::List(_) | Shape::Map(_) | Shape::Object(..) => {
                let message = Message::new().quote(path).push(" is ").push(kind_name(node));
                refuse(message.push("; a column shows a string, a number, a boolean or a date"))
            }
        },
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
        Shape::Integer => !selector,
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

/// Refuses nulls inside of lists, maps and options: the server refuses them in a list and drops them in a
/// map, so that what was written is not what is read.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_nulls(field: &str, node: &'static Node) {
    if node.twice_optional {
        let message =
            Message::new().quote(field).push(" is an `Option` of an `Option`; JSON cannot tell `None` ");
        refuse(message.push("from `Some(None)`, use one `Option`"));
    }
    match node.shape {
        Shape::List(item) | Shape::Map(item) if item.optional => {
            let message =
                Message::new().quote(field).push(" holds `Option`s; the API server keeps no null in ");
            refuse(message.push(kind_name(node)).push(", leave the `Option` out"));
        }
        Shape::List(item) | Shape::Map(item) => check_nulls(field, item),
        _ => {}
    }
}

/// Refuses a pattern on something that is not a string.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_pattern(field: &str, node: &Node) {
    if !matches!(node.shape, Shape::String) {
        let message = Message::new().push("`pattern` applies to strings; ").quote(field).push(" is ");
        refuse(message.push(kind_name(node)));
    }
}

/// Refuses a `minimum` or `maximum` on something that is not a number, and one that the type cannot hold:
/// the server would accept numbers that then do not decode.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_range(key: &str, field: &str, node: &Node, bound: Number) {
    if !matches!(node.shape, Shape::Integer | Shape::Number) {
        let message = Message::new().quote(key).push(" applies to numbers; ").quote(field).push(" is ");
        refuse(message.push(kind_name(node)));
    }
    let (least, greatest) = range(node);
    let bound = bound.as_f64();
    if bound < least || bound > greatest {
        let message = Message::new().push("this ").quote(key).push(" lies outside of what the type of ");
        refuse(message.quote(field).push(" can hold"));
    }
}

/// The largest bound with which the server accepts any value of a 64-bit integer: bounds are float64 in the
/// API, and 2^63 - 1 rounds to 2^63 (tried against kube-apiserver v1.37.2).
const INTEGER_BOUND_MAX: f64 = 9_223_372_036_854_774_784.0;

const fn range(node: &Node) -> (f64, f64) {
    let (least, greatest) = match node.shape {
        Shape::Integer if equal(node.format, "int32") => (-2_147_483_648.0, 2_147_483_647.0),
        Shape::Integer => (-INTEGER_BOUND_MAX, INTEGER_BOUND_MAX),
        _ => (f64::MIN, f64::MAX),
    };
    let least = match node.rules.minimum {
        Some(minimum) => minimum.as_f64(),
        None => least,
    };
    let greatest = match node.rules.maximum {
        Some(maximum) => maximum.as_f64(),
        None => greatest,
    };
    (least, greatest)
}
