use std::ops::RangeFull;

use crate::api::{AllNamespaces, Api, Target};
use crate::resource::{Namespaced, Resource};
use crate::rest::RestClient;

/// Which namespaces a clientset looks into: one, by its name, or all of them, `..`.
pub trait Namespaces {
    /// What can be done there with a kind.
    type Handle<K: Resource + Namespaced>;

    /// The objects of a kind there.
    fn handle<K: Resource + Namespaced>(self, rest: &RestClient) -> Self::Handle<K>;
}

/// One namespace.
impl Namespaces for String {
    type Handle<K: Resource + Namespaced> = Api<K>;

    fn handle<K: Resource + Namespaced>(self, rest: &RestClient) -> Api<K> {
        Api::namespaced(rest.clone(), self)
    }
}

/// One namespace.
impl Namespaces for &String {
    type Handle<K: Resource + Namespaced> = Api<K>;

    fn handle<K: Resource + Namespaced>(self, rest: &RestClient) -> Api<K> {
        Api::namespaced(rest.clone(), self)
    }
}

/// One namespace.
impl Namespaces for &str {
    type Handle<K: Resource + Namespaced> = Api<K>;

    fn handle<K: Resource + Namespaced>(self, rest: &RestClient) -> Api<K> {
        Api::namespaced(rest.clone(), self)
    }
}

/// All namespaces.
impl Namespaces for RangeFull {
    type Handle<K: Resource + Namespaced> = AllNamespaces<K>;

    fn handle<K: Resource + Namespaced>(self, rest: &RestClient) -> AllNamespaces<K> {
        // A kind that cannot be listed has this handle too, and no call on it.
        AllNamespaces::from_target(Target::of::<K>(rest.clone()), K::INDEXES)
    }
}
