//! `crd! { v1alpha1::Website, v1::Website }`: one definition of several versions.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, Token, Type};

use crate::expand::call;
use crate::message;

/// What stands in `crd!`, between commas.
enum Entry {
    Version(Box<Type>),
    Conversion(Box<Expr>),
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !(input.peek(Ident) && input.peek2(Token![=])) {
            let version = input.parse().map_err(|error| form(error.span()))?;
            if !input.is_empty() && !input.peek(Token![,]) {
                return Err(form(input.span()));
            }
            return Ok(Self::Version(Box::new(version)));
        }
        let key: Ident = input.parse()?;
        input.parse::<Token![=]>()?;
        if key != "conversion" {
            let text = message::unknown_key(&key.to_string(), "crd!", "conversion");
            return Err(syn::Error::new(key.span(), text));
        }
        Ok(Self::Conversion(Box::new(input.parse()?)))
    }
}

fn form(at: Span) -> syn::Error {
    syn::Error::new(at, message::crd_form())
}

/// The first token is `$crate`, which knows the way to `kubist` whatever it is called in the user's crate.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut tokens = input.into_iter();
    let krate = tokens.next();
    match definition(&krate, tokens.collect()) {
        Ok(definition) => definition,
        Err(error) => {
            let error = error.into_compile_error();
            quote!({
                #error
                <#krate::crd::CustomResourceDefinition as ::core::default::Default>::default()
            })
        }
    }
}

fn definition(krate: &Option<TokenTree>, tokens: TokenStream) -> syn::Result<TokenStream> {
    let entries = Punctuated::<Entry, Token![,]>::parse_terminated.parse2(tokens)?;
    let (mut types, mut conversion) = (Vec::new(), None);
    for entry in entries {
        match entry {
            Entry::Version(ty) => types.push(ty),
            Entry::Conversion(expr) if conversion.is_none() => conversion = Some(expr),
            Entry::Conversion(expr) => {
                let at = call("of", &expr, &TokenStream::new()).0.span();
                return Err(syn::Error::new(at, message::duplicate_key("conversion")));
            }
        }
    }
    if types.is_empty() {
        return Err(form(Span::call_site()));
    }
    let versions = types.iter().map(|ty| quote!(#krate::versions::Version::of::<#ty>()));
    let checks = types.iter().enumerate().skip(1).map(|(index, ty)| {
        let (function, call) = call("check_version", ty, &quote!(__VERSIONS, #index));
        quote!(const _: () = { use #krate::versions::#function; #call };)
    });
    let all = quote!(#(#types)*);
    let (function, check_all) = call("check_versions", &all, &quote!(__VERSIONS));
    let webhook = conversion.map(|webhook| {
        let (function, check) = call("check_webhook", &webhook, &quote!(&__WEBHOOK));
        quote! {
            const __WEBHOOK: #krate::conversion::ConversionWebhook<'static> = #webhook;
            const _: () = { use #krate::conversion::#function; #check };
            definition.spec.conversion = ::core::option::Option::Some(__WEBHOOK.conversion());
        }
    });
    let binding = if webhook.is_some() { quote!(let mut definition) } else { quote!(let definition) };
    Ok(quote!({
        const __VERSIONS: &[#krate::versions::Version] = &[#(#versions),*];
        #(#checks)*
        const _: () = { use #krate::versions::#function; #check_all };
        #binding = #krate::versions::definition(__VERSIONS);
        #webhook
        definition
    }))
}
