//! Pure: an expression made ready for the values of one schema.

use serde_json::Value as Json;

use super::declare::{type_of, visible};
use super::estimate::estimate;
use super::eval::Evaluation;
use super::json::from_json;
use super::size::occurrences_max;
use super::value::{Failure, Value};
use crate::cel::error::Error;
use crate::cel::expr::{Expr, parse};
use crate::cel::types::Type;
use crate::node::Node as Schema;

/// What one expression may cost.
pub const COST_LIMIT: u64 = 1_000_000;

/// The part of an object that expressions at one place of a schema are about.
#[derive(Clone, Debug)]
pub struct Scope {
    schema: Schema,
    ty: Type,
}

impl Scope {
    /// The scope of a schema; `None` where expressions cannot see its values, because they have no type.
    ///
    /// `is_root` says that the values are whole objects, so that `apiVersion`, `kind`, `metadata.name` and
    /// `metadata.generateName` are there whatever the schema says.
    #[must_use]
    pub fn new(schema: &Schema, is_root: bool) -> Option<Self> {
        let schema = visible(schema, is_root || schema.embedded);
        let ty = type_of(&schema)?;
        Some(Self { schema, ty })
    }

    /// How many values of this scope can be in one object at most, going by how small they can be.
    #[must_use]
    pub fn occurrences_max(&self) -> u64 {
        occurrences_max(&self.schema)
    }

    /// The type of `self`.
    #[must_use]
    pub const fn ty(&self) -> &Type {
        &self.ty
    }
}

/// An expression whose names and types are right for a [`Scope`].
#[derive(Clone, Debug)]
pub struct Program {
    expr: Expr,
    ty: Type,
    optional_old_self: bool,
    uses_old_self: bool,
}

/// What an evaluation came to.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Evaluated {
    /// The value, or why there is none.
    pub result: Result<Answer, EvaluationError>,
    /// What it cost.
    pub cost: u64,
}

/// The value of a rule or of a message.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Answer {
    /// `true` or `false`.
    Bool(bool),
    /// A string.
    String(String),
    /// Anything else, as it would be shown.
    Other(String),
}

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EvaluationError {
    /// In the words of the API server: `no such key: a`, `division by zero`.
    Failed(String),
    /// It cost more than it may.
    CostLimit,
}

impl Program {
    /// Reads an expression and checks its names and types.
    ///
    /// # Errors
    ///
    /// The mistakes: one in the text, or all in names and types.
    pub fn compile(source: &str, scope: &Scope, optional_old_self: bool) -> Result<Self, Vec<Error>> {
        let expr = parse(source).map_err(|error| vec![error])?;
        let ty = expr.check(&scope.ty, optional_old_self)?;
        let uses_old_self = expr.uses_old_self();
        Ok(Self { expr, ty, optional_old_self, uses_old_self })
    }

    /// The type of its value.
    #[must_use]
    pub const fn ty(&self) -> &Type {
        &self.ty
    }

    /// Whether it looks at the value from before an update.
    #[must_use]
    pub const fn uses_old_self(&self) -> bool {
        self.uses_old_self
    }

    /// What it can cost at most over one value of the scope that it was compiled for, whatever that is.
    #[must_use]
    pub fn cost_max(&self, scope: &Scope) -> u64 {
        let types = self.expr.types(&scope.ty, self.optional_old_self).types;
        estimate(&self.expr.root, &types, &scope.schema)
    }

    /// Evaluates it over a value of the scope that it was compiled for.
    #[must_use]
    pub fn evaluate(&self, scope: &Scope, value: &Json, old: Option<&Json>, limit: u64) -> Evaluated {
        let read = |json| from_json(json, &scope.schema);
        let variables = read(value).and_then(|of_self| {
            let mut variables = vec![("self", of_self)];
            match old.map(read).transpose()? {
                Some(old) if self.optional_old_self => variables.push(("oldSelf", Value::some(old))),
                None if self.optional_old_self => variables.push(("oldSelf", Value::none())),
                Some(old) => variables.push(("oldSelf", old)),
                None => {}
            }
            Ok(variables)
        });
        let mut evaluation;
        let (result, cost) = match variables {
            Ok(variables) => {
                evaluation = Evaluation::new(variables, limit.min(COST_LIMIT));
                let result = evaluation.value(&self.expr.root).map(answer);
                (result, evaluation.cost())
            }
            Err(failure) => (Err(failure), 0),
        };
        let result = result.map_err(|failure| match failure {
            Failure::Error(message) => EvaluationError::Failed(message),
            Failure::TooExpensive => EvaluationError::CostLimit,
        });
        Evaluated { result, cost }
    }
}

fn answer(value: Value<'_>) -> Answer {
    match value {
        Value::Bool(value) => Answer::Bool(value),
        Value::String(text) => Answer::String(text.into_owned()),
        other => Answer::Other(super::format_string::shown(&other)),
    }
}
