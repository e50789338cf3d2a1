//! Pure: what writing a definition sets off: names are accepted, kinds are served and withdrawn, objects go with it.

pub(crate) mod establish;
pub(crate) mod removal;
pub(crate) mod services;
