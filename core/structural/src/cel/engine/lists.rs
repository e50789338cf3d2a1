//! Pure: functions on lists, and sizes of everything that has one.

use std::cmp::Ordering;

use super::value::{Failure, Items, List, Outcome, Value};

pub(super) fn call<'a>(function: &str, args: &[Value<'a>]) -> Option<Outcome<'a>> {
    Some(match (function, args) {
        ("size", [value]) => size(value)?,
        ("lists.range", [Value::Int(end)]) => Ok(Value::list((0..*end).map(Value::Int).collect())),
        (function, [Value::List(list)]) => return alone(function, list),
        ("indexOf", [Value::List(list), item]) => position(list, item, false),
        ("lastIndexOf", [Value::List(list), item]) => position(list, item, true),
        ("flatten", [Value::List(list), Value::Int(depth)]) => match depth {
            ..0 => Err(Failure::new("level must be non-negative")),
            depth => flatten(list, *depth).map(Value::list),
        },
        ("slice", [Value::List(list), Value::Int(start), Value::Int(end)]) => slice(list, *start, *end),
        ("sets.contains", [Value::List(list), Value::List(others)]) => all_in(others, list).map(Value::Bool),
        ("sets.equivalent", [Value::List(a), Value::List(b)]) => {
            all_in(a, b).and_then(|first| Ok(Value::Bool(first && all_in(b, a)?)))
        }
        ("sets.intersects", [Value::List(a), Value::List(b)]) => intersects(a, b).map(Value::Bool),
        _ => return None,
    })
}

fn size<'a>(value: &Value<'a>) -> Option<Outcome<'a>> {
    let size = match value {
        Value::String(text) => text.chars().count(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(list) => list.len(),
        Value::Map(map) => map.len(),
        _ => return None,
    };
    Some(Ok(Value::Int(i64::try_from(size).unwrap_or(i64::MAX))))
}

fn alone<'a>(function: &str, list: &List<'a>) -> Option<Outcome<'a>> {
    Some(match function {
        "isSorted" => is_sorted(list).map(Value::Bool),
        "sum" => sum(list),
        "min" => extreme(list, Ordering::Greater, "min"),
        "max" => extreme(list, Ordering::Less, "max"),
        "first" => end(list, Some(0)),
        "last" => end(list, list.len().checked_sub(1)),
        "reverse" => list.to_vec().map(|mut values| {
            values.reverse();
            Value::list(values)
        }),
        "distinct" => distinct(list),
        "flatten" => flatten(list, 1).map(Value::list),
        "sort" => list.to_vec().and_then(|values| {
            let keyed = values.into_iter().map(|value| (value.clone(), value)).collect();
            sorted(keyed)
        }),
        _ => return None,
    })
}

fn end<'a>(list: &List<'a>, at: Option<usize>) -> Outcome<'a> {
    match at.and_then(|at| list.get(at)) {
        Some(item) => item.map(Value::some),
        None => Ok(Value::none()),
    }
}

fn is_sorted(list: &List<'_>) -> Result<bool, Failure> {
    let values = list.to_vec()?;
    for pair in values.windows(2) {
        if pair[0].compare(&pair[1])?.is_gt() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn sum<'a>(list: &List<'a>) -> Outcome<'a> {
    let mut total = None;
    for item in list.iter() {
        let item = item?;
        total = Some(match total {
            Some(total) => Value::add(&total, &item)?,
            None => item,
        });
    }
    Ok(total.unwrap_or_else(|| match &list.items {
        Items::Json(_, item) if item.kind == "number" => Value::Double(0.0),
        Items::Json(_, item) if item.format == "duration" => Value::Duration(0),
        _ => Value::Int(0),
    }))
}

fn extreme<'a>(list: &List<'a>, worse: Ordering, name: &str) -> Outcome<'a> {
    let mut best: Option<Value<'a>> = None;
    for item in list.iter() {
        let item = item?;
        best = Some(match best {
            Some(best) if best.compare(&item)? != worse => best,
            _ => item,
        });
    }
    best.ok_or_else(|| Failure::new(format!("{name} called on empty list")))
}

fn position<'a>(list: &List<'a>, item: &Value<'a>, last: bool) -> Outcome<'a> {
    let mut found = -1;
    for (at, candidate) in (0_i64..).zip(list.iter()) {
        if candidate?.equals(item)? {
            found = at;
            if !last {
                break;
            }
        }
    }
    Ok(Value::Int(found))
}

fn distinct<'a>(list: &List<'a>) -> Outcome<'a> {
    let mut seen: Vec<Value<'a>> = Vec::new();
    for item in list.iter() {
        let item = item?;
        let mut known = false;
        for other in &seen {
            known = known || other.equals(&item)?;
        }
        if !known {
            seen.push(item);
        }
    }
    Ok(Value::list(seen))
}

fn flatten<'a>(list: &List<'a>, depth: i64) -> Result<Vec<Value<'a>>, Failure> {
    let mut flat = Vec::new();
    for item in list.iter() {
        match item? {
            Value::List(inner) if depth > 0 => flat.extend(flatten(&inner, depth - 1)?),
            other => flat.push(other),
        }
    }
    Ok(flat)
}

fn slice<'a>(list: &List<'a>, start: i64, end: i64) -> Outcome<'a> {
    let length = i64::try_from(list.len()).unwrap_or(i64::MAX);
    if start < 0 || end < 0 {
        return Err(Failure::new(format!("cannot slice({start}, {end}), negative indexes not supported")));
    }
    if start > end {
        return Err(Failure::new(format!(
            "cannot slice({start}, {end}), start index must be less than or equal to end index"
        )));
    }
    if length < end {
        return Err(Failure::new(format!("cannot slice({start}, {end}), list is length {length}")));
    }
    let indexes = usize::try_from(start).unwrap_or_default()..usize::try_from(end).unwrap_or_default();
    indexes.filter_map(|index| list.get(index)).collect::<Result<_, _>>().map(Value::list)
}

fn all_in<'a>(items: &List<'a>, list: &List<'a>) -> Result<bool, Failure> {
    for item in items.iter() {
        if !item?.is_in(&Value::List(list.clone()))? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn intersects<'a>(a: &List<'a>, b: &List<'a>) -> Result<bool, Failure> {
    for item in a.iter() {
        if item?.is_in(&Value::List(b.clone()))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The values in the order of their keys; equal keys keep their order.
pub(super) fn sorted<'a>(mut keyed: Vec<(Value<'a>, Value<'a>)>) -> Outcome<'a> {
    let mut failure = None;
    keyed.sort_by(|(a, _), (b, _)| {
        a.compare(b).unwrap_or_else(|why| {
            failure.get_or_insert(why);
            Ordering::Equal
        })
    });
    match failure {
        Some(why) => Err(why),
        None => Ok(Value::list(keyed.into_iter().map(|(_, value)| value).collect())),
    }
}
