//! Pure: words to a tree, by precedence.

use super::ast::{Access, Element, Entry, HEIGHT_MAX, Kind, Literal, Node, op};
use super::error::Error;
use super::lexer;
use super::literal;
use super::macros;
use super::signature;
use super::token::{RESERVED, Token, TokenKind, is_reserved};

/// Small, so that the frames of the recursion are small too.
type Result<T> = std::result::Result<T, Box<Error>>;
type Parsed = Result<Box<Node>>;

pub(super) fn parse(source: &str) -> std::result::Result<Node, Error> {
    let tokens = lexer::tokens(source)?;
    let mut parser = Parser { source, tokens, next: 0, depth: 0 };
    if parser.tokens.is_empty() {
        return Err(Error::new(source.len(), "the expression is empty"));
    }
    let node = parser.expression().map_err(|error| *error)?;
    match parser.peek() {
        None => Ok(*node),
        Some(_) => Err(*parser.unexpected()),
    }
}

struct Parser<'a> {
    source: &'a str,
    tokens: Vec<Token>,
    next: usize,
    depth: u16,
}

/// The binary operators: how they are written, how tightly they bind, what they are called.
const BINARY: [(&str, u8, &str); 14] = [
    ("||", 1, op::OR),
    ("&&", 2, op::AND),
    ("==", 3, op::EQUAL),
    ("!=", 3, op::NOT_EQUAL),
    ("<", 3, "_<_"),
    ("<=", 3, "_<=_"),
    (">", 3, "_>_"),
    (">=", 3, "_>=_"),
    ("in", 3, op::IN),
    ("+", 4, op::ADD),
    ("-", 4, "_-_"),
    ("*", 5, "_*_"),
    ("/", 5, "_/_"),
    ("%", 5, "_%_"),
];

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn at(&self) -> usize {
        self.peek().map_or(self.source.len(), |token| token.at)
    }

    fn is(&self, symbol: &str) -> bool {
        matches!(self.peek(), Some(Token { kind: TokenKind::Symbol(found), .. }) if *found == symbol)
    }

    fn take(&mut self, symbol: &str) -> bool {
        let found = self.is(symbol);
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, symbol: &str) -> Result<()> {
        if self.take(symbol) {
            return Ok(());
        }
        let mut error = self.unexpected();
        error.message = format!("expected `{symbol}`, found {}", self.found());
        Err(error)
    }

    /// The next word, for messages.
    fn found(&self) -> String {
        match self.peek() {
            Some(token) => format!("`{}`", shown(self.source, token)),
            None => "the end of input".to_owned(),
        }
    }

    fn unexpected(&self) -> Box<Error> {
        let what = match self.peek() {
            Some(token) => format!("unexpected `{}`", shown(self.source, token)),
            None => "unexpected end of input".to_owned(),
        };
        let before = self.next.checked_sub(1).and_then(|before| self.tokens.get(before));
        let after = before.map(|token| format!(" after `{}`", shown(self.source, token)));
        let mut error = Error::new(self.at(), what + &after.unwrap_or_default());
        error.hint = self.peek().and_then(|token| match shown(self.source, token).as_str() {
            "and" | "AND" => Some("write `&&`".to_owned()),
            "or" | "OR" => Some("write `||`".to_owned()),
            _ => None,
        });
        Box::new(error)
    }

    fn node(&self, at: usize, kind: Kind) -> Parsed {
        let node = Node::new(at, kind);
        if node.height > HEIGHT_MAX {
            return Err(Box::new(Error::new(at, "the expression is nested too deeply")));
        }
        Ok(Box::new(node))
    }

    /// Enters one more level of brackets or operands.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.depth += 1;
        if self.depth > HEIGHT_MAX {
            return Err(Box::new(Error::new(self.at(), "the expression is nested too deeply")));
        }
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn expression(&mut self) -> Parsed {
        self.deeper(|parser| {
            let condition = parser.binary(1)?;
            let at = parser.at();
            if !parser.take("?") {
                return Ok(condition);
            }
            let yes = parser.binary(1)?;
            parser.expect(":")?;
            let no = parser.expression()?;
            parser.call(at, op::CONDITIONAL, vec![*condition, *yes, *no])
        })
    }

    fn call(&self, at: usize, function: &str, args: Vec<Node>) -> Parsed {
        self.node(at, Kind::Call { target: None, function: function.to_owned(), args })
    }

    fn operator(&self) -> Option<(u8, &'static str)> {
        let written = match &self.peek()?.kind {
            TokenKind::Symbol(symbol) => symbol,
            TokenKind::Ident(word) => word.as_str(),
            _ => return None,
        };
        BINARY.iter().find(|(symbol, ..)| *symbol == written).map(|(_, level, name)| (*level, *name))
    }

    fn binary(&mut self, least: u8) -> Parsed {
        let mut left = self.unary()?;
        while let Some((level, name)) = self.operator().filter(|(level, _)| *level >= least) {
            let at = self.at();
            self.next += 1;
            let right = self.deeper(|parser| parser.binary(level + 1))?;
            left = self.joined(at, name, left, *right)?;
        }
        Ok(left)
    }

    fn joined(&self, at: usize, name: &str, mut left: Box<Node>, right: Node) -> Parsed {
        // Conditions in a row are one node, so that a long row is no tall tree.
        if let (op::AND | op::OR, Kind::Call { target: None, function, args }) = (name, &mut left.kind)
            && function == name
        {
            left.height = left.height.max(right.height + 1);
            args.push(right);
            return Ok(left);
        }
        self.call(at, name, vec![*left, right])
    }

    fn unary(&mut self) -> Parsed {
        let at = self.at();
        for (symbol, name) in [("!", op::NOT), ("-", op::NEGATE)] {
            let mut count = 0;
            // One minus right before a number belongs to it.
            while self.is(symbol) && !(count == 0 && symbol == "-" && self.number_follows()) {
                self.next += 1;
                count += 1;
            }
            if count > 0 {
                let operand = self.member()?;
                let even = count % 2 == 0;
                return if even { Ok(operand) } else { self.call(at, name, vec![*operand]) };
            }
        }
        self.member()
    }

    fn number_follows(&self) -> bool {
        let kind = self.tokens.get(self.next + 1).map(|token| &token.kind);
        matches!(kind, Some(TokenKind::Int(_) | TokenKind::Double(_)))
    }

    fn member(&mut self) -> Parsed {
        let mut node = self.primary()?;
        loop {
            let at = self.at();
            if self.take(".") {
                node = self.after_dot(node, at)?;
            } else if self.take("[") {
                let optional = self.take("?");
                let index = self.expression()?;
                self.expect("]")?;
                let name = if optional { op::OPTIONAL_INDEX } else { op::INDEX };
                node = self.call(at, name, vec![*node, *index])?;
            } else if self.is("{")
                && let Some(name) = node.qualified()
            {
                self.next += 1;
                node = self.message(name, at)?;
            } else {
                return Ok(node);
            }
        }
    }

    fn after_dot(&mut self, operand: Box<Node>, at: usize) -> Parsed {
        let optional = self.take("?");
        let name = self.name(true)?;
        let open = self.at();
        if !optional && self.take("(") {
            let args = self.arguments()?;
            let name_of_all = operand.qualified().map(|namespace| format!("{namespace}.{name}"));
            let kind = match name_of_all.filter(|name| signature::is_function(name)) {
                Some(function) => Kind::Call { target: None, function, args },
                None => macros::method(*operand, name, args)?,
            };
            return self.node(open, kind);
        }
        let access = if optional { Access::Optional } else { Access::Plain };
        let select = self.node(at, Kind::Select { operand, field: name, access })?;
        match select.qualified().filter(|name| signature::is_type(name)) {
            Some(name) => Ok(Box::new(Node::ident(at, name))),
            None => Ok(select),
        }
    }

    /// A name; one of a field, `after_dot`, may be a word that is reserved for names of variables.
    fn name(&mut self, after_dot: bool) -> Result<String> {
        let Some(Token { kind: TokenKind::Ident(name), at, .. }) = self.peek() else {
            let mut error = self.unexpected();
            error.message = format!("expected a name, found {}", self.found());
            return Err(error);
        };
        let (name, at) = (name.clone(), *at);
        if after_dot && is_reserved(&name) && !RESERVED.contains(&name.as_str()) {
            let message = format!("`{name}` is a reserved word: the field of this name is `__{name}__`");
            return Err(Box::new(Error::new(at, message)));
        }
        self.next += 1;
        Ok(name)
    }

    fn arguments(&mut self) -> Result<Vec<Node>> {
        let mut args = Vec::new();
        if self.take(")") {
            return Ok(args);
        }
        loop {
            args.push(*self.expression()?);
            if !self.take(",") {
                self.expect(")")?;
                return Ok(args);
            }
        }
    }

    fn primary(&mut self) -> Parsed {
        let at = self.at();
        if self.take("(") {
            let inner = self.expression()?;
            self.expect(")")?;
            return Ok(inner);
        }
        if self.take("[") {
            return self.list(at);
        }
        if self.take("{") {
            return self.map(at);
        }
        if self.is("-") && self.number_follows() {
            self.next += 1;
            return self.literal(at, true);
        }
        let leading_dot = self.take(".");
        match self.peek().map(|token| &token.kind) {
            Some(TokenKind::Ident(name)) if leading_dot || !is_reserved(name) => {
                let name = self.name(false)?;
                let open = self.at();
                if self.take("(") {
                    let args = self.arguments()?;
                    return self.node(open, macros::function(name, args, at)?);
                }
                Ok(Box::new(Node::ident(at, name)))
            }
            Some(_) if !leading_dot => self.literal(at, false),
            _ => Err(self.unexpected()),
        }
    }

    fn literal(&mut self, at: usize, negative: bool) -> Parsed {
        let Some(token) = self.peek() else { return Err(self.unexpected()) };
        let too_large = |what: &str| Box::new(Error::new(at, format!("this number is too large for {what}")));
        let literal = match &token.kind {
            TokenKind::Int(digits) => {
                let value = literal::integer(digits, negative);
                Literal::Int(value.ok_or_else(|| too_large("an int, which has 64 bits"))?)
            }
            TokenKind::Uint(digits) => {
                let value = literal::unsigned(digits);
                Literal::Uint(value.ok_or_else(|| too_large("a uint, which has 64 bits"))?)
            }
            TokenKind::Double(value) => Literal::Double(if negative { -value } else { *value }),
            TokenKind::String(text) => Literal::String(text.clone()),
            TokenKind::Bytes(bytes) => Literal::Bytes(bytes.clone()),
            TokenKind::Ident(word) => match word.as_str() {
                "true" => Literal::Bool(true),
                "false" => Literal::Bool(false),
                "null" => Literal::Null,
                word if RESERVED.contains(&word) => {
                    return Err(Box::new(Error::new(at, format!("`{word}` is a reserved word"))));
                }
                _ => return Err(self.unexpected()),
            },
            TokenKind::Symbol(_) => return Err(self.unexpected()),
        };
        self.next += 1;
        Ok(Box::new(Node::new(at, Kind::Literal(literal))))
    }

    fn list(&mut self, at: usize) -> Parsed {
        let mut elements = Vec::new();
        while !self.take("]") {
            let optional = self.take("?");
            elements.push(Element { optional, value: *self.expression()? });
            self.comma_or("]")?;
        }
        self.node(at, Kind::List(elements))
    }

    fn map(&mut self, at: usize) -> Parsed {
        let mut entries = Vec::new();
        while !self.take("}") {
            let optional = self.take("?");
            let key = self.expression()?;
            self.expect(":")?;
            entries.push(Entry { optional, key: *key, value: *self.expression()? });
            self.comma_or("}")?;
        }
        self.node(at, Kind::Map(entries))
    }

    fn message(&mut self, name: String, at: usize) -> Parsed {
        let mut fields = Vec::new();
        while !self.take("}") {
            self.take("?");
            let field = self.name(true)?;
            self.expect(":")?;
            fields.push((field, *self.expression()?));
            self.comma_or("}")?;
        }
        self.node(at, Kind::Message { name, fields })
    }

    /// A comma, or the closing bracket, which is left for the caller.
    fn comma_or(&mut self, close: &str) -> Result<()> {
        if self.take(",") || self.is(close) {
            return Ok(());
        }
        let mut error = self.unexpected();
        error.message = format!("expected `,` or `{close}`, found {}", self.found());
        Err(error)
    }
}

/// A word as it is written, cut where it is long.
fn shown(source: &str, token: &Token) -> String {
    let written = &source[token.at..token.end];
    let line = written.lines().next().unwrap_or_default();
    match line.char_indices().nth(24) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line.to_owned(),
    }
}
