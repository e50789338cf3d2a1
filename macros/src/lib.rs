//! The derives of `kubist`. Use them through that crate: `use kubist::prelude::*;`.
//!
#![doc = include_str!("../docs/messages.md")]

mod apply;
mod check;
mod crd;
mod expand;
#[cfg(test)]
mod fuzz_tests;
mod home;
mod key;
mod lower;
mod message;
mod model;
mod name;
mod parse;
mod rule;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use syn::{DeriveInput, parse_macro_input};

use crate::model::ResourceModel;
use crate::parse::{ResourceAttr, is_unreadable_serde};

#[doc = include_str!("../docs/resource.md")]
#[proc_macro_derive(Resource, attributes(resource, schema, serde))]
pub fn derive_resource(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    resource(&parse_macro_input!(input as DeriveInput)).into()
}

#[doc = include_str!("../docs/schema.md")]
#[proc_macro_derive(Schema, attributes(schema, serde))]
pub fn derive_schema(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    schema(&parse_macro_input!(input as DeriveInput)).into()
}

/// Gives a type its apply type: `WebsiteApply` for `Website`, where every field is optional and what was not set is
/// not sent.
///
/// On the root of a kind and on its nested types, beside `Resource` and `Schema`, whose attributes it follows. Every
/// field that is not one of the exceptions below may be set with a method of its name, and is a field of the apply type:
/// `Option` of the part of its type.
///
/// | field | in the apply type |
/// | --- | --- |
/// | `#[schema(key)]`, by which the items of a list are told apart | always there: an argument of `new` |
/// | a list without keys, or `#[schema(list = atomic)]`, `#[schema(list = set)]` | the whole list |
/// | `#[schema(map = atomic)]` on a field or type; an enum; a newtype | the whole value |
/// | `#[schema(with = …)]`, `schemaless`, `schemars` | the whole value |
/// | `status` of the root | not there: `WebsiteStatusApply` is given to `apply_status` |
/// | `metadata` of the root | `ObjectMeta`, with the name given to `new`; `label` and `annotation` set one |
/// | `#[serde(skip)]` | not there |
///
/// `WebsiteApply::extract(&site, "manager")` and `extract_status` give back what a field manager has applied.
#[proc_macro_derive(Apply, attributes(resource, schema, serde))]
pub fn derive_apply(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    apply::derive(&parse_macro_input!(input as DeriveInput)).into()
}

/// A part of a struct, checked by the compiler against the struct itself: also of the built-in kinds, for which nothing
/// is generated.
///
/// `apply!(Deployment { spec: { replicas: 3 } })` is a `Partial<Deployment>` that holds one field. It reads as a value of
/// the struct would, with these differences: a field that is left out is not sent; `Option` and `Box` are not written; the
/// type of a nested struct is not named.
///
/// | written | for |
/// | --- | --- |
/// | `replicas: 3`, `image: image`, `image` | a value; `None` leaves the field out, `"text"` does for a `String`, a `Quantity`, an `IntOrString` |
/// | `spec: { … }` | a struct |
/// | `containers: [ { … }, other ]` | a list |
/// | `labels: { "app": name, (key): "b" }` | a map; a key that is no literal stands in parentheses |
/// | `..base` | every field of another part or a whole struct, set first; in a list or map, what an iterator gives |
///
/// An expression that begins with a brace stands in parentheses.
///
/// The names and types are those of the struct in Rust, and the compiler says what is wrong with them at the name or
/// value. The items of a list need their keys. The status is a part of its own: `apply!(DeploymentStatus { … })`.
#[proc_macro]
pub fn apply(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    apply::part(input.into()).into()
}

/// `kubist::crd!`, which has the documentation.
#[doc(hidden)]
#[proc_macro]
pub fn __crd(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    crd::expand(input.into()).into()
}

fn resource(input: &DeriveInput) -> TokenStream {
    if let Some(error) = check::is_on_the_spec(input) {
        // No impls: the type has those of a nested one, from other derives.
        return error.into_compile_error();
    }
    let mut errors = darling::Error::accumulator();
    let attr = ResourceAttr::parse(&input.attrs, &mut errors);
    let fallback = expand::resource_fallback(input, &attr);
    let schema = lower::root(input, &attr, &mut errors);
    if let Some(schema) = &schema {
        check::root(schema, &attr, &mut errors);
    }
    let names = lower::names(input, &attr, &mut errors);
    match (errors.finish(), schema, names) {
        (Ok(()), Some(schema), Some(names)) => expand::resource(&ResourceModel {
            visibility: &input.vis,
            schema,
            names,
            served: attr.served.unwrap_or(true),
            storage: attr.storage.unwrap_or(true),
            verbs: lower::verbs(&attr),
            deprecated: attr.deprecated,
            annotations: attr.annotations,
            labels: attr.labels,
            scale: attr.scale,
            columns: attr.columns,
            indexes: attr.indexes,
            selectable: attr.selectable,
            rules: attr.rules,
            methods: attr.methods,
            serde_manual: attr.serde_manual.is_some(),
        }),
        (result, ..) => with_errors(result, fallback),
    }
}

fn schema(input: &DeriveInput) -> TokenStream {
    let mut errors = darling::Error::accumulator();
    let model = lower::schema(input, &mut errors);
    if let Some(model) = &model {
        check::schema(model, &mut errors);
    }
    let krate = model.as_ref().map_or_else(home::path, |model| model.krate.clone());
    match (errors.finish(), model) {
        (Ok(()), Some(model)) if check::is_refused_by_serde(&model) || is_unreadable_by_serde(input) => {
            let (schema, serde) = (expand::schema_fallback(input, &krate), expand::serde_of(input, &krate));
            quote::quote!(#schema #serde)
        }
        (Ok(()), Some(model)) => expand::schema(&model),
        (result, _) => with_errors(result, expand::schema_fallback(input, &krate)),
    }
}

/// Whether serde's derives stop at one of their attributes, and say why.
fn is_unreadable_by_serde(input: &DeriveInput) -> bool {
    let of_fields = |fields: &syn::Fields| fields.iter().any(|field| is_unreadable_serde(&field.attrs));
    is_unreadable_serde(&input.attrs)
        || match &input.data {
            syn::Data::Struct(data) => of_fields(&data.fields),
            syn::Data::Enum(data) => data.variants.iter().any(|variant| of_fields(&variant.fields)),
            syn::Data::Union(_) => false,
        }
}

fn with_errors(result: darling::Result<()>, fallback: TokenStream) -> TokenStream {
    let errors = match result {
        Err(errors) => errors.write_errors(),
        // Lowering gives no model only after noting a mistake; should that ever be wrong, say so.
        Ok(()) => {
            quote::quote!(::core::compile_error!("kubist: the derive failed without a reason; please report it");)
        }
    };
    quote::quote!(#errors #fallback)
}
