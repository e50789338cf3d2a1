//! Pure: what has fields.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use serde_json::Value;

/// What has fields that a selector can name: an object as JSON, a map.
pub trait Fields {
    /// The text of a field, if there is one of this name.
    fn field(&self, name: &str) -> Option<Cow<'_, str>>;
}

impl Fields for BTreeMap<String, String> {
    fn field(&self, name: &str) -> Option<Cow<'_, str>> {
        self.get(name).map(|value| Cow::Borrowed(&**value))
    }
}

impl<S: BuildHasher> Fields for HashMap<String, String, S> {
    fn field(&self, name: &str) -> Option<Cow<'_, str>> {
        self.get(name).map(|value| Cow::Borrowed(&**value))
    }
}

/// A name is a path of members with dots between them.
impl Fields for Value {
    fn field(&self, name: &str) -> Option<Cow<'_, str>> {
        match name.split('.').try_fold(self, |value, member| value.get(member))? {
            Self::Null => None,
            Self::String(text) => Some(Cow::Borrowed(text)),
            other => Some(Cow::Owned(other.to_string())),
        }
    }
}
