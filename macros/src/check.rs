//! Rules about two or more things at once: the third stage.

use kubist_structural::cel::escape;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use quote::ToTokens;

use crate::key;
use crate::message;
use crate::model::{
    Content, FieldModel, SchemaModel, ShapeModel, Source, Tagging, VariantModel, last_segment,
};
use crate::parse::{Deprecated, EntryValue, Group, Index, ListType, ResourceAttr, Rules};

type Errors = darling::error::Accumulator;

fn note(errors: &mut Errors, span: Span, text: String) {
    errors.push(syn::Error::new(span, text).into());
}

/// The rules for a type with a schema.
pub(crate) fn schema(model: &SchemaModel<'_>, errors: &mut Errors) {
    match &model.shape {
        ShapeModel::Struct(fields) => fields_have_names_of_their_own(fields, errors),
        ShapeModel::Names { variants, .. } | ShapeModel::Union(_, variants) => {
            variants_have_names_of_their_own(variants, errors);
        }
        ShapeModel::Newtype(_) | ShapeModel::Tuple(_) | ShapeModel::Delegate(_) | ShapeModel::Integers(_) => {
        }
    }
    if let ShapeModel::Union(tagging, variants) = &model.shape {
        variants_can_be_told_apart(tagging, variants, errors);
    }
    for field in model.all_fields() {
        bounds_leave_a_value(&field.rules, errors);
        what_is_left_out_can_be_absent(field, errors);
        what_is_immutable_can_be_kept(field, errors);
    }
    bounds_leave_a_value(&model.rules, errors);
    for rules in model.all_fields().into_iter().map(|field| &field.rules).chain([&model.rules]) {
        keys_are_different(rules, errors);
    }
    for group in &model.groups {
        group_members_can_be_counted(model, group, errors);
    }
}

fn fields_have_names_of_their_own(fields: &[FieldModel<'_>], errors: &mut Errors) {
    for (at, field) in fields.iter().enumerate() {
        if !field.flatten && fields[..at].iter().any(|other| !other.flatten && other.json == field.json) {
            note(errors, field.json_span, message::duplicate_json_name(&field.json));
        }
    }
}

fn variants_have_names_of_their_own(variants: &[VariantModel<'_>], errors: &mut Errors) {
    for (at, variant) in variants.iter().enumerate() {
        if variants[..at].iter().any(|other| other.json == variant.json) {
            note(errors, variant.json_span, message::duplicate_variant_name(&variant.json));
        }
        if let Content::Struct(fields) = &variant.content {
            fields_have_names_of_their_own(fields, errors);
        }
    }
}

/// What one schema cannot say, as far as the tokens show it; the compiler sees the rest.
fn variants_can_be_told_apart(tagging: &Tagging, variants: &[VariantModel<'_>], errors: &mut Errors) {
    if matches!(tagging, Tagging::External) {
        for variant in variants.iter().filter(|variant| !variant.other) {
            if let Content::Unit = variant.content {
                let data = variants.iter().find(|other| !matches!(other.content, Content::Unit));
                let data = data.map(|variant| variant.ident.to_string()).unwrap_or_default();
                let text = message::unit_among_data(&variant.ident.to_string(), &data);
                note(errors, variant.ident.span(), text);
            }
        }
        return;
    }
    for (at, variant) in variants.iter().enumerate() {
        for field in struct_fields(variant) {
            let clash = variants[..at].iter().find_map(|before| {
                let same = struct_fields(before).iter().find(|other| other.json == field.json)?;
                (bare(same.ty) != bare(field.ty)).then(|| (before, bare(same.ty)))
            });
            if let Some((before, ty)) = clash {
                let (first, second) = (before.ident.to_string(), variant.ident.to_string());
                let text = message::variants_disagree(&field.json, &ty, &first, &bare(field.ty), &second);
                note(errors, field.ty.span(), text);
            }
        }
    }
}

/// Whether serde's derive refuses the type by itself: a tag beside fields without names, or beside a field of its name.
/// It cannot be kept from saying so, and says enough; a message of ours would be the second for one mistake.
pub(crate) fn is_refused_by_serde(model: &SchemaModel<'_>) -> bool {
    let ShapeModel::Union(Tagging::Internal(tag), variants) = &model.shape else { return false };
    variants.iter().any(|variant| {
        matches!(variant.content, Content::Tuple(_))
            || struct_fields(variant).iter().any(|field| field.json == tag.value())
    })
}

fn struct_fields<'m, 'a>(variant: &'m VariantModel<'a>) -> &'m [FieldModel<'a>] {
    match &variant.content {
        Content::Struct(fields) => fields,
        Content::Unit | Content::Value(_) | Content::Tuple(_) => &[],
    }
}

/// A type as it is written, without an `Option` around it.
fn bare(ty: &syn::Type) -> String {
    let text = ty.to_token_stream().to_string().replace(' ', "");
    match text.strip_prefix("Option<").and_then(|inner| inner.strip_suffix('>')) {
        Some(inner) => inner.to_owned(),
        None => text,
    }
}

/// The pairs of a lower and an upper bound.
const BOUNDS: [(&str, &str); 7] = [
    ("minimum", "maximum"),
    ("exclusive_minimum", "exclusive_maximum"),
    ("minimum", "exclusive_maximum"),
    ("exclusive_minimum", "maximum"),
    ("min_length", "max_length"),
    ("min_items", "max_items"),
    ("min_properties", "max_properties"),
];

fn bounds_leave_a_value(rules: &Rules, errors: &mut Errors) {
    for (lower, upper) in BOUNDS {
        let (Some(least), Some(greatest)) = (number_of(rules, lower), number_of(rules, upper)) else {
            continue;
        };
        if least.value > greatest.value {
            let text = message::minimum_above_maximum(lower, &least.text, upper, &greatest.text);
            note(errors, greatest.span, text);
        }
    }
    if let Some(bound) = rules.bound("multiple_of")
        && bound.value <= 0.0
    {
        note(errors, bound.span, message::multiple_of_nothing());
    }
    for (one, other) in [("minimum", "exclusive_minimum"), ("maximum", "exclusive_maximum")] {
        if let (Some(_), Some(second)) = (rules.entry(one), rules.entry(other)) {
            note(errors, second.key.span(), message::exclusive_schema_keys(one, other));
        }
    }
    if let Some((_, elements)) = &rules.elements {
        bounds_leave_a_value(elements, errors);
    }
}

fn keys_are_different(rules: &Rules, errors: &mut Errors) {
    let Some(EntryValue::List(ListType::Map(keys))) = rules.entry("list").map(|entry| &entry.value) else {
        return;
    };
    for (at, key) in keys.iter().enumerate() {
        if keys[..at].contains(key) {
            note(errors, key.span(), message::duplicate_name("key", &key.unraw().to_string()));
        }
    }
}

/// A bound as it was written.
struct Written {
    value: f64,
    text: String,
    span: Span,
}

fn number_of(rules: &Rules, key: &str) -> Option<Written> {
    let entry = rules.entry(key)?;
    match &entry.value {
        EntryValue::Number(bound) => {
            Some(Written { value: bound.value, text: bound.text.clone(), span: bound.span })
        }
        #[expect(clippy::cast_precision_loss, reason = "only compared with another of its kind")]
        EntryValue::Count(count) => {
            Some(Written { value: *count as f64, text: count.to_string(), span: entry.key.span() })
        }
        _ => None,
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

/// That an optional field stays is a rule of its struct, which reads it by its name.
fn what_is_immutable_can_be_kept(field: &FieldModel<'_>, errors: &mut Errors) {
    if field.immutable && field.is_option() && escape(&field.json).is_none() {
        note(errors, field.json_span, message::immutable_is_unreadable(&field.json));
    }
}

fn group_members_can_be_counted(model: &SchemaModel<'_>, group: &Group, errors: &mut Errors) {
    for name in &group.names {
        let rust = name.unraw().to_string();
        let Some(field) = model.fields().iter().find(|field| field.ident.unraw() == rust) else {
            let known: Vec<String> =
                model.fields().iter().map(|field| field.ident.unraw().to_string()).collect();
            let owner = model.ident.to_string();
            let text = match key::nearest_of(&rust, &known) {
                Some(nearest) => message::no_such_field_near(&rust, &owner, nearest),
                None => message::no_such_field(&rust, &owner),
            };
            note(errors, name.span(), text);
            continue;
        };
        if !field.is_option() {
            note(errors, name.span(), message::group_member_is_required(&rust));
        }
        if escape(&field.json).is_none() {
            note(errors, name.span(), message::group_member_is_unreadable(&rust, &field.json));
        }
    }
}

/// The rules for a root struct.
pub(crate) fn root(model: &SchemaModel<'_>, attr: &ResourceAttr, errors: &mut Errors) {
    schema(model, errors);
    metadata_is_object_meta(model, errors);
    definition(attr, errors);
    for field in model.fields() {
        if let Some(at) = changed_by_serde(field).filter(|_| attr.serde_manual.is_none()) {
            note(errors, at, message::serde_on_the_root());
        }
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
        if attr.indexes[..at].iter().any(|other| upper(other) == upper(index)) {
            note(errors, index.name.span(), message::duplicate_name("index", &index.name.to_string()));
        }
    }
}

/// `Resource` on the spec instead of the whole object, as other derives want it.
pub(crate) fn is_on_the_spec(input: &syn::DeriveInput) -> Option<syn::Error> {
    let syn::Data::Struct(data) = &input.data else { return None };
    let syn::Fields::Named(fields) = &data.fields else { return None };
    let has =
        |name: &str| fields.named.iter().any(|field| field.ident.as_ref().is_some_and(|ident| ident == name));
    let spec = input.ident.to_string();
    let root = spec.strip_suffix("Spec").filter(|root| !root.is_empty())?;
    let text = message::resource_on_the_spec(&spec, root);
    (!has("metadata") && !has("spec")).then(|| syn::Error::new(input.ident.span(), text))
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

/// The derive reads and writes the fields of a root itself.
fn changed_by_serde(field: &FieldModel<'_>) -> Option<Span> {
    let changes = field.flatten || !matches!(field.source, Source::Type);
    changes.then(|| field.ident.span())
}

/// The API server's limits on what a definition says.
fn definition(attr: &ResourceAttr, errors: &mut Errors) {
    if let Some(Deprecated::Warning(text)) = &attr.deprecated {
        let warning = text.value();
        let printable = warning.chars().all(|c| !c.is_control() && !is_invisible(c));
        if warning.is_empty() {
            note(errors, text.span(), message::deprecation_warning("must not be empty"));
        } else if warning.len() > 256 {
            note(errors, text.span(), message::deprecation_warning("must not be longer than 256 bytes"));
        } else if !printable {
            note(errors, text.span(), message::deprecation_warning("must be printable and on one line"));
        }
    }
    for (at, field) in attr.selectable.iter().enumerate() {
        let path = field.path.to_string();
        if path == "metadata" || path.starts_with("metadata.") {
            note(errors, field.path.start(), message::selectable_metadata());
        }
        if at >= 8 {
            note(errors, field.name.span(), message::too_many_selectable());
        }
        let before = &attr.selectable[..at];
        if before.iter().any(|other| upper(other) == upper(field) || other.path.to_string() == path) {
            let text = message::duplicate_name("selectable field", &field.name.to_string());
            note(errors, field.name.span(), text);
        }
    }
    for (at, column) in attr.columns.iter().enumerate() {
        if attr.columns[..at].iter().any(|other| other.name.value() == column.name.value()) {
            note(errors, column.name.span(), message::column_twice(&column.name.value()));
        }
    }
    for (at, method) in attr.methods.iter().enumerate() {
        if attr.methods[..at].iter().any(|other| other.name == method.name) {
            note(errors, method.name.span(), message::duplicate_name("method", &method.name.to_string()));
        }
    }
    let choices = [
        attr.verbs.as_ref().and_then(|verbs| verbs.first()).map(syn::Ident::span),
        attr.skip_verbs.as_ref().and_then(|verbs| verbs.first()).map(syn::Ident::span),
        attr.read_only.as_ref().map(syn::Ident::span),
    ];
    if let Some(second) = choices.into_iter().flatten().nth(1) {
        note(errors, second, message::verbs_twice());
    }
}

/// Unicode's characters without a form, which the API server refuses.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The constant is in upper case.
fn upper(index: &Index) -> String {
    index.name.unraw().to_string().to_uppercase()
}
