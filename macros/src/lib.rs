//! The derives of `kubist`. Use them through that crate: `use kubist::prelude::*;`.
//!
#![doc = include_str!("../docs/messages.md")]

mod check;
mod expand;
mod key;
mod lower;
mod message;
mod model;
mod name;
mod parse;
mod rule;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use syn::{DeriveInput, parse_macro_input};

use crate::model::ResourceModel;
use crate::parse::ResourceAttr;

/// Makes a struct a Kubernetes resource: its names, its custom resource definition, its typed client,
/// informer and lister.
///
/// The struct is the root of the object. It has a field `metadata: ObjectMeta`, usually a `spec`, and
/// with a field `status: Option<…>` the kind has a status subresource. **The derive implements
/// `Serialize` and `Deserialize` itself**, so that `apiVersion` and `kind` are always there and right: do not
/// derive them on the root. Nested types derive `Schema`, `Serialize` and `Deserialize`.
///
/// # `#[resource(...)]` on the struct
///
/// | key | default | meaning |
/// | --- | --- | --- |
/// | `group = "example.com"` | required | API group: a DNS name with a dot |
/// | `version = "v1"` | required | version: `v1`, `v1beta1`, `v2alpha3` |
/// | `scope = Namespaced` | required | or `Cluster` |
/// | `kind = "Website"` | name of the struct | kind |
/// | `plural = "websites"` | kind in lower case with `s`, where that is regular | name in URLs |
/// | `singular = "website"` | kind in lower case | |
/// | `short = "web"` | none, repeatable | short name for the command line |
/// | `category = "all"` | none, repeatable | listed with `kubectl get all` |
/// | `scale(replicas = spec.replicas, ready = status?.ready)` | none | scale subresource; `selector = …` for the label selector |
/// | `column("Ready", status?.ready)` | none, repeatable | what `kubectl get` shows; the type follows the field. One column of yours takes away kubectl's own `Age`: write `column("Age", metadata.creation_timestamp)` |
/// | `index(bucket = spec.bucket)` | none, repeatable | an index in every informer, as `Website::BY_BUCKET` |
/// | `crate = ::facade::kubist` | `::kubist` | where the crate is found; nested types take it in `#[schema(crate = …)]` |
///
/// Strings and numbers are literals: a procedural macro cannot see the value of a constant.
///
/// # Paths
///
/// Paths are Rust paths from the root: `?` goes through an `Option` (and may be left out at the end), `[]` into
/// each item of a list, `["key"]` into a map. JSON paths follow serde's renames by themselves. A path that leads
/// nowhere is a compile error at the path. An index reads the field, so the field must be visible where the root
/// is; an absent value indexes nothing. An enum of plain names is indexed by its JSON name, and found by the enum
/// or by a string.
///
/// # What is written
///
/// `impl Object`, `Resource` (with `const META`), `CustomResource`, `Schema`, `Serialize`, `Deserialize`; the
/// markers `Namespaced` or `ClusterScoped`, `Listable`, `HasStatus`, `HasScale`; the functions `new` and `crd`, a
/// constant `BY_…` per index; the aliases `WebsiteApi`, `WebsiteInformer`, `WebsiteLister`. All of it is public API
/// that could be written by hand.
#[proc_macro_derive(Resource, attributes(resource, schema, serde))]
pub fn derive_resource(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    resource(&parse_macro_input!(input as DeriveInput)).into()
}

/// Gives a nested type its schema.
///
/// For structs with named fields and for enums of plain names. The types that fields may have are listed at the
/// trait. serde's `rename`, `rename_all`, `default`, `skip` and `skip_serializing_if` are followed: a field is required
/// unless it is an `Option` or has a default, and serde's default is the schema's. Documentation comments become
/// descriptions.
///
/// `Option` means "may be absent", not "may be null": the API server drops a null, and puts a default in its
/// place, so that `None` written to an `Option` with a default of `Some(…)` comes back as that default.
///
/// # `#[schema(...)]` on a field
///
/// | key | for | meaning |
/// | --- | --- | --- |
/// | `pattern = "^gs://"` | strings | a regular expression (RE2 syntax, unanchored) |
/// | `minimum = 0`, `maximum = 100` | numbers | inclusive bounds, within what the type can hold |
///
/// On the type: `crate = ::facade::kubist`, where the crate is found.
#[proc_macro_derive(Schema, attributes(schema, serde))]
pub fn derive_schema(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    schema(&parse_macro_input!(input as DeriveInput)).into()
}

fn resource(input: &DeriveInput) -> TokenStream {
    let mut errors = darling::Error::accumulator();
    let attr = ResourceAttr::parse(&input.attrs, &mut errors);
    let fallback = expand::resource_fallback(input, &attr);
    let schema = lower::root(input, &attr, &mut errors);
    if let Some(schema) = &schema {
        check::root(schema, &attr, &mut errors);
    }
    let names = lower::names(input, &attr, &mut errors);
    match (errors.finish(), schema, names) {
        (Ok(()), Some(schema), Some(names)) => expand::resource(&ResourceModel {
            visibility: &input.vis,
            schema,
            names,
            served: attr.served.unwrap_or(true),
            storage: attr.storage.unwrap_or(true),
            verbs: lower::verbs(&attr),
            deprecated: attr.deprecated,
            annotations: attr.annotations,
            labels: attr.labels,
            scale: attr.scale,
            columns: attr.columns,
            indexes: attr.indexes,
            selectable: attr.selectable,
            rules: attr.rules,
            methods: attr.methods,
            serde_manual: attr.serde_manual.is_some(),
        }),
        (result, ..) => with_errors(result, fallback),
    }
}

fn schema(input: &DeriveInput) -> TokenStream {
    let mut errors = darling::Error::accumulator();
    let model = lower::schema(input, &mut errors);
    if let Some(model) = &model {
        check::schema(model, &mut errors);
    }
    let krate = model.as_ref().map_or_else(|| syn::parse_quote!(::kubist), |model| model.krate.clone());
    match (errors.finish(), model) {
        (Ok(()), Some(model)) => expand::schema(&model),
        (result, _) => with_errors(result, expand::schema_fallback(input, &krate)),
    }
}

fn with_errors(result: darling::Result<()>, fallback: TokenStream) -> TokenStream {
    let errors = match result {
        Err(errors) => errors.write_errors(),
        // Lowering gives no model only after noting a mistake; should that ever be wrong, say so.
        Ok(()) => {
            quote::quote!(::core::compile_error!("kubist: the derive failed without a reason; please report it");)
        }
    };
    quote::quote!(#errors #fallback)
}
