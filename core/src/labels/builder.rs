//! Pure: selectors put together by methods.

use crate::error::{Error, Result};
use crate::labels::Selector;
use crate::labels::requirement::{Operator, Requirement};

/// Puts a [`Selector`] together. What is wrong is told by [`build`](Self::build).
///
/// # Examples
///
/// ```
/// use kubist::labels::Selector;
///
/// let selector = Selector::builder()
///     .equals("app", "web")
///     .is_in("tier", ["front", "edge"])
///     .greater_than("generation", 3)
///     .missing("legacy")
///     .build()?;
/// assert_eq!(selector.as_str(), "app=web,generation>3,!legacy,tier in (edge,front)");
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Builder {
    requirements: Vec<Requirement>,
    refused: Option<Error>,
}

impl Builder {
    /// A requirement with any operator.
    pub fn requires<V: Into<String>>(
        mut self,
        key: impl Into<String>,
        operator: Operator,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        match Requirement::new(key, operator, values) {
            Ok(requirement) => self.requirements.push(requirement),
            Err(error) => self.refused = self.refused.or(Some(error)),
        }
        self
    }

    /// There is a label with this value.
    pub fn equals(self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.requires(key, Operator::Equals, [value])
    }

    /// There is no label with this value.
    pub fn differs(self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.requires(key, Operator::NotEquals, [value])
    }

    /// There is a label with one of these values.
    pub fn is_in<V: Into<String>>(self, key: impl Into<String>, values: impl IntoIterator<Item = V>) -> Self {
        self.requires(key, Operator::In, values)
    }

    /// There is no label with one of these values.
    pub fn not_in<V: Into<String>>(
        self,
        key: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        self.requires(key, Operator::NotIn, values)
    }

    /// There is a label.
    pub fn exists(self, key: impl Into<String>) -> Self {
        self.requires::<String>(key, Operator::Exists, [])
    }

    /// There is no label.
    pub fn missing(self, key: impl Into<String>) -> Self {
        self.requires::<String>(key, Operator::DoesNotExist, [])
    }

    /// There is a label, and it is a whole number greater than this one, which cannot be negative.
    pub fn greater_than(self, key: impl Into<String>, bound: i64) -> Self {
        self.requires(key, Operator::GreaterThan, [bound.to_string()])
    }

    /// There is a label, and it is a whole number less than this one, which cannot be negative.
    pub fn less_than(self, key: impl Into<String>, bound: i64) -> Self {
        self.requires(key, Operator::LessThan, [bound.to_string()])
    }

    /// The selector.
    ///
    /// # Errors
    ///
    /// The first requirement that cannot be: see [`Requirement::new`].
    pub fn build(self) -> Result<Selector> {
        match self.refused {
            Some(error) => Err(error.during("label selector")),
            None => Ok(Selector::of(self.requirements)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_mistake_of_a_builder_is_told() {
        let error = Selector::builder().equals("a", "b").equals("a b", "c").exists("").build().unwrap_err();
        let text = format!("{error:#}");
        assert!(text.starts_with("label selector: key \"a b\": name part must consist of"), "{text}");
        let error = Selector::builder().is_in::<String>("a", []).build().unwrap_err();
        assert_eq!(format!("{error:#}"), "label selector: \"in\" takes one value or more, not 0");
        assert!(Selector::builder().greater_than("a", -1).build().unwrap_err().is_invalid());
    }
}
