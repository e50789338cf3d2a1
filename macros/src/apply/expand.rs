//! What `#[derive(Apply)]` writes.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::DeriveInput;
use syn::ext::IdentExt;

use super::model::{Field, Form, Model};
use super::root;

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let model = Model::of(input);
    match (model.root, model.whole) {
        (true, true) => TokenStream::new(),
        (true, false) => root::expand(&model),
        (false, true) => whole(&model),
        (false, false) => part(&model),
    }
}

/// What is always applied whole: enums, newtypes, structs that merge as one.
fn whole(model: &Model<'_>) -> TokenStream {
    let (ident, krate) = (&model.input.ident, &model.krate);
    let bounds = Bounds::of(model);
    let (impl_generics, type_generics, where_clause) =
        (bounds.implementation(), bounds.names(), bounds.whole_where(krate));
    quote! {
        #[automatically_derived]
        impl #impl_generics #krate::apply::Apply for #ident #type_generics #where_clause {
            type Config = Self;
            type Item = Self;
        }
    }
}

fn part(model: &Model<'_>) -> TokenStream {
    let (ident, krate) = (&model.input.ident, &model.krate);
    let name = apply_name(model);
    let bounds = Bounds::of(model);
    let (impl_generics, type_generics) = (bounds.implementation(), bounds.names());
    let fields: Vec<_> = model.fields.iter().collect();
    let declared = declare(model, &fields, &TokenStream::new());
    let (constructor, traits) = (constructor(model), traits(model, &fields, &bounds));
    let setters =
        fields.iter().filter(|field| !field.key).map(|field| setter(model, field, field.visibility));
    let keys = model.keys().map(|field| field.ident.unraw().to_string());
    let (item, where_clause) = match model.keys().next() {
        Some(_) => (quote!(Self::Config), bounds.part_where(krate)),
        None => (quote!(Self), bounds.whole_where(krate)),
    };
    let (of, checks) = (bounds.part_where(krate), checks(model));
    quote! {
        #declared
        const _: () = {
            use #krate as __kubist;
            #[automatically_derived]
            impl #impl_generics __kubist::apply::Apply for #ident #type_generics #where_clause {
                type Config = #name #type_generics;
                type Item = #item;
                const KEYS: ::core::option::Option<&'static [&'static str]> =
                    ::core::option::Option::Some(&[#(#keys),*]);
            }
            impl #impl_generics #name #type_generics #of {
                #constructor
                #(#setters)*
            }
            #traits
            #checks
        };
    }
}

pub(super) fn apply_name(model: &Model<'_>) -> syn::Ident {
    format_ident!("{}Apply", model.input.ident.unraw(), span = model.input.ident.span())
}

/// The type of a field in the apply type, without the `Option`.
pub(super) fn config(krate: &impl ToTokens, field: &Field<'_>) -> TokenStream {
    let (ty, inner) = (field.ty, field.inner());
    match field.form {
        Form::Part => quote!(<#ty as #krate::apply::Apply>::Config),
        Form::Whole => quote!(#inner),
        Form::Written => quote!(#krate::apply::Written),
    }
}

/// The struct itself. `first` stands before its fields.
pub(super) fn declare(model: &Model<'_>, fields: &[&Field<'_>], first: &TokenStream) -> TokenStream {
    let (krate, visibility) = (&model.krate, &model.input.vis);
    let (ident, name) = (&model.input.ident, apply_name(model));
    let bounds = Bounds::of(model);
    let (generics, where_clause) = (bounds.implementation(), bounds.part_where(krate));
    let serde = krate.to_token_stream().to_string().replace(' ', "") + "::serde";
    let docs = format!(" A part of a [`{ident}`]: what is not set is not applied.");
    let declared = fields.iter().map(|field| {
        let (ident, visibility, json, docs) = (field.ident, field.visibility, &field.json, docs_of(field));
        let config = config(krate, field);
        if field.key {
            return quote!(#docs #[serde(rename = #json)] #visibility #ident: #config,);
        }
        let name = if field.flatten { quote!(flatten) } else { quote!(rename = #json) };
        quote! {
            #docs
            #[serde(#name, default, skip_serializing_if = "::core::option::Option::is_none")]
            #visibility #ident: ::core::option::Option<#config>,
        }
    });
    quote! {
        #[doc = #docs]
        #[derive(#krate::serde::Serialize, #krate::serde::Deserialize)]
        #[serde(crate = #serde, bound = "")]
        #[must_use]
        #visibility struct #name #generics #where_clause {
            #first
            #(#declared)*
        }
    }
}

fn docs_of(field: &Field<'_>) -> TokenStream {
    let docs = match field.docs.as_str() {
        "" => format!(" The part of `{}`.", field.ident.unraw()),
        docs => docs.lines().map(|line| format!(" {line}")).collect::<Vec<_>>().join("\n"),
    };
    quote!(#[doc = #docs])
}

fn constructor(model: &Model<'_>) -> TokenStream {
    let visibility = &model.input.vis;
    let keys: Vec<_> = model.keys().collect();
    let arguments = keys.iter().map(|field| {
        let (ident, config) = (field.ident, config(&quote!(__kubist), field));
        quote!(#ident: impl __kubist::apply::IntoConfig<#config>)
    });
    let given = keys.iter().map(|field| {
        let ident = field.ident;
        quote!(#ident: __kubist::apply::IntoConfig::into_config(#ident),)
    });
    let unset = model.fields.iter().filter(|field| !field.key).map(|field| {
        let ident = field.ident;
        quote!(#ident: ::core::option::Option::None,)
    });
    let docs = match keys.len() {
        0 => " Nothing is set yet.",
        _ => " The item with these keys, of which nothing else is set yet.",
    };
    quote! {
        #[doc = #docs]
        #visibility fn new(#(#arguments),*) -> Self {
            Self { #(#given)* #(#unset)* }
        }
    }
}

/// A setter, `.replicas(3)`.
pub(super) fn setter(model: &Model<'_>, field: &Field<'_>, visibility: &syn::Visibility) -> TokenStream {
    let ident = field.ident;
    if ["new", "extract", "extract_status"].contains(&ident.to_string().as_str()) {
        return TokenStream::new();
    }
    let docs = docs_of(field);
    if field.form == Form::Written {
        let (ty, serde, krate) = (field.ty, &field.serde, &model.krate);
        let path = krate.to_token_stream().to_string().replace(' ', "") + "::serde";
        return quote! {
            #docs
            #visibility fn #ident(mut self, #ident: #ty) -> Self {
                #[derive(__kubist::serde::Serialize)]
                #[serde(crate = #path)]
                struct Wire {
                    #(#serde)*
                    #ident: #ty,
                }
                self.#ident = __kubist::apply::Written::of(&Wire { #ident });
                self
            }
        };
    }
    let config = config(&quote!(__kubist), field);
    quote! {
        #docs
        #visibility fn #ident(mut self, #ident: impl __kubist::apply::IntoConfig<#config>) -> Self {
            self.#ident = ::core::option::Option::Some(__kubist::apply::IntoConfig::into_config(#ident));
            self
        }
    }
}

/// `Clone`, `Debug`, `PartialEq`, and `Default` where nothing must be given. Written out, because what the standard
/// derives demand of type parameters is not what is needed.
pub(super) fn traits(model: &Model<'_>, fields: &[&Field<'_>], bounds: &Bounds<'_>) -> TokenStream {
    let name = apply_name(model);
    let (of, text) = (&model.input.ident, name.to_string());
    let krate = &model.krate;
    let (impl_generics, type_generics, where_clause) =
        (bounds.implementation(), bounds.names(), bounds.part_where(krate));
    let idents: Vec<_> = fields.iter().map(|field| field.ident).collect();
    let names = fields.iter().map(|field| field.ident.unraw().to_string());
    let constants = model.root.then(|| {
        quote! {
            api_version: ::core::default::Default::default(),
            kind: ::core::default::Default::default(),
        }
    });
    let default = (!model.root && model.keys().next().is_none()).then(|| {
        quote! {
            #[automatically_derived]
            impl #impl_generics ::core::default::Default for #name #type_generics #where_clause {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #impl_generics ::core::clone::Clone for #name #type_generics #where_clause {
            fn clone(&self) -> Self {
                Self { #constants #(#idents: ::core::clone::Clone::clone(&self.#idents),)* }
            }
        }
        #[automatically_derived]
        impl #impl_generics ::core::fmt::Debug for #name #type_generics #where_clause {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#text)#(.field(#names, &self.#idents))*.finish()
            }
        }
        #[automatically_derived]
        impl #impl_generics ::core::cmp::PartialEq for #name #type_generics #where_clause {
            fn eq(&self, other: &Self) -> bool {
                __kubist::apply::is_same(self, other)
            }
        }
        #default
        #[automatically_derived]
        impl #impl_generics __kubist::apply::PartOf<#of #type_generics> for #name #type_generics #where_clause {
            fn into_part(self) -> __kubist::Result<__kubist::apply::Json> {
                __kubist::apply::to_json(&self)
            }
        }
        #[automatically_derived]
        impl #impl_generics __kubist::apply::PartOf<#of #type_generics> for &#name #type_generics #where_clause {
            fn into_part(self) -> __kubist::Result<__kubist::apply::Json> {
                __kubist::apply::to_json(self)
            }
        }
    }
}

/// The keys of a list are asked for by the apply type of its items.
pub(super) fn checks(model: &Model<'_>) -> TokenStream {
    let generic = model.input.generics.type_params().next().is_some();
    let lists =
        model.fields.iter().filter(|field| !field.keys.is_empty() && field.form == Form::Part && !generic);
    lists
        .map(|field| {
            let list = field.ident.unraw().to_string();
            let keys = field.keys.iter().map(|key| key.unraw().to_string());
            let (first, inner) = (field.keys[0].span(), field.inner());
            let function = syn::Ident::new("check_keys", first);
            quote! {
                const _: () = {
                    use __kubist::apply::#function;
                    #function(
                        #list, &[#(#keys),*],
                        <<#inner as __kubist::apply::ListOf>::Item as __kubist::apply::Apply>::KEYS,
                    )
                };
            }
        })
        .collect()
}

/// The type parameters, with what each must be.
pub(super) struct Bounds<'a> {
    generics: &'a syn::Generics,
}

impl<'a> Bounds<'a> {
    pub(super) fn of(model: &Model<'a>) -> Self {
        Self { generics: &model.input.generics }
    }

    pub(super) fn implementation(&self) -> TokenStream {
        let (generics, ..) = self.generics.split_for_impl();
        generics.to_token_stream()
    }

    pub(super) fn names(&self) -> TokenStream {
        let (_, generics, _) = self.generics.split_for_impl();
        generics.to_token_stream()
    }

    /// The predicates of the user, and that every parameter has parts.
    pub(super) fn part_where(&self, krate: &syn::Path) -> TokenStream {
        self.predicates(krate, false)
    }

    /// And that the type itself can stand in an apply type.
    fn whole_where(&self, krate: &syn::Path) -> TokenStream {
        self.predicates(krate, true)
    }

    fn predicates(&self, krate: &syn::Path, whole: bool) -> TokenStream {
        let given = self.generics.where_clause.iter().flat_map(|clause| clause.predicates.iter());
        let parameters: Vec<_> = self.generics.type_params().map(|parameter| &parameter.ident).collect();
        if parameters.is_empty() && self.generics.where_clause.is_none() {
            return TokenStream::new();
        }
        let itself = (whole && !parameters.is_empty()).then(|| quote!(Self: #krate::apply::Member,));
        quote!(where #(#parameters: #krate::apply::Apply + 'static,)* #itself #(#given,)*)
    }
}
