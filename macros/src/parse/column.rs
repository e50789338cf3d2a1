//! `column("Ready", status?.ready, priority = 1)`

use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::{LitStr, Token};

use super::item::{Item, Value, list, ungrouped, word};
use super::{Errors, RustPath, set, unknown};
use crate::key;
use crate::message;

/// `column("Ready", status?.ready, priority = 1)`
pub(crate) struct Column {
    pub(crate) name: LitStr,
    pub(crate) path: ColumnPath,
    pub(crate) priority: Option<i32>,
    pub(crate) description: Option<LitStr>,
    pub(crate) format: Option<LitStr>,
    pub(crate) type_: Option<Ident>,
}

/// A Rust path, or a JSON path for what that cannot say.
pub(crate) enum ColumnPath {
    Rust(RustPath),
    Json(LitStr),
}

fn column(input: ParseStream<'_>) -> syn::Result<(LitStr, ColumnPath, Vec<Item>)> {
    let form = |error: syn::Error| syn::Error::new(error.span(), message::column_form());
    let name: LitStr = input.parse().map_err(form)?;
    if name.value().trim().is_empty() {
        return Err(syn::Error::new(name.span(), message::column_without_header()));
    }
    input.parse::<Token![,]>().map_err(form)?;
    let is_json = input.peek(LitStr);
    let path = if is_json { ColumnPath::Json(json_path(input)?) } else { ColumnPath::Rust(input.parse()?) };
    let mut options = Vec::new();
    while !input.is_empty() {
        input.parse::<Token![,]>()?;
        if !input.is_empty() {
            options.push(input.parse()?);
        }
    }
    Ok((name, path, options))
}

/// A JSON path is for what a Rust path cannot say.
fn json_path(input: ParseStream<'_>) -> syn::Result<LitStr> {
    let text: LitStr = input.parse()?;
    let path = text.value();
    if !path.starts_with('.') {
        return Err(syn::Error::new(text.span(), message::json_path_without_dot(&path)));
    }
    if path.contains(['(', '*', '\'']) || path.contains("..") {
        return Ok(text);
    }
    let hint = path.trim_start_matches('.').replace("status.", "status?.");
    Err(syn::Error::new(text.span(), message::json_path(&path, &hint)))
}

pub(super) fn column_of(item: &Item, errors: &mut Errors) -> Option<Column> {
    let (name, path, options) = list(item, column, r#"column("Ready", status?.ready)"#, errors)?;
    let mut column = Column { name, path, priority: None, description: None, format: None, type_: None };
    for option in options {
        match option.key.to_string().as_str() {
            "priority" => set(&mut column.priority, priority(&option, errors), &option, errors),
            "description" => set(&mut column.description, errors.handle(option.string()), &option, errors),
            "format" => set(&mut column.format, column_format(&option, errors), &option, errors),
            "type" => set(&mut column.type_, column_type(&option, errors), &option, errors),
            _ => unknown(&option, "`column(...)`", key::COLUMN, errors),
        }
    }
    Some(column)
}

fn priority(item: &Item, errors: &mut Errors) -> Option<i32> {
    if let Value::Equals(expr) = &item.value
        && let syn::Expr::Lit(literal) = ungrouped(expr)
        && let syn::Lit::Int(int) = &literal.lit
        && let Ok(priority) = int.base10_parse()
    {
        return Some(priority);
    }
    errors.push(darling::Error::custom(message::key_takes_count("priority")).with_span(&item.key));
    None
}

/// The types of columns.
const COLUMN_TYPES: &[&str] = &["string", "integer", "number", "boolean", "date"];
/// Their formats.
const COLUMN_FORMATS: &[&str] =
    &["int32", "int64", "float", "double", "byte", "date", "date-time", "password"];

fn column_format(item: &Item, errors: &mut Errors) -> Option<LitStr> {
    let format = errors.handle(item.string())?;
    if COLUMN_FORMATS.contains(&format.value().as_str()) {
        return Some(format);
    }
    let text = message::column_format(&format.value(), &COLUMN_FORMATS.join(", "));
    errors.push(syn::Error::new(format.span(), text).into());
    None
}

fn column_type(item: &Item, errors: &mut Errors) -> Option<Ident> {
    let (text, span) = word(item);
    if COLUMN_TYPES.contains(&text.as_str()) {
        return Some(Ident::new(&text, span));
    }
    errors.push(syn::Error::new(span, message::column_type(&text)).into());
    None
}
