//! What all connections of a server share.

use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use crate::cluster::Cluster;
use crate::cluster::garbage::Garbage;
use crate::faults::Faults;
use crate::signal::Signal;

/// The state of a server, and what its requests tell each other.
pub(crate) struct Shared {
    pub(crate) cluster: Mutex<Cluster>,
    pub(crate) address: String,
    pub(crate) token: Option<String>,
    pub(crate) bookmark_interval: Duration,
    pub(crate) faults: Faults,
    /// The version after the newest write.
    pub(crate) written: Signal,
    /// Ends all watches whenever it changes.
    pub(crate) disconnect: Signal,
}

impl Shared {
    /// The state, for as long as the guard lives; never across an await.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Cluster> {
        self.cluster.lock().unwrap_or_else(|poisoned| {
            let mut cluster = poisoned.into_inner();
            // What a request that panicked was collecting stays; the next one collects for itself.
            cluster.garbage = Garbage::default();
            self.cluster.clear_poison();
            cluster
        })
    }

    /// The time, to the second, as the server writes it.
    pub(crate) fn now(&self) -> String {
        format!("{:.0}", jiff::Timestamp::now())
    }
}
