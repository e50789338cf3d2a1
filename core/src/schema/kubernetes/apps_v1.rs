//! Generated: the schemas of `api::apps::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use k8s_openapi::api::apps::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;
use k8s_openapi::apimachinery::pkg::runtime;
use k8s_openapi::apimachinery::pkg::util::intstr;

use super::table::*;

tables! {
    mod since_1_33;

    ControllerRevision kind {
        data "data": changed_1_37![runtime::RawExtension, Option<runtime::RawExtension>];
        metadata "metadata": meta::ObjectMeta, empty_object;
        revision "revision": changed_1_37![Option<i64>, i64];
    }

    DaemonSet kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": changed_1_37![DaemonSetSpec, Option<DaemonSetSpec>];
        status "status": Option<DaemonSetStatus>;
    }

    DaemonSetCondition ["type_"] {
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        status "status": changed_1_37![Option<String>, String];
        type_ "type": changed_1_37![Option<String>, String], empty;
    }

    DaemonSetSpec {
        min_ready_seconds "minReadySeconds": Option<i32>;
        revision_history_limit "revisionHistoryLimit": Option<i32>;
        selector "selector": meta::LabelSelector;
        template "template": k8s_openapi::api::core::v1::PodTemplateSpec;
        update_strategy "updateStrategy": Option<DaemonSetUpdateStrategy>;
    }

    DaemonSetStatus {
        collision_count "collisionCount": Option<i32>;
        conditions "conditions": Option<Vec<DaemonSetCondition>> => map(&["type_"]);
        current_number_scheduled "currentNumberScheduled": i32;
        desired_number_scheduled "desiredNumberScheduled": i32;
        number_available "numberAvailable": Option<i32>;
        number_misscheduled "numberMisscheduled": i32;
        number_ready "numberReady": i32;
        number_unavailable "numberUnavailable": Option<i32>;
        observed_generation "observedGeneration": Option<i64>;
        updated_number_scheduled "updatedNumberScheduled": Option<i32>;
    }

    DaemonSetUpdateStrategy {
        rolling_update "rollingUpdate": Option<RollingUpdateDaemonSet>;
        type_ "type" = one_of(&["OnDelete", "RollingUpdate"]).optional();
    }

    Deployment kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": changed_1_37![DeploymentSpec, Option<DeploymentSpec>];
        status "status": Option<DeploymentStatus>;
    }

    DeploymentCondition ["type_"] {
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        last_update_time "lastUpdateTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        status "status": changed_1_37![Option<String>, String];
        type_ "type": changed_1_37![Option<String>, String], empty;
    }

    DeploymentSpec {
        min_ready_seconds "minReadySeconds": Option<i32>;
        paused "paused": Option<bool>;
        progress_deadline_seconds "progressDeadlineSeconds": Option<i32>;
        replicas "replicas": Option<i32>;
        revision_history_limit "revisionHistoryLimit": Option<i32>;
        selector "selector": meta::LabelSelector;
        strategy "strategy": Option<DeploymentStrategy>;
        template "template": k8s_openapi::api::core::v1::PodTemplateSpec;
    }

    DeploymentStatus {
        available_replicas "availableReplicas": Option<i32>;
        collision_count "collisionCount": Option<i32>;
        conditions "conditions": Option<Vec<DeploymentCondition>> => map(&["type_"]);
        observed_generation "observedGeneration": Option<i64>;
        ready_replicas "readyReplicas": Option<i32>;
        replicas "replicas": Option<i32>;
        terminating_replicas "terminatingReplicas": Option<i32>;
        unavailable_replicas "unavailableReplicas": Option<i32>;
        updated_replicas "updatedReplicas": Option<i32>;
    }

    DeploymentStrategy {
        rolling_update "rollingUpdate": Option<RollingUpdateDeployment>;
        type_ "type" = one_of(&["Recreate", "RollingUpdate"]).optional();
    }

    ReplicaSet kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": changed_1_37![ReplicaSetSpec, Option<ReplicaSetSpec>];
        status "status": Option<ReplicaSetStatus>;
    }

    ReplicaSetCondition ["type_"] {
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        status "status": changed_1_37![Option<String>, String];
        type_ "type": changed_1_37![Option<String>, String], empty;
    }

    ReplicaSetSpec {
        min_ready_seconds "minReadySeconds": Option<i32>;
        replicas "replicas": Option<i32>;
        selector "selector": meta::LabelSelector;
        template "template": Option<k8s_openapi::api::core::v1::PodTemplateSpec>;
    }

    ReplicaSetStatus {
        available_replicas "availableReplicas": Option<i32>;
        conditions "conditions": Option<Vec<ReplicaSetCondition>> => map(&["type_"]);
        fully_labeled_replicas "fullyLabeledReplicas": Option<i32>;
        observed_generation "observedGeneration": Option<i64>;
        ready_replicas "readyReplicas": Option<i32>;
        replicas "replicas": i32;
        terminating_replicas "terminatingReplicas": Option<i32>;
    }

    RollingUpdateDaemonSet {
        max_surge "maxSurge": Option<intstr::IntOrString>;
        max_unavailable "maxUnavailable": Option<intstr::IntOrString>;
    }

    RollingUpdateDeployment {
        max_surge "maxSurge": Option<intstr::IntOrString>;
        max_unavailable "maxUnavailable": Option<intstr::IntOrString>;
    }

    RollingUpdateStatefulSetStrategy {
        max_unavailable "maxUnavailable": Option<intstr::IntOrString>;
        partition "partition": Option<i32>;
    }

    StatefulSet kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": changed_1_37![StatefulSetSpec, Option<StatefulSetSpec>];
        status "status": Option<StatefulSetStatus>;
    }

    StatefulSetCondition ["type_"] {
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        status "status": changed_1_37![Option<String>, String];
        type_ "type": changed_1_37![Option<String>, String], empty;
    }

    StatefulSetOrdinals {
        start "start": Option<i32>;
    }

    StatefulSetPersistentVolumeClaimRetentionPolicy {
        when_deleted "whenDeleted": Option<String>;
        when_scaled "whenScaled": Option<String>;
    }

    StatefulSetSpec {
        min_ready_seconds "minReadySeconds": Option<i32>;
        ordinals "ordinals": Option<StatefulSetOrdinals>;
        persistent_volume_claim_retention_policy "persistentVolumeClaimRetentionPolicy": Option<StatefulSetPersistentVolumeClaimRetentionPolicy>;
        pod_management_policy "podManagementPolicy" = one_of(&["OrderedReady", "Parallel"]).optional();
        replicas "replicas": Option<i32>;
        revision_history_limit "revisionHistoryLimit": Option<i32>;
        selector "selector": meta::LabelSelector;
        service_name "serviceName": Option<String>;
        template "template": k8s_openapi::api::core::v1::PodTemplateSpec;
        update_strategy "updateStrategy": Option<StatefulSetUpdateStrategy>;
        volume_claim_templates "volumeClaimTemplates": Option<Vec<k8s_openapi::api::core::v1::PersistentVolumeClaim>> => ATOMIC_LIST;
    }

    StatefulSetStatus {
        available_replicas "availableReplicas": Option<i32>;
        collision_count "collisionCount": Option<i32>;
        conditions "conditions": Option<Vec<StatefulSetCondition>> => map(&["type_"]);
        current_replicas "currentReplicas": Option<i32>;
        current_revision "currentRevision": Option<String>;
        observed_generation "observedGeneration": Option<i64>;
        ready_replicas "readyReplicas": Option<i32>;
        replicas "replicas": i32;
        update_revision "updateRevision": Option<String>;
        updated_replicas "updatedReplicas": Option<i32>;
    }

    StatefulSetUpdateStrategy {
        rolling_update "rollingUpdate": Option<RollingUpdateStatefulSetStrategy>;
        type_ "type" = one_of(&["OnDelete", "Recreate", "RollingUpdate"]).optional();
    }
}
