//! Apply types: `#[derive(Apply)]` and `apply!`.

mod expand;
mod literal;
mod model;
mod part;
mod root;
#[cfg(test)]
mod tests;
mod traits;

pub(crate) use self::expand::derive;
pub(crate) use self::part::expand as part;
