//! Pure: from the name of a function to what it does.

use super::value::{Failure, Outcome, Value};
use super::{convert, lists, network, optional, strings};
use crate::cel::ast::op;

/// Calls a function or method; the target of a method is its first argument.
pub(super) fn call<'a>(function: &str, args: &[Value<'a>]) -> Outcome<'a> {
    if let [a, b] = args
        && let Some(value) = operator(function, a, b)
    {
        return value;
    }
    let found = match args {
        [a] if function == op::NOT => match a {
            Value::Bool(value) => Some(Ok(Value::Bool(!value))),
            _ => None,
        },
        [a] if function == op::NEGATE => Some(a.negate()),
        _ => strings::call(function, args)
            .or_else(|| lists::call(function, args))
            .or_else(|| convert::call(function, args))
            .or_else(|| optional::call(function, args))
            .or_else(|| network::call(function, args)),
    };
    found.unwrap_or_else(|| Err(no_such_function(function, args)))
}

/// The message where a value of unknown type turned out to be of the wrong one.
fn no_such_function(function: &str, args: &[Value<'_>]) -> Failure {
    // These look at their arguments themselves, at the server too.
    const PLAIN: [&str; 6] = ["startsWith", "endsWith", "contains", "matches", "find", "findAll"];
    if PLAIN.contains(&function) || !function.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Failure::no_such_overload();
    }
    let types: Vec<&str> = args.iter().map(Value::type_name).collect();
    Failure::new(format!("no such overload: {function}({})", types.join(", ")))
}

fn operator<'a>(function: &str, a: &Value<'a>, b: &Value<'a>) -> Option<Outcome<'a>> {
    let truth = |found: Result<bool, Failure>| found.map(Value::Bool);
    let order = |wanted: fn(std::cmp::Ordering) -> bool| a.compare(b).map(|order| Value::Bool(wanted(order)));
    Some(match function {
        op::EQUAL => truth(a.equals(b)),
        op::NOT_EQUAL => truth(a.equals(b).map(|equal| !equal)),
        op::IN => truth(a.is_in(b)),
        op::ADD => a.add(b),
        "_-_" => a.subtract(b),
        "_*_" => a.multiply(b),
        "_/_" => a.divide(b),
        "_%_" => a.modulo(b),
        "_<_" => order(std::cmp::Ordering::is_lt),
        "_<=_" => order(std::cmp::Ordering::is_le),
        "_>_" => order(std::cmp::Ordering::is_gt),
        "_>=_" => order(std::cmp::Ordering::is_ge),
        _ => return None,
    })
}
