//! From tokens to values: the first stage. Every mistake is noted, none stops the others from being seen.

mod column;
mod item;
mod method;
mod path;
mod resource;
mod rules;
mod schema;
mod serde;

pub(crate) use self::column::{Column, ColumnPath};
pub(crate) use self::item::{Item, Value, items};
pub(crate) use self::method::Method;
pub(crate) use self::path::RustPath;
pub(crate) use self::resource::{Deprecated, Index, ResourceAttr, Scale, Scope};
pub(crate) use self::rules::{CelRule, EntryValue, ListType, Rules};
pub(crate) use self::schema::{Group, Recursion, SchemaAttr, refuse as refuse_schema};
pub(crate) use self::serde::{DefaultFrom, RenameAll, SerdeAttr, is_unreadable as is_unreadable_serde};

use crate::key;
use crate::message;

type Errors = darling::error::Accumulator;

/// Notes an unknown key, with the one that was probably meant.
fn unknown(item: &Item, attribute: &str, known: &[&'static str], errors: &mut Errors) {
    let written = item.key.to_string();
    let text = match (key::way(&written, known), key::nearest(&written, known)) {
        (Some(way), _) => message::unknown_key_way(&written, attribute, way),
        (None, Some(nearest)) => message::unknown_key(&written, attribute, nearest),
        (None, None) => {
            let list: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
            message::unknown_key_of(&written, attribute, &list.join(", "))
        }
    };
    errors.push(darling::Error::custom(text).with_span(&item.key));
}

/// Keeps the first value of a key and notes a second one.
fn set<T>(slot: &mut Option<T>, value: Option<T>, item: &Item, errors: &mut Errors) {
    match value {
        Some(_) if slot.is_some() => {
            errors.push(
                darling::Error::custom(message::duplicate_key(&item.key.to_string())).with_span(&item.key),
            );
        }
        Some(value) => *slot = Some(value),
        None => {}
    }
}

/// The value of `crate = ::facade::kubist`.
fn crate_path(item: &Item, errors: &mut Errors) -> Option<syn::Path> {
    if let Value::Equals(expr) = &item.value
        && let syn::Expr::Path(path) = &**expr
        && (path.path.leading_colon.is_some() || path.path.segments[0].ident == "crate")
    {
        return Some(path.path.clone());
    }
    errors.push(darling::Error::custom(message::key_takes_path()).with_span(&item.key));
    None
}

/// The documentation of an item, as it reads.
pub(crate) fn docs(attributes: &[syn::Attribute]) -> String {
    let mut lines = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        if let syn::Meta::NameValue(doc) = &attribute.meta
            && let syn::Expr::Lit(literal) = &doc.value
            && let syn::Lit::Str(text) = &literal.lit
        {
            // An empty line has no lines of its own, and ends a paragraph.
            let text = text.value();
            let text = if text.is_empty() { "\n" } else { text.as_str() };
            lines.extend(text.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned()));
        }
    }
    lines.join("\n").trim().to_owned()
}
