//! Pure: what is to be done until a kind is stored in one version and the others may go.

use std::fmt;

use crate::crd::CustomResourceDefinition;
use crate::error::{Error, Result};
use crate::versions::compare_versions;

/// One step on the way to a kind that has one version only.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MigrationStep {
    /// Add this version to the definition, served and not stored, with a conversion.
    Add(String),
    /// Make another version the stored one.
    Store {
        /// The version that is stored now.
        from: String,
        /// The version that is to be.
        to: String,
    },
    /// Write all objects again: some may be stored in these versions.
    Rewrite(Vec<String>),
    /// Set `status.storedVersions` to the target alone, from these.
    Forget(Vec<String>),
    /// Stop serving this version.
    StopServing(String),
    /// Take this version out of the definition.
    Drop(String),
}

impl fmt::Display for MigrationStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Add(version) => write!(f, "add {version} to the definition, served and not stored"),
            Self::Store { from, to } => write!(f, "store objects in {to} instead of {from}"),
            Self::Rewrite(versions) => {
                write!(f, "write all objects again: some may be stored in {}", versions.join(", "))
            }
            Self::Forget(versions) => write!(f, "take {} out of status.storedVersions", versions.join(", ")),
            Self::StopServing(version) => write!(f, "stop serving {version}"),
            Self::Drop(version) => write!(f, "take {version} out of the definition"),
        }
    }
}

/// What is to be done until a kind is stored in one version, and the others may go: computed from a definition as the
/// server has it, with its status.
///
/// Its `Display` is a numbered list.
///
/// # Examples
///
/// ```
/// use kubist::crd::CustomResourceDefinition;
/// use kubist::migration::MigrationPlan;
/// use serde_json::json;
///
/// let crd: CustomResourceDefinition = serde_json::from_value(json!({
///     "metadata": {"name": "websites.example.com"},
///     "spec": {
///         "group": "example.com", "scope": "Namespaced", "names": {"kind": "Website", "plural": "websites"},
///         "versions": [
///             {"name": "v1", "served": true, "storage": true},
///             {"name": "v1alpha1", "served": true, "storage": false},
///         ],
///     },
///     "status": {"storedVersions": ["v1alpha1", "v1"]},
/// })).unwrap();
/// let plan = MigrationPlan::new(&crd, "v1");
/// assert_eq!(
///     plan.to_string(),
///     "websites.example.com to v1:\n  \
///      1. write all objects again: some may be stored in v1alpha1\n  \
///      2. take v1alpha1 out of status.storedVersions\n  \
///      3. stop serving v1alpha1\n  \
///      4. take v1alpha1 out of the definition"
/// );
/// assert_eq!(
///     plan.may_drop("v1alpha1").unwrap_err().to_string(),
///     "v1alpha1 cannot leave websites.example.com yet: objects may be stored in it"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationPlan {
    name: String,
    target: String,
    storage: String,
    stored: Vec<String>,
    versions: Vec<(String, bool)>,
    steps: Vec<MigrationStep>,
}

impl MigrationPlan {
    /// The plan to store a kind in the version `target`.
    #[must_use]
    pub fn new(crd: &CustomResourceDefinition, target: &str) -> Self {
        let versions: Vec<_> =
            crd.spec.versions.iter().map(|version| (version.name.clone(), version.served)).collect();
        let storage = crd.spec.versions.iter().find(|version| version.storage);
        let storage = storage.map(|version| version.name.clone()).unwrap_or_default();
        let stored = crd.status.as_ref().and_then(|status| status.stored_versions.clone());
        let stored = stored.unwrap_or_else(|| vec![storage.clone()]);
        let mut plan = Self {
            name: crd.metadata.name.clone().unwrap_or_default(),
            target: target.to_owned(),
            storage,
            stored,
            versions,
            steps: Vec::new(),
        };
        plan.steps = plan.compute();
        plan
    }

    /// The plan for the version that the definition stores in now.
    #[must_use]
    pub fn to_storage(crd: &CustomResourceDefinition) -> Self {
        let storage = crd.spec.versions.iter().find(|version| version.storage);
        Self::new(crd, storage.map(|version| &*version.name).unwrap_or_default())
    }

    fn compute(&self) -> Vec<MigrationStep> {
        let target = &self.target;
        let mut steps = Vec::new();
        if !self.versions.iter().any(|(version, _)| version == target) {
            steps.push(MigrationStep::Add(target.clone()));
        }
        if self.storage != *target {
            steps.push(MigrationStep::Store { from: self.storage.clone(), to: target.clone() });
        }
        let stale = self.stale();
        if !stale.is_empty() {
            steps.push(MigrationStep::Rewrite(stale.clone()));
            steps.push(MigrationStep::Forget(stale));
        }
        let mut others: Vec<_> = self.versions.iter().filter(|(version, _)| version != target).collect();
        others.sort_by(|(a, _), (b, _)| compare_versions(b, a));
        for (version, served) in others {
            if *served {
                steps.push(MigrationStep::StopServing(version.clone()));
            }
            steps.push(MigrationStep::Drop(version.clone()));
        }
        steps
    }

    /// The name of the definition.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version that the kind is to be stored in.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// What is to be done, in this order.
    #[must_use]
    pub fn steps(&self) -> &[MigrationStep] {
        &self.steps
    }

    /// The versions, apart from the target, that objects may be stored in: the oldest first.
    #[must_use]
    pub fn stale(&self) -> Vec<String> {
        let mut stale = self.stored.clone();
        if !stale.contains(&self.storage) {
            stale.push(self.storage.clone());
        }
        stale.retain(|version| *version != self.target);
        stale.sort_by(|a, b| compare_versions(b, a));
        stale.dedup();
        stale
    }

    /// Whether a version may be taken out of the definition now.
    ///
    /// # Errors
    ///
    /// Why not: objects may be stored in it, or are stored in it from now on, or no other version is served.
    pub fn may_drop(&self, version: &str) -> Result<()> {
        let refuse =
            |why: &str| Err(Error::invalid(format!("{version} cannot leave {} yet: {why}", self.name)));
        if !self.versions.iter().any(|(name, _)| name == version) {
            return Err(Error::invalid(format!("{} has no version {version}", self.name)));
        }
        if self.storage == version {
            return refuse("it is the version that objects are stored in");
        }
        if self.stored.iter().any(|stored| stored == version) {
            return refuse("objects may be stored in it");
        }
        if !self.versions.iter().any(|(name, served)| *served && name != version) {
            return refuse("no other version is served");
        }
        Ok(())
    }
}

impl fmt::Display for MigrationPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}:", self.name, self.target)?;
        if self.steps.is_empty() {
            return f.write_str(" nothing to do");
        }
        for (number, step) in self.steps.iter().enumerate() {
            write!(f, "\n  {}. {step}", number + 1)?;
        }
        Ok(())
    }
}
