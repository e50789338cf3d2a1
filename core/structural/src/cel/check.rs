//! Pure: the types of an expression, with the API server's words for what does not fit.

use super::ast::{Access, Comprehension, Kind, Literal, Macro, Node, op};
use super::error::Error;
use super::infer::Inference;
use super::literals;
use super::nearest::nearest;
use super::signature;
use super::token::is_reserved;
use super::types::{ObjectType, Type, denoted};

/// What other languages call the functions of this one.
fn called_elsewhere(function: &str) -> Option<&'static str> {
    Some(match function {
        "length" | "len" | "count" => "size",
        "toLowerCase" | "lower" | "toLower" => "lowerAscii",
        "toUpperCase" | "upper" | "toUpper" => "upperAscii",
        "includes" | "has_key" => "contains",
        "any" | "some" => "exists",
        "every" => "all",
        "regex" | "test" => "matches",
        _ => return None,
    })
}

/// What was found out about the nodes of a tree, by their numbers.
#[derive(Clone, Debug)]
pub(crate) struct Checked {
    pub(crate) types: Vec<Type>,
    pub(crate) errors: Vec<Error>,
}

/// Finds the type of every node of a tree with so many nodes.
pub(super) fn check(root: &Node, nodes: usize, variables: Vec<(String, Type)>) -> Checked {
    let mut checker = Checker {
        scope: variables,
        inference: Inference::default(),
        types: vec![Type::Error; nodes],
        errors: Vec::new(),
    };
    checker.visit(root);
    let Checker { inference, types, mut errors, .. } = checker;
    let types: Vec<Type> = types.iter().map(|ty| inference.settle(ty)).collect();
    if errors.is_empty() {
        errors = literals::check(root, &types);
    }
    Checked { types, errors }
}

struct Checker {
    scope: Vec<(String, Type)>,
    inference: Inference,
    types: Vec<Type>,
    errors: Vec<Error>,
}

impl Checker {
    fn note(&mut self, at: usize, message: String, hint: Option<String>) -> Type {
        self.errors.push(Error { message, hint, offset: at });
        Type::Error
    }

    fn visit(&mut self, node: &Node) -> Type {
        let ty = match &node.kind {
            Kind::Literal(literal) => of_literal(literal),
            Kind::Ident(name) => self.variable(name, node.at),
            Kind::Select { operand, field, access } => self.select(operand, field, *access, node.at),
            Kind::Call { target, function, args } => self.call(target.as_deref(), function, args, node.at),
            Kind::List(elements) => {
                let mut item = None;
                for element in elements {
                    let ty = self.visit(&element.value);
                    item = Some(self.element(item, ty, element.optional, element.value.at));
                }
                Type::list(item.unwrap_or_else(|| self.inference.unknown()))
            }
            Kind::Map(entries) => {
                let (mut key, mut value) = (None, None);
                for entry in entries {
                    let ty = self.visit(&entry.key);
                    key = Some(self.element(key, ty, false, entry.key.at));
                    let ty = self.visit(&entry.value);
                    value = Some(self.element(value, ty, entry.optional, entry.value.at));
                }
                let key = key.unwrap_or_else(|| self.inference.unknown());
                Type::map(key, value.unwrap_or_else(|| self.inference.unknown()))
            }
            Kind::Message { name, fields } => {
                for (_, value) in fields {
                    self.visit(value);
                }
                self.undeclared(name, node.at, None)
            }
            Kind::Comprehension(comprehension) => self.comprehension(comprehension, node.at),
        };
        self.types[node.id] = ty.clone();
        ty
    }

    fn undeclared(&mut self, name: &str, at: usize, hint: Option<String>) -> Type {
        self.note(at, format!("undeclared reference to '{name}' (in container '')"), hint)
    }

    fn variable(&mut self, name: &str, at: usize) -> Type {
        if let Some((_, ty)) = self.scope.iter().rev().find(|(known, _)| known == name) {
            return ty.clone();
        }
        if let Some(ty) = denoted(name) {
            return Type::of_type(ty);
        }
        let hint = self.hint_for_variable(name);
        self.undeclared(name, at, hint)
    }

    fn hint_for_variable(&self, name: &str) -> Option<String> {
        let known = self.scope.iter().map(|(known, _)| known.as_str());
        if let Some(near) = nearest(name, known) {
            return Some(format!("did you mean `{near}`?"));
        }
        let (_, of_self) = self.scope.iter().find(|(known, _)| known == "self")?;
        let is_field = match of_self {
            Type::Object(object) => object.fields.contains_key(name),
            _ => true,
        };
        is_field.then(|| format!("the value is `self`, its field `self.{name}`"))
    }

    fn select(&mut self, operand: &Node, field: &str, access: Access, at: usize) -> Type {
        let of = self.visit(operand);
        let of = self.inference.resolve(&of);
        let (target, was_optional) = match &of {
            Type::Optional(value) => (value.as_ref().clone(), true),
            other => (other.clone(), false),
        };
        let found = match &target {
            Type::Map(_, value) => value.as_ref().clone(),
            Type::Object(object) => match object.fields.get(field).or_else(|| reserved(object, field)) {
                Some(ty) => ty.clone(),
                None => {
                    let near = nearest(field, object.fields.keys().map(String::as_str));
                    let hint = near.map(|near| format!("did you mean `{near}`?"));
                    self.note(at, format!("undefined field '{field}'"), hint)
                }
            },
            Type::Var(_) => {
                self.inference.fits(&Type::Dyn, &target);
                Type::Dyn
            }
            Type::Dyn | Type::Error => Type::Dyn,
            other => {
                self.note(at, format!("type '{other}' does not support field selection"), None);
                Type::Dyn
            }
        };
        match access {
            Access::Test => Type::Bool,
            Access::Optional => Type::optional(found),
            Access::Plain if was_optional => Type::optional(found),
            Access::Plain => self.inference.resolve(&found),
        }
    }

    fn call(&mut self, target: Option<&Node>, function: &str, args: &[Node], at: usize) -> Type {
        // Mistakes are told in the order in which the server finds them: arguments first.
        let mut types: Vec<Type> = args.iter().map(|arg| self.visit(arg)).collect();
        if let Some(target) = target {
            types.insert(0, self.visit(target));
        }
        if matches!(function, op::AND | op::OR) {
            return self.conditions(args, &types);
        }
        if signature::overloads(function).is_empty() {
            let near = called_elsewhere(function).or_else(|| nearest(function, signature::names()));
            let hint = near.map(|near| format!("did you mean `{near}`?"));
            return self.undeclared(function, at, hint);
        }
        self.resolve_call(function, target.is_some(), types, at)
    }

    fn conditions(&mut self, args: &[Node], types: &[Type]) -> Type {
        let mut result = Type::Bool;
        for (arg, ty) in args.iter().zip(types) {
            if !self.inference.fits(ty, &Type::Bool) {
                result = self.mismatch(arg.at, &Type::Bool, ty);
            }
        }
        result
    }

    fn mismatch(&mut self, at: usize, expected: &Type, found: &Type) -> Type {
        self.note(at, format!("expected type '{expected}' but found '{found}'"), None)
    }

    /// The type of a call with arguments of these types; the target, if there is one, comes first.
    fn resolve_call(&mut self, function: &str, method: bool, types: Vec<Type>, at: usize) -> Type {
        let mut result: Option<Type> = None;
        for overload in signature::overloads(function).iter().filter(|overload| overload.method == method) {
            let mut signature: Vec<&Type> = overload.parameters.iter().collect();
            signature.push(&overload.result);
            let mut signature = self.inference.instance(&signature);
            let Some(of_result) = signature.pop() else { continue };
            if self.inference.all_fit(&types, &signature) {
                let of_result = self.inference.resolve(&of_result);
                result = Some(match result {
                    Some(first) if first == of_result => first,
                    Some(_) => Type::Dyn,
                    None => of_result,
                });
            }
        }
        if let Some(result) = result {
            return result;
        }
        let mut shown: Vec<String> = types.iter().map(|ty| self.inference.settle(ty).to_string()).collect();
        let target = if method { shown.remove(0) + "." } else { String::new() };
        let message = format!(
            "found no matching overload for '{function}' applied to '{target}({})'",
            shown.join(", ")
        );
        let hint = hint_for_call(function, method, &types);
        self.note(at, message, hint)
    }

    /// The type of the items of a literal so far, with one more.
    fn element(&mut self, so_far: Option<Type>, ty: Type, optional: bool, at: usize) -> Type {
        let ty = match ty {
            Type::Optional(value) if optional => value.as_ref().clone(),
            Type::Dyn => Type::Dyn,
            other if optional => self.mismatch(at, &Type::optional(other.clone()), &other),
            other => other,
        };
        // Where values of several types are not allowed, `literals` says so.
        self.inference.join(so_far, &ty).unwrap_or(Type::Dyn)
    }

    fn comprehension(&mut self, comprehension: &Comprehension, at: usize) -> Type {
        let range = self.visit(&comprehension.range);
        let range = self.inference.resolve(&range);
        let (first, second) = match comprehension.what {
            Macro::OptMap | Macro::OptFlatMap => (self.opened(range.clone(), at), Type::Error),
            _ => self.items(&range, comprehension),
        };
        let outer = self.scope.len();
        self.scope.push((comprehension.first.clone(), first.clone()));
        if let Some(name) = &comprehension.second {
            self.scope.push((name.clone(), second));
        }
        let filter = comprehension.filter.as_ref().map(|filter| self.visit(filter));
        let body = self.visit(&comprehension.body);
        self.scope.truncate(outer);
        let result = match comprehension.what {
            Macro::All | Macro::Exists => {
                self.conditions(std::slice::from_ref(&comprehension.body), std::slice::from_ref(&body));
                Type::Bool
            }
            Macro::ExistsOne => {
                self.resolve_call(op::CONDITIONAL, false, vec![body, Type::Int, Type::Int], at);
                Type::Bool
            }
            Macro::Filter => {
                let list = Type::list(first);
                self.resolve_call(op::CONDITIONAL, false, vec![body, list.clone(), list], at)
            }
            Macro::Map => self.filtered(filter, Type::list(body), at),
            Macro::TransformMap => self.filtered(filter, Type::map(first, body), at),
            Macro::TransformMapEntry => {
                let (key, value) = (self.inference.unknown(), self.inference.unknown());
                let map = Type::map(key, value);
                if !self.inference.fits(&body, &map) {
                    let message = format!(
                        "found no matching overload for 'cel.@mapInsert' applied to '({map}, {body})'"
                    );
                    self.note(at, message, None);
                }
                self.filtered(filter, map, at)
            }
            Macro::SortBy => {
                if !is_ordered(&self.inference.resolve(&body)) {
                    self.note(
                        comprehension.body.at,
                        format!("sortBy() cannot compare values of type '{body}'"),
                        None,
                    );
                }
                range
            }
            Macro::OptMap => Type::optional(body),
            Macro::OptFlatMap => {
                let wanted = Type::optional(self.inference.unknown());
                self.resolve_call(op::CONDITIONAL, false, vec![Type::Bool, body, wanted], at)
            }
        };
        self.inference.resolve(&result)
    }

    fn filtered(&mut self, filter: Option<Type>, result: Type, at: usize) -> Type {
        match filter {
            Some(filter) => {
                self.resolve_call(op::CONDITIONAL, false, vec![filter, result.clone(), result], at)
            }
            None => result,
        }
    }

    /// The type inside of an optional that is given a name.
    fn opened(&mut self, of: Type, at: usize) -> Type {
        match self.resolve_call("hasValue", true, vec![of.clone()], at) {
            Type::Error => Type::Error,
            _ => self.resolve_call("value", true, vec![of], at),
        }
    }

    /// The types of the names that a macro gives.
    fn items(&mut self, range: &Type, comprehension: &Comprehension) -> (Type, Type) {
        let two = comprehension.second.is_some();
        match range {
            Type::List(item) if two => (Type::Int, item.as_ref().clone()),
            Type::List(item) => (item.as_ref().clone(), Type::Error),
            Type::Map(key, value) => (key.as_ref().clone(), value.as_ref().clone()),
            Type::Dyn | Type::Error | Type::Var(_) => {
                self.inference.fits(&Type::Dyn, range);
                (Type::Dyn, Type::Dyn)
            }
            other => {
                let message = format!(
                    "expression of type '{other}' cannot be range of a comprehension (must be list, map, or dynamic)"
                );
                self.note(comprehension.range.at, message, None);
                (Type::Error, Type::Error)
            }
        }
    }
}

/// The field of a name that is a reserved word, which may be written as it is behind a dot.
fn reserved<'a>(object: &'a ObjectType, field: &str) -> Option<&'a Type> {
    is_reserved(field).then(|| object.fields.get(&format!("__{field}__")))?
}

fn of_literal(literal: &Literal) -> Type {
    match literal {
        Literal::Null => Type::Null,
        Literal::Bool(_) => Type::Bool,
        Literal::Int(_) => Type::Int,
        Literal::Uint(_) => Type::Uint,
        Literal::Double(_) => Type::Double,
        Literal::String(_) => Type::String,
        Literal::Bytes(_) => Type::Bytes,
    }
}

fn is_ordered(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Bool
            | Type::Bytes
            | Type::Double
            | Type::Duration
            | Type::Timestamp
            | Type::Int
            | Type::String
            | Type::Uint
            | Type::Dyn
            | Type::Error
    )
}

/// What was probably meant by a call that fits no signature.
fn hint_for_call(function: &str, method: bool, types: &[Type]) -> Option<String> {
    let number = |ty: &Type| matches!(ty, Type::Int | Type::Uint | Type::Double);
    let is_operator = !function.starts_with(|c: char| c.is_ascii_alphabetic());
    let other_way = signature::overloads(function).iter().all(|overload| overload.method != method);
    match types {
        [a, b] if is_operator && a != b && number(a) && number(b) => {
            Some(format!("convert one of them: `{a}(…)` or `{b}(…)`"))
        }
        _ if !is_operator && other_way && method => Some(format!("it is a function: `{function}(…)`")),
        _ if !is_operator && other_way => Some(format!("it is a method: `value.{function}(…)`")),
        _ if !is_operator => known_calls(function, method),
        _ => None,
    }
}

/// The ways to call a function, where there are few of them.
fn known_calls(function: &str, method: bool) -> Option<String> {
    let known = signature::overloads(function).iter().filter(|overload| overload.method == method);
    let known: Vec<String> = known.map(|overload| format!("`{}`", overload.written(function))).collect();
    (known.len() <= 3).then(|| format!("there is {}", known.join(" and ")))
}
