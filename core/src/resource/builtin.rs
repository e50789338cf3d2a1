//! Every kind of `k8s-openapi` is a resource.

use k8s_openapi::api::{
    admissionregistration, apps, autoscaling, batch, certificates, core, flowcontrol, networking, policy,
    storage,
};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions;
use k8s_openapi::kube_aggregator::pkg::apis::apiregistration;
use k8s_openapi::{ClusterResourceScope, ListableResource, Metadata, NamespaceResourceScope};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::resource::{
    Allows, ClusterScoped, HasScale, HasStatus, Listable, Namespaced, Object, ObjectMeta, Resource,
    ResourceMeta, Scope, verb,
};

impl<K> Object for K
where
    K: Metadata<Ty = ObjectMeta> + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    fn object_meta(&self) -> &ObjectMeta {
        self.metadata()
    }

    fn object_meta_mut(&mut self) -> &mut ObjectMeta {
        self.metadata_mut()
    }
}

/// Turns k8s-openapi's scope types into ours.
trait ScopeOf {
    const SCOPE: Scope;
}

impl ScopeOf for NamespaceResourceScope {
    const SCOPE: Scope = Scope::Namespaced;
}

impl ScopeOf for ClusterResourceScope {
    const SCOPE: Scope = Scope::Cluster;
}

#[diagnostic::do_not_recommend]
impl<K> Resource for K
where
    K: k8s_openapi::Resource<Scope: ScopeOf> + Object,
    K: Metadata<Ty = ObjectMeta>,
{
    const META: ResourceMeta =
        ResourceMeta::new(K::GROUP, K::VERSION, K::KIND, K::URL_PATH_SEGMENT, <K::Scope as ScopeOf>::SCOPE);
}

#[diagnostic::do_not_recommend]
impl<K> Namespaced for K where K: Resource + k8s_openapi::Resource<Scope = NamespaceResourceScope> {}

#[diagnostic::do_not_recommend]
impl<K> ClusterScoped for K where K: Resource + k8s_openapi::Resource<Scope = ClusterResourceScope> {}

#[diagnostic::do_not_recommend]
impl<K> Listable for K where K: Resource + ListableResource {}

macro_rules! every_kind_allows {
    ($($verb:ident),+) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<K> Allows<verb::$verb> for K where K: Resource + k8s_openapi::Resource {}
        )+
    };
}

// What a built-in kind has beside lists is left to the server.
every_kind_allows!(Get, Create, Update, Patch, Delete, DeleteCollection);

#[diagnostic::do_not_recommend]
impl<K> Allows<verb::List> for K where K: Resource + ListableResource {}

#[diagnostic::do_not_recommend]
impl<K> Allows<verb::Watch> for K where K: Resource + ListableResource {}

macro_rules! has_status {
    ($($kind:path),+ $(,)?) => {
        $(impl HasStatus for $kind {})+
    };
}

has_status!(
    core::v1::Namespace,
    core::v1::Node,
    core::v1::PersistentVolume,
    core::v1::PersistentVolumeClaim,
    core::v1::Pod,
    core::v1::ReplicationController,
    core::v1::ResourceQuota,
    core::v1::Service,
    admissionregistration::v1::ValidatingAdmissionPolicy,
    apps::v1::DaemonSet,
    apps::v1::Deployment,
    apps::v1::ReplicaSet,
    apps::v1::StatefulSet,
    autoscaling::v1::HorizontalPodAutoscaler,
    autoscaling::v2::HorizontalPodAutoscaler,
    batch::v1::CronJob,
    batch::v1::Job,
    certificates::v1::CertificateSigningRequest,
    flowcontrol::v1::FlowSchema,
    flowcontrol::v1::PriorityLevelConfiguration,
    networking::v1::Ingress,
    networking::v1::ServiceCIDR,
    policy::v1::PodDisruptionBudget,
    storage::v1::VolumeAttachment,
    apiextensions::v1::CustomResourceDefinition,
    apiregistration::v1::APIService,
);

impl HasScale for apps::v1::Deployment {}
impl HasScale for apps::v1::ReplicaSet {}
impl HasScale for apps::v1::StatefulSet {}
impl HasScale for core::v1::ReplicationController {}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::apps::v1::Deployment;
    use k8s_openapi::api::core::v1::{Namespace, Pod};

    use super::*;

    #[test]
    fn a_built_in_kind_says_what_it_is() {
        let meta = <Deployment as Resource>::META;
        assert_eq!(meta.gvk().to_string(), "apps/v1 Deployment");
        assert_eq!(meta.gvr().to_string(), "deployments.apps");
        assert_eq!((meta.api_version().as_ref(), meta.scope), ("apps/v1", Scope::Namespaced));
        assert_eq!(<Pod as Resource>::META.api_version(), "v1");
        assert_eq!(<Namespace as Resource>::META.scope, Scope::Cluster);
    }
}
