use std::sync::Arc;

use crate::error::Error;
use crate::reflector::ReflectorStatus;

/// How an informer is doing.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct InformerStatus {
    /// Whether the first list is in the cache, and the informer runs.
    pub synced: bool,
    /// Why the informer does not run any more.
    pub stopped: Option<Error>,
    /// How many objects are in the cache.
    pub objects: usize,
    /// The version up to which everything is in the cache.
    pub resource_version: Option<Arc<str>>,
    /// How listing and watching goes: the last error, the objects that could not be decoded.
    pub reflector: ReflectorStatus,
    /// How many handlers there are.
    pub handlers: usize,
    /// How many calls of a handler ended in a panic.
    pub handler_panics: u64,
    /// How many events told of a state older than the cached one, and were dropped.
    pub stale_events: u64,
}
