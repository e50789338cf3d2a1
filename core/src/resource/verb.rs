//! What can be done with a kind, as types.

use crate::resource::Object;

macro_rules! verbs {
    ($($(#[$docs:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$docs])*
            #[derive(Clone, Copy, Debug)]
            #[non_exhaustive]
            pub struct $name;
        )+
    };
}

verbs! {
    /// Reading one object.
    Get,
    /// Reading all objects.
    List,
    /// Following changes.
    Watch,
    /// Making an object.
    Create,
    /// Replacing an object.
    Update,
    /// Changing parts of an object, and server-side apply.
    Patch,
    /// Deleting one object.
    Delete,
    /// Deleting all objects that match.
    DeleteCollection,
}

/// Kinds with which a verb of this module can be done.
///
/// A derived kind has all of them, or those that `verbs(...)`, `skip_verbs(...)` or `read_only` leave; a kind of
/// `k8s-openapi` has those that the API server has. A type that implements `k8s_openapi::Resource` by hand says it
/// itself: `impl<V> Allows<V> for Mine {}`.
///
/// # Examples
///
/// Namespaces are deleted one by one:
///
/// ```
/// # use k8s_openapi::api::core::v1::Namespace;
/// # use kubist::resource::{Allows, verb};
/// fn allows<K: Allows<V>, V>() {}
/// allows::<Namespace, verb::Delete>();
/// ```
///
/// ```compile_fail,E0277
/// # use k8s_openapi::api::core::v1::Namespace;
/// # use kubist::resource::{Allows, verb};
/// fn allows<K: Allows<V>, V>() {}
/// allows::<Namespace, verb::DeleteCollection>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not have the verb `{V}`",
    label = "the client of `{Self}` does not do this",
    note = "the verbs of a kind of your own are in its `#[resource(...)]`: `verbs(...)`, `skip_verbs(...)` or `read_only`"
)]
pub trait Allows<V>: Object {}
