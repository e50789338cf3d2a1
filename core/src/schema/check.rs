//! Pure: the checks that the derive asks the compiler to make, each a panic in constant evaluation.
//!
//! `#[track_caller]` keeps these functions out of the compiler's report: it shows the user's line alone.

use super::node::{Node, Shape};
use super::path::{Found, Step, kind_name, lookup, next_step};
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
/// `spec` or `status`.
///
/// The server accepts such a path and then fails on every object that has the field.
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
    match lookup(root, path) {
        Found::Problem(message) => refuse(message),
        Found::Node(node) => {
            let fits = match node.shape {
                Shape::Integer => !selector,
                Shape::String => selector,
                _ => false,
            };
            if !fits {
                let message =
                    Message::new().quote(path).push(" is ").push(kind_name(node)).push("; ").quote(key);
                refuse(message.push(if selector {
                    " of `scale` must be a string"
                } else {
                    " of `scale` must be an integer"
                }));
            }
        }
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

/// Refuses `minimum` or `maximum` on something that is not a number.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_range(key: &str, field: &str, node: &Node) {
    if !matches!(node.shape, Shape::Integer | Shape::Number) {
        let message = Message::new().quote(key).push(" applies to numbers; ").quote(field).push(" is ");
        refuse(message.push(kind_name(node)));
    }
}
