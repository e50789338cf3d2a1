//! What a type looks like to the API server, known at compile time.
//!
//! `#[derive(Schema)]` builds a tree of constants ([`Node`]) from a type. The derive checks the paths
//! of columns, scale and indexes against it, each with an error at the path; the OpenAPI schema of a
//! custom resource definition is written from it and cannot fail.

#[cfg(feature = "schemars")]
mod bridge;
mod check;
mod keys;
mod kubernetes;
mod names;
mod node;
mod path;
mod render;
mod rules;
pub(crate) mod text;
mod tuples;
mod types;
#[cfg(feature = "validation")]
mod validation;

#[cfg(feature = "schemars")]
pub use self::bridge::schemars_gaps;
pub use self::check::{
    check_cel, check_cel_of_items, check_cel_of_root, check_column, check_column_type, check_field_path,
    check_flatten, check_format, check_key, check_key_field, check_list_key, check_nullable, check_part,
    check_range, check_scale, check_selectable, check_set, check_type, check_variant, items,
};
pub use self::keys::{MapKey, SetItem};
pub use self::kubernetes::OBJECT_META;
#[cfg(not(feature = "schemars"))]
pub use self::node::NeedsSchemars;
pub use self::node::{Field, Node, Number, Shape, Tagging, Union, Variant};
pub use self::path::{BOOLEAN_KEY, INTEGER_KEY, KeyKind, STRING_KEY, json_path, key_kind};
pub use self::render::{column_type, default_value, json_schema};
pub use self::rules::{CelRule, Group, GroupCount, ListType, Rules};
#[cfg(feature = "validation")]
pub use self::validation::{
    FieldError, Problem, StructuralSchema, Written, problems, structural, update_problems, warnings,
};

pub(crate) use self::text::{Message, equal};

/// A type that can stand in a custom resource.
///
/// [`#[derive(Schema)]`](derive@crate::Schema) implements it for structs, newtypes and enums of every tagging. It is there for
/// strings, `bool`, `char`, integers up to 64 bits, floats, `PathBuf`, `IpAddr`, `Option`, `Vec`, `BTreeMap` and `HashMap`
/// whose keys are strings in JSON, sets, arrays, `Box`, `Arc`, `Rc`, `Cow`, `serde_json::Value` (any JSON), and for the types of
/// `k8s-openapi` that the kinds of a real API server are made of:
/// `PodTemplateSpec`, `Condition`, `LabelSelector`, `Quantity`, `IntOrString`, `Time`, `RawExtension` and hundreds more,
/// with the merge keys that the server has for their lists. Fields that the enabled version of Kubernetes does not
/// have are not in them. An `ObjectMeta` below the root has what an author writes: name, namespace, labels, annotations
/// and finalizers; a definition keeps nothing else there.
///
/// # Examples
///
/// A type of another crate goes into a newtype that is text in JSON:
///
/// ```
/// use std::time::Duration;
///
/// use kubist::prelude::*;
/// use kubist::schema::Shape;
///
/// /// Such as `90s`.
/// #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
/// #[serde(try_from = "String", into = "String")]
/// #[schema(pattern = "^[0-9]{1,9}s$")]
/// struct Timeout(Duration);
///
/// impl TryFrom<String> for Timeout {
///     type Error = String;
///
///     fn try_from(text: String) -> Result<Self, String> {
///         let seconds = text.strip_suffix('s').and_then(|seconds| seconds.parse().ok());
///         seconds.map(|seconds| Self(Duration::from_secs(seconds))).ok_or_else(|| "a timeout is like `90s`".to_owned())
///     }
/// }
///
/// impl From<Timeout> for String {
///     fn from(timeout: Timeout) -> Self {
///         format!("{}s", timeout.0.as_secs())
///     }
/// }
///
/// assert!(matches!(Timeout::SCHEMA.shape, Shape::String));
/// ```
///
/// Or its schema is written by hand, next to an `impl Serialize` and `Deserialize` that agree with it:
///
/// ```
/// use kubist::schema::{Node, Schema, Shape};
///
/// struct Color(u32); // whose `Serialize` writes `#ff8800`
///
/// impl Schema for Color {
///     const SCHEMA: &'static Node = &Node::new(Shape::String).describe("Such as `#ff8800`.");
/// }
/// # assert!(matches!(Color::SCHEMA.shape, Shape::String));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used in a custom resource",
    label = "`{Self}` has no schema",
    note = "a type of your own derives it: `#[derive(Schema)]`; for one of another crate write `#[schema(with = Type)]` with a type of its form, or `#[schema(schemaless)]` to keep any JSON"
)]
pub trait Schema {
    /// The schema of the type.
    const SCHEMA: &'static Node;
}
