//! What a kind is called.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{DeriveInput, LitStr};

use crate::lower::{Errors, note};
use crate::message;
use crate::model::Names;
use crate::name;
use crate::parse::ResourceAttr;

/// The names of the kind; everything that is missing or wrong is noted.
pub(crate) fn names(input: &DeriveInput, attr: &ResourceAttr, errors: &mut Errors) -> Option<Names> {
    let at = attr.span.unwrap_or_else(|| input.ident.span());
    if attr.empty && !attr.unreadable {
        note(errors, at, message::missing_attribute());
        return None;
    }
    let missing = [
        ("group", attr.group.is_none(), message::missing_group()),
        ("version", !has_version(attr), message::missing_version()),
        ("scope", attr.scope.is_none(), message::missing_scope()),
    ];
    for (key, missing, text) in missing {
        if missing && !attr.is_broken(key) {
            note(errors, at, text);
        }
    }
    if let (Some(_), Some(second)) = (&attr.version, &attr.version_unchecked) {
        note(errors, second.span(), message::versions_twice());
    }
    pairs("annotation", &attr.annotations, errors);
    pairs("label", &attr.labels, errors);
    let group = attr.group.as_ref().map(|literal| group(literal, attr, errors));
    let version = match (&attr.version, &attr.version_unchecked) {
        (_, Some(literal)) => Some(label("version", literal, errors)),
        (Some(literal), None) => Some(version(literal, errors)),
        (None, None) => None,
    };
    let kind = kind(input, attr, errors);
    let plural = match (&attr.plural, &kind) {
        (Some(literal), _) => Some(label("plural", literal, errors)),
        (None, Some(kind)) if !attr.is_broken("plural") => plural(input, attr, kind, errors),
        (None, _) => None,
    };
    let singular = attr.singular.as_ref().map(|literal| label("singular", literal, errors));
    let list_kind = attr.list_kind.as_ref().map(|literal| list_kind(literal, kind.as_deref(), errors));
    let short_names = labels("short name", &attr.short, errors);
    let categories = labels("category", &attr.category, errors);
    let kind = kind?;
    Some(Names {
        group: group?,
        version: version?,
        plural: plural?,
        singular: singular.unwrap_or_else(|| kind.to_ascii_lowercase()),
        kind,
        list_kind,
        short_names,
        categories,
        scope: attr.scope?,
    })
}

fn has_version(attr: &ResourceAttr) -> bool {
    attr.version.is_some() || attr.version_unchecked.is_some() || attr.is_broken("version_unchecked")
}

/// Annotations or labels of the definition: what the API server would refuse, and what is there twice.
fn pairs(what: &str, pairs: &[(LitStr, LitStr)], errors: &mut Errors) {
    for (at, (name, value)) in pairs.iter().enumerate() {
        let text = name.value();
        if !name::is_qualified(&text) {
            note(errors, name.span(), message::bad_label_name(&text));
        } else if pairs[..at].iter().any(|(other, _)| other.value() == text) {
            note(errors, name.span(), message::duplicate_name(what, &text));
        }
        if what == "label" && !name::is_label_value(&value.value()) {
            note(errors, value.span(), message::bad_label_value(&text));
        }
    }
}

fn kind_span(input: &DeriveInput, attr: &ResourceAttr) -> Span {
    attr.kind.as_ref().map_or_else(|| input.ident.span(), LitStr::span)
}

fn kind(input: &DeriveInput, attr: &ResourceAttr, errors: &mut Errors) -> Option<String> {
    let kind = attr.kind.as_ref().map_or_else(|| input.ident.unraw().to_string(), LitStr::value);
    if name::is_kind(&kind) {
        return Some(kind);
    }
    note(errors, kind_span(input, attr), message::bad_kind(&kind, &name::to_kind(&kind)));
    None
}

fn plural(input: &DeriveInput, attr: &ResourceAttr, kind: &str, errors: &mut Errors) -> Option<String> {
    match name::plural(kind) {
        Ok(plural) => Some(plural),
        Err(guess) => {
            note(errors, kind_span(input, attr), message::plural_needed(kind, &guess));
            None
        }
    }
}

fn list_kind(literal: &LitStr, kind: Option<&str>, errors: &mut Errors) -> String {
    let list_kind = literal.value();
    if !name::is_kind(&list_kind) {
        note(errors, literal.span(), message::bad_kind(&list_kind, &name::to_kind(&list_kind)));
    } else if kind == Some(list_kind.as_str()) {
        note(errors, literal.span(), message::list_kind_is_kind());
    }
    list_kind
}

/// The annotation with which the Kubernetes project approves of a definition in its own groups.
const APPROVED: &str = "api-approved.kubernetes.io";

fn group(literal: &LitStr, attr: &ResourceAttr, errors: &mut Errors) -> String {
    let group = literal.value();
    let approval = attr.annotations.iter().find(|(name, _)| name.value() == APPROVED).map(|(_, value)| value);
    if let Some((group, version)) = group.split_once('/')
        && name::is_group(group)
        && !version.contains('/')
    {
        note(errors, literal.span(), message::group_with_version(group, version));
    } else if !name::is_group(&group) {
        note(errors, literal.span(), message::bad_group(&group, &name::to_group(&group)));
    } else if let Some(domain) = name::protected_domain(&group) {
        match approval {
            None => note(errors, literal.span(), message::protected_group(domain)),
            Some(value) if name::is_approval(&value.value()) => {}
            Some(value) => note(errors, value.span(), message::bad_approval()),
        }
    }
    group
}

/// The verbs that the client has, by the names of their types in core.
pub(crate) fn verbs(attr: &ResourceAttr) -> Vec<&'static str> {
    const ALL: [(&str, &str); 8] = [
        ("get", "Get"),
        ("list", "List"),
        ("watch", "Watch"),
        ("create", "Create"),
        ("update", "Update"),
        ("patch", "Patch"),
        ("delete", "Delete"),
        ("deletecollection", "DeleteCollection"),
    ];
    let allowed = |verb: &str| match (&attr.verbs, &attr.skip_verbs) {
        _ if attr.read_only.is_some() => matches!(verb, "get" | "list" | "watch"),
        (Some(verbs), _) => verbs.iter().any(|given| given == verb),
        (None, Some(skipped)) => !skipped.iter().any(|given| given == verb),
        (None, None) => true,
    };
    ALL.into_iter().filter(|(verb, _)| allowed(verb)).map(|(_, name)| name).collect()
}

fn version(literal: &LitStr, errors: &mut Errors) -> String {
    let version = literal.value();
    if !name::is_version(&version) {
        note(errors, literal.span(), message::bad_version(&version, &name::to_version(&version)));
    }
    version
}

fn label(what: &str, literal: &LitStr, errors: &mut Errors) -> String {
    let label = literal.value();
    if !name::is_label(&label) {
        note(errors, literal.span(), message::bad_name(what, &label, &name::to_label(&label)));
    }
    label
}

fn labels(what: &str, literals: &[LitStr], errors: &mut Errors) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for literal in literals {
        let name = label(what, literal, errors);
        if labels.contains(&name) {
            note(errors, literal.span(), message::duplicate_name(what, &name));
        }
        labels.push(name);
    }
    labels
}
