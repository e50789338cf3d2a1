//! Every kind of `k8s-openapi` is a resource.

mod kinds;
mod verbs;

use k8s_openapi::{ClusterResourceScope, ListableResource, Metadata, NamespaceResourceScope};
use serde::Serialize;
use serde::de::DeserializeOwned;

use self::kinds::KINDS;
use crate::resource::{
    ClusterScoped, Listable, Namespaced, Object, ObjectMeta, Resource, ResourceMeta, Scope,
};
use crate::schema::equal;

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
    const META: ResourceMeta = find(K::GROUP, K::VERSION, K::KIND).complete(ResourceMeta::new(
        K::GROUP,
        K::VERSION,
        K::KIND,
        K::URL_PATH_SEGMENT,
        <K::Scope as ScopeOf>::SCOPE,
    ));
}

#[diagnostic::do_not_recommend]
impl<K> Namespaced for K where K: Resource + k8s_openapi::Resource<Scope = NamespaceResourceScope> {}

#[diagnostic::do_not_recommend]
impl<K> ClusterScoped for K where K: Resource + k8s_openapi::Resource<Scope = ClusterResourceScope> {}

#[diagnostic::do_not_recommend]
impl<K> Listable for K where K: Resource + ListableResource {}

/// What `k8s-openapi` does not say of a kind.
#[derive(Clone, Copy)]
struct BuiltIn {
    group: &'static str,
    version: &'static str,
    kind: &'static str,
    short_names: &'static [&'static str],
    categories: &'static [&'static str],
    status: bool,
    scale: bool,
}

const fn kind(group: &'static str, version: &'static str, kind: &'static str) -> BuiltIn {
    BuiltIn { group, version, kind, short_names: &[], categories: &[], status: false, scale: false }
}

impl BuiltIn {
    const fn short_names(mut self, short_names: &'static [&'static str]) -> Self {
        self.short_names = short_names;
        self
    }

    const fn categories(mut self, categories: &'static [&'static str]) -> Self {
        self.categories = categories;
        self
    }

    const fn status(mut self) -> Self {
        self.status = true;
        self
    }

    const fn scale(mut self) -> Self {
        self.scale = true;
        self
    }

    const fn complete(self, mut meta: ResourceMeta) -> ResourceMeta {
        meta.short_names = self.short_names;
        meta.categories = self.categories;
        meta.status = self.status;
        meta.scale = self.scale;
        meta
    }
}

/// What is known of a kind. Kinds that the API server does not serve unless it is told to are not in the table.
const fn find(group: &'static str, version: &'static str, name: &'static str) -> BuiltIn {
    let mut i = 0;
    while i < KINDS.len() {
        let found = KINDS[i];
        if equal(found.kind, name) && equal(found.version, version) && equal(found.group, group) {
            return found;
        }
        i += 1;
    }
    kind(group, version, name)
}

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
        assert_eq!((meta.short_names, meta.categories), (&["deploy"][..], &["all"][..]));
        assert!(meta.status && meta.scale);
        assert_eq!(<Pod as Resource>::META.api_version(), "v1");
        let meta = <Pod as Resource>::META;
        assert_eq!((meta.status, meta.scale), (true, false));
        assert_eq!(<Namespace as Resource>::META.scope, Scope::Cluster);
    }
}
