//! Types that contain themselves: a schema has no names to refer to, so each level is written out.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;

use crate::expand::schema::{node, node_as, node_of};
use crate::model::{FieldModel, SchemaModel};
use crate::parse::Recursion;

/// How far a type that contains itself is followed; `None` where it does not.
pub(super) fn uses_itself(model: &SchemaModel<'_>) -> Option<Recursion> {
    model.all_fields().into_iter().find_map(|field| field.recursion)
}

/// A type per level, each with the one below in place of the type itself, and the schema of the type.
pub(super) fn levels(model: &SchemaModel<'_>, recursion: Recursion) -> (TokenStream, TokenStream) {
    let ident = model.ident;
    let level = |number: u8| format_ident!("__{}Level{number}", ident.unraw());
    let declare = |name: &Ident, node: TokenStream| {
        quote! {
            struct #name;
            impl __kubist::schema::Schema for #name {
                const SCHEMA: &'static __kubist::schema::Node = #node;
            }
        }
    };
    let through = |below: Ident| {
        move |field: &FieldModel<'_>| match field.recursion {
            Some(_) => {
                let ty = replace(field.ty.to_token_stream(), ident, &below);
                node_as(field, &ty)
            }
            None => node_of(field),
        }
    };
    let (depth, rest) = match recursion {
        Recursion::Schemaless => (1, TokenStream::new()),
        // A level too many is refused: were it not in the schema, the server would drop it without a word.
        Recursion::Depth(depth) => {
            let message = format!("a {} can be nested {depth} levels deep", ident.unraw());
            (depth, quote!(.cel(&[__kubist::schema::CelRule::new("false").message(#message)])))
        }
    };
    let name = ident.unraw().to_string();
    let bottom = quote! {
        &__kubist::schema::Node::object(#name, &[])
            .rules(&__kubist::schema::Rules::new().preserve_unknown() #rest)
    };
    let mut declared = declare(&level(0), bottom);
    for number in 1..depth {
        let node = node(model, &[], &through(level(number - 1)));
        declared.extend(declare(&level(number), node));
    }
    (declared, node(model, &[], &through(level(depth - 1))))
}

/// The tokens of a type with another name in place of its own and of `Self`.
pub(super) fn replace(tokens: TokenStream, name: &Ident, by: &Ident) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Ident(found) if found == *name || found == "Self" => TokenTree::Ident(by.clone()),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), replace(group.stream(), name, by));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        })
        .collect()
}
