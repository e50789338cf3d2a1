//! Numbers, booleans, and strings of one type.

use arbitrary::{Arbitrary, Unstructured};
use kubist::prelude::*;
use serde_json::json;

use crate::entry::Entry;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A01Spec {
    value: String,
}
kind!(A01, A01Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A02Spec {
    value: bool,
}
kind!(A02, A02Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A03Spec {
    int: i32,
    long: i64,
}
kind!(A03, A03Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A04Spec {
    byte: i8,
    short: i16,
}
kind!(A04, A04Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A05Spec {
    byte: u8,
    short: u16,
}
kind!(A05, A05Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A06Spec {
    value: u32,
}
kind!(A06, A06Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A07Spec {
    #[arbitrary(with = below_two_to_63)]
    long: u64,
    #[arbitrary(with = below_two_to_63)]
    size: usize,
    offset: isize,
}
kind!(A07, A07Spec);

/// The API has no larger integers.
fn below_two_to_63<T: TryFrom<i64>>(u: &mut Unstructured<'_>) -> arbitrary::Result<T> {
    let value: i64 = u.int_in_range(0..=i64::MAX)?;
    T::try_from(value).map_err(|_| arbitrary::Error::IncorrectFormat)
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A10Spec {
    value: char,
}
kind!(A10, A10Spec);

pub(crate) fn entries() -> Vec<Entry> {
    [plain(), bounded()].concat()
}

fn plain() -> Vec<Entry> {
    vec![
        Entry::new::<A01>(["x", "", "nul\0", "Zoë 🦀"].map(|value| A01Spec { value: value.to_owned() }))
            .field("value", json!({"type": "string"}))
            .refuses("value", json!(5))
            .refuses("value", json!(true))
            .refuses("value", json!(null))
            .refuses("value", json!(["x"])),
        Entry::new::<A02>([true, false].map(|value| A02Spec { value }))
            .field("value", json!({"type": "boolean"}))
            .refuses("value", json!("true"))
            .refuses("value", json!(1)),
        Entry::new::<A03>([
            A03Spec { int: 1, long: 1 },
            A03Spec { int: i32::MIN, long: i64::MIN },
            A03Spec { int: i32::MAX, long: i64::MAX },
        ])
        .field("int", json!({"type": "integer", "format": "int32"}))
        .field("long", json!({"type": "integer", "format": "int64"}))
        .stores(json!({"int": 1.0, "long": 1e3}), json!({"int": 1, "long": 1000}))
        .refuses("int", json!(1.5))
        .refuses("int", json!("1"))
        .refuses("long", json!(9_223_372_036_854_775_808_u64)),
        Entry::new::<A10>(['a', 'é', '🦀', '\0'].map(|value| A10Spec { value }))
            .field("value", json!({"type": "string", "minLength": 1, "maxLength": 1}))
            .refuses("value", json!(""))
            .refuses("value", json!("ab"))
            .refuses("value", json!("e\u{301}")),
    ]
}

fn bounded() -> Vec<Entry> {
    vec![
        Entry::new::<A04>([
            A04Spec { byte: i8::MIN, short: i16::MIN },
            A04Spec { byte: i8::MAX, short: i16::MAX },
        ])
        .field("byte", json!({"type": "integer", "format": "int32", "minimum": -128, "maximum": 127}))
        .field("short", json!({"type": "integer", "format": "int32", "minimum": -32768, "maximum": 32767}))
        .refuses("byte", json!(128))
        .refuses("byte", json!(-129))
        .refuses("short", json!(32768))
        .refuses("short", json!(-32769)),
        Entry::new::<A05>([A05Spec { byte: 0, short: 0 }, A05Spec { byte: u8::MAX, short: u16::MAX }])
            .field("byte", json!({"type": "integer", "format": "int32", "minimum": 0, "maximum": 255}))
            .field("short", json!({"type": "integer", "format": "int32", "minimum": 0, "maximum": 65535}))
            .refuses("byte", json!(256))
            .refuses("byte", json!(-1))
            .refuses("short", json!(65536)),
        Entry::new::<A06>([0, u32::MAX].map(|value| A06Spec { value }))
            .field(
                "value",
                json!({"type": "integer", "format": "int64", "minimum": 0, "maximum": 4_294_967_295_u32}),
            )
            .refuses("value", json!(4_294_967_296_u64))
            .refuses("value", json!(-1)),
        Entry::new::<A07>([
            A07Spec { long: 0, size: 0, offset: isize::MIN },
            A07Spec { long: i64::MAX.unsigned_abs(), size: isize::MAX.unsigned_abs(), offset: isize::MAX },
        ])
        // A maximum of 2^63 - 1 rounds to 2^63, and then the server refuses every value.
        .field("long", json!({"type": "integer", "format": "int64", "minimum": 0}))
        .field("size", json!({"type": "integer", "format": "int64", "minimum": 0}))
        .field("offset", json!({"type": "integer", "format": "int64"}))
        .refuses("long", json!(-1))
        .refuses("long", json!(9_223_372_036_854_775_808_u64))
        .refuses("size", json!(-1)),
    ]
}
