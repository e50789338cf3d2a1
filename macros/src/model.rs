//! What the derives know of a type once it has been understood: valid, with the spans of the user's tokens.

use proc_macro2::Span;
use syn::{Ident, LitStr, Type};

use crate::parse::{Bound, Column, DefaultFrom, Index, Scale, Scope};

/// A type with a schema.
pub(crate) struct SchemaModel<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a syn::Generics,
    pub(crate) docs: String,
    pub(crate) shape: ShapeModel<'a>,
    /// Fields that are not part of the JSON.
    pub(crate) skipped: Vec<&'a Ident>,
    /// serde's attributes, for the struct that decodes the root.
    pub(crate) serde: Vec<&'a syn::Attribute>,
    pub(crate) krate: syn::Path,
}

pub(crate) enum ShapeModel<'a> {
    Struct(Vec<FieldModel<'a>>),
    Enum(Vec<VariantModel<'a>>),
}

/// One field that is part of the JSON.
pub(crate) struct FieldModel<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) json: String,
    pub(crate) json_span: Span,
    pub(crate) docs: String,
    pub(crate) default: Option<DefaultModel>,
    pub(crate) skip_serializing_if: Option<syn::ExprPath>,
    pub(crate) pattern: Option<LitStr>,
    pub(crate) minimum: Option<Bound>,
    pub(crate) maximum: Option<Bound>,
    /// serde's attributes, for the struct that decodes the root.
    pub(crate) serde: Vec<&'a syn::Attribute>,
}

/// What serde fills in.
pub(crate) enum DefaultModel {
    /// The field's own default.
    Field(DefaultFrom),
    /// The field of the container's default.
    Container(DefaultFrom),
}

pub(crate) struct VariantModel<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) json: String,
    pub(crate) json_span: Span,
}

/// A root struct.
pub(crate) struct ResourceModel<'a> {
    pub(crate) visibility: &'a syn::Visibility,
    pub(crate) schema: SchemaModel<'a>,
    pub(crate) names: Names,
    pub(crate) scale: Option<Scale>,
    pub(crate) columns: Vec<Column>,
    pub(crate) indexes: Vec<Index>,
}

/// What a kind is called.
pub(crate) struct Names {
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) kind: String,
    pub(crate) plural: String,
    pub(crate) singular: String,
    pub(crate) short_names: Vec<String>,
    pub(crate) categories: Vec<String>,
    pub(crate) scope: Scope,
}

impl SchemaModel<'_> {
    pub(crate) fn fields(&self) -> &[FieldModel<'_>] {
        match &self.shape {
            ShapeModel::Struct(fields) => fields,
            ShapeModel::Enum(_) => &[],
        }
    }

    pub(crate) fn field(&self, json: &str) -> Option<&FieldModel<'_>> {
        self.fields().iter().find(|field| field.json == json)
    }
}

impl FieldModel<'_> {
    /// Whether the type is written as an `Option`.
    pub(crate) fn is_option(&self) -> bool {
        last_segment(self.ty).is_some_and(|segment| segment.ident == "Option")
    }
}

pub(crate) fn last_segment(ty: &Type) -> Option<&syn::PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}
