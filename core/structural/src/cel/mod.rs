//! The Common Expression Language, as the API server speaks it in the rules of a schema.
//!
//! [`parse`] reads the whole language: all literals, operators with their precedence, fields, indexes, calls, lists,
//! maps, optionals (`?.`, `[?]`), the macros `has`, `all`, `exists`, `exists_one`, `map`, `filter`, `sortBy`, `optMap`,
//! `optFlatMap`, and with two names `all`, `exists`, `existsOne`, `transformList`, `transformMap`, `transformMapEntry`.
//! [`Expr::check`] knows what can be called: `signatures.txt` beside this file has every function with its types, read
//! out of kube-apiserver v1.37.2. Whatever is not in it (such as `cel.bind`, the `math` library, the authorizer) is
//! unknown to that server's rules too, and refused.
//!
//! With the feature `engine`, `Program` evaluates an expression over JSON by its schema: an integer is an `int` and a
//! number a `double` because the schema says so, strings of the formats `date`, `date-time`, `duration` and `byte` are
//! times and bytes, sets and lists of type map are compared without order, unknown fields are not seen.
//! Values, messages and costs are the server's; what differs is:
//!
//! * mistakes in the text of an expression are told in other words (at the place where the server sees them);
//! * types of structs are called `object` in messages, where the server makes up a name for each;
//! * messages (`google.protobuf.Int64Value{…}`) are read, and refused as undeclared;
//! * `getHours('America/New_York')` and its like know `UTC` and offsets such as `+02:00`, no names of zones;
//! * why a text is no IP address is not told in detail;
//! * an expression may be nested 200 levels deep;
//! * maps keep the order of their JSON, where the server's have none.
//!
//! Nothing here panics, whatever the text: depth, length and cost are bounded.

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
