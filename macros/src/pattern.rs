//! Pure: whether the API server takes a pattern.
//!
//! The server compiles patterns with Go's `regexp`, whose syntax is RE2's. The syntax of the `regex` crate comes
//! from RE2 too and is read by its own parser; what only one of the two knows is told apart here, as tried against
//! kube-apiserver v1.37.2.

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{
    self, Ast, Flag, FlagsItemKind, HexLiteralKind, LiteralKind, RepetitionKind, RepetitionRange,
};

/// The largest repetition that RE2 takes.
const REPETITION_MAX: u32 = 1000;

/// What is wrong with a pattern, and at which column (from 1), if anything is.
pub(crate) fn problem(pattern: &str) -> Option<(String, usize)> {
    // Quoted text is RE2's alone; the server has the last word on it.
    if pattern.contains(r"\Q") {
        return None;
    }
    match Parser::new().parse(pattern) {
        Err(error) => Some((error.kind().to_string(), error.span().start.column)),
        Ok(parsed) => ast::visit(&parsed, Unknown).err(),
    }
}

/// Finds what RE2 does not know.
struct Unknown;

impl ast::Visitor for Unknown {
    type Output = ();
    type Err = (String, usize);

    fn finish(self) -> Result<(), Self::Err> {
        Ok(())
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), Self::Err> {
        let (text, span) = match ast {
            Ast::Repetition(repetition) if too_often(&repetition.op.kind) => {
                ("more than 1000 repetitions".to_owned(), repetition.op.span)
            }
            Ast::Flags(flags) if has_unknown_flag(&flags.flags) => ("unknown flag".to_owned(), flags.span),
            Ast::Group(group) if group.flags().is_some_and(has_unknown_flag) => {
                ("unknown flag".to_owned(), group.span)
            }
            Ast::Literal(literal) if is_unknown_escape(&literal.kind) => {
                ("unknown escape; write `\\x{…}`".to_owned(), literal.span)
            }
            _ => return Ok(()),
        };
        Err((text, span.start.column))
    }
}

fn too_often(kind: &RepetitionKind) -> bool {
    match kind {
        RepetitionKind::Range(RepetitionRange::Exactly(count) | RepetitionRange::AtLeast(count)) => {
            *count > REPETITION_MAX
        }
        RepetitionKind::Range(RepetitionRange::Bounded(_, most)) => *most > REPETITION_MAX,
        _ => false,
    }
}

/// RE2 knows `i`, `m`, `s` and `U`.
fn has_unknown_flag(flags: &ast::Flags) -> bool {
    flags.items.iter().any(|item| {
        matches!(item.kind, FlagsItemKind::Flag(Flag::Unicode | Flag::CRLF | Flag::IgnoreWhitespace))
    })
}

fn is_unknown_escape(kind: &LiteralKind) -> bool {
    let unicode =
        |hex: &HexLiteralKind| matches!(hex, HexLiteralKind::UnicodeShort | HexLiteralKind::UnicodeLong);
    match kind {
        LiteralKind::HexFixed(hex) | LiteralKind::HexBrace(hex) => unicode(hex),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_takes_is_taken() {
        for pattern in [
            "",
            "^gs://",
            "a{1000}",
            "(?P<n>a)",
            "(?<n>a)",
            r"\p{L}",
            r"\p{Greek}",
            "(?i)a",
            "(?s-m:a)",
            "(?U)a",
            "[[:alpha:]]",
            r"\z",
            r"\A",
            r"\b",
            r"\x41",
            r"\x{1F600}",
            r"\Q(\E",
            "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
        ] {
            assert_eq!(problem(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn what_the_server_refuses_is_refused_with_its_place() {
        for (pattern, column) in [
            ("^(abc", 2),
            ("a)", 2),
            ("^(?!a)b$", 2),
            ("(?<=a)b", 1),
            (r"(a)\1", 4),
            ("a{1001}", 2),
            ("a{3,2}", 2),
            ("(?x) a", 1),
            ("(?u:a)", 1),
            (r"\u0041", 1),
            ("[a", 1),
            ("*a", 1),
            (r"a\", 2),
        ] {
            assert_eq!(problem(pattern).map(|(_, column)| column), Some(column), "{pattern}");
        }
    }
}
