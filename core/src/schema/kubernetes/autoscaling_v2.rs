//! Generated: the schemas of `api::autoscaling::v2`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use k8s_openapi::api::autoscaling::v2::*;
use k8s_openapi::apimachinery::pkg::api::resource;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    ContainerResourceMetricSource {
        container "container": String;
        name "name": String;
        target "target": MetricTarget;
    }

    ContainerResourceMetricStatus {
        container "container": String;
        current "current": MetricValueStatus;
        name "name": String;
    }

    CrossVersionObjectReference {
        api_version "apiVersion": Option<String>;
        kind "kind": String;
        name "name": String;
    }

    ExternalMetricSource {
        metric "metric": MetricIdentifier;
        target "target": MetricTarget;
    }

    ExternalMetricStatus {
        current "current": MetricValueStatus;
        metric "metric": MetricIdentifier;
    }

    HPAScalingPolicy {
        period_seconds "periodSeconds": i32;
        type_ "type": String;
        value "value": i32;
    }

    HPAScalingRules {
        policies "policies": Option<Vec<HPAScalingPolicy>> => ATOMIC_LIST;
        select_policy "selectPolicy": Option<String>;
        stabilization_window_seconds "stabilizationWindowSeconds": Option<i32>;
        tolerance "tolerance": Option<resource::Quantity>;
    }

    HorizontalPodAutoscaler kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": changed_1_36![HorizontalPodAutoscalerSpec, Option<HorizontalPodAutoscalerSpec>];
        status "status": Option<HorizontalPodAutoscalerStatus>;
    }

    HorizontalPodAutoscalerBehavior {
        scale_down "scaleDown": Option<HPAScalingRules>;
        scale_up "scaleUp": Option<HPAScalingRules>;
    }

    HorizontalPodAutoscalerCondition ["type_"] {
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        status "status": String;
        type_ "type": String;
      @since_1_37 {
        observed_generation "observedGeneration": Option<i64>;
      }
    }

    HorizontalPodAutoscalerSpec {
        behavior "behavior": Option<HorizontalPodAutoscalerBehavior>;
        max_replicas "maxReplicas": i32;
        metrics "metrics": Option<Vec<MetricSpec>> => ATOMIC_LIST;
        min_replicas "minReplicas": Option<i32>;
        scale_target_ref "scaleTargetRef": CrossVersionObjectReference;
    }

    HorizontalPodAutoscalerStatus {
        conditions "conditions": Option<Vec<HorizontalPodAutoscalerCondition>> => map(&["type_"]);
        current_metrics "currentMetrics": Option<Vec<MetricStatus>> => ATOMIC_LIST;
        current_replicas "currentReplicas": Option<i32>;
        desired_replicas "desiredReplicas": i32;
        last_scale_time "lastScaleTime": Option<meta::Time>;
        observed_generation "observedGeneration": Option<i64>;
    }

    MetricIdentifier {
        name "name": String;
        selector "selector": Option<meta::LabelSelector>;
    }

    MetricSpec {
        container_resource "containerResource": Option<ContainerResourceMetricSource>;
        external "external": Option<ExternalMetricSource>;
        object "object": Option<ObjectMetricSource>;
        pods "pods": Option<PodsMetricSource>;
        resource "resource": Option<ResourceMetricSource>;
        type_ "type": String;
    }

    MetricStatus {
        container_resource "containerResource": Option<ContainerResourceMetricStatus>;
        external "external": Option<ExternalMetricStatus>;
        object "object": Option<ObjectMetricStatus>;
        pods "pods": Option<PodsMetricStatus>;
        resource "resource": Option<ResourceMetricStatus>;
        type_ "type": String;
    }

    MetricTarget {
        average_utilization "averageUtilization": Option<i32>;
        average_value "averageValue": Option<resource::Quantity>;
        type_ "type": String;
        value "value": Option<resource::Quantity>;
    }

    MetricValueStatus {
        average_utilization "averageUtilization": Option<i32>;
        average_value "averageValue": Option<resource::Quantity>;
        value "value": Option<resource::Quantity>;
    }

    ObjectMetricSource {
        described_object "describedObject": CrossVersionObjectReference;
        metric "metric": MetricIdentifier;
        target "target": MetricTarget;
    }

    ObjectMetricStatus {
        current "current": MetricValueStatus;
        described_object "describedObject": CrossVersionObjectReference;
        metric "metric": MetricIdentifier;
    }

    PodsMetricSource {
        metric "metric": MetricIdentifier;
        target "target": MetricTarget;
    }

    PodsMetricStatus {
        current "current": MetricValueStatus;
        metric "metric": MetricIdentifier;
    }

    ResourceMetricSource {
        name "name": String;
        target "target": MetricTarget;
    }

    ResourceMetricStatus {
        current "current": MetricValueStatus;
        name "name": String;
    }
}
