//! Pure: how an object is named within its resource.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;

/// Namespace and name of an object, or its name alone in a cluster-scoped kind.
///
/// Prints as `namespace/name` or `name`, and parses from the same. The order is by namespace,
/// then by name.
///
/// # Examples
///
/// ```
/// use kubist::resource::ObjectKey;
///
/// let key: ObjectKey = "shop/front".parse()?;
/// assert_eq!(key.namespace(), Some("shop"));
/// assert_eq!(key.to_string(), "shop/front");
/// assert!("a/b/c".parse::<ObjectKey>().is_err());
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectKey {
    // Empty for a cluster-scoped object: the server does not allow an empty namespace.
    namespace: Box<str>,
    name: Box<str>,
}

impl ObjectKey {
    /// The key of an object; an empty namespace is none.
    #[must_use]
    pub fn new(namespace: Option<&str>, name: &str) -> Self {
        Self { namespace: namespace.unwrap_or_default().into(), name: name.into() }
    }

    /// The namespace, if the object lives in one.
    #[must_use]
    pub fn namespace(&self) -> Option<&str> {
        Some(&*self.namespace).filter(|namespace| !namespace.is_empty())
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(namespace) = self.namespace() {
            write!(f, "{namespace}/")?;
        }
        f.write_str(&self.name)
    }
}

impl fmt::Debug for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// # Errors
///
/// More than one slash (as in client-go's `SplitMetaNamespaceKey`), or an empty part.
impl FromStr for ObjectKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (namespace, name) = match text.split_once('/') {
            Some((namespace, name)) => (Some(namespace), name),
            None => (None, text),
        };
        if name.is_empty() || name.contains('/') || namespace == Some("") {
            return Err(Error::invalid(format!("{text:?} is not `name` or `namespace/name`")));
        }
        Ok(Self::new(namespace, name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_prints_as_it_parses() {
        for text in ["front", "shop/front"] {
            assert_eq!(text.parse::<ObjectKey>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_key_with_two_slashes_or_an_empty_part_is_refused() {
        for text in ["a/b/c", "", "/a", "a/", "/"] {
            assert!(text.parse::<ObjectKey>().unwrap_err().is_invalid(), "{text:?}");
        }
    }

    #[test]
    fn keys_of_one_namespace_sort_together() {
        let mut keys = ["b/a", "a/z", "b", "a/b"].map(|text| text.parse::<ObjectKey>().unwrap());
        keys.sort();
        assert_eq!(keys.map(|key| key.to_string()), ["b", "a/b", "a/z", "b/a"]);
    }
}
