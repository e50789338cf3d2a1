//! A cluster, ready to be talked to.
//!
//! [`Client`] joins the configuration, the transport and the typed handles. Everything else that
//! talks to a cluster starts from one.

mod crd;
mod documents;
mod dynamic;
mod install;
mod options;

use std::fmt;

use bytes::Bytes;
use http::{Request, Response};
use k8s_openapi::apimachinery::pkg::version::Info;
use tower::{BoxError, Service};

use crate::api::{AllNamespaces, Api};
use crate::config::{Config, parse_url};
use crate::discovery::DiscoveryClient;
use crate::error::Result;
use crate::resource::{ClusterScoped, Listable, Namespaced, Resource};
use crate::rest::Request as RestRequest;
use crate::rest::RestClient;
use crate::transport::{Body, Deadlines, Transport};

/// A cluster, ready to be talked to. Cheap to clone; clones share their connections.
///
/// # Examples
///
/// ```no_run
/// use k8s_openapi::api::core::v1::{Node, Pod};
/// use kubist::client::Client;
///
/// # async fn example() -> kubist::Result<()> {
/// let client = Client::try_default().await?;
/// for node in client.cluster::<Node>().list().await? {
///     println!("{}", node.metadata.name.unwrap_or_default());
/// }
/// let pods = client.namespaced::<Pod>("shop").labels("app=web").list().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    rest: RestClient,
    default_namespace: String,
    discovery: DiscoveryClient,
}

impl Client {
    /// The cluster that kubectl would talk to; see [`Config::load`].
    ///
    /// # Errors
    ///
    /// When no usable configuration is found: the error names each place that was tried. The
    /// server is not asked yet.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future has no effect.
    pub async fn try_default() -> Result<Self> {
        Self::new(Config::load()?)
    }

    /// A client of this cluster. The server is not asked yet.
    ///
    /// # Errors
    ///
    /// When the certificates or keys of the configuration cannot be used.
    #[expect(clippy::needless_pass_by_value, reason = "a configuration is made for one client")]
    pub fn new(config: Config) -> Result<Self> {
        let transport = config.transport()?;
        let rest = RestClient::new(transport, config.url().clone(), config.unary_deadlines())
            .with_compression(config.asks_for_compression());
        Ok(Self::over(rest, config.namespace().to_owned()))
    }

    /// A client over a [`tower::Service`] of your own: a stack with layers, or a fake in a test.
    /// It gets requests with an absolute URI that starts with `base_url`, and adds credentials
    /// itself.
    ///
    /// # Errors
    ///
    /// When `base_url` is not an `http` or `https` URL.
    ///
    /// # Examples
    ///
    /// ```
    /// use kubist::client::Client;
    ///
    /// # async fn example() -> kubist::Result<()> {
    /// let fake = tower::service_fn(|_request: http::Request<kubist::transport::Body>| async {
    ///     let version = r#"{"major":"1","minor":"37","gitVersion":"v1.37.2","gitCommit":"",
    ///         "gitTreeState":"","buildDate":"","goVersion":"","compiler":"","platform":""}"#;
    ///     Ok::<_, std::convert::Infallible>(http::Response::new(version.to_owned()))
    /// });
    /// let client = Client::from_service(fake, "http://fake", "default")?;
    /// assert_eq!(client.server_version().await?.git_version, "v1.37.2");
    /// # Ok(())
    /// # }
    /// ```
    pub fn from_service<S, B>(
        service: S,
        base_url: &str,
        default_namespace: impl Into<String>,
    ) -> Result<Self>
    where
        S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
        S::Future: Send + 'static,
        S::Error: Into<BoxError>,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let rest = RestClient::new(Transport::new(service), parse_url(base_url)?, Deadlines::unary());
        Ok(Self::over(rest, default_namespace.into()))
    }

    fn over(rest: RestClient, default_namespace: String) -> Self {
        Self { discovery: DiscoveryClient::new(rest.clone()), rest, default_namespace }
    }

    /// The namespace of the configuration: that of the kubeconfig's context or of the pod, else
    /// `default`.
    #[must_use]
    pub fn default_namespace(&self) -> &str {
        &self.default_namespace
    }

    /// The objects of a kind in one namespace.
    #[must_use]
    pub fn namespaced<K: Resource + Namespaced>(&self, namespace: impl Into<String>) -> Api<K> {
        Api::namespaced(self.rest.clone(), namespace)
    }

    /// The objects of a cluster-scoped kind.
    #[must_use]
    pub fn cluster<K: Resource + ClusterScoped>(&self) -> Api<K> {
        Api::cluster(self.rest.clone())
    }

    /// The objects of a kind wherever they are, to be listed and watched.
    #[must_use]
    pub fn all<K: Resource + Listable>(&self) -> AllNamespaces<K> {
        AllNamespaces::new(self.rest.clone())
    }

    /// Any request, typed or raw.
    #[must_use]
    pub fn rest(&self) -> &RestClient {
        &self.rest
    }

    /// The version of the API server.
    ///
    /// # Errors
    ///
    /// As any call.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request.
    pub async fn server_version(&self) -> Result<Info> {
        let answer = self.rest.json(RestRequest::get("/version")).await;
        answer.map_err(|error| error.during("get the server's version"))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", self.rest.base_url())
            .field("default_namespace", &self.default_namespace)
            .finish_non_exhaustive()
    }
}
