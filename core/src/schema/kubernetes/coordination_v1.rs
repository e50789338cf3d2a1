//! Generated: the schemas of `api::coordination::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use k8s_openapi::api::coordination::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    Lease kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<LeaseSpec>;
    }

    LeaseSpec {
        acquire_time "acquireTime": Option<meta::MicroTime>;
        holder_identity "holderIdentity": Option<String>;
        lease_duration_seconds "leaseDurationSeconds": Option<i32>;
        lease_transitions "leaseTransitions": Option<i32>;
        preferred_holder "preferredHolder": Option<String>;
        renew_time "renewTime": Option<meta::MicroTime>;
        strategy "strategy": Option<String>;
    }
}
