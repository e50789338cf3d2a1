//! `#[schema(...)]` on a field, and on a nested type.

use proc_macro2::{Ident, Span};
use syn::parse::ParseStream;
use syn::{Attribute, LitInt, Token, Type};

use super::item::{Item, Value, items, list};
use super::rules::{Rules, flag, names};
use super::{Errors, crate_path, set, unknown};
use crate::key;
use crate::message;

/// What the attribute says.
#[derive(Default)]
pub(crate) struct SchemaAttr {
    pub(crate) rules: Rules,
    /// On a field: it tells the items of a list of its struct apart.
    pub(crate) key: Option<Ident>,
    /// On a field: the value can never change.
    pub(crate) immutable: Option<Ident>,
    /// On a field: the type whose schema this has.
    pub(crate) with: Option<Box<Type>>,
    /// On a field: any JSON.
    pub(crate) schemaless: Option<Ident>,
    /// On a field: the schema comes from schemars.
    pub(crate) schemars: Option<Ident>,
    /// On a field: how far a type that contains itself is followed.
    pub(crate) recursion: Option<Recursion>,
    /// On a field: floats are meant.
    pub(crate) float: Option<Ident>,
    /// On a type: fields of which so many may be set.
    pub(crate) groups: Vec<Group>,
    /// On an enum: it is written as its numbers (`serde_repr`).
    pub(crate) repr: Option<Ident>,
    /// On a type: where the crate is.
    pub(crate) krate: Option<syn::Path>,
}

/// How far a type that contains itself is followed.
#[derive(Clone, Copy)]
pub(crate) enum Recursion {
    /// So many levels.
    Depth(u8),
    /// Not at all: any JSON stands there.
    Schemaless,
}

/// `exactly_one_of(a, b)`
pub(crate) struct Group {
    pub(crate) key: Ident,
    pub(crate) names: Vec<Ident>,
}

/// Levels of a type that contains itself; each one is written out in the definition.
const DEPTH_MAX: u8 = 16;

impl SchemaAttr {
    pub(crate) fn on_field(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut attr = Self::default();
        for item in items(attributes, "schema", errors) {
            attr.take_on_field(&item, errors);
        }
        attr
    }

    fn take_on_field(&mut self, item: &Item, errors: &mut Errors) {
        let name = item.key.to_string();
        let own = |flagged: Option<()>| flagged.map(|()| item.key.clone());
        match name.as_str() {
            "key" => set(&mut self.key, own(flag(item, errors)), item, errors),
            "immutable" => set(&mut self.immutable, own(flag(item, errors)), item, errors),
            "schemaless" => set(&mut self.schemaless, own(flag(item, errors)), item, errors),
            "schemars" => set(&mut self.schemars, own(flag(item, errors)), item, errors),
            "float" => set(&mut self.float, own(flag(item, errors)), item, errors),
            "with" => set(&mut self.with, with(item, errors), item, errors),
            "recursion" => {
                let parsed = list(item, recursion, "recursion(depth = 3)", errors)
                    .filter(|depth| fits(*depth, item, errors));
                // A level that cannot be read is one mistake: the type is known to contain itself.
                set(&mut self.recursion, parsed.or(Some(Recursion::Schemaless)), item, errors);
            }
            "optional" | "required" => {
                errors.push(darling::Error::custom(message::optional_is_a_type()).with_span(&item.key));
            }
            "enum" | "enumeration" => {
                errors.push(darling::Error::custom(message::enumeration_is_a_type()).with_span(&item.key));
            }
            "default" => {
                errors.push(darling::Error::custom(message::default_without_serde()).with_span(&item.key));
            }
            name if key::VALUE.contains(&name) => self.rules.take(item, errors),
            name if key::TYPE.contains(&name) => {
                let text = message::key_belongs_on_a_type(name);
                errors.push(darling::Error::custom(text).with_span(&item.key));
            }
            _ => unknown(item, "#[schema(...)]", &[key::VALUE, key::FIELD].concat(), errors),
        }
    }

    pub(crate) fn on_type(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut attr = Self::default();
        for item in items(attributes, "schema", errors) {
            let name = item.key.to_string();
            match name.as_str() {
                "crate" => set(&mut attr.krate, crate_path(&item, errors), &item, errors),
                "repr" => {
                    let key = flag(&item, errors).map(|()| item.key.clone());
                    set(&mut attr.repr, key, &item, errors);
                }
                "exactly_one_of" | "at_most_one_of" | "at_least_one_of" => {
                    attr.groups
                        .extend(names(&item, errors).map(|names| Group { key: item.key.clone(), names }));
                }
                name if key::VALUE.contains(&name) => attr.rules.take(&item, errors),
                name if key::FIELD.contains(&name) => belongs_on_a_field(&item, errors),
                _ => unknown(&item, "#[schema(...)]", &[key::VALUE, key::TYPE].concat(), errors),
            }
        }
        attr
    }
}

/// Refuses `#[schema(...)]` where it says nothing: on a root struct and on a variant.
pub(crate) fn refuse(attributes: &[Attribute], errors: &mut Errors) {
    let known = [key::VALUE, key::FIELD, key::TYPE].concat();
    for item in &items(attributes, "schema", errors) {
        if known.contains(&item.key.to_string().as_str()) {
            belongs_on_a_field(item, errors);
        } else {
            unknown(item, "#[schema(...)]", &known, errors);
        }
    }
}

fn belongs_on_a_field(item: &Item, errors: &mut Errors) {
    let text = message::key_belongs_on_a_field(&item.key.to_string());
    errors.push(darling::Error::custom(text).with_span(&item.key));
}

fn with(item: &Item, errors: &mut Errors) -> Option<Box<Type>> {
    if let Value::Equals(expr) = &item.value
        && let Ok(ty) = syn::parse2(quote::quote!(#expr))
    {
        return Some(Box::new(ty));
    }
    errors.push(darling::Error::custom(message::with_form()).with_span(&item.key));
    None
}

fn recursion(input: ParseStream<'_>) -> syn::Result<Recursion> {
    let form = |span: Span| syn::Error::new(span, message::recursion_form());
    let word: Ident = input.parse().map_err(|error: syn::Error| form(error.span()))?;
    if word == "schemaless" {
        return Ok(Recursion::Schemaless);
    }
    if word != "depth" {
        return Err(form(word.span()));
    }
    input.parse::<Token![=]>().map_err(|error| form(error.span()))?;
    let depth: LitInt = input.parse().map_err(|error: syn::Error| form(error.span()))?;
    depth.base10_parse().map(Recursion::Depth).map_err(|_| form(depth.span()))
}

fn fits(recursion: Recursion, item: &Item, errors: &mut Errors) -> bool {
    match recursion {
        Recursion::Depth(1..=DEPTH_MAX) | Recursion::Schemaless => true,
        Recursion::Depth(_) => {
            errors.push(darling::Error::custom(message::recursion_form()).with_span(&item.key));
            false
        }
    }
}
