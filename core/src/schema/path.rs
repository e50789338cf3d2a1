//! Pure: Rust field paths (`status?.ready`, `spec.containers[].image`, `metadata.labels["app"]`)
//! looked up in the schema tree, at compile time and at run time alike.

use super::node::{Field, Node, Shape};
use super::text::{Message, distance, equal};

/// What the keys of an index are; the const parameter of its handle.
///
/// A plain number, because const parameters of a type of one's own are not stable.
pub type KeyKind = u8;

/// The keys are strings.
pub const STRING_KEY: KeyKind = 0;
/// The keys are integers.
pub const INTEGER_KEY: KeyKind = 1;
/// The keys are booleans.
pub const BOOLEAN_KEY: KeyKind = 2;

/// One step of a path.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    /// A field by its name in Rust.
    Field(&'a str),
    /// `?`: through an `Option`.
    Some,
    /// `[]`: into each item of a list.
    Items,
    /// `["key"]`: the value of a key of a map.
    Key(&'a str),
}

/// Splits the first step off; `None` at the end. The derive has checked the syntax.
pub(super) const fn next_step(path: &str) -> Option<(Step<'_>, &str)> {
    let bytes = path.as_bytes();
    if bytes.is_empty() {
        return None;
    }
    match bytes[0] {
        b'.' => next_step(path.split_at(1).1),
        b'?' => Some((Step::Some, path.split_at(1).1)),
        b'[' if bytes[1] == b']' => Some((Step::Items, path.split_at(2).1)),
        b'[' => {
            let mut end = 2;
            while bytes[end] != b'"' {
                end += 1;
            }
            let key = path.split_at(end).0.split_at(2).1;
            Some((Step::Key(key), path.split_at(end + 2).1))
        }
        _ => {
            let mut end = 0;
            while end < bytes.len() && !matches!(bytes[end], b'.' | b'?' | b'[') {
                end += 1;
            }
            let (name, rest) = path.split_at(end);
            Some((Step::Field(name), rest))
        }
    }
}

/// Where a path leads.
#[expect(clippy::large_enum_variant, reason = "it exists only while the compiler evaluates constants")]
pub(super) enum Found {
    Node(&'static Node),
    Problem(Message),
}

/// Follows a path from the root of a schema.
pub(super) const fn lookup(root: &'static Node, path: &str) -> Found {
    let mut node = root;
    // Whether the step into `node` was a `?`, so that its `Option` has been opened.
    let mut opened = false;
    let mut rest = path;
    while let Some((step, tail)) = next_step(rest) {
        let passed = path.split_at(path.len() - rest.len()).0;
        match step {
            Step::Some if node.optional && !opened => opened = true,
            Step::Some => {
                return Found::Problem(
                    Message::new().quote(passed).push(" is not an `Option`; leave out the `?`"),
                );
            }
            _ if node.optional && !opened => {
                let message =
                    Message::new().quote(passed).push(" is an `Option`; write `").push(passed).push("?`");
                return Found::Problem(message);
            }
            Step::Field(name) => match field(node, name) {
                Some(found) => (node, opened) = (found, false),
                None => return Found::Problem(no_field(node, passed, name)),
            },
            Step::Items => match node.shape {
                Shape::List(item) => (node, opened) = (item, false),
                _ => {
                    return Found::Problem(
                        Message::new().quote(passed).push(" is not a list; leave out the `[]`"),
                    );
                }
            },
            Step::Key(_) => match node.shape {
                Shape::Map(value) | Shape::MapOf(_, value) => (node, opened) = (value, false),
                _ => {
                    return Found::Problem(
                        Message::new().quote(passed).push(" is not a map, so it has no keys"),
                    );
                }
            },
        }
        rest = tail;
    }
    Found::Node(node)
}

const fn field(node: &'static Node, name: &str) -> Option<&'static Node> {
    match field_entry(node, name) {
        Some(field) => Some(field.node),
        None => None,
    }
}

/// The field of this name in Rust.
pub(super) const fn field_entry(node: &'static Node, name: &str) -> Option<&'static Field> {
    if let Shape::Object(_, fields) = node.shape {
        let mut i = 0;
        while i < fields.len() {
            if equal(fields[i].rust, name) {
                return Some(&fields[i]);
            }
            i += 1;
        }
    }
    None
}

const fn no_field(node: &'static Node, passed: &str, name: &str) -> Message {
    let Shape::Object(owner, fields) = node.shape else {
        let message = Message::new().quote(passed).push(" is ").push(kind_name(node));
        return message.push(", so it has no field ").quote(name);
    };
    let message = Message::new().push("no field ").quote(name).push(" in ").quote(owner);
    let (mut best, mut best_distance) = (0, usize::MAX);
    let mut i = 0;
    while i < fields.len() {
        // Users of other tools write the JSON name.
        if equal(fields[i].json, name) {
            return message.push("; paths are Rust paths, write ").quote(fields[i].rust);
        }
        let candidate = distance(fields[i].rust, name);
        if candidate < best_distance {
            (best, best_distance) = (i, candidate);
        }
        i += 1;
    }
    if best_distance <= 1 + name.len() / 3 {
        return message.push("; did you mean ").quote(fields[best].rust).push("?");
    }
    list_fields(message, fields)
}

const fn list_fields(mut message: Message, fields: &'static [Field]) -> Message {
    let mut i = 0;
    while i < fields.len() && i < 9 {
        message = message.push(if i == 0 { "; its fields are " } else { ", " }).quote(fields[i].rust);
        i += 1;
    }
    if fields.len() > 9 { message.push(", …") } else { message }
}

/// The word for a value in messages.
pub(super) const fn kind_name(node: &Node) -> &'static str {
    match node.shape {
        Shape::Any | Shape::Foreign(_) => "any JSON",
        Shape::Boolean => "a boolean",
        Shape::Enum(_) => "an enum",
        Shape::Integer | Shape::IntegerEnum(_) => "an integer",
        Shape::IntOrString => "a number or a string",
        Shape::List(_) => "a list",
        Shape::Map(_) | Shape::MapOf(..) => "a map",
        Shape::Number => "a number",
        Shape::Object(..) => "an object",
        Shape::String => "a string",
        Shape::Tuple(_) => "a tuple",
        Shape::Union(_) => "an enum with data",
    }
}

/// The kind of key of an index over the values at `path`.
///
/// A path that leads nowhere, or to something that cannot be a key, counts as a string: the derive
/// also writes the path as a Rust expression, and the compiler's own error about that says it better.
#[must_use]
pub const fn key_kind(root: &'static Node, path: &str) -> KeyKind {
    let Found::Node(node) = lookup(root, path) else { return STRING_KEY };
    match node.shape {
        Shape::Integer | Shape::IntegerEnum(_) => INTEGER_KEY,
        Shape::Boolean => BOOLEAN_KEY,
        _ => STRING_KEY,
    }
}

/// The JSON path of a Rust path: `.status.readyReplicas` for `status?.ready_replicas`.
///
/// A step that the schema does not know is kept as it stands; the derive has refused it. A path that begins with
/// a dot is a JSON path already.
#[must_use]
pub fn json_path(root: &Node, path: &str) -> String {
    if path.starts_with('.') {
        return path.to_owned();
    }
    let mut node = Some(root);
    let mut rest = path;
    let mut json = String::new();
    while let Some((step, tail)) = next_step(rest) {
        match step {
            Step::Some => {}
            Step::Field(name) => {
                let found = node.and_then(|node| match node.shape {
                    Shape::Object(_, fields) => fields.iter().find(|field| field.rust == name),
                    _ => None,
                });
                if found.is_none_or(|field| !field.flatten) {
                    json.push('.');
                    json.push_str(found.map_or(name, |field| field.json));
                }
                node = found.map(|field| field.node);
            }
            Step::Items => {
                json.push_str("[*]");
                node = node.and_then(|node| match node.shape {
                    Shape::List(item) => Some(item),
                    _ => None,
                });
            }
            Step::Key(key) => {
                json.push_str(&format!("['{key}']"));
                node = node.and_then(|node| match node.shape {
                    Shape::Map(value) | Shape::MapOf(_, value) => Some(value),
                    _ => None,
                });
            }
        }
        rest = tail;
    }
    json
}
