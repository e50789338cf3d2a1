//! Pure: the APIServices of custom groups follow what is served.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::cluster::Cluster;
use crate::cluster::first;
use crate::kinds::Collection;
use crate::storage::Key;

/// Makes the APIServices of the versions of a group that are new, and takes away those of versions that are gone.
/// What somebody else made stays.
pub(crate) fn follow(cluster: &mut Cluster, group: &str, now: &str) {
    let collection: Collection = ("apiregistration.k8s.io".to_owned(), "apiservices".to_owned());
    let served: BTreeSet<String> = cluster.registry.versions(group).into_iter().collect();
    let known: Vec<(Key, Value)> = cluster
        .store
        .collection(&collection)
        .into_iter()
        .flat_map(|services| services.range(None, None))
        .filter(|stored| stored.object["spec"]["group"] == group)
        .map(|stored| (stored.key.clone(), stored.object.clone()))
        .collect();
    for (key, service) in &known {
        let version = service["spec"]["version"].as_str().unwrap_or_default();
        let is_ours = service["metadata"]["labels"][first::MANAGED] == "true";
        if is_ours && !served.contains(version) {
            cluster.store.remove(&collection, key);
        }
    }
    for version in served {
        if known.iter().any(|(_, service)| service["spec"]["version"] == version) {
            continue;
        }
        if let Some((key, service)) = first::service(group, &version, now) {
            cluster.store.put(&collection, key, 0, service);
        }
    }
}
