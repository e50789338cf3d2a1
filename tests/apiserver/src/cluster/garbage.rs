//! Pure: what the garbage collector still has to look after.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::kinds::Collection;
use crate::storage::Stored;

/// The chores of the collector, oldest first. A list and no recursion: a chain of owners may be long.
#[derive(Debug, Default)]
pub(crate) struct Garbage {
    pub(crate) chores: VecDeque<Chore>,
    pub(crate) is_collecting: bool,
}

/// One object that has gone, or begun to go.
#[derive(Debug)]
pub(crate) enum Chore {
    Removed(Arc<Stored>),
    Deleted(Collection, Arc<Stored>),
}
