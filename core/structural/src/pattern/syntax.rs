//! Pure: what Go's regular expressions refuse, in Go's words. The engine that runs patterns here has words of its own.

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
    let reader = Reader { pattern, rest: pattern, open: Vec::new(), has_operand: false, repeat: None };
    reader.read().map_err(|wrong| {
        let before = until(pattern, wrong.rest);
        Problem { text: format!("{}: `{}`", wrong.what, wrong.part), column: before.chars().count() + 1 }
    })
}

/// A mistake: the phrase, the part that is quoted, and the pattern from where the mistake is.
struct Wrong<'a> {
    what: &'static str,
    part: &'a str,
    rest: &'a str,
}

struct Reader<'a> {
    pattern: &'a str,
    rest: &'a str,
    /// The pattern from each parenthesis that is still open.
    open: Vec<&'a str>,
    /// Whether there is something that a repetition can repeat.
    has_operand: bool,
    /// Where the repetition right before this place begins.
    repeat: Option<&'a str>,
}

type Outcome<'a> = Result<(), Wrong<'a>>;

/// A mistake that begins where the rest of the pattern does, and quotes what is before `end`.
fn wrong<'a, T>(what: &'static str, rest: &'a str, end: &str) -> Result<T, Wrong<'a>> {
    Err(Wrong { what, part: until(rest, end), rest })
}

/// The part of `from` before `to`, which is its end.
fn until<'a>(from: &'a str, to: &str) -> &'a str {
    &from[..from.len() - to.len()]
}

impl<'a> Reader<'a> {
    fn read(mut self) -> Outcome<'a> {
        while let Some(c) = self.rest.chars().next() {
            let last = self.repeat.take();
            match c {
                '(' if self.rest.starts_with("(?") => self.perl_group()?,
                '(' => {
                    self.open.push(self.rest);
                    self.skip(1);
                    self.has_operand = false;
                }
                '|' => {
                    self.skip(1);
                    self.has_operand = false;
                }
                ')' if self.open.is_empty() => {
                    return Err(Wrong { what: "unexpected )", part: self.pattern, rest: self.rest });
                }
                ')' => {
                    self.open.pop();
                    self.operand(1);
                }
                '[' => {
                    self.rest = set(self.rest)?;
                    self.has_operand = true;
                }
                '*' | '+' | '?' => self.repetition(&self.rest[1..], last)?,
                '{' => match count(self.rest) {
                    None => self.operand(1),
                    Some((after, fits)) => {
                        if !fits {
                            return wrong("invalid repeat count", self.rest, after);
                        }
                        self.repetition(after, last)?;
                    }
                },
                '\\' => self.escape()?,
                _ => self.operand(c.len_utf8()),
            }
        }
        match self.open.pop() {
            Some(rest) => Err(Wrong { what: "missing closing )", part: self.pattern, rest }),
            None => Ok(()),
        }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
    }

    fn operand(&mut self, bytes: usize) {
        self.skip(bytes);
        self.has_operand = true;
    }

    fn repetition(&mut self, after: &'a str, last: Option<&'a str>) -> Outcome<'a> {
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
        Ok(())
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
            self.open.push(text);
            self.skip(end + 1);
            self.has_operand = false;
            return Ok(());
        }
        let (mut negative, mut saw_flag) = (false, false);
        for (at, c) in text.char_indices().skip(2) {
            match c {
                'i' | 'm' | 's' | 'U' => saw_flag = true,
                '-' if !negative => (negative, saw_flag) = (true, false),
                ':' | ')' if !negative || saw_flag => {
                    self.skip(at + 1);
                    if c == ':' {
                        self.open.push(text);
                        self.has_operand = false;
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
        match text.chars().nth(1) {
            Some('Q') => {
                let end = text[2..].find("\\E").map_or(text.len(), |end| end + 4);
                self.skip(end);
            }
            Some('A' | 'b' | 'B' | 'z' | 'd' | 'D' | 's' | 'S' | 'w' | 'W') => self.skip(2),
            Some('C') => return wrong("invalid escape sequence", text, &text[2..]),
            Some('p' | 'P') => self.rest = property(text)?,
            _ => self.rest = single(text)?,
        }
        self.has_operand = true;
        Ok(())
    }
}

/// The text after `{n}`, `{n,}` or `{n,m}`, and whether the counts are possible.
fn count(text: &str) -> Option<(&str, bool)> {
    let end = text.find('}')?;
    let inside = &text[1..end];
    let (low, high) = inside.split_once(',').unwrap_or((inside, inside));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let leads = |part: &str| part.len() > 1 && part.starts_with('0');
    if low.is_empty() || !digits(low) || !digits(high) || leads(low) || leads(high) {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().unwrap_or(u32::MAX);
    let fits =
        number(low) <= MOST && (high.is_empty() || number(high) <= MOST && number(low) <= number(high));
    Some((&text[end + 1..], fits))
}

/// The text after `\pL` or `\p{Greek}`; whether there is such a class the engine knows.
fn property(text: &str) -> Result<&str, Wrong<'_>> {
    match text.chars().nth(2) {
        None => wrong("invalid escape sequence", text, ""),
        Some('{') => match text.find('}') {
            Some(end) => Ok(&text[end + 1..]),
            None => wrong("invalid character class range", text, ""),
        },
        Some(c) => Ok(&text[2 + c.len_utf8()..]),
    }
}

/// The text after an escape of one character.
fn single(text: &str) -> Result<&str, Wrong<'_>> {
    let after = &text[1..];
    let Some(c) = after.chars().next() else {
        return Err(Wrong { what: "trailing backslash at end of expression", part: "", rest: text });
    };
    let rest = &after[c.len_utf8()..];
    let octal =
        |text: &str, most: usize| text.bytes().take(most).take_while(|b| (b'0'..=b'7').contains(b)).count();
    let refused = |rest: &str| wrong("invalid escape sequence", text, rest);
    match c {
        '1'..='7' if octal(rest, 1) == 0 => refused(rest),
        '0'..='7' => Ok(&rest[octal(rest, 2)..]),
        'x' => match rest.strip_prefix('{') {
            Some(inner) => {
                let digits = inner.bytes().take_while(u8::is_ascii_hexdigit).count();
                let code = u32::from_str_radix(&inner[..digits], 16).unwrap_or(u32::MAX);
                match inner[digits..].strip_prefix('}') {
                    Some(rest) if digits > 0 && code <= 0x10_ffff => Ok(rest),
                    Some(rest) => refused(rest),
                    None => refused(inner[digits..].get(1..).unwrap_or_default()),
                }
            }
            None => match rest.bytes().take(2).take_while(u8::is_ascii_hexdigit).count() {
                2 => Ok(&rest[2..]),
                _ => refused(rest.get(2..).unwrap_or_default()),
            },
        },
        'a' | 'f' | 'n' | 'r' | 't' | 'v' => Ok(rest),
        c if c.is_ascii() && !c.is_ascii_alphanumeric() => Ok(rest),
        _ => refused(rest),
    }
}

/// The text after a set in brackets.
fn set(text: &str) -> Result<&str, Wrong<'_>> {
    const NAMED: [&str; 14] = [
        "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
        "upper", "word", "xdigit",
    ];
    let mut rest = &text[1..];
    rest = rest.strip_prefix('^').unwrap_or(rest);
    let mut is_first = true;
    while is_first || !rest.starts_with(']') {
        is_first = false;
        if let Some(inner) = rest.strip_prefix("[:")
            && let Some(end) = inner.find(":]")
        {
            let name = inner[..end].strip_prefix('^').unwrap_or(&inner[..end]);
            if !NAMED.contains(&name) {
                return wrong("invalid character class range", rest, &inner[end + 2..]);
            }
            rest = &inner[end + 2..];
            continue;
        }
        if ["\\d", "\\D", "\\s", "\\S", "\\w", "\\W"].iter().any(|class| rest.starts_with(class)) {
            rest = &rest[2..];
            continue;
        }
        if rest.starts_with("\\p") || rest.starts_with("\\P") {
            rest = property(rest)?;
            continue;
        }
        let range = rest;
        let (low, after) = member(rest, text)?;
        rest = after;
        if let Some(after) =
            rest.strip_prefix('-').filter(|after| !after.is_empty() && !after.starts_with(']'))
        {
            let (high, after) = member(after, text)?;
            rest = after;
            if high < low {
                return wrong("invalid character class range", range, rest);
            }
        }
    }
    Ok(&rest[1..])
}

/// One character of a set, and the text after it.
fn member<'a>(rest: &'a str, whole: &'a str) -> Result<(u32, &'a str), Wrong<'a>> {
    let Some(c) = rest.chars().next() else {
        return wrong("missing closing ]", whole, "");
    };
    if c != '\\' {
        return Ok((c as u32, &rest[c.len_utf8()..]));
    }
    let after = single(rest)?;
    let escape = until(rest, after);
    let code = match escape.chars().nth(1) {
        Some('x') => u32::from_str_radix(escape[2..].trim_matches(['{', '}']), 16).unwrap_or_default(),
        Some('0'..='7') => u32::from_str_radix(&escape[1..], 8).unwrap_or_default(),
        Some('a') => 7,
        Some('f') => 12,
        Some('n') => 10,
        Some('r') => 13,
        Some('t') => 9,
        Some('v') => 11,
        Some(c) => c as u32,
        None => 0,
    };
    Ok((code, after))
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
        ] {
            assert_eq!(check(pattern).unwrap_err().to_string(), told, "{pattern}");
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
        ] {
            assert_eq!(check(pattern), Ok(()), "{pattern}");
        }
    }
}
