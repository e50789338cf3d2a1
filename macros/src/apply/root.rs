//! What `#[derive(Apply)]` writes for the root of a kind.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::expand::{Bounds, Mention, apply_name, at, checks, config, declare, setter};
use super::model::{Field, Model};
use super::traits::traits;

pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let (ident, krate) = (&model.input.ident, &model.krate);
    let name = apply_name(model);
    // The status is applied apart.
    let fields: Vec<_> = model.fields.iter().filter(|field| !is_one(field, "status")).collect();
    let (metadata, others): (Vec<&Field<'_>>, Vec<&Field<'_>>) =
        fields.iter().partition(|field| is_one(field, "metadata"));
    let Some(metadata) = metadata.first() else { return TokenStream::new() };
    let declared = declare(model, &others, &metadata_field(metadata));
    let bounds = Bounds::of(model);
    let mention = Mention::of(&others);
    let setters =
        others.iter().map(|field| setter(model, field, &syn::parse_quote!(pub), &mention.in_method));
    let traits = traits(model, &fields, &bounds);
    let (inherent, checks) = (inherent(model, metadata, &others, &mention), checks(model));
    quote! {
        #declared
        const _: () = {
            use #krate as __kubist;
            #[automatically_derived]
            impl __kubist::apply::Apply for #ident {
                type Config = #name;
                type Item = #name;
            }
            #[allow(private_bounds, private_interfaces)]
            impl #name {
                #inherent
                #(#setters)*
            }
            #traits
            #checks
        };
    }
}

fn is_one(field: &Field<'_>, json: &str) -> bool {
    field.json == json
}

/// The metadata, which are always there: they hold the name.
fn metadata_field(metadata: &Field<'_>) -> TokenStream {
    let (ident, visibility, ty) = (metadata.ident, metadata.visibility, &metadata.ty);
    quote! {
        /// Names, labels and annotations; what is `None` is not applied.
        #visibility #ident: #ty,
    }
}

fn inherent(
    model: &Model<'_>,
    metadata: &Field<'_>,
    others: &[&Field<'_>],
    mention: &Mention,
) -> TokenStream {
    let (ident, kind) = (&model.input.ident, model.input.ident.unraw().to_string());
    let metadata = metadata.ident;
    let unset = others.iter().map(|field| {
        let ident = field.ident;
        quote_spanned!(at(field)=> #ident: ::core::option::Option::None,)
    });
    let extract_status = model.field("status").map(|status| {
        let config = config(&quote!(__kubist), status);
        let answer = quote_spanned!(at(status)=> __kubist::Result<#config>);
        let extracted = quote_spanned!(at(status)=> __kubist::apply::extract_status(object, manager));
        quote! {
            /// The part of an object's status that a field manager has applied; an empty one where it has applied
            /// nothing.
            ///
            /// # Errors
            ///
            /// As `extract`.
            pub fn extract_status(object: &#ident, manager: &str) -> #answer {
                #extracted
            }
        }
    });
    let Mention { in_method, in_function } = mention;
    let new_docs = format!(" The `{kind}` of this name, of which nothing else is set yet.");
    quote! {
        #[doc = #new_docs]
        pub fn new(name: impl ::core::convert::Into<::std::string::String>) -> Self {
            Self {
                #metadata: __kubist::resource::ObjectMeta {
                    name: ::core::option::Option::Some(::core::convert::Into::into(name)),
                    ..::core::default::Default::default()
                },
                #(#unset)*
            }
        }
        /// Sets a label.
        pub fn label(
            mut self,
            key: impl ::core::convert::Into<::std::string::String>,
            value: impl ::core::convert::Into<::std::string::String>,
        ) -> Self {
            #in_method
            let labels = self.#metadata.labels.get_or_insert_default();
            labels.insert(::core::convert::Into::into(key), ::core::convert::Into::into(value));
            self
        }
        /// Sets an annotation.
        pub fn annotation(
            mut self,
            key: impl ::core::convert::Into<::std::string::String>,
            value: impl ::core::convert::Into<::std::string::String>,
        ) -> Self {
            #in_method
            let annotations = self.#metadata.annotations.get_or_insert_default();
            annotations.insert(::core::convert::Into::into(key), ::core::convert::Into::into(value));
            self
        }
        /// The part of an object that a field manager has applied: what it would have to apply again to change
        /// nothing. A manager that has applied nothing gets the name alone.
        ///
        /// # Errors
        ///
        /// When the object has no managedFields: whoever read it has cut them, so nobody can tell who owns what.
        pub fn extract(object: &#ident, manager: &str) -> __kubist::Result<Self> {
            #in_function
            __kubist::apply::extract_part(object, manager)
        }
        #extract_status
    }
}
