//! The cache from the outside: reflector, queue, store, informer and lister over scripted servers.

mod informer;
mod reflector;
mod support;
