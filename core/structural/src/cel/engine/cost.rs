//! Pure: what a call costs: in units of which a whole rule may use a million.

use super::value::{Items, List, Map, Value};

/// The price of a call.
pub(super) fn of_call(function: &str, args: &[Value<'_>], result: Option<&Value<'_>>) -> u64 {
    let size = |at: usize| args.get(at).map_or(1, size);
    let traversal = |units: u64| tenth(units);
    match (function, args) {
        ("startsWith" | "endsWith", _) => traversal(size(1)),
        ("bytes", [Value::String(_)]) | ("string", [Value::Bytes(_)]) => traversal(size(0)),
        ("strings.quote" | "format" | "url" | "lowerAscii" | "upperAscii" | "substring" | "trim", _) => {
            traversal(size(0))
        }
        ("@in", [_, Value::List(_)]) => size(1),
        ("_<_" | "_<=_" | "_>_" | "_>=_", args) if args.iter().any(is_text) => {
            traversal(size(0).min(size(1)))
        }
        (
            "_==_",
            [
                Value::Quantity(_)
                | Value::Ip(_)
                | Value::Cidr(..)
                | Value::Url(_)
                | Value::Semver(_)
                | Value::Format(_),
                _,
            ],
        ) => 1,
        ("_==_" | "_!=_", _) => traversal(size(0).min(size(1))),
        ("_+_", [Value::String(_) | Value::Bytes(_), _]) => traversal(size(0) + size(1)),
        ("matches" | "find" | "findAll", _) => traversal(size(0) + 1) * quarter(size(1)),
        ("contains", _) => traversal(size(0)) * traversal(size(1)),
        ("isSorted" | "sum" | "min" | "max" | "indexOf" | "lastIndexOf", [list, ..]) => whole(list),
        ("replace" | "split", _) => fifth(size(0)),
        ("join", _) => fifth(result.map_or(1, self::size)),
        ("cidr" | "isIP" | "isCIDR" | "quantity" | "isQuantity" | "semver" | "isSemver", _)
        | ("ip", [Value::String(_)]) => traversal(size(0)),
        ("ip.isCanonical", _) => fifth(size(0)),
        ("containsIP", [Value::Cidr(..), other]) => {
            traversal(2 * size(0)) + if matches!(other, Value::String(_)) { traversal(size(1)) } else { 0 }
        }
        ("containsCIDR", [Value::Cidr(..), other]) => {
            let parse = if matches!(other, Value::String(_)) { traversal(size(1)) } else { 0 };
            traversal(2 * size(0)) + traversal(size(0)) + 1 + parse
        }
        ("validate", [Value::Format(format), _]) => traversal(size(1) + 1) * quarter(format.size),
        ("sets.contains" | "sets.intersects", _) => 1 + size(0) * size(1),
        ("sets.equivalent", _) => 1 + 2 * size(0) * size(1),
        ("slice" | "lists.range" | "reverse", _) => 11 + result.map_or(1, self::size),
        ("flatten", [_, Value::Int(depth)]) => {
            11 + size(0).saturating_mul(u64::try_from(*depth).unwrap_or(1))
        }
        ("flatten", _) => 11 + size(0),
        ("distinct" | "sort", [Value::List(list)]) => of_sorting(list),
        _ => 1,
    }
}

/// The price of comparing all items of a list with each other.
pub(super) fn of_sorting(list: &List<'_>) -> u64 {
    let count = u64::try_from(list.len()).unwrap_or(u64::MAX);
    let pairs = count.saturating_mul(count);
    let of_text = matches!(list.get(0), Some(Ok(Value::String(_) | Value::Bytes(_))));
    11 + 2 * pairs + if of_text { pairs / 10 } else { 0 }
}

fn is_text(value: &Value<'_>) -> bool {
    matches!(value, Value::String(_) | Value::Bytes(_))
}

fn size(value: &Value<'_>) -> u64 {
    let size = match value {
        Value::String(text) => text.chars().count(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(list) => list.len(),
        Value::Map(map) => map.len(),
        Value::Optional(Some(value)) => return size(value),
        Value::Ip(address) => {
            if address.is_ipv4() {
                4
            } else {
                16
            }
        }
        Value::Cidr(_, bits) => usize::from(bits.div_ceil(8)),
        _ => 1,
    };
    u64::try_from(size).unwrap_or(u64::MAX)
}

fn tenth(units: u64) -> u64 {
    units.div_ceil(10)
}

fn fifth(units: u64) -> u64 {
    units.div_ceil(5)
}

fn quarter(units: u64) -> u64 {
    units.div_ceil(4)
}

/// The price of looking at everything in a value.
fn whole(value: &Value<'_>) -> u64 {
    let text = |length: usize| u64::try_from(length / 10).unwrap_or(u64::MAX);
    match value {
        Value::String(value) => text(value.len()),
        Value::Bytes(bytes) => text(bytes.len()),
        Value::List(list) => match &list.items {
            Items::Values(values) => values.iter().map(whole).sum(),
            Items::Json(..) => list.iter().map(|item| item.map_or(1, |item| whole(&item))).sum(),
        },
        Value::Map(map @ Map::Json(..)) => map
            .keys()
            .iter()
            .map(|key| whole(key) + map.find(key).ok().flatten().map_or(1, |value| whole(&value)))
            .sum(),
        Value::Map(Map::Values(entries)) => {
            entries.iter().map(|(key, value)| whole(key) + whole(value)).sum()
        }
        _ => 1,
    }
}
