//! Pure: what is wrong with an expression, and where.

use std::fmt;

/// A mistake in an expression: in its text, or in the types of what it says.
///
/// `Display` is the message alone; [`explain`](Self::explain) adds the line with a caret below it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Error {
    /// What is wrong: one line, no full stop. For names and types these are the words of the API server.
    pub message: String,
    /// The way out, if one is known.
    pub hint: Option<String>,
    /// Where it is wrong: bytes from the start of the text. At most the length of the text.
    pub offset: usize,
}

impl Error {
    pub(crate) fn new(offset: usize, message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, offset }
    }

    /// The line and the column of the mistake in `source`, both from 1; columns count characters.
    #[must_use]
    pub fn position(&self, source: &str) -> (usize, usize) {
        position(source, self.offset)
    }

    /// The message with the hint, the line of `source` that it is about, and a caret below the place.
    ///
    /// # Examples
    ///
    /// ```
    /// let source = "self.spec.a >";
    /// let error = kubist_structural::cel::parse(source).unwrap_err();
    /// assert_eq!(
    ///     error.explain(source),
    ///     "unexpected end of input after `>`\n  self.spec.a >\n               ^"
    /// );
    /// ```
    #[must_use]
    pub fn explain(&self, source: &str) -> String {
        let (line, column) = self.position(source);
        // Tabs would move the caret.
        let shown = source.split('\n').nth(line - 1).unwrap_or_default().replace(['\t', '\r'], " ");
        let hint = self.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
        format!("{}{hint}\n  {}\n  {:>column$}", self.message, shown.trim_end(), "^")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Line and column of a byte offset, from 1.
pub(crate) fn position(source: &str, offset: usize) -> (usize, usize) {
    let before = source.get(..offset).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_below_the_place_also_on_a_later_line() {
        let error = Error::new(9, "no");
        assert_eq!(error.position("é &&\n  bad"), (2, 4));
        assert_eq!(error.explain("é &&\n  bad"), "no\n    bad\n     ^");
    }

    #[test]
    fn an_offset_at_the_end_stands_behind_the_last_character() {
        assert_eq!(Error::new(1, "no").explain("a"), "no\n  a\n   ^");
        assert_eq!(Error::new(0, "no").explain(""), "no\n  \n  ^");
    }
}
