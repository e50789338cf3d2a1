//! What `#[derive(Apply)]` writes.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::DeriveInput;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::model::{Field, Form, Model};
use super::root;
use super::traits::traits;

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let model = Model::of(input);
    match (model.root, model.whole) {
        (true, true) => TokenStream::new(),
        (true, false) => root::expand(&model),
        (false, true) => whole(&model),
        (false, false) => part(&model),
    }
}

/// What is always applied whole: enums, newtypes, structs that merge as one.
fn whole(model: &Model<'_>) -> TokenStream {
    let (ident, krate) = (&model.input.ident, &model.krate);
    let bounds = Bounds::of(model);
    let (impl_generics, type_generics, where_clause) =
        (bounds.implementation(), bounds.names(), bounds.whole_where(krate));
    quote! {
        #[automatically_derived]
        impl #impl_generics #krate::apply::Apply for #ident #type_generics #where_clause {
            type Config = Self;
            type Item = Self;
        }
    }
}

fn part(model: &Model<'_>) -> TokenStream {
    let (ident, krate) = (&model.input.ident, &model.krate);
    let name = apply_name(model);
    let bounds = Bounds::of(model);
    let (impl_generics, type_generics) = (bounds.implementation(), bounds.names());
    let fields: Vec<_> = model.fields.iter().collect();
    let declared = declare(model, &fields, &TokenStream::new());
    let (constructor, traits) = (constructor(model), traits(model, &fields, &bounds));
    let mention = Mention::of(&fields).in_method;
    let setters = fields
        .iter()
        .filter(|field| !field.key)
        .map(|field| setter(model, field, field.visibility, &mention));
    let keys = model.keys().map(|field| field.ident.unraw().to_string());
    let (item, where_clause) = match model.keys().next() {
        Some(_) => (quote!(Self::Config), bounds.part_where(krate)),
        None => (quote!(Self), bounds.whole_where(krate)),
    };
    let (of, checks) = (bounds.part_where(krate), checks(model));
    quote! {
        #declared
        const _: () = {
            use #krate as __kubist;
            #[automatically_derived]
            impl #impl_generics __kubist::apply::Apply for #ident #type_generics #where_clause {
                type Config = #name #type_generics;
                type Item = #item;
                const KEYS: ::core::option::Option<&'static [&'static str]> =
                    ::core::option::Option::Some(&[#(#keys),*]);
            }
            impl #impl_generics #name #type_generics #of {
                #constructor
                #(#setters)*
            }
            #traits
            #checks
        };
    }
}

pub(super) fn apply_name(model: &Model<'_>) -> Ident {
    format_ident!("{}Apply", model.input.ident.unraw(), span = model.input.ident.span())
}

/// A span of the macro that shows where the user's token is: what is wrong with the type of a field is
/// reported there, and there only once.
pub(super) fn at(field: &Field<'_>) -> Span {
    Span::call_site().located_at(field.ty.span())
}

/// What mentions the fields whose types may have no part.
///
/// Of each function that moves a value of the apply type, the compiler asks what is to be dropped, and says at the function
/// what is wrong with the type of a field: but not where the field itself was wrong already, in the function's own words.
pub(super) struct Mention {
    /// For a method.
    pub(super) in_method: TokenStream,
    /// For a function without `self`, and without type parameters: a closure would have them too.
    pub(super) in_function: Option<TokenStream>,
}

impl Mention {
    pub(super) fn of(fields: &[&Field<'_>]) -> Self {
        let doubtful: Vec<_> = fields
            .iter()
            .filter(|field| field.form == Form::Part && !is_whole(field.ty.to_token_stream()))
            .collect();
        let each = |value: &str| -> TokenStream {
            let one = doubtful.iter().map(|field| {
                let (value, ident) = (Ident::new(value, at(field)), field.ident);
                quote_spanned!(at(field)=> let _ = &#value.#ident;)
            });
            one.collect()
        };
        let in_closure = each("part");
        let in_function = (!doubtful.is_empty()).then(|| quote!(let _ = |part: &Self| { #in_closure };));
        Self { in_method: each("self"), in_function }
    }
}

/// Whether a type is known by its names to have parts, as `Option<String>` is.
fn is_whole(ty: TokenStream) -> bool {
    const WHOLE: [&str; 20] = [
        "String",
        "bool",
        "char",
        "i8",
        "i16",
        "i32",
        "i64",
        "isize",
        "u8",
        "u16",
        "u32",
        "u64",
        "usize",
        "f32",
        "f64",
        "Option",
        "Vec",
        "Box",
        "BTreeMap",
        "ObjectMeta",
    ];
    ty.into_iter().all(|token| match token {
        TokenTree::Ident(ident) => WHOLE.iter().any(|name| ident == name),
        TokenTree::Group(group) => is_whole(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => true,
    })
}

/// The type of a field in the apply type, without the `Option`.
pub(super) fn config(krate: &impl ToTokens, field: &Field<'_>) -> TokenStream {
    let inner = field.inner();
    match field.form {
        Form::Part => {
            let (ty, krate) = (field.ty.to_token_stream(), krate.to_token_stream());
            let (ty, krate) = (respan(ty, at(field)), respan(krate, at(field)));
            quote_spanned!(at(field)=> <#ty as #krate::apply::Apply>::Config)
        }
        Form::Whole => quote!(#inner),
        Form::Written => quote!(#krate::apply::Written),
    }
}

fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    let one = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            token = Group::new(group.delimiter(), respan(group.stream(), span)).into();
        }
        token.set_span(span);
        token
    };
    tokens.into_iter().map(one).collect()
}

/// The struct itself. `first` stands before its fields.
pub(super) fn declare(model: &Model<'_>, fields: &[&Field<'_>], first: &TokenStream) -> TokenStream {
    let (krate, visibility) = (&model.krate, &model.input.vis);
    let (ident, name) = (&model.input.ident, apply_name(model));
    let bounds = Bounds::of(model);
    let (generics, where_clause) = (bounds.implementation(), bounds.part_where(krate));
    let docs = format!(" A part of a [`{ident}`]: what is not set is not applied.");
    let declared = fields.iter().map(|field| {
        let (ident, visibility, docs, config) =
            (field.ident, field.visibility, docs_of(field), config(krate, field));
        match field.key {
            true => quote!(#docs #visibility #ident: #config,),
            false => quote_spanned!(at(field)=> #docs #visibility #ident: ::core::option::Option<#config>,),
        }
    });
    quote! {
        #[doc = #docs]
        #[must_use]
        #[non_exhaustive]
        #visibility struct #name #generics #where_clause {
            #first
            #(#declared)*
        }
    }
}

fn docs_of(field: &Field<'_>) -> TokenStream {
    let docs = match field.docs.as_str() {
        "" => format!(" The part of `{}`.", field.ident.unraw()),
        docs => docs.lines().map(|line| format!(" {line}")).collect::<Vec<_>>().join("\n"),
    };
    quote!(#[doc = #docs])
}

fn constructor(model: &Model<'_>) -> TokenStream {
    let visibility = &model.input.vis;
    let keys: Vec<_> = model.keys().collect();
    let arguments = keys.iter().map(|field| {
        let (ident, config) = (field.ident, config(&quote!(__kubist), field));
        quote!(#ident: impl __kubist::apply::IntoConfig<#config>)
    });
    let given = keys.iter().map(|field| {
        let ident = field.ident;
        quote!(#ident: __kubist::apply::IntoConfig::into_config(#ident),)
    });
    let unset = model.fields.iter().filter(|field| !field.key).map(|field| {
        let ident = field.ident;
        quote_spanned!(at(field)=> #ident: ::core::option::Option::None,)
    });
    let docs = match keys.len() {
        0 => " Nothing is set yet.",
        _ => " The item with these keys, of which nothing else is set yet.",
    };
    quote! {
        #[doc = #docs]
        #visibility fn new(#(#arguments),*) -> Self {
            Self { #(#given)* #(#unset)* }
        }
    }
}

/// A setter, `.replicas(3)`.
pub(super) fn setter(
    model: &Model<'_>,
    field: &Field<'_>,
    visibility: &syn::Visibility,
    mention: &TokenStream,
) -> TokenStream {
    let ident = field.ident;
    if ["new", "extract", "extract_status"].contains(&ident.to_string().as_str()) {
        return TokenStream::new();
    }
    let docs = docs_of(field);
    if field.form == Form::Written {
        let (ty, serde, krate) = (&field.ty, &field.serde, &model.krate);
        let path = krate.to_token_stream().to_string().replace(' ', "") + "::serde";
        return quote! {
            #docs
            #visibility fn #ident(mut self, #ident: #ty) -> Self {
                #mention
                #[derive(__kubist::serde::Serialize)]
                #[serde(crate = #path)]
                struct Wire {
                    #(#serde)*
                    #ident: #ty,
                }
                self.#ident = __kubist::apply::Written::of(&Wire { #ident });
                self
            }
        };
    }
    let config = config(&quote!(__kubist), field);
    let (docs, visibility) = (respan(docs, at(field)), respan(visibility.to_token_stream(), at(field)));
    quote_spanned! {at(field)=>
        #docs
        #visibility fn #ident(mut self, #ident: impl __kubist::apply::IntoConfig<#config>) -> Self {
            #mention
            self.#ident = ::core::option::Option::Some(__kubist::apply::IntoConfig::into_config(#ident));
            self
        }
    }
}

/// The keys of a list are asked for by the apply type of its items.
pub(super) fn checks(model: &Model<'_>) -> TokenStream {
    let generic = model.input.generics.type_params().next().is_some();
    let lists =
        model.fields.iter().filter(|field| !field.keys.is_empty() && field.form == Form::Part && !generic);
    lists
        .map(|field| {
            let list = field.ident.unraw().to_string();
            let keys = field.keys.iter().map(|key| key.unraw().to_string());
            let (span, inner) = (field.keys[0].span(), field.inner());
            let function = Ident::new("check_keys", span);
            let item = quote!(<#inner as __kubist::apply::ListOf>::Item);
            let arguments = quote!(#list, &[#(#keys),*], <#item as __kubist::apply::Apply>::KEYS);
            let mut arguments = Group::new(Delimiter::Parenthesis, arguments);
            arguments.set_span(span);
            quote! {
                const _: () = {
                    use __kubist::apply::#function;
                    #function #arguments
                };
            }
        })
        .collect()
}

/// The type parameters, with what each must be.
pub(super) struct Bounds<'a> {
    generics: &'a syn::Generics,
}

impl<'a> Bounds<'a> {
    pub(super) fn of(model: &Model<'a>) -> Self {
        Self { generics: &model.input.generics }
    }

    pub(super) fn implementation(&self) -> TokenStream {
        let (generics, ..) = self.generics.split_for_impl();
        generics.to_token_stream()
    }

    pub(super) fn names(&self) -> TokenStream {
        let (_, generics, _) = self.generics.split_for_impl();
        generics.to_token_stream()
    }

    /// The parameters with `'de` before them, and their names.
    pub(super) fn with_lifetime(&self) -> (TokenStream, TokenStream) {
        let parameters = self.generics.params.iter().map(|parameter| match parameter {
            syn::GenericParam::Type(parameter) => {
                let (name, bounds) = (&parameter.ident, &parameter.bounds);
                quote!(#name: #bounds)
            }
            syn::GenericParam::Const(parameter) => {
                let (name, ty) = (&parameter.ident, &parameter.ty);
                quote!(const #name: #ty)
            }
            syn::GenericParam::Lifetime(parameter) => parameter.to_token_stream(),
        });
        (quote!(<'de, #(#parameters),*>), self.names())
    }

    /// The predicates of the user, and that every parameter has parts.
    pub(super) fn part_where(&self, krate: &syn::Path) -> TokenStream {
        self.predicates(krate, false)
    }

    /// And that the type itself can stand in an apply type.
    fn whole_where(&self, krate: &syn::Path) -> TokenStream {
        self.predicates(krate, true)
    }

    fn predicates(&self, krate: &syn::Path, whole: bool) -> TokenStream {
        let given = self.generics.where_clause.iter().flat_map(|clause| clause.predicates.iter());
        let parameters: Vec<_> = self.generics.type_params().map(|parameter| &parameter.ident).collect();
        if parameters.is_empty() && self.generics.where_clause.is_none() {
            return TokenStream::new();
        }
        let itself = (whole && !parameters.is_empty()).then(|| quote!(Self: #krate::apply::Member,));
        quote!(where #(#parameters: #krate::apply::Apply + 'static,)* #itself #(#given,)*)
    }
}
