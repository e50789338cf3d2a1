//! Pure: patterns in the language of the real server (RE2 as Go has it), for the engine that runs them here.

use regex::{Regex, RegexBuilder};

use crate::pattern::syntax::check;

/// How large a compiled pattern may be. The server's own limit is as high.
const BYTES_MAX: usize = 128 << 20;

/// Compiles a pattern, so that it matches what the server takes it to match.
///
/// The two languages agree on most of what people write. This rewrites the rest: classes such as `\d` are ASCII in
/// Go, a brace that begins no repetition stands for itself, sets have no nested sets, names may repeat.
///
/// # Errors
/// What the server refuses, in its words; what the engine here cannot run, in the engine's.
pub fn compile(text: &str) -> Result<Regex, String> {
    check(text).map_err(|problem| problem.to_string())?;
    let translated = Translator { chars: text.chars().collect(), at: 0, out: String::new() }.run();
    let built = RegexBuilder::new(&translated).size_limit(BYTES_MAX).nest_limit(1000).build();
    built.map_err(|why| why.to_string())
}

/// Rewrites a pattern that is known to be well-formed.
struct Translator {
    chars: Vec<char>,
    at: usize,
    out: String,
}

impl Translator {
    fn run(mut self) -> String {
        while let Some(c) = self.peek(0) {
            match c {
                '\\' => self.escape(false),
                '[' => self.set(),
                '(' => self.group(),
                '{' => match self.repetition() {
                    Some(length) => self.copy(length),
                    None => self.replace(1, "\\{"),
                },
                _ => self.copy(1),
            }
        }
        self.out
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn copy(&mut self, count: usize) {
        self.out.extend(self.chars[self.at..].iter().take(count));
        self.at += count;
    }

    fn replace(&mut self, count: usize, text: &str) {
        self.out.push_str(text);
        self.at += count;
    }

    fn find(&self, wanted: char) -> Option<usize> {
        self.chars[self.at..].iter().position(|c| *c == wanted)
    }

    /// The length of the repetition at this place.
    fn repetition(&self) -> Option<usize> {
        let length = match self.peek(0)? {
            '*' | '+' | '?' => 1,
            '{' => {
                let end = self.find('}')?;
                let inside: String = self.chars[self.at + 1..self.at + end].iter().collect();
                let (low, high) = inside.split_once(',').unwrap_or((&inside, ""));
                let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
                (!low.is_empty() && digits(low) && digits(high)).then_some(end + 1)?
            }
            _ => return None,
        };
        Some(if self.peek(length) == Some('?') { length + 1 } else { length })
    }

    fn group(&mut self) {
        let is_named = self.peek(1) == Some('?') && matches!(self.peek(2), Some('P' | '<'));
        let flags =
            self.chars[self.at..].iter().skip(2).take_while(|c| matches!(c, 'i' | 'm' | 's' | 'U' | '-'));
        let flags = flags.count() + 3;
        if is_named {
            let end = self.find('>').unwrap_or_default();
            self.replace(end + 1, "(");
        } else if self.peek(1) == Some('?') && self.peek(flags - 1) == Some(')') {
            // What follows flags repeats what is before them.
            let before = self.at;
            self.at += flags;
            if let Some(length) = self.repetition() {
                self.copy(length);
            }
            self.out.extend(&self.chars[before..before + flags]);
        } else if self.peek(1) == Some('?') {
            self.copy(2);
        } else {
            self.copy(1);
        }
    }

    fn escape(&mut self, in_set: bool) {
        let wrap = |inside: &str, negated: bool| match (in_set, negated) {
            (true, false) => inside.to_owned(),
            (false, false) => format!("[{inside}]"),
            (_, true) => format!("[^{inside}]"),
        };
        let (digit, word, space) = ("0-9", "0-9A-Za-z_", "\\t\\n\\f\\r ");
        match self.peek(1).unwrap_or_default() {
            'd' => self.replace(2, &wrap(digit, false)),
            'D' => self.replace(2, &wrap(digit, true)),
            'w' => self.replace(2, &wrap(word, false)),
            'W' => self.replace(2, &wrap(word, true)),
            's' => self.replace(2, &wrap(space, false)),
            'S' => self.replace(2, &wrap(space, true)),
            'b' => self.replace(2, "(?-u:\\b)"),
            'B' => self.replace(2, "(?-u:\\B)"),
            'p' | 'P' => self.class(),
            'x' if self.peek(2) == Some('{') => {
                let end = self.find('}').unwrap_or_default();
                self.copy(end + 1);
            }
            'Q' => self.literal(),
            '0'..='7' => self.octal(),
            // The engine has boundaries of its own under these.
            c @ ('<' | '>') => self.replace(2, &c.to_string()),
            _ => self.copy(2),
        }
    }

    /// `\pL` and `\p{^Greek}`: the engine writes what is negated in one way only.
    fn class(&mut self) {
        let (name, length) = match self.peek(2) {
            Some('{') => {
                let end = self.find('}').unwrap_or_default();
                (self.chars[self.at + 3..self.at + end].iter().collect(), end + 1)
            }
            other => (other.map(String::from).unwrap_or_default(), 3),
        };
        let (name, negated) = name.strip_prefix('^').map_or((name.as_str(), false), |name| (name, true));
        let kind = if negated == (self.peek(1) == Some('P')) { 'p' } else { 'P' };
        self.replace(length, &format!("\\{kind}{{{name}}}"));
    }

    /// `\Q…\E`: everything between stands for itself.
    fn literal(&mut self) {
        self.at += 2;
        while let Some(c) = self.peek(0) {
            if c == '\\' && self.peek(1) == Some('E') {
                self.at += 2;
                return;
            }
            self.replace(1, &regex::escape(&c.to_string()));
        }
    }

    /// `\07` and `\123`.
    fn octal(&mut self) {
        let digits: String = self.chars[self.at + 1..].iter().take(3).take_while(|c| c.is_digit(8)).collect();
        let code = u32::from_str_radix(&digits, 8).unwrap_or_default();
        self.replace(1 + digits.len(), &format!("\\x{{{code:x}}}"));
    }

    fn set(&mut self) {
        self.copy(1);
        if self.peek(0) == Some('^') {
            self.copy(1);
        }
        if self.peek(0) == Some(']') {
            self.replace(1, "\\]");
        }
        while let Some(c) = self.peek(0) {
            match c {
                ']' => return self.copy(1),
                '\\' => self.escape(true),
                '[' if self.peek(1) == Some(':') => {
                    match self.chars[self.at..].windows(2).position(|pair| pair == [':', ']']) {
                        Some(end) if end > 1 => self.copy(end + 2),
                        _ => self.replace(1, "\\["),
                    }
                }
                '[' => self.replace(1, "\\["),
                '&' | '~' => self.replace(1, &format!("\\{c}")),
                '-' if self.peek(1) == Some('-') => self.replace(1, "\\-"),
                _ => self.copy(1),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_go_takes_is_taken() {
        for good in [
            "a{1000}",
            "(?P<n>a)",
            "(?<n>a)",
            r"\p{L}\p{Greek}",
            "(?i)a",
            "[[:alpha:]]",
            "[a&&b]",
            "[a[b]]",
            r"\z\A\b",
            r"\x41\x{1F600}",
            r"\07",
            r"\Qa.b\E",
            "a{",
            "a}",
            "a]",
            "a{,3}",
            "a*?",
            "^gs://",
        ] {
            assert!(compile(good).is_ok(), "{good}: {:?}", compile(good));
        }
    }

    #[test]
    fn what_go_refuses_is_refused() {
        for bad in [
            "(?=a)",
            r"(a)\1",
            "a{1001}",
            "a{3,2}",
            "a**",
            "a++",
            "(?>a)",
            "(?x) a",
            "(?u)a",
            r"\u0041",
            r"\u{1F600}",
            "[]",
            "(",
            ")",
            "\\",
            r"\Z",
            r"\h",
            "(?#a)",
        ] {
            assert!(compile(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn classes_are_ascii_and_sets_are_flat() {
        let is_match = |pattern: &str, text: &str| compile(pattern).unwrap().is_match(text);
        assert!(is_match(r"^\d$", "5") && !is_match(r"^\d$", "٥"));
        assert!(is_match("^[a&&b]$", "&") && is_match("^[a[b]$", "["));
        assert!(is_match(r"^\Qa.b\E$", "a.b") && !is_match(r"^\Qa.b\E$", "axb"));
        assert!(is_match("^a{,3}$", "a{,3}"));
        assert!(is_match(r"^\<$", "<") && is_match("^(?<n>a)(?<n>b)$", "ab"));
        assert!(is_match("^(?i)a(?-i)*$", "AAA") && is_match(r"^\P{^Greek}$", "α"));
    }
}
