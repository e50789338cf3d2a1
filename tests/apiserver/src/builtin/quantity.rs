//! Pure: quantities, exact, as `resource.Quantity` reads and writes them.

use std::cmp::Ordering;
use std::fmt;

pub(crate) const WRONG_FORMAT: &str =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const WRONG_NUMBER: &str = "unable to parse numeric part of quantity";
const WRONG_SUFFIX: &str = "unable to parse quantity's suffix";

/// Nothing is smaller than a billionth: the rest is rounded up.
const NANO: i32 = 9;
/// The digits that the quick reading of an `int64` takes.
const QUICK: i32 = 18;
/// The largest exponent that is carried out; nobody means more, and each one costs a digit.
const MAX_EXPONENT: i32 = 1000;
/// The largest binary quantity.
const MAX_BINARY: &[u8] = b"9223372036854775807";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    DecimalSi,
    BinarySi,
    DecimalExponent,
}

/// A number of the kind `1500m`, `2Gi` or `1e3`.
#[derive(Clone, Debug)]
pub(crate) struct Quantity {
    negative: bool,
    /// Decimal digits, the most significant first, without leading zeros; none for zero.
    digits: Vec<u8>,
    /// How many of the digits stand behind the point; negative for zeros that are not written.
    scale: i32,
    format: Format,
    /// The text as it was read, where the API server keeps it.
    text: Option<String>,
}

struct Parts<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
    suffix: &'a str,
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

fn split(text: &str) -> Result<Parts<'_>, &'static str> {
    let negative = text.starts_with('-');
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, rest) = split_digits(unsigned.trim_start_matches('0'));
    let (fraction, suffix) = rest.strip_prefix('.').map_or(("", rest), split_digits);
    let letters = suffix.trim_start_matches(|c| "eEinumkKMGTP".contains(c));
    let number = letters.strip_prefix(['+', '-']).unwrap_or(letters);
    if text.is_empty() || !split_digits(number).1.is_empty() {
        return Err(WRONG_FORMAT);
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    Ok(Parts { negative, whole, fraction, suffix })
}

fn interpret(suffix: &str) -> Option<(i32, Format)> {
    const DECIMAL: [(&str, i32); 10] = [
        ("n", -9),
        ("u", -6),
        ("m", -3),
        ("", 0),
        ("k", 3),
        ("M", 6),
        ("G", 9),
        ("T", 12),
        ("P", 15),
        ("E", 18),
    ];
    const BINARY: [&str; 6] = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    if let Some((_, exponent)) = DECIMAL.iter().find(|(known, _)| *known == suffix) {
        return Some((*exponent, Format::DecimalSi));
    }
    if let Some(index) = BINARY.iter().position(|known| *known == suffix) {
        return Some(((index as i32 + 1) * 10, Format::BinarySi));
    }
    let exponent = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
    Some((exponent, Format::DecimalExponent))
}

impl Quantity {
    /// Reads a quantity.
    ///
    /// # Errors
    /// The API server's text about it.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let parts = split(text)?;
        let (exponent, format) = interpret(parts.suffix).ok_or(WRONG_SUFFIX)?;
        if exponent.abs() > MAX_EXPONENT {
            return Err(WRONG_NUMBER);
        }
        let written = format!("{}{}", parts.whole, parts.fraction);
        let digits: Vec<u8> = written.trim_start_matches('0').bytes().map(|byte| byte - b'0').collect();
        let fraction = i32::try_from(parts.fraction.len()).map_err(|_| WRONG_NUMBER)?;
        let mut quantity = Self { negative: parts.negative, digits, scale: fraction, format, text: None };
        if quantity.keeps_text(&parts, &written, exponent) {
            quantity.text = Some(text.to_owned());
        }
        if format == Format::BinarySi {
            for _ in 0..exponent / 10 {
                quantity.multiply(1024);
            }
        } else {
            quantity.scale -= exponent;
        }
        quantity.round_up_to(NANO);
        quantity.limit_binary();
        Ok(quantity)
    }

    /// Whether the server gives the text back as it came: where it is canonical at first sight.
    fn keeps_text(&self, parts: &Parts<'_>, written: &str, exponent: i32) -> bool {
        let length = i32::try_from(written.len()).unwrap_or(i32::MAX);
        match self.format {
            Format::BinarySi => {
                let odd = self.digits.last().is_some_and(|_| self.low_bits() != 0);
                parts.fraction.is_empty() && 15 - length - exponent * 3 / 10 > 0 && odd
            }
            Format::DecimalSi | Format::DecimalExponent => {
                let scale = exponent - parts.fraction.len() as i32;
                length <= QUICK
                    && scale >= -NANO
                    && scale % 3 == 0
                    && !written.ends_with("000")
                    && !written.starts_with('0')
            }
        }
    }

    /// The value modulo 8, of which only the last three digits decide.
    fn low_bits(&self) -> u32 {
        let from = self.digits.len().saturating_sub(3);
        self.digits[from..].iter().fold(0, |value, digit| value * 10 + u32::from(*digit)) % 8
    }

    fn multiply(&mut self, factor: u32) {
        let mut carry = 0;
        for digit in self.digits.iter_mut().rev() {
            let value = u32::from(*digit) * factor + carry;
            *digit = (value % 10) as u8;
            carry = value / 10;
        }
        while carry > 0 {
            self.digits.insert(0, (carry % 10) as u8);
            carry /= 10;
        }
    }

    /// Leaves at most `places` digits behind the point; what is cut off makes the number larger, not smaller.
    fn round_up_to(&mut self, places: i32) {
        let Ok(cut) = usize::try_from(self.scale - places) else {
            return;
        };
        if cut == 0 || self.digits.is_empty() {
            return;
        }
        let keep = self.digits.len().saturating_sub(cut);
        let rest = self.digits.split_off(keep);
        self.scale = places;
        if rest.iter().any(|digit| *digit != 0) {
            self.increment();
        }
    }

    fn increment(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
    }

    /// Binary quantities end at the largest `int64`; those below one are decimal.
    fn limit_binary(&mut self) {
        if self.format != Format::BinarySi {
            return;
        }
        let whole = self.digits.len() as i32 - self.scale;
        if !self.digits.is_empty() && whole <= 0 {
            self.format = Format::DecimalSi;
        }
        let limit: Vec<u8> = MAX_BINARY.iter().map(|byte| byte - b'0').collect();
        let above = Self { negative: false, digits: limit.clone(), scale: 0, text: None, ..self.clone() };
        if self.compare_magnitude(&above) == Ordering::Greater {
            self.digits = limit;
            self.scale = 0;
        }
    }

    /// Rounds up to thousandths, as limits and requests of containers are.
    pub(crate) fn round_up_to_milli(&mut self) {
        if self.scale > 3 {
            self.text = None;
            self.round_up_to(3);
        }
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.negative && !self.digits.is_empty()
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    pub(crate) fn is_positive(&self) -> bool {
        !self.negative && !self.digits.is_empty()
    }

    /// The value in billionths; the largest that there is where they are too many.
    pub(crate) fn nanos(&self) -> i128 {
        let (digits, exponent) = self.decimal();
        let zeros = usize::try_from(exponent + NANO).unwrap_or(0).min(40);
        let value = if self.is_zero() {
            0
        } else {
            format!("{digits}{}", "0".repeat(zeros)).parse().unwrap_or(i128::MAX)
        };
        if self.negative { -value } else { value }
    }

    /// The sum, written as `self` is.
    pub(crate) fn plus(&self, other: &Self) -> Self {
        let nanos = self.nanos().saturating_add(other.nanos());
        let digits = nanos
            .unsigned_abs()
            .to_string()
            .trim_start_matches('0')
            .bytes()
            .map(|byte| byte - b'0')
            .collect();
        Self { negative: nanos < 0, digits, scale: NANO, format: self.format, text: None }
    }

    fn compare_magnitude(&self, other: &Self) -> Ordering {
        let whole = |it: &Self| it.digits.len() as i32 - it.scale;
        match (self.is_zero(), other.is_zero()) {
            (true, true) => return Ordering::Equal,
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            (false, false) => {}
        }
        let trimmed = |it: &Self| {
            let end = it.digits.iter().rposition(|digit| *digit != 0).map_or(0, |last| last + 1);
            it.digits[..end].to_vec()
        };
        whole(self).cmp(&whole(other)).then_with(|| trimmed(self).cmp(&trimmed(other)))
    }

    /// The digits without trailing zeros, and the power of ten that they are to be multiplied with: a multiple of 3.
    fn decimal(&self) -> (String, i32) {
        let zeros = self.digits.iter().rev().take_while(|digit| **digit == 0).count();
        let mut text: String =
            self.digits[..self.digits.len() - zeros].iter().map(|digit| char::from(b'0' + digit)).collect();
        let mut exponent = zeros as i32 - self.scale;
        while exponent % 3 != 0 {
            text.push('0');
            exponent -= 1;
        }
        (text, exponent)
    }

    /// The value, if it is whole and an `i64` takes its magnitude.
    fn whole(&self) -> Option<u64> {
        let (digits, exponent) = self.decimal();
        let zeros = usize::try_from(exponent).ok()?;
        format!("{digits}{}", "0".repeat(zeros.min(40))).parse().ok()
    }
}

impl Default for Quantity {
    /// Nothing.
    fn default() -> Self {
        Self { negative: false, digits: Vec::new(), scale: 0, format: Format::DecimalSi, text: None }
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative(), other.is_negative()) {
            (false, false) => self.compare_magnitude(other),
            (true, true) => other.compare_magnitude(self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

/// The canonical text, which the server answers with.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = &self.text {
            return f.write_str(text);
        }
        if self.is_zero() {
            return f.write_str("0");
        }
        if self.negative {
            f.write_str("-")?;
        }
        if self.format == Format::BinarySi
            && let Some(mut value) = self.whole()
            && value >= 1024
        {
            let mut power = 0;
            while value % 1024 == 0 {
                value /= 1024;
                power += 1;
            }
            return write!(f, "{value}{}", ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"][power]);
        }
        let (digits, exponent) = self.decimal();
        f.write_str(&digits)?;
        if self.format == Format::DecimalExponent {
            return if exponent == 0 { Ok(()) } else { write!(f, "e{exponent}") };
        }
        f.write_str(match exponent {
            -9 => "n",
            -6 => "u",
            -3 => "m",
            3 => "k",
            6 => "M",
            9 => "G",
            12 => "T",
            15 => "P",
            18 => "E",
            _ => "",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_come_back_as_the_server_writes_them() {
        for (text, expected) in [
            ("05", "05"),
            ("+5", "+5"),
            ("0.50", "500m"),
            ("1024Mi", "1Gi"),
            ("1.5Gi", "1536Mi"),
            ("1e3", "1e3"),
            ("1E3", "1E3"),
            ("1E", "1E"),
            ("100000m", "100"),
            ("1.5", "1500m"),
            ("1025Mi", "1025Mi"),
            ("1024", "1024"),
            ("1000000", "1M"),
            ("1e21", "1e21"),
            ("0.5Ki", "512"),
            ("1.0001Ki", "1024102400u"),
            ("5.0", "5"),
            ("500.000m", "500m"),
            ("0.0000000001", "1n"),
            ("9999999999999999999999", "9999999999999999999999"),
            ("9Ei", "9223372036854775807"),
            ("12e1", "120"),
            ("-5", "-5"),
            ("-1.5Gi", "-1536Mi"),
            ("00", "0"),
            ("0Mi", "0"),
            (".", "0"),
            ("u", "0"),
            (".5", "500m"),
            ("5.", "5."),
            ("010m", "010m"),
            ("1E2", "100"),
            ("1048576Ki", "1Gi"),
            ("1234567890123456789", "1234567890123456789"),
            ("3001000", "3001k"),
            ("1000k", "1M"),
            ("10.5M", "10500k"),
            ("8Ki", "8Ki"),
        ] {
            assert_eq!(Quantity::parse(text).unwrap().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_quantity_is_told_why() {
        for text in ["", "1.2.3", "0x1", "1e3m", "true", "5 "] {
            assert_eq!(Quantity::parse(text).unwrap_err(), WRONG_FORMAT, "{text}");
        }
        for text in ["5kk", "1e", "1Kii", "--5"] {
            assert_eq!(Quantity::parse(text).unwrap_err(), WRONG_SUFFIX, "{text}");
        }
        assert_eq!(Quantity::parse("1e99999").unwrap_err(), WRONG_NUMBER);
    }

    #[test]
    fn quantities_are_compared_by_value() {
        let read = |text: &str| Quantity::parse(text).unwrap();
        assert_eq!(read("1Gi"), read("1024Mi"));
        assert_eq!(read("0.5"), read("500m"));
        assert_eq!(read("-0"), read("0"));
        assert!(read("1G") < read("1Gi") && read("-2") < read("-1") && read("-1") < read("1n"));
        assert!(read("10") > read("9") && read("1.25") < read("1.3"));
        let mut fine = read("1.0001Ki");
        fine.round_up_to_milli();
        assert_eq!(fine.to_string(), "1024103m");
    }
}
