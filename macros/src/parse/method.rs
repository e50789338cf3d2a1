//! `verbs(...)` and `method(...)`: what can be done with the kind.

use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{LitStr, Token};

use super::item::{Item, Value, list, word};
use super::{Errors, set, unknown};
use crate::key;
use crate::message;

/// `method(get_log, verb = get, subresource = "log", output = String)`
pub(crate) struct Method {
    pub(crate) name: Ident,
    pub(crate) verb: Ident,
    pub(crate) subresource: LitStr,
    pub(crate) input: Option<syn::Type>,
    pub(crate) output: Option<syn::Type>,
}

fn idents(input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    Ok(Punctuated::<Ident, Token![,]>::parse_terminated(input)?.into_iter().collect())
}

pub(super) fn verbs(item: &Item, errors: &mut Errors) -> Option<Vec<Ident>> {
    let names = list(item, idents, &format!("{}(get, list, watch)", item.key), errors)?;
    for name in &names {
        let verb = name.to_string();
        if !key::VERBS.contains(&verb.as_str()) {
            let text = match key::nearest(&verb, key::VERBS) {
                Some(nearest) => message::unknown_verb(&verb, nearest),
                None => message::unknown_verb_of(&verb, &key::VERBS.join(", ")),
            };
            errors.push(syn::Error::new(name.span(), text).into());
        }
    }
    Some(names)
}

fn method_content(input: ParseStream<'_>) -> syn::Result<(Ident, Vec<Item>)> {
    let form = |error: syn::Error| syn::Error::new(error.span(), message::method_form());
    let name = input.parse().map_err(form)?;
    let mut options = Vec::new();
    while !input.is_empty() {
        input.parse::<Token![,]>()?;
        if !input.is_empty() {
            options.push(input.parse()?);
        }
    }
    Ok((name, options))
}

pub(super) fn method(item: &Item, errors: &mut Errors) -> Option<Method> {
    let (name, options) = list(
        item,
        method_content,
        "method(get_log, verb = get, subresource = \"log\", output = Log)",
        errors,
    )?;
    let (mut verb, mut subresource, mut input, mut output) = (None, None, None, None);
    let given = |key: &str| options.iter().any(|option| option.key == key);
    let complete = given("verb") && given("subresource");
    for option in options {
        match option.key.to_string().as_str() {
            "verb" => set(&mut verb, method_verb(&option, errors), &option, errors),
            "subresource" => set(&mut subresource, errors.handle(option.string()), &option, errors),
            "input" => set(&mut input, type_of(&option, errors), &option, errors),
            "output" => set(&mut output, type_of(&option, errors), &option, errors),
            _ => unknown(&option, "`method(...)`", key::METHOD, errors),
        }
    }
    if !complete {
        errors.push(darling::Error::custom(message::method_form()).with_span(&item.key));
    }
    let (verb, subresource) = (verb?, subresource?);
    if verb != "get" && input.is_none() {
        errors.push(syn::Error::new(verb.span(), message::method_without_input(&verb.to_string())).into());
    }
    Some(Method { name, verb, subresource, input, output })
}

fn method_verb(item: &Item, errors: &mut Errors) -> Option<Ident> {
    const METHOD_VERBS: &[&str] = &["get", "create", "update", "patch"];
    let (text, span) = word(item);
    if METHOD_VERBS.contains(&text.as_str()) {
        return Some(Ident::new(&text, span));
    }
    errors.push(syn::Error::new(span, message::method_verb(&text, &METHOD_VERBS.join(", "))).into());
    None
}

fn type_of(item: &Item, errors: &mut Errors) -> Option<syn::Type> {
    if let Value::Equals(expr) = &item.value
        && let Ok(ty) = syn::parse2(quote::quote!(#expr))
    {
        return Some(ty);
    }
    errors.push(darling::Error::custom(message::method_form()).with_span(&item.key));
    None
}
