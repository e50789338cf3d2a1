//! Pure: checks of the rules on a field against the type of the field.

use crate::schema::check::{is_scalar, refuse};
use crate::schema::node::{Node, Number, Shape};
use crate::schema::path::{Found, field_entry, kind_name, lookup};
use crate::schema::text::{Message, distance, equal};

/// The items of a list or the values of a map, for which a check is meant.
#[must_use]
pub const fn items(node: &'static Node) -> &'static Node {
    match node.shape {
        Shape::List(item) | Shape::Map(item) | Shape::MapOf(_, item) => item,
        _ => node,
    }
}

/// What a key of `#[schema(...)]` applies to.
const fn applies_to(key: &str, node: &Node) -> (bool, &'static str, &'static str) {
    let (string, list) = (matches!(node.shape, Shape::String), matches!(node.shape, Shape::List(_)));
    let map = matches!(node.shape, Shape::Map(_) | Shape::MapOf(..));
    let object = matches!(node.shape, Shape::Object(..) | Shape::Union(_) | Shape::Any);
    let number = matches!(node.shape, Shape::Integer | Shape::IntegerEnum(_) | Shape::Number);
    let length = one_of(key, &["min_length", "max_length"]);
    if length || equal(key, "pattern") {
        // The counterpart in the world of lists and maps.
        let hint = match (length, equal(key, "min_length")) {
            (true, true) if list => "min_items",
            (true, false) if list => "max_items",
            (true, true) if map => "min_properties",
            (true, false) if map => "max_properties",
            (true, true) if number => "minimum",
            (true, false) if number => "maximum",
            _ => "",
        };
        (string || (matches!(node.shape, Shape::IntOrString) && !length), "strings", hint)
    } else if one_of(key, &["minimum", "maximum", "exclusive_minimum", "exclusive_maximum", "multiple_of"]) {
        let hint = match equal(key, "minimum") {
            true if string => "min_length",
            true if list => "min_items",
            false if string && equal(key, "maximum") => "max_length",
            false if list && equal(key, "maximum") => "max_items",
            _ => "",
        };
        (number, "numbers", hint)
    } else if one_of(key, &["min_items", "max_items", "items"]) {
        let hint = match (equal(key, "min_items"), equal(key, "max_items")) {
            (true, _) if map => "min_properties",
            (_, true) if map => "max_properties",
            (true, _) if string => "min_length",
            (_, true) if string => "max_length",
            (false, false) if map => "values",
            _ => "",
        };
        (list, "lists", hint)
    } else if equal(key, "list") {
        (list, "lists", if map || object { "map" } else { "" })
    } else if one_of(key, &["values", "keys"]) {
        (map, "maps", if list && equal(key, "values") { "items" } else { "" })
    } else if equal(key, "map") {
        (map || object, "maps and structs", if list { "list" } else { "" })
    } else if one_of(key, &["min_properties", "max_properties"]) {
        let hint = match equal(key, "min_properties") {
            true if list => "min_items",
            false if list => "max_items",
            true if string => "min_length",
            false if string => "max_length",
            _ => "",
        };
        (map || object, "maps and structs", hint)
    } else if one_of(key, &["preserve_unknown", "embedded"]) {
        (map || object, "structs", "")
    } else {
        (true, "", "")
    }
}

const fn one_of(key: &str, keys: &[&str]) -> bool {
    let mut i = 0;
    while i < keys.len() {
        if equal(keys[i], key) {
            return true;
        }
        i += 1;
    }
    false
}

/// Refuses a key of `#[schema(...)]` on a type that it says nothing about.
///
/// The server accepts it, and it has no effect (tried against kube-apiserver v1.37.2).
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_key(key: &str, field: &str, node: &'static Node) {
    let (applies, to, hint) = applies_to(key, node);
    if !applies {
        let message = Message::new().quote(key).push(" applies to ").push(to).push("; ").quote(field);
        let message = message.push(" is ").push(kind_name(node));
        refuse(if hint.is_empty() {
            message
        } else {
            message.push(" (did you mean ").quote(hint).push("?)")
        });
    }
}

/// Refuses a format that the API server does not know for values of this type, where it would constrain nothing.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_format(format: &str, field: &str, node: &'static Node) {
    let (known, of): (&[&str], &str) = match node.shape {
        Shape::Integer | Shape::IntegerEnum(_) => (&["int32", "int64"], "integers"),
        Shape::Number => (&["float", "double"], "numbers"),
        Shape::String => (STRING_FORMATS, "strings"),
        _ => (&[], ""),
    };
    if one_of(format, known) {
        return;
    }
    let message = Message::new();
    if known.is_empty() {
        let message = message.push("`format` applies to strings and numbers; ").quote(field).push(" is ");
        refuse(message.push(kind_name(node)));
    }
    let mut message = message.quote(format).push(" is not a format that the API server checks; ");
    let (mut best, mut i) = (0, 0);
    while i < known.len() {
        if distance(known[i], format) < distance(known[best], format) {
            best = i;
        }
        i += 1;
    }
    if distance(known[best], format) <= 1 + format.len() / 3 {
        refuse(message.push("did you mean ").quote(known[best]).push("?"));
    }
    message = message.push("for ").push(of).push(" those are ");
    i = 0;
    while i < known.len() {
        message = message.push(if i == 0 { "" } else { ", " }).push(known[i]);
        i += 1;
    }
    refuse(message)
}

/// Whether the API server checks this format of strings.
#[cfg(feature = "schemars")]
pub(in crate::schema) fn is_string_format(format: &str) -> bool {
    STRING_FORMATS.contains(&format)
}

/// The formats that kube-apiserver v1.37.2 checks; it warns of all others.
const STRING_FORMATS: &[&str] = &[
    "date",
    "date-time",
    "datetime",
    "duration",
    "byte",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "cidr",
    "mac",
    "uri",
    "uuid",
    "uuid3",
    "uuid4",
    "uuid5",
    "k8s-short-name",
    "k8s-long-name",
    "password",
    "bsonobjectid",
    "creditcard",
    "hexcolor",
    "rgbcolor",
    "isbn",
    "isbn10",
    "isbn13",
    "ssn",
];

/// Refuses a key of `list = map(...)` that cannot tell the items of a list apart.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_list_key(field: &str, node: &'static Node, key: &str) {
    let Shape::List(item) = node.shape else { return };
    let Shape::Object(..) = item.shape else {
        let message = Message::new().push("`list = map` needs a list of structs; the items of ");
        refuse(message.quote(field).push(" are ").push(plural_name(item)));
    };
    match lookup(item, key) {
        Found::Problem(message) => refuse(message),
        Found::Node(_) => {}
    }
    let Some(found) = field_entry(item, key) else { return };
    check_key_field(key, found.node, found.is_required() || found.default.is_some());
}

/// Refuses a field that cannot be one of the keys of a list of its struct.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_key_field(key: &str, node: &'static Node, present: bool) {
    if !is_scalar(node) {
        let message = Message::new().push("the key ").quote(key).push(" is ").push(kind_name(node));
        refuse(message.push("; a key is a string, a number or a boolean"));
    }
    if !present {
        let message = Message::new().push("the key ").quote(key);
        refuse(message.push(" must be in each item: make it required or give it a default"));
    }
}

pub(super) const fn plural_name(node: &Node) -> &'static str {
    match node.shape {
        Shape::Any | Shape::Foreign(_) => "any JSON",
        Shape::Boolean => "booleans",
        Shape::Enum(_) => "enums",
        Shape::Integer | Shape::IntegerEnum(_) => "integers",
        Shape::IntOrString => "numbers or strings",
        Shape::List(_) => "lists",
        Shape::Map(_) | Shape::MapOf(..) => "maps",
        Shape::Number => "numbers",
        Shape::Object(..) => "structs",
        Shape::String => "strings",
        Shape::Tuple(_) => "tuples",
        Shape::Union(_) => "enums with data",
    }
}

/// Refuses a bound that the type cannot hold: the server would accept numbers that then do not decode.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_range(key: &str, field: &str, node: &Node, bound: Number) {
    let (applies, ..) = applies_to(key, node);
    if !applies || equal(key, "multiple_of") {
        return;
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
        Shape::Integer if equal(node.rules.format_of(), "int32") => (-2_147_483_648.0, 2_147_483_647.0),
        Shape::Integer => (-INTEGER_BOUND_MAX, INTEGER_BOUND_MAX),
        _ => (f64::MIN, f64::MAX),
    };
    let least = match node.rules.minimum_of() {
        Some(minimum) => minimum.as_f64(),
        None => least,
    };
    let greatest = match node.rules.maximum_of() {
        Some(maximum) => maximum.as_f64(),
        None => greatest,
    };
    (least, greatest)
}
