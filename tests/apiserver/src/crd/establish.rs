//! Pure: a definition that is stored is served at once; one that is removed takes its objects along.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::cluster::Cluster;
use crate::crd::kinds;
use crate::crd::validate::versions;
use crate::kinds::Kind;
use crate::schema::node::strings;

/// Writes the status that the server keeps: accepted names, conditions and stored versions.
pub(crate) fn set_status(definition: &mut Value, old: Option<&Value>, cluster: &Cluster, now: &str) {
    let (accepted_names, taken) = accept_names(definition, cluster);
    let mut stored = old.map(|old| strings(old["status"].get("storedVersions"))).unwrap_or_default();
    for version in versions(definition).iter().filter(|version| version["storage"] == true) {
        let name = version["name"].as_str().unwrap_or_default().to_owned();
        if !stored.contains(&name) {
            stored.push(name);
        }
    }
    let (accepted, established) = match &taken {
        None => (
            condition("NamesAccepted", true, "NoConflicts", "no conflicts found"),
            condition("Established", true, "InitialNamesAccepted", "the initial names have been accepted"),
        ),
        Some((reason, name)) => (
            condition("NamesAccepted", false, reason, &format!("\"{name}\" is already in use")),
            condition("Established", false, "NotAccepted", "not all names are accepted"),
        ),
    };
    let before = old.and_then(|old| old["status"]["conditions"].as_array().cloned()).unwrap_or_default();
    let conditions: Vec<Value> =
        [accepted, established].into_iter().map(|new| since(new, &before, now)).collect();
    definition["status"] = json!({
        "acceptedNames": accepted_names,
        "conditions": conditions,
        "storedVersions": stored,
    });
}

fn condition(kind: &str, status: bool, reason: &str, message: &str) -> Value {
    json!({"type": kind, "status": if status { "True" } else { "False" }, "reason": reason, "message": message})
}

/// A condition keeps its time as long as it keeps its status.
fn since(mut condition: Value, before: &[Value], now: &str) -> Value {
    let same =
        before.iter().find(|old| old["type"] == condition["type"] && old["status"] == condition["status"]);
    condition["lastTransitionTime"] =
        same.map_or_else(|| now.into(), |old| old["lastTransitionTime"].clone());
    condition
}

/// The names that the definition gets, and the last conflict with another resource of the group.
fn accept_names(definition: &Value, cluster: &Cluster) -> (Value, Option<(&'static str, String)>) {
    let own = kinds::collection(definition);
    let others: Vec<&Arc<Kind>> =
        cluster.registry.iter().filter(|kind| kind.group == own.0 && kind.plural != own.1).collect();
    let is_resource = |name: &str| {
        others.iter().any(|kind| {
            kind.plural == name || kind.singular == name || kind.short_names.iter().any(|short| short == name)
        })
    };
    let is_kind = |name: &str| others.iter().any(|kind| kind.kind == name || kind.list_kind == name);
    let names = &definition["spec"]["names"];
    let mut accepted = json!({"plural": "", "kind": ""});
    let mut conflict = None;
    let mut judge = |field: &str, reason: &'static str, taken: Option<String>| match taken {
        Some(taken) => conflict = Some((reason, taken)),
        None if names.get(field).is_some() => accepted[field] = names[field].clone(),
        None => {}
    };
    let text = |field: &str| names[field].as_str().unwrap_or_default().to_owned();
    judge("plural", "PluralConflict", Some(text("plural")).filter(|name| is_resource(name)));
    judge("singular", "SingularConflict", Some(text("singular")).filter(|name| is_resource(name)));
    let short = strings(names.get("shortNames")).into_iter().find(|short| is_resource(short));
    judge("shortNames", "ShortNamesConflict", short);
    judge("kind", "KindConflict", Some(text("kind")).filter(|name| is_kind(name)));
    judge("listKind", "ListKindConflict", Some(text("listKind")).filter(|name| is_kind(name)));
    judge("categories", "", None);
    (accepted, conflict)
}

fn is_established(definition: &Value) -> bool {
    definition["status"]["conditions"].as_array().is_some_and(|conditions| {
        conditions.iter().any(|condition| condition["type"] == "Established" && condition["status"] == "True")
    })
}

/// Serves what a stored definition defines.
pub(crate) fn serve(cluster: &mut Cluster, definition: &Value) {
    if !is_established(definition) {
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

/// Ends what a removed definition defined: objects, watches, paths.
pub(crate) fn withdraw(cluster: &mut Cluster, definition: &Value) {
    if !is_established(definition) {
        return;
    }
    let collection = kinds::collection(definition);
    cluster.store.close(&collection);
    Arc::make_mut(&mut cluster.registry).replace(&collection, Vec::new());
}
