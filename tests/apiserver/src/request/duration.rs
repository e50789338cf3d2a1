//! Pure: durations as Go writes them.

/// Why Go would not read `text` as a duration.
pub(crate) fn check(text: &str) -> Result<(), String> {
    let invalid = || format!("time: invalid duration \"{text}\"");
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    if rest == "0" {
        return Ok(());
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    while !rest.is_empty() {
        let whole = digits(rest);
        if rest[..whole].parse::<i64>().is_err() && whole > 0 {
            return Err(invalid());
        }
        rest = &rest[whole..];
        let mut part = 0;
        if let Some(after) = rest.strip_prefix('.') {
            part = digits(after);
            rest = &after[part..];
        }
        if whole + part == 0 {
            return Err(invalid());
        }
        let end = rest.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(rest.len());
        let (unit, next) = rest.split_at(end);
        match unit {
            "" => return Err(format!("time: missing unit in duration \"{text}\"")),
            "ns" | "us" | "µs" | "μs" | "ms" | "s" | "m" | "h" => {}
            _ => return Err(format!("time: unknown unit \"{unit}\" in duration \"{text}\"")),
        }
        rest = next;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_judged_as_go_judges_them() {
        for good in ["0", "1s", "-1.5h", "+.5ms", "1h2m3s", "3µs", "1.s"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for (bad, why) in [
            ("", "time: invalid duration \"\""),
            ("abc", "time: invalid duration \"abc\""),
            (".s", "time: invalid duration \".s\""),
            ("5", "time: missing unit in duration \"5\""),
            ("1s1", "time: missing unit in duration \"1s1\""),
            ("1x", "time: unknown unit \"x\" in duration \"1x\""),
            ("99999999999999999999s", "time: invalid duration \"99999999999999999999s\""),
        ] {
            assert_eq!(check(bad), Err(why.to_owned()));
        }
    }
}
