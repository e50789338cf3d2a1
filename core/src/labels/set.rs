//! Pure: what has labels.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

/// What has labels: the metadata of an object, a map, a list of pairs.
pub trait Labels {
    /// The value of a label, if there is one of this key.
    fn label(&self, key: &str) -> Option<&str>;
}

impl<L: Labels + ?Sized> Labels for &L {
    fn label(&self, key: &str) -> Option<&str> {
        (**self).label(key)
    }
}

/// None has no labels.
impl<L: Labels> Labels for Option<L> {
    fn label(&self, key: &str) -> Option<&str> {
        self.as_ref()?.label(key)
    }
}

impl Labels for ObjectMeta {
    fn label(&self, key: &str) -> Option<&str> {
        self.labels.label(key)
    }
}

impl Labels for BTreeMap<String, String> {
    fn label(&self, key: &str) -> Option<&str> {
        self.get(key).map(String::as_str)
    }
}

impl<S: BuildHasher> Labels for HashMap<String, String, S> {
    fn label(&self, key: &str) -> Option<&str> {
        self.get(key).map(String::as_str)
    }
}

impl<K: AsRef<str>, V: AsRef<str>> Labels for [(K, V)] {
    fn label(&self, key: &str) -> Option<&str> {
        self.iter().find(|(known, _)| known.as_ref() == key).map(|(_, value)| value.as_ref())
    }
}
