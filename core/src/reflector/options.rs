use std::num::NonZero;
use std::time::Duration;

use crate::watch::LIST_BYTES_MAX;

/// The longest that [`ReflectorOptions::watch_timeout_min`] can be: longer ones do not fit into every server's
/// arithmetic.
const WATCH_TIMEOUT_MIN_MAX: Duration = Duration::from_secs(24 * 60 * 60);

/// How a reflector lists and watches.
///
/// # Defaults
///
/// * `page_size`: the reflector's choice, which is client-go's: pages of 500, except for a list at a known
///   version, which the server answers from memory in one piece.
/// * `watch_timeout_min`: 5 minutes. Each watch asks the server to end it after a random time between
///   once and twice this long, so that the watches of many clients do not end together.
/// * `list_bytes_max`: [`LIST_BYTES_MAX`].
/// * `seed`: a random one.
#[derive(Clone, Debug)]
#[must_use]
pub struct ReflectorOptions {
    pub(crate) page_size: Option<u32>,
    pub(crate) watch_timeout_min: Duration,
    pub(crate) list_bytes_max: usize,
    pub(crate) seed: Option<u64>,
}

impl Default for ReflectorOptions {
    fn default() -> Self {
        Self {
            page_size: None,
            watch_timeout_min: Duration::from_secs(300),
            list_bytes_max: LIST_BYTES_MAX,
            seed: None,
        }
    }
}

impl ReflectorOptions {
    /// Asks for every list in pages of this many objects.
    pub fn page_size(mut self, objects: NonZero<u32>) -> Self {
        self.page_size = Some(objects.get());
        self
    }

    /// Sets the shortest time after which the server shall end a watch; less than the default of
    /// 5 minutes has no effect, as in client-go, and more than a day is a day.
    pub fn watch_timeout_min(mut self, timeout: Duration) -> Self {
        self.watch_timeout_min = self.watch_timeout_min.max(timeout).min(WATCH_TIMEOUT_MIN_MAX);
        self
    }

    /// Sets how long a list may be, in bytes, all its pages together. A longer one is a list that failed.
    pub fn list_bytes_max(mut self, bytes: NonZero<usize>) -> Self {
        self.list_bytes_max = bytes.get();
        self
    }

    /// Makes jitter and timeouts repeat themselves, for tests.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }
}
