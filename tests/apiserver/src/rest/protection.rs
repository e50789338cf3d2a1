//! Pure: claims and volumes that are in use are protected by a finalizer, which goes when nothing uses them.

use serde_json::Value;

use crate::cluster::Cluster;
use crate::kinds::{Collection, Kind};
use crate::meta;
use crate::storage::Key;

/// The finalizer that keeps an object which is being deleted, if there is no reason for it any more.
pub(super) fn needless(cluster: &Cluster, kind: &Kind, object: &Value) -> Option<&'static str> {
    if kind.is("", "persistentvolumeclaims") {
        (!is_used(cluster, object)).then_some("kubernetes.io/pvc-protection")
    } else if kind.is("", "persistentvolumes") {
        (object["status"]["phase"] != "Bound").then_some("kubernetes.io/pv-protection")
    } else {
        None
    }
}

/// Whether a pod that has not ended mounts the claim.
fn is_used(cluster: &Cluster, claim: &Value) -> bool {
    let (namespace, name) = (meta::text(claim, "namespace"), meta::text(claim, "name"));
    let pods = cluster.store.collection(&core("pods"));
    pods.into_iter().flat_map(|pods| pods.range(Some(namespace), None)).any(|pod| {
        let phase = pod.object["status"]["phase"].as_str().unwrap_or_default();
        !matches!(phase, "Succeeded" | "Failed") && claims(&pod.object).any(|claim| claim == name)
    })
}

/// Where the claims are that a pod mounts; nothing for objects of other kinds.
pub(super) fn claims_of(object: &Value) -> (Collection, Vec<Key>) {
    let namespace = meta::text(object, "namespace");
    let key = |name: &str| Key { namespace: namespace.to_owned(), name: name.to_owned() };
    let is_pod = object["kind"] == "Pod" && object["apiVersion"] == "v1";
    (core("persistentvolumeclaims"), claims(object).filter(|_| is_pod).map(key).collect())
}

fn claims(pod: &Value) -> impl Iterator<Item = &str> {
    let volumes = pod["spec"]["volumes"].as_array().into_iter().flatten();
    volumes.filter_map(|volume| volume["persistentVolumeClaim"]["claimName"].as_str())
}

fn core(plural: &str) -> Collection {
    (String::new(), plural.to_owned())
}
