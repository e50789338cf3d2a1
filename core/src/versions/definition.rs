//! Pure: one definition of several versions.

use std::collections::BTreeMap;

use super::Version;
use super::order::compare_versions;
use crate::crd::CustomResourceDefinition;

/// The definition of a kind with these versions, as [`crd!`](crate::crd!) makes it: in Kubernetes' order, so that
/// the same versions always give the same bytes.
///
/// Names and scope are those of the version that stores. Labels and annotations of all versions are in it; where two
/// say different things, it is what the version that stores says. That the versions belong together is checked by
/// [`crd!`](crate::crd!), not here.
#[must_use]
pub fn definition(versions: &[Version]) -> CustomResourceDefinition {
    let storage = match versions {
        [alone] => Some(alone),
        several => several.iter().find(|version| version.storage),
    };
    let Some(storage) = storage else {
        return CustomResourceDefinition::default();
    };
    let mut definition = (storage.definition)();
    definition.spec.versions.clear();
    for version in versions {
        let one = (version.definition)();
        let metadata = &mut definition.metadata;
        add(&mut metadata.labels, one.metadata.labels);
        add(&mut metadata.annotations, one.metadata.annotations);
        for mut part in one.spec.versions {
            part.storage = part.name == storage.meta.version;
            definition.spec.versions.push(part);
        }
    }
    definition.spec.versions.sort_by(|a, b| compare_versions(&a.name, &b.name));
    definition
}

/// Adds what is not there yet.
fn add(entries: &mut Option<BTreeMap<String, String>>, more: Option<BTreeMap<String, String>>) {
    for (key, value) in more.into_iter().flatten() {
        entries.get_or_insert_default().entry(key).or_insert(value);
    }
}
