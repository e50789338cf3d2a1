//! Pure: what a selector asks of one label.

use std::fmt;

use kubist_structural::names;

use crate::error::{Error, Result};
use crate::labels::set::Labels;

/// How a label and the values of a requirement must relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "Kubernetes has these operators")]
pub enum Operator {
    /// There is a label, and its value is one of the values.
    In,
    /// There is no label, or its value is none of the values.
    NotIn,
    /// There is a label with the value: `=`.
    Equals,
    /// As [`Equals`](Self::Equals): `==`.
    DoubleEquals,
    /// There is no label with the value.
    NotEquals,
    /// There is a label.
    Exists,
    /// There is no label.
    DoesNotExist,
    /// There is a label, and it is a whole number greater than the value.
    GreaterThan,
    /// There is a label, and it is a whole number less than the value.
    LessThan,
}

impl Operator {
    /// As `matchExpressions` and apimachinery's `selection` name it.
    fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::NotIn => "notin",
            Self::Equals => "=",
            Self::DoubleEquals => "==",
            Self::NotEquals => "!=",
            Self::Exists => "exists",
            Self::DoesNotExist => "!",
            Self::GreaterThan => ">",
            Self::LessThan => "<",
        }
    }
}

/// What a selector asks of one label.
///
/// # Examples
///
/// ```
/// use kubist::labels::{Operator, Requirement};
///
/// let requirement = Requirement::new("tier", Operator::In, ["front", "back"])?;
/// assert_eq!(requirement.to_string(), "tier in (back,front)");
/// assert!(Requirement::new("tier", Operator::In, ["not a value"]).is_err());
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Requirement {
    key: String,
    operator: Operator,
    values: Vec<String>,
}

impl Requirement {
    /// A requirement.
    ///
    /// # Errors
    ///
    /// When the key could not be the key of a label, a value could not be the value of one, or there are not as many
    /// values as the operator takes: one or more for [`In`](Operator::In) and [`NotIn`](Operator::NotIn), none for
    /// [`Exists`](Operator::Exists) and [`DoesNotExist`](Operator::DoesNotExist), one for the others; a whole number
    /// for [`GreaterThan`](Operator::GreaterThan) and [`LessThan`](Operator::LessThan).
    pub fn new<V: Into<String>>(
        key: impl Into<String>,
        operator: Operator,
        values: impl IntoIterator<Item = V>,
    ) -> Result<Self> {
        let (key, values) = (key.into(), values.into_iter().map(Into::into).collect::<Vec<String>>());
        check_key(&key)?;
        check_count(operator, &values)?;
        for value in &values {
            check_value(&key, operator, value)?;
        }
        Ok(Self { key, operator, values })
    }

    /// That there is a label.
    ///
    /// # Errors
    ///
    /// When the key could not be the key of a label.
    pub fn exists(key: impl Into<String>) -> Result<Self> {
        Self::new::<String>(key, Operator::Exists, [])
    }

    /// The key of the label.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// How label and values must relate.
    #[must_use]
    pub fn operator(&self) -> Operator {
        self.operator
    }

    /// The values.
    #[must_use]
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// Whether labels fulfil it.
    #[must_use]
    pub fn matches(&self, labels: &(impl Labels + ?Sized)) -> bool {
        let value = labels.label(&self.key);
        let listed = |value: &str| self.values.iter().any(|known| known == value);
        match self.operator {
            Operator::In | Operator::Equals | Operator::DoubleEquals => value.is_some_and(listed),
            Operator::NotIn | Operator::NotEquals => !value.is_some_and(listed),
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
            Operator::GreaterThan => self.bound(value).is_some_and(|(value, bound)| value > bound),
            Operator::LessThan => self.bound(value).is_some_and(|(value, bound)| value < bound),
        }
    }

    fn bound(&self, value: Option<&str>) -> Option<(i64, i64)> {
        Some((value?.parse().ok()?, self.values.first()?.parse().ok()?))
    }

    pub(super) fn exact_value(&self) -> Option<&str> {
        match (self.operator, &*self.values) {
            (Operator::In | Operator::Equals | Operator::DoubleEquals, [value]) => Some(value),
            _ => None,
        }
    }
}

pub(super) fn check_key(key: &str) -> Result<()> {
    names::check_label_key(key).map_err(|why| Error::invalid(format!("key {key:?}: {why}")))
}

fn check_count(operator: Operator, values: &[String]) -> Result<()> {
    let (fits, expected) = match operator {
        Operator::In | Operator::NotIn => (!values.is_empty(), "one value or more"),
        Operator::Exists | Operator::DoesNotExist => (values.is_empty(), "no value"),
        _ => (values.len() == 1, "one value"),
    };
    let name = operator.name();
    if fits {
        Ok(())
    } else {
        Err(Error::invalid(format!("{name:?} takes {expected}, not {}", values.len())))
    }
}

fn check_value(key: &str, operator: Operator, value: &str) -> Result<()> {
    if matches!(operator, Operator::GreaterThan | Operator::LessThan) && value.parse::<i64>().is_err() {
        return Err(Error::invalid(format!("value {value:?} of {key}: must be a whole number")));
    }
    names::check_label_value(value).map_err(|why| Error::invalid(format!("value {value:?} of {key}: {why}")))
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = &self.key;
        match self.operator {
            Operator::Exists => f.write_str(key),
            Operator::DoesNotExist => write!(f, "!{key}"),
            operator @ (Operator::In | Operator::NotIn) => {
                let mut values: Vec<&str> = self.values.iter().map(String::as_str).collect();
                values.sort_unstable();
                write!(f, "{key} {} ({})", operator.name(), values.join(","))
            }
            operator => write!(f, "{key}{}{}", operator.name(), self.values.concat()),
        }
    }
}
