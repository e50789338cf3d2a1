//! Pure: from a stored definition to the paths it brings, in the steps in which the server's controllers take them.

use std::sync::Arc;

use kubist_structural::definition::versions;
use kubist_structural::node::strings;
use serde_json::{Value, json};

use crate::apply;
use crate::cluster::Cluster;
use crate::crd::kinds;
use crate::crd::naming::{self, Taken};
use crate::crd::{approval, conditions};
use crate::kinds::{Collection, Kind};
use crate::meta;
use crate::rest::definitions::services;
use crate::rest::write;
use crate::storage::Stored;

/// Who the server is in managed fields.
const SERVER: &str = "kube-apiserver";

/// Where definitions are.
pub(crate) fn definitions() -> Collection {
    ("apiextensions.k8s.io".to_owned(), "customresourcedefinitions".to_owned())
}

/// The part of the status that is written with the spec: no names are accepted yet, and the versions that objects have
/// been stored in are known.
pub(crate) fn set_status(definition: &mut Value, old: Option<&Value>) {
    if old.is_none() {
        definition["status"] = json!({"conditions": null, "acceptedNames": naming::none()});
    }
    let mut stored = strings(definition["status"].get("storedVersions"));
    let storage = versions(definition).iter().find(|version| version["storage"] == true);
    if let Some(name) = storage.and_then(|version| version["name"].as_str())
        && !stored.iter().any(|known| known == name)
    {
        stored.push(name.to_owned());
        definition["status"]["storedVersions"] = stored.into();
    }
}

/// Does what follows from a change of a definition of this group, until nothing does: names are accepted or refused,
/// definitions established and served.
pub(crate) fn settle(cluster: &mut Cluster, group: &str, now: &str) {
    while let Some(next) = of_group(cluster, group).iter().find_map(|stored| step(cluster, stored, now)) {
        put(cluster, next, now);
    }
    for stored in of_group(cluster, group) {
        serve(cluster, &stored.object);
    }
    services::follow(cluster, group, now);
}

fn of_group(cluster: &Cluster, group: &str) -> Vec<Arc<Stored>> {
    let Some(collection) = cluster.store.collection(&definitions()) else {
        return Vec::new();
    };
    let all = collection.range(None, None);
    let mut found: Vec<Arc<Stored>> =
        all.filter(|stored| stored.object["spec"]["group"] == group).cloned().collect();
    // Who came first gets its names first.
    found.sort_by_key(|stored| stored.version);
    found
}

/// The definition after the next step that is due, if there is one.
fn step(cluster: &Cluster, stored: &Stored, now: &str) -> Option<Value> {
    let mut definition = stored.object.clone();
    let group = definition["spec"]["group"].as_str().unwrap_or_default().to_owned();
    let mut taken = Taken::default();
    for other in of_group(cluster, &group) {
        taken.add(&other.object);
    }
    if approval::judge(&mut definition, now) || naming::accept(&mut definition, &taken, now) {
        return Some(definition);
    }
    if conditions::is_true(&definition, "NamesAccepted") && !conditions::is_true(&definition, "Established") {
        let established = (true, "InitialNamesAccepted", "the initial names have been accepted");
        conditions::set(&mut definition, "Established", established, now);
        return Some(definition);
    }
    None
}

/// Stores a definition whose status the server itself has changed.
pub(crate) fn put(cluster: &mut Cluster, mut definition: Value, now: &str) -> Option<Arc<Stored>> {
    let kind = cluster.registry.any_version(&definitions())?.clone();
    let key =
        crate::storage::Key { namespace: String::new(), name: meta::text(&definition, "name").to_owned() };
    let old = cluster.get(&kind, &key).ok()?;
    let writer = write::writer_of(&kind, SERVER.to_owned(), "status".to_owned(), now.to_owned());
    apply::track::record(Some(&old.object), &mut definition, &writer);
    cluster.put(&kind, key, definition).ok()
}

/// Serves what a stored definition defines.
fn serve(cluster: &mut Cluster, definition: &Value) {
    if !conditions::is_true(definition, "Established") {
        return;
    }
    let collection = kinds::collection(definition);
    let served = kinds::served(definition);
    if cluster.store.collection(&collection).is_none() {
        cluster.store.open(collection.clone());
    } else if revisions(cluster, &served) {
        // The watches tell objects by the old schema; clients begin anew with the new one.
        cluster.store.disconnect(&collection);
    }
    Arc::make_mut(&mut cluster.registry).replace(&collection, served);
}

fn revisions(cluster: &Cluster, served: &[Kind]) -> bool {
    served.iter().any(|kind| {
        let before = cluster.registry.find(&kind.group, &kind.version, &kind.plural);
        before.is_none_or(|before| before.revision() != kind.revision())
    })
}

/// Ends what a removed definition defined, its paths and watches, and gives its names to others.
pub(crate) fn withdraw(cluster: &mut Cluster, definition: &Value, now: &str) {
    if conditions::is_true(definition, "Established") {
        let collection = kinds::collection(definition);
        cluster.store.close(&collection);
        Arc::make_mut(&mut cluster.registry).replace(&collection, Vec::new());
    }
    let group = definition["spec"]["group"].as_str().unwrap_or_default();
    settle(cluster, group, now);
}
