//! Random values of types that are not ours.

use std::collections::BTreeMap;

use arbitrary::{Arbitrary, Result, Unstructured};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{Condition, MicroTime, Time};
use k8s_openapi::jiff::Timestamp;
use serde_json::{Map, Value};

/// A time of whole seconds: more is not sent.
pub(crate) fn time_at(second: i64, nanosecond: i32) -> Time {
    Time(Timestamp::new(second, nanosecond).expect("a time between the years 1 and 9999"))
}

/// A time of whole microseconds: more is not sent.
pub(crate) fn micro_time_at(second: i64, nanosecond: i32) -> MicroTime {
    MicroTime(Timestamp::new(second, nanosecond).expect("a time between the years 1 and 9999"))
}

pub(crate) fn time(u: &mut Unstructured<'_>) -> Result<Time> {
    Ok(time_at(u.int_in_range(-62_000_000_000..=253_000_000_000)?, 0))
}

pub(crate) fn micro_time(u: &mut Unstructured<'_>) -> Result<MicroTime> {
    let microsecond = u.int_in_range(0..=999_999)?;
    Ok(micro_time_at(u.int_in_range(0..=253_000_000_000)?, microsecond * 1000))
}

/// Any JSON, three levels deep. A float that is a whole number is left out: the server stores it as an integer.
pub(crate) fn json(u: &mut Unstructured<'_>) -> Result<Value> {
    json_below(u, 3)
}

fn json_below(u: &mut Unstructured<'_>, levels: usize) -> Result<Value> {
    Ok(match u.int_in_range(0..=if levels == 0 { 4 } else { 6 })? {
        0 => Value::Null,
        1 => Value::Bool(u.arbitrary()?),
        2 => Value::from(i64::arbitrary(u)?),
        3 => Value::from(f64::from(i16::arbitrary(u)?) + 0.5),
        4 => Value::from(String::arbitrary(u)?),
        5 => {
            let count = u.int_in_range(0..=3)?;
            (0..count).map(|_| json_below(u, levels - 1)).collect::<Result<Vec<_>>>()?.into()
        }
        _ => Value::Object(members(u, levels - 1)?),
    })
}

fn members(u: &mut Unstructured<'_>, levels: usize) -> Result<Map<String, Value>> {
    let count = u.int_in_range(0..=3)?;
    (0..count).map(|_| Ok((u.arbitrary()?, json_below(u, levels)?))).collect()
}

/// Any JSON that is not null.
pub(crate) fn json_not_null(u: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match json(u)? {
        Value::Null => Value::Bool(false),
        value => value,
    })
}

/// A JSON object.
pub(crate) fn object(u: &mut Unstructured<'_>) -> Result<Map<String, Value>> {
    members(u, 2)
}

/// A map of any JSON.
pub(crate) fn map(u: &mut Unstructured<'_>) -> Result<BTreeMap<String, Value>> {
    Ok(members(u, 2)?.into_iter().collect())
}

/// A word of these many lower-case letters.
pub(crate) fn word(u: &mut Unstructured<'_>, min: usize, max: usize) -> Result<String> {
    let count = u.int_in_range(min..=max)?;
    (0..count).map(|_| Ok(char::from(u.int_in_range(b'a'..=b'z')?))).collect()
}

/// A condition.
pub(crate) fn condition(u: &mut Unstructured<'_>) -> Result<Condition> {
    Ok(Condition {
        type_: u.arbitrary()?,
        status: (*u.choose(&["True", "False", "Unknown"])?).to_owned(),
        reason: u.arbitrary()?,
        message: u.arbitrary()?,
        last_transition_time: time(u)?,
        observed_generation: u.arbitrary()?,
    })
}
