//! Generated: the schemas of `api::rbac::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use k8s_openapi::api::rbac::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    AggregationRule {
        cluster_role_selectors "clusterRoleSelectors": Option<Vec<meta::LabelSelector>> => ATOMIC_LIST;
    }

    ClusterRole kind {
        aggregation_rule "aggregationRule": Option<AggregationRule>;
        metadata "metadata": meta::ObjectMeta, empty_object;
        rules "rules": Option<Vec<PolicyRule>> => ATOMIC_LIST;
    }

    ClusterRoleBinding kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        role_ref "roleRef": RoleRef;
        subjects "subjects": Option<Vec<Subject>> => ATOMIC_LIST;
    }

    PolicyRule {
        api_groups "apiGroups": Option<Vec<String>> => ATOMIC_LIST;
        non_resource_urls "nonResourceURLs": Option<Vec<String>> => ATOMIC_LIST;
        resource_names "resourceNames": Option<Vec<String>> => ATOMIC_LIST;
        resources "resources": Option<Vec<String>> => ATOMIC_LIST;
        verbs "verbs": Vec<String> => ATOMIC_LIST;
    }

    Role kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        rules "rules": Option<Vec<PolicyRule>> => ATOMIC_LIST;
    }

    RoleBinding kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        role_ref "roleRef": RoleRef;
        subjects "subjects": Option<Vec<Subject>> => ATOMIC_LIST;
    }

    RoleRef atomic {
        api_group "apiGroup": changed_1_36![Option<String>, String];
        kind "kind": String;
        name "name": String;
    }

    Subject atomic {
        api_group "apiGroup": Option<String>;
        kind "kind": String;
        name "name": String;
        namespace "namespace": Option<String>;
    }
}
