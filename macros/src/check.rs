//! Rules about two or more things at once: the third stage.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use crate::message;
use crate::model::{FieldModel, SchemaModel, ShapeModel, VariantModel, last_segment};
use crate::parse::{Index, ResourceAttr};

type Errors = darling::error::Accumulator;

fn note(errors: &mut Errors, span: Span, text: String) {
    errors.push(syn::Error::new(span, text).into());
}

/// The rules for a type with a schema.
pub(crate) fn schema(model: &SchemaModel<'_>, errors: &mut Errors) {
    let fields = match &model.shape {
        ShapeModel::Struct(fields) => fields,
        ShapeModel::Enum(variants) => return variants_have_names_of_their_own(variants, errors),
    };
    for (at, field) in fields.iter().enumerate() {
        if fields[..at].iter().any(|other| other.json == field.json) {
            note(errors, field.json_span, message::duplicate_json_name(&field.json));
        }
        bounds_leave_a_value(field, errors);
        what_is_left_out_can_be_absent(field, errors);
    }
}

fn variants_have_names_of_their_own(variants: &[VariantModel<'_>], errors: &mut Errors) {
    for (at, variant) in variants.iter().enumerate() {
        if variants[..at].iter().any(|other| other.json == variant.json) {
            note(errors, variant.json_span, message::duplicate_variant_name(&variant.json));
        }
    }
}

fn bounds_leave_a_value(field: &FieldModel<'_>, errors: &mut Errors) {
    if let (Some(minimum), Some(maximum)) = (&field.minimum, &field.maximum)
        && minimum.value > maximum.value
    {
        note(errors, maximum.span, message::minimum_above_maximum(&minimum.text, &maximum.text));
    }
}

/// A field that this client leaves out must not be required, or its own writes are refused.
fn what_is_left_out_can_be_absent(field: &FieldModel<'_>, errors: &mut Errors) {
    if let Some(condition) = &field.skip_serializing_if
        && field.default.is_none()
        && !field.is_option()
    {
        let span = condition.path.segments[0].ident.span();
        note(errors, span, message::skipped_required(&field.ident.to_string()));
    }
}

/// The rules for a root struct.
pub(crate) fn root(model: &SchemaModel<'_>, attr: &ResourceAttr, errors: &mut Errors) {
    schema(model, errors);
    metadata_is_object_meta(model, errors);
    for field in model.fields() {
        if matches!(field.json.as_str(), "apiVersion" | "kind") {
            note(errors, field.json_span, message::reserved_field(&field.json));
        }
        let rust = field.ident.unraw().to_string();
        if matches!(rust.as_str(), "metadata" | "status") && field.json != rust {
            note(errors, field.json_span, message::renamed_field(&rust));
        }
    }
    match (model.field("status"), &attr.scale) {
        (Some(status), _) if !status.is_option() => {
            note(errors, status.ty.span(), message::status_is_not_optional());
        }
        (None, Some(scale)) => note(errors, scale.key.span(), message::scale_needs_status()),
        (Some(_), _) | (None, None) => {}
    }
    for (at, index) in attr.indexes.iter().enumerate() {
        // The constant is in upper case.
        let upper = |index: &Index| index.name.unraw().to_string().to_uppercase();
        if attr.indexes[..at].iter().any(|other| upper(other) == upper(index)) {
            note(errors, index.name.span(), message::duplicate_name("index", &index.name.to_string()));
        }
    }
}

fn metadata_is_object_meta(model: &SchemaModel<'_>, errors: &mut Errors) {
    match model.field("metadata") {
        None if model.fields().iter().any(|field| field.ident == "metadata") => {}
        None => note(errors, model.ident.span(), message::missing_metadata(&model.ident.to_string())),
        Some(metadata) if last_segment(metadata.ty).is_none_or(|segment| segment.ident != "ObjectMeta") => {
            note(errors, metadata.ty.span(), message::metadata_of_another_type());
        }
        Some(_) => {}
    }
}
