//! Pure: amounts such as `500m`, `2Gi` and `1e3`, exact.
//!
//! The API has them as text ([`k8s_openapi`'s `Quantity`](Text)). A [`Quantity`] is the number in it: to compare, to add, and to
//! be written back in the form that the server would choose.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};
use std::str::FromStr;

use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Text;
use kubist_structural::quantity;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use kubist_structural::quantity::Format;

use crate::error::{Error, Result};

/// An amount of something: of any size, exact to a billionth.
///
/// Two are equal when they are the same number, whatever their suffixes. Sums and differences have the family of
/// suffixes of the first, unless that is zero.
///
/// # Examples
///
/// ```
/// use kubist::k8s_openapi::apimachinery::pkg::api::resource::Quantity as Text;
/// use kubist::quantity::Quantity;
///
/// let limit: Quantity = "1.5Gi".parse()?;
/// assert_eq!(limit.to_string(), "1536Mi");
/// assert!(limit > "1500M".parse()?);
///
/// let requests = [Text("250m".to_owned()), Text("1".to_owned())];
/// let total: Quantity = requests.iter().map(Quantity::try_from).sum::<kubist::Result<_>>()?;
/// assert_eq!(total, "1250m".parse()?);
/// assert_eq!((total.value(), total.milli_value()), (Some(2), Some(1250)));
/// assert_eq!(Text::from(total).0, "1250m");
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quantity(quantity::Quantity);

impl Quantity {
    /// A whole number.
    #[must_use]
    pub fn new(value: i64, format: Format) -> Self {
        Self(quantity::Quantity::new(value, 0, format))
    }

    /// A number of thousandths: `Quantity::milli(500)` is `500m`.
    #[must_use]
    pub fn milli(value: i64) -> Self {
        Self(quantity::Quantity::new(value, -3, Format::DecimalSi))
    }

    /// A number of bytes, to be written in powers of 1024.
    #[must_use]
    pub fn bytes(value: i64) -> Self {
        Self::new(value, Format::BinarySi)
    }

    /// The family of suffixes that it is written with.
    #[must_use]
    pub fn format(&self) -> Format {
        self.0.format()
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is less than zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// The number, rounded away from zero to a whole one; `None` where that has more than 64 bits.
    #[must_use]
    pub fn value(&self) -> Option<i64> {
        self.0.scaled_value(0)
    }

    /// The number of thousandths, rounded away from zero; `None` where that has more than 64 bits.
    #[must_use]
    pub fn milli_value(&self) -> Option<i64> {
        self.0.scaled_value(-3)
    }

    /// The number of times a power of ten, rounded away from zero; `None` where that has more than 64 bits.
    #[must_use]
    pub fn scaled_value(&self, scale: i32) -> Option<i64> {
        self.0.scaled_value(scale)
    }

    /// The number, if it is whole and has no more than 64 bits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.0.as_i64()
    }

    /// A float near the number.
    #[must_use]
    pub fn approximate(&self) -> f64 {
        self.0.approximate()
    }

    /// Rounded away from zero to a multiple of a power of ten: `-3` to thousandths, `0` to whole numbers.
    #[must_use]
    pub fn rounded_up(&self, scale: i32) -> Self {
        let mut rounded = self.0.clone();
        rounded.round_up(scale);
        Self(rounded)
    }
}

/// # Errors
///
/// When the text is no quantity. Exponents above 999 are refused, too.
impl FromStr for Quantity {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let read = quantity::Quantity::parse(text).map(Self);
        read.map_err(|why| Error::invalid(why).during(format!("quantity {text:?}")))
    }
}

/// # Errors
///
/// When the text is no quantity.
impl TryFrom<&Text> for Quantity {
    type Error = Error;

    fn try_from(text: &Text) -> Result<Self> {
        text.0.parse()
    }
}

impl From<Quantity> for Text {
    fn from(quantity: Quantity) -> Self {
        Self(quantity.to_string())
    }
}

impl From<&Quantity> for Text {
    fn from(quantity: &Quantity) -> Self {
        Self(quantity.to_string())
    }
}

/// The canonical text: no fraction, the largest suffix that loses nothing. One that was read in such a form, or nearly,
/// is written as it was read.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Quantity({})", self.0)
    }
}

impl Add for Quantity {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(&self.0 + &other.0)
    }
}

impl Sub for Quantity {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(&self.0 - &other.0)
    }
}

impl Add<&Self> for Quantity {
    type Output = Self;

    fn add(self, other: &Self) -> Self {
        Self(&self.0 + &other.0)
    }
}

impl Sub<&Self> for Quantity {
    type Output = Self;

    fn sub(self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }
}

impl AddAssign<&Self> for Quantity {
    fn add_assign(&mut self, other: &Self) {
        self.0 = &self.0 + &other.0;
    }
}

impl SubAssign<&Self> for Quantity {
    fn sub_assign(&mut self, other: &Self) {
        self.0 = &self.0 - &other.0;
    }
}

impl Mul<i64> for Quantity {
    type Output = Self;

    fn mul(self, factor: i64) -> Self {
        Self(self.0.times(factor))
    }
}

impl Neg for Quantity {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(quantities: I) -> Self {
        quantities.fold(Self::default(), Add::add)
    }
}

/// As text.
impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Out of a text, or a number.
impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?;
        quantity::Quantity::parse(text.0.trim()).map(Self).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_and_written_as_json() {
        let read: Vec<Quantity> = serde_json::from_str(r#"["1.5", " 2Gi ", 3, 0.5]"#).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), r#"["1500m","2Gi","3","500m"]"#);
        assert!(serde_json::from_str::<Quantity>("\"x\"").is_err());
    }

    #[test]
    fn what_is_no_quantity_is_told() {
        let error = "1x".parse::<Quantity>().unwrap_err();
        assert!(error.is_invalid());
        assert!(format!("{error:#}").starts_with("quantity \"1x\": quantities must match"), "{error:#}");
    }

    #[test]
    fn amounts_change_in_place_and_keep_the_family_of_the_first() {
        let mut free: Quantity = "1Gi".parse().unwrap();
        free -= &Quantity::bytes(1 << 20);
        assert_eq!(free.to_string(), "1023Mi");
        free += &Quantity::milli(-500);
        assert_eq!(free.to_string(), "1072693247500m");
        assert_eq!(free.rounded_up(0).to_string(), "1023Mi");
        assert_eq!((-Quantity::milli(250) * 2).to_string(), "-500m");
        assert_eq!(format!("{:?}", Quantity::default()), "Quantity(0)");
    }
}
