//! The fields of a root struct, each with its type judged in one place.

use proc_macro2::TokenStream;
use quote::quote;

use crate::expand::schema::node_of_root;
use crate::model::{FieldModel, ResourceModel, Source, last_segment};

/// The number of a field that is read, written and described through `HasPart`. serde's attributes would see another
/// type there, so a field with them has none; nor has `metadata`, whose type is known.
pub(super) fn number_of(model: &ResourceModel<'_>, field: &FieldModel<'_>) -> Option<usize> {
    let plain = field.serde.is_empty() && field.default.is_none() && matches!(field.source, Source::Type);
    let part = plain && field.json != "metadata" && !model.serde_manual;
    model.schema.fields().iter().position(|other| other.ident == field.ident).filter(|_| part)
}

/// The impls of `HasPart`.
pub(super) fn parts(model: &ResourceModel<'_>) -> TokenStream {
    let ident = model.schema.ident;
    let part = |field: &FieldModel<'_>| {
        let number = number_of(model, field)?;
        let (name, ty) = (&field.ident, part_type(field));
        let value = if field.is_option() {
            quote!(::core::option::Option::as_ref(&self.#name))
        } else {
            quote!(::core::option::Option::Some(&self.#name))
        };
        Some(quote! {
            #[automatically_derived]
            impl __kubist::resource::HasPart<#number> for #ident {
                type Part = #ty;
                fn part(&self) -> ::core::option::Option<&Self::Part> {
                    #value
                }
            }
        })
    };
    model.schema.fields().iter().filter_map(part).collect()
}

/// The type of a field, without an `Option` around it.
fn part_type(field: &FieldModel<'_>) -> TokenStream {
    let ty = field.ty;
    if field.is_option()
        && let Some(segment) = last_segment(ty)
        && let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments
        && let Some(syn::GenericArgument::Type(inner)) = arguments.args.first()
    {
        return quote!(#inner);
    }
    quote!(#ty)
}

/// The schema of a field of a root, a reference.
pub(super) fn node_of_part(model: &ResourceModel<'_>, field: &FieldModel<'_>) -> TokenStream {
    let node = inner_node(model, field);
    let optional = number_of(model, field).is_some() && field.is_option();
    if optional { quote!(const { &(*#node).optional() }) } else { node }
}

/// The same, whether the field may be absent or not.
pub(super) fn inner_node(model: &ResourceModel<'_>, field: &FieldModel<'_>) -> TokenStream {
    let ident = model.schema.ident;
    match number_of(model, field) {
        Some(number) => quote!(__kubist::resource::part_schema::<#ident, #number>()),
        None => node_of_root(field),
    }
}
