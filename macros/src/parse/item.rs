//! One `key`, `key = value` or `key(...)` of an attribute, before anybody looks at what it means.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Ident, Lit, LitStr, Meta, Token, parenthesized};

use crate::message;

/// One item of an attribute list.
pub(crate) struct Item {
    pub(crate) key: Ident,
    pub(crate) value: Value,
}

pub(crate) enum Value {
    /// `key`
    None,
    /// `key = value`
    Equals(Box<Expr>),
    /// `key(tokens)`
    List(TokenStream),
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = Ident::parse_any(input)?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            let is_type = key == "with" || key == "input" || key == "output";
            Value::Equals(Box::new(if is_type && !input.peek(LitStr) {
                Expr::Verbatim(input.parse::<syn::Type>()?.into_token_stream())
            } else {
                input.parse()?
            }))
        } else if input.peek(syn::token::Paren) {
            let content;
            parenthesized!(content in input);
            Value::List(content.parse()?)
        } else if input.peek(Token![:]) {
            return Err(syn::Error::new(input.span(), message::key_before_a_colon(&key.to_string())));
        } else {
            Value::None
        };
        Ok(Self { key, value })
    }
}

impl Item {
    /// The string of `key = "…"`.
    pub(crate) fn string(&self) -> darling::Result<LitStr> {
        match &self.value {
            Value::Equals(expr) => match ungrouped(expr) {
                Expr::Lit(literal) => match &literal.lit {
                    Lit::Str(text) => Ok(text.clone()),
                    other => Err(self.takes_string(other)),
                },
                Expr::Array(array) => {
                    let text = message::key_once_for_each(&self.key.to_string());
                    Err(darling::Error::custom(text).with_span(array))
                }
                other => Err(self.takes_string(other)),
            },
            Value::None | Value::List(_) => Err(self.takes_string(&self.key)),
        }
    }

    fn takes_string(&self, at: &impl syn::spanned::Spanned) -> darling::Error {
        darling::Error::custom(message::key_takes_string(&self.key.to_string())).with_span(at)
    }
}

/// An expression without the invisible parentheses that a `macro_rules!` fragment comes in.
pub(super) fn ungrouped(expr: &Expr) -> &Expr {
    match expr {
        Expr::Group(group) => ungrouped(&group.expr),
        other => other,
    }
}

/// All items of all attributes of one name, as written.
pub(crate) fn items(
    attributes: &[Attribute],
    name: &str,
    errors: &mut darling::error::Accumulator,
) -> Vec<Item> {
    let mut all = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
        match &attribute.meta {
            Meta::List(list) => {
                let parsed = Punctuated::<Item, Token![,]>::parse_terminated.parse2(list.tokens.clone());
                all.extend(errors.handle(parsed.map_err(darling::Error::from)).unwrap_or_default());
            }
            other => errors.push(
                darling::Error::custom(message::key_takes_list(name, &format!("#[{name}(...)]")))
                    .with_span(other),
            ),
        }
    }
    all
}

/// The content of `key(...)`, read by `parser`.
pub(super) fn list<T>(
    item: &Item,
    parser: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
    example: &str,
    errors: &mut darling::error::Accumulator,
) -> Option<T> {
    let Value::List(tokens) = &item.value else {
        let text = message::key_takes_list(&item.key.to_string(), example);
        errors.push(darling::Error::custom(text).with_span(&item.key));
        return None;
    };
    // At the end of the list there is no token to point at; the key is nearer than the derive.
    let mut group = Group::new(Delimiter::Parenthesis, tokens.clone());
    group.set_span(item.key.span());
    let inside = |input: ParseStream<'_>| {
        let content;
        parenthesized!(content in input);
        parser(&content)
    };
    errors.handle(inside.parse2(group.into_token_stream()).map_err(darling::Error::from))
}

/// Items in parentheses.
pub(super) fn item_list(input: ParseStream<'_>) -> syn::Result<Vec<Item>> {
    Ok(Punctuated::<Item, Token![,]>::parse_terminated(input)?.into_iter().collect())
}

/// The value of `key = word` or `key = "word"`, or nothing at the key.
pub(super) fn word(item: &Item) -> (String, Span) {
    if let Value::Equals(expr) = &item.value {
        let span = syn::spanned::Spanned::span(&**expr);
        return match ungrouped(expr) {
            Expr::Path(path) if path.path.get_ident().is_some() => {
                (path.path.get_ident().map(Ident::to_string).unwrap_or_default(), span)
            }
            _ => match item.string() {
                Ok(text) => (text.value(), text.span()),
                Err(_) => (quote::quote!(#expr).to_string(), span),
            },
        };
    }
    (String::new(), item.key.span())
}
