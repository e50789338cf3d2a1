//! Generated: the schemas of `kube_aggregator::pkg::apis::apiregistration::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;
use k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1::*;

use super::table::*;

tables! {
    mod since_1_33;

    APIService kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<APIServiceSpec>;
        status "status": Option<APIServiceStatus>;
    }

    APIServiceCondition ["type_"] {
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        status "status": String;
        type_ "type": String;
    }

    APIServiceSpec {
        ca_bundle "caBundle": Option<k8s_openapi::ByteString>;
        group "group": Option<String>;
        group_priority_minimum "groupPriorityMinimum": i32;
        insecure_skip_tls_verify "insecureSkipTLSVerify": Option<bool>;
        service "service": Option<ServiceReference>;
        version "version": Option<String>;
        version_priority "versionPriority": i32;
    }

    APIServiceStatus {
        conditions "conditions": Option<Vec<APIServiceCondition>> => map(&["type_"]);
    }

    ServiceReference {
        name "name": Option<String>;
        namespace "namespace": Option<String>;
        port "port": Option<i32>;
    }
}
