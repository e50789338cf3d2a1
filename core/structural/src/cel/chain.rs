//! Pure: which fields an expression reads, as far as its text says it.

use std::collections::BTreeSet;
use std::fmt;

use super::ast::{Access, Comprehension, Kind, Literal, Macro, Node, op};
use super::escape::unescape;

/// A way from `self` or `oldSelf` to a value: `self.items[].name`.
///
/// It is written as a text that can be walked without allocation:
///
/// | text | meaning |
/// | --- | --- |
/// | `self`, `oldSelf` | where it starts |
/// | `.name` | the field of this name in JSON, or the value of this key of a map; `."a.b"` where the name has other characters than letters, digits, `_` and `-` |
/// | `.!name` | the same for a name that no field can have, because of its underscores: a key of a map at best |
/// | `[]` | an item of a list, or a value of a map |
/// | `{}` | what a macro goes through: an item of a list, or a key of a map |
///
/// # Examples
///
/// ```
/// use kubist_structural::cel::parse;
///
/// let rule = parse("self.ports.all(p, p.max__dash__age > 0) && has(oldSelf.name)").unwrap();
/// let chains: Vec<String> = rule.chains().iter().map(ToString::to_string).collect();
/// assert_eq!(chains, ["oldSelf.name", "self.ports{}.max-age"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chain(String);

impl Chain {
    /// The chain as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it starts at `oldSelf`.
    #[must_use]
    pub fn is_old(&self) -> bool {
        self.0.starts_with("oldSelf")
    }

    fn field(&self, written: &str) -> Self {
        let plain = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        match unescape(written) {
            Some(name) if plain(&name) => Self(format!("{}.{name}", self.0)),
            Some(name) => Self(format!("{}.\"{name}\"", self.0)),
            None => Self(format!("{}.!{written}", self.0)),
        }
    }

    fn then(&self, step: &str) -> Self {
        Self(format!("{}{step}", self.0))
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The longest chains of an expression, sorted.
pub(super) fn chains(root: &Node) -> Vec<Chain> {
    let mut finder = Finder { scope: Vec::new(), found: BTreeSet::new() };
    finder.follow(root);
    let found = finder.found;
    let is_start = |chain: &Chain| {
        let longer = |other: &&Chain| {
            other.0.len() > chain.0.len()
                && other.0.starts_with(&chain.0)
                && other.0[chain.0.len()..].starts_with(['.', '[', '{'])
        };
        found.iter().any(|other| longer(&other))
    };
    found.iter().filter(|chain| !is_start(chain)).cloned().collect()
}

/// What is known of a value.
#[derive(Clone, Debug)]
enum Known {
    Nothing,
    At(Chain),
    /// A list whose items are this.
    ListOf(Box<Self>),
}

struct Finder {
    scope: Vec<(String, Known)>,
    found: BTreeSet<Chain>,
}

/// Methods that give what they are called on, or a part of the same form: a list for a list, the value of an optional.
const SAME: [&str; 11] = [
    "value",
    "orValue",
    "or",
    "slice",
    "reverse",
    "sort",
    "distinct",
    "hasValue",
    "unwrapOpt",
    "optional.of",
    "optional.ofNonZeroValue",
];

impl Finder {
    /// Notes what the expression reads, and gives back where its value comes from.
    fn follow(&mut self, node: &Node) -> Known {
        match &node.kind {
            Kind::Ident(name) => self.variable(name),
            Kind::Select { operand, field, access } => {
                let from = self.follow(operand);
                let field = match from {
                    Known::At(chain) => self.note(chain.field(field)),
                    Known::Nothing | Known::ListOf(_) => Known::Nothing,
                };
                if *access == Access::Test { Known::Nothing } else { field }
            }
            Kind::Call { target: None, function, args }
                if [op::INDEX, op::OPTIONAL_INDEX].contains(&function.as_str()) =>
            {
                self.index(args)
            }
            Kind::Call { target, function, args } => self.call(target.as_deref(), function, args),
            Kind::Comprehension(comprehension) => self.comprehension(comprehension),
            Kind::List(elements) => {
                let items: Vec<Known> = elements.iter().map(|element| self.follow(&element.value)).collect();
                match <[Known; 1]>::try_from(items) {
                    Ok([item]) => Known::ListOf(Box::new(item)),
                    Err(_) => Known::Nothing,
                }
            }
            other => {
                other.each_child(&mut |child| {
                    self.follow(child);
                });
                Known::Nothing
            }
        }
    }

    fn note(&mut self, chain: Chain) -> Known {
        self.found.insert(chain.clone());
        Known::At(chain)
    }

    fn variable(&mut self, name: &str) -> Known {
        if let Some((_, known)) = self.scope.iter().rev().find(|(known, _)| known == name) {
            return known.clone();
        }
        match name {
            "self" | "oldSelf" => self.note(Chain(name.to_owned())),
            _ => Known::Nothing,
        }
    }

    fn index(&mut self, args: &[Node]) -> Known {
        let mut known = args.iter().map(|arg| self.follow(arg)).collect::<Vec<_>>().into_iter();
        let of = known.next().unwrap_or(Known::Nothing);
        // `m['key']` and `m.key` are the same for a map.
        if let (Known::At(chain), Some(Kind::Literal(Literal::String(_)))) =
            (&of, args.get(1).map(|index| &index.kind))
        {
            return self.note(chain.then("[]"));
        }
        self.step(of, "[]")
    }

    fn step(&mut self, of: Known, step: &str) -> Known {
        match of {
            Known::At(chain) => self.note(chain.then(step)),
            Known::ListOf(item) => *item,
            Known::Nothing => Known::Nothing,
        }
    }

    fn call(&mut self, target: Option<&Node>, function: &str, args: &[Node]) -> Known {
        let target = target.map(|target| self.follow(target));
        let mut args: Vec<Known> = args.iter().map(|arg| self.follow(arg)).collect();
        let of = match target {
            Some(target) => target,
            None if args.is_empty() => Known::Nothing,
            None => args.swap_remove(0),
        };
        match function {
            "first" | "last" => self.step(of, "[]"),
            function if SAME.contains(&function) => of,
            _ => Known::Nothing,
        }
    }

    fn comprehension(&mut self, comprehension: &Comprehension) -> Known {
        let range = self.follow(&comprehension.range);
        let optional = matches!(comprehension.what, Macro::OptMap | Macro::OptFlatMap);
        let (first, second) = match (&comprehension.second, optional) {
            (_, true) => (range.clone(), Known::Nothing),
            (Some(_), _) => (Known::Nothing, self.step(range.clone(), "[]")),
            (None, _) => (self.step(range.clone(), "{}"), Known::Nothing),
        };
        let outer = self.scope.len();
        self.scope.push((comprehension.first.clone(), first));
        if let Some(name) = &comprehension.second {
            self.scope.push((name.clone(), second));
        }
        if let Some(filter) = &comprehension.filter {
            self.follow(filter);
        }
        let body = self.follow(&comprehension.body);
        self.scope.truncate(outer);
        match comprehension.what {
            Macro::Filter | Macro::SortBy => range,
            Macro::Map => Known::ListOf(Box::new(body)),
            Macro::OptMap | Macro::OptFlatMap => body,
            Macro::All
            | Macro::Exists
            | Macro::ExistsOne
            | Macro::TransformMap
            | Macro::TransformMapEntry => Known::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(source: &str) -> Vec<String> {
        let root = crate::cel::parser::parse(source).unwrap_or_else(|error| panic!("{source}: {error}"));
        chains(&root).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn chains_follow_fields_indexes_and_macros() {
        for (source, chains) in [
            ("self", &["self"][..]),
            ("self.a.b > 1 || self.a == oldSelf.a", &["oldSelf.a", "self.a.b"]),
            ("has(self.a.b)", &["self.a.b"]),
            ("self.a[0].b", &["self.a[].b"]),
            ("self.m['k'].b", &["self.m[].b"]),
            ("self.a.?b[?0].orValue('')", &["self.a.b[]"]),
            ("self.a.all(x, x.b)", &["self.a{}.b"]),
            ("self.a.all(i, x, x.b == i)", &["self.a[].b"]),
            ("self.all(k, self[k].b)", &["self[].b", "self{}"]),
            ("self.a.filter(x, x.b).map(x, x.c).exists(y, y.d)", &["self.a{}.b", "self.a{}.c.d"]),
            ("self.a.map(x, x.bs).all(b, b.exists(c, c.d))", &["self.a{}.bs{}.d"]),
            ("self.a.first().value().b", &["self.a[].b"]),
            ("oldSelf.optMap(o, o.a).orValue(1)", &["oldSelf.a"]),
            ("oldSelf.value().a.b", &["oldSelf.a.b"]),
            ("self.a.exists(self, self.b)", &["self.a{}.b"]),
            ("[self.a].all(x, x.b)", &["self.a.b"]),
            ("size(self.a) > duration('1s').getSeconds()", &["self.a"]),
            ("1 == 2", &[]),
        ] {
            assert_eq!(of(source), chains, "{source}");
        }
    }

    #[test]
    fn names_are_those_of_json() {
        assert_eq!(of("self.a__dash__b.c__dot__d__slash__e"), ["self.a-b.\"c.d/e\""]);
        assert_eq!(of("self.__namespace__"), ["self.namespace"]);
        assert_eq!(of("self.namespace"), ["self.namespace"]);
        assert_eq!(of("self.__foo__"), ["self.!__foo__"]);
    }

    #[test]
    fn a_shorter_chain_is_told_by_a_longer_one() {
        assert_eq!(of("self.a && self.ab && self.a.c"), ["self.a.c", "self.ab"]);
    }
}
