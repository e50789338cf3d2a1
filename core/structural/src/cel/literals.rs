//! Pure: literals that the API server looks at before there is a value: lists of one type, patterns, times, format
//! strings.

use super::ast::{Kind, Literal, Node};
use super::error::Error;
use super::go;
use super::time::{self, Timestamp};
use super::types::Type;
use crate::pattern;

/// Everything that is wrong with the literals of a tree whose types are right.
pub(super) fn check(root: &Node, types: &[Type]) -> Vec<Error> {
    let mut checker = Checker { types, errors: Vec::new() };
    checker.visit(root, false);
    checker.errors
}

struct Checker<'a> {
    types: &'a [Type],
    errors: Vec<Error>,
}

impl Checker<'_> {
    fn ty(&self, node: &Node) -> &Type {
        &self.types[node.id]
    }

    fn note(&mut self, at: usize, message: impl Into<String>) {
        self.errors.push(Error::new(at, message));
    }

    /// `mixed`: lists may hold values of several types here, because they are formatted.
    fn visit(&mut self, node: &Node, mixed: bool) {
        let mut inner_mixed = mixed;
        match &node.kind {
            Kind::List(elements) if !mixed => {
                let nodes = elements.iter().map(|element| (&element.value, element.optional));
                self.same_type(&nodes.collect::<Vec<_>>(), true);
            }
            Kind::Map(entries) if !mixed => {
                let keys: Vec<_> = entries.iter().map(|entry| (&entry.key, false)).collect();
                let values: Vec<_> = entries.iter().map(|entry| (&entry.value, entry.optional)).collect();
                self.same_type(&keys, false);
                self.same_type(&values, false);
            }
            Kind::Call { target, function, args } => {
                inner_mixed = mixed || function == "format";
                self.call(target.as_deref(), function, args, node);
            }
            _ => {}
        }
        node.kind.each_child(&mut |child| self.visit(child, inner_mixed));
    }

    fn same_type(&mut self, nodes: &[(&Node, bool)], first_only: bool) {
        let opened = |checker: &Self, node: &Node, optional: bool| match checker.ty(node) {
            Type::Optional(value) if optional => value.as_ref().clone(),
            other => other.clone(),
        };
        let Some(((first, optional), rest)) = nodes.split_first() else { return };
        let expected = opened(self, first, *optional);
        for (node, optional) in rest {
            let found = opened(self, node, *optional);
            if found != expected {
                self.note(node.at, format!("expected type '{expected}' but found '{found}'"));
                if first_only {
                    return;
                }
            }
        }
    }

    fn call(&mut self, target: Option<&Node>, function: &str, args: &[Node], node: &Node) {
        let literals: Vec<Option<&Literal>> = args.iter().map(literal).collect();
        match (function, literals.as_slice()) {
            ("duration", [Some(Literal::String(text)), ..]) if time::duration(text).is_none() => {
                self.note(args[0].at, "invalid duration argument");
            }
            ("timestamp", [Some(Literal::String(text)), ..])
                if !Timestamp::parse(text).is_some_and(Timestamp::is_in_range) =>
            {
                self.note(args[0].at, "invalid timestamp argument");
            }
            ("matches", [Some(Literal::String(text)), ..]) => {
                if let Err(problem) = pattern::check(text) {
                    let mut error = Error::new(args[0].at, "invalid matches argument");
                    error.hint = Some(format!("{problem}, at column {} of the pattern", problem.column()));
                    self.errors.push(error);
                }
            }
            ("find" | "findAll", [Some(Literal::String(text)), ..]) => {
                if let Err(problem) = pattern::check(text) {
                    self.note(args[0].at, format!("error parsing regexp: {problem}"));
                }
            }
            ("bool" | "int" | "uint" | "double", [Some(Literal::String(text))])
                if !converts(function, text) =>
            {
                self.note(args[0].at, format!("type conversion error from 'string' to '{function}'"));
            }
            ("format", [_]) => self.format(target, &args[0], node),
            _ => {}
        }
    }

    /// Whether a literal list fits a literal format string.
    fn format(&mut self, target: Option<&Node>, list: &Node, call: &Node) {
        let (Some(Literal::String(template)), Kind::List(elements)) = (target.and_then(literal), &list.kind)
        else {
            return;
        };
        let mut next = 0;
        let mut rest = template.as_str();
        while let Some(percent) = rest.find('%') {
            rest = &rest[percent + 1..];
            if let Some(after) = rest.strip_prefix('%') {
                rest = after;
                continue;
            }
            let after = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
            let Some(clause) = after.chars().next() else {
                return self.note(call.at, "unexpected end of string");
            };
            let Some(element) = elements.get(next) else {
                return self.note(call.at, format!("index {next} out of range"));
            };
            rest = &after[clause.len_utf8()..];
            next += 1;
            let found = self.ty(&element.value).clone();
            match misfit(clause, &found) {
                Some("") => {
                    let why = format!("unrecognized formatting clause \"{clause}\"");
                    return self.note(call.at, format!("could not parse formatting clause: {why}"));
                }
                Some(why) => {
                    let text = format!("error during formatting: {why}, was given {}", name(&found));
                    return self.note(element.value.at, text);
                }
                None => {}
            }
        }
        if elements.len() > next {
            let count = elements.len();
            self.note(
                call.at,
                format!("too many arguments supplied to string.format (expected {next}, got {count})"),
            );
        }
    }
}

fn literal(node: &Node) -> Option<&Literal> {
    match &node.kind {
        Kind::Literal(literal) => Some(literal),
        _ => None,
    }
}

fn converts(function: &str, text: &str) -> bool {
    match function {
        "bool" => go::parse_bool(text).is_some(),
        "int" => go::parse_int(text).is_some(),
        "uint" => text.parse::<u64>().is_ok() && !text.starts_with('+'),
        _ => go::parse_float(text).is_some(),
    }
}

/// Why a clause does not take values of a type; an empty text for a clause that does not exist.
fn misfit(clause: char, ty: &Type) -> Option<&'static str> {
    let (fits, why) = match clause {
        's' => (
            !matches!(ty, Type::Object(_) | Type::Opaque(_) | Type::Optional(_)),
            "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps",
        ),
        'd' => (matches!(ty, Type::Int | Type::Uint), "decimal clause can only be used on integers"),
        'f' => (matches!(ty, Type::Double), "fixed-point clause can only be used on doubles"),
        'e' => (matches!(ty, Type::Double), "scientific clause can only be used on doubles"),
        'b' => (
            matches!(ty, Type::Int | Type::Uint | Type::Bool),
            "only integers and bools can be formatted as binary",
        ),
        'o' => (matches!(ty, Type::Int | Type::Uint), "octal clause can only be used on integers"),
        'x' | 'X' => (
            matches!(ty, Type::Int | Type::Uint | Type::String | Type::Bytes),
            "only integers, byte buffers, and strings can be formatted as hex",
        ),
        _ => (false, ""),
    };
    (!fits && (*ty != Type::Dyn || why.is_empty())).then_some(why)
}

/// The name of a type without what is inside of it.
fn name(ty: &Type) -> String {
    match ty {
        Type::Timestamp => "google.protobuf.Timestamp".to_owned(),
        Type::Duration => "google.protobuf.Duration".to_owned(),
        Type::Null => "null_type".to_owned(),
        other => other.to_string().split('(').next().unwrap_or_default().to_owned(),
    }
}
