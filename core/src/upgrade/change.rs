//! Pure: one difference between two definitions, and all of them as a report.

use std::fmt;

/// What a change means for those who use the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "these three, as a traffic light")]
pub enum Severity {
    /// All that worked still does.
    Safe,
    /// It depends on the objects and clients that are there.
    Risky,
    /// Objects, requests or clients that worked do so no more, or the server refuses the update.
    Breaking,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Safe => "safe",
            Self::Risky => "risky",
            Self::Breaking => "breaking",
        })
    }
}

/// One difference between two definitions.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CrdChange {
    /// The version of the kind that it is in; `None` when it concerns all.
    pub version: Option<String>,
    /// Where it is: the JSON path in an object (`spec.pages[].title`, `spec.labels[*]` for the values of a map), or
    /// the path in the definition (`names.plural`). Empty for a version as a whole.
    pub path: String,
    /// What it means.
    pub severity: Severity,
    /// What has changed, and what follows from it.
    pub message: String,
}

/// `breaking  v1 spec.replicas: the maximum is 10 and was 100: greater numbers are refused`
impl fmt::Display for CrdChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<9} ", self.severity)?;
        let place = [self.version.as_deref().unwrap_or_default(), &self.path];
        let place: Vec<_> = place.into_iter().filter(|part| !part.is_empty()).collect();
        write!(f, "{}: {}", place.join(" "), self.message)
    }
}

/// The differences between two definitions, the worst first.
///
/// Its `Display` is a report of one line each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrdDiff {
    name: String,
    changes: Vec<CrdChange>,
}

impl CrdDiff {
    pub(super) fn new(name: String, mut changes: Vec<CrdChange>) -> Self {
        changes.sort_by_key(|change| std::cmp::Reverse(change.severity));
        Self { name, changes }
    }

    /// The differences, the worst first.
    #[must_use]
    pub fn changes(&self) -> &[CrdChange] {
        &self.changes
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The worst there is.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.changes.iter().map(|change| change.severity).max()
    }
}

impl IntoIterator for CrdDiff {
    type Item = CrdChange;
    type IntoIter = std::vec::IntoIter<CrdChange>;

    fn into_iter(self) -> Self::IntoIter {
        self.changes.into_iter()
    }
}

impl<'a> IntoIterator for &'a CrdDiff {
    type Item = &'a CrdChange;
    type IntoIter = std::slice::Iter<'a, CrdChange>;

    fn into_iter(self) -> Self::IntoIter {
        self.changes.iter()
    }
}

impl fmt::Display for CrdDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.name)?;
        let count = |severity| self.changes.iter().filter(|change| change.severity == severity).count();
        let counts: Vec<_> = [Severity::Breaking, Severity::Risky, Severity::Safe]
            .into_iter()
            .filter(|severity| count(*severity) > 0)
            .map(|severity| format!("{} {severity}", count(severity)))
            .collect();
        match self.changes.len() {
            0 => f.write_str("no changes")?,
            1 => write!(f, "{} change", counts.join(", "))?,
            _ => write!(f, "{} changes", counts.join(", "))?,
        }
        for change in &self.changes {
            write!(f, "\n  {change}")?;
        }
        Ok(())
    }
}
