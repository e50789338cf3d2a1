//! Pure: the schemas of the types of `k8s-openapi`.
//!
//! The files named after a group and a version are generated from the data of the real server, and from the
//! source of `k8s-openapi` for what each version of Kubernetes has. A schema is evaluated where it is used.

#[macro_use]
mod versions;
#[macro_use]
mod table;

mod admissionregistration_v1;
mod apiextensions_v1;
mod apiregistration_v1;
mod apps_v1;
mod authentication_v1;
mod authorization_v1;
mod autoscaling_v1;
mod autoscaling_v2;
mod batch_v1;
mod certificates_v1;
mod coordination_v1;
mod core_v1;
mod discovery_v1;
mod events_v1;
mod flowcontrol_v1;
mod meta_v1;
mod networking_v1;
mod node_v1;
mod policy_v1;
mod rbac_v1;
mod resource_v1;
mod scheduling_v1;
mod scheduling_v1alpha3;
mod special;
mod storage_v1;
mod storagemigration_v1;

#[cfg(test)]
mod tests;

pub use self::special::OBJECT_META;
