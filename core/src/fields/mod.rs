//! Pure: field selectors, parsed and matched as apimachinery does it.
//!
//! Which fields of a kind can be selected is the server's choice: `metadata.name` and `metadata.namespace` of all kinds,
//! and some of each built-in one; of your own kinds those that `#[resource(selectable(...))]` names, for which there are
//! [handles](crate::resource::SelectableField).
//!
//! ```
//! use kubist::fields::Selector;
//! # use kubist::prelude::*;
//! # use kubist::k8s_openapi::api::core::v1::Pod;
//!
//! # fn example(client: Client) {
//! let running = Selector::equals("status.phase", "Running").and(Selector::differs("spec.nodeName", ""));
//! let pods = client.namespaced::<Pod>("shop").fields(running);
//! # }
//! ```

mod parse;
mod set;

pub use self::parse::{escape, unescape};
pub use self::set::Fields;

use std::fmt;

use serde::Serialize;

use crate::error::{Error, Result};

/// What is asked of one field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Requirement {
    /// The field, for example `metadata.name`.
    pub field: String,
    /// Whether the field must have the value, or must not.
    pub equal: bool,
    /// The value, as it is.
    pub value: String,
}

/// What fields objects must have: all of its requirements.
///
/// Prints as it parses.
///
/// # Examples
///
/// ```
/// use kubist::fields::Selector;
/// use serde_json::json;
///
/// let selector: Selector = "metadata.name=front,status.phase!=Failed".parse()?;
/// assert!(selector.matches(&json!({"metadata": {"name": "front"}, "status": {"phase": "Running"}})));
/// assert_eq!(selector.exact_value("metadata.name"), Some("front"));
///
/// assert_eq!(Selector::equals("spec.path", "a=b,c"), r"spec.path=a\=b\,c");
/// assert!("metadata.name".parse::<Selector>().is_err());
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Selector {
    requirements: Vec<Requirement>,
    text: String,
}

impl Selector {
    /// Selects every object.
    #[must_use]
    pub fn everything() -> Self {
        Self::of(Vec::new())
    }

    /// Selects the objects that have this value in a field.
    #[must_use]
    pub fn equals(field: impl Into<String>, value: impl Into<String>) -> Self {
        Self::of(vec![Requirement { field: field.into(), equal: true, value: value.into() }])
    }

    /// Selects the objects that have another value in a field, or none.
    #[must_use]
    pub fn differs(field: impl Into<String>, value: impl Into<String>) -> Self {
        Self::of(vec![Requirement { field: field.into(), equal: false, value: value.into() }])
    }

    fn of(requirements: Vec<Requirement>) -> Self {
        let texts: Vec<String> = requirements.iter().map(Requirement::to_string).collect();
        Self { requirements, text: texts.join(",") }
    }

    /// Selects less: what the other selects, too.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.requirements.extend(other.requirements);
        Self::of(self.requirements)
    }

    /// The requirements.
    #[must_use]
    pub fn requirements(&self) -> &[Requirement] {
        &self.requirements
    }

    /// Whether it selects every object.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.requirements.is_empty()
    }

    /// Whether something with these fields is selected. A field that is not there counts as empty.
    #[must_use]
    pub fn matches(&self, fields: &(impl Fields + ?Sized)) -> bool {
        self.requirements.iter().all(|requirement| {
            let value = fields.field(&requirement.field);
            (value.as_deref().unwrap_or_default() == requirement.value) == requirement.equal
        })
    }

    /// Whether an object is selected: by its fields as they are sent. The server may know fields that objects do not
    /// have under this name, and fill in others.
    ///
    /// # Errors
    ///
    /// When the object cannot be written as JSON.
    pub fn matches_object(&self, object: &impl Serialize) -> Result<bool> {
        let object = serde_json::to_value(object)
            .map_err(|_| Error::invalid("the object cannot be written as JSON"))?;
        Ok(self.matches(&object))
    }

    /// The value that a field must have, if the selector names one.
    #[must_use]
    pub fn exact_value(&self, field: &str) -> Option<&str> {
        let exact = |requirement: &&Requirement| requirement.equal && requirement.field == field;
        self.requirements.iter().find(exact).map(|requirement| &*requirement.value)
    }

    /// The text that the API server reads.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Selects every object.
impl Default for Selector {
    fn default() -> Self {
        Self::everything()
    }
}

impl AsRef<str> for Selector {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl PartialEq<str> for Selector {
    fn eq(&self, text: &str) -> bool {
        self.text == text
    }
}

impl PartialEq<&str> for Selector {
    fn eq(&self, text: &&str) -> bool {
        self.text == *text
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.equal { "=" } else { "!=" };
        write!(f, "{}{sign}{}", self.field, escape(&self.value))
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Selector({:?})", self.text)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_field_that_is_not_there_is_empty() {
        let object = json!({"spec": {"paused": true, "replicas": 3, "none": null, "a.b": "x"}});
        for yes in
            ["", "spec.nodeName=", "spec.none=", "spec.paused=true", "spec.replicas=3", "spec.nodeName!=a"]
        {
            assert!(yes.parse::<Selector>().unwrap().matches(&object), "{yes}");
        }
        for no in ["spec.nodeName=a", "spec.paused!=true", "spec.replicas=4", "spec.nodeName!="] {
            assert!(!no.parse::<Selector>().unwrap().matches(&object), "{no}");
        }
        assert!(Selector::equals("spec.replicas", "3").matches_object(&object).unwrap());
    }

    #[test]
    fn what_is_no_field_selector_is_told() {
        for (text, why) in [
            ("a", "\"a\" is not `field=value` or `field!=value`"),
            ("a=b=c", "\"b=c\" has a \"=\" without a backslash"),
            (r"a=\b", r#""\\b" has a backslash that is not before a backslash, "," or "=""#),
        ] {
            let error = text.parse::<Selector>().unwrap_err();
            assert_eq!(format!("{error:#}"), format!("field selector {text:?}: {why}"));
        }
    }
}
