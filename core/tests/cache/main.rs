//! The cache from the outside: reflector, queue, store, informer and lister over scripted servers.

mod handlers;
mod informer;
mod lists;
mod logs;
mod model;
mod reflector;
mod store;
mod support;
mod watch;
