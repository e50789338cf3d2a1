//! CustomResourceDefinitions: what the server fills in, checks, and serves because of them.

pub(crate) mod columns;
pub(crate) mod defaults;
pub(crate) mod establish;
pub(crate) mod kinds;
pub(crate) mod validate;
