//! Numbers that are not any number: without zero, or with a fraction.

use std::num::{NonZeroI32, NonZeroU32};

use arbitrary::{Arbitrary, Unstructured};
use kubist::prelude::*;
use serde_json::json;

use crate::entry::Entry;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A09Spec {
    #[schema(float)]
    #[arbitrary(with = finite)]
    double: f64,
    #[schema(float)]
    #[arbitrary(with = finite_single)]
    single: f32,
}
kind!(A09, A09Spec);

/// JSON has no other floats.
fn finite(u: &mut Unstructured<'_>) -> arbitrary::Result<f64> {
    let value = f64::arbitrary(u)?;
    Ok(if value.is_finite() { value } else { 0.5 })
}

fn finite_single(u: &mut Unstructured<'_>) -> arbitrary::Result<f32> {
    let value = f32::arbitrary(u)?;
    Ok(if value.abs() < f32::MAX { value } else { -0.5 })
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A11Spec {
    count: NonZeroU32,
    step: NonZeroI32,
}
kind!(A11, A11Spec);

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        Entry::new::<A09>([
            A09Spec { double: 0.5, single: -0.25 },
            A09Spec { double: 1.0, single: 3.0 },
            // The largest is written as 3.4028235e38, which is a little more, and refused.
            A09Spec { double: f64::MAX, single: 3.4028233e38 },
            A09Spec { double: f64::MIN_POSITIVE, single: -3.4028233e38 },
        ])
        .field("double", json!({"type": "number", "format": "double"}))
        .field("single", json!({"type": "number", "format": "float"}))
        .refuses("double", json!("NaN"))
        .refuses("double", json!(null))
        .refuses("single", json!(1e39)),
        Entry::new::<A11>([
            A11Spec { count: NonZeroU32::MIN, step: NonZeroI32::MIN },
            A11Spec { count: NonZeroU32::MAX, step: NonZeroI32::MAX },
        ])
        .field(
            "count",
            json!({"type": "integer", "format": "int64", "minimum": 1, "maximum": 4_294_967_295_u32}),
        )
        .field("step", json!({"type": "integer", "format": "int32", "not": {"enum": [0]}}))
        .refuses("count", json!(0))
        .refuses("count", json!(-1))
        .refuses("step", json!(0))
        .refuses("step", json!(0.0)),
    ]
}
