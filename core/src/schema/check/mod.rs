//! Pure: the checks that the derive asks the compiler to make, each a panic in constant evaluation.
//!
//! `#[track_caller]` keeps these functions out of the compiler's report: it shows the user's line alone.

mod cel;
mod paths;
mod rules;
mod types;
mod union;

pub use self::cel::{check_cel, check_cel_of_items, check_cel_of_root, check_field_path};
pub use self::paths::{check_column, check_column_type, check_scale, check_selectable};
#[cfg(feature = "schemars")]
pub(super) use self::rules::is_string_format;
pub use self::rules::{check_format, check_key, check_key_field, check_list_key, check_range, items};
pub(super) use self::types::DURATION;
pub use self::types::{check_flatten, check_nullable, check_part, check_set, check_type};
pub use self::union::check_variant;

use crate::schema::node::{Node, Shape};
use crate::schema::text::Message;

#[track_caller]
const fn refuse(message: Message) -> ! {
    panic!("{}", message.as_str())
}

const fn is_scalar(node: &Node) -> bool {
    matches!(
        node.shape,
        Shape::Boolean
            | Shape::Enum(_)
            | Shape::Integer
            | Shape::IntegerEnum(_)
            | Shape::IntOrString
            | Shape::Number
            | Shape::String
    )
}
