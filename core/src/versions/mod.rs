// Pure: no clock, no waiting.
//! Several versions of one kind.
//!
//! Each version is a struct of its own, usually in a module of its own, with the same names and another `version`.
//! [`crd!`](crate::crd!) makes one definition of them. Objects are stored in one version; the others say
//! `#[resource(storage = false)]`.
//!
//! | to | use |
//! | --- | --- |
//! | define the kind | [`crd!`](crate::crd!) |
//! | convert objects from one version to another | [`conversion`](crate::conversion) |
//! | see what a change of the definition breaks | [`upgrade`](crate::upgrade) |
//! | get rid of an old version | [`migration`](crate::migration) |

mod check;
mod definition;
mod order;

pub use self::check::{check_version, check_versions};
pub use self::definition::definition;
pub use self::order::compare_versions;

use std::fmt;

use crate::crd::{CustomResource, CustomResourceDefinition};
use crate::resource::ResourceMeta;

/// One version of a kind, as [`crd!`](crate::crd!) knows it.
#[derive(Clone, Copy)]
pub struct Version {
    meta: ResourceMeta,
    list_kind: &'static str,
    served: bool,
    storage: bool,
    definition: fn() -> CustomResourceDefinition,
}

impl Version {
    /// The version that a type is.
    #[must_use]
    pub const fn of<K: CustomResource>() -> Self {
        Self {
            meta: K::META,
            list_kind: K::LIST_KIND,
            served: K::SERVED,
            storage: K::STORAGE,
            definition: crate::crd::definition::<K>,
        }
    }

    /// Its name, for example `v1`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.meta.version
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Version")
            .field("meta", &self.meta)
            .field("served", &self.served)
            .field("storage", &self.storage)
            .finish_non_exhaustive()
    }
}
