//! Pure: where the steps of a path lead.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::Value;

use super::{Filter, Slice, Step};

/// Values on the way, or why the way cannot be gone.
pub(super) type Found<'a> = Result<Vec<Cow<'a, Value>>, String>;

pub(super) fn walk<'a>(values: Vec<Cow<'a, Value>>, steps: &[Step], strict: bool) -> Found<'a> {
    steps.iter().try_fold(values, |values, step| go(values, step, strict))
}

/// The parts of a value, borrowed as long as the value is.
fn parts<'a>(value: &Cow<'a, Value>) -> Vec<Cow<'a, Value>> {
    match value {
        Cow::Borrowed(Value::Array(items)) => items.iter().map(Cow::Borrowed).collect(),
        Cow::Borrowed(Value::Object(map)) => map.values().map(Cow::Borrowed).collect(),
        // What is owned is a literal of the path.
        Cow::Borrowed(_) | Cow::Owned(_) => Vec::new(),
    }
}

fn items<'a>(value: &Cow<'a, Value>) -> Result<Vec<Cow<'a, Value>>, String> {
    if value.is_array() { Ok(parts(value)) } else { Err(format!("{} is not a list", kind(value))) }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn go<'a>(values: Vec<Cow<'a, Value>>, step: &Step, strict: bool) -> Found<'a> {
    let present = || values.iter().filter(|value| !value.is_null());
    Ok(match step {
        Step::Field(name) => {
            let found: Vec<_> = present().filter_map(|value| member(value, name)).collect();
            if found.is_empty() && strict && !values.is_empty() {
                return Err(format!("{name} is not found"));
            }
            found
        }
        Step::Wildcard => present().flat_map(parts).collect(),
        Step::Recursive => present().flat_map(descend).collect(),
        Step::Literal(value) => values.iter().map(|_| Cow::Owned(value.clone())).collect(),
        Step::Union(ways) => {
            let ways = ways.iter().map(|steps| walk(values.clone(), steps, strict));
            ways.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect()
        }
        Step::Slice(slice) => {
            let chosen = present().map(|value| slice.of(&items(value)?));
            chosen.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect()
        }
        Step::Filter(filter) => {
            let mut found = Vec::new();
            for value in &values {
                for item in items(value)? {
                    if filter.passes(item.clone(), strict)? {
                        found.push(item);
                    }
                }
            }
            found
        }
        Step::Word(word) => return Err(format!("unrecognized identifier {word}")),
    })
}

fn member<'a>(value: &Cow<'a, Value>, name: &str) -> Option<Cow<'a, Value>> {
    match value {
        Cow::Borrowed(value) => value.as_object()?.get(name).map(Cow::Borrowed),
        Cow::Owned(_) => None,
    }
}

/// A value that has something in it, and all such values in it.
fn descend<'a>(value: &Cow<'a, Value>) -> Vec<Cow<'a, Value>> {
    let below = parts(value);
    let text = value.as_str().is_some_and(|text| !text.is_empty());
    if below.is_empty() && !text {
        return Vec::new();
    }
    std::iter::once(value.clone()).chain(below.iter().flat_map(descend)).collect()
}

impl Slice {
    /// The chosen items.
    fn of<'a>(self, items: &[Cow<'a, Value>]) -> Found<'a> {
        let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let start = self.start.unwrap_or(0);
        let end = self.end.unwrap_or(length);
        let start = if start < 0 { start + length } else { start };
        let end = if end < 0 || end == 0 && self.single { end + length } else { end };
        if start == end {
            return Ok(Vec::new());
        }
        let outside = |index| format!("array index out of bounds: index {index}, length {length}");
        if !(0..length).contains(&start) {
            return Err(outside(start));
        }
        if !(0..=length).contains(&end) {
            return Err(outside(end - 1));
        }
        if start > end {
            return Err(format!("starting index {start} is greater than ending index {end}"));
        }
        let step = usize::try_from(self.step.unwrap_or(1)).unwrap_or(0);
        if step == 0 {
            return Err("step must be > 0".to_owned());
        }
        let chosen = items.iter().take(usize::try_from(end).unwrap_or(usize::MAX));
        Ok(chosen.skip(usize::try_from(start).unwrap_or(usize::MAX)).step_by(step).cloned().collect())
    }
}

impl Filter {
    fn passes(&self, item: Cow<'_, Value>, strict: bool) -> Result<bool, String> {
        let lefts = walk(vec![item.clone()], &self.left, strict);
        let Some(operator) = &self.operator else {
            return Ok(lefts.is_ok_and(|lefts| !lefts.is_empty()));
        };
        let lefts = lefts?;
        let left = match lefts.as_slice() {
            [] => return Ok(false),
            [left] => left,
            _ => return Err("can only compare one element at a time".to_owned()),
        };
        let rights = walk(vec![item], &self.right, strict)?;
        let right = match rights.as_slice() {
            [] => return Ok(false),
            [right] => right,
            _ => return Err("can only compare one element at a time".to_owned()),
        };
        let order = compare(left, right, operator)?;
        match &**operator {
            "==" => Ok(order.is_eq()),
            "!=" => Ok(order.is_ne()),
            "<" => Ok(order.is_lt()),
            "<=" => Ok(order.is_le()),
            ">" => Ok(order.is_gt()),
            ">=" => Ok(order.is_ge()),
            other => Err(format!("unrecognized filter operator {other}")),
        }
    }
}

fn compare(left: &Value, right: &Value, operator: &str) -> Result<Ordering, String> {
    let order = match (left, right) {
        (Value::String(left), Value::String(right)) => left.partial_cmp(right),
        (Value::Number(left), Value::Number(right)) => match (left.as_i64(), right.as_i64()) {
            (Some(left), Some(right)) => left.partial_cmp(&right),
            // An integer is not compared with a float.
            _ if left.is_f64() == right.is_f64() => {
                left.as_f64().zip(right.as_f64()).and_then(|(left, right)| left.partial_cmp(&right))
            }
            _ => None,
        },
        (Value::Bool(left), Value::Bool(right)) if matches!(operator, "==" | "!=") => left.partial_cmp(right),
        _ => None,
    };
    order.ok_or_else(|| format!("{} and {} cannot be compared with {operator}", kind(left), kind(right)))
}
