//! `#[resource(...)]` on the root struct.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Ident, LitStr, Token};

use super::column::{Column, column_of};
use super::item::{Item, Value, items, list, ungrouped, word};
use super::method::{Method, method, verbs};
use super::rules::{CelRule, cel_rule, flag};
use super::{Errors, RustPath, crate_path, set, unknown};
use crate::key;
use crate::message;

/// What the attribute says, each value as it was written.
#[derive(Default)]
pub(crate) struct ResourceAttr {
    /// The attribute, if there is one.
    pub(crate) span: Option<Span>,
    pub(crate) group: Option<LitStr>,
    pub(crate) version: Option<LitStr>,
    pub(crate) kind: Option<LitStr>,
    pub(crate) plural: Option<LitStr>,
    pub(crate) singular: Option<LitStr>,
    pub(crate) short: Vec<LitStr>,
    pub(crate) category: Vec<LitStr>,
    pub(crate) scope: Option<Scope>,
    pub(crate) list_kind: Option<LitStr>,
    pub(crate) version_unchecked: Option<LitStr>,
    pub(crate) served: Option<bool>,
    pub(crate) storage: Option<bool>,
    /// The warning, or the key where the server's own is meant.
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) annotations: Vec<(LitStr, LitStr)>,
    pub(crate) labels: Vec<(LitStr, LitStr)>,
    pub(crate) scale: Option<Scale>,
    pub(crate) columns: Vec<Column>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) selectable: Vec<Index>,
    pub(crate) rules: Vec<CelRule>,
    pub(crate) verbs: Option<Vec<Ident>>,
    pub(crate) skip_verbs: Option<Vec<Ident>>,
    pub(crate) read_only: Option<Ident>,
    pub(crate) methods: Vec<Method>,
    /// Whether the user writes `Serialize` and `Deserialize`.
    pub(crate) serde_manual: Option<()>,
    pub(crate) krate: Option<syn::Path>,
    /// Keys whose value was given but could not be read, so that their absence is no second mistake.
    pub(crate) broken: Vec<String>,
    /// Whether the attribute could not be read at all.
    pub(crate) unreadable: bool,
    /// Whether it says nothing.
    pub(crate) empty: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Cluster,
    Namespaced,
}

/// `scale(replicas = spec.replicas, ready = status?.ready)`
pub(crate) struct Scale {
    pub(crate) key: Ident,
    pub(crate) replicas: RustPath,
    pub(crate) ready: RustPath,
    pub(crate) selector: Option<RustPath>,
}

/// `deprecated`, or `deprecated = "use v2"`
pub(crate) enum Deprecated {
    Plain,
    Warning(LitStr),
}

/// `index(bucket = spec.bucket)`
pub(crate) struct Index {
    pub(crate) name: Ident,
    pub(crate) path: RustPath,
}

impl ResourceAttr {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut attr = Self {
            span: attributes
                .iter()
                .find(|attribute| attribute.path().is_ident("resource"))
                .map(|attribute| syn::spanned::Spanned::span(&attribute.meta)),
            ..Self::default()
        };
        let mut unreadable = darling::Error::accumulator();
        let items = items(attributes, "resource", &mut unreadable);
        let unreadable = unreadable.into_inner();
        attr.unreadable = !unreadable.is_empty();
        attr.empty = items.is_empty();
        unreadable.into_iter().for_each(|error| errors.push(error));
        for item in items {
            let mut own = darling::Error::accumulator();
            attr.take(&item, &mut own);
            let own = own.into_inner();
            if !own.is_empty() {
                attr.broken.push(item.key.to_string());
            }
            own.into_iter().for_each(|error| errors.push(error));
        }
        attr
    }

    fn take(&mut self, item: &Item, errors: &mut Errors) {
        let key = item.key.to_string();
        match key.as_str() {
            "group" => set(&mut self.group, errors.handle(item.string()), item, errors),
            "version" => set(&mut self.version, errors.handle(item.string()), item, errors),
            "kind" => set(&mut self.kind, errors.handle(item.string()), item, errors),
            "plural" => set(&mut self.plural, errors.handle(item.string()), item, errors),
            "singular" => set(&mut self.singular, errors.handle(item.string()), item, errors),
            "short" => self.short.extend(errors.handle(item.string())),
            "category" => self.category.extend(errors.handle(item.string())),
            "scope" => set(&mut self.scope, scope(item, errors), item, errors),
            "scale" => set(&mut self.scale, scale(item, errors), item, errors),
            "column" => self.columns.extend(column_of(item, errors)),
            "index" => {
                let example = "index(bucket = spec.bucket)";
                self.indexes.extend(paths(item, example, &message::index_form(), errors));
            }
            "list_kind" => set(&mut self.list_kind, errors.handle(item.string()), item, errors),
            "version_unchecked" => {
                set(&mut self.version_unchecked, errors.handle(item.string()), item, errors)
            }
            "served" => set(&mut self.served, boolean(item, errors), item, errors),
            "storage" => set(&mut self.storage, boolean(item, errors), item, errors),
            "deprecated" => set(&mut self.deprecated, deprecated(item, errors), item, errors),
            "annotation" => {
                self.annotations.extend(list(item, pair, r#"annotation("key", "value")"#, errors))
            }
            "label" => self.labels.extend(list(item, pair, r#"label("key", "value")"#, errors)),
            "selectable" => {
                let example = "selectable(class = spec.class)";
                self.selectable.extend(paths(item, example, &message::selectable_form(), errors));
            }
            "rule" => self.rules.extend(cel_rule(item, errors)),
            "verbs" => set(&mut self.verbs, verbs(item, errors), item, errors),
            "skip_verbs" => set(&mut self.skip_verbs, verbs(item, errors), item, errors),
            "read_only" => {
                set(&mut self.read_only, flag(item, errors).map(|()| item.key.clone()), item, errors);
            }
            "method" => self.methods.extend(method(item, errors)),
            "serde" => set(&mut self.serde_manual, manual(item, errors), item, errors),
            "crate" => set(&mut self.krate, crate_path(item, errors), item, errors),
            "status" => {
                errors.push(darling::Error::custom(message::status_is_a_field()).with_span(&item.key));
            }
            _ => {
                unknown(item, "#[resource(...)]", key::RESOURCE, errors);
                // `scop = Namespaced` is one mistake: the scope is not missing as well.
                self.broken.extend(key::meant(&key, key::RESOURCE).into_iter().map(str::to_owned));
            }
        }
    }

    pub(crate) fn is_broken(&self, key: &str) -> bool {
        self.unreadable || self.broken.iter().any(|broken| broken == key)
    }
}

fn scope(item: &Item, errors: &mut Errors) -> Option<Scope> {
    let (found, span) = match &item.value {
        Value::Equals(expr) => match ungrouped(expr) {
            syn::Expr::Path(path) if path.path.is_ident("Namespaced") => {
                return Some(Scope::Namespaced);
            }
            syn::Expr::Path(path) if path.path.is_ident("Cluster") => return Some(Scope::Cluster),
            other => (quote::quote!(#other).to_string(), syn::spanned::Spanned::span(other)),
        },
        Value::None | Value::List(_) => ("nothing".to_owned(), item.key.span()),
    };
    errors.push(syn::Error::new(span, message::scope_value(&found)).into());
    None
}

fn boolean(item: &Item, errors: &mut Errors) -> Option<bool> {
    if let Value::Equals(expr) = &item.value
        && let syn::Expr::Lit(literal) = ungrouped(expr)
        && let syn::Lit::Bool(value) = &literal.lit
    {
        return Some(value.value);
    }
    let text = message::key_takes_boolean(&item.key.to_string());
    errors.push(darling::Error::custom(text).with_span(&item.key));
    None
}

fn deprecated(item: &Item, errors: &mut Errors) -> Option<Deprecated> {
    if let Value::None = item.value {
        return Some(Deprecated::Plain);
    }
    errors.handle(item.string()).map(Deprecated::Warning)
}

fn pair(input: ParseStream<'_>) -> syn::Result<(LitStr, LitStr)> {
    let form = |error: syn::Error| syn::Error::new(error.span(), message::pair_form());
    let name = input.parse().map_err(form)?;
    input.parse::<Token![,]>().map_err(form)?;
    let value = input.parse().map_err(form)?;
    input.parse::<Option<Token![,]>>()?;
    Ok((name, value))
}

fn manual(item: &Item, errors: &mut Errors) -> Option<()> {
    let (text, span) = word(item);
    if text == "manual" {
        return Some(());
    }
    errors.push(syn::Error::new(span, message::serde_form()).into());
    None
}

/// One or more `name = path`; `form` says that they look like this.
fn named(input: ParseStream<'_>, form: &str) -> syn::Result<Vec<Index>> {
    let form = |error: syn::Error| syn::Error::new(error.span(), form);
    let mut all = Vec::new();
    while all.is_empty() || !input.is_empty() {
        let name = Ident::parse_any(input).map_err(form)?;
        input.parse::<Token![=]>().map_err(form)?;
        all.push(Index { name, path: input.parse()? });
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(all)
}

fn paths(item: &Item, example: &str, form: &str, errors: &mut Errors) -> Vec<Index> {
    list(item, |input| named(input, form), example, errors).unwrap_or_default()
}

fn scale(item: &Item, errors: &mut Errors) -> Option<Scale> {
    let example = "scale(replicas = spec.replicas, ready = status?.ready)";
    let entries = paths(item, example, &message::key_takes_list("scale", example), errors);
    if entries.is_empty() {
        return None;
    }
    let (mut replicas, mut ready, mut selector) = (None, None, None);
    let mut complete = true;
    for Index { name, path } in entries {
        let entry = Item { key: name, value: Value::None };
        match entry.key.to_string().as_str() {
            "replicas" => set(&mut replicas, Some(path), &entry, errors),
            "ready" => set(&mut ready, Some(path), &entry, errors),
            "selector" => set(&mut selector, Some(path), &entry, errors),
            _ => {
                unknown(&entry, "`scale(...)`", key::SCALE, errors);
                complete = false;
            }
        }
    }
    if complete {
        for (key, given) in [("replicas", replicas.is_some()), ("ready", ready.is_some())] {
            if !given {
                errors.push(darling::Error::custom(message::scale_missing(key)).with_span(&item.key));
            }
        }
    }
    Some(Scale { key: item.key.clone(), replicas: replicas?, ready: ready?, selector })
}
