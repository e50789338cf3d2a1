//! What a program needs to declare and use resources: `use kubist::prelude::*;`.
//!
//! No method name is shared with the traits of `kube` or `k8s-openapi`, so their imports may stand
//! beside this one.

pub use crate::api::Api;
pub use crate::apply::Apply;
pub use crate::client::Client;
pub use crate::informer::{Change, SharedInformer};
pub use crate::lister::Lister;
pub use crate::resource::{Object, ObjectMeta, Resource};
pub use crate::schema::Schema;
#[cfg(feature = "derive")]
#[doc(no_inline)]
pub use kubist_macros::{Apply, Resource, Schema, apply};

pub use k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition;
pub use serde::{Deserialize, Serialize};
