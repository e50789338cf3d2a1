//! Generated: the schemas of `api::scheduling::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use k8s_openapi::api::scheduling::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    PriorityClass kind {
        description "description": Option<String>;
        global_default "globalDefault": Option<bool>;
        metadata "metadata": meta::ObjectMeta, empty_object;
        preemption_policy "preemptionPolicy" = one_of(&["Never", "PreemptLowerPriority"]).optional();
        value "value": changed_1_36![Option<i32>, i32];
    }
}
