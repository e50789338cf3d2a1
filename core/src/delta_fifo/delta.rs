//! Pure: one change of an object, and the changes of an object in a row.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// One change of one object.
#[expect(clippy::exhaustive_enums, reason = "client-go's five delta types")]
pub enum Delta<S> {
    /// The object is there.
    Added(Arc<S>),
    /// The object was changed.
    Updated(Arc<S>),
    /// The object was in a list; it may be new, changed or as before.
    Replaced(Arc<S>),
    /// The object is told of again.
    Sync(Arc<S>),
    /// The object is gone.
    Deleted(Deleted<S>),
}

/// The end of an object.
#[doc(alias = "DeletedFinalStateUnknown")]
#[expect(clippy::exhaustive_structs, reason = "what there is to say about an end")]
pub struct Deleted<S> {
    /// The last state that is known, if any is.
    pub object: Option<Arc<S>>,
    /// The end itself was not seen: a list did not have the object any more. It may have been changed
    /// after `object`.
    pub final_state_unknown: bool,
}

impl<S> Delta<S> {
    /// The object, if it is known.
    #[must_use]
    pub fn object(&self) -> Option<&Arc<S>> {
        match self {
            Self::Added(object) | Self::Updated(object) | Self::Replaced(object) | Self::Sync(object) => {
                Some(object)
            }
            Self::Deleted(deleted) => deleted.object.as_ref(),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Added(_) => "Added",
            Self::Updated(_) => "Updated",
            Self::Replaced(_) => "Replaced",
            Self::Sync(_) => "Sync",
            Self::Deleted(Deleted { final_state_unknown: true, .. }) => "Deleted(final state unknown)",
            Self::Deleted(_) => "Deleted",
        }
    }
}

/// Names the change; bodies are never printed.
impl<S> fmt::Display for Delta<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl<S> fmt::Debug for Delta<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl<S> fmt::Debug for Deleted<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deleted")
            .field("final_state_unknown", &self.final_state_unknown)
            .finish_non_exhaustive()
    }
}

impl<S> Clone for Delta<S> {
    fn clone(&self) -> Self {
        match self {
            Self::Added(object) => Self::Added(Arc::clone(object)),
            Self::Updated(object) => Self::Updated(Arc::clone(object)),
            Self::Replaced(object) => Self::Replaced(Arc::clone(object)),
            Self::Sync(object) => Self::Sync(Arc::clone(object)),
            Self::Deleted(deleted) => Self::Deleted(deleted.clone()),
        }
    }
}

impl<S> Clone for Deleted<S> {
    fn clone(&self) -> Self {
        Self { object: self.object.clone(), final_state_unknown: self.final_state_unknown }
    }
}

/// The changes of one object, oldest first; never empty.
pub struct Deltas<S>(Vec<Delta<S>>);

impl<S> Deltas<S> {
    pub(crate) fn new(delta: Delta<S>) -> Self {
        Self(vec![delta])
    }

    /// Adds the newest change. Of two deletions in a row the one that says more is kept.
    pub(crate) fn push(&mut self, delta: Delta<S>) {
        if let (Some(Delta::Deleted(older)), Delta::Deleted(newer)) = (self.0.last_mut(), &delta) {
            if older.final_state_unknown {
                *older = newer.clone();
            }
        } else {
            self.0.push(delta);
        }
    }

    /// The newest change.
    #[must_use]
    pub fn newest(&self) -> Option<&Delta<S>> {
        self.0.last()
    }

    /// The oldest change.
    #[must_use]
    pub fn oldest(&self) -> Option<&Delta<S>> {
        self.0.first()
    }
}

impl<S> Deref for Deltas<S> {
    type Target = [Delta<S>];

    fn deref(&self) -> &[Delta<S>] {
        &self.0
    }
}

impl<S> IntoIterator for Deltas<S> {
    type Item = Delta<S>;
    type IntoIter = std::vec::IntoIter<Delta<S>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<S> fmt::Debug for Deltas<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.0).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deleted(object: u8, final_state_unknown: bool) -> Delta<u8> {
        Delta::Deleted(Deleted { object: Some(Arc::new(object)), final_state_unknown })
    }

    fn kept(older: Delta<u8>, newer: Delta<u8>) -> (usize, u8) {
        let mut deltas = Deltas::new(older);
        deltas.push(newer);
        (deltas.len(), **deltas.newest().unwrap().object().unwrap())
    }

    #[test]
    fn of_two_deletions_in_a_row_the_one_that_was_seen_is_kept() {
        assert_eq!(kept(deleted(1, true), deleted(2, false)), (1, 2));
        assert_eq!(kept(deleted(1, false), deleted(2, true)), (1, 1));
        assert_eq!(kept(deleted(1, true), deleted(2, true)), (1, 2));
        assert_eq!(kept(deleted(1, false), deleted(2, false)), (1, 1));
    }

    #[test]
    fn nothing_else_is_merged() {
        assert_eq!(kept(Delta::Updated(Arc::new(1)), Delta::Updated(Arc::new(2))), (2, 2));
        assert_eq!(kept(deleted(1, false), Delta::Added(Arc::new(2))), (2, 2));
    }
}
