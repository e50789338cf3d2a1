//! Pure: quantities out of texts.

use std::str::FromStr;

use super::decimal::Decimal;
use super::{EXPONENT_MAX, Format, Quantity, WRONG_FORMAT, WRONG_NUMBER, WRONG_SUFFIX};

/// Nothing is smaller than a billionth: the rest is rounded away from zero.
const NANO: i32 = -9;
/// How many digits an `int64` takes for certain.
const SMALL_DIGITS: usize = 18;

struct Parts<'a> {
    negative: bool,
    /// Without zeros at its front.
    whole: &'a str,
    fraction: &'a str,
    suffix: &'a str,
    /// Whether any digit is written, be it a zero.
    has_digits: bool,
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

fn split(text: &str) -> Option<Parts<'_>> {
    let negative = text.starts_with('-');
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, rest) = split_digits(unsigned);
    let (fraction, suffix) = rest.strip_prefix('.').map_or(("", rest), split_digits);
    let letters = suffix.trim_start_matches(|c| "eEinumkKMGTP".contains(c));
    let number = letters.strip_prefix(['+', '-']).unwrap_or(letters);
    if text.is_empty() || !split_digits(number).1.is_empty() {
        return None;
    }
    let has_digits = !(whole.is_empty() && fraction.is_empty());
    Some(Parts { negative, whole: whole.trim_start_matches('0'), fraction, suffix, has_digits })
}

/// The power of ten or of two that a suffix stands for.
fn interpret(suffix: &str) -> Option<(i64, Format)> {
    const DECIMAL: [(&str, i64); 10] = [
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
        return Some(((index as i64 + 1) * 10, Format::BinarySi));
    }
    let exponent = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
    Some((exponent, Format::DecimalExponent))
}

impl Parts<'_> {
    fn digits(&self) -> usize {
        self.whole.len().max(1) + self.fraction.len()
    }

    /// Whether Go reads it as an `int64` and a power of ten.
    fn is_small(&self, exponent: i64, format: Format) -> bool {
        match format {
            Format::BinarySi => self.fraction.is_empty() && 14 >= self.digits() as i64 + exponent * 3 / 10,
            Format::DecimalSi | Format::DecimalExponent => {
                self.digits() <= SMALL_DIGITS && exponent - self.fraction.len() as i64 >= i64::from(NANO)
            }
        }
    }

    /// Whether the text of a small quantity is canonical at first sight.
    fn is_canonical(&self, exponent: i64, format: Format) -> bool {
        match format {
            Format::BinarySi => {
                let last = &self.whole[self.whole.len().saturating_sub(3)..];
                last.parse::<u16>().is_ok_and(|last| last % 8 != 0)
            }
            Format::DecimalSi | Format::DecimalExponent => {
                let places = self.fraction.len();
                let thousands = if places >= 3 {
                    self.fraction.ends_with("000")
                } else {
                    self.fraction.bytes().all(|byte| byte == b'0')
                        && self.whole.ends_with(["000", "00", "0"][places])
                };
                (exponent - places as i64) % 3 == 0 && !thousands && !self.whole.is_empty()
            }
        }
    }
}

impl Quantity {
    /// Reads a quantity.
    ///
    /// # Errors
    ///
    /// The API server's text about it. Exponents above [`EXPONENT_MAX`] are refused, too.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if text == "0" {
            return Ok(Self { text: Some(text.to_owned()), small: true, ..Self::default() });
        }
        let parts = split(text).ok_or(WRONG_FORMAT)?;
        let (exponent, format) = interpret(parts.suffix).ok_or(WRONG_SUFFIX)?;
        let small = parts.is_small(exponent, format);
        if exponent > i64::from(EXPONENT_MAX) || !(small || parts.has_digits) {
            return Err(WRONG_NUMBER);
        }
        let written = format!("{}{}", parts.whole, parts.fraction);
        let places = i64::try_from(parts.fraction.len()).map_err(|_| WRONG_NUMBER)?;
        let power = if format == Format::BinarySi { 0 } else { exponent };
        // What is that small is a billionth at most, whatever it is.
        let power = i32::try_from((power - places).max(i64::from(i32::MIN))).map_err(|_| WRONG_NUMBER)?;
        let mut number = Decimal::from_digits(parts.negative, &written, power);
        if format == Format::BinarySi {
            number.multiply(1 << exponent);
        }
        if small {
            let kept = parts.is_canonical(exponent, format).then(|| text.to_owned());
            return Ok(Self { number, format, text: kept, small });
        }
        number.round_up(NANO);
        let mut format = format;
        if format == Format::BinarySi {
            // Binary quantities end at the largest `int64`; those below one are decimal.
            let above = Decimal::new(if parts.negative { -i64::MAX } else { i64::MAX }, 0);
            if number.compare_magnitude(&above).is_gt() {
                number = above;
            }
            if number.sign() != 0 && number.compare_magnitude(&Decimal::new(1, 0)).is_lt() {
                format = Format::DecimalSi;
            }
        }
        Ok(Self { number, format, text: None, small })
    }
}

/// # Errors
///
/// As [`parse`](Quantity::parse).
impl FromStr for Quantity {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_quantity_is_told_why() {
        for text in ["", "1.2.3", "0x1", "1e3m", "true", "5 ", "1 Gi", "1Mi1x", "Ki1x"] {
            assert_eq!(Quantity::parse(text).unwrap_err(), WRONG_FORMAT, "{text}");
        }
        for text in ["5kk", "1e", "1Kii", "--5", "1Mi1", "Ki1"] {
            assert_eq!(Quantity::parse(text).unwrap_err(), WRONG_SUFFIX, "{text}");
        }
        for text in ["1e99999", "1e1000", "e-30"] {
            assert_eq!(Quantity::parse(text).unwrap_err(), WRONG_NUMBER, "{text}");
        }
        assert_eq!(Quantity::parse("1e-99999").unwrap().to_string(), "1e-9");
        assert_eq!(Quantity::parse("1e-9999999999").unwrap().to_string(), "1e-9");
    }
}
