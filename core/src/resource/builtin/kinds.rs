//! Generated: what the API server has of each built-in kind, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

use super::{BuiltIn, kind};
use crate::resource::{HasScale, HasStatus};

pub(super) const KINDS: &[BuiltIn] = &[
    kind("", "v1", "Binding"),
    kind("", "v1", "ComponentStatus").short_names(&["cs"]),
    kind("", "v1", "ConfigMap").short_names(&["cm"]),
    kind("", "v1", "Endpoints").short_names(&["ep"]),
    kind("", "v1", "Event").short_names(&["ev"]),
    kind("", "v1", "LimitRange").short_names(&["limits"]),
    kind("", "v1", "Namespace").short_names(&["ns"]).status(),
    kind("", "v1", "Node").short_names(&["no"]).status(),
    kind("", "v1", "PersistentVolumeClaim").short_names(&["pvc"]).status(),
    kind("", "v1", "PersistentVolume").short_names(&["pv"]).status(),
    kind("", "v1", "Pod").short_names(&["po"]).categories(&["all"]).status(),
    kind("", "v1", "PodTemplate"),
    kind("", "v1", "ReplicationController").short_names(&["rc"]).categories(&["all"]).status().scale(),
    kind("", "v1", "ResourceQuota").short_names(&["quota"]).status(),
    kind("", "v1", "Secret"),
    kind("", "v1", "ServiceAccount").short_names(&["sa"]),
    kind("", "v1", "Service").short_names(&["svc"]).categories(&["all"]).status(),
    kind("apiregistration.k8s.io", "v1", "APIService").categories(&["api-extensions"]).status(),
    kind("apps", "v1", "ControllerRevision"),
    kind("apps", "v1", "DaemonSet").short_names(&["ds"]).categories(&["all"]).status(),
    kind("apps", "v1", "Deployment").short_names(&["deploy"]).categories(&["all"]).status().scale(),
    kind("apps", "v1", "ReplicaSet").short_names(&["rs"]).categories(&["all"]).status().scale(),
    kind("apps", "v1", "StatefulSet").short_names(&["sts"]).categories(&["all"]).status().scale(),
    kind("events.k8s.io", "v1", "Event").short_names(&["ev"]),
    kind("authentication.k8s.io", "v1", "SelfSubjectReview"),
    kind("authentication.k8s.io", "v1", "TokenReview"),
    kind("authorization.k8s.io", "v1", "LocalSubjectAccessReview"),
    kind("authorization.k8s.io", "v1", "SelfSubjectAccessReview"),
    kind("authorization.k8s.io", "v1", "SelfSubjectRulesReview"),
    kind("authorization.k8s.io", "v1", "SubjectAccessReview"),
    kind("autoscaling", "v2", "HorizontalPodAutoscaler").short_names(&["hpa"]).categories(&["all"]).status(),
    kind("autoscaling", "v1", "HorizontalPodAutoscaler").short_names(&["hpa"]).categories(&["all"]).status(),
    kind("batch", "v1", "CronJob").short_names(&["cj"]).categories(&["all"]).status(),
    kind("batch", "v1", "Job").categories(&["all"]).status(),
    kind("certificates.k8s.io", "v1", "CertificateSigningRequest").short_names(&["csr"]).status(),
    kind("certificates.k8s.io", "v1", "ClusterTrustBundle"),
    kind("certificates.k8s.io", "v1", "PodCertificateRequest").status(),
    kind("networking.k8s.io", "v1", "IngressClass"),
    kind("networking.k8s.io", "v1", "Ingress").short_names(&["ing"]).status(),
    kind("networking.k8s.io", "v1", "IPAddress").short_names(&["ip"]),
    kind("networking.k8s.io", "v1", "NetworkPolicy").short_names(&["netpol"]),
    kind("networking.k8s.io", "v1", "ServiceCIDR").status(),
    kind("policy", "v1", "PodDisruptionBudget").short_names(&["pdb"]).status(),
    kind("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding"),
    kind("rbac.authorization.k8s.io", "v1", "ClusterRole"),
    kind("rbac.authorization.k8s.io", "v1", "RoleBinding"),
    kind("rbac.authorization.k8s.io", "v1", "Role"),
    kind("storage.k8s.io", "v1", "CSIDriver"),
    kind("storage.k8s.io", "v1", "CSINode").status(),
    kind("storage.k8s.io", "v1", "CSIStorageCapacity"),
    kind("storage.k8s.io", "v1", "StorageClass").short_names(&["sc"]),
    kind("storage.k8s.io", "v1", "VolumeAttachment").status(),
    kind("storage.k8s.io", "v1", "VolumeAttributesClass").short_names(&["vac"]),
    kind("admissionregistration.k8s.io", "v1", "MutatingAdmissionPolicy").categories(&["api-extensions"]),
    kind("admissionregistration.k8s.io", "v1", "MutatingAdmissionPolicyBinding")
        .categories(&["api-extensions"]),
    kind("admissionregistration.k8s.io", "v1", "MutatingWebhookConfiguration")
        .categories(&["api-extensions"]),
    kind("admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicy")
        .categories(&["api-extensions"])
        .status(),
    kind("admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicyBinding")
        .categories(&["api-extensions"]),
    kind("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration")
        .categories(&["api-extensions"]),
    kind("apiextensions.k8s.io", "v1", "CustomResourceDefinition")
        .short_names(&["crd", "crds"])
        .categories(&["api-extensions"])
        .status(),
    kind("scheduling.k8s.io", "v1", "PriorityClass").short_names(&["pc"]),
    kind("coordination.k8s.io", "v1", "Lease"),
    kind("node.k8s.io", "v1", "RuntimeClass"),
    kind("discovery.k8s.io", "v1", "EndpointSlice"),
    kind("resource.k8s.io", "v1", "DeviceClass"),
    kind("resource.k8s.io", "v1", "DeviceTaintRule").status(),
    kind("resource.k8s.io", "v1", "ResourceClaim").status(),
    kind("resource.k8s.io", "v1", "ResourceClaimTemplate"),
    kind("resource.k8s.io", "v1", "ResourceSlice"),
    kind("flowcontrol.apiserver.k8s.io", "v1", "FlowSchema").status(),
    kind("flowcontrol.apiserver.k8s.io", "v1", "PriorityLevelConfiguration").status(),
    kind("storagemigration.k8s.io", "v1", "StorageVersionMigration").status(),
];

k8s_openapi::k8s_if_ge_1_33! {
    impl HasStatus for k8s_openapi::api::core::v1::Namespace {}
    impl HasStatus for k8s_openapi::api::core::v1::Node {}
    impl HasStatus for k8s_openapi::api::core::v1::PersistentVolumeClaim {}
    impl HasStatus for k8s_openapi::api::core::v1::PersistentVolume {}
    impl HasStatus for k8s_openapi::api::core::v1::Pod {}
    impl HasStatus for k8s_openapi::api::core::v1::ReplicationController {}
    impl HasScale for k8s_openapi::api::core::v1::ReplicationController {}
    impl HasStatus for k8s_openapi::api::core::v1::ResourceQuota {}
    impl HasStatus for k8s_openapi::api::core::v1::Service {}
    impl HasStatus for k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1::APIService {}
    impl HasStatus for k8s_openapi::api::apps::v1::DaemonSet {}
    impl HasStatus for k8s_openapi::api::apps::v1::Deployment {}
    impl HasScale for k8s_openapi::api::apps::v1::Deployment {}
    impl HasStatus for k8s_openapi::api::apps::v1::ReplicaSet {}
    impl HasScale for k8s_openapi::api::apps::v1::ReplicaSet {}
    impl HasStatus for k8s_openapi::api::apps::v1::StatefulSet {}
    impl HasScale for k8s_openapi::api::apps::v1::StatefulSet {}
    impl HasStatus for k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler {}
    impl HasStatus for k8s_openapi::api::autoscaling::v1::HorizontalPodAutoscaler {}
    impl HasStatus for k8s_openapi::api::batch::v1::CronJob {}
    impl HasStatus for k8s_openapi::api::batch::v1::Job {}
    impl HasStatus for k8s_openapi::api::certificates::v1::CertificateSigningRequest {}
    impl HasStatus for k8s_openapi::api::networking::v1::Ingress {}
    impl HasStatus for k8s_openapi::api::networking::v1::ServiceCIDR {}
    impl HasStatus for k8s_openapi::api::policy::v1::PodDisruptionBudget {}
    impl HasStatus for k8s_openapi::api::storage::v1::VolumeAttachment {}
    impl HasStatus for k8s_openapi::api::admissionregistration::v1::ValidatingAdmissionPolicy {}
    impl HasStatus for k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition {}
    impl HasStatus for k8s_openapi::api::flowcontrol::v1::FlowSchema {}
    impl HasStatus for k8s_openapi::api::flowcontrol::v1::PriorityLevelConfiguration {}
}

k8s_openapi::k8s_if_ge_1_34! {
    impl HasStatus for k8s_openapi::api::resource::v1::ResourceClaim {}
}

k8s_openapi::k8s_if_ge_1_37! {
    impl HasStatus for k8s_openapi::api::certificates::v1::PodCertificateRequest {}
    impl HasStatus for k8s_openapi::api::storage::v1::CSINode {}
    impl HasStatus for k8s_openapi::api::resource::v1::DeviceTaintRule {}
    impl HasStatus for k8s_openapi::api::storagemigration::v1::StorageVersionMigration {}
}
