//! Pure: fields that are not set, and what fills them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer};

/// A value of which one means "not set", as in Go.
pub(crate) trait Unset {
    fn unset(&self) -> bool;
}

impl Unset for String {
    fn unset(&self) -> bool {
        self.is_empty()
    }
}

impl Unset for PathBuf {
    fn unset(&self) -> bool {
        self.as_os_str().is_empty()
    }
}

impl Unset for bool {
    fn unset(&self) -> bool {
        !self
    }
}

impl<T> Unset for Vec<T> {
    fn unset(&self) -> bool {
        self.is_empty()
    }
}

impl<K, V> Unset for BTreeMap<K, V> {
    fn unset(&self) -> bool {
        self.is_empty()
    }
}

impl<T> Unset for Option<T> {
    fn unset(&self) -> bool {
        self.is_none()
    }
}

/// Replaces a value by one that is set.
pub(crate) fn fill<T: Clone + Unset>(value: &mut T, by: &T) {
    if !by.unset() {
        value.clone_from(by);
    }
}

/// For `skip_serializing_if`.
pub(crate) fn is_unset<T: Unset>(value: &T) -> bool {
    value.unset()
}

/// For `skip_serializing_if`.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(crate) fn is_false(value: &bool) -> bool {
    !value
}

/// For `deserialize_with`: what is there and null is as what is not there.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A path that may be empty, which is as if there were none.
pub(crate) trait MaybePath {
    fn if_set(&self) -> Option<&Path>;
}

impl MaybePath for PathBuf {
    fn if_set(&self) -> Option<&Path> {
        (!self.unset()).then_some(self)
    }
}
