//! Whether a schema is one that the server takes.

pub(crate) mod branches;
pub(crate) mod completeness;
pub(crate) mod defaults;
pub(crate) mod expressions;
pub(crate) mod keywords;
pub(crate) mod lists;
pub mod structural;
pub(crate) mod texts;
