//! Pure: the checks that `apply!` and the derive ask the compiler to make, each a panic in constant evaluation.

use crate::schema::text::{Message, equal};
use crate::schema::{Field, ListType, Node, Rules, Shape};

/// The step of a path into the items of a list.
const ITEMS: &str = "[]";
/// The step of a path to the values of a map.
const VALUES: &str = "{}";

#[track_caller]
const fn refuse(message: Message) -> ! {
    panic!("{}", message.as_str())
}

/// Refuses an item of a list that lacks a field by which the items are told apart. `path` leads from the root
/// to the list by the names in Rust, `[]` into the items of a list, `{}` to the values of a map; `given` are the
/// fields that the item has. Where no schema is known nothing is refused here; the server will.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_item(root: Option<&'static Node>, path: &[&str], given: &[&str]) {
    let Some(root) = root else { return };
    let Some((list, rules)) = walk(root, path) else { return };
    let Shape::List(item) = list.shape else { return };
    let list = if rules.list.is_some() { rules.list } else { list.rules.list };
    let keys = match list {
        Some(ListType::Map(keys)) => keys,
        Some(ListType::Atomic | ListType::Set) => return,
        None => item.keys,
    };
    let mut i = 0;
    while i < keys.len() {
        if is_required(item, keys[i]) && !contains(given, keys[i]) {
            let name = if path.is_empty() { "the list" } else { path[path.len() - 1] };
            let message = Message::new().push("the items of ").quote(name).push(" are told apart by ");
            refuse(message.quote(keys[i]).push(": this one needs `").push(keys[i]).push(": …`"));
        }
        i += 1;
    }
}

/// Where a path leads, with what the field says of its values. `None` where the schema does not know it.
const fn walk(root: &'static Node, path: &[&str]) -> Option<(&'static Node, &'static Rules)> {
    let (mut node, mut rules) = (root, &Rules::NONE);
    let mut i = 0;
    while i < path.len() {
        let inside = match rules.items {
            Some(items) => items,
            None => &Rules::NONE,
        };
        match node.shape {
            Shape::List(item) if equal(path[i], ITEMS) => (node, rules) = (item, inside),
            Shape::Map(value) if equal(path[i], VALUES) => (node, rules) = (value, inside),
            Shape::Object(_, fields) => match find(fields, path[i]) {
                Some(field) => (node, rules) = (field.node, field.rules),
                None => return None,
            },
            _ => return None,
        }
        i += 1;
    }
    Some((node, rules))
}

const fn find(fields: &'static [Field], rust: &str) -> Option<&'static Field> {
    let mut i = 0;
    while i < fields.len() {
        if equal(fields[i].rust, rust) {
            return Some(&fields[i]);
        }
        i += 1;
    }
    None
}

/// A key with a default, or one that may be absent, is filled in.
const fn is_required(item: &'static Node, key: &str) -> bool {
    let Shape::Object(_, fields) = item.shape else { return false };
    match find(fields, key) {
        Some(field) => field.is_required(),
        None => false,
    }
}

const fn contains(names: &[&str], name: &str) -> bool {
    let mut i = 0;
    while i < names.len() {
        if equal(names[i], name) {
            return true;
        }
        i += 1;
    }
    false
}

/// Refuses a status beside the rest, for a kind that has a status subresource: the server would drop it there.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_status(has_status: bool, kind: &str) {
    if has_status {
        let message = Message::new().push("the status of a ").quote(kind).push(" is applied apart: give ");
        refuse(message.push("`apply!(").push(kind).push("Status { … })` to `apply_status`"));
    }
}

/// Refuses a list that is merged by keys which the apply type of its items does not ask for.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_keys(list: &str, keys: &[&str], asked_for: Option<&[&str]>) {
    let Some(asked_for) = asked_for else { return };
    let mut i = 0;
    while i < keys.len() {
        if !contains(asked_for, keys[i]) {
            let message = Message::new().push("the items of ").quote(list).push(" are told apart by ");
            let message = message.quote(keys[i]).push(", so their apply type has to ask for it: write ");
            refuse(message.push("`#[schema(key)]` on that field of theirs"));
        }
        i += 1;
    }
}
