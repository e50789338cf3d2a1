//! Pure: what Go's regular expressions refuse, in Go's words. The engine that runs patterns here has words of its own.

use crate::pattern::escape::{Wrong, property, set, single, until, wrong};

/// The most that a count may be.
const MOST: u32 = 1000;

/// What is wrong with a pattern. Its text is the API server's: a phrase, and the part of the pattern that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    text: String,
    column: usize,
}

impl Problem {
    /// In which character of the pattern the mistake begins, counted from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Problem {}

/// Whether the API server takes a pattern.
///
/// ```
/// use kubist_structural::pattern;
///
/// assert!(pattern::check("^gs://[a-z]+$").is_ok());
/// let problem = pattern::check("^(?!x)").unwrap_err();
/// assert_eq!((problem.to_string().as_str(), problem.column()), ("invalid or unsupported Perl syntax: `(?!`", 2));
/// ```
///
/// # Errors
/// The first mistake, in the words of the server.
pub fn check(pattern: &str) -> Result<(), Problem> {
    let group = Group::at(pattern);
    let reader =
        Reader { pattern, rest: pattern, group, outer: Vec::new(), has_operand: false, repeat: None };
    reader.read().map_err(|wrong| {
        let before = until(pattern, wrong.rest);
        Problem { text: format!("{}: `{}`", wrong.what, wrong.part), column: before.chars().count() + 1 }
    })
}

struct Reader<'a> {
    pattern: &'a str,
    rest: &'a str,
    /// The innermost group that is open, and those around it.
    group: Group<'a>,
    outer: Vec<Group<'a>>,
    /// Whether there is something that a repetition can repeat.
    has_operand: bool,
    /// Where the repetition right before this place begins.
    repeat: Option<&'a str>,
}

/// A group, or the whole pattern.
struct Group<'a> {
    /// The pattern from where it begins.
    start: &'a str,
    /// How often repetitions within repetitions repeat, at most: in the last operand, and in those before.
    last: u32,
    before: u32,
}

impl<'a> Group<'a> {
    fn at(start: &'a str) -> Self {
        Self { start, last: 0, before: 0 }
    }

    fn push(&mut self, times: u32) {
        self.before = self.before.max(self.last);
        self.last = times;
    }
}

type Outcome<'a> = Result<(), Wrong<'a>>;

impl<'a> Reader<'a> {
    fn read(mut self) -> Outcome<'a> {
        while let Some(c) = self.rest.chars().next() {
            let last = self.repeat.take();
            match c {
                '(' if self.rest.starts_with("(?") => self.perl_group()?,
                '(' => {
                    self.enter(&self.rest[1..]);
                }
                '|' => {
                    self.skip(1);
                    self.has_operand = false;
                }
                ')' if self.outer.is_empty() => {
                    return Err(Wrong { what: "unexpected )", part: self.pattern, rest: self.rest });
                }
                ')' => {
                    let times = self.group.before.max(self.group.last);
                    if let Some(outer) = self.outer.pop() {
                        self.group = outer;
                    }
                    self.operand(1);
                    self.group.last = times;
                }
                '[' => {
                    let after = set(self.rest)?;
                    self.operand(self.rest.len() - after.len());
                }
                '*' | '+' | '?' => {
                    self.repetition(&self.rest[1..], last)?;
                }
                '{' => match count(self.rest) {
                    None => self.operand(1),
                    Some(count) => self.counted(&count, last)?,
                },
                '\\' => self.escape()?,
                _ => self.operand(c.len_utf8()),
            }
        }
        if self.outer.is_empty() {
            return Ok(());
        }
        Err(Wrong { what: "missing closing )", part: self.pattern, rest: self.group.start })
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
    }

    fn operand(&mut self, bytes: usize) {
        self.skip(bytes);
        self.has_operand = true;
        self.group.push(0);
    }

    /// Goes into a group that begins here; `inside` is what follows its opening.
    fn enter(&mut self, inside: &'a str) {
        let outer = std::mem::replace(&mut self.group, Group::at(self.rest));
        self.outer.push(outer);
        self.rest = inside;
        self.has_operand = false;
    }

    /// A repetition by count. Those within each other may come to a thousand together.
    fn counted(&mut self, count: &Count<'a>, last: Option<&'a str>) -> Outcome<'a> {
        let before = self.rest;
        if !count.is_possible {
            return wrong("invalid repeat count", before, count.after);
        }
        let after = self.repetition(count.after, last)?;
        let inner = self.group.last;
        self.group.last = match (count.low, count.high) {
            (_, Some(0)) => 0,
            (0, None) => inner,
            (low, high) => high.unwrap_or(low).saturating_mul(inner.max(1)),
        };
        if self.group.last > MOST && count.high.unwrap_or(count.low) > 1 {
            return wrong("invalid repeat count", before, after);
        }
        Ok(())
    }

    /// Reads a repetition, lazy or not, and returns what follows it.
    fn repetition(&mut self, after: &'a str, last: Option<&'a str>) -> Result<&'a str, Wrong<'a>> {
        let before = self.rest;
        let after = after.strip_prefix('?').unwrap_or(after);
        if let Some(last) = last {
            return wrong("invalid nested repetition operator", last, after);
        }
        if !self.has_operand {
            return wrong("missing argument to repetition operator", before, after);
        }
        self.rest = after;
        self.repeat = Some(before);
        Ok(after)
    }

    /// A group that begins with `(?`: a name, or flags.
    fn perl_group(&mut self) -> Outcome<'a> {
        let text = self.rest;
        let named = [("(?P<", 5), ("(?<", 4)]
            .iter()
            .find(|(start, least)| text.starts_with(start) && text.len() >= *least);
        if let Some((start, _)) = named {
            let Some(end) = text.find('>') else {
                return wrong("invalid named capture", text, "");
            };
            let name = &text[start.len()..end];
            if name.is_empty() || !name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric()) {
                return wrong("invalid named capture", text, &text[end + 1..]);
            }
            self.enter(&text[end + 1..]);
            return Ok(());
        }
        let (mut negative, mut saw_flag) = (false, false);
        for (at, c) in text.char_indices().skip(2) {
            match c {
                'i' | 'm' | 's' | 'U' => saw_flag = true,
                '-' if !negative => (negative, saw_flag) = (true, false),
                ':' | ')' if !negative || saw_flag => {
                    let after = &text[at + 1..];
                    if c == ':' {
                        self.enter(after);
                    } else {
                        self.rest = after;
                    }
                    return Ok(());
                }
                _ => {
                    let end = at + c.len_utf8();
                    return wrong("invalid or unsupported Perl syntax", text, &text[end..]);
                }
            }
        }
        wrong("invalid or unsupported Perl syntax", text, "")
    }

    fn escape(&mut self) -> Outcome<'a> {
        let text = self.rest;
        let after = match text.chars().nth(1) {
            Some('Q') => {
                let (quoted, after) = text[2..].split_once("\\E").unwrap_or_else(|| (&text[2..], ""));
                if quoted.is_empty() {
                    self.rest = after;
                    return Ok(());
                }
                after
            }
            Some('A' | 'b' | 'B' | 'z' | 'd' | 'D' | 's' | 'S' | 'w' | 'W') => &text[2..],
            Some('C') => return wrong("invalid escape sequence", text, &text[2..]),
            Some('p' | 'P') => property(text)?,
            _ => single(text)?,
        };
        self.operand(text.len() - after.len());
        Ok(())
    }
}

/// A repetition by count, and what follows it.
struct Count<'a> {
    low: u32,
    /// Nothing, when there is no limit.
    high: Option<u32>,
    is_possible: bool,
    after: &'a str,
}

/// Reads `{n}`, `{n,}` or `{n,m}`; any other brace stands for itself.
fn count(text: &str) -> Option<Count<'_>> {
    let end = text.find('}')?;
    let inside = &text[1..end];
    let (low, high) = inside.split_once(',').unwrap_or((inside, inside));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let leads = |part: &str| part.len() > 1 && part.starts_with('0');
    if low.is_empty() || !digits(low) || !digits(high) || leads(low) || leads(high) {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().unwrap_or(u32::MAX);
    let (low, high) = (number(low), (!high.is_empty()).then(|| number(high)));
    let is_possible = low <= MOST && high.is_none_or(|high| high <= MOST && low <= high);
    Some(Count { low, high, is_possible, after: &text[end + 1..] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_told_in_gos_words() {
        for (pattern, told) in [
            ("(", "missing closing ): `(`"),
            ("a)", "unexpected ): `a)`"),
            ("[a", "missing closing ]: `[a`"),
            ("[]", "missing closing ]: `[]`"),
            ("[z-a]", "invalid character class range: `z-a`"),
            ("[[:foo:]]", "invalid character class range: `[:foo:]`"),
            ("a{2,1}", "invalid repeat count: `{2,1}`"),
            ("a{1001}", "invalid repeat count: `{1001}`"),
            ("a**", "invalid nested repetition operator: `**`"),
            ("*a", "missing argument to repetition operator: `*`"),
            ("(|*)", "missing argument to repetition operator: `*`"),
            ("(?!x)", "invalid or unsupported Perl syntax: `(?!`"),
            ("(?<=x)", "invalid named capture: `(?<=x)`"),
            ("(?P<a b>x)", "invalid named capture: `(?P<a b>`"),
            ("\\", "trailing backslash at end of expression: ``"),
            ("\\h", "invalid escape sequence: `\\h`"),
            ("(a)\\1", "invalid escape sequence: `\\1`"),
            ("\\u0041", "invalid escape sequence: `\\u`"),
            ("\\Z", "invalid escape sequence: `\\Z`"),
            ("(a{10}){101}", "invalid repeat count: `{101}`"),
            ("((a{100})?b|c){11,}", "invalid repeat count: `{11,}`"),
            ("\\p{Alphabetic}", "invalid character class range: `\\p{Alphabetic}`"),
            ("\\pX", "invalid character class range: `\\pX`"),
            ("\\Q\\E*", "missing argument to repetition operator: `*`"),
        ] {
            assert_eq!(check(pattern).unwrap_err().to_string(), told, "{pattern}");
        }
    }

    #[test]
    fn mistakes_have_their_place() {
        for (pattern, column) in
            [("^(abc", 2), ("a)", 2), ("é(?!a)", 2), ("a{3,2}", 2), ("(a)\\1", 4), ("a\\", 2), ("x[a", 2)]
        {
            assert_eq!(check(pattern).unwrap_err().column(), column, "{pattern}");
        }
    }

    #[test]
    fn what_go_takes_passes() {
        for pattern in [
            "a{1,3}?",
            "a{",
            "a{,3}",
            "[]a]",
            "[^]]",
            "[a-]",
            "(?i:a)|b*",
            "(?P<n>a)",
            r"\Qa)b\E",
            r"[\d\-x]",
            r"\x41\x{1F600}\07",
            "é+",
            "(a{10}){100}",
            "(a{1000}){0,1}",
            r"\p{Letter}\p{^greek}\PL",
            "(?P<n>a)(?P<n>b)",
        ] {
            assert_eq!(check(pattern), Ok(()), "{pattern}");
        }
    }
}
