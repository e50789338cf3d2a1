//! Pure: templates with the values in them.

use std::borrow::Cow;
use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, Serializer};

use super::walk::walk;
use super::{Part, Step};
use crate::number::go_float;

pub(super) fn template(parts: &[Part], value: &Value, strict: bool) -> Result<String, String> {
    let mut printer = Printer { parts, strict, out: String::new() };
    printer.block(0, value, 0)?;
    Ok(printer.out)
}

/// What the words in an action make of it.
enum Act<'a> {
    Print(&'a [Step]),
    Range(&'a [Step]),
    End,
}

fn act(steps: &[Step]) -> Act<'_> {
    match steps {
        [Step::Word(word), rest @ ..] if word == "range" => Act::Range(rest),
        [Step::Word(word)] if word == "end" => Act::End,
        steps => Act::Print(steps),
    }
}

struct Printer<'a> {
    parts: &'a [Part],
    strict: bool,
    out: String,
}

impl<'a> Printer<'a> {
    /// Prints from a part to the end of its block, and says where that is.
    fn block(&mut self, from: usize, value: &Value, depth: usize) -> Result<usize, String> {
        let parts: &'a [Part] = self.parts;
        let mut at = from;
        while let Some(part) = parts.get(at) {
            at += 1;
            let steps = match part {
                Part::Text(text) => {
                    self.out.push_str(text);
                    continue;
                }
                Part::Action(steps) => steps,
            };
            match act(steps) {
                Act::End if depth == 0 => return Err("not in range, nothing to end".to_owned()),
                Act::End => return Ok(at),
                Act::Print(steps) => self.print(value, steps)?,
                Act::Range(steps) => {
                    let items = walk(vec![Cow::Borrowed(value)], steps, self.strict)?;
                    let (start, mut end) = (at, None);
                    for item in &items {
                        end = Some(self.block(start, item, depth + 1)?);
                    }
                    at = end.unwrap_or_else(|| self.skip(start));
                }
            }
        }
        Ok(at)
    }

    /// The end of a block that is not printed.
    fn skip(&self, from: usize) -> usize {
        let mut depth = 1;
        for (at, part) in self.parts.iter().enumerate().skip(from) {
            match part {
                Part::Action(steps) => match act(steps) {
                    Act::Range(_) => depth += 1,
                    Act::End => depth -= 1,
                    Act::Print(_) => {}
                },
                Part::Text(_) => {}
            }
            if depth == 0 {
                return at + 1;
            }
        }
        self.parts.len()
    }

    fn print(&mut self, value: &Value, steps: &[Step]) -> Result<(), String> {
        let values = walk(vec![Cow::Borrowed(value)], steps, self.strict)?;
        let texts: Vec<String> = values.iter().map(|value| text(value)).collect();
        self.out.push_str(&texts.join(" "));
        Ok(())
    }
}

pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => go_float(number.as_f64().unwrap_or_default()),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(_) | Value::Object(_) => json(value),
    }
}

/// JSON as Go writes it.
fn json(value: &Value) -> String {
    let mut out = Vec::new();
    // Into memory, a value that was read can always be written.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut out, AsGo));
    let mut text = String::from_utf8(out).unwrap_or_default();
    for (character, code) in [
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u{2028}", "\\u2028"),
        ("\u{2029}", "\\u2029"),
    ] {
        // These are found in texts alone.
        if text.contains(character) {
            text = text.replace(character, code);
        }
    }
    text
}

struct AsGo;

impl Formatter for AsGo {
    fn write_f64<W: io::Write + ?Sized>(&mut self, writer: &mut W, float: f64) -> io::Result<()> {
        let magnitude = float.abs();
        if float == 0.0 || (1e-6..1e21).contains(&magnitude) {
            return write!(writer, "{float}");
        }
        let text = format!("{float:e}");
        writer.write_all(if magnitude < 1.0 { text } else { text.replace('e', "e+") }.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_and_objects_are_printed_as_go_prints_them() {
        let value = json!({"b": [1, 1.5, 1e21, 1e-7, null], "a": "<&>"});
        assert_eq!(text(&value), r#"{"a":"\u003c\u0026\u003e","b":[1,1.5,1e+21,1e-7,null]}"#);
        assert_eq!((&*text(&json!("<")), &*text(&json!(1e21)), &*text(&json!(null))), ("<", "1e+21", "null"));
    }
}
