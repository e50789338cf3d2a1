//! Pure: the value of an expression.

use super::call::call;
use super::cost;
use super::value::{Failure, Outcome, Value};
use crate::cel::ast::{Access, Element, Entry, Kind, Literal, Node, op};
use crate::cel::types::denoted;

/// What one evaluation has at hand.
pub(super) struct Evaluation<'a> {
    pub(super) scope: Vec<(&'a str, Value<'a>)>,
    cost: u64,
    limit: u64,
}

/// The price of a new list, and of a new map.
pub(super) const LIST: u64 = 10;
const MAP: u64 = 30;

impl<'a> Evaluation<'a> {
    pub(super) fn new(variables: Vec<(&'a str, Value<'a>)>, limit: u64) -> Self {
        Self { scope: variables, cost: 0, limit }
    }

    /// What has been spent.
    pub(super) const fn cost(&self) -> u64 {
        self.cost
    }

    pub(super) fn charge(&mut self, units: u64) -> Result<(), Failure> {
        self.cost = self.cost.saturating_add(units);
        if self.cost > self.limit { Err(Failure::TooExpensive) } else { Ok(()) }
    }

    pub(super) fn value(&mut self, node: &'a Node) -> Outcome<'a> {
        match &node.kind {
            Kind::Literal(literal) => Ok(of_literal(literal)),
            Kind::Ident(name) => self.variable(name),
            Kind::Select { operand, field, access } => self.select(operand, field, *access),
            Kind::Call { target, function, args } => self.call(target.as_deref(), function, args),
            Kind::List(elements) => self.list(elements, node),
            Kind::Map(entries) => self.map(entries, node),
            Kind::Message { name, .. } => Err(Failure::new(format!("unknown type '{name}'"))),
            Kind::Comprehension(comprehension) => self.comprehension(comprehension),
        }
    }

    fn variable(&mut self, name: &str) -> Outcome<'a> {
        if let Some((_, value)) = self.scope.iter().rev().find(|(known, _)| *known == name) {
            let value = value.clone();
            self.charge(1)?;
            return Ok(value);
        }
        match denoted(name) {
            Some(ty) => Ok(Value::Type(super::value::type_name(&ty))),
            None => Err(Failure::new(format!("no such attribute(s): {name}"))),
        }
    }

    fn select(&mut self, operand: &'a Node, field: &'a str, access: Access) -> Outcome<'a> {
        let of = match self.value(operand) {
            Err(why) if access == Access::Test => {
                self.cost -= 1;
                return Err(why);
            }
            other => other?,
        };
        let (of, mut optional) = match of {
            Value::Optional(None) if access == Access::Test => return Ok(Value::Bool(false)),
            Value::Optional(None) => return Ok(Value::none()),
            Value::Optional(Some(value)) => (value.as_ref().clone(), true),
            other => (other, false),
        };
        optional |= access == Access::Optional;
        let Value::Map(map) = of else { return Err(Failure::no_such_overload()) };
        let found = map.find(&Value::text(field))?;
        if access == Access::Test {
            return Ok(Value::Bool(found.is_some()));
        }
        self.charge(u64::from(access == Access::Plain || found.is_some()) + start(operand))?;
        wrapped(found, optional, || format!("no such key: {field}"))
    }

    fn index(&mut self, args: &'a [Node], optional: bool) -> Outcome<'a> {
        let [operand, by] = args else { return Err(Failure::no_such_overload()) };
        let of = self.value(operand)?;
        let index = self.value(by)?;
        self.cost -= u64::from(self.is_attribute(by));
        let (of, was_optional) = match of {
            Value::Optional(None) => return Ok(Value::none()),
            Value::Optional(Some(value)) => (value.as_ref().clone(), true),
            other => (other, false),
        };
        let (found, missing) = match &of {
            Value::List(list) => {
                let at = whole_index(&index)?;
                let found = usize::try_from(at).ok().and_then(|at| list.get(at)).transpose()?;
                (found, format!("index out of bounds: {at}"))
            }
            Value::Map(map) => (map.find(&index)?, format!("no such key: {}", key_text(&index))),
            _ => return Err(Failure::no_such_overload()),
        };
        self.charge(u64::from(!optional || found.is_some()) + start(operand))?;
        wrapped(found, optional || was_optional, || missing)
    }

    fn call(&mut self, target: Option<&'a Node>, function: &'a str, args: &'a [Node]) -> Outcome<'a> {
        match (function, args) {
            (op::AND, _) => return self.conditions(args, false),
            (op::OR, _) => return self.conditions(args, true),
            (op::CONDITIONAL, [condition, yes, no]) => {
                let branch = match self.value(condition)? {
                    Value::Bool(true) => yes,
                    Value::Bool(false) => no,
                    _ => return Err(Failure::no_such_overload()),
                };
                let value = self.value(branch);
                self.cost -= u64::from(self.is_attribute(branch));
                return value;
            }
            // Constant lists are sets to the server, in which looking costs nothing; in an empty one nothing is found
            // whatever the value is.
            (op::IN, [_, Node { kind: Kind::List(items), .. }]) if items.is_empty() => {
                return Ok(Value::Bool(false));
            }
            (op::IN, [value, list @ Node { kind: Kind::List(_), .. }]) if is_constant(list) => {
                let value = self.value(value)?;
                return Ok(Value::Bool(value.is_in(&self.value(list)?)?));
            }
            (op::INDEX, _) => return self.index(args, false),
            (op::OPTIONAL_INDEX, _) => return self.index(args, true),
            _ => {}
        }
        if let ("or" | "orValue", Some(target), [other]) = (function, target, args) {
            return self.instead(target, other, function == "or");
        }
        // All arguments are looked at, and paid for, also after one that has no value.
        let mut values = Vec::with_capacity(args.len() + 1);
        let mut failure = None;
        for arg in target.into_iter().chain(args) {
            values.push(Self::or_later(self.value(arg), &mut failure)?);
        }
        let result = match failure {
            Some(why) => Err(why),
            None => self.bounded(function, &values).and_then(|()| call(function, &values)),
        };
        let is_free = is_conversion(function) && args.iter().all(is_constant);
        let is_pattern = result.is_err() && function == "matches" && args.last().is_some_and(is_constant);
        if !is_free && !is_pattern {
            self.charge(cost::of_call(function, &values, result.as_ref().ok()))?;
        }
        result
    }

    /// Whether a node is a variable, or something reached from one by fields and indexes.
    fn is_attribute(&self, node: &Node) -> bool {
        match &node.kind {
            Kind::Ident(name) => self.scope.iter().any(|(known, _)| known == name),
            Kind::Select { operand, access: Access::Plain, .. } => self.is_attribute(operand),
            Kind::Call { target: None, function, args } if function == op::INDEX => {
                args.first().is_some_and(|of| self.is_attribute(of))
            }
            _ => false,
        }
    }

    /// `a.or(b)` and `a.orValue(b)`: what stands in for an absent value is looked at only then.
    fn instead(&mut self, target: &'a Node, other: &'a Node, wrap: bool) -> Outcome<'a> {
        match self.value(target)? {
            Value::Optional(Some(value)) if wrap => Ok(Value::some(value.as_ref().clone())),
            Value::Optional(Some(value)) => Ok(value.as_ref().clone()),
            Value::Optional(None) => self.value(other),
            _ => Err(Failure::no_such_overload()),
        }
    }

    /// Refuses what would be large before it is there.
    fn bounded(&mut self, function: &str, args: &[Value<'a>]) -> Result<(), Failure> {
        match (function, args) {
            ("lists.range", [Value::Int(end)]) if u64::try_from(*end).is_ok_and(|end| end > self.limit) => {
                Err(Failure::TooExpensive)
            }
            _ => Ok(()),
        }
    }

    /// `&&` or `||`: a term that decides does so whatever the others are, also where they have no value.
    fn conditions(&mut self, terms: &'a [Node], decides: bool) -> Outcome<'a> {
        let mut failure = None;
        for term in terms {
            match self.value(term) {
                Ok(Value::Bool(value)) if value == decides => return Ok(Value::Bool(value)),
                Ok(Value::Bool(_)) => {}
                Ok(_) => failure = failure.or_else(|| Some(Failure::no_such_overload())),
                Err(Failure::TooExpensive) => return Err(Failure::TooExpensive),
                Err(why) => failure = failure.or(Some(why)),
            }
        }
        failure.map_or(Ok(Value::Bool(!decides)), Err)
    }

    /// Notes the first failure of several values, and goes on.
    pub(super) fn or_later(value: Outcome<'a>, failure: &mut Option<Failure>) -> Result<Value<'a>, Failure> {
        match value {
            Err(Failure::TooExpensive) => Err(Failure::TooExpensive),
            Err(why) => {
                failure.get_or_insert(why);
                Ok(Value::Null)
            }
            value => value,
        }
    }

    fn list(&mut self, elements: &'a [Element], node: &Node) -> Outcome<'a> {
        let mut values = Vec::with_capacity(elements.len());
        let mut failure = None;
        for element in elements {
            let value = Self::or_later(self.value(&element.value), &mut failure)?;
            match (element.optional, value) {
                (false, value) => values.push(value),
                (true, Value::Optional(value)) => values.extend(value.map(|value| value.as_ref().clone())),
                (true, _) => failure = failure.or_else(|| Some(Failure::no_such_overload())),
            }
        }
        self.charge(if is_constant(node) { 0 } else { LIST })?;
        failure.map_or_else(|| Ok(Value::list(values)), Err)
    }

    fn map(&mut self, entries: &'a [Entry], node: &Node) -> Outcome<'a> {
        let mut values: Vec<(Value<'a>, Value<'a>)> = Vec::with_capacity(entries.len());
        let mut failure = None;
        for entry in entries {
            let key = Self::or_later(self.value(&entry.key), &mut failure)?;
            let value = match (entry.optional, Self::or_later(self.value(&entry.value), &mut failure)?) {
                (false, value) => value,
                (true, Value::Optional(Some(value))) => value.as_ref().clone(),
                (true, Value::Optional(None)) => continue,
                (true, _) => return Err(Failure::no_such_overload()),
            };
            if failure.is_none() && values.iter().any(|(known, _)| known.equals(&key) == Ok(true)) {
                failure = Some(Failure::new(format!("Failed with repeated key: {}", key_text(&key))));
            }
            values.push((key, value));
        }
        self.charge(if is_constant(node) { 0 } else { MAP })?;
        failure.map_or_else(|| Ok(Value::map(values)), Err)
    }
}

/// What it costs that a chain of fields and indexes begins at something else than a variable.
fn start(operand: &Node) -> u64 {
    let is_within = match &operand.kind {
        Kind::Ident(_) | Kind::Select { .. } => true,
        Kind::Call { target: None, function, .. } => {
            matches!(function.as_str(), op::INDEX | op::OPTIONAL_INDEX)
        }
        _ => false,
    };
    u64::from(!is_within)
}

fn wrapped<'a>(found: Option<Value<'a>>, optional: bool, missing: impl FnOnce() -> String) -> Outcome<'a> {
    match found {
        Some(value) if optional => Ok(Value::some(value)),
        Some(value) => Ok(value),
        None if optional => Ok(Value::none()),
        None => Err(Failure::new(missing())),
    }
}

/// The index of a list: any number without a fraction.
fn whole_index(index: &Value<'_>) -> Result<i64, Failure> {
    match index {
        Value::Int(at) => Ok(*at),
        Value::Uint(at) => Ok(i64::try_from(*at).unwrap_or(-1)),
        other => Err(Failure::new(format!("unsupported index: {}", key_text(other)))),
    }
}

pub(super) fn key_text(key: &Value<'_>) -> String {
    super::convert::to_text(key).unwrap_or_else(|_| key.type_name().to_owned())
}

fn is_constant(node: &Node) -> bool {
    match &node.kind {
        Kind::Literal(_) => true,
        Kind::List(elements) => {
            elements.iter().all(|element| !element.optional && is_constant(&element.value))
        }
        Kind::Map(entries) => entries
            .iter()
            .all(|entry| !entry.optional && is_constant(&entry.key) && is_constant(&entry.value)),
        Kind::Call { target: None, function, args } => {
            is_conversion(function) && args.iter().all(is_constant)
        }
        _ => false,
    }
}

fn is_conversion(function: &str) -> bool {
    const CONVERSIONS: [&str; 9] =
        ["bool", "bytes", "double", "duration", "dyn", "int", "string", "timestamp", "uint"];
    CONVERSIONS.contains(&function)
}

fn of_literal(literal: &Literal) -> Value<'_> {
    match literal {
        Literal::Null => Value::Null,
        Literal::Bool(value) => Value::Bool(*value),
        Literal::Int(value) => Value::Int(*value),
        Literal::Uint(value) => Value::Uint(*value),
        Literal::Double(value) => Value::Double(*value),
        Literal::String(text) => Value::String(text.as_str().into()),
        Literal::Bytes(bytes) => Value::Bytes(bytes.as_slice().into()),
    }
}
