//! Pure: patterns in the language of the real server (RE2 as Go has it), for the engine that runs them here.

use regex::Regex;

use crate::pattern::syntax::check;

/// Compiles a pattern.
///
/// The two languages agree on most of what people write. This rewrites the rest: classes such as `\d` are ASCII in
/// Go, a brace that begins no repetition stands for itself, sets have no nested sets; and it refuses what Go refuses.
pub fn compile(text: &str) -> Result<Regex, String> {
    check(text).map_err(|problem| problem.to_string())?;
    let translated = Translator { chars: text.chars().collect(), at: 0, out: String::new() }.run()?;
    Regex::new(&translated).map_err(|why| why.to_string())
}

struct Translator {
    chars: Vec<char>,
    at: usize,
    out: String,
}

impl Translator {
    fn run(mut self) -> Result<String, String> {
        let mut repeated = false;
        while let Some(c) = self.peek(0) {
            let is_repetition = match c {
                '*' | '+' | '?' => true,
                '{' => self.repetition().is_some(),
                _ => false,
            };
            if is_repetition && repeated {
                return Err(format!("invalid nested repetition operator: `{c}`"));
            }
            repeated = is_repetition;
            match c {
                '\\' => self.escape(false)?,
                '[' => self.set()?,
                '(' => self.group()?,
                '{' => match self.repetition() {
                    Some(length) => self.counted(length)?,
                    None => self.replace(1, "\\{"),
                },
                _ => self.copy(1),
            }
            // A question mark right after a repetition makes it lazy, which Go allows once.
            if is_repetition && self.peek(0) == Some('?') {
                self.copy(1);
            }
        }
        Ok(self.out)
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

    /// The length of `{n}`, `{n,}` or `{n,m}` at this place.
    fn repetition(&self) -> Option<usize> {
        let rest = &self.chars[self.at..];
        let end = rest.iter().position(|c| *c == '}')?;
        let inside: String = rest[1..end].iter().collect();
        let (low, high) = inside.split_once(',').unwrap_or((&inside, ""));
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        (!low.is_empty() && digits(low) && digits(high)).then_some(end + 1)
    }

    /// A repetition by count, of which Go takes no more than a thousand.
    fn counted(&mut self, length: usize) -> Result<(), String> {
        let inside: String = self.chars[self.at + 1..self.at + length - 1].iter().collect();
        let too_many =
            |part: &str| !part.is_empty() && part.parse::<u32>().map_or(true, |count| count > 1000);
        if inside.split(',').any(too_many) {
            return Err(format!("invalid repeat count: `{{{inside}}}`"));
        }
        self.copy(length);
        Ok(())
    }

    fn group(&mut self) -> Result<(), String> {
        if self.peek(1) == Some('?') {
            for c in
                self.chars[self.at + 2..].iter().take_while(|c| !matches!(c, ':' | ')' | '<' | '=' | '!'))
            {
                if !matches!(c, 'i' | 'm' | 's' | 'U' | '-' | 'P') {
                    return Err("invalid or unsupported Perl syntax".to_owned());
                }
            }
            self.copy(2);
        } else {
            self.copy(1);
        }
        Ok(())
    }

    fn escape(&mut self, in_set: bool) -> Result<(), String> {
        let next = self.peek(1).ok_or("trailing backslash at end of expression")?;
        let wrap = |inside: &str, negated: bool| match (in_set, negated) {
            (true, false) => inside.to_owned(),
            (false, false) => format!("[{inside}]"),
            (_, true) => format!("[^{inside}]"),
        };
        let (digit, word, space) = ("0-9", "0-9A-Za-z_", "\\t\\n\\f\\r ");
        match next {
            'd' => self.replace(2, &wrap(digit, false)),
            'D' => self.replace(2, &wrap(digit, true)),
            'w' => self.replace(2, &wrap(word, false)),
            'W' => self.replace(2, &wrap(word, true)),
            's' => self.replace(2, &wrap(space, false)),
            'S' => self.replace(2, &wrap(space, true)),
            'b' if !in_set => self.replace(2, "(?-u:\\b)"),
            'B' if !in_set => self.replace(2, "(?-u:\\B)"),
            'p' | 'P' | 'x' if self.peek(2) == Some('{') => self.braced(next)?,
            'Q' => self.literal(),
            '0'..='7' => self.octal()?,
            'u' | 'U' | '8' | '9' => return Err(format!("invalid escape sequence: `\\{next}`")),
            _ => self.copy(2),
        }
        Ok(())
    }

    /// `\p{Greek}`, `\x{1F600}`: the braces belong to the escape. Of the properties Go has categories and scripts.
    fn braced(&mut self, kind: char) -> Result<(), String> {
        const BINARY: [&str; 8] = [
            "alphabetic",
            "ascii",
            "assigned",
            "emoji",
            "lowercase",
            "uppercase",
            "white_space",
            "whitespace",
        ];
        let end = self.chars[self.at..].iter().position(|c| *c == '}').ok_or("missing closing brace")?;
        let name: String = self.chars[self.at + 3..self.at + end].iter().collect();
        if kind != 'x' && (name.contains(['=', ':']) || BINARY.contains(&name.to_lowercase().as_str())) {
            return Err(format!("invalid character class range: `\\{kind}{{{name}}}`"));
        }
        self.copy(end + 1);
        Ok(())
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

    /// `\07` and `\123`; a single digit from 1 to 7 would be a back-reference.
    fn octal(&mut self) -> Result<(), String> {
        let digits: String = self.chars[self.at + 1..].iter().take(3).take_while(|c| c.is_digit(8)).collect();
        if !digits.starts_with('0') && digits.len() < 2 {
            return Err(format!("invalid escape sequence: `\\{digits}`"));
        }
        let code = u32::from_str_radix(&digits, 8).unwrap_or(0);
        self.replace(1 + digits.len(), &format!("\\x{{{code:x}}}"));
        Ok(())
    }

    fn set(&mut self) -> Result<(), String> {
        self.copy(1);
        if self.peek(0) == Some('^') {
            self.copy(1);
        }
        if self.peek(0) == Some(']') {
            self.replace(1, "\\]");
        }
        while let Some(c) = self.peek(0) {
            match c {
                ']' => {
                    self.copy(1);
                    return Ok(());
                }
                '\\' => self.escape(true)?,
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
        Err("missing closing ]".to_owned())
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
    }
}
