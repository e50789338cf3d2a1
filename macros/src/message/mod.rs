//! Pure: the text of every diagnostic of the derives, so that they read alike and can be counted.
//!
//! Style: lower case, no full stop, keys in backticks, what is wrong first and then the way out.
//! `docs/messages.md` has each of them, with the ui test that shows it; a test compares the two.

mod form;
mod kind;
mod rule;
mod shape;

pub(crate) use self::form::*;
pub(crate) use self::kind::*;
pub(crate) use self::rule::*;
pub(crate) use self::shape::*;
