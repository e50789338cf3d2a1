//! Pure: what a request asks for: its path, its parameters, the form of the answer.

pub(crate) mod duration;
pub(crate) mod negotiate;
pub(crate) mod paths;
pub(crate) mod query;
pub(crate) mod route;
