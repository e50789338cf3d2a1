//! Pure: what a cluster serves, as it was found.

use std::fmt;

use crate::error::{Error, ErrorKind, Result};
use crate::resource::{ApiResource, GroupVersionResource};

/// What a cluster serves: the core group first, then the others in the server's order.
#[derive(Clone, Debug, Default)]
pub struct ServerResources {
    groups: Vec<ApiGroup>,
    failures: Vec<Undiscovered>,
}

/// One API group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiGroup {
    /// The name; empty for the core group.
    pub name: String,
    /// The version that the server prefers; empty when it has none that answers.
    pub preferred_version: String,
    /// The versions, in the server's order.
    pub versions: Vec<ApiVersion>,
}

/// One version of an API group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiVersion {
    /// The name, for example `v1`.
    pub version: String,
    /// Its resources, in the server's order; none when they could not be discovered.
    pub resources: Vec<ApiResource>,
}

/// A version of a group whose resources could not be discovered.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Undiscovered {
    /// The API group.
    pub group: String,
    /// The version within the group.
    pub version: String,
    /// Why not.
    pub error: Error,
    /// Whether the API server says so itself: it has no news of this group, whose own server does not answer.
    pub stale: bool,
}

/// `metrics.k8s.io/v1beta1`
impl fmt::Display for Undiscovered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.group.is_empty() {
            write!(f, "{}/", self.group)?;
        }
        f.write_str(&self.version)
    }
}

impl Undiscovered {
    fn new(group: String, version: String, error: Error) -> Self {
        Self { group, version, error, stale: false }
    }

    pub(super) fn stale(group: &str, version: &str) -> Self {
        let error = Error::new(ErrorKind::Transport, "the API server behind this group does not answer");
        Self { stale: true, ..Self::new(group.to_owned(), version.to_owned(), error) }
    }

    /// Whether asking for this version once more may help.
    pub(super) fn may_pass(&self) -> bool {
        let failed = matches!(self.error.kind(), ErrorKind::Transport | ErrorKind::Timeout);
        let asked_to_wait = self.error.code().is_some_and(|code| code >= 500 || code == 429);
        !self.stale && (failed || asked_to_wait)
    }
}

impl ServerResources {
    pub(super) fn new(groups: Vec<ApiGroup>, failures: Vec<Undiscovered>) -> Self {
        Self { groups, failures }
    }

    /// The groups, with all their versions.
    #[must_use]
    pub fn groups(&self) -> &[ApiGroup] {
        &self.groups
    }

    /// The group of this name; the core group has an empty one.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<&ApiGroup> {
        self.groups.iter().find(|group| group.name == name)
    }

    /// What could not be discovered; empty when everything was.
    #[must_use]
    pub fn failures(&self) -> &[Undiscovered] {
        &self.failures
    }

    /// Refuses what was found when it is not everything.
    ///
    /// # Errors
    ///
    /// When there are [`failures`](Self::failures): it names each, and the first one's error is the source.
    pub fn complete(&self) -> Result<()> {
        let Some(first) = self.failures.first() else {
            return Ok(());
        };
        let names: Vec<_> = self.failures.iter().map(ToString::to_string).collect();
        Err(first.error.clone().during(format!("discover {}", names.join(", "))))
    }

    /// Every resource in every version.
    pub fn resources(&self) -> impl Iterator<Item = &ApiResource> {
        self.groups.iter().flat_map(|group| &group.versions).flat_map(|version| &version.resources)
    }

    /// Every resource once: in the version that its group prefers, or else in the first that has it.
    #[must_use]
    pub fn preferred_resources(&self) -> Vec<&ApiResource> {
        self.groups.iter().flat_map(ApiGroup::preferred_resources).collect()
    }

    /// What is known of a resource by its full name.
    #[must_use]
    pub fn resource(&self, gvr: &GroupVersionResource) -> Option<&ApiResource> {
        let version =
            self.group(&gvr.group)?.versions.iter().find(|version| version.version == gvr.version)?;
        version.resources.iter().find(|resource| resource.gvr.resource == gvr.resource)
    }

    /// Puts in what was found of single versions, or that it failed.
    pub(super) fn put(&mut self, answers: Vec<VersionAnswer>) {
        for VersionAnswer { group, version, found } in answers {
            self.failures.retain(|failure| failure.group != group || failure.version != version);
            match found {
                Ok(resources) => {
                    let groups = self.groups.iter_mut().filter(|known| known.name == group);
                    let mut versions = groups.flat_map(|group| &mut group.versions);
                    if let Some(known) = versions.find(|known| known.version == version) {
                        known.resources = resources;
                    }
                }
                Err(error) => self.failures.push(Undiscovered::new(group, version, error)),
            }
        }
    }
}

/// What came of asking for the resources of one version.
pub(super) struct VersionAnswer {
    pub(super) group: String,
    pub(super) version: String,
    pub(super) found: Result<Vec<ApiResource>>,
}

impl ApiGroup {
    /// Every resource of the group once: in the preferred version, or else in the first that has it.
    fn preferred_resources(&self) -> Vec<&ApiResource> {
        let is_preferred = |version: &&ApiVersion| version.version == self.preferred_version;
        let preferred = self.versions.iter().filter(is_preferred);
        let others = self.versions.iter().filter(|version| !is_preferred(version));
        let mut found: Vec<&ApiResource> = Vec::new();
        for resource in preferred.chain(others).flat_map(|version| &version.resources) {
            if found.iter().all(|other| other.gvr.resource != resource.gvr.resource) {
                found.push(resource);
            }
        }
        found
    }
}
