//! The Common Expression Language, as the API server speaks it in the rules of a schema.

mod ast;
mod chain;
mod check;
#[cfg(feature = "engine")]
mod engine;
mod error;
mod escape;
mod expr;
mod go;
mod infer;
mod lexer;
mod literal;
mod literals;
mod macros;
mod nearest;
mod parser;
#[cfg(test)]
mod parser_tests;
mod signature;
mod time;
mod token;
mod types;

pub use self::chain::Chain;
#[cfg(feature = "engine")]
pub use self::engine::{Answer, COST_LIMIT, Evaluated, EvaluationError, Program, Scope};
pub use self::error::Error;
pub use self::escape::{escape, unescape};
pub use self::expr::{Expr, parse};
pub use self::types::{ObjectType, Type};
