//! Pure: Go's names of types, their zero values, and base64 as Go reads it.

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use kubist_structural::number;
use serde_json::{Map, Value, json};

use crate::builtin::types::{self, Field, Struct, Type};

/// Go's decoder takes any bits behind the last whole byte.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

/// Reads base64; line ends are passed over.
///
/// # Errors
/// Go's text, with the place of the first byte that cannot be read.
pub(crate) fn base64(text: &str) -> Result<Vec<u8>, String> {
    let plain: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    BASE64.decode(&plain).map_err(|_| format!("illegal base64 data at input byte {}", misplaced(text)))
}

/// Where Go's decoder stops.
fn misplaced(text: &str) -> usize {
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let bytes = text.as_bytes();
    let mut quantum = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\r' | b'\n' => {}
            b'=' if quantum < 2 => return at - 1,
            b'=' => {
                let skip =
                    |at: usize| at + bytes[at..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
                if quantum == 2 {
                    at = skip(at);
                    match bytes.get(at) {
                        None => return bytes.len(),
                        Some(b'=') => at += 1,
                        Some(_) => return at,
                    }
                }
                return skip(at);
            }
            byte if is_digit(byte) => quantum = (quantum + 1) % 4,
            _ => return at - 1,
        }
    }
    bytes.len() - quantum
}

/// `v1.PodSpec`.
pub(crate) fn struct_name(of: &Struct) -> String {
    let mut parts = of.openapi.rsplit('.');
    let (name, package) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    format!("{package}.{name}")
}

/// Go's name of an unnamed type.
pub(crate) fn type_name(ty: &Type) -> String {
    match ty {
        Type::String => "string".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Int32 => "int32".to_owned(),
        Type::Int64 => "int64".to_owned(),
        Type::Float64 => "float64".to_owned(),
        Type::Bytes => "[]uint8".to_owned(),
        Type::Time => "v1.Time".to_owned(),
        Type::MicroTime => "v1.MicroTime".to_owned(),
        Type::Duration => "v1.Duration".to_owned(),
        Type::Quantity => "resource.Quantity".to_owned(),
        Type::IntOrString => "intstr.IntOrString".to_owned(),
        Type::Raw => "runtime.RawExtension".to_owned(),
        Type::Json => "v1.JSON".to_owned(),
        Type::SchemaOrBool => "v1.JSONSchemaPropsOrBool".to_owned(),
        Type::SchemaOrArray => "v1.JSONSchemaPropsOrArray".to_owned(),
        Type::SchemaOrStrings => "v1.JSONSchemaPropsOrStringArray".to_owned(),
        Type::FieldsV1 => "v1.FieldsV1".to_owned(),
        Type::Struct(id) => struct_name(types::get(*id)),
        Type::List(item) => format!("[]{}", type_name(item)),
        Type::Map(item) => format!("map[string]{}", type_name(item)),
    }
}

/// Go's name of a field's type, where the field has a named one.
pub(crate) fn field_type(field: &Field) -> &str {
    &field.go_type
}

/// The name of the elements in the name of a list or a map, or nothing.
pub(crate) fn element(name: &str) -> &str {
    if name.starts_with("[]") || name.starts_with("map[") {
        name.split_once(']').map_or("", |(_, element)| element)
    } else {
        ""
    }
}

/// The embedded structs through which a field comes into `of`, the outermost first.
pub(crate) fn embedded(of: &'static Struct, json: &str) -> Vec<&'static str> {
    let inner = |outer: &'static Field| match &outer.ty {
        Type::Struct(id) if outer.json.is_empty() => {
            Some(types::get(*id)).filter(|of| of.field(json).is_some())
        }
        _ => None,
    };
    // A field with a number of its own is not embedded.
    let is_own = of.field(json).is_none_or(|field| field.number > 0);
    let found = of.members().find_map(|outer| Some((outer, inner(outer)?))).filter(|_| !is_own);
    found.map_or_else(Vec::new, |(outer, inner)| {
        std::iter::once(outer.go.as_str()).chain(embedded(inner, json)).collect()
    })
}

/// A float as Go writes it: without a fraction where there is none.
pub(crate) fn float(float: f64) -> Value {
    let mut value = Value::from(float);
    number::normalise(&mut value);
    value
}

/// What an element is that was given as null.
pub(crate) fn zero(ty: &Type) -> Value {
    match ty {
        Type::String => json!(""),
        Type::Bool => json!(false),
        Type::Int32 | Type::Int64 | Type::IntOrString => json!(0),
        Type::Float64 => json!(0),
        Type::Duration => json!("0s"),
        Type::Quantity => json!("0"),
        Type::Struct(_) => Value::Object(Map::new()),
        Type::Bytes
        | Type::Time
        | Type::MicroTime
        | Type::Raw
        | Type::Json
        | Type::SchemaOrBool
        | Type::SchemaOrArray
        | Type::SchemaOrStrings
        | Type::FieldsV1
        | Type::List(_)
        | Type::Map(_) => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_and_refused_as_go_does() {
        assert_eq!(base64("aGVs\nbG8="), Ok(b"hello".to_vec()));
        assert_eq!(base64("YR=="), Ok(b"a".to_vec()));
        for (text, at) in
            [("a", 0), ("!", 0), ("aGVsbG8", 4), ("aGVs*", 4), ("=", 0), ("aa=a", 3), ("aGVsbG8=x", 8)]
        {
            assert_eq!(base64(text), Err(format!("illegal base64 data at input byte {at}")), "{text}");
        }
    }
}
