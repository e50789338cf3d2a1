//! Pure: the text of an expression as words.

use super::error::Error;
use super::literal;
use super::token::{SYMBOLS, Token, TokenKind};

/// The longest text that the API server reads, in characters.
const LENGTH_MAX: usize = 100_000;

/// Splits a text into words. White space and comments (`// …`) are left out.
pub(super) fn tokens(source: &str) -> Result<Vec<Token>, Error> {
    if source.len() > LENGTH_MAX && source.chars().count() > LENGTH_MAX {
        return Err(Error::new(0, "an expression has at most 100000 characters"));
    }
    let mut lexer = Lexer { source, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next()? {
        tokens.push(token);
    }
    Ok(tokens)
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.source[self.at..]
    }

    fn next(&mut self) -> Result<Option<Token>, Error> {
        self.skip_space();
        let at = self.at;
        let Some(first) = self.rest().chars().next() else { return Ok(None) };
        let second = self.rest()[first.len_utf8()..].chars().next();
        let kind = if let Some(kind) = self.string()? {
            kind
        } else if first.is_ascii_digit() || (first == '.' && second.is_some_and(|c| c.is_ascii_digit())) {
            self.number()?
        } else if first.is_ascii_alphabetic() || first == '_' {
            let word = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
            TokenKind::Ident(word.to_owned())
        } else if let Some(symbol) = SYMBOLS.into_iter().find(|symbol| self.rest().starts_with(symbol)) {
            self.at += symbol.len();
            TokenKind::Symbol(symbol)
        } else {
            return Err(Error::new(at, unknown(first)));
        };
        Ok(Some(Token { kind, at, end: self.at }))
    }

    fn skip_space(&mut self) {
        loop {
            self.take_while(|c| matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{c}'));
            if !self.rest().starts_with("//") {
                return;
            }
            self.take_while(|c| c != '\n');
        }
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &str {
        let start = self.at;
        let length = self.rest().find(|c| !wanted(c)).unwrap_or_else(|| self.rest().len());
        self.at += length;
        &self.source[start..self.at]
    }

    fn number(&mut self) -> Result<TokenKind, Error> {
        let start = self.at;
        if self.rest().starts_with("0x") {
            self.at += 2;
            if self.take_while(|c| c.is_ascii_hexdigit()).is_empty() {
                return Err(Error::new(start, "expected hexadecimal digits after `0x`"));
            }
            return Ok(self.whole(start));
        }
        self.take_while(|c| c.is_ascii_digit());
        let mut whole = true;
        if let Some(fraction) = self.rest().strip_prefix('.')
            && fraction.starts_with(|c: char| c.is_ascii_digit())
        {
            self.at += 1;
            self.take_while(|c| c.is_ascii_digit());
            whole = false;
        }
        if let Some(exponent) = self.rest().strip_prefix(['e', 'E']) {
            let sign = usize::from(exponent.starts_with(['+', '-']));
            if exponent[sign..].starts_with(|c: char| c.is_ascii_digit()) {
                self.at += 1 + sign;
                self.take_while(|c| c.is_ascii_digit());
                whole = false;
            }
        }
        if whole {
            return Ok(self.whole(start));
        }
        match self.source[start..self.at].parse() {
            Ok(double) if f64::is_finite(double) => Ok(TokenKind::Double(double)),
            _ => Err(Error::new(start, "this number is too large for a double")),
        }
    }

    /// The whole number since `start`.
    fn whole(&mut self, start: usize) -> TokenKind {
        let digits = self.source[start..self.at].to_owned();
        if self.rest().starts_with(['u', 'U']) {
            self.at += 1;
            return TokenKind::Uint(digits);
        }
        TokenKind::Int(digits)
    }

    /// A string or bytes, if one starts here: `b` and `r` may stand before the quotes, in this order.
    fn string(&mut self) -> Result<Option<TokenKind>, Error> {
        let start = self.at;
        let rest = self.rest();
        let after_b = rest.strip_prefix(['b', 'B']).unwrap_or(rest);
        let after_r = after_b.strip_prefix(['r', 'R']).unwrap_or(after_b);
        let (bytes, raw) = (after_b.len() < rest.len(), after_r.len() < after_b.len());
        let Some(quote) = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| after_r.starts_with(quote))
        else {
            return Ok(None);
        };
        let open = start + rest.len() - after_r.len() + quote.len();
        let Some(length) = closing(&self.source[open..], quote, raw) else {
            let hint = if quote.len() == 1 { "" } else { " by three quotes" };
            return Err(Error::new(start, format!("this string is not closed{hint}")));
        };
        let inner = self.source[open..open + length].replace("\r\n", "\n").replace('\r', "\n");
        self.at = open + length + quote.len();
        let content = if raw { inner.into_bytes() } else { literal::unescape(&inner, open, bytes)? };
        if bytes {
            return Ok(Some(TokenKind::Bytes(content)));
        }
        match String::from_utf8(content) {
            Ok(text) => Ok(Some(TokenKind::String(text))),
            Err(_) => Err(Error::new(start, "this string is no Unicode text")),
        }
    }
}

/// How many bytes there are before the closing quotes.
fn closing(text: &str, quote: &str, raw: bool) -> Option<usize> {
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(quote) {
            return Some(at);
        }
        let first = rest.chars().next()?;
        if quote.len() == 1 && matches!(first, '\n' | '\r') {
            return None;
        }
        at += first.len_utf8();
        if first == '\\' && !raw {
            at += rest[1..].chars().next()?.len_utf8();
        }
    }
    None
}

fn unknown(character: char) -> String {
    match character {
        '=' => "`=` is no operator: write `==`".to_owned(),
        '&' => "`&` is no operator: write `&&`".to_owned(),
        '|' => "`|` is no operator: write `||`".to_owned(),
        '`' => {
            "names in backticks are not known to the API server: write `__dash__`, `__dot__` or `__slash__`"
                .to_owned()
        }
        other => format!("unexpected character `{}`", other.escape_debug()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(source: &str) -> Vec<TokenKind> {
        tokens(source)
            .unwrap_or_else(|error| panic!("{source}: {}", error.message))
            .into_iter()
            .map(|token| token.kind)
            .collect()
    }

    fn string(source: &str) -> String {
        match kinds(source).as_slice() {
            [TokenKind::String(text)] => text.clone(),
            other => panic!("{source}: {other:?}"),
        }
    }

    #[test]
    fn strings_have_all_their_forms() {
        assert_eq!(string(r#""a'b""#), "a'b");
        assert_eq!(string(r"'a\'b'"), "a'b");
        assert_eq!(string("'''a'b\n''c'''"), "a'b\n''c");
        assert_eq!(string("\"\"\"a\"\\n\"\"\""), "a\"\n");
        assert_eq!(string(r"r'\d+'"), r"\d+");
        assert_eq!(string("R\"\"\"\\\n\"\"\""), "\\\n");
        assert_eq!(string("''"), "");
        assert_eq!(string("'''a\r\nb'''"), "a\nb");
        assert_eq!(kinds(r"b'\xff'"), [TokenKind::Bytes(vec![255])]);
        assert_eq!(kinds(r"br'\x'"), [TokenKind::Bytes(b"\\x".to_vec())]);
        assert_eq!(kinds("b'é'"), [TokenKind::Bytes("é".into())]);
    }

    #[test]
    fn numbers_have_all_their_forms() {
        let int = |digits: &str| TokenKind::Int(digits.to_owned());
        assert_eq!(kinds("12 0xaF"), [int("12"), int("0xaF")]);
        assert_eq!(kinds("7u 0x7U"), [TokenKind::Uint("7".to_owned()), TokenKind::Uint("0x7".to_owned())]);
        assert_eq!(kinds("1.5 .5 1e3 1.5E-1"), [1.5, 0.5, 1e3, 0.15].map(TokenKind::Double));
        assert_eq!(kinds("1.a"), [int("1"), TokenKind::Symbol("."), TokenKind::Ident("a".to_owned())]);
    }

    #[test]
    fn comments_and_space_are_left_out() {
        assert_eq!(kinds(" // a\n\t1 // b").len(), 1);
        assert_eq!(kinds("").len(), 0);
    }

    #[test]
    fn what_is_no_word_is_named_with_its_place() {
        for (source, offset, message) in [
            ("a = b", 2, "`=` is no operator: write `==`"),
            ("a & b", 2, "`&` is no operator: write `&&`"),
            ("a | b", 2, "`|` is no operator: write `||`"),
            ("a; b", 1, "unexpected character `;`"),
            ("'a", 0, "this string is not closed"),
            ("x + 'a\n'", 4, "this string is not closed"),
            ("'''a''", 0, "this string is not closed by three quotes"),
            ("0x", 0, "expected hexadecimal digits after `0x`"),
            ("1e999", 0, "this number is too large for a double"),
        ] {
            let error = tokens(source).unwrap_err();
            assert_eq!((error.offset, error.message.as_str()), (offset, message), "{source}");
        }
    }
}
