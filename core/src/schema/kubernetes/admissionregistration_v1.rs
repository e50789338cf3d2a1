//! Generated: the schemas of `api::admissionregistration::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use k8s_openapi::api::admissionregistration::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    AuditAnnotation {
        key "key": String;
        value_expression "valueExpression": String;
    }

    ExpressionWarning {
        field_ref "fieldRef": String;
        warning "warning": String;
    }

    MatchCondition ["name"] {
        expression "expression": String;
        name "name": String;
    }

    MatchResources atomic {
        exclude_resource_rules "excludeResourceRules": Option<Vec<NamedRuleWithOperations>> => ATOMIC_LIST;
        match_policy "matchPolicy" = one_of(&["Equivalent", "Exact"]).optional();
        namespace_selector "namespaceSelector": Option<meta::LabelSelector>;
        object_selector "objectSelector": Option<meta::LabelSelector>;
        resource_rules "resourceRules": Option<Vec<NamedRuleWithOperations>> => ATOMIC_LIST;
    }

    MutatingWebhook ["name"] {
        admission_review_versions "admissionReviewVersions": Vec<String> => ATOMIC_LIST;
        client_config "clientConfig": WebhookClientConfig;
        failure_policy "failurePolicy" = one_of(&["Fail", "Ignore"]).optional();
        match_conditions "matchConditions": Option<Vec<MatchCondition>> => map(&["name"]);
        match_policy "matchPolicy" = one_of(&["Equivalent", "Exact"]).optional();
        name "name": String;
        namespace_selector "namespaceSelector": Option<meta::LabelSelector>;
        object_selector "objectSelector": Option<meta::LabelSelector>;
        reinvocation_policy "reinvocationPolicy" = one_of(&["IfNeeded", "Never"]).optional();
        rules "rules": Option<Vec<RuleWithOperations>> => ATOMIC_LIST;
        side_effects "sideEffects" = one_of(&["None", "NoneOnDryRun", "Some", "Unknown"]);
        timeout_seconds "timeoutSeconds": Option<i32>;
    }

    MutatingWebhookConfiguration kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        webhooks "webhooks": Option<Vec<MutatingWebhook>> => map(&["name"]);
    }

    NamedRuleWithOperations atomic {
        api_groups "apiGroups": Option<Vec<String>> => ATOMIC_LIST;
        api_versions "apiVersions": Option<Vec<String>> => ATOMIC_LIST;
        operations "operations" = list_of(&one_of(&["*", "CONNECT", "CREATE", "DELETE", "UPDATE"])).optional() => ATOMIC_LIST;
        resource_names "resourceNames": Option<Vec<String>> => ATOMIC_LIST;
        resources "resources": Option<Vec<String>> => ATOMIC_LIST;
        scope "scope" = one_of(&["*", "Cluster", "Namespaced"]).optional();
    }

    ParamKind atomic {
        api_version "apiVersion": Option<String>;
        kind "kind": Option<String>;
    }

    ParamRef atomic {
        name "name": Option<String>;
        namespace "namespace": Option<String>;
        parameter_not_found_action "parameterNotFoundAction": Option<String>;
        selector "selector": Option<meta::LabelSelector>;
    }

    RuleWithOperations {
        api_groups "apiGroups": Option<Vec<String>> => ATOMIC_LIST;
        api_versions "apiVersions": Option<Vec<String>> => ATOMIC_LIST;
        operations "operations" = list_of(&one_of(&["*", "CONNECT", "CREATE", "DELETE", "UPDATE"])).optional() => ATOMIC_LIST;
        resources "resources": Option<Vec<String>> => ATOMIC_LIST;
        scope "scope" = one_of(&["*", "Cluster", "Namespaced"]).optional();
    }

    ServiceReference {
        name "name": String;
        namespace "namespace": String;
        path "path": Option<String>;
        port "port": Option<i32>;
    }

    TypeChecking {
        expression_warnings "expressionWarnings": Option<Vec<ExpressionWarning>> => ATOMIC_LIST;
    }

    ValidatingAdmissionPolicy kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<ValidatingAdmissionPolicySpec>;
        status "status": Option<ValidatingAdmissionPolicyStatus>;
    }

    ValidatingAdmissionPolicyBinding kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": changed_1_36![ValidatingAdmissionPolicyBindingSpec, Option<ValidatingAdmissionPolicyBindingSpec>];
    }

    ValidatingAdmissionPolicyBindingSpec {
        match_resources "matchResources": Option<MatchResources>;
        param_ref "paramRef": Option<ParamRef>;
        policy_name "policyName": changed_1_36![String, Option<String>];
        validation_actions "validationActions" = changed_1_36![= list_of(&one_of(&["Audit", "Deny", "Warn"])), list_of(&one_of(&["Audit", "Deny", "Warn"])).optional()] => SET;
    }

    ValidatingAdmissionPolicySpec {
        audit_annotations "auditAnnotations": Option<Vec<AuditAnnotation>> => ATOMIC_LIST;
        failure_policy "failurePolicy" = one_of(&["Fail", "Ignore"]).optional();
        match_conditions "matchConditions": Option<Vec<MatchCondition>> => map(&["name"]);
        match_constraints "matchConstraints": Option<MatchResources>;
        param_kind "paramKind": Option<ParamKind>;
        validations "validations": Option<Vec<Validation>> => ATOMIC_LIST;
        variables "variables": Option<Vec<Variable>> => map(&["name"]);
    }

    ValidatingAdmissionPolicyStatus {
        conditions "conditions": Option<Vec<meta::Condition>> => map(&["type_"]);
        observed_generation "observedGeneration": Option<i64>;
        type_checking "typeChecking": Option<TypeChecking>;
    }

    ValidatingWebhook ["name"] {
        admission_review_versions "admissionReviewVersions": Vec<String> => ATOMIC_LIST;
        client_config "clientConfig": WebhookClientConfig;
        failure_policy "failurePolicy" = one_of(&["Fail", "Ignore"]).optional();
        match_conditions "matchConditions": Option<Vec<MatchCondition>> => map(&["name"]);
        match_policy "matchPolicy" = one_of(&["Equivalent", "Exact"]).optional();
        name "name": String;
        namespace_selector "namespaceSelector": Option<meta::LabelSelector>;
        object_selector "objectSelector": Option<meta::LabelSelector>;
        rules "rules": Option<Vec<RuleWithOperations>> => ATOMIC_LIST;
        side_effects "sideEffects" = one_of(&["None", "NoneOnDryRun", "Some", "Unknown"]);
        timeout_seconds "timeoutSeconds": Option<i32>;
    }

    ValidatingWebhookConfiguration kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        webhooks "webhooks": Option<Vec<ValidatingWebhook>> => map(&["name"]);
    }

    Validation {
        expression "expression": String;
        message "message": Option<String>;
        message_expression "messageExpression": Option<String>;
        reason "reason": Option<String>;
    }

    Variable atomic {
        expression "expression": String;
        name "name": String;
    }

    WebhookClientConfig {
        ca_bundle "caBundle": Option<k8s_openapi::ByteString>;
        service "service": Option<ServiceReference>;
        url "url": Option<String>;
    }
}

k8s_openapi::k8s_if_ge_1_36! {
tables! {
    mod since_1_36;

    ApplyConfiguration {
        expression "expression": Option<String>;
    }

    JSONPatch {
        expression "expression": Option<String>;
    }

    MutatingAdmissionPolicy kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<MutatingAdmissionPolicySpec>;
    }

    MutatingAdmissionPolicyBinding kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<MutatingAdmissionPolicyBindingSpec>;
    }

    MutatingAdmissionPolicyBindingSpec {
        match_resources "matchResources": Option<MatchResources>;
        param_ref "paramRef": Option<ParamRef>;
        policy_name "policyName": Option<String>;
    }

    MutatingAdmissionPolicySpec {
        failure_policy "failurePolicy" = one_of(&["Fail", "Ignore"]).optional();
        match_conditions "matchConditions": Option<Vec<MatchCondition>> => map(&["name"]);
        match_constraints "matchConstraints": Option<MatchResources>;
        mutations "mutations": Option<Vec<Mutation>> => ATOMIC_LIST;
        param_kind "paramKind": Option<ParamKind>;
        reinvocation_policy "reinvocationPolicy" = one_of(&["IfNeeded", "Never"]).optional();
        variables "variables": Option<Vec<Variable>> => ATOMIC_LIST;
    }

    Mutation {
        apply_configuration "applyConfiguration": Option<ApplyConfiguration>;
        json_patch "jsonPatch": Option<JSONPatch>;
        patch_type "patchType" = one_of(&["ApplyConfiguration", "JSONPatch"]);
    }
}
}
