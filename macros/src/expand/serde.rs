//! `Serialize` and `Deserialize` for the root, with `apiVersion` and `kind`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use crate::expand::part::number_of;
use crate::model::{FieldModel, ResourceModel};

/// Both impls, inside a block that knows `__kubist`.
pub(super) fn implementations(model: &ResourceModel<'_>) -> TokenStream {
    let (serialize, deserialize) = (serialize(model), deserialize(model));
    quote!(#serialize #deserialize)
}

fn serialize(model: &ResourceModel<'_>) -> TokenStream {
    let ident = model.schema.ident;
    let name = ident.unraw().to_string();
    let length = model.schema.fields().len() + 2;
    let fields = model.schema.fields().iter().map(|field| serialize_field(model, field));
    quote! {
        #[automatically_derived]
        impl __kubist::serde::Serialize for #ident {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<
                <S as __kubist::serde::Serializer>::Ok,
                <S as __kubist::serde::Serializer>::Error,
            >
            where
                S: __kubist::serde::Serializer,
            {
                use __kubist::serde::ser::SerializeStruct as _;
                let mut object = __kubist::serde::Serializer::serialize_struct(serializer, #name, #length)?;
                object.serialize_field("apiVersion", &<__kubist::resource::ApiVersionOf<Self> as ::core::default::Default>::default())?;
                object.serialize_field("kind", &<__kubist::resource::KindOf<Self> as ::core::default::Default>::default())?;
                #(#fields)*
                object.end()
            }
        }
    }
}

/// An absent value at the root is left out: the server drops a null there, and refuses it under apply.
fn serialize_field(model: &ResourceModel<'_>, field: &FieldModel<'_>) -> TokenStream {
    let (ident, json) = (&field.ident, &field.json);
    if let Some(number) = number_of(model, field) {
        return quote!(__kubist::resource::write_part::<#number, _, _>(&mut object, #json, self)?;);
    }
    if field.is_option() {
        return quote! {
            if let ::core::option::Option::Some(value) = &self.#ident {
                object.serialize_field(#json, value)?;
            }
        };
    }
    let write = quote!(object.serialize_field(#json, &self.#ident)?;);
    match &field.skip_serializing_if {
        Some(condition) => quote!(if !#condition(&self.#ident) { #write }),
        None => write,
    }
}

fn deserialize(model: &ResourceModel<'_>) -> TokenStream {
    let ident = model.schema.ident;
    let name = ident.unraw().to_string();
    let wire = format_ident!("{name}Wire");
    let container = &model.schema.serde;
    let declared = model.schema.fields().iter().map(|field| {
        let (ident, ty, json, serde) = (&field.ident, field.ty, &field.json, &field.serde);
        if let Some(number) = number_of(model, field) {
            let root = model.schema.ident;
            let part = quote!(__kubist::resource::ReadPart<#root, #number>);
            return match field.is_option() {
                true => quote!(#ident: ::core::option::Option<#part>,),
                false => quote!(#ident: #part,),
            };
        }
        let default = (json == "metadata" && field.default.is_none()).then(|| quote!(#[serde(default)]));
        quote!(#(#serde)* #default #ident: #ty,)
    });
    let moved = model.schema.fields().iter().map(|field| {
        let ident = &field.ident;
        match (number_of(model, field), field.is_option()) {
            (None, _) => quote!(#ident: wire.#ident),
            (Some(_), false) => quote!(#ident: wire.#ident.into_inner()),
            (Some(_), true) => {
                quote!(#ident: ::core::option::Option::map(wire.#ident, __kubist::resource::ReadPart::into_inner))
            }
        }
    });
    let skipped = &model.schema.skipped;
    let expected = format!("a {} object", model.names.kind);
    quote! {
        #[derive(__kubist::serde::Deserialize)]
        #[serde(crate = "__kubist::serde", expecting = #expected)]
        #(#container)*
        struct #wire {
            #[serde(rename = "apiVersion", default)]
            _api_version: __kubist::resource::ApiVersionOf<#ident>,
            #[serde(rename = "kind", default)]
            _kind: __kubist::resource::KindOf<#ident>,
            #(#declared)*
        }
        #[automatically_derived]
        impl<'de> __kubist::serde::Deserialize<'de> for #ident {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<
                Self,
                <D as __kubist::serde::Deserializer<'de>>::Error,
            >
            where
                D: __kubist::serde::Deserializer<'de>,
            {
                let wire = <#wire as __kubist::serde::Deserialize>::deserialize(deserializer)?;
                ::core::result::Result::Ok(Self {
                    #(#moved,)*
                    #(#skipped: ::core::default::Default::default(),)*
                })
            }
        }
    }
}
