//! Pure: what can be called, read from `signatures.txt`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::types::{Type, denoted, named};

/// One way to call a function.
#[derive(Clone, Debug)]
pub(crate) struct Overload {
    /// Whether it is a method; the target is the first parameter then.
    pub(crate) method: bool,
    pub(crate) parameters: Vec<Type>,
    pub(crate) result: Type,
}

impl Overload {
    /// The overload under this name, as the table has it but for the result.
    pub(crate) fn written(&self, name: &str) -> String {
        let mut parameters: Vec<String> = self.parameters.iter().map(ToString::to_string).collect();
        let target = if self.method { format!("{}.", parameters.remove(0)) } else { String::new() };
        let line = format!("{target}{name}({})", parameters.join(", "));
        let unknown = |line: String, letter: char| {
            line.replace(&format!("_var{}", u32::from(letter)), &letter.to_string())
        };
        ('A'..='Z').fold(line, unknown)
    }
}

static FUNCTIONS: LazyLock<BTreeMap<&'static str, Vec<Overload>>> =
    LazyLock::new(|| read(include_str!("signatures.txt")));

/// The ways to call the function of this name.
pub(crate) fn overloads(name: &str) -> &'static [Overload] {
    FUNCTIONS.get(name).map_or(&[], Vec::as_slice)
}

/// Whether there is a function of this name, which may have dots.
pub(super) fn is_function(name: &str) -> bool {
    FUNCTIONS.contains_key(name)
}

/// Whether a name with dots is a type.
pub(super) fn is_type(name: &str) -> bool {
    name.contains('.') && denoted(name).is_some()
}

/// The names of all functions and methods, without operators.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.keys().copied().filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

fn read(table: &'static str) -> BTreeMap<&'static str, Vec<Overload>> {
    let mut functions: BTreeMap<_, Vec<Overload>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (names, overload) = overload(line);
        for name in names {
            functions.entry(name).or_default().push(overload.clone());
        }
    }
    functions
}

/// Reads `target.name(parameters) -> result`; several names may stand before a shared list of parameters.
fn overload(line: &'static str) -> (Vec<&'static str>, Overload) {
    let (call, result) = line.split_once(" -> ").unwrap_or((line, "dyn"));
    let open = opening(call);
    let (head, inner) = (&call[..open], &call[open + 1..call.len() - 1]);
    let mut reader = Reader { rest: inner };
    let mut parameters = Vec::new();
    while !reader.rest.is_empty() {
        parameters.push(reader.read());
        reader.skip(", ");
    }
    let mut names: Vec<&str> = head.split_whitespace().collect();
    let mut method = false;
    // `ip.isCanonical(…)` has a dot too, but `ip` is no type.
    if let Some((target, name)) = head.rsplit_once('.')
        && (target.ends_with(')') || named(target).is_some())
    {
        parameters.insert(0, Reader { rest: target }.read());
        names = vec![name];
        method = true;
    }
    (names, Overload { method, parameters, result: Reader { rest: result }.read() })
}

/// Where the bracket opens that closes at the end of `call`.
fn opening(call: &str) -> usize {
    let mut depth = 0_usize;
    for (at, character) in call.char_indices().rev() {
        match character {
            ')' => depth += 1,
            '(' if depth == 1 => return at,
            '(' => depth -= 1,
            _ => {}
        }
    }
    0
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn skip(&mut self, text: &str) {
        self.rest = self.rest.strip_prefix(text).unwrap_or(self.rest);
    }

    fn read(&mut self) -> Type {
        let end = self.rest.find(['(', ')', ',']).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        if !rest.starts_with('(') {
            let letter = name.bytes().next().unwrap_or_default();
            let variable = || Type::Var(u32::from(letter));
            return named(name).unwrap_or_else(variable);
        }
        self.skip("(");
        let first = self.read();
        let read = match name {
            "map" => {
                self.skip(", ");
                Type::map(first, self.read())
            }
            "optional_type" => Type::optional(first),
            "type" => Type::of_type(first),
            _ => Type::list(first),
        };
        self.skip(")");
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_reads_as_it_is_written() {
        let table = include_str!("signatures.txt");
        for (name, overloads) in FUNCTIONS.iter() {
            for overload in overloads {
                let result =
                    Overload { method: false, parameters: vec![overload.result.clone()], ..overload.clone() };
                let result = result.written("");
                let line = format!("{} -> {}", overload.written(name), &result[1..result.len() - 1]);
                let shared = ["_<_", "_<=_", "_>_", "_>=_"].contains(name);
                let line = if shared { line.replacen(name, "_<_ _<=_ _>_ _>=_ ", 1) } else { line };
                assert!(table.lines().any(|known| known == line), "{line}");
            }
        }
        assert!(names().count() > 100);
    }

    #[test]
    fn methods_are_told_from_functions_with_dots() {
        assert!(overloads("isCanonical").is_empty());
        assert!(!overloads("ip.isCanonical")[0].method);
        assert!(overloads("charAt")[0].method);
        assert_eq!(overloads("ip").iter().filter(|overload| overload.method).count(), 1);
        assert!(is_type("google.protobuf.Duration"));
        assert!(!is_type("int"));
    }
}
