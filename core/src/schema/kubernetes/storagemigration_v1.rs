//! Generated: the schemas of `api::storagemigration::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

k8s_openapi::k8s_if_ge_1_37! {
use k8s_openapi::api::storagemigration::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_37;

    StorageVersionMigration kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<StorageVersionMigrationSpec>;
        status "status": Option<StorageVersionMigrationStatus>;
    }

    StorageVersionMigrationSpec {
        resource "resource": meta::GroupResource;
    }

    StorageVersionMigrationStatus {
        conditions "conditions": Option<Vec<meta::Condition>> => map(&["type_"]);
        resource_version "resourceVersion": Option<String>;
    }
}
}
