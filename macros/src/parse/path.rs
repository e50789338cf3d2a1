//! Rust field paths: `status?.ready`, `spec.containers[].image`, `metadata.labels["app"]`.

use std::fmt;

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Ident, LitStr, Token, bracketed};

use crate::message;

/// A path from the root struct to a value.
pub(crate) struct RustPath {
    steps: Vec<Step>,
    tokens: TokenStream,
}

enum Step {
    Field(Ident),
    Some(Span),
    Items(Span),
    Key(LitStr, Span),
}

impl Parse for RustPath {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            let text: LitStr = input.parse()?;
            let hint =
                text.value().trim_start_matches('.').replace("[*]", "[]").replace("status.", "status?.");
            return Err(syn::Error::new(text.span(), message::json_path(&text.value(), &hint)));
        }
        let begin = input.cursor();
        let first = field(input, input.span())?;
        let mut steps = vec![Step::Field(first)];
        while !input.is_empty() && !input.peek(Token![,]) {
            steps.push(step(input)?);
        }
        let mut tokens = TokenStream::new();
        let mut cursor = begin;
        while cursor != input.cursor() {
            let Some((tree, next)) = cursor.token_tree() else {
                break;
            };
            tree.to_tokens(&mut tokens);
            cursor = next;
        }
        Ok(Self { steps, tokens })
    }
}

/// `before` is where to point when nothing follows.
fn field(input: ParseStream<'_>, before: Span) -> syn::Result<Ident> {
    if input.is_empty() {
        return Err(syn::Error::new(before, message::bad_path(&"nothing")));
    }
    // `spec.class` needs no `r#` here, but may have it.
    Ident::parse_any(input).map_err(|error| syn::Error::new(error.span(), message::bad_path(&found(input))))
}

fn found(input: ParseStream<'_>) -> String {
    input.cursor().token_tree().map_or_else(|| "nothing".to_owned(), |(tree, _)| format!("`{tree}`"))
}

fn step(input: ParseStream<'_>) -> syn::Result<Step> {
    if input.peek(Token![?]) {
        return Ok(Step::Some(input.parse::<Token![?]>()?.span));
    }
    if input.peek(Token![.]) {
        let dot: Token![.] = input.parse()?;
        return field(input, dot.span()).map(Step::Field);
    }
    if input.peek(syn::token::Bracket) {
        let content;
        let bracket = bracketed!(content in input);
        if content.is_empty() {
            return Ok(Step::Items(bracket.span.join()));
        }
        if content.peek(LitStr) {
            return Ok(Step::Key(content.parse()?, bracket.span.join()));
        }
        return Err(content.error(message::bad_path(&found(&content))));
    }
    Err(input.error(message::bad_path(&found(input))))
}

impl fmt::Display for RustPath {
    /// The form that core reads: no spaces, no `r#`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.steps.iter().enumerate() {
            match step {
                Step::Field(name) if at == 0 => write!(f, "{}", name.unraw())?,
                Step::Field(name) => write!(f, ".{}", name.unraw())?,
                Step::Some(_) => f.write_str("?")?,
                Step::Items(_) => f.write_str("[]")?,
                Step::Key(key, _) => write!(f, "[{:?}]", key.value())?,
            }
        }
        Ok(())
    }
}

impl ToTokens for RustPath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

impl RustPath {
    /// Statements that give each value at the path to `visit`, judged by the compiler at the user's
    /// tokens. `object` is a reference to the root.
    pub(crate) fn visit(&self, object: &Ident, visit: &dyn Fn(TokenStream) -> TokenStream) -> TokenStream {
        walk(&self.steps, &quote!(#object), true, 0, visit)
    }

    /// Where the path begins.
    pub(crate) fn start(&self) -> Span {
        self.tokens.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span())
    }
}

/// `place` is a place expression, or with `reference` a binding that is a reference already.
fn walk(
    steps: &[Step],
    place: &TokenStream,
    reference: bool,
    depth: usize,
    visit: &dyn Fn(TokenStream) -> TokenStream,
) -> TokenStream {
    let borrowed = |span: Span| if reference { quote!(#place) } else { quote_spanned!(span=> &#place) };
    let Some((step, rest)) = steps.split_first() else {
        let span = place.clone().into_iter().last().map_or_else(Span::call_site, |token| token.span());
        return visit(borrowed(span));
    };
    let span = match step {
        Step::Field(name) => {
            let span = name.span();
            return walk(rest, &quote_spanned!(span=> #place.#name), false, depth, visit);
        }
        Step::Some(span) | Step::Items(span) | Step::Key(_, span) => *span,
    };
    let (value, from) = (Ident::new(&format!("value{depth}"), span), borrowed(span));
    let then = walk(rest, &quote!(#value), true, depth + 1, visit);
    match step {
        Step::Items(_) => {
            let (import, items) = through("items", place, span, &from);
            quote!(for #value in { #import #items } { #then })
        }
        Step::Key(key, _) => {
            let (import, found) = through("at_key", place, span, &quote!(#from, #key));
            quote!(if let ::core::option::Option::Some(#value) = { #import #found } { #then })
        }
        Step::Some(_) | Step::Field(_) => {
            quote_spanned!(span=> if let ::core::option::Option::Some(#value) = #from { #then })
        }
    }
}

/// A call of a function of core that stands exactly at the path so far. What the compiler finds wrong with
/// the argument and with the result is then one mistake at one place, which it reports once.
fn through(
    function: &str,
    place: &TokenStream,
    end: Span,
    arguments: &TokenStream,
) -> (TokenStream, TokenStream) {
    let start = place.clone().into_iter().next().map_or(end, |token| token.span());
    let function = Ident::new(function, start);
    let mut arguments = Group::new(Delimiter::Parenthesis, arguments.clone());
    arguments.set_span(end);
    (quote!(use __kubist::resource::#function;), quote!(#function #arguments))
}
