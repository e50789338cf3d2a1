//! Generated: the schemas of `apimachinery::pkg::apis::meta::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::*;

use super::table::*;

tables! {
    mod since_1_33;

    FieldSelectorRequirement {
        key "key": String;
        operator "operator": String;
        values "values": Option<Vec<String>> => ATOMIC_LIST;
    }

    LabelSelector atomic {
        match_expressions "matchExpressions": Option<Vec<LabelSelectorRequirement>> => ATOMIC_LIST;
        match_labels "matchLabels": Option<BTreeMap<String, String>>;
    }

    LabelSelectorRequirement {
        key "key": String;
        operator "operator": String;
        values "values": Option<Vec<String>> => ATOMIC_LIST;
    }

    ManagedFieldsEntry {
        api_version "apiVersion": Option<String>;
        fields_type "fieldsType": Option<String>;
        fields_v1 "fieldsV1": Option<FieldsV1>;
        manager "manager": Option<String>;
        operation "operation": Option<String>;
        subresource "subresource": Option<String>;
        time "time": Option<Time>;
    }

    OwnerReference atomic ["uid"] {
        api_version "apiVersion": String;
        block_owner_deletion "blockOwnerDeletion": Option<bool>;
        controller "controller": Option<bool>;
        kind "kind": String;
        name "name": String;
        uid "uid": String;
    }
}

k8s_openapi::k8s_if_ge_1_35! {
tables! {
    mod since_1_35;

    GroupResource {
        group "group": String;
        resource "resource": String;
    }
}
}
