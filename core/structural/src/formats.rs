//! Pure: the string formats that the API server checks.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use regex::Regex;

/// Whether the server gives `format` a meaning for values of type `kind`; any other format constrains nothing.
pub fn is_supported(kind: &str, format: &str) -> bool {
    match kind {
        "integer" => matches!(format, "int32" | "int64"),
        "number" => matches!(format, "float" | "double"),
        // A branch of a schema has no type of its own; only formats of texts work there.
        "string" | "" => matches!(
            format,
            "bsonobjectid"
                | "uri"
                | "email"
                | "hostname"
                | "ipv4"
                | "ipv6"
                | "cidr"
                | "mac"
                | "uuid"
                | "uuid3"
                | "uuid4"
                | "uuid5"
                | "isbn"
                | "isbn10"
                | "isbn13"
                | "creditcard"
                | "ssn"
                | "hexcolor"
                | "rgbcolor"
                | "byte"
                | "password"
                | "date"
                | "duration"
                | "datetime"
                | "date-time"
                | "k8s-short-name"
                | "k8s-long-name"
        ),
        _ => false,
    }
}

/// Whether `text` has the format. Formats without a check here take every text.
pub fn matches(format: &str, text: &str) -> bool {
    match format {
        "date-time" | "datetime" => is_date_time(text),
        "date" => is_date(text),
        "byte" => !text.is_empty() && STANDARD.decode(text).is_ok(),
        "hostname" => is_hostname(text),
        "ipv4" => is_ipv4(text),
        "ipv6" => text.contains(':') && text.parse::<Ipv6Addr>().is_ok(),
        "cidr" => is_cidr(text),
        "mac" => is_mac(text),
        "uuid" => is_uuid(text, None),
        "uuid3" => is_uuid(text, Some('3')),
        "uuid4" => is_uuid(text, Some('4')),
        "uuid5" => is_uuid(text, Some('5')),
        "uri" => {
            let is_clean = !text.chars().any(|c| c.is_whitespace() || c.is_control());
            is_clean && (text.starts_with('/') || has_scheme(text))
        }
        "email" => text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty()),
        "duration" => is_duration(text),
        "hexcolor" => is_hex_colour(text),
        "k8s-short-name" => is_label(text),
        "k8s-long-name" => !text.is_empty() && text.len() <= 253 && text.split('.').all(is_label),
        _ => true,
    }
}

/// One label, or several with a last one of letters. A letter or digit may be of any script, or a symbol.
static HOSTNAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    const ANY: &str = r"a-zA-Z0-9\p{S}\p{L}";
    let label = format!("[{ANY}](-?[{ANY}]{{0,62}})?");
    let labels = format!(r"([{ANY}]([{ANY}-]{{0,61}}[{ANY}])?\.)+[a-zA-Z\p{{L}}]{{2,63}}");
    Regex::new(&format!("^({label}|{labels})$")).ok()
});

fn is_hostname(text: &str) -> bool {
    let is_short = text.len() <= 255 && text.split('.').all(|label| label.len() <= 63);
    is_short && HOSTNAME.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

fn digits(text: &str, range: std::ops::Range<usize>) -> Option<u32> {
    let part = text.get(range)?;
    part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return false;
    }
    let (Some(year), Some(month), Some(day)) = (digits(text, 0..4), digits(text, 5..7), digits(text, 8..10))
    else {
        return false;
    };
    (1..=12).contains(&month) && day >= 1 && day <= days_of(year, month)
}

fn days_of(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// RFC 3339 as the server takes it: lower-case `t` and `z`, any one character before the fraction.
fn is_date_time(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let Some((date, time)) = lower.split_once('t') else {
        return false;
    };
    if !is_date(date) || !time.is_ascii() || time.len() < 9 {
        return false;
    }
    let clock = (digits(time, 0..2), digits(time, 3..5), digits(time, 6..8));
    let (Some(hour), Some(minute), Some(second)) = clock else {
        return false;
    };
    if &time[2..3] != ":" || &time[5..6] != ":" || hour > 23 || minute > 59 || second > 59 {
        return false;
    }
    let rest = &time[8..];
    let zone = rest.find(['z', '+', '-']).map(|at| rest.split_at(at));
    let Some((fraction, zone)) = zone else {
        return false;
    };
    let fraction_is_good =
        fraction.is_empty() || (fraction.len() > 1 && digits(fraction, 1..fraction.len().min(10)).is_some());
    let zone_is_good = zone == "z"
        || (zone.len() == 6
            && digits(zone, 1..3).is_some()
            && &zone[3..4] == ":"
            && digits(zone, 4..6).is_some());
    fraction_is_good && zone_is_good
}

/// IPv4 with leading zeros and the form mapped into IPv6, which the server also takes.
fn is_ipv4(text: &str) -> bool {
    let text = text.strip_prefix("::ffff:").unwrap_or(text);
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 4
        && parts.iter().all(|part| {
            (1..=3).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_digit())
                && part.parse::<u8>().is_ok()
        })
}

fn is_cidr(text: &str) -> bool {
    let Some((address, length)) = text.split_once('/') else {
        return false;
    };
    let max = match (
        is_ipv4(address),
        address.parse::<Ipv4Addr>().is_ok() || address.parse::<Ipv6Addr>().is_ok(),
    ) {
        (true, _) => 32,
        (false, true) => 128,
        (false, false) => return false,
    };
    !length.is_empty()
        && length.bytes().all(|b| b.is_ascii_digit())
        && length.parse::<u16>().is_ok_and(|n| n <= max)
}

fn is_mac(text: &str) -> bool {
    let separator = if text.contains('-') { '-' } else { ':' };
    let parts: Vec<&str> = text.split(separator).collect();
    matches!(parts.len(), 6 | 8 | 20)
        && parts.iter().all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn is_uuid(text: &str, version: Option<char>) -> bool {
    let plain: String = text.chars().filter(|c| *c != '-').collect();
    let dashes_are_good = text
        .char_indices()
        .filter(|(_, c)| *c == '-')
        .enumerate()
        .all(|(nth, (at, _))| [8, 12, 16, 20].contains(&(at - nth)));
    plain.len() == 32
        && dashes_are_good
        && plain.bytes().all(|b| b.is_ascii_hexdigit())
        && version.is_none_or(|version| plain.chars().nth(12) == Some(version))
}

fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else {
        return false;
    };
    let mut chars = scheme.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// A Go duration, or numbers with long unit names such as `3 days`.
fn is_duration(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    if text == "0" {
        return true;
    }
    let text = text.strip_prefix("PT").or_else(|| text.strip_prefix('P')).unwrap_or(text);
    let mut rest = text.trim();
    let mut found = false;
    while !rest.is_empty() {
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        if number.len() == rest.len() {
            return false;
        }
        let unit_text = number.trim_start();
        let after = unit_text.trim_start_matches(|c: char| c.is_alphabetic());
        if !is_unit(&unit_text[..unit_text.len() - after.len()].to_lowercase()) {
            return false;
        }
        found = true;
        rest = after.trim_start();
    }
    found
}

fn is_unit(unit: &str) -> bool {
    const LONG: [&str; 13] =
        ["nano", "micro", "milli", "sec", "min", "hr", "hour", "day", "wk", "week", "us", "ms", "ns"];
    matches!(unit, "s" | "m" | "h" | "d" | "w" | "µs") || LONG.iter().any(|long| unit.starts_with(long))
}

fn is_hex_colour(text: &str) -> bool {
    let plain = text.strip_prefix('#').unwrap_or(text);
    matches!(plain.len(), 3 | 6) && plain.bytes().all(|b| b.is_ascii_hexdigit())
}

fn is_label(text: &str) -> bool {
    let edge = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let bytes = text.as_bytes();
    bytes.len() <= 63
        && edge(bytes.first())
        && edge(bytes.last())
        && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_times_are_judged_as_the_server_does() {
        for good in [
            "2024-01-02T03:04:05Z",
            "2024-01-02t03:04:05z",
            "2024-02-29T03:04:05,5+24:00",
            "0000-01-01T00:00:00.123Z",
        ] {
            assert!(matches("date-time", good), "{good}");
        }
        for bad in [
            "2024-01-02",
            "2023-02-29T00:00:00Z",
            "2024-01-02T24:00:00Z",
            "2024-01-02T03:04:60Z",
            "2024-01-02T03:04:05",
            "2024-01-02T03:04:05+0100",
        ] {
            assert!(!matches("date-time", bad), "{bad}");
        }
    }

    #[test]
    fn addresses_identifiers_and_bytes() {
        assert!(matches("ipv4", "01.2.3.4") && !matches("ipv4", "1.2.3") && matches("ipv6", "::1"));
        assert!(matches("uuid", "123E4567E89B12D3A456426614174000") && !matches("uuid", "{123e4567}"));
        assert!(matches("byte", "YQ==") && !matches("byte", "YQ") && !matches("byte", ""));
        assert!(
            matches("hostname", "example.com")
                && matches("hostname", "a")
                && matches("hostname", "a-1.Größe")
        );
        assert!(!matches("hostname", "a b") && !matches("hostname", "") && !matches("hostname", "a.b"));
        assert!(matches("duration", "1h 30m") && matches("duration", "3 days") && !matches("duration", "5"));
    }
}
