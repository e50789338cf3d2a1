use std::fmt;
use std::marker::PhantomData;

use super::{DynamicObject, PartialObjectMetadata};
use crate::api::{AllNamespaces, Api, Target};
use crate::resource::{ApiResource, Scope};
use crate::rest::RestClient;

/// A resource that is known by its names at run time: makes the handles of its objects. Cheap to clone.
///
/// It is made by `Client::dynamic`, and by `Client::metadata` for the metadata of the objects alone. Where it is known
/// where the objects live, a handle that does not fit is an error of each of its calls, before anything is sent.
///
/// # Examples
///
/// ```no_run
/// use kubist::dynamic::DynamicObject;
/// use kubist::resource::GroupVersionResource;
/// use serde_json::json;
///
/// # async fn example(client: kubist::Client) -> kubist::Result<()> {
/// let websites = GroupVersionResource::new("example.com", "v1", "websites");
/// let sites = client.dynamic(&websites).namespaced("shop");
/// let mut site = DynamicObject::new("example.com/v1", "Website", "front");
/// site["spec"] = json!({"bucket": "gs://a"});
/// sites.create(&site).await?;
/// for site in sites.list().await? {
///     println!("{} in {}", site.metadata.name.unwrap_or_default(), site.data["spec"]["bucket"]);
/// }
/// # Ok(())
/// # }
/// ```
pub struct DynamicClient<K = DynamicObject> {
    rest: RestClient,
    resource: ApiResource,
    metadata_only: bool,
    kind: PhantomData<fn() -> K>,
}

impl DynamicClient {
    /// The objects of a resource, as JSON.
    #[must_use]
    pub fn new(rest: RestClient, resource: impl Into<ApiResource>) -> Self {
        Self { rest, resource: resource.into(), metadata_only: false, kind: PhantomData }
    }
}

impl DynamicClient<PartialObjectMetadata> {
    /// The metadata of the objects of a resource, and no more.
    #[must_use]
    pub fn metadata(rest: RestClient, resource: impl Into<ApiResource>) -> Self {
        Self { rest, resource: resource.into(), metadata_only: true, kind: PhantomData }
    }
}

impl<K: 'static> DynamicClient<K> {
    /// The objects in one namespace.
    #[must_use]
    pub fn namespaced(&self, namespace: impl Into<String>) -> Api<K> {
        Api::from_target(self.target(Some(namespace.into())), &[])
    }

    /// The objects of a cluster-scoped resource.
    #[must_use]
    pub fn cluster(&self) -> Api<K> {
        let target = self.target(None);
        let target = match self.resource.scope {
            Some(Scope::Namespaced) => {
                target.refusing(format!("{} is namespaced: its objects live in a namespace", self.resource))
            }
            Some(Scope::Cluster) | None => target,
        };
        Api::from_target(target, &[])
    }

    /// The objects wherever they are, to be listed and watched. A cluster-scoped resource has this too.
    #[must_use]
    pub fn all(&self) -> AllNamespaces<K> {
        AllNamespaces::from_target(self.target(None), &[])
    }

    /// What is known of the resource.
    #[must_use]
    pub fn resource(&self) -> &ApiResource {
        &self.resource
    }

    fn target(&self, namespace: Option<String>) -> Target {
        Target::at(self.rest.clone(), &self.resource, namespace, self.metadata_only)
    }
}

impl<K> Clone for DynamicClient<K> {
    fn clone(&self) -> Self {
        Self {
            rest: self.rest.clone(),
            resource: self.resource.clone(),
            metadata_only: self.metadata_only,
            kind: PhantomData,
        }
    }
}

impl<K> fmt::Debug for DynamicClient<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DynamicClient({})", self.resource)
    }
}
