//! Pure: which kinds are served, and under which paths.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use crate::builtin;
use crate::builtin::data;
use crate::kinds::{Collection, Kind};

/// Every kind that is served now.
#[derive(Clone, Debug)]
pub(crate) struct Registry {
    /// By group, version and plural.
    kinds: BTreeMap<(String, String, String), Arc<Kind>>,
}

impl Registry {
    /// The built-in kinds alone.
    pub(crate) fn built_in() -> Self {
        let mut registry = Self { kinds: BTreeMap::new() };
        for kind in builtin::kinds::all() {
            registry.insert(Arc::clone(kind));
        }
        registry
    }

    fn insert(&mut self, kind: Arc<Kind>) {
        let key = (kind.group.clone(), kind.version.clone(), kind.plural.clone());
        self.kinds.insert(key, kind);
    }

    /// Replaces all versions of one custom resource.
    pub(crate) fn replace(&mut self, collection: &Collection, versions: Vec<Kind>) {
        self.kinds.retain(|(group, _, plural), _| (group, plural) != (&collection.0, &collection.1));
        for kind in versions {
            self.insert(Arc::new(kind));
        }
    }

    pub(crate) fn find(&self, group: &str, version: &str, plural: &str) -> Option<&Arc<Kind>> {
        self.kinds.get(&(group.to_owned(), version.to_owned(), plural.to_owned()))
    }

    /// The kind that an object says it is of.
    pub(crate) fn of_object(&self, object: &Value) -> Option<&Arc<Kind>> {
        let api_version = object["apiVersion"].as_str()?;
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        self.kinds
            .values()
            .find(|kind| kind.group == group && kind.version == version && object["kind"] == kind.kind)
    }

    /// Any version of a resource.
    pub(crate) fn any_version(&self, collection: &Collection) -> Option<&Arc<Kind>> {
        self.kinds.values().find(|kind| kind.is(&collection.0, &collection.1))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<Kind>> {
        self.kinds.values()
    }

    /// The groups in the order in which discovery lists them, the core group left out: what serves all others, then
    /// the built-in ones by their priority, then the custom ones by name.
    pub(crate) fn groups(&self) -> Vec<String> {
        let rank = |group: &str| {
            let known = data::groups().iter().position(|known| known.group == group);
            if group == "apiregistration.k8s.io" { 0 } else { known.unwrap_or(usize::MAX) }
        };
        let groups: BTreeSet<&String> = self.kinds.keys().map(|(group, _, _)| group).collect();
        let mut groups: Vec<String> = groups.into_iter().filter(|group| !group.is_empty()).cloned().collect();
        groups.sort_by_key(|group| rank(group));
        groups
    }

    /// The versions of a group, the preferred one first.
    pub(crate) fn versions(&self, group: &str) -> Vec<String> {
        let mut versions: Vec<String> = Vec::new();
        for (of, version, _) in self.kinds.keys() {
            if of == group && !versions.contains(version) {
                versions.push(version.clone());
            }
        }
        versions.sort_by(|left, right| compare_versions(right, left));
        versions
    }

    pub(crate) fn in_version<'a>(
        &'a self,
        group: &'a str,
        version: &'a str,
    ) -> impl Iterator<Item = &'a Arc<Kind>> {
        self.kinds.values().filter(move |kind| kind.group == group && kind.version == version)
    }
}

/// Orders versions by maturity, then by number: `v10 > v2 > v1 > v2beta1 > v1alpha1 > anything else`.
pub(crate) fn compare_versions(left: &str, right: &str) -> std::cmp::Ordering {
    match (parse_version(left), parse_version(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        (Some(_), None) => std::cmp::Ordering::Greater,
        (None, Some(_)) => std::cmp::Ordering::Less,
        (None, None) => right.cmp(left),
    }
}

fn parse_version(version: &str) -> Option<(u8, u64, u64)> {
    let rest = version.strip_prefix('v')?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (major, rest) = rest.split_at(end);
    let major = major.parse().ok()?;
    if rest.is_empty() {
        return Some((2, major, 0));
    }
    let (stage, minor) = rest
        .strip_prefix("beta")
        .map(|minor| (1, minor))
        .or_else(|| rest.strip_prefix("alpha").map(|minor| (0, minor)))?;
    Some((stage, major, minor.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_as_kubernetes_orders_them() {
        let mut versions = ["bar1", "v1alpha1", "foo", "v1", "v10", "v2beta1", "v2", "v1alfa1"];
        versions.sort_by(|left, right| compare_versions(right, left));
        assert_eq!(versions, ["v10", "v2", "v1", "v2beta1", "v1alpha1", "bar1", "foo", "v1alfa1"]);
    }
}
