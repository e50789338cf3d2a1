//! Pure: what has become of the objects of a migration.

use std::fmt;

use crate::error::{Error, ErrorKind, Result};

/// So many failures are kept.
const FAILURES_MAX: usize = 10;

/// What a migration did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MigrationReport {
    /// The name of the definition.
    pub name: String,
    /// The version that everything is stored in now.
    pub storage: String,
    /// The versions that objects may have been stored in before.
    pub stale: Vec<String>,
    /// Objects that were stored in another version, or otherwise not as the server would write them now.
    pub rewritten: u64,
    /// Objects that were stored in the version already.
    pub unchanged: u64,
    /// Objects that somebody else wrote in the meantime, and so into the version.
    pub written_by_others: u64,
    /// Objects that were deleted in the meantime.
    pub deleted: u64,
}

/// `websites.example.com is stored in v1: 3 objects rewritten, 1 as it was, 0 written by others, 0 deleted meanwhile`
impl fmt::Display for MigrationReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} is stored in {}: {} objects rewritten, {} as before, {} written by others, {} deleted meanwhile",
            self.name, self.storage, self.rewritten, self.unchanged, self.written_by_others, self.deleted
        )
    }
}

/// What came of writing one object again.
#[derive(Debug)]
pub(super) enum Outcome {
    Rewritten,
    Unchanged,
    WrittenByOthers,
    Deleted,
    /// The server refuses it, now and the next time.
    Refused(Error),
}

/// Counts outcomes.
#[derive(Debug, Default)]
pub(super) struct Progress {
    pub(super) report: MigrationReport,
    failures: Vec<Error>,
    failed: u64,
}

impl Progress {
    pub(super) fn count(&mut self, outcome: Outcome) {
        let report = &mut self.report;
        match outcome {
            Outcome::Rewritten => report.rewritten += 1,
            Outcome::Unchanged => report.unchanged += 1,
            Outcome::WrittenByOthers => report.written_by_others += 1,
            Outcome::Deleted => report.deleted += 1,
            Outcome::Refused(error) => {
                self.failed += 1;
                if self.failures.len() < FAILURES_MAX {
                    self.failures.push(error);
                }
            }
        }
    }

    /// An error if an object could not be written: what it is stored in must not be forgotten.
    pub(super) fn check(&self) -> Result<()> {
        let Some(first) = self.failures.first() else { return Ok(()) };
        let shown: Vec<_> = self.failures.iter().map(|error| format!("{error:#}")).collect();
        let text = format!("{} objects could not be written: {}", self.failed, shown.join("; "));
        // One of them tells what kind of failure it is.
        Err(match first.status() {
            Some(status) => Error::from_status(status.clone()).during(text),
            None => Error::new(ErrorKind::Invalid, text),
        })
    }
}
