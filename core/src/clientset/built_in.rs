//! Generated: the group-versions of Kubernetes and their kinds. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

use crate::clientset::{group_version, kinds};

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `admissionregistration.k8s.io/v1`.
    admissionregistration_v1: AdmissionregistrationV1 in k8s_openapi::api::admissionregistration::v1 {
        fn mutating_webhook_configurations() -> MutatingWebhookConfiguration;
        fn validating_admission_policies() -> ValidatingAdmissionPolicy;
        fn validating_admission_policy_bindings() -> ValidatingAdmissionPolicyBinding;
        fn validating_webhook_configurations() -> ValidatingWebhookConfiguration;
    }
}
}

k8s_openapi::k8s_if_ge_1_36! {
kinds! { admissionregistration_v1_36_37: AdmissionregistrationV1 in k8s_openapi::api::admissionregistration::v1 {
        fn mutating_admission_policies() -> MutatingAdmissionPolicy;
        fn mutating_admission_policy_bindings() -> MutatingAdmissionPolicyBinding;
} }
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `admissionregistration.k8s.io/v1alpha1`.
    admissionregistration_v1alpha1: AdmissionregistrationV1alpha1 in k8s_openapi::api::admissionregistration::v1alpha1 {
        fn mutating_admission_policies() -> MutatingAdmissionPolicy;
        fn mutating_admission_policy_bindings() -> MutatingAdmissionPolicyBinding;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `admissionregistration.k8s.io/v1beta1`.
    admissionregistration_v1beta1: AdmissionregistrationV1beta1;
}
}

k8s_openapi::k8s_if_le_1_33! {
k8s_openapi::k8s_if_ge_1_33! {
kinds! { admissionregistration_v1beta1_33_33: AdmissionregistrationV1beta1 in k8s_openapi::api::admissionregistration::v1beta1 {
        fn validating_admission_policies() -> ValidatingAdmissionPolicy;
        fn validating_admission_policy_bindings() -> ValidatingAdmissionPolicyBinding;
} }
}
}

k8s_openapi::k8s_if_ge_1_34! {
kinds! { admissionregistration_v1beta1_34_37: AdmissionregistrationV1beta1 in k8s_openapi::api::admissionregistration::v1beta1 {
        fn mutating_admission_policies() -> MutatingAdmissionPolicy;
        fn mutating_admission_policy_bindings() -> MutatingAdmissionPolicyBinding;
} }
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `apiextensions.k8s.io/v1`.
    apiextensions_v1: ApiextensionsV1 in k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1 {
        fn custom_resource_definitions() -> CustomResourceDefinition;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `apiregistration.k8s.io/v1`.
    apiregistration_v1: ApiregistrationV1 in k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1 {
        fn api_services() -> APIService;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `apps/v1`.
    apps_v1: AppsV1 in k8s_openapi::api::apps::v1 {
        fn controller_revisions(namespace) -> ControllerRevision;
        fn daemon_sets(namespace) -> DaemonSet;
        fn deployments(namespace) -> Deployment;
        fn replica_sets(namespace) -> ReplicaSet;
        fn stateful_sets(namespace) -> StatefulSet;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `authentication.k8s.io/v1`.
    authentication_v1: AuthenticationV1 in k8s_openapi::api::authentication::v1 {
        fn self_subject_reviews() -> SelfSubjectReview;
        fn token_reviews() -> TokenReview;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `authorization.k8s.io/v1`.
    authorization_v1: AuthorizationV1 in k8s_openapi::api::authorization::v1 {
        fn local_subject_access_reviews(namespace) -> LocalSubjectAccessReview;
        fn self_subject_access_reviews() -> SelfSubjectAccessReview;
        fn self_subject_rules_reviews() -> SelfSubjectRulesReview;
        fn subject_access_reviews() -> SubjectAccessReview;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `autoscaling/v1`.
    autoscaling_v1: AutoscalingV1 in k8s_openapi::api::autoscaling::v1 {
        fn horizontal_pod_autoscalers(namespace) -> HorizontalPodAutoscaler;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `autoscaling/v2`.
    autoscaling_v2: AutoscalingV2 in k8s_openapi::api::autoscaling::v2 {
        fn horizontal_pod_autoscalers(namespace) -> HorizontalPodAutoscaler;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `batch/v1`.
    batch_v1: BatchV1 in k8s_openapi::api::batch::v1 {
        fn cron_jobs(namespace) -> CronJob;
        fn jobs(namespace) -> Job;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `certificates.k8s.io/v1`.
    certificates_v1: CertificatesV1 in k8s_openapi::api::certificates::v1 {
        fn certificate_signing_requests() -> CertificateSigningRequest;
    }
}
}

k8s_openapi::k8s_if_ge_1_37! {
kinds! { certificates_v1_37_37: CertificatesV1 in k8s_openapi::api::certificates::v1 {
        fn cluster_trust_bundles() -> ClusterTrustBundle;
        fn pod_certificate_requests(namespace) -> PodCertificateRequest;
} }
}

k8s_openapi::k8s_if_le_1_36! {
k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `certificates.k8s.io/v1alpha1`.
    certificates_v1alpha1: CertificatesV1alpha1 in k8s_openapi::api::certificates::v1alpha1 {
        fn cluster_trust_bundles() -> ClusterTrustBundle;
    }
}
}
}

k8s_openapi::k8s_if_le_1_34! {
k8s_openapi::k8s_if_ge_1_34! {
kinds! { certificates_v1alpha1_34_34: CertificatesV1alpha1 in k8s_openapi::api::certificates::v1alpha1 {
        fn pod_certificate_requests(namespace) -> PodCertificateRequest;
} }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `certificates.k8s.io/v1beta1`.
    certificates_v1beta1: CertificatesV1beta1 in k8s_openapi::api::certificates::v1beta1 {
        fn cluster_trust_bundles() -> ClusterTrustBundle;
    }
}
}

k8s_openapi::k8s_if_ge_1_35! {
kinds! { certificates_v1beta1_35_37: CertificatesV1beta1 in k8s_openapi::api::certificates::v1beta1 {
        fn pod_certificate_requests(namespace) -> PodCertificateRequest;
} }
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `coordination.k8s.io/v1`.
    coordination_v1: CoordinationV1 in k8s_openapi::api::coordination::v1 {
        fn leases(namespace) -> Lease;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `coordination.k8s.io/v1alpha2`.
    coordination_v1alpha2: CoordinationV1alpha2 in k8s_openapi::api::coordination::v1alpha2 {
        fn lease_candidates(namespace) -> LeaseCandidate;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `coordination.k8s.io/v1beta1`.
    coordination_v1beta1: CoordinationV1beta1 in k8s_openapi::api::coordination::v1beta1 {
        fn lease_candidates(namespace) -> LeaseCandidate;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `v1`.
    core_v1: CoreV1 in k8s_openapi::api::core::v1 {
        fn bindings(namespace) -> Binding;
        fn component_statuses() -> ComponentStatus;
        fn config_maps(namespace) -> ConfigMap;
        fn endpoints(namespace) -> Endpoints;
        fn events(namespace) -> Event;
        fn limit_ranges(namespace) -> LimitRange;
        fn namespaces() -> Namespace;
        fn nodes() -> Node;
        fn persistent_volume_claims(namespace) -> PersistentVolumeClaim;
        fn persistent_volumes() -> PersistentVolume;
        fn pod_templates(namespace) -> PodTemplate;
        fn pods(namespace) -> Pod;
        fn replication_controllers(namespace) -> ReplicationController;
        fn resource_quotas(namespace) -> ResourceQuota;
        fn secrets(namespace) -> Secret;
        fn service_accounts(namespace) -> ServiceAccount;
        fn services(namespace) -> Service;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `discovery.k8s.io/v1`.
    discovery_v1: DiscoveryV1 in k8s_openapi::api::discovery::v1 {
        fn endpoint_slices(namespace) -> EndpointSlice;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `events.k8s.io/v1`.
    events_v1: EventsV1 in k8s_openapi::api::events::v1 {
        fn events(namespace) -> Event;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `flowcontrol.apiserver.k8s.io/v1`.
    flowcontrol_v1: FlowcontrolV1 in k8s_openapi::api::flowcontrol::v1 {
        fn flow_schemas() -> FlowSchema;
        fn priority_level_configurations() -> PriorityLevelConfiguration;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `internal.apiserver.k8s.io/v1alpha1`.
    internal_v1alpha1: InternalV1alpha1 in k8s_openapi::api::apiserverinternal::v1alpha1 {
        fn storage_versions() -> StorageVersion;
    }
}
}

k8s_openapi::k8s_if_ge_1_37! {
group_version! {
    /// The kinds of `lifecycle.k8s.io/v1alpha1`.
    lifecycle_v1alpha1: LifecycleV1alpha1 in k8s_openapi::api::lifecycle::v1alpha1 {
        fn eviction_requests(namespace) -> EvictionRequest;
        fn evictions(namespace) -> Eviction;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `networking.k8s.io/v1`.
    networking_v1: NetworkingV1 in k8s_openapi::api::networking::v1 {
        fn ingress_classes() -> IngressClass;
        fn ingresses(namespace) -> Ingress;
        fn ip_addresses() -> IPAddress;
        fn network_policies(namespace) -> NetworkPolicy;
        fn service_cidrs() -> ServiceCIDR;
    }
}
}

k8s_openapi::k8s_if_le_1_36! {
k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `networking.k8s.io/v1beta1`.
    networking_v1beta1: NetworkingV1beta1 in k8s_openapi::api::networking::v1beta1 {
        fn ip_addresses() -> IPAddress;
        fn service_cidrs() -> ServiceCIDR;
    }
}
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `node.k8s.io/v1`.
    node_v1: NodeV1 in k8s_openapi::api::node::v1 {
        fn runtime_classes() -> RuntimeClass;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `policy/v1`.
    policy_v1: PolicyV1 in k8s_openapi::api::policy::v1 {
        fn pod_disruption_budgets(namespace) -> PodDisruptionBudget;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `rbac.authorization.k8s.io/v1`.
    rbac_v1: RbacV1 in k8s_openapi::api::rbac::v1 {
        fn cluster_role_bindings() -> ClusterRoleBinding;
        fn cluster_roles() -> ClusterRole;
        fn role_bindings(namespace) -> RoleBinding;
        fn roles(namespace) -> Role;
    }
}
}

k8s_openapi::k8s_if_ge_1_34! {
group_version! {
    /// The kinds of `resource.k8s.io/v1`.
    resource_v1: ResourceV1 in k8s_openapi::api::resource::v1 {
        fn device_classes() -> DeviceClass;
        fn resource_claim_templates(namespace) -> ResourceClaimTemplate;
        fn resource_claims(namespace) -> ResourceClaim;
        fn resource_slices() -> ResourceSlice;
    }
}
}

k8s_openapi::k8s_if_ge_1_37! {
kinds! { resource_v1_37_37: ResourceV1 in k8s_openapi::api::resource::v1 {
        fn device_taint_rules() -> DeviceTaintRule;
} }
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `resource.k8s.io/v1alpha3`.
    resource_v1alpha3: ResourceV1alpha3 in k8s_openapi::api::resource::v1alpha3 {
        fn device_taint_rules() -> DeviceTaintRule;
    }
}
}

k8s_openapi::k8s_if_le_1_33! {
k8s_openapi::k8s_if_ge_1_33! {
kinds! { resource_v1alpha3_33_33: ResourceV1alpha3 in k8s_openapi::api::resource::v1alpha3 {
        fn device_classes() -> DeviceClass;
        fn resource_claim_templates(namespace) -> ResourceClaimTemplate;
        fn resource_claims(namespace) -> ResourceClaim;
        fn resource_slices() -> ResourceSlice;
} }
}
}

k8s_openapi::k8s_if_ge_1_36! {
kinds! { resource_v1alpha3_36_37: ResourceV1alpha3 in k8s_openapi::api::resource::v1alpha3 {
        fn resource_pool_status_requests() -> ResourcePoolStatusRequest;
} }
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `resource.k8s.io/v1beta1`.
    resource_v1beta1: ResourceV1beta1 in k8s_openapi::api::resource::v1beta1 {
        fn device_classes() -> DeviceClass;
        fn resource_claim_templates(namespace) -> ResourceClaimTemplate;
        fn resource_claims(namespace) -> ResourceClaim;
        fn resource_slices() -> ResourceSlice;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `resource.k8s.io/v1beta2`.
    resource_v1beta2: ResourceV1beta2 in k8s_openapi::api::resource::v1beta2 {
        fn device_classes() -> DeviceClass;
        fn resource_claim_templates(namespace) -> ResourceClaimTemplate;
        fn resource_claims(namespace) -> ResourceClaim;
        fn resource_slices() -> ResourceSlice;
    }
}
}

k8s_openapi::k8s_if_ge_1_36! {
kinds! { resource_v1beta2_36_37: ResourceV1beta2 in k8s_openapi::api::resource::v1beta2 {
        fn device_taint_rules() -> DeviceTaintRule;
} }
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `scheduling.k8s.io/v1`.
    scheduling_v1: SchedulingV1 in k8s_openapi::api::scheduling::v1 {
        fn priority_classes() -> PriorityClass;
    }
}
}

k8s_openapi::k8s_if_le_1_35! {
k8s_openapi::k8s_if_ge_1_35! {
group_version! {
    /// The kinds of `scheduling.k8s.io/v1alpha1`.
    scheduling_v1alpha1: SchedulingV1alpha1 in k8s_openapi::api::scheduling::v1alpha1 {
        fn workloads(namespace) -> Workload;
    }
}
}
}

k8s_openapi::k8s_if_le_1_36! {
k8s_openapi::k8s_if_ge_1_36! {
group_version! {
    /// The kinds of `scheduling.k8s.io/v1alpha2`.
    scheduling_v1alpha2: SchedulingV1alpha2 in k8s_openapi::api::scheduling::v1alpha2 {
        fn pod_groups(namespace) -> PodGroup;
        fn workloads(namespace) -> Workload;
    }
}
}
}

k8s_openapi::k8s_if_ge_1_37! {
group_version! {
    /// The kinds of `scheduling.k8s.io/v1alpha3`.
    scheduling_v1alpha3: SchedulingV1alpha3 in k8s_openapi::api::scheduling::v1alpha3 {
        fn composite_pod_groups(namespace) -> CompositePodGroup;
        fn pod_groups(namespace) -> PodGroup;
        fn workloads(namespace) -> Workload;
    }
}
}

k8s_openapi::k8s_if_ge_1_37! {
group_version! {
    /// The kinds of `scheduling.k8s.io/v1beta1`.
    scheduling_v1beta1: SchedulingV1beta1 in k8s_openapi::api::scheduling::v1beta1 {
        fn pod_groups(namespace) -> PodGroup;
        fn workloads(namespace) -> Workload;
    }
}
}

k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `storage.k8s.io/v1`.
    storage_v1: StorageV1 in k8s_openapi::api::storage::v1 {
        fn csi_drivers() -> CSIDriver;
        fn csi_nodes() -> CSINode;
        fn csi_storage_capacities(namespace) -> CSIStorageCapacity;
        fn storage_classes() -> StorageClass;
        fn volume_attachments() -> VolumeAttachment;
    }
}
}

k8s_openapi::k8s_if_ge_1_34! {
kinds! { storage_v1_34_37: StorageV1 in k8s_openapi::api::storage::v1 {
        fn volume_attributes_classes() -> VolumeAttributesClass;
} }
}

k8s_openapi::k8s_if_le_1_34! {
k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `storage.k8s.io/v1alpha1`.
    storage_v1alpha1: StorageV1alpha1 in k8s_openapi::api::storage::v1alpha1 {
        fn volume_attributes_classes() -> VolumeAttributesClass;
    }
}
}
}

k8s_openapi::k8s_if_le_1_36! {
k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `storage.k8s.io/v1beta1`.
    storage_v1beta1: StorageV1beta1 in k8s_openapi::api::storage::v1beta1 {
        fn volume_attributes_classes() -> VolumeAttributesClass;
    }
}
}
}

k8s_openapi::k8s_if_ge_1_37! {
group_version! {
    /// The kinds of `storagemigration.k8s.io/v1`.
    storagemigration_v1: StoragemigrationV1 in k8s_openapi::api::storagemigration::v1 {
        fn storage_version_migrations() -> StorageVersionMigration;
    }
}
}

k8s_openapi::k8s_if_le_1_34! {
k8s_openapi::k8s_if_ge_1_33! {
group_version! {
    /// The kinds of `storagemigration.k8s.io/v1alpha1`.
    storagemigration_v1alpha1: StoragemigrationV1alpha1 in k8s_openapi::api::storagemigration::v1alpha1 {
        fn storage_version_migrations() -> StorageVersionMigration;
    }
}
}
}

k8s_openapi::k8s_if_ge_1_35! {
group_version! {
    /// The kinds of `storagemigration.k8s.io/v1beta1`.
    storagemigration_v1beta1: StoragemigrationV1beta1 in k8s_openapi::api::storagemigration::v1beta1 {
        fn storage_version_migrations() -> StorageVersionMigration;
    }
}
}
