//! Constants that have the compiler check what the derive alone cannot know.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Type;
use syn::ext::IdentExt;

use crate::expand::schema::node_of;
use crate::model::{FieldModel, SchemaModel, ShapeModel, Source, Warning, is_option};
use crate::parse::{CelRule, EntryValue, ListType, Rules};
use crate::rule::chains;

/// The checks of a type. A generic type has no single schema to check.
pub(super) fn checks(model: &SchemaModel<'_>) -> TokenStream {
    let mut checks = TokenStream::new();
    for field in model.all_fields() {
        checks.extend(field.warnings.iter().map(warning));
    }
    if model.generics.type_params().next().is_some() {
        return checks;
    }
    for field in model.all_fields() {
        checks.extend(of_field(field));
    }
    let ident = model.ident;
    let own = quote!(<#ident as __kubist::schema::Schema>::SCHEMA);
    for field in model.fields().iter().filter(|field| field.flatten) {
        let name = field.ident.unraw().to_string();
        checks.extend(check("check_flatten", field.ty, &quote!(#own, #name)));
    }
    checks.extend(of_rules(&model.rules, &ident.unraw().to_string(), &own, None));
    if let ShapeModel::Union(_, variants) = &model.shape {
        for (at, variant) in variants.iter().filter(|variant| !variant.other).enumerate() {
            checks.extend(check("check_variant", variant.ident, &quote!(#own, #at)));
        }
    }
    checks
}

fn of_field(field: &FieldModel<'_>) -> TokenStream {
    let name = field.ident.unraw().to_string();
    let node = node_of(field);
    let known = matches!(field.source, Source::Type).then_some(field.ty);
    let mut checks = of_rules(&field.rules, &name, &node, known);
    if known.is_some() && may_have_no_schema(field.ty) {
        checks.extend(check("check_type", field.ty, &quote!(#name, #node)));
    }
    if let Some(key) = &field.key {
        let present = field.default.is_some() || !field.is_option();
        checks.extend(check("check_key_field", key, &quote!(#name, #node, #present)));
    }
    checks
}

/// Whether a type is written with what a schema may not be able to say: an inner `Option`, a tuple, an array,
/// and what may be `std::time::Duration`.
fn may_have_no_schema(ty: &Type) -> bool {
    fn count(tokens: TokenStream) -> (usize, bool) {
        tokens.into_iter().fold((0, false), |(options, groups), token| match token {
            proc_macro2::TokenTree::Ident(ident) if ident == "Option" => (options + 1, groups),
            proc_macro2::TokenTree::Ident(ident) if ident == "Duration" => (options, true),
            proc_macro2::TokenTree::Group(group) => {
                let inner = count(group.stream());
                (options + inner.0, groups || inner.1 || group.delimiter() != Delimiter::None)
            }
            _ => (options, groups),
        })
    }
    let (options, groups) = count(ty.to_token_stream());
    groups || options > usize::from(is_option(ty))
}

/// Whether a type is known by its name to take a key; then there is nothing to ask the compiler.
fn takes(ty: Option<&Type>, key: &str) -> bool {
    let Some(Type::Path(path)) = ty else { return false };
    let Some(name) = path.path.get_ident() else { return false };
    name == "String" && matches!(key, "pattern" | "min_length" | "max_length")
}

fn of_rules(rules: &Rules, name: &str, node: &TokenStream, ty: Option<&Type>) -> TokenStream {
    let mut checks = TokenStream::new();
    for entry in &rules.entries {
        let key = entry.key.to_string();
        match &entry.value {
            EntryValue::Text(text) if key == "format" => {
                checks.extend(check("check_format", text, &quote!(#text, #name, #node)));
                continue;
            }
            EntryValue::Text(_) if key == "title" => continue,
            EntryValue::Json(_) | EntryValue::Docs(..) => continue,
            EntryValue::Flag if key == "nullable" => {
                checks.extend(check("check_nullable", &entry.key, &quote!(#name, #node)));
                continue;
            }
            EntryValue::Number(bound) if key != "multiple_of" => {
                let number = &bound.number;
                let arguments = quote!(#key, #name, #node, __kubist::schema::#number);
                checks.extend(check("check_range", &entry.key, &arguments));
            }
            EntryValue::List(ListType::Set) => {
                checks.extend(check("check_set", &entry.key, &quote!(#name, #node)));
            }
            EntryValue::List(ListType::Map(keys)) => {
                for of in keys {
                    let text = of.unraw().to_string();
                    checks.extend(check("check_list_key", of, &quote!(#name, #node, #text)));
                }
            }
            _ => {}
        }
        if !takes(ty, &key) {
            checks.extend(check("check_key", &entry.key, &quote!(#key, #name, #node)));
        }
    }
    checks.extend(rules.cel.iter().map(|rule| of_rule(rule, "check_cel", name, node)));
    if let Some((key, elements)) = &rules.elements {
        let text = key.to_string();
        checks.extend(check("check_key", key, &quote!(#text, #name, #node)));
        let element = format!("{name}[]");
        checks.extend(of_rules(elements, &element, &quote!(__kubist::schema::items(#node)), None));
        checks.extend(old_items(rules, elements, name, node));
    }
    checks
}

/// What a rule reads, followed by the compiler: by `check_cel`, or at the root of an object by `check_cel_of_root`.
pub(super) fn of_rule(rule: &CelRule, function: &str, name: &str, node: &TokenStream) -> TokenStream {
    let mut checks = TokenStream::new();
    for literal in [Some(&rule.rule), rule.message_expression.as_ref()].into_iter().flatten() {
        for chain in chains(literal) {
            checks.extend(check(function, literal, &quote!(#node, #chain, #name)));
        }
    }
    if let Some(path) = &rule.field_path {
        let text = path.to_string();
        checks.extend(check("check_field_path", path, &quote!(#node, #text)));
    }
    checks
}

/// Rules about what the items of a list were before, which the server cannot tell for every list.
fn old_items(rules: &Rules, elements: &Rules, name: &str, node: &TokenStream) -> TokenStream {
    let kept = rules.entries.iter().any(|entry| matches!(entry.value, EntryValue::List(ListType::Map(_))));
    let given = rules.entries.iter().any(|entry| matches!(entry.value, EntryValue::List(_)));
    let of_old = elements.cel.iter().filter(|rule| chains(&rule.rule).iter().any(|chain| is_old(chain)));
    if kept {
        return TokenStream::new();
    }
    of_old.map(|rule| check("check_cel_of_items", &rule.rule, &quote!(#node, #given, #name))).collect()
}

fn is_old(chain: &str) -> bool {
    chain.starts_with("oldSelf")
}

/// A warning of the compiler at a token: the one way that a stable macro has is something deprecated.
fn warning(warning: &Warning) -> TokenStream {
    let (headline, note) = (format_ident!("{}", warning.headline, span = warning.span), &warning.note);
    let used = quote_spanned!(warning.span=> let _ = #headline;);
    quote! {
        const _: () = {
            #[allow(non_camel_case_types)]
            #[deprecated(note = #note)]
            struct #headline;
            #used
        };
    }
}

/// A constant whose evaluation calls a check of core, and reports at the tokens `at` what that has to say.
///
/// Only the call stands at the user's tokens: a path there would be "unnecessarily qualified" to
/// the compiler's lint, in the user's code.
pub(super) fn check(function: &str, at: &impl ToTokens, arguments: &TokenStream) -> TokenStream {
    let (function, call) = call(function, at, arguments);
    quote! {
        const _: () = {
            use __kubist::schema::#function;
            #call
        };
    }
}

/// A call that begins at the first and ends at the last of the tokens `at`, so that an error marks them all
/// (stable proc macros cannot join spans).
pub(crate) fn call(function: &str, at: &impl ToTokens, arguments: &TokenStream) -> (Ident, TokenStream) {
    let mut tokens = at.to_token_stream().into_iter();
    let first = tokens.next().map_or_else(Span::call_site, |token| token.span());
    let last = tokens.last().map_or(first, |token| token.span());
    let function = Ident::new(function, first);
    let mut arguments = Group::new(Delimiter::Parenthesis, arguments.clone());
    arguments.set_span(last);
    (function.clone(), quote!(#function #arguments))
}
