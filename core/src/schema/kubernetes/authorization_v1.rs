//! Generated: the schemas of `api::authorization::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use std::collections::BTreeMap;

use k8s_openapi::api::authorization::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    FieldSelectorAttributes {
        raw_selector "rawSelector": Option<String>;
        requirements "requirements": Option<Vec<meta::FieldSelectorRequirement>> => ATOMIC_LIST;
    }

    LabelSelectorAttributes {
        raw_selector "rawSelector": Option<String>;
        requirements "requirements": Option<Vec<meta::LabelSelectorRequirement>> => ATOMIC_LIST;
    }

    LocalSubjectAccessReview kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": SubjectAccessReviewSpec;
        status "status": Option<SubjectAccessReviewStatus>;
    }

    NonResourceAttributes {
        path "path": Option<String>;
        verb "verb": Option<String>;
    }

    NonResourceRule {
        non_resource_urls "nonResourceURLs": Option<Vec<String>> => ATOMIC_LIST;
        verbs "verbs": Vec<String> => ATOMIC_LIST;
    }

    ResourceAttributes {
        field_selector "fieldSelector": Option<FieldSelectorAttributes>;
        group "group": Option<String>;
        label_selector "labelSelector": Option<LabelSelectorAttributes>;
        name "name": Option<String>;
        namespace "namespace": Option<String>;
        resource "resource": Option<String>;
        subresource "subresource": Option<String>;
        verb "verb": Option<String>;
        version "version": Option<String>;
    }

    ResourceRule {
        api_groups "apiGroups": Option<Vec<String>> => ATOMIC_LIST;
        resource_names "resourceNames": Option<Vec<String>> => ATOMIC_LIST;
        resources "resources": Option<Vec<String>> => ATOMIC_LIST;
        verbs "verbs": Vec<String> => ATOMIC_LIST;
    }

    SelfSubjectAccessReview kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": SelfSubjectAccessReviewSpec;
        status "status": Option<SubjectAccessReviewStatus>;
    }

    SelfSubjectAccessReviewSpec {
        non_resource_attributes "nonResourceAttributes": Option<NonResourceAttributes>;
        resource_attributes "resourceAttributes": Option<ResourceAttributes>;
    }

    SelfSubjectRulesReview kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": SelfSubjectRulesReviewSpec;
        status "status": Option<SubjectRulesReviewStatus>;
    }

    SelfSubjectRulesReviewSpec {
        namespace "namespace": Option<String>;
    }

    SubjectAccessReview kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": SubjectAccessReviewSpec;
        status "status": Option<SubjectAccessReviewStatus>;
    }

    SubjectAccessReviewSpec {
        extra "extra": Option<BTreeMap<String, Vec<String>>>;
        groups "groups": Option<Vec<String>> => ATOMIC_LIST;
        non_resource_attributes "nonResourceAttributes": Option<NonResourceAttributes>;
        resource_attributes "resourceAttributes": Option<ResourceAttributes>;
        uid "uid": Option<String>;
        user "user": Option<String>;
    }

    SubjectAccessReviewStatus {
        allowed "allowed": bool;
        denied "denied": Option<bool>;
        evaluation_error "evaluationError": Option<String>;
        reason "reason": Option<String>;
    }

    SubjectRulesReviewStatus {
        evaluation_error "evaluationError": Option<String>;
        incomplete "incomplete": bool;
        non_resource_rules "nonResourceRules": Vec<NonResourceRule> => ATOMIC_LIST;
        resource_rules "resourceRules": Vec<ResourceRule> => ATOMIC_LIST;
    }
}
