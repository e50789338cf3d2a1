//! `impl Schema`, for nested types and for the root alike.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;

use crate::model::{DefaultModel, FieldModel, SchemaModel, ShapeModel, VariantModel, last_segment};
use crate::parse::DefaultFrom;

/// Everything that `#[derive(Schema)]` writes.
pub(crate) fn expand(model: &SchemaModel<'_>) -> TokenStream {
    let krate = &model.krate;
    let implementation = implementation(model);
    let index_value = match &model.shape {
        ShapeModel::Enum(variants) => index_value(model, variants),
        ShapeModel::Struct(_) => TokenStream::new(),
    };
    quote! {
        const _: () = {
            use #krate as __kubist;
            #implementation
            #index_value
        };
    }
}

/// The impl and its checks, inside a block that knows `__kubist`.
pub(super) fn implementation(model: &SchemaModel<'_>) -> TokenStream {
    let ident = model.ident;
    let name = ident.unraw().to_string();
    let node = match &model.shape {
        ShapeModel::Struct(fields) => {
            let entries = fields.iter().map(|field| entry(model, field));
            quote!(__kubist::schema::Node::object(#name, &[#(#entries),*]))
        }
        ShapeModel::Enum(variants) => {
            let names = variants.iter().map(|variant| &variant.json);
            quote!(__kubist::schema::Node::one_of(&[#(#names),*]))
        }
    };
    let describe = describe(&model.docs);
    let (impl_generics, type_generics, where_clause) = model.generics.split_for_impl();
    let bounds = model.generics.type_params().map(|parameter| &parameter.ident);
    let predicates = where_clause.map(|clause| clause.predicates.iter()).into_iter().flatten();
    let bounded = model.generics.type_params().next().is_some() || where_clause.is_some();
    let where_clause = bounded.then(|| quote!(where #(#bounds: __kubist::schema::Schema,)* #(#predicates,)*));
    let checks = checks(model);
    quote! {
        #[automatically_derived]
        impl #impl_generics __kubist::schema::Schema for #ident #type_generics #where_clause {
            const SCHEMA: &'static __kubist::schema::Node = &#node #describe;
        }
        #checks
    }
}

fn describe(docs: &str) -> TokenStream {
    if docs.is_empty() { TokenStream::new() } else { quote!(.describe(#docs)) }
}

fn entry(model: &SchemaModel<'_>, field: &FieldModel<'_>) -> TokenStream {
    let (ty, json) = (field.ty, &field.json);
    let rust = field.ident.unraw().to_string();
    let node = quote!(<#ty as __kubist::schema::Schema>::SCHEMA);
    let describe = describe(&field.docs);
    let default = field.default.as_ref().map(|default| default_of(model, field, default));
    let pattern = field.pattern.as_ref().map(|pattern| quote!(.pattern(#pattern)));
    let bound = |key: &str, bound: &Option<crate::parse::Bound>| {
        let setter = format_ident!("{key}");
        bound.as_ref().map(|bound| {
            let number = &bound.number;
            quote!(.#setter(__kubist::schema::#number))
        })
    };
    let (minimum, maximum) = (bound("minimum", &field.minimum), bound("maximum", &field.maximum));
    quote!(__kubist::schema::Field::new(#rust, #json, #node) #describe #default #pattern #minimum #maximum)
}

fn default_of(model: &SchemaModel<'_>, field: &FieldModel<'_>, default: &DefaultModel) -> TokenStream {
    let (ident, ty) = (field.ident, field.ty);
    let (_, container, _) = model.generics.split_for_impl();
    let owner = model.ident;
    // serde's derive judges the type of the value; a second opinion would be a second error.
    let value = match default {
        DefaultModel::Field(DefaultFrom::Trait) => quote!(<#ty as ::core::default::Default>::default()),
        DefaultModel::Field(DefaultFrom::Function(function)) => quote!(#function()),
        DefaultModel::Container(DefaultFrom::Trait) => {
            quote!(<#owner #container as ::core::default::Default>::default().#ident)
        }
        DefaultModel::Container(DefaultFrom::Function(function)) => quote!(#function().#ident),
    };
    quote!(.default(|| __kubist::schema::default_value(&#value)))
}

/// The compiler checks the bounds against the schema of the field's type, at the bound. A generic type
/// has no single schema to check.
fn checks(model: &SchemaModel<'_>) -> TokenStream {
    let ShapeModel::Struct(fields) = &model.shape else {
        return TokenStream::new();
    };
    if model.generics.type_params().next().is_some() {
        return TokenStream::new();
    }
    let mut checks = TokenStream::new();
    for field in fields {
        let ty = field.ty;
        let name = field.ident.unraw().to_string();
        let node = quote!(<#ty as __kubist::schema::Schema>::SCHEMA);
        if has_inner_option(ty) {
            checks.extend(check("check_nulls", ty, &quote!(#name, #node)));
        }
        if let Some(pattern) = &field.pattern {
            checks.extend(check("check_pattern", pattern, &quote!(#name, #node)));
        }
        for (key, bound) in [("minimum", &field.minimum), ("maximum", &field.maximum)] {
            if let Some(bound) = bound {
                let number = &bound.number;
                let arguments = quote!(#key, #name, #node, __kubist::schema::#number);
                checks.extend(check("check_range", &bound.key, &arguments));
            }
        }
    }
    checks
}

/// Whether an `Option` is written inside of another type. Only then is there something to check.
fn has_inner_option(ty: &syn::Type) -> bool {
    let options =
        |tokens: TokenStream| tokens.into_iter().filter(|token| token.to_string() == "Option").count();
    let outer = last_segment(ty).is_some_and(|segment| segment.ident == "Option");
    options(ty.to_token_stream()) > usize::from(outer)
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

fn index_value(model: &SchemaModel<'_>, variants: &[VariantModel<'_>]) -> TokenStream {
    let ident = model.ident;
    let arms = variants.iter().map(|variant| {
        let (variant, json) = (variant.ident, &variant.json);
        quote!(Self::#variant => __kubist::resource::IndexValue::index_key(#json),)
    });
    // A variant that serde skips has no name, so nothing is indexed, and nothing is found by it.
    quote! {
        #[automatically_derived]
        impl __kubist::resource::Key<{ __kubist::schema::STRING_KEY }> for #ident {
            fn into_key(self) -> __kubist::resource::IndexKey {
                let key = __kubist::resource::IndexValue::index_key(&self);
                key.unwrap_or_else(|| __kubist::resource::Key::into_key(""))
            }
        }
        #[automatically_derived]
        impl __kubist::resource::IndexValue for #ident {
            fn index_key(&self) -> ::core::option::Option<__kubist::resource::IndexKey> {
                match self {
                    #(#arms)*
                    #[allow(unreachable_patterns)]
                    _ => ::core::option::Option::None,
                }
            }
        }
    }
}
