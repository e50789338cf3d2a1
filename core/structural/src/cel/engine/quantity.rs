//! Pure: quantities such as `100m` and `1Gi`.

use std::cmp::Ordering;

/// An amount, exact to a billionth.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quantity {
    billionths: i128,
    /// A number and a power of ten, where Go keeps it so: only such an amount can be an integer.
    plain: Option<(i64, i32)>,
}

const BILLION: i128 = 1_000_000_000;

impl Quantity {
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let parts = Parts::split(text).ok_or(WRONG_FORMAT)?;
        let (base, exponent) = suffix(parts.suffix).ok_or("unable to parse quantity's suffix")?;
        let plain = parts.plain(base, exponent);
        let billionths = match plain {
            Some((value, scale)) => scaled(i128::from(value), scale + 9),
            None => parts.billionths(base, exponent),
        };
        Ok(Self { billionths, plain })
    }

    pub(crate) fn of_int(value: i64) -> Self {
        Self { billionths: i128::from(value) * BILLION, plain: Some((value, 0)) }
    }

    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        self.billionths.cmp(&other.billionths)
    }

    pub(crate) const fn sign(&self) -> i64 {
        self.billionths.signum() as i64
    }

    pub(crate) fn as_int(&self) -> Option<i64> {
        match self.plain? {
            (value, 0) => Some(value),
            (value, scale) if scale > 0 => value.checked_mul(10_i64.checked_pow(scale.unsigned_abs())?),
            _ => None,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "it is approximate by its name")]
    pub(crate) fn approximate(&self) -> f64 {
        match self.plain {
            Some((value, scale)) => value as f64 * 10_f64.powi(scale),
            None => self.billionths as f64 / 1e9,
        }
    }

    pub(crate) fn add(&self, other: &Self) -> Self {
        let billionths = self.billionths.saturating_add(other.billionths);
        let plain = match (self.plain, other.plain) {
            (plain, Some((0, _))) => plain,
            (Some((0, _)), plain) => plain,
            (Some((a, a_scale)), Some((b, b_scale))) => {
                let scale = a_scale.min(b_scale);
                let shift =
                    |value: i64, from: i32| value.checked_mul(10_i64.checked_pow(from.abs_diff(scale))?);
                shift(a, a_scale).zip(shift(b, b_scale)).and_then(|(a, b)| Some((a.checked_add(b)?, scale)))
            }
            _ => None,
        };
        Self { billionths, plain }
    }

    pub(crate) fn negated(&self) -> Self {
        let plain = self.plain.and_then(|(value, scale)| Some((value.checked_neg()?, scale)));
        Self { billionths: -self.billionths, plain }
    }
}

const WRONG_FORMAT: &str =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/// The pieces of a written quantity, without zeros before the number.
struct Parts<'a> {
    negative: bool,
    whole: &'a str,
    part: &'a str,
    suffix: &'a str,
}

impl<'a> Parts<'a> {
    fn split(text: &'a str) -> Option<Self> {
        let negative = text.starts_with('-');
        let rest = text.strip_prefix(['-', '+']).unwrap_or(text);
        let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (whole, rest) = rest.split_at(digits(rest));
        let (part, suffix) = match rest.strip_prefix('.') {
            Some(rest) => rest.split_at(digits(rest)),
            None => ("", rest),
        };
        if whole.is_empty()
            && part.is_empty()
            && !(text.len() > suffix.len() && rest.starts_with('.'))
            && text.is_empty()
        {
            return None;
        }
        let letters = suffix.trim_start_matches(|c| "eEinumkKMGTP".contains(c));
        let exponent = letters.strip_prefix(['-', '+']).unwrap_or(letters);
        let known = exponent.bytes().all(|byte| byte.is_ascii_digit());
        known.then_some(Self { negative, whole: whole.trim_start_matches('0'), part, suffix })
    }

    /// How Go keeps small numbers: as an integer and a power of ten.
    fn plain(&self, base: u32, exponent: i32) -> Option<(i64, i32)> {
        let length = |text: &str| i32::try_from(text.len()).ok();
        let whole = if self.whole.is_empty() { "0" } else { self.whole };
        let (factor, scale, room) = if base == 10 {
            (1, exponent, 18 - length(whole)? - length(self.part)?)
        } else if self.part.is_empty() {
            (1_i64 << exponent, 0, 15 - length(whole)? - exponent * 3 / 10 - 1)
        } else {
            return None;
        };
        let scale = scale - length(self.part)?;
        if room < 0 || scale < -9 {
            return None;
        }
        let value: i64 = format!("{whole}{}", self.part).parse().ok()?;
        let value = value.checked_mul(factor)?;
        Some((if self.negative { -value } else { value }, scale))
    }

    /// The amount, with what is less than a billionth rounded away from zero.
    fn billionths(&self, base: u32, exponent: i32) -> i128 {
        let digits: i128 = format!("0{}{}", self.whole, self.part).parse().unwrap_or(i128::MAX);
        let places = i32::try_from(self.part.len()).unwrap_or(i32::MAX);
        let amount = if base == 10 {
            scaled(digits, exponent.saturating_add(9).saturating_sub(places))
        } else {
            let amount = scaled(digits.saturating_mul(1 << exponent), 9_i32.saturating_sub(places));
            // Binary amounts end at 2^63 - 1.
            amount.min(i128::from(i64::MAX) * BILLION)
        };
        if self.negative { -amount } else { amount }
    }
}

/// A number times a power of ten, rounded away from zero.
fn scaled(value: i128, power: i32) -> i128 {
    let factor = 10_i128.checked_pow(power.unsigned_abs());
    match factor {
        Some(factor) if power >= 0 => value.saturating_mul(factor),
        Some(factor) => {
            let rest = value % factor;
            value / factor + if rest == 0 { 0 } else { value.signum() }
        }
        None if power >= 0 => {
            if value == 0 {
                0
            } else {
                i128::MAX / 2 * value.signum()
            }
        }
        None => value.signum(),
    }
}

/// What a suffix multiplies by: a base and an exponent.
fn suffix(text: &str) -> Option<(u32, i32)> {
    Some(match text {
        "" => (10, 0),
        "n" => (10, -9),
        "u" => (10, -6),
        "m" => (10, -3),
        "k" => (10, 3),
        "M" => (10, 6),
        "G" => (10, 9),
        "T" => (10, 12),
        "P" => (10, 15),
        "E" => (10, 18),
        "Ki" => (2, 10),
        "Mi" => (2, 20),
        "Gi" => (2, 30),
        "Ti" => (2, 40),
        "Pi" => (2, 50),
        "Ei" => (2, 60),
        exponent => (10, exponent.strip_prefix(['e', 'E'])?.parse().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Quantity {
        Quantity::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn amounts_are_compared_whatever_their_suffix() {
        for (a, b) in
            [("1000m", "1"), ("1Ki", "1024"), ("1e3", "1k"), ("0.5Gi", "512Mi"), ("-0", "0"), ("1.0", "1")]
        {
            assert!(of(a).compare(&of(b)).is_eq(), "{a} {b}");
        }
        assert!(of("1Gi").compare(&of("1G")).is_gt());
        assert!(of("-1").compare(&of("1n")).is_lt());
        assert_eq!(of("-200m").sign(), -1);
    }

    #[test]
    fn only_whole_amounts_are_integers() {
        assert_eq!(of("50k").as_int(), Some(50_000));
        assert_eq!(of("1Gi").as_int(), Some(1 << 30));
        assert_eq!(of("1000m").as_int(), None);
        assert_eq!(of("9999999999999999999999").as_int(), None);
        assert_eq!(of("50k").add(&Quantity::of_int(20)).as_int(), Some(50_020));
    }

    #[test]
    fn what_is_no_quantity_is_refused() {
        for wrong in ["", "1x", "1Mi1", "1 Gi", "Ki1", "1e", "1.5.5"] {
            assert!(Quantity::parse(wrong).is_err(), "{wrong}");
        }
    }
}
