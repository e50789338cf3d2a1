//! The traits of an apply type. They are written out: what the derives of the standard library and of serde demand of
//! type parameters is not what is needed, and what is wrong with a field is to be said once, at the field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::expand::{Bounds, Mention, apply_name, at, config};
use super::model::{Field, Model};

/// `Clone`, `Debug`, `PartialEq`, `Serialize`, `Deserialize`, `PartOf`, and `Default` where nothing must be given.
pub(super) fn traits(model: &Model<'_>, fields: &[&Field<'_>], bounds: &Bounds<'_>) -> TokenStream {
    let name = apply_name(model);
    let (of, text) = (&model.input.ident, name.to_string());
    let (generics, names, wheres) =
        (bounds.implementation(), bounds.names(), bounds.part_where(&model.krate));
    let clones = fields.iter().map(|field| {
        let ident = field.ident;
        quote_spanned!(at(field)=> #ident: ::core::clone::Clone::clone(&self.#ident),)
    });
    let shown = fields.iter().map(|field| {
        let (ident, text) = (field.ident, field.ident.unraw().to_string());
        quote_spanned!(at(field)=> shown.field(#text, &self.#ident);)
    });
    let Mention { in_method, in_function } = Mention::of(fields);
    let default = (!model.root && model.keys().next().is_none()).then(|| {
        quote! {
            #[automatically_derived]
            impl #generics ::core::default::Default for #name #names #wheres {
                fn default() -> Self {
                    #in_function
                    Self::new()
                }
            }
        }
    });
    let serde = serde(model, fields, bounds);
    quote! {
        #[automatically_derived]
        impl #generics ::core::clone::Clone for #name #names #wheres {
            fn clone(&self) -> Self {
                Self { #(#clones)* }
            }
        }
        #[automatically_derived]
        impl #generics ::core::fmt::Debug for #name #names #wheres {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut shown = f.debug_struct(#text);
                #(#shown)*
                shown.finish()
            }
        }
        impl #generics ::core::cmp::PartialEq for #name #names #wheres {
            fn eq(&self, other: &Self) -> bool {
                __kubist::apply::is_same(self, other)
            }
        }
        #default
        #serde
        #[automatically_derived]
        impl #generics __kubist::apply::PartOf<#of #names> for #name #names #wheres {
            fn into_part(self) -> __kubist::Result<__kubist::apply::Json> {
                #in_method
                __kubist::apply::to_json(&self)
            }
        }
        #[automatically_derived]
        impl #generics __kubist::apply::PartOf<#of #names> for &#name #names #wheres {
            fn into_part(self) -> __kubist::Result<__kubist::apply::Json> {
                __kubist::apply::to_json(self)
            }
        }
    }
}

fn serde(model: &Model<'_>, fields: &[&Field<'_>], bounds: &Bounds<'_>) -> TokenStream {
    let (name, of) = (apply_name(model), &model.input.ident);
    let (generics, names, wheres) =
        (bounds.implementation(), bounds.names(), bounds.part_where(&model.krate));
    let kind = model.root.then(|| {
        quote! {
            object.serialize_entry("apiVersion", &<__kubist::resource::ApiVersionOf<#of> as ::core::default::Default>::default())?;
            object.serialize_entry("kind", &<__kubist::resource::KindOf<#of> as ::core::default::Default>::default())?;
        }
    });
    let written = fields.iter().map(|field| write(field));
    let checked = model.root.then(|| {
        quote! {
            members.take::<__kubist::resource::ApiVersionOf<#of>, __D::Error>("apiVersion")?;
            members.take::<__kubist::resource::KindOf<#of>, __D::Error>("kind")?;
        }
    });
    // What is flattened takes whatever the others leave.
    let (flat, plain): (Vec<&Field<'_>>, Vec<&Field<'_>>) = fields.iter().partition(|field| field.flatten);
    let read = plain.into_iter().chain(flat).map(|field| read(field));
    let (parameters, of_impl) = bounds.with_lifetime();
    quote! {
        #[automatically_derived]
        impl #generics __kubist::serde::Serialize for #name #names #wheres {
            fn serialize<__S>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error>
            where
                __S: __kubist::serde::Serializer,
            {
                use __kubist::serde::ser::SerializeMap as _;
                let mut object = __kubist::serde::Serializer::serialize_map(serializer, ::core::option::Option::None)?;
                #kind
                #(#written)*
                object.end()
            }
        }
        #[automatically_derived]
        impl #parameters __kubist::serde::Deserialize<'de> for #name #of_impl #wheres {
            fn deserialize<__D>(deserializer: __D) -> ::core::result::Result<Self, __D::Error>
            where
                __D: __kubist::serde::Deserializer<'de>,
            {
                let mut members = <__kubist::apply::Members as __kubist::serde::Deserialize>::deserialize(deserializer)?;
                #checked
                ::core::result::Result::Ok(Self { #(#read)* })
            }
        }
    }
}

/// Whether the field is there always.
fn is_required(field: &Field<'_>) -> bool {
    field.key || field.json == "metadata"
}

fn write(field: &Field<'_>) -> TokenStream {
    let (ident, json) = (field.ident, &field.json);
    if is_required(field) {
        return quote_spanned!(at(field)=> object.serialize_entry(#json, &self.#ident)?;);
    }
    let write = match field.flatten {
        true => quote_spanned!(at(field)=> __kubist::apply::write_flat(&mut object, value)?;),
        false => quote_spanned!(at(field)=> object.serialize_entry(#json, value)?;),
    };
    quote_spanned! {at(field)=>
        if let ::core::option::Option::Some(value) = &self.#ident {
            #write
        }
    }
}

fn read(field: &Field<'_>) -> TokenStream {
    let (ident, json) = (field.ident, &field.json);
    let config = config(&quote!(__kubist), field);
    if field.flatten {
        return quote_spanned!(at(field)=> #ident: members.rest::<#config, __D::Error>()?,);
    }
    match is_required(field) {
        true => quote_spanned!(at(field)=> #ident: members.key::<#config, __D::Error>(#json)?,),
        false => quote_spanned!(at(field)=> #ident: members.take::<#config, __D::Error>(#json)?,),
    }
}
