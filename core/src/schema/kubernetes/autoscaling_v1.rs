//! Generated: the schemas of `api::autoscaling::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use k8s_openapi::api::autoscaling::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    CrossVersionObjectReference atomic {
        api_version "apiVersion": Option<String>;
        kind "kind": String;
        name "name": String;
    }

    HorizontalPodAutoscaler kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": changed_1_36![HorizontalPodAutoscalerSpec, Option<HorizontalPodAutoscalerSpec>];
        status "status": Option<HorizontalPodAutoscalerStatus>;
    }

    HorizontalPodAutoscalerSpec {
        max_replicas "maxReplicas": i32;
        min_replicas "minReplicas": Option<i32>;
        scale_target_ref "scaleTargetRef": CrossVersionObjectReference;
        target_cpu_utilization_percentage "targetCPUUtilizationPercentage": Option<i32>;
    }

    HorizontalPodAutoscalerStatus {
        current_cpu_utilization_percentage "currentCPUUtilizationPercentage": Option<i32>;
        current_replicas "currentReplicas": i32;
        desired_replicas "desiredReplicas": i32;
        last_scale_time "lastScaleTime": Option<meta::Time>;
        observed_generation "observedGeneration": Option<i64>;
    }
}
