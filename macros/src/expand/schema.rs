//! `impl Schema`, for nested types and for the root alike.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::ext::IdentExt;

use crate::expand::check::checks;
use crate::expand::recursion::{levels, replace, uses_itself};
use crate::expand::rules::rules;
use crate::expand::scalar::scalar_traits;
use crate::model::{
    Content, DefaultModel, FieldModel, SchemaModel, ShapeModel, Source, Tagging, VariantModel, is_option,
};
use crate::parse::{CelRule, DefaultFrom};

/// Everything that `#[derive(Schema)]` writes.
pub(crate) fn expand(model: &SchemaModel<'_>) -> TokenStream {
    let krate = &model.krate;
    let (implementation, scalar) = (implementation(model, &[], &node_of), scalar_traits(model));
    quote! {
        const _: () = {
            use #krate as __kubist;
            #implementation
            #scalar
        };
    }
}

/// The impl and its checks, inside a block that knows `__kubist`. A root has its rules in another attribute.
pub(super) fn implementation(
    model: &SchemaModel<'_>,
    of_root: &[CelRule],
    node_of: NodeOf<'_>,
) -> TokenStream {
    let ident = model.ident;
    let (levels, node) = match uses_itself(model) {
        Some(recursion) => levels(model, recursion),
        None => (TokenStream::new(), node(model, of_root, node_of)),
    };
    let (impl_generics, type_generics, where_clause) = model.generics.split_for_impl();
    let bounds = model.generics.type_params().map(|parameter| &parameter.ident);
    let predicates = where_clause.map(|clause| clause.predicates.iter()).into_iter().flatten();
    let bounded = model.generics.type_params().next().is_some() || where_clause.is_some();
    let where_clause = bounded.then(|| quote!(where #(#bounds: __kubist::schema::Schema,)* #(#predicates,)*));
    let checks = checks(model);
    quote! {
        #levels
        #[automatically_derived]
        impl #impl_generics __kubist::schema::Schema for #ident #type_generics #where_clause {
            const SCHEMA: &'static __kubist::schema::Node = #node;
        }
        #checks
    }
}

/// Says which schema a field has.
pub(super) type NodeOf<'a> = &'a dyn Fn(&FieldModel<'_>) -> TokenStream;

/// A reference to the schema of a type.
pub(super) fn node(model: &SchemaModel<'_>, of_root: &[CelRule], node_of: NodeOf<'_>) -> TokenStream {
    let name = model.ident.unraw().to_string();
    let describe = describe(&documentation(model));
    let own = rules(&model.rules, &model.groups, false).or_else(|| {
        let cel = super::rules::cel(of_root)?;
        Some(quote!(__kubist::schema::Rules::new() #cel))
    });
    let demands = own.as_ref().map(|rules| quote!(.rules(&#rules)));
    let schema = quote!(__kubist::schema);
    match &model.shape {
        ShapeModel::Struct(fields) => {
            let object = object(model, &name, fields, node_of);
            let keys = keys(fields);
            quote!(&#object #describe #demands #keys)
        }
        ShapeModel::Newtype(field) => refined(&node_of(field), own.as_ref(), field, &describe),
        ShapeModel::Delegate(ty) => {
            let inner = quote!(<#ty as #schema::Schema>::SCHEMA);
            let demands = own.map(|rules| quote!(.rules(const { &#rules.on(#inner.rules) })));
            quote!(&#inner #describe #demands)
        }
        ShapeModel::Tuple(fields) => {
            let nodes = fields.iter().map(node_of);
            quote!(&#schema::Node::new(#schema::Shape::Tuple(&[#(#nodes),*])) #describe #demands)
        }
        ShapeModel::Names { open: true, .. } => {
            quote!(&#schema::Node::new(#schema::Shape::String) #describe #demands)
        }
        ShapeModel::Names { variants, .. } => {
            let names = variants.iter().map(|variant| &variant.json);
            quote!(&#schema::Node::one_of(&[#(#names),*]) #describe #demands)
        }
        ShapeModel::Integers(variants) => {
            let ident = model.ident;
            let numbers = variants.iter().map(|variant| quote!(#ident::#variant as i64));
            quote!(&#schema::Node::new(#schema::Shape::IntegerEnum(&[#(#numbers),*])) #describe #demands)
        }
        ShapeModel::Union(tagging, variants) => {
            let union = union(model, tagging, variants, node_of);
            quote!(&#schema::Node::new(#schema::Shape::Union(&#union)) #describe #demands)
        }
    }
}

/// The schema of a newtype: that of its value, with its own docs and with rules of both.
fn refined(
    inner: &TokenStream,
    of_type: Option<&TokenStream>,
    field: &FieldModel<'_>,
    describe: &TokenStream,
) -> TokenStream {
    let of_field = rules(&field.rules, &[], field.immutable);
    let below = match of_field {
        Some(rules) => quote!(const { &#rules.on(#inner.rules) }),
        None => quote!(#inner.rules),
    };
    let demands = match of_type {
        Some(rules) => quote!(.rules(const { &#rules.on(#below) })),
        None if field.rules.is_empty() => TokenStream::new(),
        None => quote!(.rules(#below)),
    };
    if describe.is_empty() && demands.is_empty() {
        return inner.clone();
    }
    // A copy of the inner node, with more said about it.
    quote!(const { &(*#inner) #describe #demands })
}

fn object(
    model: &SchemaModel<'_>,
    name: &str,
    fields: &[FieldModel<'_>],
    node_of: NodeOf<'_>,
) -> TokenStream {
    let entries = fields.iter().map(|field| entry(model, field, node_of));
    quote!(__kubist::schema::Node::object(#name, &[#(#entries),*]))
}

fn keys(fields: &[FieldModel<'_>]) -> Option<TokenStream> {
    let keys: Vec<_> = fields
        .iter()
        .filter(|field| field.key.is_some())
        .map(|field| field.ident.unraw().to_string())
        .collect();
    (!keys.is_empty()).then(|| quote!(.keys(&[#(#keys),*])))
}

/// The docs of the type. Those of plain names have no place of their own in a schema.
fn documentation(model: &SchemaModel<'_>) -> String {
    let ShapeModel::Names { variants, open } = &model.shape else { return model.docs.clone() };
    if !open && variants.iter().all(|variant| variant.docs.is_empty()) {
        return model.docs.clone();
    }
    let mut text = model.docs.clone();
    for variant in variants.iter().filter(|variant| !variant.other) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("- `{}`", variant.json));
        if !variant.docs.is_empty() {
            text.push_str(&format!(": {}", variant.docs));
        }
    }
    text
}

fn describe(docs: &str) -> TokenStream {
    if docs.is_empty() { TokenStream::new() } else { quote!(.describe(#docs)) }
}

fn union(
    model: &SchemaModel<'_>,
    tagging: &Tagging,
    variants: &[VariantModel<'_>],
    node_of: NodeOf<'_>,
) -> TokenStream {
    let name = model.ident.unraw().to_string();
    let tagging = match tagging {
        Tagging::External => quote!(External),
        Tagging::Internal(tag) => quote!(Internal(#tag)),
        Tagging::Adjacent(tag, content) => quote!(Adjacent(#tag, #content)),
        Tagging::Untagged => quote!(Untagged),
    };
    let open = variants.iter().any(|variant| variant.other).then(|| quote!(.open()));
    let variants = variants.iter().filter(|variant| !variant.other).map(|variant| {
        let (json, describe) = (&variant.json, describe(&variant.docs));
        let content = match &variant.content {
            Content::Unit => return quote!(__kubist::schema::Variant::unit(#json) #describe),
            Content::Struct(fields) => {
                let object = object(model, &variant.ident.unraw().to_string(), fields, node_of);
                quote!(&#object)
            }
            Content::Value(field) => refined(&node_of(field), None, field, &TokenStream::new()),
            Content::Tuple(fields) => {
                let nodes = fields.iter().map(node_of);
                quote!(&__kubist::schema::Node::new(__kubist::schema::Shape::Tuple(&[#(#nodes),*])))
            }
        };
        quote!(__kubist::schema::Variant::new(#json, #content) #describe)
    });
    quote!(__kubist::schema::Union::new(#name, __kubist::schema::Tagging::#tagging, &[#(#variants),*]) #open)
}

/// The schema of a field, a reference.
pub(super) fn node_of(field: &FieldModel<'_>) -> TokenStream {
    let ty = field.ty;
    node_as(field, &quote!(#ty))
}

/// The schema of a field of a root. Inside of another object, metadata are only what an author writes.
pub(super) fn node_of_root(field: &FieldModel<'_>) -> TokenStream {
    if field.ident == "metadata" { quote!(__kubist::schema::OBJECT_META) } else { node_of(field) }
}

/// The schema of a field as if it had another type.
pub(super) fn node_as(field: &FieldModel<'_>, ty: &TokenStream) -> TokenStream {
    let optional = field.is_option().then(|| quote!(.optional()));
    let inner = match &field.source {
        Source::Type => return quote!(<#ty as __kubist::schema::Schema>::SCHEMA),
        Source::With(ty) if optional.is_none() || is_option(ty) => {
            return quote!(<#ty as __kubist::schema::Schema>::SCHEMA);
        }
        Source::With(ty) => quote!(<#ty as __kubist::schema::Schema>::SCHEMA),
        Source::Schemaless => quote!(__kubist::schema::Node::new(__kubist::schema::Shape::Any)),
        Source::Schemars => quote!(__kubist::schema::Node::of_schemars::<#ty>()),
    };
    quote!(const { &#inner #optional })
}

fn entry(model: &SchemaModel<'_>, field: &FieldModel<'_>, node_of: NodeOf<'_>) -> TokenStream {
    let (node, json) = (node_of(field), &field.json);
    let rust = field.ident.unraw().to_string();
    let describe = describe(&field.docs);
    let default = field.default.as_ref().map(|default| default_of(model, field, default));
    let optional = field.write_only.then(|| quote!(.optional()));
    let flatten = field.flatten.then(|| quote!(.flatten()));
    let demands = rules(&field.rules, &[], field.immutable).map(|rules| quote!(.rules(&#rules)));
    quote!(__kubist::schema::Field::new(#rust, #json, #node) #describe #default #optional #flatten #demands)
}

fn default_of(model: &SchemaModel<'_>, field: &FieldModel<'_>, default: &DefaultModel) -> TokenStream {
    let ident = &field.ident;
    let (_, container, _) = model.generics.split_for_impl();
    let owner = model.ident;
    // A level of a type that contains itself is a type of its own, which `Self` would be there.
    let ty = match field.recursion {
        Some(_) => replace(field.ty.to_token_stream(), owner, owner),
        None => field.ty.to_token_stream(),
    };
    // serde's derive judges the type of the value; a second opinion would be a second error.
    let value = match default {
        DefaultModel::Field(DefaultFrom::Trait) => quote!(<#ty as ::core::default::Default>::default()),
        DefaultModel::Field(DefaultFrom::Function(function)) => quote!(#function()),
        DefaultModel::Container(DefaultFrom::Trait) => {
            quote!(<#owner #container as ::core::default::Default>::default().#ident)
        }
        DefaultModel::Container(DefaultFrom::Function(function)) => quote!(#function().#ident),
    };
    match &field.source {
        Source::Type => quote!(.default(|| __kubist::schema::default_value(&#value))),
        // How the value is written is known to serde's attribute alone.
        Source::With(_) | Source::Schemaless | Source::Schemars => {
            quote!(.default(|| ::core::option::Option::None))
        }
    }
}
