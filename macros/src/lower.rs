//! From values to a valid model: the second stage. `None` only when a mistake was noted.

use kubist_structural::pattern;
use proc_macro2::{Span, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, Ident, LitStr};

use crate::message;
use crate::model::{DefaultModel, FieldModel, Names, SchemaModel, ShapeModel, VariantModel};
use crate::name;
use crate::parse::{ResourceAttr, SchemaAttr, SerdeAttr, docs, refuse_schema, schema_on_type};

type Errors = darling::error::Accumulator;

fn note(errors: &mut Errors, span: Span, text: String) {
    errors.push(syn::Error::new(span, text).into());
}

/// The model of a nested type.
pub(crate) fn schema<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<SchemaModel<'a>> {
    let krate = schema_on_type(&input.attrs, errors).unwrap_or_else(|| syn::parse_quote!(::kubist));
    type_model(input, krate, errors)
}

fn type_model<'a>(input: &'a DeriveInput, krate: syn::Path, errors: &mut Errors) -> Option<SchemaModel<'a>> {
    let serde = SerdeAttr::parse(&input.attrs, errors);
    for lifetime in input.generics.lifetimes() {
        note(errors, lifetime.lifetime.span(), message::borrowed());
    }
    let shape = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => ShapeModel::Struct(
                fields.named.iter().filter_map(|field| field_model(input, field, &serde, errors)).collect(),
            ),
            Fields::Unit => ShapeModel::Struct(Vec::new()),
            Fields::Unnamed(fields) => {
                note(
                    errors,
                    fields.paren_token.span.join(),
                    message::schema_of_tuple(&input.ident.to_string()),
                );
                return None;
            }
        },
        Data::Enum(data) => ShapeModel::Enum(variants(input, data, &serde, errors)),
        Data::Union(data) => {
            note(errors, data.union_token.span, message::schema_of_union());
            return None;
        }
    };
    let skipped = skipped(input, &shape);
    Some(SchemaModel {
        ident: &input.ident,
        generics: &input.generics,
        docs: docs(&input.attrs),
        shape,
        skipped,
        serde: serde_attributes(&input.attrs),
        krate,
    })
}

/// The fields that are not part of the JSON.
fn skipped<'a>(input: &'a DeriveInput, shape: &ShapeModel<'_>) -> Vec<&'a Ident> {
    let (Data::Struct(data), ShapeModel::Struct(fields)) = (&input.data, shape) else { return Vec::new() };
    let all = data.fields.iter().filter_map(|field| field.ident.as_ref());
    all.filter(|ident| fields.iter().all(|field| field.ident != *ident)).collect()
}

fn field_model<'a>(
    input: &DeriveInput,
    field: &'a syn::Field,
    container: &SerdeAttr,
    errors: &mut Errors,
) -> Option<FieldModel<'a>> {
    let ident = field.ident.as_ref()?;
    let serde = SerdeAttr::parse(&field.attrs, errors);
    let schema = SchemaAttr::parse(&field.attrs, errors);
    if serde.skip {
        return None;
    }
    if let Some(itself) = find_ident(field.ty.to_token_stream(), &input.ident) {
        note(errors, itself, message::contains_itself(&input.ident.to_string()));
    }
    let rust = ident.unraw().to_string();
    let (json, json_span) = json_name(serde.rename.as_ref(), ident.span(), || {
        container.rename_all.map_or_else(|| rust.clone(), |rule| rule.field(&rust))
    });
    if let Some(pattern) = &schema.pattern
        && let Err(problem) = pattern::check(&pattern.value())
    {
        note(errors, pattern.span(), message::bad_pattern(&problem.to_string(), problem.column()));
    }
    let default = serde
        .default
        .map(DefaultModel::Field)
        .or_else(|| container.default.clone().map(DefaultModel::Container));
    Some(FieldModel {
        ident,
        ty: &field.ty,
        json,
        json_span,
        docs: docs(&field.attrs),
        default,
        skip_serializing_if: serde.skip_serializing_if,
        pattern: schema.pattern,
        minimum: schema.minimum,
        maximum: schema.maximum,
        serde: serde_attributes(&field.attrs),
    })
}

fn variants<'a>(
    input: &DeriveInput,
    data: &'a syn::DataEnum,
    container: &SerdeAttr,
    errors: &mut Errors,
) -> Vec<VariantModel<'a>> {
    if data.variants.is_empty() {
        note(errors, input.ident.span(), message::no_variants(&input.ident.to_string()));
    }
    let mut models = Vec::new();
    for variant in &data.variants {
        let serde = SerdeAttr::parse(&variant.attrs, errors);
        refuse_schema(&variant.attrs, errors);
        if !matches!(variant.fields, Fields::Unit) {
            note(errors, variant.ident.span(), message::variant_with_data(&variant.ident.to_string()));
        }
        if serde.skip {
            continue;
        }
        let rust = variant.ident.unraw().to_string();
        let (json, json_span) = json_name(serde.rename.as_ref(), variant.ident.span(), || {
            container.rename_all.map_or_else(|| rust.clone(), |rule| rule.variant(&rust))
        });
        models.push(VariantModel { ident: &variant.ident, json, json_span });
    }
    models
}

fn json_name(rename: Option<&LitStr>, span: Span, otherwise: impl FnOnce() -> String) -> (String, Span) {
    match rename {
        Some(rename) => (rename.value(), rename.span()),
        None => (otherwise(), span),
    }
}

fn serde_attributes(attributes: &[syn::Attribute]) -> Vec<&syn::Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("serde")).collect()
}

fn find_ident(tokens: proc_macro2::TokenStream, ident: &Ident) -> Option<Span> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(found) if found == *ident => Some(found.span()),
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
    let krate = attr.krate.clone().unwrap_or_else(|| syn::parse_quote!(::kubist));
    type_model(input, krate, errors)
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

/// The names of the kind; everything that is missing or wrong is noted.
pub(crate) fn names(input: &DeriveInput, attr: &ResourceAttr, errors: &mut Errors) -> Option<Names> {
    let at = attr.span.unwrap_or_else(|| input.ident.span());
    if attr.empty && !attr.unreadable {
        note(errors, at, message::missing_attribute());
        return None;
    }
    let missing = [
        ("group", attr.group.is_none(), message::missing_group()),
        ("version", attr.version.is_none(), message::missing_version()),
        ("scope", attr.scope.is_none(), message::missing_scope()),
    ];
    for (key, missing, text) in missing {
        if missing && !attr.is_broken(key) {
            note(errors, at, text);
        }
    }
    let group = attr.group.as_ref().map(|literal| group(literal, errors));
    let version = attr.version.as_ref().map(|literal| version(literal, errors));
    let kind = kind(input, attr, errors);
    let plural = match (&attr.plural, &kind) {
        (Some(literal), _) => Some(label("plural", literal, errors)),
        (None, Some(kind)) if !attr.is_broken("plural") => plural(input, attr, kind, errors),
        (None, _) => None,
    };
    let singular = attr.singular.as_ref().map(|literal| label("singular", literal, errors));
    let short_names = labels("short name", &attr.short, errors);
    let categories = labels("category", &attr.category, errors);
    let kind = kind?;
    Some(Names {
        group: group?,
        version: version?,
        plural: plural?,
        singular: singular.unwrap_or_else(|| kind.to_ascii_lowercase()),
        kind,
        short_names,
        categories,
        scope: attr.scope?,
    })
}

fn kind_span(input: &DeriveInput, attr: &ResourceAttr) -> Span {
    attr.kind.as_ref().map_or_else(|| input.ident.span(), LitStr::span)
}

fn kind(input: &DeriveInput, attr: &ResourceAttr, errors: &mut Errors) -> Option<String> {
    let kind = attr.kind.as_ref().map_or_else(|| input.ident.unraw().to_string(), LitStr::value);
    if name::is_kind(&kind) {
        return Some(kind);
    }
    note(errors, kind_span(input, attr), message::bad_kind(&kind, &name::to_kind(&kind)));
    None
}

fn plural(input: &DeriveInput, attr: &ResourceAttr, kind: &str, errors: &mut Errors) -> Option<String> {
    match name::plural(kind) {
        Ok(plural) => Some(plural),
        Err(guess) => {
            note(errors, kind_span(input, attr), message::plural_needed(kind, &guess));
            None
        }
    }
}

fn group(literal: &LitStr, errors: &mut Errors) -> String {
    let group = literal.value();
    if !name::is_group(&group) {
        note(errors, literal.span(), message::bad_group(&group, &name::to_group(&group)));
    } else if let Some(domain) = name::protected_domain(&group) {
        note(errors, literal.span(), message::protected_group(domain));
    }
    group
}

fn version(literal: &LitStr, errors: &mut Errors) -> String {
    let version = literal.value();
    if !name::is_version(&version) {
        note(errors, literal.span(), message::bad_version(&version, &name::to_version(&version)));
    }
    version
}

fn label(what: &str, literal: &LitStr, errors: &mut Errors) -> String {
    let label = literal.value();
    if !name::is_label(&label) {
        note(errors, literal.span(), message::bad_name(what, &label, &name::to_label(&label)));
    }
    label
}

fn labels(what: &str, literals: &[LitStr], errors: &mut Errors) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for literal in literals {
        let name = label(what, literal, errors);
        if labels.contains(&name) {
            note(errors, literal.span(), message::duplicate_name(what, &name));
        }
        labels.push(name);
    }
    labels
}
