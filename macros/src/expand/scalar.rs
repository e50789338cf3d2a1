//! What scalars are good for: keys of indexes and of maps, items of sets.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{FieldModel, SchemaModel, ShapeModel, VariantModel};
use crate::parse::EntryValue;

/// The impls that an enum of names and a newtype have besides their schema.
pub(super) fn scalar_traits(model: &SchemaModel<'_>) -> TokenStream {
    match &model.shape {
        ShapeModel::Names { variants, open } => {
            let keys = (!open).then(|| {
                let names = variants.iter().map(|variant| &variant.json);
                quote! {
                    const KEYS: ::core::option::Option<&'static [&'static str]> =
                        ::core::option::Option::Some(&[#(#names),*]);
                }
            });
            let (ident, index) = (model.ident, index_value(model, variants));
            quote! {
                #index
                impl __kubist::schema::SetItem for #ident {}
                impl __kubist::schema::MapKey for #ident { #keys }
            }
        }
        ShapeModel::Integers(_) => {
            let ident = model.ident;
            quote!(impl __kubist::schema::SetItem for #ident {})
        }
        ShapeModel::Newtype(field) if model.generics.params.is_empty() => newtype(model, field),
        _ => TokenStream::new(),
    }
}

/// A newtype is what its value is. The bound with a lifetime is judged where the impl is used: a newtype of a
/// struct is no key, which is no mistake.
fn newtype(model: &SchemaModel<'_>, field: &FieldModel<'_>) -> TokenStream {
    let (ident, ty) = (model.ident, field.ty);
    let pattern =
        [&model.rules, &field.rules].into_iter().find_map(|rules| match &rules.entry("pattern")?.value {
            EntryValue::Text(text) => Some(text),
            _ => None,
        });
    let pattern = match pattern {
        Some(pattern) => quote!(::core::option::Option::Some(#pattern)),
        None => quote!(<#ty as __kubist::schema::MapKey>::KEY_PATTERN),
    };
    quote! {
        impl __kubist::schema::SetItem for #ident where for<'__k> #ty: __kubist::schema::SetItem {}
        impl __kubist::schema::MapKey for #ident where for<'__k> #ty: __kubist::schema::MapKey {
            const KEY_PATTERN: ::core::option::Option<&'static str> = #pattern;
            const KEYS: ::core::option::Option<&'static [&'static str]> =
                <#ty as __kubist::schema::MapKey>::KEYS;
        }
    }
}

fn index_value(model: &SchemaModel<'_>, variants: &[VariantModel<'_>]) -> TokenStream {
    let ident = model.ident;
    let arms = variants.iter().map(|variant| {
        let (variant, json) = (variant.ident, &variant.json);
        quote!(Self::#variant => __kubist::resource::IndexValue::index_key(#json),)
    });
    // A variant that serde skips has no name, so nothing is indexed, and nothing is found by it.
    quote! {
        #[automatically_derived]
        impl __kubist::resource::Key<{ __kubist::schema::STRING_KEY }> for #ident {
            fn into_key(self) -> __kubist::resource::IndexKey {
                let key = __kubist::resource::IndexValue::index_key(&self);
                key.unwrap_or_else(|| __kubist::resource::Key::into_key(""))
            }
        }
        #[automatically_derived]
        impl __kubist::resource::IndexValue for #ident {
            fn index_key(&self) -> ::core::option::Option<__kubist::resource::IndexKey> {
                match self {
                    #(#arms)*
                    #[allow(unreachable_patterns)]
                    _ => ::core::option::Option::None,
                }
            }
        }
    }
}
