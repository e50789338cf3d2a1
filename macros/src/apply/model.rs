//! From a struct to what its apply type needs to know. Nothing is refused here: the derive of the schema beside
//! this one judges the same attributes, and one mistake is one message.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, Token, Type};

use crate::home;
use crate::model::inner_type;
use crate::parse::{Item, SerdeAttr, Value, docs, items};

/// A struct whose apply type is to be written.
pub(super) struct Model<'a> {
    pub(super) input: &'a DeriveInput,
    /// Whether it is the root of a kind.
    pub(super) root: bool,
    pub(super) krate: syn::Path,
    /// Whether it is always applied whole.
    pub(super) whole: bool,
    pub(super) fields: Vec<Field<'a>>,
}

/// One field that is part of the JSON.
pub(super) struct Field<'a> {
    pub(super) ident: &'a Ident,
    pub(super) visibility: &'a syn::Visibility,
    /// With the name of the struct in the place of `Self`, which is another in the apply type.
    pub(super) ty: Type,
    pub(super) json: String,
    pub(super) docs: String,
    pub(super) form: Form,
    /// Whether it tells the items of a list apart.
    pub(super) key: bool,
    pub(super) flatten: bool,
    /// The fields by which the items of this list are told apart.
    pub(super) keys: Vec<Ident>,
    /// serde's attributes.
    pub(super) serde: Vec<&'a Attribute>,
}

/// In which form a field is applied.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As a part.
    Part,
    /// Whole.
    Whole,
    /// Whole, as the JSON that a function of serde's attributes makes of it.
    Written,
}

impl<'a> Model<'a> {
    pub(super) fn of(input: &'a DeriveInput) -> Self {
        let mut unheard = darling::Error::accumulator();
        let container = SerdeAttr::parse(&input.attrs, &mut unheard);
        let on_type = Attrs::of(&input.attrs, "schema");
        let on_root = Attrs::of(&input.attrs, "resource");
        let fields = match &input.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(fields) => Some(&fields.named),
                Fields::Unit | Fields::Unnamed(_) => None,
            },
            Data::Enum(_) | Data::Union(_) => None,
        };
        let model = Self {
            input,
            root: input.attrs.iter().any(|attribute| attribute.path().is_ident("resource")),
            krate: on_root.krate().or_else(|| on_type.krate()).unwrap_or_else(home::path),
            whole: fields.is_none()
                || on_type.is("map", "atomic")
                || container.transparent
                || container.from.is_some()
                || container.into.is_some(),
            fields: fields
                .into_iter()
                .flatten()
                .filter_map(|field| Field::of(field, input, &container))
                .collect(),
        };
        drop(unheard.into_inner());
        model
    }

    pub(super) fn field(&self, json: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.json == json)
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| field.key)
    }
}

impl<'a> Field<'a> {
    fn of(field: &'a syn::Field, input: &DeriveInput, container: &SerdeAttr) -> Option<Self> {
        let mut unheard = darling::Error::accumulator();
        let serde = SerdeAttr::parse(&field.attrs, &mut unheard);
        drop(unheard.into_inner());
        let ident = field.ident.as_ref()?;
        if serde.skip || serde.skip_serializing.is_some() {
            return None;
        }
        let rust = ident.unraw().to_string();
        let json = match (&serde.rename, container.rename_all) {
            (Some(name), _) => name.value(),
            (None, Some(rule)) => rule.field(&rust),
            (None, None) => rust,
        };
        let schema = Attrs::of(&field.attrs, "schema");
        let form = if serde.with.is_some() {
            Form::Written
        } else if ["with", "schemaless", "schemars"].iter().any(|key| schema.has(key))
            || schema.is("list", "atomic")
            || schema.is("list", "set")
            || schema.is("map", "atomic")
        {
            Form::Whole
        } else {
            Form::Part
        };
        Some(Self {
            ident,
            visibility: &field.vis,
            ty: named(&field.ty, input),
            json,
            docs: docs(&field.attrs),
            form,
            key: schema.has("key"),
            flatten: serde.flatten.is_some(),
            keys: schema.list_keys(),
            serde: field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")).collect(),
        })
    }

    /// The type without the `Option` around it.
    pub(super) fn inner(&self) -> &Type {
        inner_type(&self.ty)
    }
}

/// A type that says the name of the struct where it said `Self`.
fn named(ty: &Type, input: &DeriveInput) -> Type {
    fn walk(tokens: TokenStream, name: &TokenStream) -> TokenStream {
        let one = |token| match token {
            TokenTree::Ident(ident) if ident == "Self" => name.clone(),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), walk(group.stream(), name));
                inner.set_span(group.span());
                inner.to_token_stream()
            }
            token => token.into(),
        };
        tokens.into_iter().flat_map(one).collect()
    }
    let (ident, (_, generics, _)) = (&input.ident, input.generics.split_for_impl());
    syn::parse2(walk(ty.to_token_stream(), &quote!(#ident #generics))).unwrap_or_else(|_| ty.clone())
}

/// The items of all attributes of one name.
struct Attrs(Vec<Item>);

impl Attrs {
    fn of(attributes: &[Attribute], name: &str) -> Self {
        let mut unheard = darling::Error::accumulator();
        let found = items(attributes, name, &mut unheard);
        drop(unheard.into_inner());
        Self(found)
    }

    fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|item| item.key == key).map(|item| &item.value)
    }

    fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// `key = value`, where the value is a name.
    fn is(&self, key: &str, value: &str) -> bool {
        matches!(self.get(key), Some(Value::Equals(found)) if matches!(&**found, syn::Expr::Path(path) if path.path.is_ident(value)))
    }

    fn krate(&self) -> Option<syn::Path> {
        match self.get("crate") {
            Some(Value::Equals(path)) => match &**path {
                syn::Expr::Path(path) => Some(path.path.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// The names in `list = map(name, port)`.
    fn list_keys(&self) -> Vec<Ident> {
        let Some(Value::Equals(list)) = self.get("list") else { return Vec::new() };
        let syn::Expr::Call(call) = &**list else { return Vec::new() };
        let names: TokenStream = {
            let names = &call.args;
            quote::quote!(#names)
        };
        let parsed = Punctuated::<Ident, Token![,]>::parse_terminated.parse2(names);
        parsed.into_iter().flatten().collect()
    }
}
