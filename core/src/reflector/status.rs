use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Error;
use crate::resource::ObjectKey;

/// How a reflector is doing.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ReflectorStatus {
    /// What keeps the reflector from listing or watching: what went wrong last, until the same goes well again.
    /// An expired version and a watch that ends in its time are no failures.
    pub last_error: Option<Error>,
    /// The objects that could not be decoded. Where an older state of them is cached, it is kept.
    pub poisoned: BTreeMap<ObjectKey, Poison>,
    /// How many complete lists were read.
    pub lists: u64,
    /// How many watches were opened.
    pub watches: u64,
    /// How many times something went wrong and was begun again after a wait.
    pub restarts: u64,
    /// How many events had a type that is not known.
    pub unknown_events: u64,
    /// How many objects had no name that could be read, and were skipped.
    pub unnamed: u64,
    /// Whether the watch runs now.
    pub watching: bool,
}

/// Why one object is not to be had.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Poison {
    /// The version that could not be decoded.
    pub resource_version: String,
    /// What is wrong with it.
    pub error: Error,
}

/// Reads the status of one reflector, while it runs and after. Cheap to clone.
#[derive(Clone)]
pub struct StatusReader(StatusCell);

impl StatusReader {
    pub(crate) fn new(cell: StatusCell) -> Self {
        Self(cell)
    }

    /// How the reflector is doing.
    #[must_use]
    pub fn get(&self) -> ReflectorStatus {
        self.0.get()
    }
}

impl fmt::Debug for StatusReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.with(|status| f.debug_tuple("StatusReader").field(status).finish())
    }
}

/// Where a reflector writes its status.
#[derive(Clone, Debug, Default)]
pub(crate) struct StatusCell(Arc<Mutex<ReflectorStatus>>);

impl StatusCell {
    pub(crate) fn get(&self) -> ReflectorStatus {
        self.with(|status| status.clone())
    }

    pub(crate) fn with<R>(&self, change: impl FnOnce(&mut ReflectorStatus) -> R) -> R {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A watch was opened; it is over when this is dropped.
    pub(crate) fn watching(&self) -> Watching {
        self.with(|status| {
            status.watches += 1;
            status.watching = true;
        });
        Watching(self.clone())
    }
}

/// While it lives, the status says that the watch runs.
#[must_use]
pub(crate) struct Watching(StatusCell);

impl Drop for Watching {
    fn drop(&mut self) {
        self.0.with(|status| status.watching = false);
    }
}
