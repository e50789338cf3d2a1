//! Methods for subresources of one's own, as a trait that the client of the kind has.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use crate::model::ResourceModel;
use crate::parse::Method;

pub(super) fn methods(model: &ResourceModel<'_>) -> TokenStream {
    if model.methods.is_empty() {
        return TokenStream::new();
    }
    let (ident, visibility, krate) = (model.schema.ident, model.visibility, &model.schema.krate);
    let name = format_ident!("{}Methods", ident.unraw());
    let docs = format!(" The methods of the client of [`{ident}`] for its own subresources.");
    let declared = model.methods.iter().map(|method| {
        let (docs, signature) = (method_docs(method), signature(method, krate));
        quote!(#[doc = #docs] #signature;)
    });
    let written = model.methods.iter().map(|method| {
        let (signature, body) = (signature(method, krate), body(method));
        quote!(#signature { #body })
    });
    quote! {
        #[doc = #docs]
        #visibility trait #name {
            #(#declared)*
        }
        #[automatically_derived]
        impl #name for #krate::Api<#ident> {
            #(#written)*
        }
    }
}

fn method_docs(method: &Method) -> String {
    format!(" Does `{}` on the subresource `{}`.", method.verb, method.subresource.value())
}

fn signature(method: &Method, krate: &syn::Path) -> TokenStream {
    let name = &method.name;
    let input = method.input.as_ref().map(|ty| quote!(, input: &'a #ty));
    let output =
        method.output.as_ref().map_or_else(|| quote!(#krate::serde::de::IgnoredAny), |ty| quote!(#ty));
    quote!(fn #name<'a>(&'a self, name: &'a str #input) -> #krate::api::Answer<'a, #output>)
}

fn body(method: &Method) -> TokenStream {
    let subresource = &method.subresource;
    let function = match method.verb.to_string().as_str() {
        "create" => "create_subresource",
        "update" => "replace_subresource",
        "patch" => "patch_subresource",
        _ => "get_subresource",
    };
    let function = format_ident!("{function}");
    let input = method.input.as_ref().map(|_| quote!(, input));
    quote!(self.#function(name, #subresource #input))
}
