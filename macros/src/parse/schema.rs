//! `#[schema(...)]` on a field, and on a nested type.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Lit, LitStr, UnOp};

use super::item::{Item, Value, items};
use super::{Errors, crate_path, set, unknown};
use crate::key;
use crate::message;

/// What the attribute says.
#[derive(Default)]
pub(crate) struct SchemaAttr {
    pub(crate) pattern: Option<LitStr>,
    pub(crate) minimum: Option<Bound>,
    pub(crate) maximum: Option<Bound>,
    pub(crate) krate: Option<syn::Path>,
}

/// A number as it was written.
pub(crate) struct Bound {
    pub(crate) key: Ident,
    pub(crate) span: Span,
    pub(crate) text: String,
    pub(crate) value: f64,
    /// `Number::Integer(…)` or `Number::Float(…)`, without the path before it.
    pub(crate) number: TokenStream,
}

impl SchemaAttr {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut attr = Self::default();
        for item in items(attributes, "schema", errors) {
            match item.key.to_string().as_str() {
                "pattern" => set(&mut attr.pattern, errors.handle(item.string()), &item, errors),
                "minimum" => set(&mut attr.minimum, bound(&item, errors), &item, errors),
                "maximum" => set(&mut attr.maximum, bound(&item, errors), &item, errors),
                "crate" => set(&mut attr.krate, crate_path(&item, errors), &item, errors),
                "default" => {
                    errors
                        .push(darling::Error::custom(message::default_without_serde()).with_span(&item.key));
                }
                _ => unknown(&item, "#[schema(...)]", key::SCHEMA, errors),
            }
        }
        attr
    }
}

fn bound(item: &Item, errors: &mut Errors) -> Option<Bound> {
    let read = match &item.value {
        Value::Equals(expr) => number(expr).map(|(text, value, number)| Bound {
            key: item.key.clone(),
            span: expr.span(),
            text,
            value,
            number,
        }),
        Value::None | Value::List(_) => None,
    };
    if read.is_none() {
        let text = message::key_takes_number(&item.key.to_string());
        let span = match &item.value {
            Value::Equals(expr) => expr.span(),
            Value::None | Value::List(_) => item.key.span(),
        };
        errors.push(syn::Error::new(span, text).into());
    }
    read
}

fn number(expr: &Expr) -> Option<(String, f64, TokenStream)> {
    let (negative, literal) = match expr {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => match &*unary.expr {
            Expr::Lit(literal) => (true, &literal.lit),
            _ => return None,
        },
        Expr::Lit(literal) => (false, &literal.lit),
        _ => return None,
    };
    let sign = if negative { "-" } else { "" };
    match literal {
        Lit::Int(int) => {
            let text = format!("{sign}{}", int.base10_digits());
            let value: i64 = text.parse().ok()?;
            #[expect(clippy::cast_precision_loss, reason = "the API itself keeps bounds as float64")]
            Some((text, value as f64, quote!(Number::Integer(#value))))
        }
        Lit::Float(float) => {
            let text = format!("{sign}{}", float.base10_digits());
            let value: f64 = text.parse().ok()?;
            Some((text, value, quote!(Number::Float(#value))))
        }
        _ => None,
    }
}
