//! Pure: values that may be absent.

use super::value::{Failure, List, Outcome, Value};

pub(super) fn call<'a>(function: &str, args: &[Value<'a>]) -> Option<Outcome<'a>> {
    Some(match (function, args) {
        ("optional.none", []) => Ok(Value::none()),
        ("optional.of", [value]) => Ok(Value::some(value.clone())),
        ("optional.ofNonZeroValue", [value]) => {
            Ok(if value.is_zero() { Value::none() } else { Value::some(value.clone()) })
        }
        ("hasValue", [Value::Optional(value)]) => Ok(Value::Bool(value.is_some())),
        ("value", [Value::Optional(value)]) => match value {
            Some(value) => Ok(value.as_ref().clone()),
            None => Err(Failure::new("optional.none() dereference")),
        },
        ("optional.unwrap" | "unwrapOpt", [Value::List(list)]) => unwrap(list),
        _ => return None,
    })
}

fn unwrap<'a>(list: &List<'a>) -> Outcome<'a> {
    let mut values = Vec::new();
    for item in list.iter() {
        match item? {
            Value::Optional(Some(value)) => values.push(value.as_ref().clone()),
            Value::Optional(None) => {}
            _ => return Err(Failure::no_such_overload()),
        }
    }
    Ok(Value::list(values))
}
