//! Pure: what an expression can cost at most, whatever the object: the server refuses rules by it.

use super::estimate_call::{Arg, of_call, overloads};
use super::size::{Size, at};
use crate::cel::ast::{Access, Comprehension, Kind, Literal, Macro, Node, op};
use crate::cel::types::Type;
use crate::node::Node as Schema;

/// The cost of making a list, and of making a map.
const LIST: u64 = 10;
const MAP: u64 = 30;

/// The most that an expression can cost over values of this schema; `types` are those of its nodes.
pub(super) fn estimate(root: &Node, types: &[Type], schema: &Schema) -> u64 {
    let nothing = Known { path: Vec::new(), size: None, item: None };
    let mut estimator = Estimator { schema, types, known: vec![nothing; types.len()], variables: Vec::new() };
    estimator.cost(root)
}

/// What is known of a value.
#[derive(Clone, Debug)]
struct Known {
    /// The way to it in the object.
    path: Vec<String>,
    size: Option<Size>,
    /// The size of the items of a list, and whether it is a list: else what is known is about keys.
    item: Option<Size>,
}

struct Estimator<'a> {
    schema: &'a Schema,
    types: &'a [Type],
    /// By the numbers of the nodes.
    known: Vec<Known>,
    variables: Vec<(String, Known)>,
}

impl Estimator<'_> {
    fn ty(&self, node: &Node) -> &Type {
        &self.types[node.id]
    }

    fn variable(&self, name: &str) -> Option<&Known> {
        self.variables.iter().rev().find(|(known, _)| known == name).map(|(_, known)| known)
    }

    fn path(&self, node: &Node) -> Vec<String> {
        if let Kind::Ident(name) = &node.kind
            && let Some(known) = self.variable(name)
        {
            return known.path.clone();
        }
        self.known[node.id].path.clone()
    }

    fn size(&self, node: &Node) -> Option<Size> {
        if let Some(size) = self.known[node.id].size {
            return Some(size);
        }
        match &node.kind {
            Kind::Literal(Literal::String(text)) => return Some(Size::exactly(text.chars().count() as u64)),
            Kind::Literal(Literal::Bytes(bytes)) => return Some(Size::exactly(bytes.len() as u64)),
            Kind::Literal(_) => return Some(Size::exactly(1)),
            Kind::List(elements) => return Some(Size::exactly(elements.len() as u64)),
            Kind::Map(entries) => return Some(Size::exactly(entries.len() as u64)),
            _ => {}
        }
        if let Some(size) = at(self.schema, &self.path(node)) {
            return Some(size);
        }
        if is_scalar(self.ty(node)) {
            return Some(Size::exactly(1));
        }
        match &node.kind {
            Kind::Ident(name) => self.variable(name).and_then(|known| known.size),
            _ => None,
        }
    }

    fn size_or_unknown(&self, node: &Node) -> Size {
        self.size(node).unwrap_or(Size::UNKNOWN)
    }

    /// The size of the items of a list that an expression makes.
    fn item(&self, node: &Node) -> Option<Size> {
        self.known[node.id].item.or_else(|| match &node.kind {
            Kind::Ident(name) => self.variable(name).and_then(|known| known.item),
            _ => None,
        })
    }

    fn cost(&mut self, node: &Node) -> u64 {
        match &node.kind {
            Kind::Literal(_) => 0,
            Kind::Ident(name) => {
                let path = self.variable(name).map(|known| known.path.clone());
                self.known[node.id].path = path.unwrap_or_else(|| vec![name.clone()]);
                1
            }
            Kind::Select { operand, access: Access::Test, .. } => self.cost(operand),
            // `a.?b` is a call.
            Kind::Select { operand, access: Access::Optional, .. } => self.cost(operand).saturating_add(1),
            Kind::Select { operand, field, access: Access::Plain } => {
                let cost = self.cost(operand);
                let mut path = self.path(operand);
                path.push(field.clone());
                self.known[node.id].path = path;
                let is_read = matches!(self.ty(operand), Type::Map(..) | Type::Object(_) | Type::Var(_));
                cost.saturating_add(u64::from(is_read))
            }
            Kind::Call { target, function, args } => self.call(node, target.as_deref(), function, args),
            Kind::List(elements) => {
                let costs = elements.iter().map(|element| self.cost(&element.value)).collect::<Vec<_>>();
                let sizes = elements.iter().map(|element| self.size_or_unknown(&element.value));
                self.known[node.id].item = Some(sizes.reduce(Size::or).unwrap_or(Size::exactly(0)));
                sum(costs).saturating_add(LIST)
            }
            Kind::Map(entries) => {
                let costs = entries.iter().flat_map(|entry| [self.cost(&entry.key), self.cost(&entry.value)]);
                sum(costs.collect::<Vec<_>>()).saturating_add(MAP)
            }
            Kind::Message { fields, .. } => {
                sum(fields.iter().map(|(_, value)| self.cost(value)).collect::<Vec<_>>())
            }
            Kind::Comprehension(comprehension) => self.comprehension(node, comprehension),
        }
    }

    fn call(&mut self, node: &Node, target: Option<&Node>, function: &str, args: &[Node]) -> u64 {
        if function == "dyn"
            && let [arg] = args
        {
            let cost = self.cost(arg);
            let known = Known { path: Vec::new(), size: self.size(arg), item: self.item(arg) };
            self.known[node.id] = known;
            return cost.saturating_add(1);
        }
        let costs: Vec<u64> = args.iter().map(|arg| self.cost(arg)).collect();
        let of_target = target.map_or(0, |target| self.cost(target));
        match (function, costs.as_slice()) {
            (op::AND | op::OR, _) => return sum(costs),
            (op::CONDITIONAL, [condition, yes, no]) => {
                let [_, first, second] = args else { return u64::MAX };
                self.known[node.id].size = Some(self.size_or_unknown(first).or(self.size_or_unknown(second)));
                self.known[node.id].item = self.both_items(first, second);
                return condition.saturating_add(*yes.max(no));
            }
            (op::ADD, [_, _]) => self.known[node.id].item = self.both_items(&args[0], &args[1]),
            _ => {}
        }
        let arguments: Vec<Arg<'_>> = args.iter().map(|arg| self.described(arg)).collect();
        let of = target.map(|target| self.described(target));
        let estimates = overloads(function, of.as_ref(), &arguments);
        let estimates = estimates.iter().map(|overload| of_call(function, overload, of.as_ref(), &arguments));
        let mut most = 0;
        let mut size: Option<Size> = None;
        for (cost, result) in estimates {
            most = most.max(cost);
            size = match (size, result) {
                (Some(size), Some(result)) => Some(size.or(result)),
                (size, result) => size.or(result),
            };
        }
        if function == op::INDEX
            && let [of, _] = args
        {
            let mut path = self.path(of);
            path.push(if matches!(self.ty(of), Type::List(_)) { "@items" } else { "@values" }.to_owned());
            size = self.item(of);
            self.known[node.id].path = path;
        }
        self.known[node.id].size = size.or_else(|| self.size(node));
        sum(costs).saturating_add(of_target).saturating_add(most)
    }

    fn described<'n>(&'n self, node: &'n Node) -> Arg<'n> {
        Arg {
            size: self.size_or_unknown(node),
            ty: self.ty(node),
            literal: if let Kind::Literal(literal) = &node.kind { Some(literal) } else { None },
            item: self.item_by_path(node),
        }
    }

    fn both_items(&self, first: &Node, second: &Node) -> Option<Size> {
        Some(self.item(first)?.or(self.item(second)?))
    }

    /// The size of the items of a list, by what the schema says of them.
    fn item_by_path(&self, node: &Node) -> Size {
        let mut path = self.path(node);
        if path.is_empty() {
            return Size::UNKNOWN;
        }
        path.push("@items".to_owned());
        at(self.schema, &path).unwrap_or(Size::UNKNOWN)
    }

    fn comprehension(&mut self, node: &Node, comprehension: &Comprehension) -> u64 {
        let range = self.cost(&comprehension.range);
        if matches!(comprehension.what, Macro::OptMap | Macro::OptFlatMap) {
            return self.opened(comprehension, range);
        }
        let variables = self.variables.len();
        let is_list = self.item(&comprehension.range).is_some()
            || matches!(self.ty(&comprehension.range), Type::List(_));
        let item = self.item(&comprehension.range);
        let below = |step: &str, size: Option<Size>| {
            let mut path = self.path(&comprehension.range);
            path.push(step.to_owned());
            Known { path, size, item: None }
        };
        let names = match (&comprehension.second, is_list) {
            (None, true) => vec![(comprehension.first.clone(), below("@items", item))],
            (None, false) => vec![(comprehension.first.clone(), below("@keys", None))],
            (Some(second), true) => vec![
                (comprehension.first.clone(), below("@indices", item.map(|_| Size::exactly(1)))),
                (second.clone(), below("@items", item)),
            ],
            (Some(second), false) => vec![
                (comprehension.first.clone(), below("@keys", None)),
                (second.clone(), below("@values", None)),
            ],
        };
        self.variables.extend(names);
        let filter = comprehension.filter.as_ref().map(|filter| self.cost(filter));
        let body = self.cost(&comprehension.body);
        let of_body = self.size_or_unknown(&comprehension.body);
        let of_first =
            self.variables.get(variables).and_then(|(_, known)| at(self.schema, &known.path).or(known.size));
        self.variables.truncate(variables);
        let count = self.size_or_unknown(&comprehension.range);
        // What is made first, what each turn costs, and what is done with the result: as the macros are spelled out.
        let (start, turn, end) = match comprehension.what {
            Macro::All => (0, body.saturating_add(3), 1),
            Macro::Exists => (0, body.saturating_add(4), 1),
            Macro::ExistsOne => (0, body.saturating_add(2), 2),
            Macro::Filter => (LIST, body.saturating_add(LIST + 3), 1),
            Macro::Map => (LIST, body.saturating_add(LIST + 2), 1),
            Macro::TransformMap => (MAP, body.saturating_add(3), 1),
            Macro::TransformMapEntry => (MAP, body.saturating_add(2), 1),
            // A name for the range, the list of the keys, and the sorting by it.
            Macro::SortBy => {
                (2 * LIST + 3, body.saturating_add(LIST + 2), sorting(count, self.ty(&comprehension.body)))
            }
            Macro::OptMap | Macro::OptFlatMap => (0, 0, 0),
        };
        let turn = filter.map_or(turn, |filter| filter.saturating_add(turn.max(1)));
        let made = match comprehension.what {
            Macro::Filter => Some(of_first.unwrap_or(Size::UNKNOWN)),
            Macro::Map => Some(of_body),
            _ => None,
        };
        self.known[node.id].item = made.map(|size| size.or(Size::exactly(0)));
        self.known[node.id].size = Some(match comprehension.what {
            Macro::All | Macro::Exists | Macro::ExistsOne => Size::exactly(1),
            // The server takes what it compares for what comes out.
            Macro::SortBy => count.times(count),
            _ => count,
        });
        sum([range, start, count.max.saturating_mul(turn), end])
    }

    /// A name for what is in an optional: it is asked for, taken out, and wrapped again.
    fn opened(&mut self, comprehension: &Comprehension, range: u64) -> u64 {
        let name = comprehension.first.clone();
        let size = match self.ty(&comprehension.range) {
            Type::Optional(inner) if is_scalar(inner) => Some(Size::exactly(1)),
            _ => None,
        };
        self.variables.push((name, Known { path: Vec::new(), size, item: None }));
        let body = self.cost(&comprehension.body);
        self.variables.pop();
        let wrapped = u64::from(comprehension.what == Macro::OptMap);
        sum([range, 1, LIST, range, 1, body, wrapped])
    }
}

fn sorting(count: Size, keys: &Type) -> u64 {
    let factor = if matches!(keys, Type::String | Type::Bytes) { 2.1 } else { 2.0 };
    count.times(count).cost(factor).saturating_add(LIST + 1)
}

fn is_scalar(ty: &Type) -> bool {
    match ty {
        Type::Bool | Type::Double | Type::Duration | Type::Int | Type::Timestamp | Type::Uint => true,
        Type::Optional(inner) => is_scalar(inner),
        _ => false,
    }
}

fn sum(costs: impl IntoIterator<Item = u64>) -> u64 {
    costs.into_iter().fold(0, u64::saturating_add)
}
