//! Pure: strategic merge patch, which knows by the types of a kind how its lists and maps are merged.

use kubist_structural::value::defaults::drop_all_nulls;
use serde_json::{Map, Value};

use crate::status::Status;
use crate::strategic::lists::Order;

mod convert;
mod lists;
mod meta;
mod print;

pub(crate) use convert::convert;
pub(crate) use meta::Meta;
pub(crate) use print::go_value;

type Fields = Map<String, Value>;

const DIRECTIVE: &str = "$patch";
const DELETE_FROM: &str = "$deleteFromPrimitiveList";
const ELEMENT_ORDER: &str = "$setElementOrder";
const RETAIN_KEYS: &str = "$retainKeys";

const BAD_PRIMITIVES: &str = "invalid patch format of primitive list";
const BAD_RETAIN_KEYS: &str = "invalid patch format of retainKeys";
const BAD_ELEMENT_ORDER: &str = "invalid patch format of setElementOrder list";
const LISTS_OF_LISTS: &str = "lists of lists are not supported";

/// Why a patch was not carried out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    code: u16,
    text: String,
}

impl Failure {
    /// The patch is not one.
    fn bad(text: &str) -> Self {
        Self { code: 400, text: text.to_owned() }
    }

    /// It cannot be carried out.
    fn unprocessable(text: &str) -> Self {
        Self { code: 422, text: text.to_owned() }
    }

    /// What the API server has no better answer for.
    fn other(text: String) -> Self {
        Self { code: 500, text }
    }

    /// The argument is of another type than the place for it.
    fn type_of(expected: &str, found: &Value) -> Self {
        Self::other(format!("expected a {expected}, but received a {}", go_type(found)))
    }

    fn no_merge_key(map: &Fields, key: &str) -> Self {
        let map = print::go_map(map);
        Self::other(format!("map: {map} does not contain declared merge key: {key}"))
    }

    fn unknown_directive(directive: &Value, map: &Fields) -> Self {
        let directive = match directive {
            Value::String(text) => text.clone(),
            other => format!("%!s({}={})", go_type(other), go_value(other)),
        };
        Self::other(format!("unknown patch type: {directive} in map: {}", print::go_map(map)))
    }

    pub(crate) fn into_status(self) -> Status {
        match self.code {
            400 => Status::bad_request(self.text),
            422 => Status::unprocessable(),
            _ => Status::internal(self.text),
        }
    }
}

/// Go's name for the type of a decoded value.
fn go_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "%!s(<nil>)",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float64",
        Value::Number(_) => "int64",
        Value::String(_) => "string",
        Value::Array(_) => "[]interface {}",
        Value::Object(_) => "map[string]interface {}",
    }
}

/// Changes `original` as `patch` says. What is left in `patch` is what the API server shows of it later: orders that
/// were followed and nulls that had nothing to remove are gone.
///
/// # Errors
/// What the API server refuses a patch with.
pub(crate) fn patch(original: Fields, patch: &mut Fields, meta: &Meta) -> Result<Fields, Failure> {
    merge_map(original, patch, meta)
}

fn merge_map(mut original: Fields, patch: &mut Fields, meta: &Meta) -> Result<Fields, Failure> {
    if let Some(directive) = patch.get(DIRECTIVE) {
        return match directive.as_str() {
            Some("replace") => {
                patch.remove(DIRECTIVE);
                Ok(patch.clone())
            }
            Some("delete") => Ok(Fields::new()),
            _ => Err(Failure::unknown_directive(directive, patch)),
        };
    }
    retain_keys(&mut original, patch)?;
    order_lists(&mut original, patch, meta)?;
    for (name, value) in patch.iter_mut() {
        let deleted = name.strip_prefix(DELETE_FROM);
        let key = match deleted {
            Some(rest) => rest.strip_prefix('/').ok_or_else(|| Failure::bad(BAD_PRIMITIVES))?.to_owned(),
            None => name.clone(),
        };
        merge_field(&mut original, key, value, meta, deleted.is_some())?;
    }
    Ok(original)
}

fn merge_field(
    original: &mut Fields,
    key: String,
    value: &mut Value,
    meta: &Meta,
    is_deletion: bool,
) -> Result<(), Failure> {
    if value.is_null() {
        original.remove(&key);
        return Ok(());
    }
    let same_type = original.get(&key).is_some_and(|before| go_type(before) == go_type(value));
    if !same_type {
        if !is_deletion {
            drop_all_nulls(value);
            put(original, key, value);
        }
        return Ok(());
    }
    match (original.get_mut(&key).map(Value::take), value) {
        (Some(Value::Object(before)), Value::Object(value)) => {
            let field = meta.of_map(&key)?;
            original.insert(key, Value::Object(merge_map(before, value, &field.meta)?));
        }
        (Some(Value::Array(before)), Value::Array(value)) => {
            let field = meta.of_list(&key)?;
            let merged = lists::merge(before, value, &field, is_deletion, &mut Vec::new())?;
            original.insert(key, Value::Array(merged));
        }
        (_, value) => put(original, key, value),
    }
    Ok(())
}

/// Takes a value over from the patch; a map loses its directives there, too.
fn put(original: &mut Fields, key: String, value: &mut Value) {
    let Some(plain) = without_directives(value.clone()) else {
        original.remove(&key);
        return;
    };
    if plain.is_object() {
        value.clone_from(&plain);
    }
    original.insert(key, plain);
}

/// `$retainKeys`: what it does not name goes, and the patch may set nothing else.
fn retain_keys(original: &mut Fields, patch: &mut Fields) -> Result<(), Failure> {
    let Some(keys) = patch.remove(RETAIN_KEYS) else {
        return Ok(());
    };
    let keys = keys.as_array().ok_or_else(|| Failure::bad(BAD_RETAIN_KEYS))?;
    let named = |name: &str| keys.iter().any(|key| key == name);
    let sets_other = patch.iter().any(|(name, value)| {
        !value.is_null() && !name.starts_with(DELETE_FROM) && !name.starts_with(ELEMENT_ORDER) && !named(name)
    });
    if sets_other {
        return Err(Failure::bad(BAD_RETAIN_KEYS));
    }
    original.retain(|name, _| named(name));
    Ok(())
}

/// `$setElementOrder/<field>`: merges the list and brings it into the order that the directive gives.
fn order_lists(original: &mut Fields, patch: &mut Fields, meta: &Meta) -> Result<(), Failure> {
    let directives: Vec<String> =
        patch.keys().filter(|name| name.starts_with(ELEMENT_ORDER)).cloned().collect();
    for directive in directives {
        let Some(order) = patch.remove(&directive) else {
            continue;
        };
        let Value::Array(order) = order else {
            return Err(Failure::type_of("[]interface {}", &order));
        };
        let key = directive
            .strip_prefix(ELEMENT_ORDER)
            .and_then(|rest| rest.strip_prefix('/'))
            .ok_or_else(|| Failure::bad(BAD_ELEMENT_ORDER))?;
        let before = list_of(original, key)?;
        let change = list_of(patch, key)?;
        let field = meta.of_list(key)?;
        lists::check_order(change.as_deref().unwrap_or_default(), &order, &field.merge_key)?;
        let mut live = before.clone().unwrap_or_default();
        let merged = match (before.clone(), change.clone()) {
            (None, None) => continue,
            (Some(before), None) => before,
            (None, Some(change)) => change.into_iter().filter_map(without_directives).collect(),
            (Some(before), Some(mut change)) => lists::merge(before, &mut change, &field, false, &mut live)?,
        };
        lists::element_type(&[&before.unwrap_or_default(), change.as_deref().unwrap_or_default()])?;
        let sorted = Order { merge_key: &field.merge_key, wanted: &order, live: &live }.sort(merged)?;
        original.insert(key.to_owned(), Value::Array(sorted));
        patch.remove(key);
    }
    Ok(())
}

fn list_of(map: &Fields, key: &str) -> Result<Option<Vec<Value>>, Failure> {
    match map.get(key) {
        None => Ok(None),
        Some(Value::Array(items)) => Ok(Some(items.clone())),
        Some(other) => Err(Failure::type_of("[]interface {}", other)),
    }
}

/// The value without what only tells how to merge; nothing, if it is nothing but a directive.
fn without_directives(value: Value) -> Option<Value> {
    match value {
        Value::Object(map) if map.contains_key(DIRECTIVE) => None,
        Value::Object(map) => Some(Value::Object(
            map.into_iter().filter_map(|(name, value)| Some((name, without_directives(value)?))).collect(),
        )),
        Value::Array(items) => Some(Value::Array(items.into_iter().filter_map(without_directives).collect())),
        other => Some(other),
    }
}

#[cfg(test)]
mod tests;
