use crate::client::Client;
use crate::discovery::DiscoveryClient;
use crate::dynamic::{DynamicClient, PartialObjectMetadata};
use crate::resource::ApiResource;
use crate::restmapper::RestMapper;
use crate::scale::ScaleClient;

/// Kinds that are known at run time only, and how to find out about them.
impl Client {
    /// The objects of a resource whose names are known at run time: a [`GroupVersionResource`], or what discovery tells.
    ///
    /// [`GroupVersionResource`]: crate::resource::GroupVersionResource
    #[must_use]
    pub fn dynamic(&self, resource: impl Into<ApiResource>) -> DynamicClient {
        DynamicClient::new(self.rest.clone(), resource)
    }

    /// The metadata, and no more, of the objects of a resource whose names are known at run time.
    #[must_use]
    pub fn metadata(&self, resource: impl Into<ApiResource>) -> DynamicClient<PartialObjectMetadata> {
        DynamicClient::metadata(self.rest.clone(), resource)
    }

    /// Scales objects of any kind in one namespace.
    #[must_use]
    pub fn scales(&self, namespace: impl Into<String>) -> ScaleClient {
        ScaleClient::new(self.rest.clone(), namespace)
    }

    /// What the cluster serves, asked once and remembered for all clones of this client.
    #[must_use]
    pub fn discovery(&self) -> &DiscoveryClient {
        &self.discovery
    }

    /// This client with discovery of another kind, for example one with a
    /// [cache on disk](DiscoveryClient::disk_cache).
    #[must_use]
    pub fn with_discovery(mut self, discovery: DiscoveryClient) -> Self {
        self.discovery = discovery;
        self
    }

    /// From kinds, and from the names that people type, to resources.
    #[must_use]
    pub fn rest_mapper(&self) -> RestMapper {
        RestMapper::new(self.discovery.clone())
    }
}
