//! `#[schema(...)]` on a field, and on a nested type.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Lit, LitStr, UnOp};

use super::item::{Item, Value, items, ungrouped};
use super::{Errors, crate_path, set, unknown};
use crate::key;
use crate::message;

/// What the attribute says.
#[derive(Default)]
pub(crate) struct SchemaAttr {
    pub(crate) pattern: Option<LitStr>,
    pub(crate) minimum: Option<Bound>,
    pub(crate) maximum: Option<Bound>,
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

/// The crate path in `#[schema(crate = …)]` on a type. Everything else belongs on a field.
pub(crate) fn on_type(attributes: &[Attribute], errors: &mut Errors) -> Option<syn::Path> {
    let mut krate = None;
    for item in items(attributes, "schema", errors) {
        match item.key.to_string().as_str() {
            "crate" => set(&mut krate, crate_path(&item, errors), &item, errors),
            _ => misplaced(&item, errors),
        }
    }
    krate
}

/// Refuses `#[schema(...)]` where it says nothing: on a root struct and on a variant.
pub(crate) fn refuse(attributes: &[Attribute], errors: &mut Errors) {
    items(attributes, "schema", errors).iter().for_each(|item| misplaced(item, errors));
}

fn misplaced(item: &Item, errors: &mut Errors) {
    let written = item.key.to_string();
    if written != "crate" && !key::SCHEMA.contains(&written.as_str()) {
        return unknown(item, "#[schema(...)]", key::SCHEMA, errors);
    }
    errors.push(darling::Error::custom(message::key_belongs_on_a_field(&written)).with_span(&item.key));
}

fn bound(item: &Item, errors: &mut Errors) -> Option<Bound> {
    let Value::Equals(expr) = &item.value else {
        let text = message::key_takes_number(&item.key.to_string());
        errors.push(darling::Error::custom(text).with_span(&item.key));
        return None;
    };
    match number(ungrouped(expr)) {
        Ok((text, value, number)) => {
            Some(Bound { key: item.key.clone(), span: expr.span(), text, value, number })
        }
        Err(text) => {
            errors.push(darling::Error::custom(text(&item.key.to_string())).with_span(&**expr));
            None
        }
    }
}

/// Makes the text of a mistake out of the key.
type Mistake = fn(&str) -> String;

/// A literal, with a sign or without: how it is written, its value, and how it is written for core.
fn number(expr: &Expr) -> Result<(String, f64, TokenStream), Mistake> {
    let (sign, literal) = match expr {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => ("-", ungrouped(&unary.expr)),
        other => ("", other),
    };
    let Expr::Lit(literal) = literal else { return Err(message::key_takes_number) };
    match &literal.lit {
        Lit::Int(int) => {
            let text = format!("{sign}{}", int.base10_digits());
            let value: i64 = text.parse().map_err(|_| message::number_is_too_large as Mistake)?;
            #[expect(clippy::cast_precision_loss, reason = "the API itself keeps bounds as float64")]
            Ok((text, value as f64, quote!(Number::Integer(#value))))
        }
        Lit::Float(float) => {
            let text = format!("{sign}{}", float.base10_digits());
            let value: f64 = text.parse().unwrap_or(f64::INFINITY);
            if !value.is_finite() {
                return Err(message::number_is_too_large);
            }
            Ok((text, value, quote!(Number::Float(#value))))
        }
        _ => Err(message::key_takes_number),
    }
}
