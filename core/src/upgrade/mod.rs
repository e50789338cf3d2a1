// Pure: no clock, no waiting.
//! What a change of a definition means for the objects and clients that are there.
//!
//! [`crd_diff`] compares two definitions of one kind and judges each difference. Put it into a test, with the
//! definition of the last release beside the one of today:
//!
//! ```
//! use kubist::prelude::*;
//! use kubist::upgrade::{Severity, crd_diff};
//!
//! #[derive(Clone, Debug, Resource)]
//! #[resource(group = "example.com", version = "v1", scope = Namespaced)]
//! struct Website {
//!     metadata: ObjectMeta,
//!     spec: WebsiteSpec,
//! }
//!
//! #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
//! struct WebsiteSpec {
//!     bucket: String,
//! }
//!
//! let mut released = Website::crd(); // or read from the file that was released
//! released.spec.names.short_names = Some(vec!["web".into()]);
//! let diff = crd_diff(&released, &Website::crd());
//! assert_eq!(
//!     diff.to_string(),
//!     "websites.example.com: 1 risky change\n  risky     names.shortNames: `web` is gone: commands that use it fail"
//! );
//! assert!(diff.worst() < Some(Severity::Breaking));
//! ```

mod change;
mod definition;
mod keyword;
mod normal;
mod schema;
#[cfg(all(test, feature = "validation"))]
mod tests;

pub use self::change::{CrdChange, CrdDiff, Severity};
pub(crate) use self::normal::normal;

use crate::crd::CustomResourceDefinition;

/// Everything that differs between two definitions of a kind, judged. What the server fills in by itself is no
/// difference. Labels and annotations are not compared.
///
/// `old` is best what the server has, with its status: which versions objects are stored in is read there.
///
/// | severity | when |
/// | --- | --- |
/// | [`Breaking`](Severity::Breaking) | the server refuses the update; data is lost; requests that worked are refused: another scope, kind or plural, a version or field removed, a version that differs without a webhook that converts, another type, a new required field, a bound, pattern, enum or rule that is new or tighter |
/// | [`Risky`](Severity::Risky) | it depends on the objects and clients: a default that is new, changed or gone, another pattern, a new enum value, another owner of lists and maps under apply, another storage version |
/// | [`Safe`](Severity::Safe) | all that worked still does: optional fields, wider bounds, columns, documentation |
///
/// On an update the server lets a value pass that was stored before and has not changed, even if the new schema
/// refuses it; what is breaking here still refuses new objects and changed values.
#[must_use]
pub fn crd_diff(old: &CustomResourceDefinition, new: &CustomResourceDefinition) -> CrdDiff {
    let mut changes = Vec::new();
    definition::compare(old, new, &mut changes);
    let name = new.metadata.name.clone().or_else(|| old.metadata.name.clone());
    CrdDiff::new(name.unwrap_or_default(), changes)
}
