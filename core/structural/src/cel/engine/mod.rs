//! Evaluation: from an expression, a schema and an object to a value.

mod arithmetic;
mod call;
mod clock;
mod comprehension;
mod convert;
mod cost;
mod declare;
mod estimate;
mod estimate_call;
mod eval;
mod format_string;
mod go_text;
mod json;
mod lists;
mod named_format;
mod network;
mod optional;
mod program;
mod semver;
mod size;
mod strings;
mod url;
mod value;

pub use self::program::{Answer, COST_LIMIT, Evaluated, EvaluationError, Program, Scope};
