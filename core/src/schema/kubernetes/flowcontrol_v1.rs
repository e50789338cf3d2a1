//! Generated: the schemas of `api::flowcontrol::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use k8s_openapi::api::flowcontrol::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    ExemptPriorityLevelConfiguration {
        lendable_percent "lendablePercent": Option<i32>;
        nominal_concurrency_shares "nominalConcurrencyShares": Option<i32>;
    }

    FlowDistinguisherMethod {
        type_ "type": String;
    }

    FlowSchema kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": changed_1_37![FlowSchemaSpec, Option<FlowSchemaSpec>];
        status "status": Option<FlowSchemaStatus>;
    }

    FlowSchemaCondition ["type_"] {
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        status "status": Option<String>;
        type_ "type": changed_1_37![String, Option<String>];
    }

    FlowSchemaSpec {
        distinguisher_method "distinguisherMethod": Option<FlowDistinguisherMethod>;
        matching_precedence "matchingPrecedence": Option<i32>;
        priority_level_configuration "priorityLevelConfiguration": PriorityLevelConfigurationReference;
        rules "rules": Option<Vec<PolicyRulesWithSubjects>> => ATOMIC_LIST;
    }

    FlowSchemaStatus {
        conditions "conditions": Option<Vec<FlowSchemaCondition>> => map(&["type_"]);
    }

    GroupSubject {
        name "name": String;
    }

    LimitResponse {
        queuing "queuing": Option<QueuingConfiguration>;
        type_ "type": String;
    }

    LimitedPriorityLevelConfiguration {
        borrowing_limit_percent "borrowingLimitPercent": Option<i32>;
        lendable_percent "lendablePercent": Option<i32>;
        limit_response "limitResponse": changed_1_37![LimitResponse, Option<LimitResponse>];
        nominal_concurrency_shares "nominalConcurrencyShares": Option<i32>;
    }

    NonResourcePolicyRule {
        non_resource_urls "nonResourceURLs": Vec<String> => SET;
        verbs "verbs": Vec<String> => SET;
    }

    PolicyRulesWithSubjects {
        non_resource_rules "nonResourceRules": Option<Vec<NonResourcePolicyRule>> => ATOMIC_LIST;
        resource_rules "resourceRules": Option<Vec<ResourcePolicyRule>> => ATOMIC_LIST;
        subjects "subjects": Vec<Subject> => ATOMIC_LIST;
    }

    PriorityLevelConfiguration kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": changed_1_37![PriorityLevelConfigurationSpec, Option<PriorityLevelConfigurationSpec>];
        status "status": Option<PriorityLevelConfigurationStatus>;
    }

    PriorityLevelConfigurationCondition ["type_"] {
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        status "status": Option<String>;
        type_ "type": changed_1_37![String, Option<String>];
    }

    PriorityLevelConfigurationReference {
        name "name": String;
    }

    PriorityLevelConfigurationSpec {
        exempt "exempt": Option<ExemptPriorityLevelConfiguration>;
        limited "limited": Option<LimitedPriorityLevelConfiguration>;
        type_ "type": String;
    }

    PriorityLevelConfigurationStatus {
        conditions "conditions": Option<Vec<PriorityLevelConfigurationCondition>> => map(&["type_"]);
    }

    QueuingConfiguration {
        hand_size "handSize": Option<i32>;
        queue_length_limit "queueLengthLimit": Option<i32>;
        queues "queues": Option<i32>;
    }

    ResourcePolicyRule {
        api_groups "apiGroups": Vec<String> => SET;
        cluster_scope "clusterScope": Option<bool>;
        namespaces "namespaces": Option<Vec<String>> => SET;
        resources "resources": Vec<String> => SET;
        verbs "verbs": Vec<String> => SET;
    }

    ServiceAccountSubject {
        name "name": String;
        namespace "namespace": String;
    }

    Subject {
        group "group": Option<GroupSubject>;
        kind "kind": String;
        service_account "serviceAccount": Option<ServiceAccountSubject>;
        user "user": Option<UserSubject>;
    }

    UserSubject {
        name "name": String;
    }
}
