use std::sync::Arc;

use crate::resource::ObjectKey;

/// What the consumer of a queue has.
pub trait KnownObjects<S>: Send + Sync + 'static {
    /// The object with this key.
    fn get(&self, key: &ObjectKey) -> Option<Arc<S>>;

    /// The keys of all objects.
    fn keys(&self) -> Vec<ObjectKey>;

    /// Whether there is an object with this key.
    fn contains(&self, key: &ObjectKey) -> bool {
        self.get(key).is_some()
    }
}
