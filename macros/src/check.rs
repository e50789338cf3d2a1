//! Rules about two or more things at once: the third stage.

use proc_macro2::Span;

use crate::message;
use crate::model::{FieldModel, ResourceModel, SchemaModel, ShapeModel};

type Errors = darling::error::Accumulator;

fn note(errors: &mut Errors, span: Span, text: String) {
    errors.push(syn::Error::new(span, text).into());
}

/// The rules for a type with a schema.
pub(crate) fn schema(model: &SchemaModel<'_>, errors: &mut Errors) {
    let ShapeModel::Struct(fields) = &model.shape else {
        return;
    };
    for (at, field) in fields.iter().enumerate() {
        if fields[..at].iter().any(|other| other.json == field.json) {
            note(
                errors,
                field.json_span,
                message::duplicate_json_name(&field.json),
            );
        }
        bounds_leave_a_value(field, errors);
        what_is_left_out_can_be_absent(field, errors);
    }
}

fn bounds_leave_a_value(field: &FieldModel<'_>, errors: &mut Errors) {
    if let (Some(minimum), Some(maximum)) = (&field.minimum, &field.maximum)
        && minimum.value > maximum.value
    {
        note(
            errors,
            maximum.span,
            message::minimum_above_maximum(&minimum.text, &maximum.text),
        );
    }
}

/// A field that this client leaves out must not be required, or its own writes are refused.
fn what_is_left_out_can_be_absent(field: &FieldModel<'_>, errors: &mut Errors) {
    if let Some(condition) = &field.skip_serializing_if
        && field.default.is_none()
        && !field.is_option()
    {
        let span = condition.path.segments[0].ident.span();
        note(
            errors,
            span,
            message::skipped_required(&field.ident.to_string()),
        );
    }
}

/// The rules for a root struct.
pub(crate) fn resource(model: &ResourceModel<'_>, errors: &mut Errors) {
    schema(&model.schema, errors);
    if model.field("metadata").is_none() {
        note(
            errors,
            model.schema.ident.span(),
            message::missing_metadata(&model.schema.ident.to_string()),
        );
    }
    for field in model.fields() {
        if matches!(field.json.as_str(), "apiVersion" | "kind") {
            note(
                errors,
                field.json_span,
                message::reserved_field(&field.json),
            );
        }
    }
    match model.field("status") {
        Some(status) if !status.is_option() => {
            note(
                errors,
                syn::spanned::Spanned::span(status.ty),
                message::status_is_not_optional(),
            );
        }
        Some(_) => {}
        None => {
            if let Some(scale) = &model.scale {
                note(errors, scale.key.span(), message::scale_needs_status());
            }
        }
    }
    for (at, index) in model.indexes.iter().enumerate() {
        if model.indexes[..at]
            .iter()
            .any(|other| other.name == index.name)
        {
            note(
                errors,
                index.name.span(),
                message::duplicate_name("index", &index.name.to_string()),
            );
        }
    }
}
