//! Pure: what a handler is told.

use std::fmt;
use std::sync::Arc;

use crate::resource::{ObjectKey, Stored};

/// What happened to an object, as an informer tells it.
///
/// Prints as one line, for example `added shop/front (v12)`; neither `{}` nor `{:?}` shows the object's
/// content.
#[expect(clippy::exhaustive_enums, reason = "a handler is to think of all three, and there is no fourth")]
pub enum Change<S: Stored> {
    /// The object is there.
    Added {
        /// The object.
        object: Arc<S>,
        /// It was there before the handler began: part of the first list, or of the replay.
        initial: bool,
    },
    /// The object was changed.
    Updated {
        /// The state that this handler saw last.
        old: Arc<S>,
        /// The state now.
        new: Arc<S>,
    },
    /// The object is gone.
    Deleted {
        /// The last state that is known.
        object: Arc<S>,
        /// The end was not seen, so the object may have been changed after `object`.
        final_state_unknown: bool,
    },
}

impl<S: Stored> Change<S> {
    /// The object: after the change, or as it was last.
    #[must_use]
    pub fn object(&self) -> &Arc<S> {
        match self {
            Self::Added { object, .. } | Self::Updated { new: object, .. } | Self::Deleted { object, .. } => {
                object
            }
        }
    }

    /// Namespace and name of the object.
    #[must_use]
    pub fn key(&self) -> ObjectKey {
        self.object().stored_key()
    }

    pub(crate) fn uid(&self) -> Option<&str> {
        self.object().stored_meta().uid.as_deref()
    }
}

impl<S: Stored> Clone for Change<S> {
    fn clone(&self) -> Self {
        match self {
            Self::Added { object, initial } => Self::Added { object: Arc::clone(object), initial: *initial },
            Self::Updated { old, new } => Self::Updated { old: Arc::clone(old), new: Arc::clone(new) },
            Self::Deleted { object, final_state_unknown } => {
                Self::Deleted { object: Arc::clone(object), final_state_unknown: *final_state_unknown }
            }
        }
    }
}

fn version<S: Stored>(object: &S) -> &str {
    let version = object.stored_meta().resource_version.as_deref();
    version.unwrap_or("?")
}

impl<S: Stored> fmt::Display for Change<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.key();
        match self {
            Self::Added { object, .. } => write!(f, "added {key} (v{})", version(&**object)),
            Self::Updated { old, new } => {
                write!(f, "updated {key} (v{} -> v{})", version(&**old), version(&**new))
            }
            Self::Deleted { object, final_state_unknown } => {
                let unknown = if *final_state_unknown { ", final state unknown" } else { "" };
                write!(f, "deleted {key} (v{}{unknown})", version(&**object))
            }
        }
    }
}

impl<S: Stored> fmt::Debug for Change<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let initial = matches!(self, Self::Added { initial: true, .. });
        write!(f, "Change({self}{})", if initial { ", initial" } else { "" })
    }
}
