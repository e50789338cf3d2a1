//! Pure: amounts of resources, such as `500m` and `1Gi`: compared, and written as the API server writes them.

use std::fmt;

/// How a quantity is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `k`, `M`, `G` ...
    Decimal,
    /// `Ki`, `Mi`, `Gi` ...
    Binary,
    /// `e3`, `e6` ...
    Exponent,
}

/// An amount, exact to a billionth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quantity {
    nanos: i128,
    style: Style,
}

const NANO: i128 = 1_000_000_000;
const BINARY: [&str; 7] = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const DECIMAL: [(&str, i32); 10] =
    [("n", -9), ("u", -6), ("m", -3), ("", 0), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18)];

impl Quantity {
    pub(crate) const ZERO: Self = Self { nanos: 0, style: Style::Decimal };

    /// Reads a quantity; `None` when the text is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let end = unsigned.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(unsigned.len());
        let (number, suffix) = unsigned.split_at(end);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') {
            return None;
        }
        let (factor, style) = factor(suffix)?;
        let digits: i128 = format!("0{whole}{fraction}").parse().ok()?;
        let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
        let (over, under) = factor;
        let total = digits.checked_mul(over)?.checked_mul(NANO)?;
        let divisor = scale.checked_mul(under)?;
        // What is finer than a billionth is rounded away from zero.
        let nanos = total / divisor + i128::from(total % divisor != 0);
        Some(Self { nanos: if text.starts_with('-') { -nanos } else { nanos }, style })
    }

    pub(crate) fn is_negative(self) -> bool {
        self.nanos < 0
    }

    pub(crate) fn is_positive(self) -> bool {
        self.nanos > 0
    }

    /// Whether both are the same amount, however written.
    pub(crate) fn equals(self, other: Self) -> bool {
        self.nanos == other.nanos
    }

    /// The sum, written as `self` is.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self { nanos: self.nanos.saturating_add(other.nanos), ..self }
    }

    /// Whether it is a whole number.
    pub(crate) fn is_whole(self) -> bool {
        self.nanos % NANO == 0
    }

    /// Rounded up to a whole number.
    pub(crate) fn value(self) -> i128 {
        self.nanos.div_euclid(NANO) + i128::from(self.nanos.rem_euclid(NANO) != 0)
    }

    /// As a fraction.
    pub(crate) fn as_f64(self) -> f64 {
        self.nanos as f64 / NANO as f64
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.nanos.partial_cmp(&other.nanos)
    }
}

/// What a suffix multiplies and divides by.
fn factor(suffix: &str) -> Option<((i128, i128), Style)> {
    if let Some(exponent) = BINARY.iter().skip(1).position(|name| *name == suffix) {
        return Some(((1 << (10 * (exponent + 1)), 1), Style::Binary));
    }
    let (exponent, style) = match DECIMAL.iter().find(|(name, _)| *name == suffix) {
        Some((_, exponent)) => (*exponent, Style::Decimal),
        None => (suffix.strip_prefix(['e', 'E'])?.parse().ok()?, Style::Exponent),
    };
    let power = 10_i128.checked_pow(exponent.unsigned_abs())?;
    Some((if exponent < 0 { (1, power) } else { (power, 1) }, style))
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nanos == 0 {
            return f.write_str("0");
        }
        // Small or broken amounts are written in the decimal style.
        if self.style == Style::Binary && self.is_whole() && self.nanos.abs() >= 1024 * NANO {
            let mut amount = self.nanos / NANO;
            let mut unit = 0;
            while amount % 1024 == 0 && unit + 1 < BINARY.len() {
                amount /= 1024;
                unit += 1;
            }
            return write!(f, "{amount}{}", BINARY[unit]);
        }
        let mut amount = self.nanos;
        let mut unit = 0;
        while amount % 1000 == 0 && unit + 1 < DECIMAL.len() {
            amount /= 1000;
            unit += 1;
        }
        let (name, exponent) = DECIMAL[unit];
        match (self.style, exponent) {
            (Style::Exponent, 0) | (Style::Decimal | Style::Binary, _) => write!(f, "{amount}{name}"),
            (Style::Exponent, _) => write!(f, "{amount}e{exponent}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_written_in_one_way() {
        for (text, written) in [
            ("1000m", "1"),
            ("0.5", "500m"),
            ("1024Mi", "1Gi"),
            ("1.5Gi", "1536Mi"),
            ("1000", "1k"),
            ("100Ki", "100Ki"),
            ("1e3", "1e3"),
            ("0", "0"),
            ("-1", "-1"),
            ("123456", "123456"),
            ("512", "512"),
            (".5Ki", "512"),
            ("0.1n", "1n"),
            ("+2M", "2M"),
        ] {
            assert_eq!(Quantity::parse(text).unwrap().to_string(), written, "{text}");
        }
    }

    #[test]
    fn quantities_are_compared_by_amount() {
        let parse = |text| Quantity::parse(text).unwrap();
        assert!(parse("1Gi") > parse("1G") && parse("500m") < parse("1") && parse("-1") < Quantity::ZERO);
        assert!(parse("1500m").value() == 2 && !parse("1500m").is_whole() && parse("3k").is_whole());
        for bad in ["", "x", "1x", "1.2.3", "1 Gi", "--1", "1e"] {
            assert!(Quantity::parse(bad).is_none(), "{bad}");
        }
    }
}
