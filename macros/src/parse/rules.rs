//! The rules of a value: what `#[schema(...)]` says on a field or type, and inside of `items(...)`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, Lit, LitStr, Token, UnOp};

use super::item::{Item, Value, item_list, list, ungrouped};
use super::{Errors, RustPath, set, unknown};
use crate::key;
use crate::message;

/// Everything that is demanded of a value.
#[derive(Default)]
pub(crate) struct Rules {
    pub(crate) entries: Vec<Entry>,
    /// `items(...)` or `values(...)`: the key, and what is demanded of the elements.
    pub(crate) elements: Option<(Ident, Box<Self>)>,
    pub(crate) cel: Vec<CelRule>,
}

/// One key with its value.
pub(crate) struct Entry {
    pub(crate) key: Ident,
    pub(crate) value: EntryValue,
}

pub(crate) enum EntryValue {
    Number(Bound),
    Count(i64),
    Text(LitStr),
    /// JSON text.
    Json(String),
    Flag,
    KeyPattern(LitStr),
    List(ListType),
    /// Whether a map or struct is atomic.
    Map(bool),
    Docs(LitStr, LitStr),
}

/// The value of `list = …`.
pub(crate) enum ListType {
    Atomic,
    Set,
    Map(Vec<Ident>),
}

/// A number as it was written.
pub(crate) struct Bound {
    pub(crate) span: Span,
    pub(crate) text: String,
    pub(crate) value: f64,
    /// `Number::Integer(…)` or `Number::Float(…)`, without the path before it.
    pub(crate) number: TokenStream,
}

/// `rule("self > 0", message = "…")`
pub(crate) struct CelRule {
    pub(crate) rule: LitStr,
    pub(crate) message: Option<LitStr>,
    pub(crate) message_expression: Option<LitStr>,
    pub(crate) reason: Option<String>,
    pub(crate) field_path: Option<RustPath>,
    pub(crate) optional_old_self: Option<Ident>,
}

impl Rules {
    /// The number of this key.
    pub(crate) fn bound(&self, key: &str) -> Option<&Bound> {
        self.entries.iter().find_map(|entry| match &entry.value {
            EntryValue::Number(bound) if entry.key == key => Some(bound),
            _ => None,
        })
    }

    /// The entry of this key.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.elements.is_none() && self.cel.is_empty()
    }

    /// Takes one of the keys of [`key::VALUE`].
    pub(super) fn take(&mut self, item: &Item, errors: &mut Errors) {
        match item.key.to_string().as_str() {
            "rule" => self.cel.extend(cel_rule(item, errors)),
            "items" | "values" => {
                let inner = elements(item, errors);
                let mut slot = self.elements.take();
                set(&mut slot, inner, item, errors);
                self.elements = slot;
            }
            name => {
                let value = value(name, item, errors);
                let mut slot = self.entries.iter().position(|entry| entry.key == name).map(|_| ());
                set(&mut slot, value.as_ref().map(|_| ()), item, errors);
                if let Some(value) = value
                    && self.entry(name).is_none()
                {
                    self.entries.push(Entry { key: item.key.clone(), value });
                }
            }
        }
    }
}

fn value(name: &str, item: &Item, errors: &mut Errors) -> Option<EntryValue> {
    match name {
        "minimum" | "maximum" | "exclusive_minimum" | "exclusive_maximum" | "multiple_of" => {
            bound(item, errors).map(EntryValue::Number)
        }
        "min_length" | "max_length" | "min_items" | "max_items" | "min_properties" | "max_properties" => {
            count(item, errors).map(EntryValue::Count)
        }
        "keys" => list(item, key_pattern, "keys(pattern = \"^[a-z]+$\")", errors).map(EntryValue::KeyPattern),
        "list" => list_type(item, errors).map(EntryValue::List),
        "map" => map_type(item, errors).map(EntryValue::Map),
        "example" => example(item, errors).map(EntryValue::Json),
        "external_docs" => {
            list(item, docs, "external_docs(\"https://example.com\", \"The manual.\")", errors)
                .map(|(url, text)| EntryValue::Docs(url, text))
        }
        "nullable" | "preserve_unknown" | "embedded" => flag(item, errors).map(|()| EntryValue::Flag),
        _ => errors.handle(item.string()).map(EntryValue::Text),
    }
}

/// A key without a value.
pub(super) fn flag(item: &Item, errors: &mut Errors) -> Option<()> {
    if let Value::None = item.value {
        return Some(());
    }
    let text = message::key_takes_nothing(&item.key.to_string());
    errors.push(darling::Error::custom(text).with_span(&item.key));
    None
}

fn elements(item: &Item, errors: &mut Errors) -> Option<(Ident, Box<Rules>)> {
    let example = format!("{}(min_length = 1)", item.key);
    let items = list(item, item_list, &example, errors)?;
    let mut rules = Rules::default();
    for inner in &items {
        let name = inner.key.to_string();
        if key::VALUE.contains(&name.as_str()) {
            rules.take(inner, errors);
        } else {
            unknown(inner, &format!("`{}(...)`", item.key), key::VALUE, errors);
        }
    }
    Some((item.key.clone(), Box::new(rules)))
}

fn key_pattern(input: ParseStream<'_>) -> syn::Result<LitStr> {
    let form = |error: syn::Error| syn::Error::new(error.span(), message::keys_form());
    let name: Ident = input.parse().map_err(form)?;
    if name != "pattern" {
        return Err(syn::Error::new(name.span(), message::keys_form()));
    }
    input.parse::<Token![=]>().map_err(form)?;
    let pattern = input.parse().map_err(form)?;
    input.parse::<Option<Token![,]>>()?;
    Ok(pattern)
}

fn docs(input: ParseStream<'_>) -> syn::Result<(LitStr, LitStr)> {
    let form = |error: syn::Error| syn::Error::new(error.span(), message::external_docs_form());
    let url = input.parse().map_err(form)?;
    input.parse::<Token![,]>().map_err(form)?;
    let text = input.parse().map_err(form)?;
    input.parse::<Option<Token![,]>>()?;
    Ok((url, text))
}

fn list_type(item: &Item, errors: &mut Errors) -> Option<ListType> {
    let Value::Equals(expr) = &item.value else {
        errors.push(darling::Error::custom(message::list_form()).with_span(&item.key));
        return None;
    };
    let parsed = match ungrouped(expr) {
        Expr::Path(path) if path.path.is_ident("atomic") => Some(ListType::Atomic),
        Expr::Path(path) if path.path.is_ident("set") => Some(ListType::Set),
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("map")) => {
            let keys = call.args.iter().map(|key| match ungrouped(key) {
                Expr::Path(path) => path.path.get_ident().cloned(),
                _ => None,
            });
            keys.collect::<Option<Vec<_>>>().filter(|keys| !keys.is_empty()).map(ListType::Map)
        }
        _ => None,
    };
    if parsed.is_none() {
        errors.push(syn::Error::new(expr.span(), message::list_form()).into());
    }
    parsed
}

fn map_type(item: &Item, errors: &mut Errors) -> Option<bool> {
    if let Value::Equals(expr) = &item.value
        && let Expr::Path(path) = ungrouped(expr)
        && (path.path.is_ident("atomic") || path.path.is_ident("granular"))
    {
        return Some(path.path.is_ident("atomic"));
    }
    errors.push(darling::Error::custom(message::map_form()).with_span(&item.key));
    None
}

/// A literal; a string that holds an object or a list of JSON stands for that.
fn example(item: &Item, errors: &mut Errors) -> Option<String> {
    if let Value::Equals(expr) = &item.value {
        if let Ok((text, ..)) = number(ungrouped(expr)) {
            return Some(text);
        }
        if let Expr::Lit(literal) = ungrouped(expr) {
            match &literal.lit {
                Lit::Bool(value) => return Some(value.value.to_string()),
                Lit::Str(text) if text.value().starts_with(['{', '[']) => return Some(text.value()),
                Lit::Str(text) => return Some(json_string(&text.value())),
                _ => {}
            }
        }
    }
    errors.push(darling::Error::custom(message::example_form()).with_span(&item.key));
    None
}

fn json_string(text: &str) -> String {
    let mut json = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            c if c < ' ' => json.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => json.push(c),
        }
    }
    json.push('"');
    json
}

fn bound(item: &Item, errors: &mut Errors) -> Option<Bound> {
    let Value::Equals(expr) = &item.value else {
        let text = message::key_takes_number(&item.key.to_string());
        errors.push(darling::Error::custom(text).with_span(&item.key));
        return None;
    };
    match number(ungrouped(expr)) {
        Ok((text, value, number)) => Some(Bound { span: expr.span(), text, value, number }),
        Err(text) => {
            errors.push(darling::Error::custom(text(&item.key.to_string())).with_span(&**expr));
            None
        }
    }
}

fn count(item: &Item, errors: &mut Errors) -> Option<i64> {
    if let Value::Equals(expr) = &item.value
        && let Expr::Lit(literal) = ungrouped(expr)
        && let Lit::Int(int) = &literal.lit
        && let Ok(count) = int.base10_parse::<i64>()
    {
        return Some(count);
    }
    let text = message::key_takes_count(&item.key.to_string());
    errors.push(match &item.value {
        Value::Equals(expr) => darling::Error::custom(text).with_span(&**expr),
        Value::None | Value::List(_) => darling::Error::custom(text).with_span(&item.key),
    });
    None
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

/// What follows an expression in `rule(...)`.
fn rule_content(input: ParseStream<'_>) -> syn::Result<(LitStr, Vec<RuleOption>)> {
    let form = |error: syn::Error| syn::Error::new(error.span(), message::rule_form());
    let rule = input.parse().map_err(form)?;
    let mut options = Vec::new();
    while !input.is_empty() {
        input.parse::<Token![,]>().map_err(form)?;
        if input.is_empty() {
            break;
        }
        if !input.peek(Ident::peek_any) {
            return Err(syn::Error::new(input.span(), message::rule_form()));
        }
        options.push(input.parse()?);
    }
    Ok((rule, options))
}

/// An item whose value may be a Rust path.
enum RuleOption {
    Path(Ident, RustPath),
    Item(Item),
}

impl syn::parse::Parse for RuleOption {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ahead = input.fork();
        if ahead.parse::<Ident>().is_ok_and(|key| key == "field_path") && ahead.peek(Token![=]) {
            let key = input.parse()?;
            input.parse::<Token![=]>()?;
            return Ok(Self::Path(key, input.parse()?));
        }
        Ok(Self::Item(input.parse()?))
    }
}

/// The reasons that the API server knows.
const REASONS: &[&str] =
    &["FieldValueInvalid", "FieldValueForbidden", "FieldValueRequired", "FieldValueDuplicate"];

pub(super) fn cel_rule(item: &Item, errors: &mut Errors) -> Option<CelRule> {
    let (rule, options) =
        list(item, rule_content, "rule(\"self.min <= self.max\", message = \"…\")", errors)?;
    let mut cel = CelRule {
        rule,
        message: None,
        message_expression: None,
        reason: None,
        field_path: None,
        optional_old_self: None,
    };
    for option in options {
        let item = match option {
            RuleOption::Path(key, path) => {
                let item = Item { key, value: Value::None };
                set(&mut cel.field_path, Some(path), &item, errors);
                continue;
            }
            RuleOption::Item(item) => item,
        };
        match item.key.to_string().as_str() {
            "message" => set(&mut cel.message, errors.handle(item.string()), &item, errors),
            "message_expression" => {
                set(&mut cel.message_expression, errors.handle(item.string()), &item, errors);
            }
            "reason" => set(&mut cel.reason, reason(&item, errors), &item, errors),
            "optional_old_self" => {
                let key = flag(&item, errors).map(|()| item.key.clone());
                set(&mut cel.optional_old_self, key, &item, errors);
            }
            _ => unknown(&item, "`rule(...)`", key::RULE, errors),
        }
    }
    Some(cel)
}

fn reason(item: &Item, errors: &mut Errors) -> Option<String> {
    let written = match &item.value {
        Value::Equals(expr) => match ungrouped(expr) {
            Expr::Path(path) => path.path.get_ident().map(|ident| (ident.to_string(), ident.span())),
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some((text.value(), text.span())),
                _ => None,
            },
            _ => None,
        },
        Value::None | Value::List(_) => None,
    };
    let (text, span) = written.unwrap_or_else(|| (String::new(), item.key.span()));
    if REASONS.contains(&text.as_str()) {
        return Some(text);
    }
    errors.push(syn::Error::new(span, message::unknown_reason(&text)).into());
    None
}

/// The names in `exactly_one_of(a, b)`.
pub(super) fn names(item: &Item, errors: &mut Errors) -> Option<Vec<Ident>> {
    let example = format!("{}(a, b)", item.key);
    let form = || message::key_takes_list(&item.key.to_string(), &example);
    let parser = |input: ParseStream<'_>| {
        let names = Punctuated::<Ident, Token![,]>::parse_terminated(input);
        names.map_err(|error| syn::Error::new(error.span(), form()))
    };
    let names: Vec<_> = list(item, parser, &example, errors)?.into_iter().collect();
    if names.len() < 2 {
        errors.push(darling::Error::custom(form()).with_span(&item.key));
        return None;
    }
    Some(names)
}
