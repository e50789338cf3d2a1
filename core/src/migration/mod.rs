//! Getting rid of an old version: what must happen before it may leave the definition, and doing it.
//!
//! The API server writes objects in one version, the one that the definition calls `storage`. When that changes, what
//! is there already stays in the version it was written in, and each version that was ever stored is listed in
//! `status.storedVersions` and must stay in the definition. So that an old one may go:
//!
//! 1. The definition gets the new version, served and not stored, and a conversion between the two.
//! 2. When all API servers and the webhook know it, the new version becomes the stored one.
//! 3. Every object is written again, without a change; the server then stores it in the new version.
//! 4. `status.storedVersions` is set to the new version alone.
//! 5. The old version is not served any more, so that clients that still use it are noticed, and then leaves.
//!
//! [`MigrationPlan`] says which of these are still to be done, [`StorageMigration`] does the third and the fourth.

mod plan;
mod progress;
mod run;

pub use self::plan::{MigrationPlan, MigrationStep};
pub use self::progress::MigrationReport;
pub use self::run::StorageMigration;
