//! Pure: functions on strings. Positions count characters.

use super::format_string;
use super::value::{Failure, List, Outcome, Value};
use crate::pattern::compile;

pub(super) fn call<'a>(function: &str, args: &[Value<'a>]) -> Option<Outcome<'a>> {
    Some(match (function, args) {
        ("contains", [Value::String(text), Value::String(part)]) => {
            Ok(Value::Bool(text.contains(part.as_ref())))
        }
        ("startsWith", [Value::String(text), Value::String(part)]) => {
            Ok(Value::Bool(text.starts_with(part.as_ref())))
        }
        ("endsWith", [Value::String(text), Value::String(part)]) => {
            Ok(Value::Bool(text.ends_with(part.as_ref())))
        }
        ("matches", [Value::String(text), Value::String(pattern)]) => {
            regex(pattern).map(|regex| Value::Bool(regex.is_match(text)))
        }
        ("find", [Value::String(text), Value::String(pattern)]) => {
            regex(pattern).map(|regex| Value::text(regex.find(text).map_or("", |found| found.as_str())))
        }
        ("findAll", [Value::String(text), Value::String(pattern), rest @ ..]) => {
            let most = match rest {
                [] => usize::MAX,
                [Value::Int(most)] => usize::try_from(*most).unwrap_or(usize::MAX),
                _ => return None,
            };
            regex(pattern).map(|regex| {
                Value::list(
                    regex.find_iter(text).take(most).map(|found| Value::text(found.as_str())).collect(),
                )
            })
        }
        ("format", [Value::String(text), Value::List(args)]) => {
            format_string::format(text, args).map(Value::text)
        }
        ("join", [Value::List(list), rest @ ..]) => {
            let between = match rest {
                [] => "",
                [Value::String(between)] => between.as_ref(),
                _ => return None,
            };
            join(list, between)
        }
        ("strings.quote", [Value::String(text)]) => Ok(Value::text(quote(text))),
        (function, [Value::String(text), rest @ ..]) => return positions(function, text, rest),
        _ => return None,
    })
}

fn positions<'a>(function: &str, text: &str, rest: &[Value<'a>]) -> Option<Outcome<'a>> {
    Some(match (function, rest) {
        ("lowerAscii", []) => Ok(Value::text(text.to_ascii_lowercase())),
        ("upperAscii", []) => Ok(Value::text(text.to_ascii_uppercase())),
        ("trim", []) => Ok(Value::text(text.trim())),
        ("charAt", [Value::Int(at)]) => char_at(text, *at),
        ("indexOf", [Value::String(part)]) => index_of(text, part, 0),
        ("indexOf", [Value::String(part), Value::Int(from)]) => index_of(text, part, *from),
        ("lastIndexOf", [Value::String(part)]) => last_index_of(text, part, None),
        ("lastIndexOf", [Value::String(part), Value::Int(from)]) => last_index_of(text, part, Some(*from)),
        ("substring", [Value::Int(start)]) => substring(text, *start, None),
        ("substring", [Value::Int(start), Value::Int(end)]) => substring(text, *start, Some(*end)),
        ("replace", [Value::String(old), Value::String(new)]) => {
            Ok(Value::text(text.replace(old.as_ref(), new)))
        }
        ("replace", [Value::String(old), Value::String(new), Value::Int(most)]) => {
            Ok(Value::text(match usize::try_from(*most) {
                Ok(most) => text.replacen(old.as_ref(), new, most),
                Err(_) => text.replace(old.as_ref(), new),
            }))
        }
        ("split", [Value::String(by)]) => Ok(split(text, by, None)),
        ("split", [Value::String(by), Value::Int(most)]) => Ok(split(text, by, usize::try_from(*most).ok())),
        _ => return None,
    })
}

fn regex(pattern: &str) -> Result<regex::Regex, Failure> {
    compile(pattern).map_err(|why| Failure::new(format!("error parsing regexp: {why}")))
}

fn out_of_range(at: i64) -> Failure {
    Failure::new(format!("index out of range: {at}"))
}

/// A position within `length` characters or right behind them.
fn within(at: i64, length: usize) -> Result<usize, Failure> {
    usize::try_from(at).ok().filter(|at| *at <= length).ok_or_else(|| out_of_range(at))
}

fn char_at(text: &str, at: i64) -> Outcome<'static> {
    let at = within(at, text.chars().count())?;
    Ok(Value::text(text.chars().nth(at).map(String::from).unwrap_or_default()))
}

fn substring(text: &str, start: i64, end: Option<i64>) -> Outcome<'static> {
    let length = text.chars().count();
    if let Some(end) = end.filter(|end| start > *end) {
        return Err(Failure::new(format!("invalid substring range. start: {start}, end: {end}")));
    }
    let start = within(start, length)?;
    let end = end.map_or(Ok(length), |end| within(end, length))?;
    Ok(Value::text(text.chars().skip(start).take(end - start).collect::<String>()))
}

fn position(at: usize) -> Outcome<'static> {
    Ok(Value::Int(i64::try_from(at).unwrap_or(i64::MAX)))
}

fn index_of(text: &str, part: &str, from: i64) -> Outcome<'static> {
    let start = usize::try_from(from).map_err(|_| out_of_range(from))?;
    let length = text.chars().count();
    if part.is_empty() {
        return position(start.min(length));
    }
    let Some((offset, _)) = text.char_indices().nth(start) else { return Ok(Value::Int(-1)) };
    match text[offset..].find(part) {
        Some(found) => position(text[..offset + found].chars().count()),
        None => Ok(Value::Int(-1)),
    }
}

fn last_index_of(text: &str, part: &str, from: Option<i64>) -> Outcome<'static> {
    let characters: Vec<char> = text.chars().collect();
    let part: Vec<char> = part.chars().collect();
    let start = match from {
        Some(from) => usize::try_from(from).map_err(|_| out_of_range(from))?,
        None => characters.len().saturating_sub(1),
    };
    if part.is_empty() {
        return position(if from.is_some() { start.min(characters.len()) } else { characters.len() });
    }
    if start >= characters.len() || part.len() > characters.len() {
        return Ok(Value::Int(-1));
    }
    let last = start.min(characters.len() - part.len());
    match (0..=last).rev().find(|at| characters[*at..].starts_with(&part)) {
        Some(at) => position(at),
        None => Ok(Value::Int(-1)),
    }
}

/// At most so many parts, the last with all that is left; no limit for `None`.
fn split<'a>(text: &str, by: &str, most: Option<usize>) -> Value<'a> {
    let most = most.unwrap_or(usize::MAX);
    if most == 0 {
        return Value::list(Vec::new());
    }
    if !by.is_empty() {
        return Value::list(text.splitn(most, by).map(Value::text).collect());
    }
    let mut parts: Vec<Value<'a>> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if parts.len() + 1 == most {
            parts.push(Value::text(rest));
            break;
        }
        parts.push(Value::text(first));
        rest = &rest[first.len_utf8()..];
    }
    Value::list(parts)
}

fn join<'a>(list: &List<'a>, between: &str) -> Outcome<'a> {
    let mut parts = Vec::new();
    for item in list.iter() {
        match item? {
            Value::String(text) => parts.push(text),
            other => return Err(Failure::new(format!("join: invalid input: {other:?}"))),
        }
    }
    Ok(Value::text(parts.join(between)))
}

/// The text as a literal of the language.
fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
