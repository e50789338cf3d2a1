//! Pure: the canonical texts of quantities.

use std::fmt;

use super::decimal::Decimal;
use super::{Format, Quantity};

/// A number as whole digits and the largest power of ten that is a multiple of 3.
fn thousands(number: &Decimal) -> (String, i32) {
    let mut exponent = number.significant_exponent();
    let mut text: String = number.significant().iter().map(|digit| char::from(b'0' + digit)).collect();
    while exponent % 3 != 0 {
        text.push('0');
        exponent -= 1;
    }
    (text, exponent)
}

/// A whole number of 1024 or more as a number and how many times it is multiplied with 1024.
fn binary(number: &Decimal) -> Option<(Decimal, usize)> {
    const SUFFIXES: usize = 6;
    let (digits, exponent) = (number.significant(), number.significant_exponent());
    let zeros = usize::try_from(exponent).ok()?;
    let mut text: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
    text.extend(std::iter::repeat_n('0', zeros));
    let mut whole = Decimal::from_digits(false, &text, 0);
    if whole.compare_magnitude(&Decimal::new(1024, 0)).is_lt() {
        return None;
    }
    let mut power = 0;
    while let Some(quotient) = whole.divided(1024).filter(|_| power < SUFFIXES) {
        whole = quotient;
        power += 1;
    }
    Some((whole, power))
}

/// The canonical text: no fraction, the largest suffix that loses nothing.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = &self.text {
            return f.pad(text);
        }
        f.pad(&canonical(self))
    }
}

fn canonical(quantity: &Quantity) -> String {
    let sign = match quantity.sign() {
        0 => return "0".to_owned(),
        1 => "",
        _ => "-",
    };
    if quantity.format == Format::BinarySi
        && let Some((whole, power)) = binary(&quantity.number)
    {
        let suffix = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"][power];
        let (digits, zeros) = (whole.significant(), whole.significant_exponent());
        let digits: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        return format!("{sign}{digits}{}{suffix}", "0".repeat(usize::try_from(zeros).unwrap_or(0)));
    }
    let (digits, exponent) = thousands(&quantity.number);
    let suffix = match (quantity.format, exponent) {
        (_, 0) => "",
        (Format::DecimalExponent, _) => return format!("{sign}{digits}e{exponent}"),
        (_, -9) => "n",
        (_, -6) => "u",
        (_, -3) => "m",
        (_, 3) => "k",
        (_, 6) => "M",
        (_, 9) => "G",
        (_, 12) => "T",
        (_, 15) => "P",
        (_, 18) => "E",
        // There is no suffix for more; apimachinery writes none, and another number with it.
        _ => return format!("{sign}{digits}e{exponent}"),
    };
    format!("{sign}{digits}{suffix}")
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
    fn a_number_without_a_suffix_is_written_with_an_exponent() {
        assert_eq!(Quantity::parse("1000E").unwrap().to_string(), "1e21");
        assert_eq!(Quantity::new(5, -12, Format::DecimalSi).to_string(), "5e-12");
    }
}
