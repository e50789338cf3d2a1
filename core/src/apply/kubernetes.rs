//! Pure: the types of `k8s-openapi`. A part of one is a [`Partial`], which `apply!` makes.

use k8s_openapi::ByteString;
use k8s_openapi::api::{
    admissionregistration, apps, autoscaling, batch, certificates, core, flowcontrol, networking, policy,
    storage,
};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta;
use k8s_openapi::apimachinery::pkg::runtime::RawExtension;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use k8s_openapi::kube_aggregator::pkg::apis::apiregistration;

use super::config::{Apply, whole};
use super::extract::{extract_part, extract_status};
use super::part_of::StatusOf;
use super::partial::Partial;
use crate::error::Result;
use crate::resource::{ObjectMeta, Resource};

whole!(
    ByteString,
    IntOrString,
    ObjectMeta,
    Quantity,
    RawExtension,
    apiextensions::v1::JSON,
    meta::v1::MicroTime,
    meta::v1::OwnerReference,
    meta::v1::Time,
);

macro_rules! structs {
    ($($of:path: $($name:ident)+;)+) => {
        $(const _: () = {
            use $of as module;
            $(impl Apply for module::$name {
                type Config = Partial<Self>;
                type Item = Partial<Self>;

                // What the items of a list are told apart by depends on the list; `apply!` checks it.
                const KEYS: Option<&'static [&'static str]> = None;
            })+
        };)+
    };
}

structs! {
    meta::v1: Condition LabelSelector LabelSelectorRequirement;
    core::v1: Affinity Capabilities ConfigMapEnvSource ConfigMapKeySelector ConfigMapProjection ConfigMapVolumeSource
        Container ContainerPort EmptyDirVolumeSource EnvFromSource EnvVar EnvVarSource ExecAction HTTPGetAction
        HTTPHeader HostAlias KeyToPath Lifecycle LifecycleHandler LocalObjectReference NodeAffinity NodeSelector
        NodeSelectorRequirement NodeSelectorTerm ObjectFieldSelector ObjectReference PersistentVolumeClaimSpec
        PersistentVolumeClaimTemplate PodAffinity PodAffinityTerm PodAntiAffinity PodDNSConfig PodSecurityContext
        PodSpec PodTemplateSpec PreferredSchedulingTerm Probe ProjectedVolumeSource ResourceFieldSelector
        ResourceRequirements SeccompProfile SecretEnvSource SecretKeySelector SecretProjection SecretReference
        SecretVolumeSource SecurityContext ServicePort ServiceSpec SleepAction TCPSocketAction Toleration
        TopologySpreadConstraint TypedLocalObjectReference TypedObjectReference Volume VolumeDevice VolumeMount
        VolumeProjection VolumeResourceRequirements WeightedPodAffinityTerm;
    apps::v1: DaemonSetUpdateStrategy DeploymentSpec DeploymentStrategy RollingUpdateDaemonSet
        RollingUpdateDeployment RollingUpdateStatefulSetStrategy StatefulSetSpec StatefulSetUpdateStrategy;
    batch::v1: JobSpec JobTemplateSpec;
    networking::v1: HTTPIngressPath HTTPIngressRuleValue IngressBackend IngressRule IngressServiceBackend IngressSpec
        IngressTLS NetworkPolicyPeer NetworkPolicyPort NetworkPolicySpec ServiceBackendPort;
    autoscaling::v2: HorizontalPodAutoscalerBehavior HorizontalPodAutoscalerSpec MetricSpec;
    policy::v1: PodDisruptionBudgetSpec;
}

macro_rules! statuses {
    ($($of:path: $($kind:ident $status:ident)+;)+) => {
        $(const _: () = {
            use $of as module;
            $(
                impl StatusOf for module::$kind {
                    type Status = module::$status;
                }
            )+
        };)+
    };
}

statuses! {
    core::v1: Namespace NamespaceStatus Node NodeStatus PersistentVolume PersistentVolumeStatus
        PersistentVolumeClaim PersistentVolumeClaimStatus Pod PodStatus
        ReplicationController ReplicationControllerStatus ResourceQuota ResourceQuotaStatus Service ServiceStatus;
    admissionregistration::v1: ValidatingAdmissionPolicy ValidatingAdmissionPolicyStatus;
    apps::v1: DaemonSet DaemonSetStatus Deployment DeploymentStatus ReplicaSet ReplicaSetStatus
        StatefulSet StatefulSetStatus;
    autoscaling::v1: HorizontalPodAutoscaler HorizontalPodAutoscalerStatus;
    autoscaling::v2: HorizontalPodAutoscaler HorizontalPodAutoscalerStatus;
    batch::v1: CronJob CronJobStatus Job JobStatus;
    certificates::v1: CertificateSigningRequest CertificateSigningRequestStatus;
    flowcontrol::v1: FlowSchema FlowSchemaStatus PriorityLevelConfiguration PriorityLevelConfigurationStatus;
    networking::v1: Ingress IngressStatus ServiceCIDR ServiceCIDRStatus;
    policy::v1: PodDisruptionBudget PodDisruptionBudgetStatus;
    storage::v1: VolumeAttachment VolumeAttachmentStatus;
    apiextensions::v1: CustomResourceDefinition CustomResourceDefinitionStatus;
    apiregistration::v1: APIService APIServiceStatus;
}

impl<K: Resource> Partial<K> {
    /// The part of an object that a field manager has applied: what it would have to apply again to change nothing.
    ///
    /// A manager that has applied nothing gets the kind and the names alone.
    ///
    /// # Errors
    ///
    /// When the object has no managedFields: whoever read it has cut them, so nobody can tell who owns what.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # use kubist::apply::Partial;
    /// # use kubist::k8s_openapi::api::apps::v1::Deployment;
    /// # use kubist::prelude::*;
    /// # use kubist::rest::ApplyParams;
    /// # async fn example(deployments: Api<Deployment>) -> kubist::Result<()> {
    /// let mine = Partial::<Deployment>::extract(&deployments.get("front").await?, "scaler")?;
    /// deployments.apply("front", mine, &ApplyParams::manager("scaler")).await?; // changes nothing
    /// # Ok(())
    /// # }
    /// ```
    pub fn extract(object: &K, manager: &str) -> Result<Self> {
        extract_part(object, manager)
    }
}

impl<K: StatusOf> Partial<K> {
    /// The part of an object's status that a field manager has applied; an empty part where it has applied nothing.
    ///
    /// # Errors
    ///
    /// As [`extract`](Self::extract).
    pub fn extract_status(object: &K, manager: &str) -> Result<Partial<K::Status>> {
        extract_status(object, manager)
    }
}
