//! Generated: the schemas of `api::policy::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use std::collections::BTreeMap;

use k8s_openapi::api::policy::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;
use k8s_openapi::apimachinery::pkg::util::intstr;

use super::table::*;

tables! {
    mod since_1_33;

    PodDisruptionBudget kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<PodDisruptionBudgetSpec>;
        status "status": Option<PodDisruptionBudgetStatus>;
    }

    PodDisruptionBudgetSpec {
        max_unavailable "maxUnavailable": Option<intstr::IntOrString>;
        min_available "minAvailable": Option<intstr::IntOrString>;
        selector "selector": Option<meta::LabelSelector>;
        unhealthy_pod_eviction_policy "unhealthyPodEvictionPolicy" = one_of(&["AlwaysAllow", "IfHealthyBudget"]).optional();
    }

    PodDisruptionBudgetStatus {
        conditions "conditions": Option<Vec<meta::Condition>> => map(&["type_"]);
        current_healthy "currentHealthy": changed_1_36![Option<i32>, i32];
        desired_healthy "desiredHealthy": changed_1_36![Option<i32>, i32];
        disrupted_pods "disruptedPods": Option<BTreeMap<String, meta::Time>>;
        disruptions_allowed "disruptionsAllowed": changed_1_36![Option<i32>, i32];
        expected_pods "expectedPods": changed_1_36![Option<i32>, i32];
        observed_generation "observedGeneration": Option<i64>;
    }
}
