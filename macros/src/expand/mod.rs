//! From the model to tokens: the last stage. It cannot fail, and writes public API only.

mod check;
mod fallback;
mod method;
mod part;
mod recursion;
mod resource;
mod rules;
mod scalar;
mod schema;
mod serde;

pub(crate) use self::check::call;
pub(crate) use self::fallback::{resource as resource_fallback, schema as schema_fallback, serde_of};
pub(crate) use self::resource::expand as resource;
pub(crate) use self::schema::expand as schema;
