//! Pure: `'%s has %d'.format([a, b])`.

use super::convert::to_text;
use super::go_text;
use super::value::{Failure, List, Map, Value};
use crate::cel::go;
use crate::field_error::quote;

/// Digits behind the point where none are asked for.
const PRECISION: usize = 6;

pub(super) fn format(template: &str, args: &List<'_>) -> Result<String, Failure> {
    let mut out = String::new();
    let mut rest = template;
    let mut next = 0;
    while let Some(percent) = rest.find('%') {
        out.push_str(&rest[..percent]);
        rest = &rest[percent + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let arg = args.get(next).ok_or_else(|| Failure::new(format!("index {next} out of range")))??;
        next += 1;
        let (precision, after) = precision(rest)?;
        let clause = after.chars().next().ok_or_else(|| Failure::new("unexpected end of string"))?;
        rest = &after[clause.len_utf8()..];
        let written = written(clause, precision, &arg);
        out.push_str(&written.map_err(|why| match why {
            Failure::Error(why) => Failure::new(format!("error during formatting: {why}")),
            Failure::TooExpensive => Failure::TooExpensive,
        })?);
    }
    out.push_str(rest);
    Ok(out)
}

/// `.3` in front of a clause.
fn precision(text: &str) -> Result<(usize, &str), Failure> {
    let Some(digits) = text.strip_prefix('.') else { return Ok((PRECISION, text)) };
    let length = digits.find(|c: char| !c.is_ascii_digit());
    let length = length.ok_or_else(|| {
        Failure::new("error while parsing precision: could not find end of precision specifier")
    })?;
    // More digits than any number has would only be zeros.
    match digits[..length].parse::<usize>() {
        Ok(precision) => Ok((precision.min(1000), &digits[length..])),
        Err(_) => {
            Err(Failure::new("error while parsing precision: error while converting precision to integer"))
        }
    }
}

fn written(clause: char, precision: usize, arg: &Value<'_>) -> Result<String, Failure> {
    let refuse = |why: &str| Err(Failure::new(format!("{why}, was given {}", arg.type_name())));
    let double = match arg {
        Value::Double(double) => Some(*double),
        Value::String(text) if matches!(text.as_ref(), "NaN" | "Infinity" | "-Infinity") => {
            go::parse_float(text)
        }
        _ => None,
    };
    match (clause, arg) {
        ('s', arg) => text(arg),
        ('d', Value::Int(value)) => Ok(value.to_string()),
        ('d', Value::Uint(value)) => Ok(value.to_string()),
        ('d', _) => refuse("decimal clause can only be used on integers"),
        ('f', _) => match double {
            Some(double) => Ok(fixed(double, precision)),
            None => refuse("fixed-point clause can only be used on doubles"),
        },
        ('e', _) => match double {
            Some(double) if double.is_finite() => {
                // As the server's locale writes it.
                let text = go_text::scientific(double, precision);
                let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, ""));
                Ok(format!("{mantissa}\u{202f}×\u{202f}10{}", raised(exponent)))
            }
            Some(double) => Ok(fixed(double, precision)),
            None => refuse("scientific clause can only be used on doubles"),
        },
        ('b', Value::Int(value)) => Ok(radix(*value, |value| format!("{value:b}"))),
        ('b', Value::Uint(value)) => Ok(format!("{value:b}")),
        ('b', Value::Bool(value)) => Ok(u8::from(*value).to_string()),
        ('b', _) => refuse("only integers and bools can be formatted as binary"),
        ('o', Value::Int(value)) => Ok(radix(*value, |value| format!("{value:o}"))),
        ('o', Value::Uint(value)) => Ok(format!("{value:o}")),
        ('o', _) => refuse("octal clause can only be used on integers"),
        ('x' | 'X', arg) => {
            let digits = match arg {
                Value::Int(value) => radix(*value, |value| format!("{value:x}")),
                Value::Uint(value) => format!("{value:x}"),
                Value::String(text) => hex(text.as_bytes()),
                Value::Bytes(bytes) => hex(bytes),
                _ => return refuse("only integers, byte buffers, and strings can be formatted as hex"),
            };
            Ok(if clause == 'X' { digits.to_uppercase() } else { digits })
        }
        (other, _) => Err(Failure::new(format!(
            "could not parse formatting clause: unrecognized formatting clause \"{other}\""
        ))),
    }
}

/// A whole number with its sign before its digits.
fn radix(value: i64, digits: impl Fn(u64) -> String) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}", digits(value.unsigned_abs()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn fixed(double: f64, precision: usize) -> String {
    if double.is_finite() {
        return grouped(&format!("{double:.precision$}"));
    }
    let text = if double.is_nan() {
        "NaN"
    } else if double > 0.0 {
        "∞"
    } else {
        "-∞"
    };
    text.to_owned()
}

/// Commas between the thousands, as the server's locale has them.
fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut out = sign.to_owned();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

fn raised(exponent: &str) -> String {
    exponent
        .chars()
        .map(|c| match c {
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4' => '⁴',
            '5' => '⁵',
            '6' => '⁶',
            '7' => '⁷',
            '8' => '⁸',
            '9' => '⁹',
            '-' => '⁻',
            _ => '⁺',
        })
        .collect()
}

/// A value as it would be shown to a reader.
pub(super) fn shown(value: &Value<'_>) -> String {
    text(value).unwrap_or_else(|_| value.type_name().to_owned())
}

/// `%s`
fn text(arg: &Value<'_>) -> Result<String, Failure> {
    match arg {
        Value::List(list) => list_text(list),
        Value::Map(map) => map_text(map),
        Value::Null => Ok("null".to_owned()),
        Value::Ip(_) | Value::Cidr(..) => refuse(arg),
        other => to_text(other).or_else(|_| refuse(arg)),
    }
}

fn refuse(arg: &Value<'_>) -> Result<String, Failure> {
    let why = "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps";
    Err(Failure::new(format!("{why}, was given {}", arg.type_name())))
}

/// A value inside of a list or map: as a literal.
fn literal(value: &Value<'_>) -> Result<String, Failure> {
    Ok(match value {
        Value::String(text) => quote(text),
        Value::Bytes(bytes) => format!("b{}", quote(&String::from_utf8_lossy(bytes))),
        Value::Double(double) if double.is_finite() => format!("{double:.PRECISION$}"),
        Value::Double(double) => quote(&go_text::shortest(*double)),
        Value::Timestamp(_) => format!("timestamp({})", quote(&to_text(value)?)),
        Value::Duration(_) => format!("duration({})", quote(&to_text(value)?)),
        Value::Quantity(_)
        | Value::Ip(_)
        | Value::Cidr(..)
        | Value::Url(_)
        | Value::Semver(_)
        | Value::Format(_)
        | Value::Unknown(_)
        | Value::Optional(_) => {
            return Err(Failure::new(format!("no formatting function for {}", value.type_name())));
        }
        other => text(other)?,
    })
}

fn list_text(list: &List<'_>) -> Result<String, Failure> {
    let items: Result<Vec<String>, Failure> = list.iter().map(|item| literal(&item?)).collect();
    Ok(format!("[{}]", items?.join(", ")))
}

fn map_text(map: &Map<'_>) -> Result<String, Failure> {
    let mut entries = Vec::new();
    for key in map.keys() {
        let value = map.find(&key)?.ok_or_else(|| Failure::new("could not find key"))?;
        entries.push((literal(&key)?, literal(&value)?));
    }
    entries.sort();
    let entries: Vec<String> = entries.into_iter().map(|(key, value)| format!("{key}:{value}")).collect();
    Ok(format!("{{{}}}", entries.join(", ")))
}
