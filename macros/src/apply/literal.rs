//! The syntax of `apply!`: `Type { field: value, list: [ … ], map: { "key": value } }`.

use proc_macro2::Span;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, Lit, Token, braced, bracketed, token};

use crate::message;

/// A whole invocation.
pub(super) struct Literal {
    pub(super) krate: syn::Path,
    pub(super) ty: syn::Type,
    pub(super) fields: Fields,
}

/// The fields of a struct.
pub(super) struct Fields {
    pub(super) span: Span,
    pub(super) fields: Vec<(Ident, Value)>,
    /// Values whose fields are all set first.
    pub(super) spreads: Vec<Expr>,
}

/// What a field, an item or an entry is set to.
pub(super) enum Value {
    Expr(Box<Expr>),
    Fields(Fields),
    /// A list, and where its bracket stands.
    Items(Span, Vec<Item>),
    /// A map, and where its brace stands.
    Entries(Span, Vec<Entry>),
}

/// An item of a list.
pub(super) enum Item {
    One(Value),
    Spread(Expr),
}

/// An entry of a map.
pub(super) enum Entry {
    One(Expr, Value),
    Spread(Expr),
}

impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let krate = if input.peek(Token![crate]) && input.peek2(Token![=]) {
            input.parse::<Token![crate]>()?;
            input.parse::<Token![=]>()?;
            let path = input.call(syn::Path::parse_mod_style)?;
            input.parse::<Token![;]>()?;
            path
        } else {
            syn::parse_quote!(::kubist)
        };
        let ty = input.parse()?;
        if !input.peek(token::Brace) {
            return Err(input.error(message::apply_form()));
        }
        let fields = input.parse()?;
        if !input.is_empty() {
            return Err(input.error(message::apply_form()));
        }
        Ok(Self { krate, ty, fields })
    }
}

impl Parse for Fields {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let content;
        let brace = braced!(content in input);
        let mut fields = Self { span: brace.span.open(), fields: Vec::new(), spreads: Vec::new() };
        while !content.is_empty() {
            if content.peek(Token![..]) {
                content.parse::<Token![..]>()?;
                fields.spreads.push(content.parse()?);
            } else {
                let name: Ident = content.parse()?;
                if fields.fields.iter().any(|(other, _)| *other == name) {
                    return Err(syn::Error::new(name.span(), message::duplicate_key(&name.to_string())));
                }
                let value = if content.peek(Token![:]) {
                    content.parse::<Token![:]>()?;
                    content.parse()?
                } else {
                    Value::Expr(Box::new(syn::parse_quote!(#name)))
                };
                fields.fields.push((name, value));
            }
            comma(&content)?;
        }
        Ok(fields)
    }
}

impl Fields {
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.spreads.is_empty()
    }
}

fn comma(content: ParseStream<'_>) -> syn::Result<()> {
    if !content.is_empty() {
        content.parse::<Token![,]>()?;
    }
    Ok(())
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if is_literal(input) && input.peek(token::Bracket) {
            let content;
            let bracket = bracketed!(content in input);
            let items = Punctuated::<Item, Token![,]>::parse_terminated(&content)?;
            return Ok(Self::Items(bracket.span.open(), items.into_iter().collect()));
        }
        if is_literal(input) && input.peek(token::Brace) {
            return if is_map(input) { entries(input) } else { input.parse().map(Self::Fields) };
        }
        input.parse().map(|expr| Self::Expr(Box::new(expr)))
    }
}

/// Whether the next group is all there is, and not the beginning of an expression such as `[1, 2].to_vec()`.
fn is_literal(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let group: syn::Result<proc_macro2::Group> = ahead.parse();
    group.is_ok() && (ahead.is_empty() || ahead.peek(Token![,]))
}

/// Whether a brace holds entries: their keys are literals or stand in parentheses.
fn is_map(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let Ok(group) = ahead.parse::<proc_macro2::Group>() else { return false };
    let first_is_key = |content: ParseStream<'_>| {
        let key = content.peek(Lit) || content.peek(token::Paren);
        content.parse::<proc_macro2::TokenStream>()?;
        Ok(key)
    };
    syn::parse::Parser::parse2(first_is_key, group.stream()).unwrap_or(false)
}

fn entries(input: ParseStream<'_>) -> syn::Result<Value> {
    let content;
    let brace = braced!(content in input);
    let mut entries = Vec::new();
    while !content.is_empty() {
        if content.peek(Token![..]) {
            content.parse::<Token![..]>()?;
            entries.push(Entry::Spread(content.parse()?));
        } else {
            let key = if content.peek(token::Paren) {
                let inner;
                syn::parenthesized!(inner in content);
                inner.parse()?
            } else {
                let literal: Lit = content.parse()?;
                syn::parse_quote!(#literal)
            };
            content.parse::<Token![:]>()?;
            entries.push(Entry::One(key, content.parse()?));
        }
        comma(&content)?;
    }
    Ok(Value::Entries(brace.span.open(), entries))
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(Token![..]) {
            input.parse::<Token![..]>()?;
            return input.parse().map(Self::Spread);
        }
        input.parse().map(Self::One)
    }
}
