//! Pure: whether an object of a built-in kind may be stored, in the API server's words and order.
//!
//! Every kind has a table of rules ([`rule::Rules`]): a path, and what must hold there. The objects are
//! judged after their defaults were filled in.

mod apps;
mod at;
mod batch;
mod claim;
mod cluster;
mod config;
mod cron;
mod diff;
mod errors;
mod format;
mod internal;
mod ip;
mod job_policies;
mod networking;
mod pod;
mod quota;
mod rbac;
mod resources;
mod rule;
mod scaling;
mod selector;
mod service;
mod volume_source;
pub(crate) mod warn;

use kubist_structural::field_error::FieldError;
use serde_json::Value;

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::rule::{Change, Rules};
use crate::kinds::Kind;

/// What a new object of a kind must be, and what may become of it.
#[derive(Clone, Copy)]
struct Ruleset {
    create: Rules,
    update: &'static [Change],
}

/// Rules for a kind of which a changed object must be what a new one must be.
macro_rules! same {
    ($rules:expr) => {
        Ruleset { create: $rules, update: &[Change::Rules($rules)] }
    };
}

fn ruleset(kind: &Kind) -> Option<Ruleset> {
    let set = |create, update| Ruleset { create, update };
    Some(match (kind.group.as_str(), kind.plural.as_str()) {
        ("", "configmaps") => set(config::CONFIG_MAP, config::CONFIG_MAP_CHANGES),
        ("", "endpoints") => set(cluster::ENDPOINTS, cluster::ENDPOINTS_CHANGES),
        ("", "events") => same!(cluster::CORE_EVENT),
        ("", "limitranges") => same!(quota::LIMIT_RANGE),
        ("", "namespaces") => set(config::NAMESPACE, &[]),
        ("", "nodes") => set(cluster::NODE, cluster::NODE_CHANGES),
        ("", "persistentvolumeclaims") => set(claim::CLAIM, claim::CLAIM_CHANGES),
        ("", "persistentvolumes") => set(claim::VOLUME, claim::VOLUME_CHANGES),
        ("", "pods") => set(pod::NEW_POD, pod::update::CHANGES),
        ("", "podtemplates") => same!(apps::POD_TEMPLATE),
        ("", "replicationcontrollers") => same!(apps::REPLICATION_CONTROLLER),
        ("", "resourcequotas") => set(quota::QUOTA, quota::QUOTA_CHANGES),
        ("", "secrets") => set(config::SECRET, config::SECRET_CHANGES),
        ("", "services") => set(service::SERVICE, service::CHANGES),
        ("apps", "controllerrevisions") => set(apps::REVISION, apps::REVISION_CHANGES),
        ("apps", "daemonsets") => set(apps::DAEMON_SET, apps::DAEMON_SET_CHANGES),
        ("apps", "deployments") => set(apps::DEPLOYMENT, apps::DEPLOYMENT_CHANGES),
        ("apps", "replicasets") => set(apps::REPLICA_SET, apps::REPLICA_SET_CHANGES),
        ("apps", "statefulsets") => set(apps::NEW_STATEFUL_SET, apps::STATEFUL_SET_CHANGES),
        ("autoscaling", "horizontalpodautoscalers") => same!(scaling::AUTOSCALER),
        ("batch", "cronjobs") => set(batch::NEW_CRON_JOB, batch::CRON_JOB_CHANGES),
        ("batch", "jobs") => set(batch::JOB, batch::JOB_CHANGES),
        ("coordination.k8s.io", "leases") => same!(cluster::LEASE),
        ("discovery.k8s.io", "endpointslices") => set(cluster::SLICE, cluster::SLICE_CHANGES),
        ("events.k8s.io", "events") => set(cluster::EVENT, cluster::EVENT_CHANGES),
        ("networking.k8s.io", "ingressclasses") => set(networking::CLASS, networking::CLASS_CHANGES),
        ("networking.k8s.io", "ingresses") => {
            set(networking::NEW_INGRESS, &[Change::Rules(networking::INGRESS)])
        }
        ("networking.k8s.io", "networkpolicies") => same!(networking::POLICY),
        ("node.k8s.io", "runtimeclasses") => set(cluster::RUNTIME_CLASS, cluster::RUNTIME_CLASS_CHANGES),
        ("policy", "poddisruptionbudgets") => same!(scaling::BUDGET),
        ("rbac.authorization.k8s.io", "clusterrolebindings") => {
            set(rbac::CLUSTER_ROLE_BINDING, rbac::CLUSTER_ROLE_BINDING_CHANGES)
        }
        ("rbac.authorization.k8s.io", "clusterroles") => same!(rbac::CLUSTER_ROLE),
        ("rbac.authorization.k8s.io", "rolebindings") => set(rbac::ROLE_BINDING, rbac::ROLE_BINDING_CHANGES),
        ("rbac.authorization.k8s.io", "roles") => same!(rbac::ROLE),
        ("scheduling.k8s.io", "priorityclasses") => set(scaling::PRIORITY, scaling::PRIORITY_CHANGES),
        ("storage.k8s.io", "storageclasses") => set(claim::CLASS, claim::CLASS_CHANGES),
        _ => return None,
    })
}

/// What is wrong with the addresses in the spec of a service, which is judged before it gets any.
pub(crate) fn service_addresses(spec: &Value) -> Vec<FieldError> {
    let mut errors = Errors::default();
    service::cluster_ips(&At::new("spec", spec), &mut errors);
    errors.into_vec()
}

/// Everything, apart from the metadata, that forbids storing `object`; `old` is what it replaces.
pub(crate) fn validate(kind: &Kind, object: &Value, old: Option<&Value>) -> Vec<FieldError> {
    let mut errors = Errors::default();
    let Some(ruleset) = ruleset(kind) else {
        return Vec::new();
    };
    let at = At::new("", object);
    match old {
        None => rule::run(ruleset.create, &at, &mut errors),
        Some(old) => rule::run_changes(ruleset.update, &at, &At::new("", old), &mut errors),
    }
    errors.into_vec()
}
