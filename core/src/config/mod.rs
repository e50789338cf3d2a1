//! Where the cluster is and who talks to it.
//!
//! | what a program has | what it calls |
//! | --- | --- |
//! | nothing: the files of `KUBECONFIG`, else `~/.kube/config`, else the pod it runs in, as kubectl | [`Config::load`] |
//! | flags such as `--context` and `--namespace` | [`Config::loader`] |
//! | a URL and a token | [`Config::new`] |
//! | a kubeconfig to read, change and write | [`Kubeconfig`], [`Loader::modify`] |

mod credentials;
mod environment;
mod files;
mod headers;
mod identity;
mod impersonation;
mod in_cluster;
mod kubeconfig;
mod load;
mod loader;
mod modify;
mod overrides;
mod proxy;
mod resolve;
mod validate;

pub use self::impersonation::Impersonation;
pub use self::kubeconfig::{AuthInfo, AuthProvider, Cluster, Context, Kubeconfig};
pub use self::loader::Loader;
pub use self::overrides::Overrides;

use std::fmt;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderValue, Uri};

use crate::auth::{Credentials, TokenFile};
use crate::config::environment::ProcessEnvironment;
use crate::config::headers::Headers;
use crate::config::proxy::ProxyChoice;
use crate::error::{Error, ErrorKind, Result};
use crate::transport::{Caller, Deadlines, Identity, Proxy, Secret, TlsSettings, Transport};

/// Everything that is needed to reach a cluster.
///
/// `Debug` shows the URL, the namespace and the kind of credentials, never a credential.
///
/// # Defaults
///
/// The platform's certificate authorities, no credentials, the namespace `default`, 10 s to
/// connect, and [`Deadlines::unary`] for calls with one answer.
///
/// # Examples
///
/// ```
/// use kubist::config::Config;
///
/// let config = Config::new("https://10.0.0.1:6443")?
///     .token("secret")
///     .default_namespace("shop");
/// assert!(!format!("{config:?}").contains("secret"));
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone)]
pub struct Config {
    url: Uri,
    tls: TlsSettings,
    credentials: Credentials,
    default_namespace: String,
    connect_timeout: Option<Duration>,
    deadlines: Deadlines,
    user_agent: Option<HeaderValue>,
    proxy: ProxyChoice,
    impersonation: Option<Impersonation>,
    compression: bool,
}

impl Config {
    /// A cluster at this URL, for example `https://10.0.0.1:6443`. A path is kept as the prefix of
    /// every request.
    ///
    /// # Errors
    ///
    /// When it is not an `http` or `https` URL, or has a user, a query or a fragment.
    pub fn new(url: &str) -> Result<Self> {
        Ok(Self {
            url: parse_url(url)?,
            tls: TlsSettings::default(),
            credentials: Credentials::None,
            default_namespace: "default".to_owned(),
            connect_timeout: Some(Duration::from_secs(10)),
            deadlines: Deadlines::unary(),
            user_agent: None,
            proxy: ProxyChoice::default(),
            impersonation: None,
            compression: true,
        })
    }

    /// Finds the cluster as kubectl does: the files that `KUBECONFIG` lists, else `~/.kube/config`,
    /// else the service account of the pod.
    ///
    /// # Errors
    ///
    /// One error that names each place that was tried and what was wrong with it.
    pub fn load() -> Result<Self> {
        Self::loader().load()
    }

    /// Finds the cluster with what a program was told by its flags; see [`Loader`].
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use kubist::config::Config;
    ///
    /// let config = Config::loader().context("prod").namespace("shop").load()?;
    /// # Ok::<(), kubist::Error>(())
    /// ```
    #[must_use]
    pub fn loader() -> Loader {
        Loader::default()
    }

    /// The current context of one kubeconfig file. For another context, see [`Kubeconfig::config`].
    ///
    /// # Errors
    ///
    /// When the file cannot be read or does not describe a usable cluster.
    pub fn from_kubeconfig_file(path: impl AsRef<Path>) -> Result<Self> {
        Self::loader().file(path.as_ref()).load()
    }

    /// The current context of a kubeconfig given as YAML. Relative paths in it are relative to the
    /// working directory. For another context, see [`Kubeconfig::config`].
    ///
    /// # Errors
    ///
    /// When the text is not a kubeconfig or does not describe a usable cluster.
    pub fn from_kubeconfig(yaml: &str) -> Result<Self> {
        Kubeconfig::parse(yaml)?.config(None).map_err(|error| error.during(kubeconfig::ABOUT_TEXT))
    }

    /// The service account of the pod that this program runs in.
    ///
    /// # Errors
    ///
    /// When this is not a pod, or it has no service account token.
    pub fn in_cluster() -> Result<Self> {
        in_cluster::kubeconfig(&ProcessEnvironment)?.config(None)
    }

    /// Authenticates with a bearer token.
    #[must_use]
    pub fn token(mut self, token: impl AsRef<str>) -> Self {
        self.credentials = Credentials::Token(Secret::new(token));
        self
    }

    /// Authenticates with a bearer token in a file, which is read again at most once a minute.
    #[must_use]
    pub fn token_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.credentials = Credentials::TokenFile(Arc::new(TokenFile::new(path, None)));
        self
    }

    /// Trusts these certificate authorities (PEM) and no others.
    #[must_use]
    pub fn certificate_authority(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.tls.ca = Some(pem.as_ref().into());
        self
    }

    /// Authenticates with a client certificate and its key, both in PEM.
    #[must_use]
    pub fn client_certificate(mut self, certificate: impl AsRef<[u8]>, key: impl AsRef<str>) -> Self {
        self.tls.identity = Some(Identity::new(certificate.as_ref(), Secret::new(key)));
        self
    }

    /// Trusts any server. For experiments alone: whoever sits in between can read the credentials.
    #[must_use]
    pub fn insecure_skip_tls_verify(mut self, insecure: bool) -> Self {
        self.tls.insecure = insecure;
        self
    }

    /// The name that the server's certificate must have, if not the host of the URL.
    #[must_use]
    pub fn tls_server_name(mut self, name: impl Into<String>) -> Self {
        self.tls.server_name = Some(name.into());
        self
    }

    /// Goes through this proxy, whatever the environment says: `http://`, `https://` (TLS to the proxy, which is
    /// trusted as the server is) or `socks5://`. A user and a password in the URL are given to the proxy alone.
    ///
    /// Without this, the variables `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` choose, as they do for kubectl.
    ///
    /// # Errors
    ///
    /// When it is no such URL. The URL is not shown.
    ///
    /// # Examples
    ///
    /// ```
    /// use kubist::config::Config;
    ///
    /// let config = Config::new("https://10.0.0.1:6443")?.proxy("http://me:hunter2@proxy:3128")?;
    /// assert!(!format!("{config:?}").contains("hunter2"));
    /// assert!(Config::new("https://10.0.0.1:6443")?.proxy("ftp://proxy").is_err());
    /// # Ok::<(), kubist::Error>(())
    /// ```
    pub fn proxy(mut self, url: &str) -> Result<Self> {
        self.proxy = ProxyChoice::Fixed(Proxy::parse(url)?);
        Ok(self)
    }

    /// Goes through no proxy, whatever the environment says.
    ///
    /// # Examples
    ///
    /// ```
    /// use kubist::config::Config;
    ///
    /// let config = Config::new("https://10.0.0.1:6443")?.no_proxy();
    /// # Ok::<(), kubist::Error>(())
    /// ```
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxyChoice::Direct;
        self
    }

    /// Whether the server may compress its answers, which it may by default with the feature `gzip`. A kubeconfig says no with
    /// `disable-compression`.
    ///
    /// # Examples
    ///
    /// ```
    /// use kubist::config::Config;
    ///
    /// let config = Config::new("https://10.0.0.1:6443")?.compression(false);
    /// # Ok::<(), kubist::Error>(())
    /// ```
    #[must_use]
    pub fn compression(mut self, compression: bool) -> Self {
        self.compression = compression;
        self
    }

    /// Acts as somebody else. The server asks whether the user of the credentials may do that.
    ///
    /// # Examples
    ///
    /// ```
    /// use kubist::config::{Config, Impersonation};
    ///
    /// let config = Config::new("https://10.0.0.1:6443")?
    ///     .token("secret")
    ///     .impersonate(Impersonation::service_account("shop", "robot"));
    /// # Ok::<(), kubist::Error>(())
    /// ```
    #[must_use]
    pub fn impersonate(mut self, user: Impersonation) -> Self {
        self.impersonation = Some(user);
        self
    }

    /// The namespace to use where the program names none.
    #[must_use]
    pub fn default_namespace(mut self, namespace: impl Into<String>) -> Self {
        self.default_namespace = namespace.into();
        self
    }

    /// How long to wait for a connection, the TLS handshake included; `None` is no limit.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Option<Duration>) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long to wait for the answer of a call that is answered once.
    #[must_use]
    pub fn deadlines(mut self, deadlines: Deadlines) -> Self {
        self.deadlines = deadlines;
        self
    }

    /// The URL of the cluster.
    #[must_use]
    pub fn url(&self) -> &Uri {
        &self.url
    }

    /// The namespace to use where the program names none.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.default_namespace
    }

    pub(crate) fn asks_for_compression(&self) -> bool {
        self.compression
    }

    pub(crate) fn unary_deadlines(&self) -> Deadlines {
        self.deadlines
    }

    /// Connections to the cluster, with these credentials; none is opened yet. Put layers of your
    /// own around it and give it to `Client::from_service`.
    ///
    /// # Errors
    ///
    /// When the certificates or keys of the configuration cannot be used, or a variable names a proxy that cannot
    /// be one, or the user to impersonate cannot be sent.
    ///
    /// # Examples
    ///
    /// ```
    /// use kubist::client::Client;
    /// use kubist::config::Config;
    /// use kubist::transport::Body;
    /// use tower::ServiceExt;
    ///
    /// # async fn example() -> kubist::Result<()> {
    /// let config = Config::new("http://localhost:8080")?;
    /// let service = config.transport()?.map_request(|mut request: http::Request<Body>| {
    ///     request.headers_mut().insert("x-team", http::HeaderValue::from_static("web"));
    ///     request
    /// });
    /// let client = Client::from_service(service, "http://localhost:8080", config.namespace())?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn transport(&self) -> Result<Transport> {
        let proxy = self.proxy.resolve(&self.url, &ProcessEnvironment)?;
        let headers = Headers {
            impersonation: self.impersonation.as_ref().map(Impersonation::headers).transpose()?,
            proxy_authorization: proxy
                .as_ref()
                .filter(|proxy| proxy.forwards(&self.url))
                .and_then(Proxy::authorization),
        };
        let caller = Caller { credentials: self.credentials.source()?, user_agent: self.user_agent.clone() };
        let transport = crate::transport::connect(&self.url, &self.tls, caller, proxy, self.connect_timeout)?;
        Ok(headers.around(transport))
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let has_identity = self.tls.identity.is_some() || self.tls.cell.is_some();
        let credentials = match &self.credentials {
            Credentials::None if has_identity => "client certificate",
            other => other.kind(),
        };
        f.debug_struct("Config")
            .field("url", &self.url)
            .field("default_namespace", &self.default_namespace)
            .field("credentials", &credentials)
            .field("insecure_skip_tls_verify", &self.tls.insecure)
            .field("tls_server_name", &self.tls.server_name)
            .field("proxy", &self.proxy)
            .field("impersonate", &self.impersonation)
            .field("compression", &self.compression)
            .finish_non_exhaustive()
    }
}

fn problem(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Config, message)
}

/// Reads a cluster's URL. A URL that is refused is not shown: it may hold a password.
pub(crate) fn parse_url(url: &str) -> Result<Uri> {
    let uri: Uri =
        url.parse().map_err(|error| problem("the server's URL is not a URL").with_source(error))?;
    let (Some("http" | "https"), Some(host)) = (uri.scheme_str(), uri.authority()) else {
        return Err(problem("the server's URL must start with http:// or https://"));
    };
    if host.as_str().contains('@') {
        return Err(problem("the server's URL must not hold a user or password"));
    }
    if host.host().is_empty() {
        return Err(problem("the server's URL has no host"));
    }
    if uri.query().is_some() || url.contains('#') {
        return Err(problem("the server's URL must not have a query or fragment"));
    }
    Ok(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_that_cannot_be_a_cluster_is_refused_and_not_shown() {
        for url in [
            "",
            "10.0.0.1:6443",
            "ftp://host",
            "https://",
            "https://me:hunter2@host",
            "https://host/?a=hunter2",
            "https://host/#hunter2",
            "https://ho st/hunter2",
        ] {
            let error = Config::new(url).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config, "{url}");
            assert!(!format!("{error:#}").contains("hunter2"), "{error:#}");
        }
        assert_eq!(Config::new("https://host/k8s/c1").unwrap().url().path(), "/k8s/c1");
    }

    #[test]
    fn what_a_kubeconfig_lacks_is_told_with_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config");
        let text = "
            current-context: dev
            clusters: [{name: c, cluster: {server: 'https://c'}}]
            users: [{name: u, user: {client-key-data: UEVN}}]
            contexts: [{name: dev, context: {cluster: c, user: u}}]";
        std::fs::write(&path, text).unwrap();
        let problem = "user \"u\": there is a client-key but no client-certificate";
        let error = Config::from_kubeconfig_file(&path).unwrap_err();
        assert_eq!(format!("{error:#}"), format!("kubeconfig {}: {problem}", path.display()));
        let error = Config::from_kubeconfig(text).unwrap_err();
        assert_eq!(format!("{error:#}"), format!("kubeconfig given as text: {problem}"));
    }

    #[test]
    fn the_debug_form_of_a_configuration_has_no_secret() {
        let config = Config::new("https://host")
            .unwrap()
            .client_certificate("cert-hunter2", "key-hunter2")
            .token("token-hunter2");
        let text = format!("{config:?}");
        assert!(!text.contains("hunter2"), "{text}");
        assert!(text.contains("credentials: \"token\""), "{text}");
    }
}
