use std::fmt;
use std::sync::{Arc, Weak};

use crate::error::{Error, ErrorKind, Result};
use crate::informer::core::Core;
use crate::informer::listener::Listener;
use crate::informer::phase::Phase;
use crate::resource::Stored;

/// One handler of an informer.
///
/// Dropping it leaves the handler in place. It keeps neither the informer running nor its objects in
/// memory.
#[doc(alias = "ResourceEventHandlerRegistration")]
pub struct Registration<S: Stored> {
    pub(crate) listener: Arc<Listener<S>>,
    pub(crate) core: Weak<Core<S>>,
}

impl<S: Stored> fmt::Debug for Registration<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration")
            .field("synced", &self.has_synced())
            .field("backlog", &self.backlog())
            .finish()
    }
}

impl<S: Stored> Registration<S> {
    /// Waits until the handler was told of everything that was there when it began.
    ///
    /// # Errors
    ///
    /// When the handler was removed, or the informer is stopped: also when it was already when the handler was
    /// to be added.
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time.
    pub async fn synced(&self) -> Result<()> {
        Phase::synced(self.listener.phase()).await
    }

    /// Whether the handler was told of everything that was there when it began.
    #[must_use]
    pub fn has_synced(&self) -> bool {
        matches!(&*self.listener.phase().borrow(), Phase::Synced)
    }

    /// How many changes wait for the handler.
    #[must_use]
    pub fn backlog(&self) -> usize {
        self.listener.backlog()
    }

    /// Takes the handler away; what waits for it is dropped. A call that runs now goes on, maybe for longer than
    /// this takes, and no other follows: [`removed`](Self::removed) waits for its end. Doing it again does
    /// nothing.
    #[doc(alias = "RemoveEventHandler")]
    pub fn remove(&self) {
        if let Some(core) = self.core.upgrade() {
            core.remove(&self.listener);
        }
        let removed = Error::new(ErrorKind::Stopped, "handler was removed");
        self.listener.close(Some(removed));
    }

    /// Takes the handler away as [`remove`](Self::remove) does, and waits until no call of it runs any more.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the waiting; once polled, it has taken the handler away.
    #[doc(alias = "ShutDownEventHandler")]
    pub async fn removed(&self) {
        self.remove();
        self.listener.idle().await;
    }
}
