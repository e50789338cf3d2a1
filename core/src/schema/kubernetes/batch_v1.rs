//! Generated: the schemas of `api::batch::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use k8s_openapi::api::batch::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    CronJob kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": changed_1_36![CronJobSpec, Option<CronJobSpec>];
        status "status": Option<CronJobStatus>;
    }

    CronJobSpec {
        concurrency_policy "concurrencyPolicy" = one_of(&["Allow", "Forbid", "Replace"]).optional();
        failed_jobs_history_limit "failedJobsHistoryLimit": Option<i32>;
        job_template "jobTemplate": JobTemplateSpec;
        schedule "schedule": String;
        starting_deadline_seconds "startingDeadlineSeconds": Option<i64>;
        successful_jobs_history_limit "successfulJobsHistoryLimit": Option<i32>;
        suspend "suspend": Option<bool>;
        time_zone "timeZone": Option<String>;
    }

    CronJobStatus {
        active "active": Option<Vec<k8s_openapi::api::core::v1::ObjectReference>> => ATOMIC_LIST;
        last_schedule_time "lastScheduleTime": Option<meta::Time>;
        last_successful_time "lastSuccessfulTime": Option<meta::Time>;
    }

    Job kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<JobSpec>;
        status "status": Option<JobStatus>;
    }

    JobCondition {
        last_probe_time "lastProbeTime": Option<meta::Time>;
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        status "status": String;
        type_ "type": String;
    }

    JobSpec {
        active_deadline_seconds "activeDeadlineSeconds": Option<i64>;
        backoff_limit "backoffLimit": Option<i32>;
        backoff_limit_per_index "backoffLimitPerIndex": Option<i32>;
        completion_mode "completionMode" = one_of(&["Indexed", "NonIndexed"]).optional();
        completions "completions": Option<i32>;
        managed_by "managedBy": Option<String>;
        manual_selector "manualSelector": Option<bool>;
        max_failed_indexes "maxFailedIndexes": Option<i32>;
        parallelism "parallelism": Option<i32>;
        pod_failure_policy "podFailurePolicy": Option<PodFailurePolicy>;
        pod_replacement_policy "podReplacementPolicy" = one_of(&["Failed", "TerminatingOrFailed"]).optional();
        selector "selector": Option<meta::LabelSelector>;
        success_policy "successPolicy": Option<SuccessPolicy>;
        suspend "suspend": Option<bool>;
        template "template": k8s_openapi::api::core::v1::PodTemplateSpec;
        ttl_seconds_after_finished "ttlSecondsAfterFinished": Option<i32>;
      @since_1_37 {
        scheduling "scheduling": Option<JobSchedulingConfiguration>;
      }
    }

    JobStatus {
        active "active": Option<i32>;
        completed_indexes "completedIndexes": Option<String>;
        completion_time "completionTime": Option<meta::Time>;
        conditions "conditions": Option<Vec<JobCondition>> => ATOMIC_LIST;
        failed "failed": Option<i32>;
        failed_indexes "failedIndexes": Option<String>;
        ready "ready": Option<i32>;
        start_time "startTime": Option<meta::Time>;
        succeeded "succeeded": Option<i32>;
        terminating "terminating": Option<i32>;
        uncounted_terminated_pods "uncountedTerminatedPods": Option<UncountedTerminatedPods>;
    }

    JobTemplateSpec {
        metadata "metadata": Option<meta::ObjectMeta>;
        spec "spec": Option<JobSpec>;
    }

    PodFailurePolicy {
        rules "rules": Vec<PodFailurePolicyRule> => ATOMIC_LIST;
    }

    PodFailurePolicyOnExitCodesRequirement {
        container_name "containerName": Option<String>;
        operator "operator" = one_of(&["In", "NotIn"]);
        values "values": Vec<i32> => SET;
    }

    PodFailurePolicyOnPodConditionsPattern {
        status "status": changed_1_35![Option<String>, String];
        type_ "type": String;
    }

    PodFailurePolicyRule {
        action "action" = one_of(&["Count", "FailIndex", "FailJob", "Ignore"]);
        on_exit_codes "onExitCodes": Option<PodFailurePolicyOnExitCodesRequirement>;
        on_pod_conditions "onPodConditions": Option<Vec<PodFailurePolicyOnPodConditionsPattern>> => ATOMIC_LIST;
    }

    SuccessPolicy {
        rules "rules": Vec<SuccessPolicyRule> => ATOMIC_LIST;
    }

    SuccessPolicyRule {
        succeeded_count "succeededCount": Option<i32>;
        succeeded_indexes "succeededIndexes": Option<String>;
    }

    UncountedTerminatedPods {
        failed "failed": Option<Vec<String>> => SET;
        succeeded "succeeded": Option<Vec<String>> => SET;
    }
}

k8s_openapi::k8s_if_ge_1_37! {
tables! {
    mod since_1_37;

    JobSchedulingConfiguration {
        disruption_mode "disruptionMode": Option<k8s_openapi::api::scheduling::v1alpha3::WorkloadPodGroupDisruptionMode>;
        resource_claims "resourceClaims": Option<Vec<k8s_openapi::api::scheduling::v1alpha3::WorkloadPodGroupResourceClaim>> => map(&["name"]);
        scheduling_constraints "schedulingConstraints": Option<k8s_openapi::api::scheduling::v1alpha3::WorkloadPodGroupSchedulingConstraints>;
        scheduling_policy "schedulingPolicy": Option<k8s_openapi::api::scheduling::v1alpha3::WorkloadPodGroupSchedulingPolicy>;
    }
}
}
