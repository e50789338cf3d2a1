//! A number that changes, and those who wait for it.

use tokio::sync::watch;

/// Tells its listeners of every change; when it is dropped they hear of the end.
#[derive(Debug)]
pub(crate) struct Signal(watch::Sender<u64>);

/// One who listens to a signal.
pub(crate) type Listener = watch::Receiver<u64>;

impl Signal {
    pub(crate) fn new(value: u64) -> Self {
        Self(watch::Sender::new(value))
    }

    pub(crate) fn set(&self, value: u64) {
        self.0.send_replace(value);
    }

    /// Changes the value, whatever it was.
    pub(crate) fn ring(&self) {
        self.0.send_modify(|value| *value += 1);
    }

    pub(crate) fn value(&self) -> u64 {
        *self.0.borrow()
    }

    /// Whether anybody listens.
    pub(crate) fn is_heard(&self) -> bool {
        self.0.receiver_count() > 0
    }

    pub(crate) fn listen(&self) -> Listener {
        self.0.subscribe()
    }
}
