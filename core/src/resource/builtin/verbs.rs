//! Generated: what can be done with each built-in kind, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

use crate::resource::{Allows, verb};

k8s_openapi::k8s_if_le_1_33! {
k8s_openapi::k8s_if_ge_1_33! {
    impl<V> Allows<V> for k8s_openapi::api::admissionregistration::v1beta1::ValidatingAdmissionPolicy {}
    impl<V> Allows<V> for k8s_openapi::api::admissionregistration::v1beta1::ValidatingAdmissionPolicyBinding {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1alpha3::DeviceClass {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1alpha3::ResourceClaim {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1alpha3::ResourceClaimTemplate {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1alpha3::ResourceSlice {}
}
}

k8s_openapi::k8s_if_le_1_34! {
k8s_openapi::k8s_if_ge_1_33! {
    impl<V> Allows<V> for k8s_openapi::api::storage::v1alpha1::VolumeAttributesClass {}
    impl<V> Allows<V> for k8s_openapi::api::storagemigration::v1alpha1::StorageVersionMigration {}
}
}

k8s_openapi::k8s_if_le_1_36! {
k8s_openapi::k8s_if_ge_1_33! {
    impl<V> Allows<V> for k8s_openapi::api::certificates::v1alpha1::ClusterTrustBundle {}
    impl<V> Allows<V> for k8s_openapi::api::networking::v1beta1::IPAddress {}
    impl<V> Allows<V> for k8s_openapi::api::networking::v1beta1::ServiceCIDR {}
    impl<V> Allows<V> for k8s_openapi::api::storage::v1beta1::VolumeAttributesClass {}
}
}

k8s_openapi::k8s_if_ge_1_33! {
    impl<V> Allows<V> for k8s_openapi::api::admissionregistration::v1::MutatingWebhookConfiguration {}
    impl<V> Allows<V> for k8s_openapi::api::admissionregistration::v1::ValidatingAdmissionPolicy {}
    impl<V> Allows<V> for k8s_openapi::api::admissionregistration::v1::ValidatingAdmissionPolicyBinding {}
    impl<V> Allows<V> for k8s_openapi::api::admissionregistration::v1::ValidatingWebhookConfiguration {}
    impl<V> Allows<V> for k8s_openapi::api::admissionregistration::v1alpha1::MutatingAdmissionPolicy {}
    impl<V> Allows<V> for k8s_openapi::api::admissionregistration::v1alpha1::MutatingAdmissionPolicyBinding {}
    impl<V> Allows<V> for k8s_openapi::api::apiserverinternal::v1alpha1::StorageVersion {}
    impl<V> Allows<V> for k8s_openapi::api::apps::v1::ControllerRevision {}
    impl<V> Allows<V> for k8s_openapi::api::apps::v1::DaemonSet {}
    impl<V> Allows<V> for k8s_openapi::api::apps::v1::Deployment {}
    impl<V> Allows<V> for k8s_openapi::api::apps::v1::ReplicaSet {}
    impl<V> Allows<V> for k8s_openapi::api::apps::v1::StatefulSet {}
    impl Allows<verb::Create> for k8s_openapi::api::authentication::v1::SelfSubjectReview {}
    impl Allows<verb::Create> for k8s_openapi::api::authentication::v1::TokenReview {}
    impl Allows<verb::Create> for k8s_openapi::api::authorization::v1::LocalSubjectAccessReview {}
    impl Allows<verb::Create> for k8s_openapi::api::authorization::v1::SelfSubjectAccessReview {}
    impl Allows<verb::Create> for k8s_openapi::api::authorization::v1::SelfSubjectRulesReview {}
    impl Allows<verb::Create> for k8s_openapi::api::authorization::v1::SubjectAccessReview {}
    impl<V> Allows<V> for k8s_openapi::api::autoscaling::v1::HorizontalPodAutoscaler {}
    impl<V> Allows<V> for k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler {}
    impl<V> Allows<V> for k8s_openapi::api::batch::v1::CronJob {}
    impl<V> Allows<V> for k8s_openapi::api::batch::v1::Job {}
    impl<V> Allows<V> for k8s_openapi::api::certificates::v1::CertificateSigningRequest {}
    impl<V> Allows<V> for k8s_openapi::api::certificates::v1beta1::ClusterTrustBundle {}
    impl<V> Allows<V> for k8s_openapi::api::coordination::v1::Lease {}
    impl<V> Allows<V> for k8s_openapi::api::coordination::v1alpha2::LeaseCandidate {}
    impl<V> Allows<V> for k8s_openapi::api::coordination::v1beta1::LeaseCandidate {}
    impl Allows<verb::Create> for k8s_openapi::api::core::v1::Binding {}
    impl Allows<verb::Get> for k8s_openapi::api::core::v1::ComponentStatus {}
    impl Allows<verb::List> for k8s_openapi::api::core::v1::ComponentStatus {}
    impl<V> Allows<V> for k8s_openapi::api::core::v1::ConfigMap {}
    impl<V> Allows<V> for k8s_openapi::api::core::v1::Endpoints {}
    impl<V> Allows<V> for k8s_openapi::api::core::v1::Event {}
    impl<V> Allows<V> for k8s_openapi::api::core::v1::LimitRange {}
    impl Allows<verb::Create> for k8s_openapi::api::core::v1::Namespace {}
    impl Allows<verb::Delete> for k8s_openapi::api::core::v1::Namespace {}
    impl Allows<verb::Get> for k8s_openapi::api::core::v1::Namespace {}
    impl Allows<verb::List> for k8s_openapi::api::core::v1::Namespace {}
    impl Allows<verb::Patch> for k8s_openapi::api::core::v1::Namespace {}
    impl Allows<verb::Update> for k8s_openapi::api::core::v1::Namespace {}
    impl Allows<verb::Watch> for k8s_openapi::api::core::v1::Namespace {}
    impl<V> Allows<V> for k8s_openapi::api::core::v1::Node {}
    impl<V> Allows<V> for k8s_openapi::api::core::v1::PersistentVolume {}
    impl<V> Allows<V> for k8s_openapi::api::core::v1::PersistentVolumeClaim {}
    impl<V> Allows<V> for k8s_openapi::api::core::v1::Pod {}
    impl<V> Allows<V> for k8s_openapi::api::core::v1::PodTemplate {}
    impl<V> Allows<V> for k8s_openapi::api::core::v1::ReplicationController {}
    impl<V> Allows<V> for k8s_openapi::api::core::v1::ResourceQuota {}
    impl<V> Allows<V> for k8s_openapi::api::core::v1::Secret {}
    impl<V> Allows<V> for k8s_openapi::api::core::v1::Service {}
    impl<V> Allows<V> for k8s_openapi::api::core::v1::ServiceAccount {}
    impl<V> Allows<V> for k8s_openapi::api::discovery::v1::EndpointSlice {}
    impl<V> Allows<V> for k8s_openapi::api::events::v1::Event {}
    impl<V> Allows<V> for k8s_openapi::api::flowcontrol::v1::FlowSchema {}
    impl<V> Allows<V> for k8s_openapi::api::flowcontrol::v1::PriorityLevelConfiguration {}
    impl<V> Allows<V> for k8s_openapi::api::networking::v1::IPAddress {}
    impl<V> Allows<V> for k8s_openapi::api::networking::v1::Ingress {}
    impl<V> Allows<V> for k8s_openapi::api::networking::v1::IngressClass {}
    impl<V> Allows<V> for k8s_openapi::api::networking::v1::NetworkPolicy {}
    impl<V> Allows<V> for k8s_openapi::api::networking::v1::ServiceCIDR {}
    impl<V> Allows<V> for k8s_openapi::api::node::v1::RuntimeClass {}
    impl<V> Allows<V> for k8s_openapi::api::policy::v1::PodDisruptionBudget {}
    impl<V> Allows<V> for k8s_openapi::api::rbac::v1::ClusterRole {}
    impl<V> Allows<V> for k8s_openapi::api::rbac::v1::ClusterRoleBinding {}
    impl<V> Allows<V> for k8s_openapi::api::rbac::v1::Role {}
    impl<V> Allows<V> for k8s_openapi::api::rbac::v1::RoleBinding {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1alpha3::DeviceTaintRule {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1beta1::DeviceClass {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1beta1::ResourceClaim {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1beta1::ResourceClaimTemplate {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1beta1::ResourceSlice {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1beta2::DeviceClass {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1beta2::ResourceClaim {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1beta2::ResourceClaimTemplate {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1beta2::ResourceSlice {}
    impl<V> Allows<V> for k8s_openapi::api::scheduling::v1::PriorityClass {}
    impl<V> Allows<V> for k8s_openapi::api::storage::v1::CSIDriver {}
    impl<V> Allows<V> for k8s_openapi::api::storage::v1::CSINode {}
    impl<V> Allows<V> for k8s_openapi::api::storage::v1::CSIStorageCapacity {}
    impl<V> Allows<V> for k8s_openapi::api::storage::v1::StorageClass {}
    impl<V> Allows<V> for k8s_openapi::api::storage::v1::VolumeAttachment {}
    impl<V> Allows<V> for k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition {}
    impl<V> Allows<V> for k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1::APIService {}
}

k8s_openapi::k8s_if_le_1_34! {
k8s_openapi::k8s_if_ge_1_34! {
    impl<V> Allows<V> for k8s_openapi::api::certificates::v1alpha1::PodCertificateRequest {}
}
}

k8s_openapi::k8s_if_ge_1_34! {
    impl<V> Allows<V> for k8s_openapi::api::admissionregistration::v1beta1::MutatingAdmissionPolicy {}
    impl<V> Allows<V> for k8s_openapi::api::admissionregistration::v1beta1::MutatingAdmissionPolicyBinding {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1::DeviceClass {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1::ResourceClaim {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1::ResourceClaimTemplate {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1::ResourceSlice {}
    impl<V> Allows<V> for k8s_openapi::api::storage::v1::VolumeAttributesClass {}
}

k8s_openapi::k8s_if_le_1_35! {
k8s_openapi::k8s_if_ge_1_35! {
    impl<V> Allows<V> for k8s_openapi::api::scheduling::v1alpha1::Workload {}
}
}

k8s_openapi::k8s_if_ge_1_35! {
    impl<V> Allows<V> for k8s_openapi::api::certificates::v1beta1::PodCertificateRequest {}
    impl<V> Allows<V> for k8s_openapi::api::storagemigration::v1beta1::StorageVersionMigration {}
}

k8s_openapi::k8s_if_le_1_36! {
k8s_openapi::k8s_if_ge_1_36! {
    impl<V> Allows<V> for k8s_openapi::api::scheduling::v1alpha2::PodGroup {}
    impl<V> Allows<V> for k8s_openapi::api::scheduling::v1alpha2::Workload {}
}
}

k8s_openapi::k8s_if_ge_1_36! {
    impl<V> Allows<V> for k8s_openapi::api::admissionregistration::v1::MutatingAdmissionPolicy {}
    impl<V> Allows<V> for k8s_openapi::api::admissionregistration::v1::MutatingAdmissionPolicyBinding {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1alpha3::ResourcePoolStatusRequest {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1beta2::DeviceTaintRule {}
}

k8s_openapi::k8s_if_ge_1_37! {
    impl<V> Allows<V> for k8s_openapi::api::certificates::v1::ClusterTrustBundle {}
    impl<V> Allows<V> for k8s_openapi::api::certificates::v1::PodCertificateRequest {}
    impl<V> Allows<V> for k8s_openapi::api::lifecycle::v1alpha1::Eviction {}
    impl<V> Allows<V> for k8s_openapi::api::lifecycle::v1alpha1::EvictionRequest {}
    impl<V> Allows<V> for k8s_openapi::api::resource::v1::DeviceTaintRule {}
    impl<V> Allows<V> for k8s_openapi::api::scheduling::v1alpha3::CompositePodGroup {}
    impl<V> Allows<V> for k8s_openapi::api::scheduling::v1alpha3::PodGroup {}
    impl<V> Allows<V> for k8s_openapi::api::scheduling::v1alpha3::Workload {}
    impl<V> Allows<V> for k8s_openapi::api::scheduling::v1beta1::PodGroup {}
    impl<V> Allows<V> for k8s_openapi::api::scheduling::v1beta1::Workload {}
    impl<V> Allows<V> for k8s_openapi::api::storagemigration::v1::StorageVersionMigration {}
}
