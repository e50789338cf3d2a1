//! Pure: what the server fills into objects of built-in kinds, in the order in which a write meets it: defaults,
//! admission, allocation, preparation.

use std::sync::Arc;

use serde_json::Value;

use crate::builtin::shape;
use crate::builtin::types;
use crate::cluster::Cluster;
use crate::kinds::Kind;
use crate::meta;
use crate::status::Status;
use crate::storage::Stored;

mod addresses;
mod admission;
mod claims;
mod config;
mod devices;
mod edit;
mod image;
mod jobs;
mod pods;
mod prepare;
pub(crate) mod qos;
mod quantities;
mod secrets;
mod services;
mod unconditional;
mod workloads;

pub(crate) use crate::builtin::defaults::admission::admit;
pub(crate) use crate::builtin::defaults::prepare::{prepare_create, prepare_update};

/// Fills in the defaults of a kind. They belong to whoever sent the object.
pub(crate) fn fill(kind: &Kind, object: &mut Value) {
    let Some(of) = types::of_kind(kind) else {
        return;
    };
    if kind.is("", "secrets") {
        secrets::fold_string_data(object);
    }
    *object = shape::sent(of, object.take());
    before(kind, object);
    unconditional::fill(of, &kind.api_version(), &kind.kind, object);
    after(kind, object);
    if kind.group != "resource.k8s.io" {
        quantities::round(of, object);
    }
    *object = shape::sent(of, object.take());
}

/// Fills in what the data file lists, for a kind that has rules of its own for the rest.
pub(crate) fn fill_unconditional(kind: &Kind, object: &mut Value) {
    if let Some(of) = types::of_kind(kind) {
        unconditional::fill(of, &kind.api_version(), &kind.kind, object);
    }
}

/// Defaults that must see what was left out.
fn before(kind: &Kind, object: &mut Value) {
    match (kind.group.as_str(), kind.plural.as_str()) {
        ("batch", "jobs") => jobs::fill(object),
        ("apps", "statefulsets") => workloads::fill_stateful_set(edit::make(object, &["spec"])),
        _ => {}
    }
}

/// Defaults that follow from others.
fn after(kind: &Kind, object: &mut Value) {
    if let Some(spec) = pods::spec_path(&kind.plural).and_then(|path| edit::at(object, path)) {
        pods::fill_spec(spec);
    }
    let spec = |object| edit::make(object, &["spec"]);
    match (kind.group.as_str(), kind.plural.as_str()) {
        ("", "pods") => pods::fill_pod(object),
        ("", "services") => services::fill(object),
        ("", "namespaces") => config::label_namespace(object),
        ("", "nodes") => {
            config::fill_node_status(object);
            config::agree_on_network(object);
        }
        ("", "limitranges") => config::fill_limit_range(spec(object)),
        ("", "replicationcontrollers") => workloads::fill_replication_controller(object),
        ("autoscaling", "horizontalpodautoscalers") if kind.version == "v1" => {
            config::fill_autoscaler(object)
        }
        ("resource.k8s.io", "resourceclaims") => devices::fill(object, &["spec", "devices"]),
        ("resource.k8s.io", "resourceclaimtemplates") => devices::fill(object, &["spec", "spec", "devices"]),
        ("apps", "deployments") => workloads::fill_deployment(spec(object)),
        ("apps", "daemonsets") => {
            workloads::fill_daemon_set(spec(object));
            workloads::mark_template(object);
        }
        ("networking.k8s.io", "networkpolicies") => config::fill_network_policy(spec(object)),
        ("rbac.authorization.k8s.io", "rolebindings" | "clusterrolebindings") => {
            config::fill_subjects(object)
        }
        _ => {}
    }
}

/// Whether the labels of an object are those of its pods, whatever becomes of these. To be asked before the owner of
/// its fields is recorded, since the labels are the owner's.
pub(crate) fn share_labels(kind: &Kind, object: &mut Value) -> bool {
    kind.is("batch", "jobs") && jobs::share_labels(object)
}

/// Gives an object the labels of its pods as they are now.
pub(crate) fn copy_labels(object: &mut Value) {
    meta::metadata(object).remove("labels");
    jobs::share_labels(object);
}

/// Gives a service its addresses and ports; `old` is what it replaces.
pub(crate) fn allocate(
    cluster: &Cluster,
    kind: &Kind,
    object: &mut Value,
    old: Option<&Value>,
) -> Result<(), Status> {
    if !kind.is("", "services") {
        return Ok(());
    }
    let own = (meta::text(object, "namespace").to_owned(), meta::text(object, "name").to_owned());
    let others = of_kind(cluster, "", "services").map(|stored| &stored.object);
    let others = others.filter(|other| {
        old.is_none() || (meta::text(other, "namespace"), meta::text(other, "name")) != (&*own.0, &*own.1)
    });
    let mut taken = addresses::Taken::by(others);
    addresses::allocate(kind, object, old, &mut taken)
}

/// All objects of a kind.
fn of_kind<'a>(cluster: &'a Cluster, group: &str, plural: &str) -> impl Iterator<Item = &'a Arc<Stored>> {
    let collection = cluster.store.collection(&(group.to_owned(), plural.to_owned()));
    collection.into_iter().flat_map(|collection| collection.range(None, None))
}

#[cfg(test)]
mod tests;
