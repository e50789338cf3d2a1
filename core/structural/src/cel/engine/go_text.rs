//! Pure: numbers as Go writes them.

/// `%g`: as few digits as tell the number from all others.
pub(crate) fn shortest(number: f64) -> String {
    if !number.is_finite() {
        return infinite(number);
    }
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    // Go's limit for the shortest form is the same whatever the number of digits.
    if (-4..21).contains(&exponent) && (number == 0.0 || exponent < 21) {
        return format!("{number}");
    }
    format!("{mantissa}e{}", signed(exponent))
}

/// `%e` with so many digits behind the point.
pub(crate) fn scientific(number: f64, precision: usize) -> String {
    if !number.is_finite() {
        return infinite(number);
    }
    let text = format!("{number:.precision$e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) => format!("{mantissa}e{}", signed(exponent.parse().unwrap_or_default())),
        None => text,
    }
}

/// An exponent with its sign and at least two digits.
fn signed(exponent: i32) -> String {
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{sign}{:02}", exponent.unsigned_abs())
}

fn infinite(number: f64) -> String {
    let text = if number.is_nan() {
        "NaN"
    } else if number > 0.0 {
        "+Inf"
    } else {
        "-Inf"
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_as_go_does() {
        for (number, text) in
            [(0.0, "0"), (1.5, "1.5"), (-12_300.0, "-12300"), (1e-5, "1e-05"), (1e21, "1e+21")]
        {
            assert_eq!(shortest(number), text);
        }
        assert_eq!(scientific(1_052.032_911, 3), "1.052e+03");
    }
}
