//! Pure: conversions between types, and what times are made of.

use super::clock;
use super::go_text;
use super::value::{Failure, Outcome, Value};
use crate::cel::go;
use crate::cel::time::{self, Timestamp};

pub(super) fn call<'a>(function: &str, args: &[Value<'a>]) -> Option<Outcome<'a>> {
    let value = match args {
        [value] => value,
        [Value::Timestamp(at), Value::String(zone)] if function.starts_with("get") => {
            let unknown = || Failure::new(format!("unknown time zone {zone}"));
            return Some(at.part(function, Some(zone)).map(Value::Int).ok_or_else(unknown));
        }
        _ => return None,
    };
    match (function, value) {
        ("dyn", value) => Some(Ok(value.clone())),
        ("type", value) => Some(Ok(Value::Type(value.type_name()))),
        (function, Value::Timestamp(at)) if function.starts_with("get") => {
            at.part(function, None).map(Value::Int).map(Ok)
        }
        (function, Value::Duration(length)) if function.starts_with("get") => {
            Some(Ok(Value::Int(clock::duration_part(*length, function))))
        }
        ("bool", Value::Bool(_))
        | ("int", Value::Int(_))
        | ("uint", Value::Uint(_))
        | ("double", Value::Double(_))
        | ("string", Value::String(_))
        | ("bytes", Value::Bytes(_))
        | ("duration", Value::Duration(_))
        | ("timestamp", Value::Timestamp(_)) => Some(Ok(value.clone())),
        ("bool" | "int" | "uint" | "double" | "bytes" | "duration" | "timestamp", Value::String(text)) => {
            Some(from_text(function, text))
        }
        ("string", value) => Some(to_text(value).map(Value::text)),
        ("int", value) => Some(to_int(value)),
        ("uint", value) => Some(to_uint(value)),
        ("double", Value::Int(value)) =>
        {
            #[expect(clippy::cast_precision_loss, reason = "that is what the conversion is")]
            Some(Ok(Value::Double(*value as f64)))
        }
        ("double", Value::Uint(value)) =>
        {
            #[expect(clippy::cast_precision_loss, reason = "that is what the conversion is")]
            Some(Ok(Value::Double(*value as f64)))
        }
        ("timestamp", Value::Int(seconds)) => {
            Some(Timestamp::of_seconds(*seconds).map(Value::Timestamp).ok_or_else(Failure::time_overflow))
        }
        _ => None,
    }
}

fn from_text(function: &str, text: &str) -> Outcome<'static> {
    let target = match function {
        "duration" => "google.protobuf.Duration",
        "timestamp" => "google.protobuf.Timestamp",
        other => other,
    };
    let converted = match function {
        "bool" => go::parse_bool(text).map(Value::Bool),
        "int" => go::parse_int(text).map(Value::Int),
        "uint" => text.parse().ok().filter(|_| !text.starts_with('+')).map(Value::Uint),
        "double" => go::parse_float(text).map(Value::Double),
        "bytes" => Some(Value::Bytes(text.as_bytes().into())),
        "duration" => time::duration(text).map(Value::Duration),
        _ => match Timestamp::parse(text) {
            Some(at) if !at.is_in_range() => return Err(Failure::time_overflow()),
            parsed => parsed.map(Value::Timestamp),
        },
    };
    converted.ok_or_else(|| Failure::new(format!("type conversion error from 'string' to '{target}'")))
}

/// The text of a value, if its type has one.
pub(super) fn to_text(value: &Value<'_>) -> Result<String, Failure> {
    Ok(match value {
        Value::String(text) => text.clone().into_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Uint(value) => value.to_string(),
        Value::Double(value) => go_text::shortest(*value),
        Value::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => return Err(Failure::new("invalid UTF-8 in bytes, cannot convert to string")),
        },
        Value::Timestamp(at) => at.text(),
        Value::Duration(length) => clock::duration_text(*length),
        Value::Ip(address) => address.to_string(),
        Value::Cidr(address, bits) => format!("{address}/{bits}"),
        Value::Type(name) => (*name).to_owned(),
        _ => return Err(Failure::no_such_overload()),
    })
}

fn to_int(value: &Value<'_>) -> Outcome<'static> {
    let overflow = || Failure::new("integer overflow");
    Ok(Value::Int(match value {
        Value::Uint(value) => i64::try_from(*value).map_err(|_| overflow())?,
        Value::Double(value) => {
            // The ends of the range are no exact doubles; Go leaves them out.
            if !value.is_finite()
                || *value <= -9_223_372_036_854_775_808.0
                || *value >= 9_223_372_036_854_775_807.0
            {
                return Err(overflow());
            }
            #[expect(clippy::cast_possible_truncation, reason = "the fraction is cut on purpose")]
            let cut = *value as i64;
            cut
        }
        Value::Duration(length) => *length,
        Value::Timestamp(at) => at.seconds,
        _ => return Err(Failure::no_such_overload()),
    }))
}

fn to_uint(value: &Value<'_>) -> Outcome<'static> {
    let overflow = || Failure::new("unsigned integer overflow");
    Ok(Value::Uint(match value {
        Value::Int(value) => u64::try_from(*value).map_err(|_| overflow())?,
        Value::Double(value) => {
            if !value.is_finite() || *value < 0.0 || *value >= 18_446_744_073_709_551_615.0 {
                return Err(overflow());
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the fraction is cut on purpose"
            )]
            let cut = *value as u64;
            cut
        }
        _ => return Err(Failure::no_such_overload()),
    }))
}
