use tokio::sync::watch;

use crate::error::{Error, ErrorKind, Result};

/// How far an informer, or one of its handlers, has come.
#[derive(Clone, Debug)]
pub(crate) enum Phase {
    Syncing,
    Synced,
    Stopped(Error),
}

impl Phase {
    /// Moves on from syncing; says whether it did.
    pub(crate) fn sync(&mut self) -> bool {
        let moves = matches!(self, Self::Syncing);
        if moves {
            *self = Self::Synced;
        }
        moves
    }

    /// Ends, with the error that ended it if one did; says whether it had not ended before.
    pub(crate) fn stop(&mut self, error: Option<Error>) -> bool {
        if matches!(self, Self::Stopped(_)) {
            return false;
        }
        *self = Self::Stopped(error.unwrap_or_else(stopped));
        true
    }

    /// Waits until it is synced.
    pub(crate) async fn synced(mut phase: watch::Receiver<Self>) -> Result<()> {
        match phase.wait_for(|phase| !matches!(phase, Self::Syncing)).await {
            Ok(phase) => match &*phase {
                Self::Stopped(error) => Err(error.clone()),
                _ => Ok(()),
            },
            Err(_) => Err(stopped()),
        }
    }
}

pub(crate) fn stopped() -> Error {
    Error::new(ErrorKind::Stopped, "informer was stopped")
}
