//! What serde's own attributes do to the JSON.

use syn::{Attribute, ExprPath, Ident, LitStr};

use super::Errors;
use super::item::{Item, Value, items};
use crate::message;

/// The attributes of one container, field or variant that the schema has to follow.
#[derive(Default)]
pub(crate) struct SerdeAttr {
    pub(crate) rename: Option<LitStr>,
    pub(crate) rename_all: Option<RenameAll>,
    pub(crate) rename_all_fields: Option<RenameAll>,
    pub(crate) default: Option<DefaultFrom>,
    pub(crate) skip: bool,
    pub(crate) skip_serializing: Option<Ident>,
    pub(crate) skip_deserializing: Option<Ident>,
    pub(crate) skip_serializing_if: Option<ExprPath>,
    pub(crate) flatten: Option<Ident>,
    pub(crate) transparent: bool,
    pub(crate) tag: Option<LitStr>,
    pub(crate) content: Option<LitStr>,
    pub(crate) untagged: Option<Ident>,
    pub(crate) other: Option<Ident>,
    /// Names that are read too. The API server drops them before anybody could.
    pub(crate) alias: Option<Ident>,
    /// `with`, `serialize_with` or `deserialize_with`: the JSON is another than the type says.
    pub(crate) with: Option<Ident>,
    /// The type that serde reads (`from`, `try_from`) and the one that it writes (`into`).
    pub(crate) from: Option<LitStr>,
    pub(crate) into: Option<LitStr>,
}

/// Where serde takes an absent field from.
#[derive(Clone)]
pub(crate) enum DefaultFrom {
    /// `Default::default()`
    Trait,
    /// A function.
    Function(Box<ExprPath>),
}

impl SerdeAttr {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut attr = Self::default();
        // serde itself reports what cannot be read at all; a second report would be noise.
        let mut unreadable = darling::Error::accumulator();
        for item in items(attributes, "serde", &mut unreadable) {
            attr.take(&item, errors);
        }
        drop(unreadable.into_inner());
        attr
    }

    fn take(&mut self, item: &Item, errors: &mut Errors) {
        let name = item.key.to_string();
        let key = || Some(item.key.clone());
        match (name.as_str(), &item.value) {
            ("rename" | "rename_all" | "rename_all_fields", Value::List(_)) => {
                errors.push(darling::Error::custom(message::split_rename(&name)).with_span(&item.key));
            }
            ("rename", _) => self.rename = item.string().ok(),
            ("rename_all", _) => self.rename_all = rule(item),
            ("rename_all_fields", _) => self.rename_all_fields = rule(item),
            ("default", Value::None) => self.default = Some(DefaultFrom::Trait),
            ("default", Value::Equals(_)) => {
                self.default = function(item).map(|path| DefaultFrom::Function(Box::new(path)));
            }
            ("skip", _) => self.skip = true,
            ("skip_serializing", _) => self.skip_serializing = key(),
            ("skip_deserializing", _) => self.skip_deserializing = key(),
            ("skip_serializing_if", _) => self.skip_serializing_if = function(item),
            ("flatten", _) => self.flatten = key(),
            ("transparent", _) => self.transparent = true,
            ("tag", _) => self.tag = item.string().ok(),
            ("content", _) => self.content = item.string().ok(),
            ("untagged", _) => self.untagged = key(),
            ("other", _) => self.other = key(),
            ("alias", _) => self.alias = key(),
            ("with" | "serialize_with" | "deserialize_with", _) => self.with = key(),
            ("from" | "try_from", _) => self.from = item.string().ok(),
            ("into", _) => self.into = item.string().ok(),
            ("remote" | "getter", _) => {
                errors.push(darling::Error::custom(message::unsupported_serde(&name)).with_span(&item.key));
            }
            // All others change nothing, or are unknown to serde too, whose derive says so.
            _ => {}
        }
    }
}

/// Whether serde's derives cannot read a value and so write no impls.
pub(crate) fn is_unreadable(attributes: &[Attribute]) -> bool {
    let mut unreadable = darling::Error::accumulator();
    let items = items(attributes, "serde", &mut unreadable);
    drop(unreadable.into_inner());
    items.iter().any(|item| {
        let names_a_function = item.key == "default" || item.key == "skip_serializing_if";
        names_a_function && matches!(item.value, Value::Equals(_)) && function(item).is_none()
    })
}

fn rule(item: &Item) -> Option<RenameAll> {
    item.string().ok().and_then(|rule| RenameAll::from_name(&rule.value()))
}

fn function(item: &Item) -> Option<ExprPath> {
    let text = item.string().ok()?;
    let mut path: ExprPath = text.parse().ok()?;
    // What rustc says about the function belongs to the literal.
    for segment in &mut path.path.segments {
        segment.ident.set_span(text.span());
    }
    Some(path)
}

/// serde's `rename_all`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RenameAll {
    Camel,
    Kebab,
    Lower,
    Pascal,
    ScreamingKebab,
    ScreamingSnake,
    Snake,
    Upper,
}

impl RenameAll {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "camelCase" => Self::Camel,
            "kebab-case" => Self::Kebab,
            "lowercase" => Self::Lower,
            "PascalCase" => Self::Pascal,
            "SCREAMING-KEBAB-CASE" => Self::ScreamingKebab,
            "SCREAMING_SNAKE_CASE" => Self::ScreamingSnake,
            "snake_case" => Self::Snake,
            "UPPERCASE" => Self::Upper,
            _ => return None,
        })
    }

    /// The JSON name of a field, which is in snake case.
    pub(crate) fn field(self, name: &str) -> String {
        match self {
            Self::Camel => lower_first(&pascal(name)),
            Self::Kebab => name.replace('_', "-"),
            Self::Lower | Self::Snake => name.to_owned(),
            Self::Pascal => pascal(name),
            Self::ScreamingKebab => name.to_ascii_uppercase().replace('_', "-"),
            Self::ScreamingSnake | Self::Upper => name.to_ascii_uppercase(),
        }
    }

    /// The JSON name of a variant, which is in Pascal case.
    pub(crate) fn variant(self, name: &str) -> String {
        match self {
            Self::Camel => lower_first(name),
            Self::Lower => name.to_ascii_lowercase(),
            Self::Pascal => name.to_owned(),
            Self::Upper => name.to_ascii_uppercase(),
            Self::Snake => snake(name),
            Self::ScreamingSnake => snake(name).to_ascii_uppercase(),
            Self::Kebab => snake(name).replace('_', "-"),
            Self::ScreamingKebab => snake(name).to_ascii_uppercase().replace('_', "-"),
        }
    }
}

fn pascal(name: &str) -> String {
    let mut out = String::new();
    let mut upper = true;
    for c in name.chars() {
        if c == '_' {
            upper = true;
        } else if upper {
            out.push(c.to_ascii_uppercase());
            upper = false;
        } else {
            out.push(c);
        }
    }
    out
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + chars.as_str())
}

fn snake(name: &str) -> String {
    let mut out = String::new();
    for (at, c) in name.char_indices() {
        if at > 0 && c.is_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_variants_are_renamed_as_serde_does() {
        let cases = [
            ("camelCase", "readyReplicas", "readyReplicas"),
            ("kebab-case", "ready-replicas", "ready-replicas"),
            ("lowercase", "ready_replicas", "readyreplicas"),
            ("PascalCase", "ReadyReplicas", "ReadyReplicas"),
            ("SCREAMING-KEBAB-CASE", "READY-REPLICAS", "READY-REPLICAS"),
            ("SCREAMING_SNAKE_CASE", "READY_REPLICAS", "READY_REPLICAS"),
            ("snake_case", "ready_replicas", "ready_replicas"),
            ("UPPERCASE", "READY_REPLICAS", "READYREPLICAS"),
        ];
        for (name, field, variant) in cases {
            let rule = RenameAll::from_name(name).unwrap();
            assert_eq!(rule.field("ready_replicas"), field, "{name}");
            assert_eq!(rule.variant("ReadyReplicas"), variant, "{name}");
        }
    }
}
