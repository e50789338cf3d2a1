//! From the model to tokens: the last stage. It cannot fail, and writes public API only.

mod fallback;
mod resource;
mod schema;
mod serde;

pub(crate) use self::fallback::{resource as resource_fallback, schema as schema_fallback};
pub(crate) use self::resource::expand as resource;
pub(crate) use self::schema::{call, expand as schema};
