//! Pure: what a request waits for, so that a deadline that passes names it.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use crate::error::{Delivery, Error, ErrorKind};

/// What a request waits for: the server, if nothing else is said. It travels in the extensions of the
/// request.
#[derive(Clone, Default)]
pub(crate) struct Stage(Arc<Mutex<Option<&'static str>>>);

impl Stage {
    /// The request waits for somebody else than the server.
    pub(crate) fn waits_for(&self, other: Option<&'static str>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = other;
    }

    /// The deadline of the headers has passed.
    pub(crate) fn late(&self, wait: Duration) -> Error {
        let other = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match other {
            // Nothing was sent; and the next try would wait as long.
            Some(other) => Error::undelivered(
                ErrorKind::Timeout,
                Delivery::Refused,
                format!("{other} gave no credentials within {wait:?}"),
            ),
            None => Error::new(ErrorKind::Timeout, format!("the server did not answer within {wait:?}")),
        }
    }
}
