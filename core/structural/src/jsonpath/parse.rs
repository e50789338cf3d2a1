//! Pure: paths and templates out of texts.

use serde_json::Value;

use super::{Filter, Part, Slice, Step};

type Parsed<T> = Result<T, String>;

/// The steps of a path, as if it stood in braces: what comes after a brace in it is not looked at.
pub(super) fn action(text: &str) -> Parsed<Vec<Step>> {
    let braced = format!("{text}}}");
    Parser { rest: &braced }.steps()
}

pub(super) fn template(text: &str) -> Parsed<Vec<Part>> {
    let mut parts = Vec::new();
    let mut parser = Parser { rest: text };
    while !parser.rest.is_empty() {
        let text = parser.take(parser.rest.find('{').unwrap_or(parser.rest.len()));
        if !text.is_empty() {
            parts.push(Part::Text(text.to_owned()));
        }
        if parser.rest.starts_with('{') {
            parser.take(1);
            parts.push(Part::Action(parser.steps()?));
        }
    }
    Ok(parts)
}

struct Parser<'a> {
    rest: &'a str,
}

fn is_end(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '.' | ',' | '[' | ']' | '$' | '@' | '{' | '}')
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

impl<'a> Parser<'a> {
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// The steps up to a closing brace, which is taken.
    fn steps(&mut self) -> Parsed<Vec<Step>> {
        let mut steps = Vec::new();
        loop {
            if self.rest.starts_with("[?(") {
                steps.push(self.filter()?);
                continue;
            }
            if self.rest.starts_with("..") {
                if steps.last() == Some(&Step::Recursive) {
                    return Err("invalid multiple recursive descent".to_owned());
                }
                self.take(2);
                steps.push(Step::Recursive);
                if self.rest.starts_with(is_word) {
                    steps.push(self.field());
                }
                continue;
            }
            match self.rest.chars().next() {
                None | Some('\r' | '\n') => return Err("unclosed action".to_owned()),
                Some('}') => {
                    self.take(1);
                    return Ok(steps);
                }
                Some(' ' | '@' | '$') => {
                    self.take(1);
                }
                Some('.') => {
                    self.take(1);
                    steps.push(self.field());
                }
                Some('[') => self.array(&mut steps)?,
                Some(quote @ ('"' | '\'')) => steps.push(self.quoted(quote)?),
                Some(c) if c == '+' || c == '-' || c.is_ascii_digit() => steps.push(self.number()?),
                Some(c) if is_word(c) => steps.push(self.word()),
                Some(c) => return Err(format!("unrecognized character in action: {c:?}")),
            }
        }
    }

    fn field(&mut self) -> Step {
        let mut escaped = false;
        let length = self.rest.find(|c| {
            let end = !escaped && is_end(c);
            escaped = !escaped && c == '\\';
            end
        });
        match self.take(length.unwrap_or(self.rest.len())) {
            "*" => Step::Wildcard,
            name => Step::Field(name.replace('\\', "")),
        }
    }

    fn quoted(&mut self, quote: char) -> Parsed<Step> {
        let inner = &self.rest[1..];
        let mut before = quote;
        let end = inner.find(|c| {
            let end = c == '\n' || c == quote && before != '\\';
            before = c;
            end
        });
        let end = end.filter(|end| inner[*end..].starts_with(quote));
        let end = end.ok_or_else(|| "unterminated quoted string".to_owned())?;
        let text = &self.take(end + 2)[1..=end];
        let plain = unquote(text, quote).ok_or_else(|| format!("unquote string {text}: invalid syntax"))?;
        Ok(Step::Literal(plain.into()))
    }

    fn number(&mut self) -> Parsed<Step> {
        let signed = usize::from(self.rest.starts_with(['+', '-']));
        let length = self.rest[signed..].find(|c: char| c != '.' && !c.is_ascii_digit());
        let text = self.take(length.map_or(self.rest.len(), |length| length + signed));
        let whole = text.parse::<i64>().map(Value::from);
        let number = whole.or_else(|_| text.parse::<f64>().map(Value::from));
        number.map(Step::Literal).map_err(|_| format!("cannot parse number {text}"))
    }

    fn word(&mut self) -> Step {
        let end = self.rest.find(is_end).unwrap_or(self.rest.len());
        match self.take(end) {
            "true" => Step::Literal(true.into()),
            "false" => Step::Literal(false.into()),
            word => Step::Word(word.to_owned()),
        }
    }

    fn array(&mut self, steps: &mut Vec<Step>) -> Parsed<()> {
        let end = self.rest.find([']', '\n']).filter(|end| self.rest[*end..].starts_with(']'));
        let end = end.ok_or_else(|| "unterminated array".to_owned())?;
        let text = &self.take(end + 1)[1..end];
        let parts: Vec<&str> = text.split(',').collect();
        if parts.len() > 1 {
            let parts = parts.iter().map(|part| action(&format!("[{}]", part.trim_matches(' '))));
            steps.push(Step::Union(parts.collect::<Parsed<_>>()?));
            return Ok(());
        }
        let key = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
        if let Some(key) = key.filter(|key| !key.contains('\'')) {
            steps.extend(action(&format!(".{key}"))?);
            return Ok(());
        }
        let slice = slice(if text == "*" { ":" } else { text });
        steps.push(Step::Slice(slice.ok_or_else(|| format!("invalid array index {text}"))?));
        Ok(())
    }

    fn filter(&mut self) -> Parsed<Step> {
        let body = &self.rest[3..];
        let (mut pair, mut closed, mut before) = (None, false, '(');
        let end = body.find(|c| {
            match (c, pair) {
                ('\n', _) => return true,
                ('"' | '\'', None) => pair = Some(c),
                ('"' | '\'', Some(open)) if c == open && before != '\\' => closed = true,
                (')', _) if pair.is_some() == closed => return true,
                _ => {}
            }
            before = c;
            false
        });
        let end = end.filter(|end| body[*end..].starts_with(')'));
        let end = end.ok_or_else(|| "unterminated filter".to_owned())?;
        if !body[end + 1..].starts_with(']') {
            return Err("unclosed array expect ]".to_owned());
        }
        self.take(3 + end + 2);
        condition(&body[..end]).map(|filter| Step::Filter(Box::new(filter)))
    }
}

fn condition(text: &str) -> Parsed<Filter> {
    let is_operator = |c: char| "!<>=".contains(c);
    let start = text.find(is_operator).filter(|start| *start > 0);
    let operands = start.and_then(|start| {
        let (left, rest) = text.split_at(start);
        let (operator, right) = rest.split_at(rest.find(|c| !is_operator(c))?);
        Some((left, operator, right))
    });
    match operands {
        None => Ok(Filter { left: action(text)?, operator: None, right: Vec::new() }),
        Some((left, operator, right)) => {
            Ok(Filter { left: action(left)?, operator: Some(operator.to_owned()), right: action(right)? })
        }
    }
}

fn slice(text: &str) -> Option<Slice> {
    let number = |part: &str| match part.strip_prefix('-').unwrap_or(part) {
        "" if part.is_empty() => Some(None),
        digits if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            part.parse::<i64>().ok().map(Some)
        }
        _ => None,
    };
    let parts: Vec<&str> = text.split(':').collect();
    match *parts.as_slice() {
        [index] => {
            let start = number(index)?.or(Some(0));
            let end = start.and_then(|start| start.checked_add(1));
            Some(Slice { start, end, step: None, single: true })
        }
        [start, end] => Some(Slice { start: number(start)?, end: number(end)?, step: None, single: false }),
        [start, end, step] => {
            Some(Slice { start: number(start)?, end: number(end)?, step: number(step)?, single: false })
        }
        _ => None,
    }
}

/// A text without its backslashes, as Go's `strconv.UnquoteChar` reads it.
fn unquote(text: &str, quote: char) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        let escape = chars.next()?;
        if let Some(meant) = simple(escape).or_else(|| (escape == quote).then_some(quote)) {
            plain.push(meant);
            continue;
        }
        let digits = match escape {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => return None,
        };
        let code: String = chars.by_ref().take(digits).collect();
        plain.push(char::from_u32(u32::from_str_radix(&code, 16).ok().filter(|_| code.len() == digits)?)?);
    }
    Some(plain)
}

fn simple(escape: char) -> Option<char> {
    Some(match escape {
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        '\\' => '\\',
        _ => return None,
    })
}
