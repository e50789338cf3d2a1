//! Pure: `application/vnd.kubernetes.protobuf`: the envelope of an object, and its message, read by the kind's types.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use kubist_structural::quantity::Quantity;
use serde_json::{Map, Value};

use crate::builtin::scalars;
use crate::builtin::time;
use crate::builtin::types::{self, Struct, Type};
use crate::json::{self, Strict};
use crate::protobuf::wire::{Message, Wire, fixed64, varint};

mod wire;

/// What every body begins with.
const PREFIX: &[u8] = b"k8s\0";
/// How deep messages may be nested; only schemas of definitions nest at all.
const MAX_DEPTH: usize = 100;

/// An object whose message is still unread.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unknown<'a> {
    pub(crate) api_version: String,
    pub(crate) kind: String,
    pub(crate) raw: &'a [u8],
}

/// Reads the envelope.
///
/// # Errors
/// What the API server says of a body that is none.
pub(crate) fn unknown(body: &[u8]) -> Result<Unknown<'_>, String> {
    if body.is_empty() {
        return Err("empty data".to_owned());
    }
    let bytes = body.strip_prefix(PREFIX).ok_or_else(|| {
        format!(
            "provided data does not appear to be a protobuf message, expected prefix [{}]",
            PREFIX.iter().map(u8::to_string).collect::<Vec<_>>().join(" ")
        )
    })?;
    if bytes.is_empty() {
        return Err("empty body".to_owned());
    }
    let mut found = Unknown { api_version: String::new(), kind: String::new(), raw: &[] };
    let mut message = Message::new("Unknown", bytes);
    while let Some(entry) = message.next()? {
        match (entry.number, entry.value) {
            (1, Wire::Bytes(bytes)) => {
                let mut meta = Message::new("TypeMeta", bytes);
                while let Some(entry) = meta.next()? {
                    match (entry.number, entry.value) {
                        (1, Wire::Bytes(bytes)) => found.api_version = text(bytes),
                        (2, Wire::Bytes(bytes)) => found.kind = text(bytes),
                        (1, other) => return Err(other.wrong("APIVersion")),
                        (2, other) => return Err(other.wrong("Kind")),
                        _ => {}
                    }
                }
            }
            (2, Wire::Bytes(bytes)) => found.raw = bytes,
            (3 | 4, Wire::Bytes(_)) => {}
            (1, other) => return Err(other.wrong("TypeMeta")),
            (2, other) => return Err(other.wrong("Raw")),
            (3, other) => return Err(other.wrong("ContentEncoding")),
            (4, other) => return Err(other.wrong("ContentType")),
            _ => {}
        }
    }
    Ok(found)
}

/// Reads a message into a struct, as [`crate::builtin::decode`] reads JSON.
///
/// # Errors
/// The text of Go's decoder about the first thing that does not fit.
pub(crate) fn decode(of: &'static Struct, bytes: &[u8]) -> Result<Value, String> {
    let mut object = Map::new();
    fields(of, bytes, &mut object, 0)?;
    Ok(Value::Object(object))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn fields(
    of: &'static Struct,
    bytes: &[u8],
    into: &mut Map<String, Value>,
    depth: usize,
) -> Result<(), String> {
    if depth > MAX_DEPTH {
        return Err("proto: exceeded max depth".to_owned());
    }
    let mut message = Message::new(&of.name, bytes);
    while let Some(entry) = message.next()? {
        let Some(field) = of.by_number(entry.number) else {
            continue;
        };
        let reader = Reader { field: &field.go, depth };
        match (&field.ty, entry.value) {
            (Type::Struct(id), Wire::Bytes(bytes)) if field.json.is_empty() => {
                fields(types::get(*id), bytes, into, depth + 1)?;
            }
            (Type::List(item), wire) => {
                let list = into.entry(&field.json).or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(items) = list {
                    reader.element(item, wire, items)?;
                }
            }
            (Type::Map(item), Wire::Bytes(bytes)) => {
                let (key, value) = reader.map_entry(item, bytes)?;
                let map = into.entry(&field.json).or_insert_with(|| Value::Object(Map::new()));
                map[key] = value;
            }
            (Type::Struct(id), Wire::Bytes(bytes)) => {
                let inner = into.entry(&field.json).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(inner) = inner {
                    fields(types::get(*id), bytes, inner, depth + 1)?;
                }
            }
            (ty, wire) => {
                let value = reader.value(ty, wire)?;
                into.insert(field.json.clone(), value);
            }
        }
    }
    Ok(())
}

/// Reads the values of one field.
struct Reader<'a> {
    field: &'a str,
    depth: usize,
}

impl Reader<'_> {
    fn value(&self, ty: &Type, wire: Wire<'_>) -> Result<Value, String> {
        Ok(match (ty, wire) {
            (Type::String, Wire::Bytes(bytes)) => text(bytes).into(),
            (Type::Bool, Wire::Varint(number)) => (number != 0).into(),
            // A negative number was sent with all 64 bits.
            (Type::Int32, Wire::Varint(number)) => (number as i32).into(),
            (Type::Int64, Wire::Varint(number)) => (number as i64).into(),
            (Type::Float64, Wire::Fixed64(bits)) => f64::from_bits(bits).into(),
            (Type::Bytes, Wire::Bytes(bytes)) => STANDARD.encode(bytes).into(),
            (Type::Struct(id), Wire::Bytes(bytes)) => {
                let mut inner = Map::new();
                fields(types::get(*id), bytes, &mut inner, self.depth + 1)?;
                Value::Object(inner)
            }
            (Type::Time, Wire::Bytes(bytes)) => instant(bytes, false)?,
            (Type::MicroTime, Wire::Bytes(bytes)) => instant(bytes, true)?,
            (Type::Duration, Wire::Bytes(bytes)) => duration(bytes)?,
            (Type::Quantity, Wire::Bytes(bytes)) => quantity(bytes)?,
            (Type::IntOrString, Wire::Bytes(bytes)) => int_or_string(bytes)?,
            (Type::Raw | Type::FieldsV1, Wire::Bytes(bytes)) => raw(bytes)?,
            // A named list of strings is a message of its own, such as the extra fields of a user.
            (Type::List(item), Wire::Bytes(bytes)) => {
                let mut items = Vec::new();
                let mut message = Message::new(self.field, bytes);
                while let Some(entry) = message.next()? {
                    if entry.number == 1 {
                        self.element(item, entry.value, &mut items)?;
                    }
                }
                Value::Array(items)
            }
            (_, wire) => return Err(wire.wrong(self.field)),
        })
    }

    /// Adds what was sent for a repeated field: one value, or several packed into one.
    fn element(&self, ty: &Type, wire: Wire<'_>, items: &mut Vec<Value>) -> Result<(), String> {
        match (ty, wire) {
            (Type::Bool | Type::Int32 | Type::Int64, Wire::Bytes(mut packed)) => {
                while !packed.is_empty() {
                    items.push(self.value(ty, Wire::Varint(varint(&mut packed)?))?);
                }
            }
            (Type::Float64, Wire::Bytes(mut packed)) => {
                while !packed.is_empty() {
                    items.push(self.value(ty, Wire::Fixed64(fixed64(&mut packed)?))?);
                }
            }
            (ty, wire) => items.push(self.value(ty, wire)?),
        }
        Ok(())
    }

    fn map_entry(&self, ty: &Type, bytes: &[u8]) -> Result<(String, Value), String> {
        let (mut key, mut value) = (String::new(), None);
        let mut message = Message::new(self.field, bytes);
        while let Some(entry) = message.next()? {
            match (entry.number, entry.value) {
                (1, Wire::Bytes(bytes)) => key = text(bytes),
                (1, other) => return Err(other.wrong(self.field)),
                (2, wire) => value = Some(self.value(ty, wire)?),
                _ => {}
            }
        }
        Ok((key, value.unwrap_or_else(|| scalars::zero(ty))))
    }
}

/// Seconds since 1970 and, for a `MicroTime`, nanoseconds. An empty message is the zero time.
fn instant(bytes: &[u8], micros: bool) -> Result<Value, String> {
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    let (mut seconds, mut nanos) = (0_i64, 0_i32);
    let mut message = Message::new("Timestamp", bytes);
    while let Some(entry) = message.next()? {
        match (entry.number, entry.value) {
            (1, Wire::Varint(number)) => seconds = number as i64,
            (2, Wire::Varint(number)) => nanos = number as i32,
            (1, other) => return Err(other.wrong("Seconds")),
            (2, other) => return Err(other.wrong("Nanos")),
            _ => {}
        }
    }
    let nanos = if micros { nanos / 1000 * 1000 } else { 0 };
    let time = Timestamp::new(seconds, nanos).map_err(|_| "proto: time out of range".to_owned())?;
    Ok(if micros { time::format_micros(time) } else { time::format_seconds(time) }.into())
}

fn duration(bytes: &[u8]) -> Result<Value, String> {
    let mut nanos = 0;
    let mut message = Message::new("Duration", bytes);
    while let Some(entry) = message.next()? {
        match (entry.number, entry.value) {
            (1, Wire::Varint(number)) => nanos = number as i64,
            (1, other) => return Err(other.wrong("Duration")),
            _ => {}
        }
    }
    Ok(time::format_duration(nanos).into())
}

fn quantity(bytes: &[u8]) -> Result<Value, String> {
    let mut found = "0".to_owned();
    let mut message = Message::new("Quantity", bytes);
    while let Some(entry) = message.next()? {
        match (entry.number, entry.value) {
            (1, Wire::Bytes(bytes)) => found = Quantity::parse(&text(bytes))?.to_string(),
            (1, other) => return Err(other.wrong("String_")),
            _ => {}
        }
    }
    Ok(found.into())
}

fn int_or_string(bytes: &[u8]) -> Result<Value, String> {
    let (mut is_text, mut number, mut string) = (0, 0, String::new());
    let mut message = Message::new("IntOrString", bytes);
    while let Some(entry) = message.next()? {
        match (entry.number, entry.value) {
            (1, Wire::Varint(value)) => is_text = value,
            (2, Wire::Varint(value)) => number = value as i32,
            (3, Wire::Bytes(bytes)) => string = text(bytes),
            (1, other) => return Err(other.wrong("Type")),
            (2, other) => return Err(other.wrong("IntVal")),
            (3, other) => return Err(other.wrong("StrVal")),
            _ => {}
        }
    }
    match is_text {
        0 => Ok(number.into()),
        1 => Ok(string.into()),
        _ => Err("impossible IntOrString.Type".to_owned()),
    }
}

/// JSON inside of protobuf.
fn raw(bytes: &[u8]) -> Result<Value, String> {
    let mut found = Value::Null;
    let mut message = Message::new("RawExtension", bytes);
    while let Some(entry) = message.next()? {
        match (entry.number, entry.value) {
            (1, Wire::Bytes([])) => found = Value::Null,
            (1, Wire::Bytes(bytes)) => {
                found = json::to_value(&json::parse(bytes)?, "", &mut Strict::default());
            }
            (1, other) => return Err(other.wrong("Raw")),
            _ => {}
        }
    }
    Ok(found)
}

#[cfg(test)]
mod messages;
#[cfg(test)]
mod tests;
