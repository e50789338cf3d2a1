//! A kind for each entry: what a user writes around a spec.

use std::fmt::Debug;

use arbitrary::Arbitrary;
use kubist::crd::CustomResource;
use kubist::resource::verb::{Allows, Create, Get, Patch, Update};
use kubist::resource::{Namespaced, Object};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A kind of the corpus.
pub(crate) trait Kind:
    CustomResource
    + Object
    + Namespaced
    + Allows<Create>
    + Allows<Get>
    + Allows<Update>
    + Allows<Patch>
    + Clone
    + Debug
{
    /// The type that the entry is about.
    type Part: Clone
        + Debug
        + PartialEq
        + Serialize
        + DeserializeOwned
        + for<'a> Arbitrary<'a>
        + Send
        + Sync
        + 'static;

    /// The field of the root that has it: `spec` or `status`.
    const PART: &'static str = "spec";

    /// An object of this name.
    fn named(name: &str, part: Self::Part) -> Self;

    /// What it holds.
    fn into_part(self) -> Option<Self::Part>;
}

/// The kind of an entry, with this spec.
macro_rules! kind {
    ($kind:ident, $spec:ty) => {
        #[derive(Clone, Debug, kubist::Resource)]
        #[resource(group = "corpus.example.com", version = "v1", scope = Namespaced)]
        pub(crate) struct $kind {
            metadata: kubist::resource::ObjectMeta,
            spec: $spec,
        }

        impl $crate::kind::Kind for $kind {
            type Part = $spec;

            fn named(name: &str, part: $spec) -> Self {
                Self::new(name, part)
            }

            fn into_part(self) -> Option<$spec> {
                Some(self.spec)
            }
        }
    };
}
