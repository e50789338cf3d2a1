//! Generated: the schemas of `api::scheduling::v1alpha3`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

k8s_openapi::k8s_if_ge_1_37! {
use k8s_openapi::api::scheduling::v1alpha3::*;

use super::table::*;

tables! {
    mod since_1_37;

    TopologyConstraint {
        key "key": String;
    }

    WorkloadPodGroupAllDisruptionMode any {}

    WorkloadPodGroupBasicSchedulingPolicy any {}

    WorkloadPodGroupDisruptionMode {
        all "all": Option<WorkloadPodGroupAllDisruptionMode>;
        single "single": Option<WorkloadPodGroupSingleDisruptionMode>;
    }

    WorkloadPodGroupGangSchedulingPolicy {
        min_count "minCount": Option<i32>;
    }

    WorkloadPodGroupResourceClaim ["name"] {
        name "name": String;
        resource_claim_name "resourceClaimName": Option<String>;
        resource_claim_template_name "resourceClaimTemplateName": Option<String>;
    }

    WorkloadPodGroupSchedulingConstraints {
        topology "topology": Option<Vec<TopologyConstraint>> => ATOMIC_LIST;
    }

    WorkloadPodGroupSchedulingPolicy {
        basic "basic": Option<WorkloadPodGroupBasicSchedulingPolicy>;
        gang "gang": Option<WorkloadPodGroupGangSchedulingPolicy>;
    }

    WorkloadPodGroupSingleDisruptionMode any {}
}
}
