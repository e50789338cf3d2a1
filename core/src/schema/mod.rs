//! What a type looks like to the API server, known at compile time.
//!
//! `#[derive(Schema)]` builds a tree of constants ([`Node`]) from a type. The derive checks the paths
//! of columns, scale and indexes against it, each with an error at the path; the OpenAPI schema of a
//! custom resource definition is written from it and cannot fail.

mod check;
mod node;
mod path;
mod render;
mod text;
mod types;

pub use self::check::{check_column, check_pattern, check_range, check_scale};
pub use self::node::{Field, Node, Number, Rules, Shape};
pub use self::path::{BOOLEAN_KEY, INTEGER_KEY, KeyKind, STRING_KEY, json_path, key_kind};
pub use self::render::{column_type, default_value, json_schema};

/// A type that can stand in a custom resource.
///
/// # Examples
///
/// ```
/// use kubist::schema::{Schema, Shape};
///
/// assert!(matches!(Vec::<String>::SCHEMA.shape, Shape::List(_)));
/// assert!(Option::<i32>::SCHEMA.optional);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used in a custom resource",
    label = "`{Self}` has no schema",
    note = "derive it: `#[derive(Schema)]` on `{Self}`"
)]
pub trait Schema {
    /// The schema of the type.
    const SCHEMA: &'static Node;
}
