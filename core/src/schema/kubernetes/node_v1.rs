//! Generated: the schemas of `api::node::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use std::collections::BTreeMap;

use k8s_openapi::api::node::v1::*;
use k8s_openapi::apimachinery::pkg::api::resource;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    Overhead {
        pod_fixed "podFixed": Option<BTreeMap<String, resource::Quantity>>;
    }

    RuntimeClass kind {
        handler "handler": String;
        metadata "metadata": meta::ObjectMeta, empty_object;
        overhead "overhead": Option<Overhead>;
        scheduling "scheduling": Option<Scheduling>;
    }

    Scheduling {
        node_selector "nodeSelector": Option<BTreeMap<String, String>> => ATOMIC_MAP;
        tolerations "tolerations": Option<Vec<k8s_openapi::api::core::v1::Toleration>> => ATOMIC_LIST;
    }
}
