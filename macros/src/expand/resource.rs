//! Everything that `#[derive(Resource)]` writes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use crate::expand::{check, method, part, schema, serde};
use crate::model::{ResourceModel, inner_type};
use crate::parse::{Column, ColumnPath, Deprecated, Scope};

pub(crate) fn expand(model: &ResourceModel<'_>) -> TokenStream {
    let krate = &model.schema.krate;
    let (object, resource, markers) = (object(model), resource(model), markers(model));
    let schema =
        schema::implementation(&model.schema, &model.rules, &|field| part::node_of_part(model, field));
    let (definition, checks) = (definition(model), checks(model));
    let parts = part::parts(model);
    let serde = (!model.serde_manual).then(|| serde::implementations(model));
    let (inherent, methods) = (inherent(model), method::methods(model));
    let aliases = aliases(model);
    quote! {
        const _: () = {
            use #krate as __kubist;
            #object
            #resource
            #markers
            #schema
            #parts
            #definition
            #checks
            #serde
            #inherent
        };
        #methods
        #aliases
    }
}

fn object(model: &ResourceModel<'_>) -> TokenStream {
    let ident = model.schema.ident;
    let Some(field) = model.schema.field("metadata") else {
        return TokenStream::new();
    };
    let (name, span) = (&field.ident, field.ty.span());
    // The expressions stand at the field's type, so that another type is reported there.
    let (shared, exclusive) = (quote_spanned!(span=> &self.#name), quote_spanned!(span=> &mut self.#name));
    quote! {
        #[automatically_derived]
        impl __kubist::resource::Object for #ident {
            fn object_meta(&self) -> &__kubist::resource::ObjectMeta {
                #shared
            }
            fn object_meta_mut(&mut self) -> &mut __kubist::resource::ObjectMeta {
                #exclusive
            }
        }
    }
}

fn resource(model: &ResourceModel<'_>) -> TokenStream {
    let ident = model.schema.ident;
    let (group, version, kind, plural) =
        (&model.names.group, &model.names.version, &model.names.kind, &model.names.plural);
    let scope = match model.names.scope {
        Scope::Cluster => quote!(Cluster),
        Scope::Namespaced => quote!(Namespaced),
    };
    let singular = &model.names.singular;
    let names = |setter: &str, names: &[String]| {
        let setter = format_ident!("{setter}");
        (!names.is_empty()).then(|| quote!(.#setter(&[#(#names),*])))
    };
    let (short, categories) =
        (names("short_names", &model.names.short_names), names("categories", &model.names.categories));
    let status = model.schema.field("status").map(|_| quote!(.status()));
    let scale = model.scale.as_ref().map(|_| quote!(.scale()));
    let indexes = indexes(model);
    quote! {
        #[automatically_derived]
        impl __kubist::resource::Resource for #ident {
            const META: __kubist::resource::ResourceMeta = __kubist::resource::ResourceMeta::new(
                #group, #version, #kind, #plural, __kubist::resource::Scope::#scope,
            )
            .singular(#singular)
            #short
            #categories
            #status
            #scale
            .schema(<#ident as __kubist::schema::Schema>::SCHEMA);
            #indexes
        }
    }
}

fn indexes(model: &ResourceModel<'_>) -> TokenStream {
    if model.indexes.is_empty() {
        return TokenStream::new();
    }
    let definitions = model.indexes.iter().map(|index| {
        let name = index.name.unraw().to_string();
        let object = Ident::new("object", index.path.start());
        // The same token where it is declared and where it is used: a path out of a `macro_rules!` has names of its own.
        let keys = Ident::new("keys", Span::mixed_site());
        let visit = index.path.visit(&object, &|value| {
            let span = value.span();
            quote_spanned!(span=> #keys.push(#value);)
        });
        quote!(__kubist::resource::IndexDefinition::new(#name, |#object, #keys| { #visit }))
    });
    quote! {
        const INDEXES: &'static [__kubist::resource::IndexDefinition<Self>] = &[#(#definitions),*];
    }
}

fn markers(model: &ResourceModel<'_>) -> TokenStream {
    let ident = model.schema.ident;
    let scope = match model.names.scope {
        Scope::Cluster => quote!(ClusterScoped),
        Scope::Namespaced => quote!(Namespaced),
    };
    let status = model.schema.field("status").map(|field| {
        let status = inner_type(field.ty);
        quote! {
            impl __kubist::resource::HasStatus for #ident {}
            impl __kubist::apply::StatusOf<#status> for #ident {}
        }
    });
    let scale = model.scale.as_ref().map(|_| quote!(impl __kubist::resource::HasScale for #ident {}));
    let verbs = model.verbs.iter().map(|verb| {
        let verb = format_ident!("{verb}");
        quote!(impl __kubist::resource::Allows<__kubist::resource::verb::#verb> for #ident {})
    });
    let listable = (model.verbs.contains(&"List") && model.verbs.contains(&"Watch"))
        .then(|| quote!(impl __kubist::resource::Listable for #ident {}));
    quote! {
        impl __kubist::resource::#scope for #ident {}
        #listable
        #(#verbs)*
        #status
        #scale
    }
}

fn definition(model: &ResourceModel<'_>) -> TokenStream {
    let ident = model.schema.ident;
    let columns = model.columns.iter().map(column);
    let columns = (!model.columns.is_empty())
        .then(|| quote!(const COLUMNS: &'static [__kubist::crd::Column] = &[#(#columns),*];));
    let scale = model.scale.as_ref().map(|scale| {
        let (replicas, ready) = (scale.replicas.to_string(), scale.ready.to_string());
        let selector = scale.selector.as_ref().map(|path| {
            let path = path.to_string();
            quote!(.selector(#path))
        });
        quote! {
            const SCALE: ::core::option::Option<__kubist::crd::ScalePaths> =
                ::core::option::Option::Some(__kubist::crd::ScalePaths::new(#replicas, #ready) #selector);
        }
    });
    let selectable = (!model.selectable.is_empty()).then(|| {
        let paths = model.selectable.iter().map(|field| field.path.to_string());
        quote!(const SELECTABLE: &'static [&'static str] = &[#(#paths),*];)
    });
    let list_kind = model.names.list_kind.as_ref().map(|kind| quote!(const LIST_KIND: &'static str = #kind;));
    let pairs = |constant: &str, pairs: &[(syn::LitStr, syn::LitStr)]| {
        let (constant, pairs) =
            (format_ident!("{constant}"), pairs.iter().map(|(name, value)| quote!((#name, #value))));
        quote!(const #constant: &'static [(&'static str, &'static str)] = &[#(#pairs),*];)
    };
    let annotations = (!model.annotations.is_empty()).then(|| pairs("ANNOTATIONS", &model.annotations));
    let labels = (!model.labels.is_empty()).then(|| pairs("LABELS", &model.labels));
    let served = (!model.served).then(|| {
        quote!(
            const SERVED: bool = false;
        )
    });
    let storage = (!model.storage).then(|| {
        quote!(
            const STORAGE: bool = false;
        )
    });
    let deprecated = model.deprecated.as_ref().map(|deprecated| {
        let text = match deprecated {
            Deprecated::Plain => quote!(""),
            Deprecated::Warning(text) => quote!(#text),
        };
        quote! {
            const DEPRECATED: ::core::option::Option<&'static str> = ::core::option::Option::Some(#text);
        }
    });
    quote! {
        #[automatically_derived]
        impl __kubist::crd::CustomResource for #ident {
            #columns
            #scale
            #selectable
            #list_kind
            #annotations
            #labels
            #served
            #storage
            #deprecated
        }
    }
}

fn column(column: &Column) -> TokenStream {
    let name = &column.name;
    let path = match &column.path {
        ColumnPath::Rust(path) => path.to_string(),
        ColumnPath::Json(path) => path.value(),
    };
    let priority = column.priority.map(|priority| quote!(.priority(#priority)));
    let text = |setter: &str, text: &Option<syn::LitStr>| {
        let setter = format_ident!("{setter}");
        text.as_ref().map(|text| quote!(.#setter(#text)))
    };
    let (description, format) = (text("description", &column.description), text("format", &column.format));
    let type_ = column.type_.as_ref().map(|type_| {
        let type_ = type_.to_string();
        quote!(.type_(#type_))
    });
    quote!(__kubist::crd::Column::new(#name, #path) #type_ #format #description #priority)
}

/// The compiler follows each path through the schema tree, and reports what it finds at the path.
fn checks(model: &ResourceModel<'_>) -> TokenStream {
    let ident = model.schema.ident;
    let root = quote!(<#ident as __kubist::schema::Schema>::SCHEMA);
    let mut checks = TokenStream::new();
    for column in &model.columns {
        let (path, text) = match &column.path {
            ColumnPath::Rust(path) => (quote!(#path), path.to_string()),
            ColumnPath::Json(path) => (quote!(#path), path.value()),
        };
        checks.extend(check::check("check_column", &path, &quote!(#root, #text)));
        if let Some(type_) = &column.type_ {
            let name = type_.to_string();
            checks.extend(check::check("check_column_type", type_, &quote!(#root, #text, #name)));
        }
    }
    if let Some(scale) = &model.scale {
        let selector = scale.selector.as_ref().map(|path| {
            let first = if path.to_string().starts_with("status") { "status" } else { "spec" };
            ("selector", first, path)
        });
        let paths = [("replicas", "spec", &scale.replicas), ("ready", "status", &scale.ready)];
        for (key, first, path) in paths.into_iter().chain(selector) {
            let text = path.to_string();
            checks.extend(check::check("check_scale", path, &quote!(#root, #key, #first, #text)));
        }
    }
    for field in model.schema.fields() {
        let name = field.ident.unraw().to_string();
        if matches!(name.as_str(), "spec" | "status") {
            let node = part::inner_node(model, field);
            checks.extend(check::check("check_part", field.ty, &quote!(#name, #node)));
        }
    }
    for field in &model.selectable {
        let text = field.path.to_string();
        checks.extend(check::check("check_selectable", &field.path, &quote!(#root, #text)));
    }
    let name = ident.unraw().to_string();
    for rule in &model.rules {
        checks.extend(check::of_rule(rule, "check_cel_of_root", &name, &root));
    }
    checks
}

fn inherent(model: &ResourceModel<'_>) -> TokenStream {
    let (ident, kind) = (model.schema.ident, &model.names.kind);
    let handles = model.indexes.iter().map(|index| {
        let name = index.name.unraw().to_string();
        let handle = format_ident!("BY_{}", name.to_uppercase());
        let text = index.path.to_string();
        let root = quote!(<#ident as __kubist::schema::Schema>::SCHEMA);
        let (function, kind) = check::call("key_kind", &index.path, &quote!(#root, #text));
        let docs = format!(" The index of objects by `{text}`.");
        quote! {
            #[doc = #docs]
            pub const #handle: __kubist::resource::Index<#ident, { use __kubist::schema::#function; #kind }> = __kubist::resource::Index::new(#name);
        }
    });
    let selectable = model.selectable.iter().map(|field| {
        let handle = format_ident!("FIELD_{}", field.name.unraw().to_string().to_uppercase());
        let text = field.path.to_string();
        let docs = format!(" The field `{text}`, for field selectors.");
        quote! {
            #[doc = #docs]
            pub const #handle: __kubist::resource::SelectableField<#ident> =
                __kubist::resource::SelectableField::new(#text);
        }
    });
    let given: Vec<_> = model
        .schema
        .fields()
        .iter()
        .filter(|field| !matches!(field.json.as_str(), "metadata" | "status"))
        .collect();
    let (names, types): (Vec<_>, Vec<_>) = given.iter().map(|field| (&field.ident, field.ty)).unzip();
    // Its own hygiene keeps it apart from a field that is called `name` too.
    let name = Ident::new("name", Span::mixed_site());
    let metadata = model.schema.field("metadata").map(|field| {
        let ident = &field.ident;
        quote! {
            #ident: __kubist::resource::ObjectMeta {
                name: ::core::option::Option::Some(::core::convert::Into::into(#name)),
                ..::core::default::Default::default()
            },
        }
    });
    let status = model.schema.field("status").map(|field| {
        let ident = &field.ident;
        quote!(#ident: ::core::option::Option::None,)
    });
    let skipped = &model.schema.skipped;
    let new_docs = format!(" A new `{kind}` of this name, to be created.");
    let crd_docs = format!(" The `CustomResourceDefinition` of `{kind}`.");
    quote! {
        impl #ident {
            #(#handles)*
            #(#selectable)*
            #[doc = #new_docs]
            pub fn new(#name: impl ::core::convert::Into<::std::string::String>, #(#names: #types),*) -> Self {
                Self {
                    #metadata
                    #(#names,)*
                    #status
                    #(#skipped: ::core::default::Default::default(),)*
                }
            }
            #[doc = #crd_docs]
            pub fn crd() -> __kubist::crd::CustomResourceDefinition {
                __kubist::crd::definition::<Self>()
            }
        }
    }
}

fn aliases(model: &ResourceModel<'_>) -> TokenStream {
    let (ident, visibility, krate) = (model.schema.ident, model.visibility, &model.schema.krate);
    let name = ident.unraw();
    let alias = |suffix: &str, of: &str, docs: &str| {
        let (alias, of, docs) =
            (format_ident!("{name}{suffix}"), format_ident!("{of}"), format!(" {docs} [`{ident}`]."));
        quote! {
            #[doc = #docs]
            #[allow(dead_code)]
            #visibility type #alias = #krate::#of<#ident>;
        }
    };
    let api = alias("Api", "Api", "The typed client of");
    let informer = alias("Informer", "SharedInformer", "The shared informer of");
    let lister = alias("Lister", "Lister", "The lister of");
    quote!(#api #informer #lister)
}
