//! What is written when there were mistakes: just enough that code which uses the type adds no second error.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::{DeriveInput, Fields};

use crate::home;
use crate::model::inner_type;
use crate::parse::{Index, ResourceAttr, Scope};

/// An empty schema.
pub(crate) fn schema(input: &DeriveInput, krate: &syn::Path) -> TokenStream {
    let ident = &input.ident;
    let name = ident.unraw().to_string();
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #krate::schema::Schema for #ident #type_generics #where_clause {
            const SCHEMA: &'static #krate::schema::Node = &#krate::schema::Node::object(#name, &[]);
        }
    }
}

/// What serde's derive would have written, had it not refused the type: the code that uses the type adds no second error.
///
/// Were there no such derive, nobody would have said what is wrong: then it is said when the code is generated.
pub(crate) fn serde_of(input: &DeriveInput, krate: &syn::Path) -> TokenStream {
    let ident = &input.ident;
    let refused =
        format!("serde's derives refuse `{ident}`: derive `Serialize` and `Deserialize` to read why");
    let mut with_lifetime = input.generics.clone();
    with_lifetime.params.insert(0, syn::parse_quote!('de));
    let (of_read, ..) = with_lifetime.split_for_impl();
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    quote! {
        const _: () = {
            use #krate as __kubist;
            #[automatically_derived]
            impl #impl_generics __kubist::serde::Serialize for #ident #type_generics #where_clause {
                fn serialize<__S: __kubist::serde::Serializer>(
                    &self,
                    _: __S,
                ) -> ::core::result::Result<__S::Ok, __S::Error> {
                    const { ::core::panic!(#refused) }
                }
            }
            #[automatically_derived]
            impl #of_read __kubist::serde::Deserialize<'de> for #ident #type_generics #where_clause {
                fn deserialize<__D: __kubist::serde::Deserializer<'de>>(
                    _: __D,
                ) -> ::core::result::Result<Self, __D::Error> {
                    const { ::core::panic!(#refused) }
                }
            }
        };
    }
}

/// The impls and items of a resource, with bodies that are never run: the errors end the compilation.
pub(crate) fn resource(input: &DeriveInput, attr: &ResourceAttr) -> TokenStream {
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let ident = &input.ident;
    let krate = attr.krate.clone().unwrap_or_else(home::path);
    let schema = schema(input, &krate);
    let markers = markers(input, attr);
    let handles = handles(ident, attr);
    let given = given(input);
    let serde = serde(ident, attr);
    let aliases = ["Api", "Informer", "Lister"].map(|suffix| {
        let alias = format_ident!("{}{suffix}", ident.unraw());
        let of = format_ident!("{}", if suffix == "Informer" { "SharedInformer" } else { suffix });
        let visibility = &input.vis;
        quote!(#[allow(non_camel_case_types)] #visibility type #alias = #krate::#of<#ident>;)
    });
    quote! {
        const _: () = {
            use #krate as __kubist;
            #serde
            impl __kubist::resource::Object for #ident {
                fn object_meta(&self) -> &__kubist::resource::ObjectMeta {
                    ::core::unreachable!()
                }
                fn object_meta_mut(&mut self) -> &mut __kubist::resource::ObjectMeta {
                    ::core::unreachable!()
                }
            }
            impl __kubist::resource::Resource for #ident {
                const META: __kubist::resource::ResourceMeta = __kubist::resource::ResourceMeta::new(
                    "example.com", "v1", "Unknown", "unknowns", __kubist::resource::Scope::Namespaced,
                );
            }
            #markers
            #schema
            impl __kubist::crd::CustomResource for #ident {}
            impl #ident {
                #handles
                pub fn new(_: impl ::core::convert::Into<::std::string::String>, #(#given),*) -> Self {
                    ::core::unreachable!()
                }
                pub fn crd() -> __kubist::crd::CustomResourceDefinition {
                    ::core::unreachable!()
                }
            }
        };
        #(#aliases)*
    }
}

/// Reading and writing, unless the user has it: a second impl would be a second mistake.
fn serde(ident: &syn::Ident, attr: &ResourceAttr) -> Option<TokenStream> {
    let manual = attr.serde_manual.is_some();
    (!manual).then(|| quote! {
        impl __kubist::serde::Serialize for #ident {
            fn serialize<S: __kubist::serde::Serializer>(&self, _: S) -> ::core::result::Result<S::Ok, S::Error> {
                ::core::unreachable!()
            }
        }
        impl<'de> __kubist::serde::Deserialize<'de> for #ident {
            fn deserialize<D: __kubist::serde::Deserializer<'de>>(_: D) -> ::core::result::Result<Self, D::Error> {
                ::core::unreachable!()
            }
        }
    })
}

/// The constants of indexes and of selectable fields, each name once.
fn handles(ident: &syn::Ident, attr: &ResourceAttr) -> TokenStream {
    let names = |fields: &[Index], prefix: &str| -> BTreeSet<_> {
        fields
            .iter()
            .map(|field| format_ident!("{prefix}{}", field.name.unraw().to_string().to_uppercase()))
            .collect()
    };
    let indexes = names(&attr.indexes, "BY_").into_iter().map(|handle| {
        quote!(pub const #handle: __kubist::resource::Index<#ident, 0> = __kubist::resource::Index::new("");)
    });
    let selectable = names(&attr.selectable, "FIELD_").into_iter().map(|handle| {
        quote! {
            pub const #handle: __kubist::resource::SelectableField<#ident> =
                __kubist::resource::SelectableField::new("");
        }
    });
    quote!(#(#indexes)* #(#selectable)*)
}

/// Every marker that may have been meant: a call must not be refused because of the mistake.
fn markers(input: &DeriveInput, attr: &ResourceAttr) -> TokenStream {
    let ident = &input.ident;
    let status = status(input);
    let namespaced = (attr.scope != Some(Scope::Cluster))
        .then(|| quote!(impl __kubist::resource::Namespaced for #ident {}));
    let cluster = (attr.scope != Some(Scope::Namespaced))
        .then(|| quote!(impl __kubist::resource::ClusterScoped for #ident {}));
    quote! {
        #namespaced
        #cluster
        impl __kubist::resource::Listable for #ident {}
        impl<V> __kubist::resource::Allows<V> for #ident {}
        impl __kubist::resource::HasStatus for #ident {}
        impl __kubist::apply::StatusOf<#status> for #ident {}
        impl __kubist::resource::HasScale for #ident {}
    }
}

/// The arguments that `new` would have.
fn given(input: &DeriveInput) -> Vec<TokenStream> {
    let syn::Data::Struct(data) = &input.data else {
        return Vec::new();
    };
    let Fields::Named(fields) = &data.fields else {
        return Vec::new();
    };
    fields
        .named
        .iter()
        .filter(|field| field.ident.as_ref().is_some_and(|ident| ident != "metadata" && ident != "status"))
        .map(|field| {
            let ty = &field.ty;
            quote!(_: #ty)
        })
        .collect()
}

/// The type that the status has, if there is one.
fn status(input: &DeriveInput) -> TokenStream {
    let fields = match &input.data {
        syn::Data::Struct(data) => Some(data.fields.iter()),
        _ => None,
    };
    let status = fields
        .into_iter()
        .flatten()
        .find(|field| field.ident.as_ref().is_some_and(|ident| ident == "status"));
    status.map_or_else(|| quote!(()), |field| inner_type(&field.ty).to_token_stream())
}
