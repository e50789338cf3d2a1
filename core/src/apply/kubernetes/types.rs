//! Generated: the structs that have parts, and the types of statuses, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

use super::{statuses, structs};

k8s_openapi::k8s_if_ge_1_33! {
    structs! {
        k8s_openapi::api::admissionregistration::v1 => {
            AuditAnnotation; ExpressionWarning; MatchCondition; MatchResources; MutatingWebhook;
            MutatingWebhookConfiguration; NamedRuleWithOperations; ParamKind; ParamRef; RuleWithOperations;
            ServiceReference; TypeChecking; ValidatingAdmissionPolicy; ValidatingAdmissionPolicyBinding;
            ValidatingAdmissionPolicyBindingSpec; ValidatingAdmissionPolicySpec;
            ValidatingAdmissionPolicyStatus; ValidatingWebhook; ValidatingWebhookConfiguration; Validation;
            Variable; WebhookClientConfig;
        }
        k8s_openapi::api::apps::v1 => {
            ControllerRevision; DaemonSet; DaemonSetCondition; DaemonSetSpec; DaemonSetStatus;
            DaemonSetUpdateStrategy; Deployment; DeploymentCondition; DeploymentSpec; DeploymentStatus;
            DeploymentStrategy; ReplicaSet; ReplicaSetCondition; ReplicaSetSpec; ReplicaSetStatus;
            RollingUpdateDaemonSet; RollingUpdateDeployment; RollingUpdateStatefulSetStrategy; StatefulSet;
            StatefulSetCondition; StatefulSetOrdinals; StatefulSetPersistentVolumeClaimRetentionPolicy;
            StatefulSetSpec; StatefulSetStatus; StatefulSetUpdateStrategy;
        }
        k8s_openapi::api::authentication::v1 => {
            SelfSubjectReview; SelfSubjectReviewStatus; TokenReview; TokenReviewSpec; TokenReviewStatus;
            UserInfo;
        }
        k8s_openapi::api::authorization::v1 => {
            FieldSelectorAttributes; LabelSelectorAttributes; LocalSubjectAccessReview;
            NonResourceAttributes; NonResourceRule; ResourceAttributes; ResourceRule;
            SelfSubjectAccessReview; SelfSubjectAccessReviewSpec; SelfSubjectRulesReview;
            SelfSubjectRulesReviewSpec; SubjectAccessReview; SubjectAccessReviewSpec;
            SubjectAccessReviewStatus; SubjectRulesReviewStatus;
        }
        k8s_openapi::api::autoscaling::v1 => {
            CrossVersionObjectReference; HorizontalPodAutoscaler; HorizontalPodAutoscalerSpec;
            HorizontalPodAutoscalerStatus;
        }
        k8s_openapi::api::autoscaling::v2 => {
            ContainerResourceMetricSource; ContainerResourceMetricStatus; CrossVersionObjectReference;
            ExternalMetricSource; ExternalMetricStatus; HPAScalingPolicy; HPAScalingRules;
            HorizontalPodAutoscaler; HorizontalPodAutoscalerBehavior; HorizontalPodAutoscalerCondition;
            HorizontalPodAutoscalerSpec; HorizontalPodAutoscalerStatus; MetricIdentifier; MetricSpec;
            MetricStatus; MetricTarget; MetricValueStatus; ObjectMetricSource; ObjectMetricStatus;
            PodsMetricSource; PodsMetricStatus; ResourceMetricSource; ResourceMetricStatus;
        }
        k8s_openapi::api::batch::v1 => {
            CronJob; CronJobSpec; CronJobStatus; Job; JobCondition; JobSpec; JobStatus; JobTemplateSpec;
            PodFailurePolicy; PodFailurePolicyOnExitCodesRequirement; PodFailurePolicyOnPodConditionsPattern;
            PodFailurePolicyRule; SuccessPolicy; SuccessPolicyRule; UncountedTerminatedPods;
        }
        k8s_openapi::api::certificates::v1 => {
            CertificateSigningRequest; CertificateSigningRequestCondition; CertificateSigningRequestSpec;
            CertificateSigningRequestStatus;
        }
        k8s_openapi::api::coordination::v1 => {
            Lease; LeaseSpec;
        }
        k8s_openapi::api::core::v1 => {
            AWSElasticBlockStoreVolumeSource; Affinity; AppArmorProfile; AttachedVolume;
            AzureDiskVolumeSource; AzureFilePersistentVolumeSource; AzureFileVolumeSource; Binding;
            CSIPersistentVolumeSource; CSIVolumeSource; Capabilities; CephFSPersistentVolumeSource;
            CephFSVolumeSource; CinderPersistentVolumeSource; CinderVolumeSource; ClientIPConfig;
            ClusterTrustBundleProjection; ComponentCondition; ComponentStatus; ConfigMap; ConfigMapEnvSource;
            ConfigMapKeySelector; ConfigMapNodeConfigSource; ConfigMapProjection; ConfigMapVolumeSource;
            Container; ContainerImage; ContainerPort; ContainerResizePolicy; ContainerState;
            ContainerStateRunning; ContainerStateTerminated; ContainerStateWaiting; ContainerStatus;
            ContainerUser; DaemonEndpoint; DownwardAPIProjection; DownwardAPIVolumeFile;
            DownwardAPIVolumeSource; EmptyDirVolumeSource; EndpointAddress; EndpointPort; EndpointSubset;
            Endpoints; EnvFromSource; EnvVar; EnvVarSource; EphemeralContainer; EphemeralVolumeSource; Event;
            EventSeries; EventSource; ExecAction; FCVolumeSource; FlexPersistentVolumeSource;
            FlexVolumeSource; FlockerVolumeSource; GCEPersistentDiskVolumeSource; GRPCAction;
            GitRepoVolumeSource; GlusterfsPersistentVolumeSource; GlusterfsVolumeSource; HTTPGetAction;
            HTTPHeader; HostAlias; HostIP; HostPathVolumeSource; ISCSIPersistentVolumeSource;
            ISCSIVolumeSource; ImageVolumeSource; KeyToPath; Lifecycle; LifecycleHandler; LimitRange;
            LimitRangeItem; LimitRangeSpec; LinuxContainerUser; LoadBalancerIngress; LoadBalancerStatus;
            LocalObjectReference; LocalVolumeSource; ModifyVolumeStatus; NFSVolumeSource; Namespace;
            NamespaceCondition; NamespaceSpec; NamespaceStatus; Node; NodeAddress; NodeAffinity;
            NodeCondition; NodeConfigSource; NodeConfigStatus; NodeDaemonEndpoints; NodeFeatures;
            NodeRuntimeHandler; NodeRuntimeHandlerFeatures; NodeSelector; NodeSelectorRequirement;
            NodeSelectorTerm; NodeSpec; NodeStatus; NodeSwapStatus; NodeSystemInfo; ObjectFieldSelector;
            ObjectReference; PersistentVolume; PersistentVolumeClaim; PersistentVolumeClaimCondition;
            PersistentVolumeClaimSpec; PersistentVolumeClaimStatus; PersistentVolumeClaimTemplate;
            PersistentVolumeClaimVolumeSource; PersistentVolumeSpec; PersistentVolumeStatus;
            PhotonPersistentDiskVolumeSource; Pod; PodAffinity; PodAffinityTerm; PodAntiAffinity;
            PodCondition; PodDNSConfig; PodDNSConfigOption; PodIP; PodOS; PodReadinessGate; PodResourceClaim;
            PodResourceClaimStatus; PodSchedulingGate; PodSecurityContext; PodSpec; PodStatus; PodTemplate;
            PodTemplateSpec; PortStatus; PortworxVolumeSource; PreferredSchedulingTerm; Probe;
            ProjectedVolumeSource; QuobyteVolumeSource; RBDPersistentVolumeSource; RBDVolumeSource;
            ReplicationController; ReplicationControllerCondition; ReplicationControllerSpec;
            ReplicationControllerStatus; ResourceClaim; ResourceFieldSelector; ResourceHealth; ResourceQuota;
            ResourceQuotaSpec; ResourceQuotaStatus; ResourceRequirements; ResourceStatus; SELinuxOptions;
            ScaleIOPersistentVolumeSource; ScaleIOVolumeSource; ScopeSelector;
            ScopedResourceSelectorRequirement; SeccompProfile; Secret; SecretEnvSource; SecretKeySelector;
            SecretProjection; SecretReference; SecretVolumeSource; SecurityContext; Service; ServiceAccount;
            ServiceAccountTokenProjection; ServicePort; ServiceSpec; ServiceStatus; SessionAffinityConfig;
            SleepAction; StorageOSPersistentVolumeSource; StorageOSVolumeSource; Sysctl; TCPSocketAction;
            Taint; Toleration; TopologySelectorLabelRequirement; TopologySelectorTerm;
            TopologySpreadConstraint; TypedLocalObjectReference; TypedObjectReference; Volume; VolumeDevice;
            VolumeMount; VolumeMountStatus; VolumeNodeAffinity; VolumeProjection; VolumeResourceRequirements;
            VsphereVirtualDiskVolumeSource; WeightedPodAffinityTerm; WindowsSecurityContextOptions;
        }
        k8s_openapi::api::discovery::v1 => {
            Endpoint; EndpointConditions; EndpointHints; EndpointPort; EndpointSlice; ForNode; ForZone;
        }
        k8s_openapi::api::events::v1 => {
            Event; EventSeries;
        }
        k8s_openapi::api::flowcontrol::v1 => {
            ExemptPriorityLevelConfiguration; FlowDistinguisherMethod; FlowSchema; FlowSchemaCondition;
            FlowSchemaSpec; FlowSchemaStatus; GroupSubject; LimitResponse; LimitedPriorityLevelConfiguration;
            NonResourcePolicyRule; PolicyRulesWithSubjects; PriorityLevelConfiguration;
            PriorityLevelConfigurationCondition; PriorityLevelConfigurationReference;
            PriorityLevelConfigurationSpec; PriorityLevelConfigurationStatus; QueuingConfiguration;
            ResourcePolicyRule; ServiceAccountSubject; Subject; UserSubject;
        }
        k8s_openapi::api::networking::v1 => {
            HTTPIngressPath; HTTPIngressRuleValue; IPAddress; IPAddressSpec; IPBlock; Ingress;
            IngressBackend; IngressClass; IngressClassParametersReference; IngressClassSpec;
            IngressLoadBalancerIngress; IngressLoadBalancerStatus; IngressPortStatus; IngressRule;
            IngressServiceBackend; IngressSpec; IngressStatus; IngressTLS; NetworkPolicy;
            NetworkPolicyEgressRule; NetworkPolicyIngressRule; NetworkPolicyPeer; NetworkPolicyPort;
            NetworkPolicySpec; ParentReference; ServiceBackendPort; ServiceCIDR; ServiceCIDRSpec;
            ServiceCIDRStatus;
        }
        k8s_openapi::api::node::v1 => {
            Overhead; RuntimeClass; Scheduling;
        }
        k8s_openapi::api::policy::v1 => {
            PodDisruptionBudget; PodDisruptionBudgetSpec; PodDisruptionBudgetStatus;
        }
        k8s_openapi::api::rbac::v1 => {
            AggregationRule; ClusterRole; ClusterRoleBinding; PolicyRule; Role; RoleBinding; RoleRef;
            Subject;
        }
        k8s_openapi::api::scheduling::v1 => {
            PriorityClass;
        }
        k8s_openapi::api::storage::v1 => {
            CSIDriver; CSIDriverSpec; CSINode; CSINodeDriver; CSINodeSpec; CSIStorageCapacity; StorageClass;
            TokenRequest; VolumeAttachment; VolumeAttachmentSource; VolumeAttachmentSpec;
            VolumeAttachmentStatus; VolumeError; VolumeNodeResources;
        }
        k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1 => {
            CustomResourceColumnDefinition; CustomResourceConversion; CustomResourceDefinition;
            CustomResourceDefinitionCondition; CustomResourceDefinitionNames; CustomResourceDefinitionSpec;
            CustomResourceDefinitionStatus; CustomResourceDefinitionVersion; CustomResourceSubresourceScale;
            CustomResourceSubresources; CustomResourceValidation; ExternalDocumentation; JSONSchemaProps;
            SelectableField; ServiceReference; ValidationRule; WebhookClientConfig; WebhookConversion;
        }
        k8s_openapi::apimachinery::pkg::apis::meta::v1 => {
            Condition; FieldSelectorRequirement; LabelSelector; LabelSelectorRequirement; ManagedFieldsEntry;
        }
        k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1 => {
            APIService; APIServiceCondition; APIServiceSpec; APIServiceStatus; ServiceReference;
        }
    }
}

k8s_openapi::k8s_if_ge_1_34! {
    structs! {
        k8s_openapi::api::core::v1 => {
            ContainerExtendedResourceRequest; ContainerRestartRule; ContainerRestartRuleOnExitCodes;
            FileKeySelector; PodCertificateProjection; PodExtendedResourceClaimStatus;
        }
        k8s_openapi::api::resource::v1 => {
            AllocatedDeviceStatus; AllocationResult; CELDeviceSelector; CapacityRequestPolicy;
            CapacityRequestPolicyRange; CapacityRequirements; Counter; CounterSet; Device;
            DeviceAllocationConfiguration; DeviceAllocationResult; DeviceAttribute; DeviceCapacity;
            DeviceClaim; DeviceClaimConfiguration; DeviceClass; DeviceClassConfiguration; DeviceClassSpec;
            DeviceConstraint; DeviceCounterConsumption; DeviceRequest; DeviceRequestAllocationResult;
            DeviceSelector; DeviceSubRequest; DeviceTaint; DeviceToleration; ExactDeviceRequest;
            NetworkDeviceData; OpaqueDeviceConfiguration; ResourceClaim; ResourceClaimConsumerReference;
            ResourceClaimSpec; ResourceClaimStatus; ResourceClaimTemplate; ResourceClaimTemplateSpec;
            ResourcePool; ResourceSlice; ResourceSliceSpec;
        }
        k8s_openapi::api::storage::v1 => {
            VolumeAttributesClass;
        }
    }
}

k8s_openapi::k8s_if_ge_1_35! {
    structs! {
        k8s_openapi::apimachinery::pkg::apis::meta::v1 => {
            GroupResource;
        }
    }
}

k8s_openapi::k8s_if_ge_1_36! {
    structs! {
        k8s_openapi::api::admissionregistration::v1 => {
            ApplyConfiguration; JSONPatch; MutatingAdmissionPolicy; MutatingAdmissionPolicyBinding;
            MutatingAdmissionPolicyBindingSpec; MutatingAdmissionPolicySpec; Mutation;
        }
        k8s_openapi::api::core::v1 => {
            ImageVolumeStatus; NodeAllocatableResourceClaimStatus; PodSchedulingGroup; VolumeStatus;
        }
    }
}

k8s_openapi::k8s_if_ge_1_37! {
    structs! {
        k8s_openapi::api::batch::v1 => {
            JobSchedulingConfiguration;
        }
        k8s_openapi::api::certificates::v1 => {
            ClusterTrustBundle; ClusterTrustBundleSpec; PodCertificateRequest; PodCertificateRequestSpec;
            PodCertificateRequestStatus;
        }
        k8s_openapi::api::core::v1 => {
            EvictionResponder; NodeAllocatableMappedResources; NodeAllocatableOverheadResources;
            NodePodPreemptionPolicy; PodVolumeHealth; VolumeHealthCondition; VolumeHealthStatus;
        }
        k8s_openapi::api::resource::v1 => {
            DeviceDerivedAttribute; DeviceTaintRule; DeviceTaintRuleSpec; DeviceTaintRuleStatus;
            DeviceTaintSelector; NodeAllocatableMapping; NodeAllocatableOverhead; NodeAllocatableResource;
        }
        k8s_openapi::api::scheduling::v1alpha3 => {
            TopologyConstraint; WorkloadPodGroupDisruptionMode; WorkloadPodGroupGangSchedulingPolicy;
            WorkloadPodGroupResourceClaim; WorkloadPodGroupSchedulingConstraints;
            WorkloadPodGroupSchedulingPolicy;
        }
        k8s_openapi::api::storage::v1 => {
            CSINodeStatus; StorageHealth; StorageHealthCondition;
        }
        k8s_openapi::api::storagemigration::v1 => {
            StorageVersionMigration; StorageVersionMigrationSpec; StorageVersionMigrationStatus;
        }
    }
}

k8s_openapi::k8s_if_ge_1_33! {
    statuses! {
        k8s_openapi::api::admissionregistration::v1 => {
            ValidatingAdmissionPolicy ValidatingAdmissionPolicyStatus;
        }
        k8s_openapi::api::apps::v1 => {
            DaemonSet DaemonSetStatus; Deployment DeploymentStatus; ReplicaSet ReplicaSetStatus;
            StatefulSet StatefulSetStatus;
        }
        k8s_openapi::api::autoscaling::v1 => {
            HorizontalPodAutoscaler HorizontalPodAutoscalerStatus;
        }
        k8s_openapi::api::autoscaling::v2 => {
            HorizontalPodAutoscaler HorizontalPodAutoscalerStatus;
        }
        k8s_openapi::api::batch::v1 => {
            CronJob CronJobStatus; Job JobStatus;
        }
        k8s_openapi::api::certificates::v1 => {
            CertificateSigningRequest CertificateSigningRequestStatus;
        }
        k8s_openapi::api::core::v1 => {
            Namespace NamespaceStatus; Node NodeStatus; PersistentVolumeClaim PersistentVolumeClaimStatus;
            PersistentVolume PersistentVolumeStatus; Pod PodStatus;
            ReplicationController ReplicationControllerStatus; ResourceQuota ResourceQuotaStatus;
            Service ServiceStatus;
        }
        k8s_openapi::api::flowcontrol::v1 => {
            FlowSchema FlowSchemaStatus; PriorityLevelConfiguration PriorityLevelConfigurationStatus;
        }
        k8s_openapi::api::networking::v1 => {
            Ingress IngressStatus; ServiceCIDR ServiceCIDRStatus;
        }
        k8s_openapi::api::policy::v1 => {
            PodDisruptionBudget PodDisruptionBudgetStatus;
        }
        k8s_openapi::api::storage::v1 => {
            VolumeAttachment VolumeAttachmentStatus;
        }
        k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1 => {
            CustomResourceDefinition CustomResourceDefinitionStatus;
        }
        k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1 => {
            APIService APIServiceStatus;
        }
    }
}

k8s_openapi::k8s_if_ge_1_34! {
    statuses! {
        k8s_openapi::api::resource::v1 => {
            ResourceClaim ResourceClaimStatus;
        }
    }
}

k8s_openapi::k8s_if_ge_1_37! {
    statuses! {
        k8s_openapi::api::certificates::v1 => {
            PodCertificateRequest PodCertificateRequestStatus;
        }
        k8s_openapi::api::resource::v1 => {
            DeviceTaintRule DeviceTaintRuleStatus;
        }
        k8s_openapi::api::storage::v1 => {
            CSINode CSINodeStatus;
        }
        k8s_openapi::api::storagemigration::v1 => {
            StorageVersionMigration StorageVersionMigrationStatus;
        }
    }
}
