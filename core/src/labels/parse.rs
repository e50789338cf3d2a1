//! Pure: selectors out of texts.

use std::collections::BTreeSet;
use std::str::FromStr;

use crate::error::{Error, Result};
use crate::labels::Selector;
use crate::labels::requirement::{Operator, Requirement, check_key};

/// # Errors
///
/// When the text is no selector, or asks for what no label can be.
impl FromStr for Selector {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parsed = Parser { rest: text }.selector();
        parsed.map(Self::of).map_err(|error| error.during(format!("label selector {text:?}")))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Sign(&'a str),
    End,
}

const SIGNS: [&str; 9] = ["==", "!=", "=", "!", "(", ")", ",", "<", ">"];

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn is_sign(c: char) -> bool {
    matches!(c, '=' | '!' | '(' | ')' | ',' | '<' | '>')
}

fn wrong(found: Token<'_>, expected: &str) -> Error {
    Error::invalid(match found {
        Token::Word(text) | Token::Sign(text) => format!("found {text:?}, expected {expected}"),
        Token::End => format!("found the end, expected {expected}"),
    })
}

#[derive(Clone, Copy)]
struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn peek(mut self) -> Token<'a> {
        self.next()
    }

    fn next(&mut self) -> Token<'a> {
        self.rest = self.rest.trim_start_matches(is_space);
        if self.rest.is_empty() {
            return Token::End;
        }
        if let Some(sign) = SIGNS.into_iter().find(|sign| self.rest.starts_with(sign)) {
            self.rest = &self.rest[sign.len()..];
            return Token::Sign(sign);
        }
        let end = self.rest.find(|c| is_space(c) || is_sign(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        Token::Word(word)
    }

    fn selector(mut self) -> Result<Vec<Requirement>> {
        let mut requirements = Vec::new();
        if self.peek() == Token::End {
            return Ok(requirements);
        }
        loop {
            requirements.push(self.requirement()?);
            match self.next() {
                Token::End => return Ok(requirements),
                Token::Sign(",") => {}
                found => return Err(wrong(found, "\",\" or the end")),
            }
        }
    }

    fn requirement(&mut self) -> Result<Requirement> {
        let mut found = self.next();
        let missing = found == Token::Sign("!");
        if missing {
            found = self.next();
        }
        let Token::Word(key) = found else {
            return Err(wrong(found, if missing { "a key" } else { "a key or \"!\"" }));
        };
        if missing {
            return Requirement::new::<String>(key, Operator::DoesNotExist, []);
        }
        if matches!(self.peek(), Token::End | Token::Sign(",")) {
            return Requirement::exists(key);
        }
        check_key(key)?;
        let operator = match self.next() {
            Token::Word("in") => Operator::In,
            Token::Word("notin") => Operator::NotIn,
            Token::Sign("=") => Operator::Equals,
            Token::Sign("==") => Operator::DoubleEquals,
            Token::Sign("!=") => Operator::NotEquals,
            Token::Sign(">") => Operator::GreaterThan,
            Token::Sign("<") => Operator::LessThan,
            found => {
                return Err(wrong(found, "one of \"in\", \"notin\", \"=\", \"==\", \"!=\", \">\", \"<\""));
            }
        };
        if matches!(operator, Operator::In | Operator::NotIn) {
            return Requirement::new(key, operator, self.values()?);
        }
        Requirement::new(key, operator, [self.value()?])
    }

    /// The value after a sign; none is the empty one.
    fn value(&mut self) -> Result<&'a str> {
        match self.peek() {
            Token::End | Token::Sign(",") => Ok(""),
            Token::Word(word) => {
                self.next();
                Ok(word)
            }
            found @ Token::Sign(_) => Err(wrong(found, "a value")),
        }
    }

    /// Values in parentheses. Between commas there may be none, which is the empty one.
    fn values(&mut self) -> Result<BTreeSet<&'a str>> {
        match self.next() {
            Token::Sign("(") => {}
            found => return Err(wrong(found, "\"(\"")),
        }
        let mut values = BTreeSet::new();
        loop {
            let value = match self.peek() {
                Token::Word(word) => {
                    self.next();
                    word
                }
                _ => "",
            };
            values.insert(value);
            match self.next() {
                Token::Sign(",") => {}
                Token::Sign(")") => return Ok(values),
                found => return Err(wrong(found, "\",\" or \")\"")),
            }
        }
    }
}
