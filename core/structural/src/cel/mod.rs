//! The Common Expression Language, as the API server speaks it in the rules of a schema.

mod ast;
mod chain;
mod error;
mod escape;
mod expr;
mod lexer;
mod literal;
mod macros;
mod parser;
#[cfg(test)]
mod parser_tests;
mod signature;
mod token;
mod types;

pub use self::chain::Chain;
pub use self::error::Error;
pub use self::escape::{escape, unescape};
pub use self::expr::{Expr, parse};
pub use self::types::{ObjectType, Type};
