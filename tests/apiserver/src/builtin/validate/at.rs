//! Pure: a place in an object that is being validated: its path and what stands there.

use kubist_structural::field_error::child;
use serde_json::Value;

static NOTHING: Value = Value::Null;

/// A field, an item or an entry of an object; nothing stands there when it is missing.
#[derive(Clone, Debug)]
pub(super) struct At<'a> {
    pub(super) path: String,
    pub(super) value: &'a Value,
}

impl<'a> At<'a> {
    pub(super) fn new(path: impl Into<String>, value: &'a Value) -> Self {
        Self { path: path.into(), value }
    }

    /// The same value, seen under another path.
    pub(super) fn named(&self, path: impl Into<String>) -> Self {
        Self::new(path, self.value)
    }

    /// The field `path`, which may lead through several objects: `a.b`.
    pub(super) fn at(&self, path: &str) -> Self {
        path.split('.').fold(self.clone(), |at, name| {
            Self::new(child(&at.path, name), at.value.get(name).unwrap_or(&NOTHING))
        })
    }

    /// The items of a list.
    pub(super) fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().map_or(&[][..], Vec::as_slice);
        items
            .iter()
            .enumerate()
            .map(|(index, item)| Self::new(format!("{}[{index}]", self.path), item))
            .collect()
    }

    /// The entries of a map, by key.
    pub(super) fn entries(&self) -> Vec<(&'a str, Self)> {
        let entries = self.value.as_object().into_iter().flatten();
        entries.map(|(key, value)| (key.as_str(), Self::new(self.key(key), value))).collect()
    }

    /// The path of one entry of a map.
    pub(super) fn key(&self, key: &str) -> String {
        format!("{}[{key}]", self.path)
    }

    /// The number of items or entries.
    pub(super) fn len(&self) -> usize {
        match self.value {
            Value::Array(items) => items.len(),
            Value::Object(map) => map.len(),
            _ => 0,
        }
    }

    /// A text; empty when there is none.
    pub(super) fn text(&self) -> &'a str {
        self.value.as_str().unwrap_or_default()
    }

    /// The texts of a list.
    pub(super) fn texts(&self) -> Vec<&'a str> {
        self.value.as_array().into_iter().flatten().map(|item| item.as_str().unwrap_or_default()).collect()
    }

    pub(super) fn int(&self) -> Option<i64> {
        self.value.as_i64()
    }

    pub(super) fn flag(&self) -> bool {
        self.value.as_bool().unwrap_or_default()
    }

    /// Whether anything stands there, be it empty.
    pub(super) fn is_set(&self) -> bool {
        !self.value.is_null()
    }

    /// Whether nothing stands there, or what a Go program takes for nothing.
    pub(super) fn is_empty(&self) -> bool {
        match self.value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Number(number) => number.as_i64() == Some(0),
            Value::Array(_) | Value::Object(_) => self.len() == 0,
            Value::Bool(flag) => !flag,
        }
    }
}
