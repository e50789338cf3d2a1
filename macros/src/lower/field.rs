//! One field.

use kubist_structural::pattern;
use proc_macro2::Span;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{DeriveInput, Ident, LitStr, Token, Type};

use crate::lower::{Errors, find_ident, note, serde_attributes};
use crate::message;
use crate::model::{DefaultModel, FieldModel, Source, Warning, last_segment};
use crate::parse::{EntryValue, RenameAll, Rules, SchemaAttr, SerdeAttr, docs};
use crate::rule;

/// The fields of a struct, or of a variant, that are part of the JSON.
pub(super) fn fields<'a>(
    input: &DeriveInput,
    named: &'a Punctuated<syn::Field, Token![,]>,
    container: &SerdeAttr,
    rename_all: Option<RenameAll>,
    errors: &mut Errors,
) -> Vec<FieldModel<'a>> {
    let models = named.iter().filter_map(|field| {
        let ident = field.ident.clone()?;
        field_model(input, field, ident, container, rename_all, errors)
    });
    models.collect()
}

pub(super) fn field_model<'a>(
    input: &DeriveInput,
    field: &'a syn::Field,
    ident: Ident,
    container: &SerdeAttr,
    rename_all: Option<RenameAll>,
    errors: &mut Errors,
) -> Option<FieldModel<'a>> {
    let serde = SerdeAttr::parse(&field.attrs, errors);
    let schema = SchemaAttr::on_field(&field.attrs, errors);
    if serde.skip {
        return None;
    }
    let rust = ident.unraw().to_string();
    let (json, json_span) = json_name(serde.rename.as_ref(), ident.span(), || {
        rename_all.map_or_else(|| rust.clone(), |rule| rule.field(&rust))
    });
    patterns(&schema.rules, errors);
    rule::check_all(&schema.rules, errors);
    let source = source(&schema, &serde, errors);
    if let (Source::Type, None) = (&source, schema.recursion)
        && let Some(itself) = find_ident(field.ty.to_token_stream(), &input.ident)
    {
        note(errors, itself, message::contains_itself(&input.ident.to_string()));
    }
    if let Source::Type = source {
        known_types(&field.ty, errors);
    }
    let warnings = warnings(field, &source, &schema, &serde);
    let default = serde
        .default
        .map(DefaultModel::Field)
        .or_else(|| container.default.clone().map(DefaultModel::Container));
    if let (Some(key), None) = (&serde.skip_serializing, &default)
        && !crate::model::is_option(&field.ty)
    {
        note(errors, key.span(), message::skip_serializing_required(&rust));
    }
    Some(FieldModel {
        ident,
        ty: &field.ty,
        json,
        json_span,
        docs: docs(&field.attrs),
        default,
        skip_serializing_if: serde.skip_serializing_if,
        write_only: serde.skip_deserializing.is_some(),
        flatten: serde.flatten.is_some(),
        rules: schema.rules,
        immutable: schema.immutable.is_some(),
        key: schema.key,
        source,
        recursion: schema.recursion,
        serde: serde_attributes(&field.attrs),
        warnings,
    })
}

pub(super) fn json_name(
    rename: Option<&LitStr>,
    span: Span,
    otherwise: impl FnOnce() -> String,
) -> (String, Span) {
    match rename {
        Some(rename) => (rename.value(), rename.span()),
        None => (otherwise(), span),
    }
}

/// Notes the patterns that the API server would refuse.
pub(super) fn patterns(rules: &Rules, errors: &mut Errors) {
    for entry in &rules.entries {
        let pattern = match &entry.value {
            EntryValue::Text(text) if entry.key == "pattern" => text,
            EntryValue::KeyPattern(text) => text,
            _ => continue,
        };
        if let Err(problem) = pattern::check(&pattern.value()) {
            note(errors, pattern.span(), message::bad_pattern(&problem.to_string(), problem.column()));
        }
    }
    if let Some((_, elements)) = &rules.elements {
        patterns(elements, errors);
    }
}

fn source(schema: &SchemaAttr, serde: &SerdeAttr, errors: &mut Errors) -> Source {
    let schemaless = schema.schemaless.as_ref();
    let other = schema.schemars.as_ref().map(|key| (key, "schemars"));
    let given = [
        schema.with.as_ref().map(|ty| (ty.span(), "with")),
        schemaless.map(|key| (key.span(), "schemaless")),
        other.map(|(key, name)| (key.span(), name)),
    ];
    let mut given = given.into_iter().flatten();
    if let (Some((_, one)), Some((span, other))) = (given.next(), given.next()) {
        note(errors, span, message::exclusive_schema_keys(one, other));
    }
    if let Some(ty) = &schema.with {
        return Source::With(ty.clone());
    }
    if schemaless.is_some() {
        return Source::Schemaless;
    }
    if schema.schemars.is_some() {
        return Source::Schemars;
    }
    if let Some(key) = &serde.with {
        note(errors, key.span(), message::serde_with_without_schema(&key.to_string()));
        return Source::Schemaless;
    }
    Source::Type
}

/// Types of the standard library that have no schema, each for a reason of its own.
fn known_types(ty: &Type, errors: &mut Errors) {
    match ty {
        Type::Tuple(tuple) if tuple.elems.is_empty() => {
            note(errors, ty.span(), message::carries_no_data("()"));
            return;
        }
        Type::Tuple(tuple) => tuple.elems.iter().for_each(|ty| known_types(ty, errors)),
        Type::Array(array) => return known_types(&array.elem, errors),
        _ => {}
    }
    let Some(segment) = last_segment(ty) else { return };
    let name = segment.ident.to_string();
    let text = match name.as_str() {
        "PhantomData" => message::carries_no_data(&name),
        "i128" | "u128" => message::wide_integer(&name),
        "SystemTime" | "Instant" => message::no_text_form(&name),
        "OsString" | "OsStr" => message::not_text(&name),
        _ => {
            if let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments {
                for argument in &arguments.args {
                    if let syn::GenericArgument::Type(inner) = argument {
                        known_types(inner, errors);
                    }
                }
            }
            return;
        }
    };
    note(errors, segment.ident.span(), text);
}

/// What is legal, but probably not meant.
fn warnings(field: &syn::Field, source: &Source, schema: &SchemaAttr, serde: &SerdeAttr) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if let Some(key) = &serde.alias {
        let note = message::alias_is_dropped();
        warnings.push(Warning { headline: "alias_is_never_read", note, span: key.span() });
    }
    if schema.float.is_none()
        && let Some(segment) = last_segment(&field.ty)
        && (segment.ident == "f32" || segment.ident == "f64")
    {
        let note = message::float_is_discouraged();
        warnings.push(Warning { headline: "float_loses_digits", note, span: segment.ident.span() });
    }
    if let (Source::Type, Some(at)) = (source, bytes(&field.ty)) {
        warnings.push(Warning {
            headline: "bytes_are_numbers",
            note: message::bytes_are_numbers(),
            span: at,
        });
    }
    warnings
}

/// Where `Vec<u8>` is written.
fn bytes(ty: &Type) -> Option<Span> {
    let segment = last_segment(ty)?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::Type(inner) => {
            let of = last_segment(inner)?;
            (segment.ident == "Vec" && of.ident == "u8")
                .then(|| segment.ident.span())
                .or_else(|| bytes(inner))
        }
        _ => None,
    })
}
