//! Pure: names in JSON looked up in the schema tree, and JSON paths, at compile time and at run time alike.

use super::node::{Field, Node, Shape, Tagging, Variant};
use super::text::{distance, equal};

/// What stands under a name in JSON.
#[derive(Clone, Copy)]
pub(super) enum Member {
    /// A value of this schema.
    Node(&'static Node),
    /// A value that the schema says nothing about.
    Any,
    /// Nothing can stand there.
    Nothing,
}

const TAG: Node = Node::new(Shape::String);

/// What stands under this name in a value of this schema.
pub(super) const fn member(node: &'static Node, name: &str) -> Member {
    match known_member(node, name) {
        Member::Nothing if node.rules.keeps_unknown() => Member::Any,
        found => found,
    }
}

/// The same without fields that the schema does not know.
pub(super) const fn known_member(node: &'static Node, name: &str) -> Member {
    match node.shape {
        Shape::Any | Shape::Foreign(_) => Member::Any,
        Shape::Map(value) => Member::Node(value),
        Shape::MapOf(keys, value) if contains(keys, name) => Member::Node(value),
        Shape::Object(_, fields) => in_fields(fields, name),
        Shape::Union(union) => match union.tagging {
            Tagging::External => tagged(union.variants, name),
            Tagging::Internal(tag) | Tagging::Adjacent(tag, _) if equal(tag, name) => Member::Node(&TAG),
            Tagging::Adjacent(_, content) if equal(content, name) => first_content(union.variants),
            Tagging::Adjacent(..) => Member::Nothing,
            Tagging::Internal(_) | Tagging::Untagged => in_contents(union.variants, name),
        },
        _ => Member::Nothing,
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

const fn in_fields(fields: &'static [Field], name: &str) -> Member {
    let mut i = 0;
    while i < fields.len() {
        let field = &fields[i];
        if field.flatten {
            match member(field.node, name) {
                Member::Nothing => {}
                found => return found,
            }
        } else if equal(field.json, name) {
            return Member::Node(field.node);
        }
        i += 1;
    }
    Member::Nothing
}

const fn tagged(variants: &'static [Variant], name: &str) -> Member {
    let mut i = 0;
    while i < variants.len() {
        if equal(variants[i].json, name) {
            return match variants[i].content {
                Some(content) => Member::Node(content),
                None => Member::Nothing,
            };
        }
        i += 1;
    }
    Member::Nothing
}

/// The contents of an adjacently tagged enum are one property; which of them it holds is not known here.
const fn first_content(variants: &'static [Variant]) -> Member {
    let (mut i, mut found) = (0, Member::Nothing);
    while i < variants.len() {
        match (variants[i].content, found) {
            (Some(content), Member::Nothing) => found = Member::Node(content),
            (Some(_), _) => return Member::Any,
            (None, _) => {}
        }
        i += 1;
    }
    found
}

const fn in_contents(variants: &'static [Variant], name: &str) -> Member {
    let mut i = 0;
    while i < variants.len() {
        if let Some(content) = variants[i].content {
            match member(content, name) {
                Member::Nothing => {}
                found => return found,
            }
        }
        i += 1;
    }
    Member::Nothing
}

/// The name in JSON that was probably meant.
pub(super) const fn nearest(node: &'static Node, name: &str) -> Option<&'static str> {
    let best = search(node, name, Best { name: "", distance: usize::MAX });
    if best.distance <= 1 + name.len() / 3 { Some(best.name) } else { None }
}

#[derive(Clone, Copy)]
struct Best {
    name: &'static str,
    distance: usize,
}

const fn better(best: Best, candidate: &'static str, name: &str) -> Best {
    let distance = distance(candidate, name);
    if distance < best.distance { Best { name: candidate, distance } } else { best }
}

const fn search(node: &'static Node, name: &str, mut best: Best) -> Best {
    let mut i = 0;
    match node.shape {
        Shape::MapOf(keys, _) => {
            while i < keys.len() {
                best = better(best, keys[i], name);
                i += 1;
            }
        }
        Shape::Object(_, fields) => {
            while i < fields.len() {
                best = if fields[i].flatten {
                    search(fields[i].node, name, best)
                } else {
                    better(best, fields[i].json, name)
                };
                i += 1;
            }
        }
        Shape::Union(union) => {
            match union.tagging {
                Tagging::Internal(tag) => best = better(best, tag, name),
                Tagging::Adjacent(tag, content) => best = better(better(best, tag, name), content, name),
                Tagging::External | Tagging::Untagged => {}
            }
            while i < union.variants.len() {
                best = match (union.tagging, union.variants[i].content) {
                    (Tagging::External, _) => better(best, union.variants[i].json, name),
                    (Tagging::Internal(_) | Tagging::Untagged, Some(content)) => search(content, name, best),
                    (Tagging::Internal(_) | Tagging::Untagged | Tagging::Adjacent(..), _) => best,
                };
                i += 1;
            }
        }
        _ => {}
    }
    best
}

/// Where a JSON path leads: `.status.conditions[?(@.type=='Ready')].status`.
pub(super) enum Walk<'a> {
    /// To a value of this schema.
    Node(&'static Node),
    /// To where the schema, or this reader of paths, knows nothing more.
    Unknown,
    /// Nowhere: no such name in the value after so many bytes of the path.
    Nothing { node: &'static Node, passed: &'a str, name: &'a str },
}

/// Follows a JSON path, which begins with a dot, as far as that goes.
pub(super) const fn walk<'a>(root: &'static Node, path: &'a str) -> Walk<'a> {
    let bytes = path.as_bytes();
    let (mut node, mut i) = (root, 0);
    while i < bytes.len() {
        let passed = path.split_at(i).0;
        let (name, end) = match bytes[i] {
            b'.' if i + 1 < bytes.len() && bytes[i + 1] != b'.' => {
                let end = end_of_name(bytes, i + 1);
                (path.split_at(end).0.split_at(i + 1).1, end)
            }
            b'[' if i + 1 < bytes.len() && bytes[i + 1] == b'\'' => {
                let mut end = i + 2;
                while end < bytes.len() && bytes[end] != b'\'' {
                    end += 1;
                }
                if end + 1 >= bytes.len() {
                    return Walk::Unknown;
                }
                (path.split_at(end).0.split_at(i + 2).1, end + 2)
            }
            b'[' => {
                let Shape::List(item) = node.shape else { return Walk::Unknown };
                node = item;
                let mut depth = 0;
                while i < bytes.len() {
                    match bytes[i] {
                        b'[' => depth += 1,
                        b']' => depth -= 1,
                        _ => {}
                    }
                    i += 1;
                    if depth == 0 {
                        break;
                    }
                }
                continue;
            }
            _ => return Walk::Unknown,
        };
        if name.is_empty() || has_escape(name) {
            return Walk::Unknown;
        }
        match member(node, name) {
            Member::Node(found) => node = found,
            Member::Any => return Walk::Unknown,
            Member::Nothing => return Walk::Nothing { node, passed, name },
        }
        i = end;
    }
    Walk::Node(node)
}

const fn end_of_name(bytes: &[u8], mut end: usize) -> usize {
    while end < bytes.len() && !matches!(bytes[end], b'.' | b'[') {
        if bytes[end] == b'\\' && end + 1 < bytes.len() {
            end += 1;
        }
        end += 1;
    }
    end
}

const fn has_escape(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if matches!(bytes[i], b'\\' | b'*') {
            return true;
        }
        i += 1;
    }
    false
}
