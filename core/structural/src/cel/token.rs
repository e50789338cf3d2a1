//! Pure: the words of the language.

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    /// Bytes from the start of the text.
    pub(crate) at: usize,
    /// Where it ends.
    pub(crate) end: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TokenKind {
    /// A name; words that are reserved are told apart by the parser.
    Ident(String),
    /// The digits of a whole number, with `0x` where it is hexadecimal.
    Int(String),
    /// The same with `u` behind it, which is left out here.
    Uint(String),
    Double(f64),
    String(String),
    Bytes(Vec<u8>),
    /// An operator or a bracket.
    Symbol(&'static str),
}

/// Operators and brackets, longer ones first.
pub(crate) const SYMBOLS: [&str; 24] = [
    "&&", "||", "==", "!=", "<=", ">=", "(", ")", "[", "]", "{", "}", ".", ",", "-", "!", "?", ":", "+", "*",
    "/", "%", "<", ">",
];

/// Words that cannot be names of variables.
pub(crate) const RESERVED: [&str; 17] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// Words that the language itself uses.
pub(crate) const KEYWORDS: [&str; 4] = ["true", "false", "null", "in"];

pub(crate) fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word) || KEYWORDS.contains(&word)
}
