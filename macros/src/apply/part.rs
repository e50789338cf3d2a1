//! What `apply!` writes: a walk through places whose types rustc finds, with the user's names and values in it.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::literal::{Entry, Fields, Head, Item, Literal, Value};

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    match syn::parse2::<Literal>(input.clone()) {
        Ok(literal) => written(&literal),
        Err(error) => {
            let error = error.to_compile_error();
            // An empty part of the type, if it was named: what is done with it is no second mistake.
            let part =
                Head::before(input).map(|Head { krate, ty }| quote!(#krate::apply::Partial::<#ty>::new()));
            quote!({ #error #part })
        }
    }
}

fn written(literal: &Literal) -> TokenStream {
    let Head { krate, ty } = &literal.head;
    let mut writer = Writer { literal, path: Vec::new(), checks: TokenStream::new() };
    writer.check_status();
    let part = Ident::new("part", Span::mixed_site());
    let body = writer.fields(&literal.fields, &quote!(#part.fields(#krate::apply::Known::<#ty>::NODE)));
    let checks = writer.checks;
    quote! {
        {
            #[allow(unused_imports)]
            use #krate::apply::{Plain as _, Unknown as _, entries as __kubist_entries, items as __kubist_items};
            #checks
            let mut #part = #krate::apply::Partial::<#ty>::new();
            #body
            #part
        }
    }
}

/// A span in the hygiene of the macro that shows where the user's token is.
fn at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

/// A call with the variable `place`, all of which stands at the user's token: it is reported there, and once.
fn call(function: &str, span: Span) -> TokenStream {
    let (function, place) = (Ident::new(function, at(span)), Ident::new("place", at(span)));
    let mut arguments = Group::new(Delimiter::Parenthesis, quote!(#place));
    arguments.set_span(at(span));
    quote!(#function #arguments)
}

struct Writer<'a> {
    literal: &'a Literal,
    /// The steps from the root, as the check of keys takes them.
    path: Vec<String>,
    checks: TokenStream,
}

impl Writer<'_> {
    /// A status beside the rest is refused for kinds that write it apart.
    fn check_status(&mut self) {
        let Head { krate, ty } = &self.literal.head;
        let status = self.literal.fields.fields.iter().find(|(name, _)| name == "status");
        if let Some((name, _)) = status {
            let kind = quote!(#ty).to_string().rsplit(' ').next().unwrap_or_default().to_owned();
            let arguments = quote!(#krate::apply::Known::<#ty>::HAS_STATUS, #kind);
            self.check("check_status", name.span(), &arguments);
        }
    }

    fn check_item(&mut self, fields: &Fields) {
        // What a spread brings is known at run time only.
        if !fields.spreads.is_empty() {
            return;
        }
        let Head { krate, ty } = &self.literal.head;
        let path = &self.path;
        let given = fields.fields.iter().map(|(name, _)| name.unraw().to_string());
        let arguments = quote!(#krate::apply::Known::<#ty>::NODE, &[#(#path),*], &[#(#given),*]);
        self.check("check_item", fields.span, &arguments);
    }

    /// A constant whose evaluation calls a check of core, and reports at `span`.
    fn check(&mut self, function: &str, span: Span, arguments: &TokenStream) {
        let krate = &self.literal.head.krate;
        let function = Ident::new(function, span);
        let mut arguments = Group::new(Delimiter::Parenthesis, arguments.clone());
        arguments.set_span(span);
        self.checks.extend(quote! {
            const _: () = {
                use #krate::apply::#function;
                #function #arguments
            };
        });
    }

    /// Statements that set the fields of the struct that `open` gives.
    fn fields(&mut self, fields: &Fields, open: &TokenStream) -> TokenStream {
        let object = Ident::new("object", Span::mixed_site());
        let it = Ident::new("it", Span::mixed_site());
        if fields.is_empty() {
            return quote!(let _ = #open;);
        }
        let mut body = TokenStream::new();
        for spread in &fields.spreads {
            body.extend(quote!(#object.spread(#spread);));
        }
        for (name, value) in &fields.fields {
            let rust = name.unraw().to_string();
            let place =
                quote_spanned!(at(name.span())=> #object.field(#rust, |#it| &#it.#name).value().unboxed());
            self.path.push(rust);
            body.extend(self.value(value, name.span(), &place));
            self.path.pop();
        }
        quote! {
            {
                let mut #object = #open;
                #body
            }
        }
    }

    /// Statements that set the value at a place. What is wrong with it is reported at `span` where not in the value.
    fn value(&mut self, value: &Value, span: Span, place: &TokenStream) -> TokenStream {
        match value {
            Value::Expr(expr) => quote_spanned!(at(span)=> #place.set(#expr);),
            Value::Fields(fields) => self.fields(fields, &quote!(#place.open())),
            Value::Items(span, items) => self.items(*span, items, place),
            Value::Entries(span, entries) => self.entries(*span, entries, place),
        }
    }

    fn items(&mut self, span: Span, items: &[Item], place: &TokenStream) -> TokenStream {
        let list = Ident::new("list", Span::mixed_site());
        let open = call("__kubist_items", span);
        let at_list = Ident::new("place", at(span));
        if items.is_empty() {
            return quote!({ let #at_list = #place; let _ = #open; });
        }
        let mut body = TokenStream::new();
        for item in items {
            body.extend(match item {
                Item::Spread(items) => quote!(#list.spread(#items);),
                Item::One(value) => {
                    if let Value::Fields(fields) = value {
                        self.check_item(fields);
                    }
                    self.path.push("[]".to_owned());
                    let item =
                        self.value(value, span, &quote_spanned!(at(span)=> #list.item().value().unboxed()));
                    self.path.pop();
                    item
                }
            });
        }
        quote! {
            {
                let #at_list = #place;
                let mut #list = #open;
                #body
            }
        }
    }

    fn entries(&mut self, span: Span, entries: &[Entry], place: &TokenStream) -> TokenStream {
        let map = Ident::new("map", Span::mixed_site());
        let open = call("__kubist_entries", span);
        let at_map = Ident::new("place", at(span));
        self.path.push("{}".to_owned());
        let mut body = TokenStream::new();
        for entry in entries {
            body.extend(match entry {
                Entry::Spread(entries) => quote!(#map.spread(#entries);),
                Entry::One(key, value) => {
                    let place = quote_spanned!(at(span)=> #map.entry(#key).value().unboxed());
                    self.value(value, span, &place)
                }
            });
        }
        self.path.pop();
        quote! {
            {
                let #at_map = #place;
                let mut #map = #open;
                #body
            }
        }
    }
}
