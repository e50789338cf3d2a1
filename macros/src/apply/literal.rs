//! The syntax of `apply!`: `Type { field: value, list: [ … ], map: { "key": value } }`.

use proc_macro2::{Span, TokenStream};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, Lit, Token, braced, bracketed, token};

use crate::home;
use crate::message;

/// A whole invocation.
pub(super) struct Literal {
    pub(super) head: Head,
    pub(super) fields: Fields,
}

/// The type whose part it is.
pub(super) struct Head {
    pub(super) krate: syn::Path,
    pub(super) ty: syn::Type,
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

impl Head {
    /// The head of what cannot be read to its end.
    pub(super) fn before(input: TokenStream) -> Option<Self> {
        let head = |input: ParseStream<'_>| {
            let head = input.parse()?;
            input.parse::<TokenStream>()?;
            Ok(head)
        };
        head.parse2(input).ok()
    }
}

impl Parse for Head {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let krate = if input.peek(Token![crate]) && input.peek2(Token![=]) {
            input.parse::<Token![crate]>()?;
            input.parse::<Token![=]>()?;
            let path = input.call(syn::Path::parse_mod_style)?;
            input.parse::<Token![;]>()?;
            path
        } else {
            home::path()
        };
        Ok(Self { krate, ty: input.parse()? })
    }
}

impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let head = input.parse()?;
        let form = |input: ParseStream<'_>| syn::Error::new(input.span(), message::apply_form());
        if !input.peek(token::Brace) {
            return Err(form(input));
        }
        let fields = input.parse()?;
        if !input.is_empty() {
            return Err(form(input));
        }
        Ok(Self { head, fields })
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
                } else if content.is_empty() || content.peek(Token![,]) {
                    Value::Expr(Box::new(syn::parse_quote!(#name)))
                } else {
                    return Err(content.error("expected `:`"));
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
        // The parentheses were for this macro, and are superfluous around an argument.
        input.parse().map(|expr| match expr {
            Expr::Paren(inner) => Self::Expr(inner.expr),
            expr => Self::Expr(Box::new(expr)),
        })
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
        content.parse::<TokenStream>()?;
        Ok(key)
    };
    first_is_key.parse2(group.stream()).unwrap_or(false)
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
