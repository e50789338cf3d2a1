use std::fmt;

use super::lookup;
use crate::discovery::{DiscoveryClient, ServerResources};
use crate::error::{Error, ErrorKind, Result};
use crate::resource::{ApiResource, GroupVersionKind, GroupVersionResource};

/// Finds the resource of a kind, or of a name that a person typed. Cheap to clone.
///
/// What discovery does not know, it is asked for once more, so that a definition that was installed a moment ago is
/// found. (client-go's mapper does so only when its cache came from disk.)
///
/// # Examples
///
/// ```no_run
/// use kubist::resource::GroupVersionKind;
///
/// # async fn example(client: kubist::Client) -> kubist::Result<()> {
/// let mapper = client.rest_mapper();
/// let deployments = mapper.resource("deploy").await?; // or `deployments`, `deployment`, `deployments.v1.apps`
/// assert_eq!(deployments.gvr.to_string(), "deployments.apps");
/// let kind = GroupVersionKind::new("example.com", "v1", "Website");
/// let sites = client.dynamic(mapper.mapping(&kind).await?).namespaced("shop").list().await?;
/// for resource in mapper.category("all").await? {
///     println!("{resource}");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[doc(alias = "DeferredDiscoveryRESTMapper")]
pub struct RestMapper {
    discovery: DiscoveryClient,
}

impl RestMapper {
    /// A mapper over what this finds.
    #[must_use]
    pub fn new(discovery: DiscoveryClient) -> Self {
        Self { discovery }
    }

    /// The resource that a name stands for: its plural or singular name or a short name, alone or with its group
    /// (`deployments.apps`), which may be cut short, or with its version and group (`deployments.v1.apps`).
    ///
    /// Where several groups have it, the core group comes first, then the groups of Kubernetes itself (`apps`,
    /// `networking.k8s.io`). Between two others there is no order: that is an error which names them, where kubectl takes
    /// the first. See [`candidates`](Self::candidates) for all of them.
    ///
    /// # Errors
    ///
    /// [`is_no_match`](Error::is_no_match) when there is none; what could not be discovered is its source then.
    /// [`is_invalid`](Error::is_invalid) when there is more than one. As any call.
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time.
    pub async fn resource(&self, name: &str) -> Result<ApiResource> {
        self.find(|served| lookup::resource(served, name).cloned()).await
    }

    /// All resources that a name may stand for, in all versions, the likeliest first.
    ///
    /// # Errors
    ///
    /// As [`resource`](Self::resource), except that there may be more than one.
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time.
    pub async fn candidates(&self, name: &str) -> Result<Vec<ApiResource>> {
        self.find(|served| match lookup::candidates(served, name) {
            found if found.is_empty() => lookup::resource(served, name).map(|found| vec![found.clone()]),
            found => Ok(found.into_iter().cloned().collect()),
        })
        .await
    }

    /// The resource of a kind. One without a version is found in the version that its group prefers.
    ///
    /// # Errors
    ///
    /// As [`resource`](Self::resource).
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time.
    pub async fn mapping(&self, gvk: &GroupVersionKind) -> Result<ApiResource> {
        self.find(|served| lookup::mapping(served, gvk).cloned()).await
    }

    /// What is known of a resource by its full name: its kind, its scope and the rest.
    ///
    /// # Errors
    ///
    /// As [`resource`](Self::resource).
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time.
    pub async fn kind(&self, gvr: &GroupVersionResource) -> Result<ApiResource> {
        let version = &gvr.version;
        let missing = || Error::new(ErrorKind::NoMatch, format!("the cluster serves no {gvr}/{version}"));
        self.find(|served| served.resource(gvr).cloned().ok_or_else(missing)).await
    }

    /// Every resource of a category, for example `all`, once each.
    ///
    /// # Errors
    ///
    /// As [`resource`](Self::resource).
    ///
    /// # Cancel safety
    ///
    /// May be dropped at any time.
    pub async fn category(&self, name: &str) -> Result<Vec<ApiResource>> {
        self.find(|served| Ok(lookup::category(served, name)?.into_iter().cloned().collect())).await
    }

    /// Forgets what discovery remembers.
    pub fn reset(&self) {
        self.discovery.invalidate();
    }

    /// Looks into what is known, and, when it is not there and nobody has just asked, into what the server says.
    async fn find<T>(&self, look: impl Fn(&ServerResources) -> Result<T>) -> Result<T> {
        let asked = self.discovery.times_asked();
        let served = self.discovery.resources().await?;
        match look(&served) {
            Err(error) if error.is_no_match() && self.discovery.times_asked() == asked => {
                look(&*self.discovery.newer_than(asked).await?)
            }
            found => found,
        }
    }
}

impl fmt::Debug for RestMapper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RestMapper").field(&self.discovery).finish()
    }
}
