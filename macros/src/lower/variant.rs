//! Enums: of names, of numbers, with data.

use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{DataEnum, DeriveInput, Fields};

use crate::lower::field::{field_model, fields, json_name};
use crate::lower::{Errors, note, tuple};
use crate::message;
use crate::model::{Content, ShapeModel, Tagging, VariantModel};
use crate::parse::{SchemaAttr, SerdeAttr, docs, refuse_schema};

pub(super) fn enumeration<'a>(
    input: &'a DeriveInput,
    data: &'a DataEnum,
    attr: &SchemaAttr,
    serde: &SerdeAttr,
    errors: &mut Errors,
) -> ShapeModel<'a> {
    if data.variants.is_empty() {
        note(errors, input.ident.span(), message::no_variants(&input.ident.to_string()));
    }
    let variants: Vec<_> =
        data.variants.iter().filter_map(|variant| model(input, variant, serde, errors)).collect();
    if attr.repr.is_some() {
        for variant in variants.iter().filter(|variant| !matches!(variant.content, Content::Unit)) {
            note(errors, variant.ident.span(), message::number_with_data(&variant.ident.to_string()));
        }
        return ShapeModel::Integers(variants.iter().map(|variant| variant.ident).collect());
    }
    let tagging = match (&serde.tag, &serde.content, &serde.untagged) {
        (Some(tag), Some(content), _) => Tagging::Adjacent(tag.clone(), content.clone()),
        (Some(tag), None, _) => Tagging::Internal(tag.clone()),
        (None, _, Some(_)) => Tagging::Untagged,
        (None, _, None) => Tagging::External,
    };
    let plain = variants.iter().all(|variant| matches!(variant.content, Content::Unit));
    let open = variants.iter().any(|variant| variant.other);
    if plain && matches!(tagging, Tagging::External) {
        return ShapeModel::Names { variants, open };
    }
    ShapeModel::Union(tagging, variants)
}

fn model<'a>(
    input: &DeriveInput,
    variant: &'a syn::Variant,
    container: &SerdeAttr,
    errors: &mut Errors,
) -> Option<VariantModel<'a>> {
    let serde = SerdeAttr::parse(&variant.attrs, errors);
    refuse_schema(&variant.attrs, errors);
    if serde.skip {
        return None;
    }
    let rust = variant.ident.unraw().to_string();
    let (json, json_span) = json_name(serde.rename.as_ref(), variant.ident.span(), || {
        container.rename_all.map_or_else(|| rust.clone(), |rule| rule.variant(&rust))
    });
    if let Some(untagged) = &serde.untagged {
        note(errors, untagged.span(), message::unsupported_serde("untagged"));
    }
    if let Some(with) = &serde.with {
        note(errors, with.span(), message::unsupported_serde(&with.to_string()));
    }
    // A default of the enum is none of its variants' fields.
    let of_fields = SerdeAttr::default();
    let content = match &variant.fields {
        Fields::Unit => Content::Unit,
        Fields::Named(named) => {
            let rename_all = serde.rename_all.or(container.rename_all_fields);
            Content::Struct(fields(input, &named.named, &of_fields, rename_all, errors))
        }
        Fields::Unnamed(unnamed) if unnamed.unnamed.len() == 1 => {
            let field = &unnamed.unnamed[0];
            let ident = syn::Ident::new("field0", field.ty.span());
            Content::Value(Box::new(field_model(input, field, ident, &of_fields, None, errors)?))
        }
        Fields::Unnamed(unnamed) => Content::Tuple(tuple(input, &unnamed.unnamed, &of_fields, errors)),
    };
    Some(VariantModel {
        ident: &variant.ident,
        json,
        json_span,
        docs: docs(&variant.attrs),
        content,
        other: serde.other.is_some(),
    })
}
