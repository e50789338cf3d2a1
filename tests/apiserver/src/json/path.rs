//! Pure: the JSONPath of printer columns, as the API server understands it.

use std::borrow::Cow;

use serde_json::Value;

/// One step of a path.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Field(String),
    Wildcard,
    Recursive,
    Slice(Slice),
    Union(Vec<Vec<Self>>),
    /// Left side, operator (empty asks whether the left side exists), right side.
    Filter(Vec<Self>, String, Vec<Self>),
    Literal(Value),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slice {
    start: Option<i64>,
    end: Option<i64>,
    step: Option<i64>,
    /// One index, not a range.
    single: bool,
}

/// A path that was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct JsonPath(Vec<Step>);

/// Values on the way, and whether the way could be gone.
type Found<'a> = Option<Vec<Cow<'a, Value>>>;

impl JsonPath {
    /// Reads a path such as `.status.conditions[?(@.type=="Ready")].status`; nothing when it is not one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Parser { rest: text }.steps().map(Self)
    }

    /// The first value at the path.
    pub(crate) fn first<'a>(&self, value: &'a Value) -> Option<Cow<'a, Value>> {
        walk(vec![Cow::Borrowed(value)], &self.0)?.into_iter().next()
    }
}

struct Parser<'a> {
    rest: &'a str,
}

fn is_end(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n' | '.' | ',' | '[' | ']' | '$' | '@' | '{' | '}')
}

impl<'a> Parser<'a> {
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    fn steps(&mut self) -> Option<Vec<Step>> {
        let mut steps = Vec::new();
        while let Some(first) = self.rest.chars().next() {
            if self.rest.starts_with("[?(") {
                steps.push(self.filter()?);
            } else if self.rest.starts_with("..") {
                self.take(2);
                if steps.last() == Some(&Step::Recursive) {
                    return None;
                }
                steps.push(Step::Recursive);
                if self.rest.starts_with(|next: char| next == '_' || next.is_alphanumeric()) {
                    steps.push(self.field());
                }
            } else {
                match first {
                    ' ' | '@' | '$' => {
                        self.take(1);
                    }
                    '.' => {
                        self.take(1);
                        steps.push(self.field());
                    }
                    '[' => self.array(&mut steps)?,
                    '"' | '\'' => steps.push(self.quoted(first)?),
                    // The end of the action; what comes after it is text.
                    '}' => break,
                    _ => steps.push(self.literal()?),
                }
            }
        }
        Some(steps)
    }

    fn field(&mut self) -> Step {
        let mut escaped = false;
        let length = self.rest.find(|character| {
            let end = !escaped && is_end(character);
            escaped = !escaped && character == '\\';
            end
        });
        match self.take(length.unwrap_or(self.rest.len())) {
            "*" => Step::Wildcard,
            name => Step::Field(name.replace('\\', "")),
        }
    }

    fn quoted(&mut self, quote: char) -> Option<Step> {
        let inner = self.rest.get(1..)?;
        let mut escaped = false;
        let length = inner.find(|character| {
            let end = !escaped && character == quote;
            escaped = !escaped && character == '\\';
            end
        })?;
        let text = self.take(length + 2);
        Some(Step::Literal(text.get(1..=length)?.replace('\\', "").into()))
    }

    fn literal(&mut self) -> Option<Step> {
        let number = |character: char| character.is_ascii_digit() || matches!(character, '+' | '-' | '.');
        let is_number = self.rest.starts_with(|character| number(character) && character != '.');
        let end =
            if is_number { self.rest.find(|character| !number(character)) } else { self.rest.find(is_end) };
        let text = self.take(end.unwrap_or(self.rest.len()));
        match text {
            "true" => Some(Step::Literal(true.into())),
            "false" => Some(Step::Literal(false.into())),
            _ => {
                let whole = text.parse::<i64>().map(Value::from);
                whole.or_else(|_| text.parse::<f64>().map(Value::from)).ok().map(Step::Literal)
            }
        }
    }

    fn array(&mut self, steps: &mut Vec<Step>) -> Option<()> {
        let length = self.rest.find([']', '\n'])?;
        let text = self.take(length + 1).strip_suffix(']')?.get(1..)?;
        let parts: Vec<&str> = text.split(',').collect();
        if parts.len() > 1 {
            let parts = parts.iter().map(|part| Parser { rest: &format!("[{}]", part.trim()) }.steps());
            steps.push(Step::Union(parts.collect::<Option<_>>()?));
            return Some(());
        }
        if let Some(key) = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
            steps.extend(Parser { rest: &format!(".{key}") }.steps()?);
            return Some(());
        }
        steps.push(Step::Slice(slice(if text == "*" { ":" } else { text })?));
        Some(())
    }

    fn filter(&mut self) -> Option<Step> {
        let body = self.rest.get(3..)?;
        let mut quote = None;
        let end = body.find(|character| match (character, quote) {
            ('"' | '\'', None) => {
                quote = Some(character);
                false
            }
            (character, Some(open)) if character == open => {
                quote = None;
                false
            }
            (')', None) => true,
            _ => false,
        })?;
        let text = body.get(..end)?;
        if !body.get(end + 1..)?.starts_with(']') {
            return None;
        }
        self.take(3 + end + 2);
        let steps = |rest: &str| Parser { rest }.steps();
        let operator = |character: char| "!<>=".contains(character);
        let Some(start) = text.find(operator).filter(|start| *start > 0) else {
            return Some(Step::Filter(steps(text)?, String::new(), Vec::new()));
        };
        let (left, rest) = text.split_at(start);
        let length = rest.find(|character| !operator(character))?;
        let (operator, right) = rest.split_at(length);
        Some(Step::Filter(steps(left)?, operator.to_owned(), steps(right)?))
    }
}

fn slice(text: &str) -> Option<Slice> {
    let number = |part: &str| if part.is_empty() { Some(None) } else { part.parse::<i64>().ok().map(Some) };
    let parts: Vec<&str> = text.split(':').collect();
    match *parts.as_slice() {
        [index] => {
            let start = number(index)?.or(Some(0));
            Some(Slice { start, end: start.map(|start| start + 1), step: None, single: true })
        }
        [start, end] => Some(Slice { start: number(start)?, end: number(end)?, step: None, single: false }),
        [start, end, step] => {
            Some(Slice { start: number(start)?, end: number(end)?, step: number(step)?, single: false })
        }
        _ => None,
    }
}

fn walk<'a>(values: Vec<Cow<'a, Value>>, steps: &[Step]) -> Found<'a> {
    steps.iter().try_fold(values, |values, step| go(values, step))
}

/// A part of a value, borrowed as long as the value is.
fn parts<'a>(value: &Cow<'a, Value>) -> Vec<Cow<'a, Value>> {
    match value {
        Cow::Borrowed(Value::Array(items)) => items.iter().map(Cow::Borrowed).collect(),
        Cow::Borrowed(Value::Object(map)) => map.values().map(Cow::Borrowed).collect(),
        Cow::Borrowed(_) | Cow::Owned(_) => Vec::new(),
    }
}

fn go<'a>(values: Vec<Cow<'a, Value>>, step: &Step) -> Found<'a> {
    let present = || values.iter().filter(|value| !value.is_null());
    Some(match step {
        Step::Field(name) => present()
            .filter_map(|value| match value {
                Cow::Borrowed(value) => value.get(name).map(Cow::Borrowed),
                Cow::Owned(_) => None,
            })
            .collect(),
        Step::Wildcard => present().flat_map(parts).collect(),
        Step::Recursive => present().flat_map(descend).collect(),
        Step::Literal(value) => values.iter().map(|_| Cow::Owned(value.clone())).collect(),
        Step::Union(ways) => {
            let ways = ways.iter().map(|steps| walk(values.clone(), steps));
            ways.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect()
        }
        Step::Slice(slice) => {
            let mut found = Vec::new();
            for value in present() {
                if !value.is_array() {
                    return None;
                }
                found.extend(slice.of(&parts(value))?);
            }
            found
        }
        Step::Filter(left, operator, right) => {
            let mut found = Vec::new();
            for value in &values {
                if !value.is_array() {
                    return None;
                }
                for item in parts(value) {
                    if passes(item.clone(), left, operator, right)? {
                        found.push(item);
                    }
                }
            }
            found
        }
    })
}

fn descend<'a>(value: &Cow<'a, Value>) -> Vec<Cow<'a, Value>> {
    let below = parts(value);
    if below.is_empty() {
        return Vec::new();
    }
    std::iter::once(value.clone()).chain(below.iter().flat_map(descend)).collect()
}

impl Slice {
    /// The chosen items; nothing when an index lies outside.
    fn of<'a>(self, items: &[Cow<'a, Value>]) -> Found<'a> {
        let length = i64::try_from(items.len()).ok()?;
        let start = self.start.unwrap_or(0);
        let end = self.end.unwrap_or(length);
        let start = if start < 0 { start + length } else { start };
        let end = if end < 0 || end == 0 && self.single { end + length } else { end };
        if start == end {
            return Some(Vec::new());
        }
        if !(0..length).contains(&start) || !(start..=length).contains(&end) {
            return None;
        }
        let step = usize::try_from(self.step.unwrap_or(1)).ok().filter(|step| *step > 0)?;
        let range = usize::try_from(start).ok()?..usize::try_from(end).ok()?;
        Some(items.get(range)?.iter().step_by(step).cloned().collect())
    }
}

/// Whether an item is chosen by a filter; nothing when the sides cannot be compared.
fn passes(item: Cow<'_, Value>, left: &[Step], operator: &str, right: &[Step]) -> Option<bool> {
    let lefts = walk(vec![item.clone()], left);
    if operator.is_empty() {
        return Some(lefts.is_some_and(|lefts| !lefts.is_empty()));
    }
    let (lefts, rights) = (lefts?, walk(vec![item], right)?);
    let (left, right) = match (lefts.as_slice(), rights.as_slice()) {
        ([], _) | (_, []) => return Some(false),
        ([left], [right]) => (left, right),
        _ => return None,
    };
    let order = match (left.as_ref(), right.as_ref()) {
        (Value::String(left), Value::String(right)) => left.partial_cmp(right),
        (Value::Number(left), Value::Number(right)) if left.is_f64() == right.is_f64() => {
            left.as_f64()?.partial_cmp(&right.as_f64()?)
        }
        (Value::Bool(left), Value::Bool(right)) if matches!(operator, "==" | "!=") => left.partial_cmp(right),
        _ => None,
    }?;
    match operator {
        "==" => Some(order.is_eq()),
        "!=" => Some(order.is_ne()),
        "<" => Some(order.is_lt()),
        "<=" => Some(order.is_le()),
        ">" => Some(order.is_gt()),
        ">=" => Some(order.is_ge()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn paths_lead_to_the_first_value() {
        let value = json!({
            "metadata": {"annotations": {"a.b/c": "x"}},
            "spec": {"list": [1, 2, 3], "deep": {"name": "n"}},
            "status": {"conditions": [
                {"type": "Synced", "status": "False"}, {"type": "Ready", "status": "True", "n": 3},
            ]},
        });
        for (path, found) in [
            (".spec.list[1]", json!(2)),
            (".spec.list[-1]", json!(3)),
            (".spec.list[*]", json!(1)),
            (".spec.list[1:]", json!(2)),
            (".spec.deep.*", json!("n")),
            (".spec['deep'].name", json!("n")),
            ("..name", json!("n")),
            (".metadata.annotations.a\\.b/c", json!("x")),
            (".metadata.annotations['a\\.b/c']", json!("x")),
            (".status.conditions[?(@.type==\"Ready\")].status", json!("True")),
            (".status.conditions[?(@.type=='Ready')].status", json!("True")),
            (".status.conditions[?(@.n)].type", json!("Ready")),
            (".status.conditions[?(@.n>2)].type", json!("Ready")),
            (".spec.list[7,0]", Value::Null),
        ] {
            let first = JsonPath::parse(path).unwrap().first(&value).map(Cow::into_owned);
            assert_eq!(first.unwrap_or(Value::Null), found, "{path}");
        }
        for path in [".spec.none", ".spec.list[3]", ".spec.deep[0]", ".status.conditions[?(@.none=='x')]"] {
            assert_eq!(JsonPath::parse(path).unwrap().first(&value), None, "{path}");
        }
        for path in [".spec[", ".spec[x]", ".a[?(@.b]", "....a"] {
            assert_eq!(JsonPath::parse(path), None, "{path}");
        }
    }
}
