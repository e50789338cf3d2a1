//! What the derives know of a type once it has been understood: valid, with the spans of the user's tokens.

use proc_macro2::Span;
use syn::{Ident, LitStr, Type};

use crate::parse::{
    CelRule, Column, DefaultFrom, Deprecated, Group, Index, Method, Recursion, Rules, Scale, Scope,
};

/// A type with a schema.
pub(crate) struct SchemaModel<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a syn::Generics,
    pub(crate) docs: String,
    pub(crate) shape: ShapeModel<'a>,
    /// Rules on the type itself.
    pub(crate) rules: Rules,
    pub(crate) groups: Vec<Group>,
    /// Fields that are not part of the JSON.
    pub(crate) skipped: Vec<&'a Ident>,
    /// serde's attributes, for the struct that decodes the root.
    pub(crate) serde: Vec<&'a syn::Attribute>,
    pub(crate) krate: syn::Path,
}

pub(crate) enum ShapeModel<'a> {
    Struct(Vec<FieldModel<'a>>),
    /// One value, which stands in JSON without the struct around it.
    Newtype(Box<FieldModel<'a>>),
    /// A tuple struct.
    Tuple(Vec<FieldModel<'a>>),
    /// What another type says: serde's `from` and `into`.
    Delegate(Box<Type>),
    /// An enum of plain names. With `open` there may be others.
    Names {
        variants: Vec<VariantModel<'a>>,
        open: bool,
    },
    /// An enum that is written as its numbers.
    Integers(Vec<&'a Ident>),
    /// An enum with data.
    Union(Tagging, Vec<VariantModel<'a>>),
}

/// How the variants of an enum with data are told apart.
pub(crate) enum Tagging {
    External,
    Internal(LitStr),
    Adjacent(LitStr, LitStr),
    Untagged,
}

/// One field that is part of the JSON.
pub(crate) struct FieldModel<'a> {
    /// The name; that of a tuple's field is made up.
    pub(crate) ident: Ident,
    pub(crate) ty: &'a Type,
    pub(crate) json: String,
    pub(crate) json_span: Span,
    pub(crate) docs: String,
    pub(crate) default: Option<DefaultModel>,
    pub(crate) skip_serializing_if: Option<syn::ExprPath>,
    /// It is written, but never read.
    pub(crate) write_only: bool,
    pub(crate) flatten: bool,
    pub(crate) rules: Rules,
    pub(crate) immutable: bool,
    pub(crate) key: Option<Ident>,
    pub(crate) source: Source,
    /// The type contains itself here, and is followed so far.
    pub(crate) recursion: Option<Recursion>,
    /// serde's attributes, for the struct that decodes the root.
    pub(crate) serde: Vec<&'a syn::Attribute>,
    /// What is legal but probably not meant: a headline for the compiler's warning, and the way out.
    pub(crate) warnings: Vec<Warning>,
}

/// Where the schema of a field comes from.
pub(crate) enum Source {
    /// The field's type.
    Type,
    /// Another type.
    With(Box<Type>),
    /// Any JSON.
    Schemaless,
    /// The type's `schemars::JsonSchema`.
    Schemars,
}

/// A warning of the compiler at a token.
pub(crate) struct Warning {
    pub(crate) headline: &'static str,
    pub(crate) note: String,
    pub(crate) span: Span,
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
    pub(crate) docs: String,
    pub(crate) content: Content<'a>,
    /// It stands for all names that are not there.
    pub(crate) other: bool,
}

/// What a variant carries.
pub(crate) enum Content<'a> {
    Unit,
    Struct(Vec<FieldModel<'a>>),
    Value(Box<FieldModel<'a>>),
    Tuple(Vec<FieldModel<'a>>),
}

/// A root struct.
pub(crate) struct ResourceModel<'a> {
    pub(crate) visibility: &'a syn::Visibility,
    pub(crate) schema: SchemaModel<'a>,
    pub(crate) names: Names,
    pub(crate) served: bool,
    pub(crate) storage: bool,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) annotations: Vec<(LitStr, LitStr)>,
    pub(crate) labels: Vec<(LitStr, LitStr)>,
    pub(crate) scale: Option<Scale>,
    pub(crate) columns: Vec<Column>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) selectable: Vec<Index>,
    /// CEL rules on the whole object.
    pub(crate) rules: Vec<CelRule>,
    /// The verbs that the client has, by the names of their types in core.
    pub(crate) verbs: Vec<&'static str>,
    pub(crate) methods: Vec<Method>,
    pub(crate) serde_manual: bool,
}

/// What a kind is called.
pub(crate) struct Names {
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) kind: String,
    pub(crate) list_kind: Option<String>,
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
            _ => &[],
        }
    }

    pub(crate) fn field(&self, json: &str) -> Option<&FieldModel<'_>> {
        self.fields().iter().find(|field| field.json == json)
    }

    /// Every field, wherever it stands.
    pub(crate) fn all_fields(&self) -> Vec<&FieldModel<'_>> {
        match &self.shape {
            ShapeModel::Struct(fields) | ShapeModel::Tuple(fields) => fields.iter().collect(),
            ShapeModel::Newtype(field) => vec![field],
            ShapeModel::Names { .. } | ShapeModel::Integers(_) | ShapeModel::Delegate(_) => Vec::new(),
            ShapeModel::Union(_, variants) => variants.iter().flat_map(VariantModel::fields).collect(),
        }
    }
}

impl VariantModel<'_> {
    pub(crate) fn fields(&self) -> Vec<&FieldModel<'_>> {
        match &self.content {
            Content::Unit => Vec::new(),
            Content::Struct(fields) | Content::Tuple(fields) => fields.iter().collect(),
            Content::Value(field) => vec![field],
        }
    }
}

impl FieldModel<'_> {
    /// Whether the type is written as an `Option`.
    pub(crate) fn is_option(&self) -> bool {
        is_option(self.ty)
    }
}

/// Whether a type is written as an `Option`.
pub(crate) fn is_option(ty: &Type) -> bool {
    last_segment(ty).is_some_and(|segment| segment.ident == "Option")
}

pub(crate) fn last_segment(ty: &Type) -> Option<&syn::PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}

/// The type inside of an `Option`, or the type itself.
pub(crate) fn inner_type(ty: &Type) -> &Type {
    let option = last_segment(ty).filter(|segment| segment.ident == "Option");
    if let Some(segment) = option
        && let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments
        && let Some(syn::GenericArgument::Type(inner)) = arguments.args.first()
    {
        return inner;
    }
    ty
}
