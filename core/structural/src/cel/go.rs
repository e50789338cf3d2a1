//! Pure: texts as Go reads them.

/// A float as `strconv.ParseFloat` reads it.
pub(crate) fn parse_float(text: &str) -> Option<f64> {
    let plain = text.strip_prefix(['+', '-']).unwrap_or(text).to_ascii_lowercase();
    let named = matches!(plain.as_str(), "inf" | "infinity" | "nan");
    let number: f64 = text.parse().ok()?;
    (named || number.is_finite()).then_some(number)
}

/// A whole number as `strconv.ParseInt` reads it.
pub(crate) fn parse_int(text: &str) -> Option<i64> {
    text.parse().ok()
}

/// A truth as `strconv.ParseBool` reads it.
pub(crate) fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}
