// Pure: no clock, no waiting.
//! What a program's own flags say, on top of a kubeconfig.

use super::{AuthInfo, Cluster, Context};

/// What replaces parts of a kubeconfig: what a program is told by its flags.
///
/// | part | wins over |
/// | --- | --- |
/// | [`cluster_info`](Self::cluster_info), [`auth_info`](Self::auth_info) | the chosen cluster and user of the kubeconfig, field by field |
/// | the kubeconfig | [`cluster_defaults`](Self::cluster_defaults) |
///
/// What belongs together is replaced together: an authority and "insecure", a certificate and where it is, a token
/// and its file; another server has another name in its certificate.
///
/// # Examples
///
/// ```
/// use kubist::config::{AuthInfo, Cluster, Config, Overrides};
///
/// let overrides = Overrides::default()
///     .cluster_info(Cluster::new("https://10.0.0.1:6443"))
///     .auth_info(AuthInfo::default().token("secret"))
///     .namespace("shop");
/// let config = Config::loader().overrides(overrides).load()?;
/// assert_eq!(config.namespace(), "shop");
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// The name of the context; empty is the current one.
    pub(crate) context: String,
    pub(crate) names: Context,
    pub(crate) cluster: Cluster,
    pub(crate) cluster_defaults: Cluster,
    pub(crate) user: AuthInfo,
}

impl Overrides {
    /// The context of this name.
    #[must_use]
    pub fn context(mut self, name: impl Into<String>) -> Self {
        self.context = name.into();
        self
    }

    /// The cluster of this name.
    #[must_use]
    pub fn cluster(mut self, name: impl Into<String>) -> Self {
        self.names.cluster = name.into();
        self
    }

    /// The user of this name.
    #[must_use]
    pub fn user(mut self, name: impl Into<String>) -> Self {
        self.names.user = name.into();
        self
    }

    /// The namespace where the program names none.
    #[must_use]
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.names.namespace = namespace.into();
        self
    }

    /// What is set here replaces what the cluster has.
    #[must_use]
    pub fn cluster_info(mut self, cluster: Cluster) -> Self {
        self.cluster = cluster;
        self
    }

    /// What is set here fills in what the cluster has not.
    #[must_use]
    pub fn cluster_defaults(mut self, cluster: Cluster) -> Self {
        self.cluster_defaults = cluster;
        self
    }

    /// What is set here replaces what the user has.
    #[must_use]
    pub fn auth_info(mut self, user: AuthInfo) -> Self {
        self.user = user;
        self
    }

    /// Whether this alone says where the cluster is.
    pub(crate) fn has_server(&self) -> bool {
        !self.cluster.server.is_empty() || !self.cluster_defaults.server.is_empty()
    }
}
