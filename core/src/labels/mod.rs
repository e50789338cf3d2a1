//! Pure: label selectors, parsed and matched as apimachinery does it.
//!
//! A [`Selector`] is checked when it is made, so the server does not refuse it; it goes into
//! [`Api::labels`](crate::Api::labels), into [`Lister::select`](crate::Lister::select), and matches any
//! [`Labels`] locally.
//!
//! ```
//! use kubist::labels::Selector;
//! # use kubist::prelude::*;
//! # use kubist::k8s_openapi::api::core::v1::Pod;
//!
//! # fn example(client: Client, pod: &Pod) -> kubist::Result<()> {
//! let front: Selector = "app=web,tier in (front, edge),!legacy".parse()?;
//! let pods = client.namespaced::<Pod>("shop").labels(&front);
//! assert!(front.matches(&pod.metadata));
//! # Ok(())
//! # }
//! ```

mod builder;
mod convert;
mod parse;
mod requirement;
mod set;

pub use self::builder::Builder;
pub use self::requirement::{Operator, Requirement};
pub use self::set::Labels;

use std::fmt;

use crate::error::Result;

/// What objects must have as labels: all of its requirements.
///
/// Prints as it parses; the requirements are in the order of their keys.
///
/// # Examples
///
/// ```
/// use std::collections::BTreeMap;
///
/// use kubist::labels::Selector;
///
/// let selector: Selector = "tier notin (back), app = web".parse()?;
/// assert_eq!(selector.to_string(), "app=web,tier notin (back)");
///
/// let labels = BTreeMap::from([("app".to_owned(), "web".to_owned())]);
/// assert!(selector.matches(&labels));
///
/// let same = Selector::builder().equals("app", "web").not_in("tier", ["back"]).build()?;
/// assert_eq!(selector, same);
///
/// let error = "app in web".parse::<Selector>().unwrap_err();
/// assert_eq!(format!("{error:#}"), r#"label selector "app in web": found "web", expected "(""#);
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Selector {
    requirements: Vec<Requirement>,
    nothing: bool,
    text: String,
}

/// Text that no object can fulfil. An empty one, which apimachinery sends, would select everything.
const NOTHING: &str = "nothing,!nothing";

impl Selector {
    /// Selects every object.
    #[must_use]
    pub fn everything() -> Self {
        Self::of(Vec::new())
    }

    /// Selects no object.
    #[must_use]
    pub fn nothing() -> Self {
        Self { requirements: Vec::new(), nothing: true, text: NOTHING.to_owned() }
    }

    /// Selects the objects that have all of these labels.
    ///
    /// # Errors
    ///
    /// When one of them could not be a label.
    ///
    /// # Examples
    ///
    /// ```
    /// let selector = kubist::labels::Selector::equal_to([("app", "web"), ("tier", "front")])?;
    /// assert_eq!(selector.as_str(), "app=web,tier=front");
    /// # Ok::<(), kubist::Error>(())
    /// ```
    pub fn equal_to<K: AsRef<str>, V: AsRef<str>>(labels: impl IntoIterator<Item = (K, V)>) -> Result<Self> {
        let each = |builder: Builder, (key, value): (K, V)| builder.equals(key.as_ref(), value.as_ref());
        labels.into_iter().fold(Self::builder(), each).build()
    }

    /// Puts a selector together out of its requirements.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn of(mut requirements: Vec<Requirement>) -> Self {
        requirements.sort_by(|a, b| a.key().cmp(b.key()));
        let texts: Vec<String> = requirements.iter().map(Requirement::to_string).collect();
        Self { requirements, nothing: false, text: texts.join(",") }
    }

    /// Selects less: what fulfils this requirement, too.
    #[must_use]
    pub fn and(mut self, requirement: Requirement) -> Self {
        if self.nothing {
            return self;
        }
        self.requirements.push(requirement);
        Self::of(self.requirements)
    }

    /// The requirements in the order of their keys. There is none if the selector selects everything, or nothing.
    #[must_use]
    pub fn requirements(&self) -> &[Requirement] {
        &self.requirements
    }

    /// Whether it selects every object.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.requirements.is_empty() && !self.nothing
    }

    /// Whether it is [`nothing`](Self::nothing). A selector of requirements that exclude each other is not known to be.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.nothing
    }

    /// Whether an object with these labels is selected.
    #[must_use]
    pub fn matches(&self, labels: &(impl Labels + ?Sized)) -> bool {
        !self.nothing && self.requirements.iter().all(|requirement| requirement.matches(labels))
    }

    /// The value that a label must have, if the selector allows but one.
    #[must_use]
    pub fn exact_value(&self, key: &str) -> Option<&str> {
        self.requirements.iter().find(|requirement| requirement.key() == key)?.exact_value()
    }

    /// The text that the API server reads.
    ///
    /// That of [`nothing`](Self::nothing) asks for a label that is there and is not.
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

impl From<Requirement> for Selector {
    fn from(requirement: Requirement) -> Self {
        Self::of(vec![requirement])
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
    use super::*;

    #[test]
    fn nothing_is_never_sent_as_everything() {
        let nothing = Selector::nothing();
        assert!(!nothing.as_str().is_empty() && !nothing.is_everything());
        let labels = [("nothing", ""), ("app", "web")];
        assert!(!nothing.matches(&labels[..]));
        let read: Selector = nothing.as_str().parse().unwrap();
        assert!(!read.matches(&labels[..]) && !read.matches(&labels[1..]));
        let more = nothing.and(Requirement::exists("app").unwrap());
        assert!(more.is_nothing());
    }

    #[test]
    fn a_selector_that_is_narrowed_keeps_the_order_of_its_keys() {
        let selector: Selector = "b=1".parse().unwrap();
        let narrow = selector.and(Requirement::exists("a").unwrap());
        assert_eq!(narrow.as_str(), "a,b=1");
        assert_eq!(format!("{narrow:?}"), "Selector(\"a,b=1\")");
        assert_eq!((narrow.exact_value("b"), narrow.exact_value("a")), (Some("1"), None));
        assert!(Selector::default().is_everything());
    }
}
