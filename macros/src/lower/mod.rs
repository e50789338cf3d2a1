//! From values to a valid model: the second stage. `None` only when a mistake was noted.

mod field;
mod names;
mod variant;

use proc_macro2::{Span, TokenTree};
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Fields, Ident};

pub(crate) use self::names::{names, verbs};
use crate::home;
use crate::lower::field::{field_model, fields};
use crate::lower::variant::enumeration;
use crate::message;
use crate::model::{FieldModel, SchemaModel, ShapeModel};
use crate::parse::{ResourceAttr, SchemaAttr, SerdeAttr, docs, refuse_schema};
use crate::rule;

type Errors = darling::error::Accumulator;

fn note(errors: &mut Errors, span: Span, text: String) {
    errors.push(syn::Error::new(span, text).into());
}

/// The model of a nested type.
pub(crate) fn schema<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<SchemaModel<'a>> {
    let attr = SchemaAttr::on_type(&input.attrs, errors);
    type_model(input, attr, errors)
}

fn type_model<'a>(input: &'a DeriveInput, attr: SchemaAttr, errors: &mut Errors) -> Option<SchemaModel<'a>> {
    let serde = SerdeAttr::parse(&input.attrs, errors);
    rule::check_all(&attr.rules, errors);
    for lifetime in input.generics.lifetimes() {
        note(errors, lifetime.lifetime.span(), message::borrowed());
    }
    let shape = shape(input, &attr, &serde, errors)?;
    let skipped = skipped(input, &shape);
    Some(SchemaModel {
        ident: &input.ident,
        generics: &input.generics,
        docs: docs(&input.attrs),
        shape,
        rules: attr.rules,
        groups: attr.groups,
        skipped,
        serde: serde_attributes(&input.attrs),
        krate: attr.krate.unwrap_or_else(home::path),
    })
}

fn shape<'a>(
    input: &'a DeriveInput,
    attr: &SchemaAttr,
    serde: &SerdeAttr,
    errors: &mut Errors,
) -> Option<ShapeModel<'a>> {
    if let Some(ty) = delegate(serde, errors) {
        return Some(ShapeModel::Delegate(ty));
    }
    match &input.data {
        Data::Struct(data) => structure(input, data, serde, errors),
        Data::Enum(data) => Some(enumeration(input, data, attr, serde, errors)),
        Data::Union(data) => {
            note(errors, data.union_token.span, message::schema_of_union());
            None
        }
    }
}

/// serde reads and writes another type in its place.
fn delegate(serde: &SerdeAttr, errors: &mut Errors) -> Option<Box<syn::Type>> {
    let (from, into) = (serde.from.as_ref(), serde.into.as_ref());
    let given = from.or(into)?;
    let parsed = |text: Option<&syn::LitStr>| text.and_then(|text| text.parse::<syn::Type>().ok());
    match (parsed(from), parsed(into)) {
        (Some(from), Some(into)) if from == into => Some(Box::new(from)),
        _ => {
            note(errors, given.span(), message::serde_from_without_into());
            None
        }
    }
}

fn structure<'a>(
    input: &'a DeriveInput,
    data: &'a syn::DataStruct,
    serde: &SerdeAttr,
    errors: &mut Errors,
) -> Option<ShapeModel<'a>> {
    if let Some(tag) = &serde.tag {
        note(errors, tag.span(), message::unsupported_serde("tag"));
    }
    match &data.fields {
        Fields::Named(named) => {
            let mut models = fields(input, &named.named, serde, serde.rename_all, errors);
            if serde.transparent && models.len() == 1 {
                return models.pop().map(|field| ShapeModel::Newtype(Box::new(field)));
            }
            Some(ShapeModel::Struct(models))
        }
        Fields::Unit => {
            note(errors, input.ident.span(), message::carries_no_data(&input.ident.to_string()));
            None
        }
        Fields::Unnamed(unnamed) => {
            let mut models = tuple(input, &unnamed.unnamed, serde, errors);
            match models.len() {
                0 => {
                    note(errors, input.ident.span(), message::carries_no_data(&input.ident.to_string()));
                    None
                }
                1 => models.pop().map(|field| ShapeModel::Newtype(Box::new(field))),
                _ => Some(ShapeModel::Tuple(models)),
            }
        }
    }
}

/// The fields of a tuple, under made-up names.
fn tuple<'a>(
    input: &DeriveInput,
    unnamed: &'a syn::punctuated::Punctuated<syn::Field, syn::Token![,]>,
    serde: &SerdeAttr,
    errors: &mut Errors,
) -> Vec<FieldModel<'a>> {
    let models = unnamed.iter().enumerate().map(|(at, field)| {
        let ident = Ident::new(&format!("field{at}"), field.ty.span());
        field_model(input, field, ident, serde, None, errors)
    });
    models.flatten().collect()
}

/// The fields that are not part of the JSON.
fn skipped<'a>(input: &'a DeriveInput, shape: &ShapeModel<'_>) -> Vec<&'a Ident> {
    let (Data::Struct(data), ShapeModel::Struct(fields)) = (&input.data, shape) else { return Vec::new() };
    let all = data.fields.iter().filter_map(|field| field.ident.as_ref());
    all.filter(|ident| fields.iter().all(|field| field.ident != **ident)).collect()
}

fn serde_attributes(attributes: &[Attribute]) -> Vec<&Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("serde")).collect()
}

/// Where a type stands among tokens, by its name or as `Self`.
fn find_ident(tokens: proc_macro2::TokenStream, ident: &Ident) -> Option<Span> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(found) if found == *ident || found == "Self" => Some(found.span()),
        TokenTree::Group(group) => find_ident(group.stream(), ident),
        _ => None,
    })
}

/// The fields of a root struct.
pub(crate) fn root<'a>(
    input: &'a DeriveInput,
    attr: &ResourceAttr,
    errors: &mut Errors,
) -> Option<SchemaModel<'a>> {
    if let Some((kind, span)) = not_a_struct(&input.data) {
        note(errors, span, message::root_is_not_a_struct(kind));
        return None;
    }
    for parameter in &input.generics.params {
        if !matches!(parameter, syn::GenericParam::Lifetime(_)) {
            note(errors, parameter.span(), message::root_is_generic());
        }
    }
    refuse_schema(&input.attrs, errors);
    attr.rules.iter().for_each(|rule| rule::check(rule, errors));
    let on_type = SchemaAttr { krate: attr.krate.clone(), ..SchemaAttr::default() };
    type_model(input, on_type, errors)
}

fn not_a_struct(data: &Data) -> Option<(&'static str, Span)> {
    match data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(_) => None,
            Fields::Unnamed(fields) => Some(("a tuple struct", fields.paren_token.span.join())),
            Fields::Unit => Some(("a unit struct", data.struct_token.span)),
        },
        Data::Enum(data) => Some(("an enum", data.enum_token.span)),
        Data::Union(data) => Some(("a union", data.union_token.span)),
    }
}
