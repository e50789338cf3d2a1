//! Pure: quantities such as `1500m`, `2Gi` and `1e3`, exact, as `resource.Quantity` reads and writes them.

mod decimal;
mod parse;
mod text;

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::ops::{Add, Neg, Sub};

use self::decimal::Decimal;

/// What a text is that no quantity can be read from, in the API server's words.
pub const WRONG_FORMAT: &str =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
/// What a quantity is whose number cannot be read, in the API server's words.
pub const WRONG_NUMBER: &str = "unable to parse numeric part of quantity";
/// What a quantity is whose suffix is none, in the API server's words.
pub const WRONG_SUFFIX: &str = "unable to parse quantity's suffix";

/// The largest exponent that is read; nobody means more, and each one may cost a digit.
pub const EXPONENT_MAX: i32 = 999;

/// The family of suffixes that a quantity is written with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "Kubernetes has these three")]
pub enum Format {
    /// `n`, `u`, `m`, none, `k`, `M`, `G`, `T`, `P`, `E`: powers of 1000.
    #[default]
    DecimalSi,
    /// `Ki`, `Mi`, `Gi`, `Ti`, `Pi`, `Ei`: powers of 1024.
    BinarySi,
    /// `e3`: any power of ten.
    DecimalExponent,
}

/// A number of any size, and how it is written.
#[derive(Clone, Debug, Default)]
pub struct Quantity {
    number: Decimal,
    format: Format,
    /// The text that it was read from, where that is canonical at first sight: then it is not written anew.
    text: Option<String>,
    /// Whether Go keeps it as an `int64` and a power of ten.
    small: bool,
}

impl Quantity {
    /// A whole number times a power of ten.
    #[must_use]
    pub fn new(value: i64, scale: i32, format: Format) -> Self {
        Self { number: Decimal::new(value, scale), format, text: None, small: true }
    }

    /// The family of its suffix.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// -1, 0 or 1.
    #[must_use]
    pub fn sign(&self) -> i8 {
        self.number.sign()
    }

    /// Whether it is nothing.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.sign() == 0
    }

    /// Whether it is less than nothing.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.sign() < 0
    }

    /// Whether it is more than nothing.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.sign() > 0
    }

    /// How many times a power of ten it is, rounded away from zero, if an `i64` takes it.
    #[must_use]
    pub fn scaled_value(&self, scale: i32) -> Option<i64> {
        let mut number = self.number.clone();
        number.round_up(scale);
        number.whole(scale)
    }

    /// The value, if it is a whole number that an `i64` takes.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.number.whole(0)
    }

    /// The value where Go has it at hand: whole numbers of up to 18 digits that were not written in fractions.
    #[must_use]
    pub fn as_int64(&self) -> Option<i64> {
        (self.small && self.number.exponent() >= 0).then(|| self.as_i64()).flatten()
    }

    /// The nearest float, more or less: as Go computes it.
    #[must_use]
    pub fn approximate(&self) -> f64 {
        self.number.approximate()
    }

    /// The value in billionths; the largest that there is where they are too many.
    #[must_use]
    pub fn nanos(&self) -> i128 {
        let mut number = self.number.clone();
        number.round_up(-9);
        number.integer(-9)
    }

    /// Rounds away from zero to a multiple of a power of ten, and says whether it was one.
    pub fn round_up(&mut self, scale: i32) -> bool {
        if self.number.exponent() >= scale {
            return true;
        }
        self.text = None;
        let exact = self.number.round_up(scale);
        self.small = self.small && self.number.fits_i64();
        exact
    }

    /// This many times the quantity.
    #[must_use]
    pub fn times(&self, factor: i64) -> Self {
        let number = self.number.times(factor);
        let small = self.small && number.fits_i64();
        Self { number, format: self.format, text: None, small }
    }

    /// Any two are added with the suffix of the first, unless that is zero.
    fn plus(&self, other: &Decimal, format: Format, small: bool) -> Self {
        let format = if self.is_zero() { format } else { self.format };
        let (number, fits) = self.number.plus(other);
        Self { number, format, text: None, small: self.small && small && fits }
    }
}

/// The sum. It is written with the suffixes of the first, unless that is zero.
impl Add for &Quantity {
    type Output = Quantity;

    fn add(self, other: Self) -> Quantity {
        self.plus(&other.number, other.format, other.small)
    }
}

/// The difference. It is written with the suffixes of the first, unless that is zero.
impl Sub for &Quantity {
    type Output = Quantity;

    fn sub(self, other: Self) -> Quantity {
        self.plus(&-other.number.clone(), other.format, other.small)
    }
}

impl Neg for Quantity {
    type Output = Self;

    fn neg(self) -> Self {
        Self { number: -self.number, text: None, ..self }
    }
}

/// By value, whatever the suffix: `1Gi` is `1024Mi`.
impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.number.cmp(&other.number)
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Quantity {}

impl Hash for Quantity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Quantity {
        Quantity::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn quantities_are_compared_by_value() {
        for (a, b) in
            [("1000m", "1"), ("1Ki", "1024"), ("1e3", "1k"), ("0.5Gi", "512Mi"), ("-0", "0"), ("1.0", "1")]
        {
            assert_eq!(read(a), read(b));
        }
        assert!(read("1G") < read("1Gi") && read("-2") < read("-1") && read("-1") < read("1n"));
        assert!(read("10") > read("9") && read("1.25") < read("1.3") && read("1e30") > read("9E"));
    }

    #[test]
    fn sums_are_exact_and_written_as_the_first() {
        assert_eq!((&read("1Gi") + &read("1")).to_string(), "1073741825");
        assert_eq!((&read("1Gi") + &read("1Mi")).to_string(), "1025Mi");
        assert_eq!((&read("0") + &read("1Gi")).to_string(), "1Gi");
        assert_eq!((&read("9E") + &read("9E")).to_string(), "18E");
        assert_eq!((&read("1") - &read("1n")).to_string(), "999999999n");
        assert_eq!((&read("100m") - &read("1")).to_string(), "-900m");
        assert_eq!(read("1500m").times(-2).to_string(), "-3");
    }

    #[test]
    fn values_are_rounded_away_from_zero_or_not_given() {
        assert_eq!(read("1500m").scaled_value(0), Some(2));
        assert_eq!(read("-1500m").scaled_value(0), Some(-2));
        assert_eq!(read("1500m").scaled_value(-3), Some(1500));
        assert_eq!(read("1").scaled_value(3), Some(1));
        assert_eq!((read("1500m").as_i64(), read("1000m").as_i64()), (None, Some(1)));
        assert_eq!(read("9E").scaled_value(-3), None);
        assert_eq!(Quantity::new(i64::MIN, 0, Format::DecimalSi).as_i64(), Some(i64::MIN));
        assert_eq!((read("50k").as_int64(), read("1000m").as_int64()), (Some(50_000), None));
        assert_eq!((read("1n").nanos(), read("1e999").nanos()), (1, i128::MAX));
        let mut fine = read("1.0001Ki");
        assert!(!fine.round_up(-3));
        assert_eq!(fine.to_string(), "1024103m");
    }
}
