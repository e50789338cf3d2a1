//! One change to a JSON value, somewhere in it.

use arbitrary::{Result, Unstructured};
use serde_json::{Value, json};

/// Changes one value, or removes, adds or renames one member.
pub(crate) fn change(u: &mut Unstructured<'_>, mut value: Value) -> Result<Value> {
    let count = count(&value);
    let target = u.int_in_range(0..=count - 1)?;
    change_at(u, &mut value, &mut { target })?;
    Ok(value)
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// Walks to the value with this number, and changes it.
fn change_at(u: &mut Unstructured<'_>, value: &mut Value, left: &mut usize) -> Result<bool> {
    if *left == 0 {
        change_here(u, value)?;
        return Ok(true);
    }
    *left -= 1;
    let children: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(members) => members.values_mut().collect(),
        _ => Vec::new(),
    };
    for child in children {
        if change_at(u, child, left)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn change_here(u: &mut Unstructured<'_>, value: &mut Value) -> Result<()> {
    match value {
        Value::Object(members) if u.ratio(3, 4)? && !members.is_empty() => {
            let names: Vec<String> = members.keys().cloned().collect();
            let name = u.choose(&names)?;
            match u.int_in_range(0..=2)? {
                0 => {
                    members.remove(name);
                }
                1 => {
                    let moved = members.remove(name).unwrap_or_default();
                    let to = u.choose(&["", "x", "A", "B", "type", "0", "value"])?;
                    members.insert((*to).to_owned(), moved);
                }
                _ => {
                    let copy = members[name].clone();
                    members.insert("extra".to_owned(), copy);
                }
            }
        }
        Value::Array(items) if u.ratio(3, 4)? && !items.is_empty() => {
            let at = u.int_in_range(0..=items.len() - 1)?;
            match u.int_in_range(0..=2)? {
                0 => {
                    items.remove(at);
                }
                1 => items.push(items[at].clone()),
                _ => items.reverse(),
            }
        }
        Value::Number(number) if u.ratio(1, 2)? => {
            let near = number.as_i64().unwrap_or_default();
            let delta = *u.choose(&[-1, 1, 256, -256, 65_536, 1 << 32, -(1 << 32)])?;
            *value = near.saturating_add(delta).into();
        }
        Value::String(text) if u.ratio(1, 2)? => {
            let suffix = u.choose(&["", "x", " ", "0", ".", "\u{0}", "é", "/"])?;
            *value = match u.int_in_range(0..=2)? {
                0 => format!("{text}{suffix}"),
                1 => format!("{suffix}{text}"),
                _ => text.chars().skip(1).collect(),
            }
            .into();
        }
        _ => *value = other(u)?,
    }
    Ok(())
}

/// A value of any type.
fn other(u: &mut Unstructured<'_>) -> Result<Value> {
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.0),
        json!(1.5),
        json!(1e300),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(1_u64 << 63),
        json!(2_147_483_648_u32),
        json!(""),
        json!("x"),
        json!("1"),
        json!("01.2.3.4"),
        json!("2024-01-01T00:00:00Z"),
        json!("2024-01-01t00:00:00,5+24:00"),
        json!([]),
        json!([null]),
        json!(["x"]),
        json!([1, 2]),
        json!({}),
        json!({"x": null}),
        json!({"x": {"y": 1}}),
    ];
    Ok(u.choose(&values)?.clone())
}
