//! Pure: checks of what CEL rules read, against the schema of their value.
//!
//! A chain is how the derive writes such a way: `self.items[].name`. `.name` is a field by its name in JSON (in
//! quotes where it has odd letters; behind a `!` where no field can be written so), `[]` an item of a list or a value of
//! a map, `{}` what a macro such as `all` goes through: an item of a list or a key of a map.

use crate::schema::check::refuse;
use crate::schema::names::{Member, known_member, nearest};
use crate::schema::node::{Field, Node, Shape};
use crate::schema::path::{Found, Step, kind_name, lookup, next_step};
use crate::schema::text::{Message, equal};

/// Refuses a rule that reads what is not there, or what the API server does not show to rules.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_cel(node: &'static Node, chain: &str, what: &str) {
    follow(node, chain, start(chain), what);
}

/// The same for a rule at the root of an object, which sees of `metadata` the names only, but `apiVersion` and `kind`.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_cel_of_root(node: &'static Node, chain: &str, what: &str) {
    let rest = start(chain);
    let Some((Read::Field(name), tail)) = next(rest) else { return follow(node, chain, rest, what) };
    if equal(name, "apiVersion") || equal(name, "kind") {
        return;
    }
    if equal(name, "metadata") {
        if let Some((Read::Field(name), _)) = next(tail)
            && !equal(name, "name")
            && !equal(name, "generateName")
        {
            let message = Message::new().push("CEL: ").quote(chain);
            refuse(
                message.push(": the API server shows rules `name` and `generateName` of the metadata only"),
            );
        }
        return;
    }
    follow(node, chain, rest, what);
}

/// Refuses a rule about what the items of a list were before, where the server does not know which of them is which.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_cel_of_items(node: &'static Node, is_given: bool, what: &str) {
    let Shape::List(item) = node.shape else { return };
    if is_given || item.keys.is_empty() {
        let message = Message::new()
            .push("CEL: `oldSelf` has no value here: the API server does not know which item of ");
        let message =
            message.quote(what).push(" was which; write `list = map(…)`, or put the rule at the list");
        refuse(message);
    }
}

/// Refuses a path to the field to blame that leads nowhere, or through a list.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_field_path(node: &'static Node, path: &str) {
    if let Found::Problem(message) = lookup(node, path) {
        refuse(message);
    }
    let mut rest = path;
    while let Some((step, tail)) = next_step(rest) {
        if let Step::Items = step {
            let message = Message::new().push("`field_path` names one field: ").quote(path);
            refuse(message.push(" goes through a list"));
        }
        rest = tail;
    }
}

/// One step of a chain.
#[derive(Clone, Copy)]
enum Read<'a> {
    /// `.name`
    Field(&'a str),
    /// `.!name`
    NoField(&'a str),
    /// `[]`
    Item,
    /// `{}`
    Each,
}

/// What follows `self` or `oldSelf`.
const fn start(chain: &str) -> &str {
    let bytes = chain.as_bytes();
    let mut end = 0;
    while end < bytes.len() && !matches!(bytes[end], b'.' | b'[' | b'{') {
        end += 1;
    }
    chain.split_at(end).1
}

/// Splits the first step off.
const fn next(rest: &str) -> Option<(Read<'_>, &str)> {
    let bytes = rest.as_bytes();
    if bytes.len() < 2 {
        return None;
    }
    if bytes[0] == b'[' {
        return Some((Read::Item, rest.split_at(2).1));
    }
    if bytes[0] == b'{' {
        return Some((Read::Each, rest.split_at(2).1));
    }
    if bytes[1] == b'"' {
        let mut end = 2;
        while bytes[end] != b'"' {
            end += 1;
        }
        return Some((Read::Field(rest.split_at(end).0.split_at(2).1), rest.split_at(end + 1).1));
    }
    let first = if bytes[1] == b'!' { 2 } else { 1 };
    let mut end = first;
    while end < bytes.len() && !matches!(bytes[end], b'.' | b'[' | b'{') {
        end += 1;
    }
    let (step, tail) = rest.split_at(end);
    let name = step.split_at(first).1;
    Some((if first == 2 { Read::NoField(name) } else { Read::Field(name) }, tail))
}

#[track_caller]
const fn follow(root: &'static Node, chain: &str, steps: &str, what: &str) {
    let (mut node, mut rest) = (root, steps);
    loop {
        let passed = chain.split_at(chain.len() - rest.len()).0;
        let shown = if rest.len() == steps.len() { what } else { passed };
        match node.shape {
            Shape::Any => {
                let message = quote_chain(Message::new().push("CEL: "), shown);
                refuse(message.push(
                    " may be any JSON: it has no type to the API server, and no rule can look into it",
                ));
            }
            // What is in them is known when the program runs.
            Shape::Foreign(_) | Shape::Tuple(_) => return,
            _ => {}
        }
        let Some((step, tail)) = next(rest) else { return };
        let found = match step {
            Read::Field(name) => known_member(node, name),
            Read::NoField(_) => match node.shape {
                Shape::Map(value) => Member::Node(value),
                _ => Member::Nothing,
            },
            Read::Item => match node.shape {
                Shape::List(item) | Shape::Map(item) => Member::Node(item),
                Shape::MapOf(..) => refuse(no_map(shown)),
                Shape::IntOrString => Member::Any,
                _ => refuse(misfit(shown, node, "so it has no items")),
            },
            Read::Each => match node.shape {
                Shape::List(item) => Member::Node(item),
                Shape::Map(_) => Member::Node(&KEY),
                Shape::MapOf(..) => refuse(no_map(shown)),
                Shape::IntOrString => Member::Any,
                _ => refuse(misfit(shown, node, "and a macro goes through lists and maps")),
            },
        };
        match (found, step) {
            (Member::Node(found), _) => node = found,
            (Member::Any, _) => return,
            (Member::Nothing, Read::Field(name) | Read::NoField(name)) => {
                refuse(no_field(chain.split_at(chain.len() - tail.len()).0, shown, node, name));
            }
            (Member::Nothing, Read::Item | Read::Each) => return,
        }
        rest = tail;
    }
}

const KEY: Node = Node::new(Shape::String);

const fn misfit(shown: &str, node: &Node, why: &str) -> Message {
    quote_chain(Message::new().push("CEL: "), shown).push(" is ").push(kind_name(node)).push(", ").push(why)
}

/// A map with only so many keys is an object with fields to the API server.
const fn no_map(shown: &str) -> Message {
    let message = quote_chain(Message::new().push("CEL: "), shown);
    message.push(" has a field for each key and is no map to the API server: write `.key`")
}

/// A chain as it is shown: in brackets what a macro goes through too, and without the sign before what is no field.
const fn quote_chain(mut message: Message, chain: &str) -> Message {
    message = message.push("`");
    let (bytes, mut i) = (chain.as_bytes(), 0);
    while i < bytes.len() {
        let mut end = i + 1;
        while !chain.is_char_boundary(end) {
            end += 1;
        }
        let character = chain.split_at(end).0.split_at(i).1;
        message = message.push(match bytes[i] {
            b'{' => "[",
            b'}' => "]",
            b'!' => "",
            _ => character,
        });
        i = end;
    }
    message.push("`")
}

const fn no_field(path: &str, shown: &str, node: &'static Node, name: &str) -> Message {
    if !matches!(node.shape, Shape::Object(..) | Shape::Union(_) | Shape::MapOf(..)) {
        return misfit(shown, node, "so it has no field ").quote(name);
    }
    let message = quote_chain(Message::new().push("CEL: "), path).push(": no such field");
    if let Shape::Object(_, fields) = node.shape
        && let Some(json) = by_rust_name(fields, name)
    {
        return message.push("; rules speak JSON, write ").quote(json);
    }
    match nearest(node, name) {
        Some(nearest) => message.push("; did you mean ").quote(nearest).push("?"),
        None => message,
    }
}

/// The name in JSON of the field of this name in Rust.
const fn by_rust_name(fields: &'static [Field], name: &str) -> Option<&'static str> {
    let mut i = 0;
    while i < fields.len() {
        if equal(fields[i].rust, name) {
            return Some(fields[i].json);
        }
        i += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: Node = Node::object(
        "Spec",
        &[
            Field::new("bucket", "bucket", &Node::new(Shape::String)),
            Field::new("ready_replicas", "readyReplicas", &Node::new(Shape::Integer)),
            Field::new("labels", "labels", &Node::new(Shape::Map(&Node::new(Shape::String)))),
            Field::new("ports", "ports", &Node::new(Shape::List(&PORT))),
            Field::new("extra", "extra", &Node::new(Shape::Any)),
            Field::new("namespace", "namespace", &Node::new(Shape::String)),
            Field::new("odd", "a.b", &PORT),
        ],
    );
    const PORT: Node = Node::object("Port", &[Field::new("name", "name", &Node::new(Shape::String))]);

    fn message(chain: &'static str) -> String {
        let panicked = std::panic::catch_unwind(|| check_cel(&SPEC, chain, "Spec"));
        match panicked {
            Ok(()) => String::new(),
            Err(panic) => panic.downcast_ref::<String>().cloned().unwrap_or_default(),
        }
    }

    #[test]
    fn what_is_there_can_be_read() {
        for chain in [
            "self",
            "self.bucket",
            "oldSelf.readyReplicas",
            "self.labels[]",
            "self.labels.app",
            "self.labels.!__foo__",
            "self.labels{}",
            "self.ports{}.name",
            "self.ports[].name",
            "self.\"a.b\".name",
            "self.namespace",
        ] {
            assert_eq!(message(chain), "", "{chain}");
        }
    }

    #[test]
    fn what_is_not_there_is_named_with_what_was_meant() {
        for (chain, expected) in [
            ("self.buckt", "CEL: `self.buckt`: no such field; did you mean `bucket`?"),
            (
                "self.ready_replicas",
                "CEL: `self.ready_replicas`: no such field; rules speak JSON, write `readyReplicas`",
            ),
            ("self.elephants", "CEL: `self.elephants`: no such field"),
            ("self.ports{}.nam", "CEL: `self.ports[].nam`: no such field; did you mean `name`?"),
            ("self.ports.name", "CEL: `self.ports` is a list, so it has no field `name`"),
            ("self.bucket.length", "CEL: `self.bucket` is a string, so it has no field `length`"),
            ("self.bucket[]", "CEL: `self.bucket` is a string, so it has no items"),
            ("self{}", "CEL: `Spec` is an object, and a macro goes through lists and maps"),
            ("self.labels{}.x", "CEL: `self.labels[]` is a string, so it has no field `x`"),
            (
                "self.extra",
                "CEL: `self.extra` may be any JSON: it has no type to the API server, and no rule can look into it",
            ),
            ("self.!__foo__", "CEL: `self.__foo__`: no such field"),
        ] {
            assert_eq!(message(chain), expected);
        }
    }
}
