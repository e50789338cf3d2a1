//! Generated: the schemas of `api::storage::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use std::collections::BTreeMap;

use k8s_openapi::api::storage::v1::*;
use k8s_openapi::apimachinery::pkg::api::resource;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    CSIDriver kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": CSIDriverSpec;
    }

    CSIDriverSpec {
        attach_required "attachRequired": Option<bool>;
        fs_group_policy "fsGroupPolicy": Option<String>;
        node_allocatable_update_period_seconds "nodeAllocatableUpdatePeriodSeconds": Option<i64>;
        pod_info_on_mount "podInfoOnMount": Option<bool>;
        requires_republish "requiresRepublish": Option<bool>;
        se_linux_mount "seLinuxMount": Option<bool>;
        storage_capacity "storageCapacity": Option<bool>;
        token_requests "tokenRequests": Option<Vec<TokenRequest>> => ATOMIC_LIST;
        volume_lifecycle_modes "volumeLifecycleModes": Option<Vec<String>> => SET;
      @since_1_35 {
        service_account_token_in_secrets "serviceAccountTokenInSecrets": Option<bool>;
      }
      @since_1_36 {
        prevent_pod_scheduling_if_missing "preventPodSchedulingIfMissing": Option<bool>;
      }
    }

    CSINode kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": CSINodeSpec;
      @since_1_37 {
        status "status": Option<CSINodeStatus>;
      }
    }

    CSINodeDriver ["name"] {
        allocatable "allocatable": Option<VolumeNodeResources>;
        name "name": String;
        node_id "nodeID": String;
        topology_keys "topologyKeys": Option<Vec<String>> => ATOMIC_LIST;
    }

    CSINodeSpec {
        drivers "drivers": Vec<CSINodeDriver> => map(&["name"]);
    }

    CSIStorageCapacity kind {
        capacity "capacity": Option<resource::Quantity>;
        maximum_volume_size "maximumVolumeSize": Option<resource::Quantity>;
        metadata "metadata": meta::ObjectMeta, empty_object;
        node_topology "nodeTopology": Option<meta::LabelSelector>;
        storage_class_name "storageClassName": String;
    }

    StorageClass kind {
        allow_volume_expansion "allowVolumeExpansion": Option<bool>;
        allowed_topologies "allowedTopologies": Option<Vec<k8s_openapi::api::core::v1::TopologySelectorTerm>> => ATOMIC_LIST;
        metadata "metadata": meta::ObjectMeta, empty_object;
        mount_options "mountOptions": Option<Vec<String>> => ATOMIC_LIST;
        parameters "parameters": Option<BTreeMap<String, String>>;
        provisioner "provisioner": String;
        reclaim_policy "reclaimPolicy" = one_of(&["Delete", "Recycle", "Retain"]).optional();
        volume_binding_mode "volumeBindingMode" = one_of(&["Immediate", "WaitForFirstConsumer"]).optional();
    }

    TokenRequest {
        audience "audience": String;
        expiration_seconds "expirationSeconds": Option<i64>;
    }

    VolumeAttachment kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": VolumeAttachmentSpec;
        status "status": Option<VolumeAttachmentStatus>;
    }

    VolumeAttachmentSource {
        inline_volume_spec "inlineVolumeSpec": Option<k8s_openapi::api::core::v1::PersistentVolumeSpec>;
        persistent_volume_name "persistentVolumeName": Option<String>;
    }

    VolumeAttachmentSpec {
        attacher "attacher": String;
        node_name "nodeName": String;
        source "source": VolumeAttachmentSource;
    }

    VolumeAttachmentStatus {
        attach_error "attachError": Option<VolumeError>;
        attached "attached": bool;
        attachment_metadata "attachmentMetadata": Option<BTreeMap<String, String>>;
        detach_error "detachError": Option<VolumeError>;
    }

    VolumeError {
        error_code "errorCode": Option<i32>;
        message "message": Option<String>;
        time "time": Option<meta::Time>;
    }

    VolumeNodeResources {
        count "count": Option<i32>;
    }
}

k8s_openapi::k8s_if_ge_1_34! {
tables! {
    mod since_1_34;

    VolumeAttributesClass kind {
        driver_name "driverName": String;
        metadata "metadata": meta::ObjectMeta, empty_object;
        parameters "parameters": Option<BTreeMap<String, String>>;
    }
}
}

k8s_openapi::k8s_if_ge_1_37! {
tables! {
    mod since_1_37;

    CSINodeStatus {
        storage_health "storageHealth": Option<Vec<StorageHealth>> => map(&["name"]);
    }

    StorageHealth ["name"] {
        health_conditions "healthConditions": Option<Vec<StorageHealthCondition>> => ATOMIC_LIST;
        name "name": String;
    }

    StorageHealthCondition {
        access_mode "accessMode" = one_of(&["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"]).optional();
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": String;
        status "status" = one_of(&["StorageDegraded", "StorageUnreachable"]);
        volume_mode "volumeMode" = one_of(&["Block", "Filesystem"]).optional();
    }
}
}
