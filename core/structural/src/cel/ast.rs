//! Pure: expressions as trees.

/// The tallest tree that is taken: everything that walks one may recurse.
pub(crate) const HEIGHT_MAX: u16 = 200;

/// One node of an expression.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Where its operator stands, or where it starts: bytes from the start of the text.
    pub(crate) at: usize,
    /// Its number in the tree, from 0 at the root.
    pub(crate) id: usize,
    /// How tall the tree below it is.
    pub(crate) height: u16,
    pub(crate) kind: Kind,
}

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Literal(Literal),
    /// A variable or a type. A name with dots is always a type.
    Ident(String),
    /// `operand.field`
    Select {
        operand: Box<Node>,
        field: String,
        access: Access,
    },
    /// A function, a method, or an operator under its name in [`op`].
    Call {
        target: Option<Box<Node>>,
        function: String,
        args: Vec<Node>,
    },
    List(Vec<Element>),
    Map(Vec<Entry>),
    /// `name{field: value}`
    Message {
        name: String,
        fields: Vec<(String, Node)>,
    },
    Comprehension(Box<Comprehension>),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    String(String),
    Bytes(Vec<u8>),
}

/// How a field is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// `a.b`
    Plain,
    /// `a.?b`
    Optional,
    /// `has(a.b)`
    Test,
}

/// An item of a list literal.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    /// Whether it is written `?item`, and left out when the optional is empty.
    pub(crate) optional: bool,
    pub(crate) value: Node,
}

/// An entry of a map literal.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) optional: bool,
    pub(crate) key: Node,
    pub(crate) value: Node,
}

/// A macro that gives names to what is in a list, a map or an optional.
#[derive(Clone, Debug)]
pub(crate) struct Comprehension {
    pub(crate) what: Macro,
    pub(crate) range: Node,
    /// The name of the item (of a list) or key (of a map); with two names, of the index or key.
    pub(crate) first: String,
    /// The name of the item or value, with two names.
    pub(crate) second: Option<String>,
    /// What an item must meet to be looked at.
    pub(crate) filter: Option<Node>,
    pub(crate) body: Node,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Macro {
    All,
    Exists,
    ExistsOne,
    /// `filter(x, body)`
    Filter,
    /// `map(x, body)`, `map(x, filter, body)`, `transformList(…)`
    Map,
    /// `sortBy(x, body)`
    SortBy,
    /// `transformMap(k, v, body)`: the keys stay.
    TransformMap,
    /// `transformMapEntry(k, v, body)`: `body` is a map with one entry.
    TransformMapEntry,
    /// `optMap(x, body)`
    OptMap,
    /// `optFlatMap(x, body)`: `body` is an optional.
    OptFlatMap,
}

/// The names of the operators as functions.
pub(crate) mod op {
    pub(crate) const CONDITIONAL: &str = "_?_:_";
    pub(crate) const AND: &str = "_&&_";
    pub(crate) const OR: &str = "_||_";
    pub(crate) const NOT: &str = "!_";
    pub(crate) const NEGATE: &str = "-_";
    pub(crate) const IN: &str = "@in";
    pub(crate) const INDEX: &str = "_[_]";
    pub(crate) const OPTIONAL_INDEX: &str = "_[?_]";
    pub(crate) const EQUAL: &str = "_==_";
    pub(crate) const NOT_EQUAL: &str = "_!=_";
    pub(crate) const ADD: &str = "_+_";
}

impl Node {
    pub(crate) fn new(at: usize, kind: Kind) -> Self {
        let mut tallest = 0;
        kind.each_child(&mut |child| tallest = tallest.max(child.height));
        Self { at, id: 0, height: tallest.saturating_add(1), kind }
    }

    pub(crate) fn ident(at: usize, name: impl Into<String>) -> Self {
        Self::new(at, Kind::Ident(name.into()))
    }

    /// Gives each node its number, from `next` on, and gives back the number after the last.
    pub(crate) fn number(&mut self, next: usize) -> usize {
        self.id = next;
        let mut next = next + 1;
        self.kind.each_child_mut(&mut |child| next = child.number(next));
        next
    }

    /// `a.b.c` if the node is a chain of plain names, without a dot before the first.
    pub(crate) fn qualified(&self) -> Option<String> {
        match &self.kind {
            Kind::Ident(name) => Some(name.clone()),
            Kind::Select { operand, field, access: Access::Plain } => {
                Some(format!("{}.{field}", operand.qualified()?))
            }
            _ => None,
        }
    }
}

impl Kind {
    /// Hands over every node right below, in the order of the text.
    pub(crate) fn each_child<'a>(&'a self, visit: &mut dyn FnMut(&'a Node)) {
        match self {
            Self::Literal(_) | Self::Ident(_) => {}
            Self::Select { operand, .. } => visit(operand),
            Self::Call { target, args, .. } => {
                target.iter().for_each(|target| visit(target));
                args.iter().for_each(visit);
            }
            Self::List(elements) => elements.iter().for_each(|element| visit(&element.value)),
            Self::Map(entries) => {
                for entry in entries {
                    visit(&entry.key);
                    visit(&entry.value);
                }
            }
            Self::Message { fields, .. } => fields.iter().for_each(|(_, value)| visit(value)),
            Self::Comprehension(comprehension) => {
                visit(&comprehension.range);
                comprehension.filter.iter().for_each(&mut *visit);
                visit(&comprehension.body);
            }
        }
    }

    /// The same nodes as [`each_child`](Self::each_child), to be changed.
    fn each_child_mut(&mut self, visit: &mut dyn FnMut(&mut Node)) {
        match self {
            Self::Literal(_) | Self::Ident(_) => {}
            Self::Select { operand, .. } => visit(operand),
            Self::Call { target, args, .. } => {
                target.iter_mut().for_each(|target| visit(target));
                args.iter_mut().for_each(visit);
            }
            Self::List(elements) => elements.iter_mut().for_each(|element| visit(&mut element.value)),
            Self::Map(entries) => {
                for entry in entries {
                    visit(&mut entry.key);
                    visit(&mut entry.value);
                }
            }
            Self::Message { fields, .. } => fields.iter_mut().for_each(|(_, value)| visit(value)),
            Self::Comprehension(comprehension) => {
                visit(&mut comprehension.range);
                comprehension.filter.iter_mut().for_each(&mut *visit);
                visit(&mut comprehension.body);
            }
        }
    }
}
