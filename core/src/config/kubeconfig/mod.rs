//! Kubeconfigs: clusters, users, and contexts that join them.

mod auth_info;
mod cluster;
mod context;
mod exec;
mod fill;
mod merge;
mod named;
mod paths;
mod yaml;

pub use self::auth_info::AuthInfo;
pub use self::cluster::Cluster;
pub use self::context::Context;
pub use self::exec::AuthProvider;
pub(crate) use self::exec::ExecPlugin;
pub(crate) use self::fill::MaybePath;
pub(crate) use self::paths::{relativize_cluster, relativize_user};

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::fill::{is_unset, null_as_default};
use crate::config::environment::{Environment, ProcessEnvironment};
use crate::config::{Config, Overrides, problem, resolve, validate};
use crate::error::Result;

/// A kubeconfig, of one file or merged from several.
///
/// # Examples
///
/// ```
/// use kubist::config::Kubeconfig;
///
/// let kubeconfig = Kubeconfig::parse(r#"
/// clusters: [{name: c, cluster: {server: "https://10.0.0.1:6443"}}]
/// users: [{name: u, user: {token: secret}}]
/// contexts:
/// - {name: dev, context: {cluster: c, user: u, namespace: shop}}
/// - {name: prod, context: {cluster: c, user: u}}
/// current-context: dev
/// "#)?;
/// assert_eq!(kubeconfig.config(None)?.namespace(), "shop");
/// assert_eq!(kubeconfig.config(Some("prod"))?.namespace(), "default");
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Kubeconfig {
    #[serde(rename = "apiVersion", deserialize_with = "null_as_default")]
    pub(crate) api_version: ApiVersion,
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) kind: Kind,
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) current_context: String,
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) clusters: Vec<NamedCluster>,
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) users: Vec<NamedUser>,
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) contexts: Vec<NamedContext>,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) extensions: Vec<Extension>,
    /// What other programs keep here.
    #[serde(flatten)]
    pub(crate) other: BTreeMap<String, Value>,
}

/// A text that is this one where it is absent.
macro_rules! constant_by_default {
    ($name:ident, $text:literal) => {
        #[derive(Clone, PartialEq, Deserialize, Serialize)]
        pub(crate) struct $name(String);

        impl Default for $name {
            fn default() -> Self {
                Self($text.to_owned())
            }
        }
    };
}

constant_by_default!(ApiVersion, "v1");
constant_by_default!(Kind, "Config");

#[derive(Clone, PartialEq, Deserialize, Serialize)]
pub(crate) struct NamedCluster {
    pub(crate) name: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub(crate) cluster: Cluster,
    /// The file it was read from.
    #[serde(skip)]
    pub(crate) origin: Option<PathBuf>,
}

#[derive(Clone, PartialEq, Deserialize, Serialize)]
pub(crate) struct NamedUser {
    pub(crate) name: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub(crate) user: AuthInfo,
    /// The file it was read from.
    #[serde(skip)]
    pub(crate) origin: Option<PathBuf>,
}

#[derive(Clone, PartialEq, Deserialize, Serialize)]
pub(crate) struct NamedContext {
    pub(crate) name: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub(crate) context: Context,
    /// The file it was read from.
    #[serde(skip)]
    pub(crate) origin: Option<PathBuf>,
}

/// What a program keeps in a kubeconfig under a name of its own.
#[derive(Clone, PartialEq, Deserialize, Serialize)]
pub(crate) struct Extension {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) extension: Value,
}

/// What a cluster's settings for exec plugins are called.
pub(crate) const EXEC_EXTENSION: &str = "client.authentication.k8s.io/exec";

impl Kubeconfig {
    /// Reads one file. Relative paths in it are relative to its folder.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or is not a kubeconfig.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::read_from(path.as_ref(), &ProcessEnvironment)
    }

    /// Reads a kubeconfig from YAML. Relative paths in it are relative to the working directory.
    ///
    /// # Errors
    ///
    /// When the text is not a kubeconfig. The error names the line, never what stands there.
    pub fn parse(yaml: &str) -> Result<Self> {
        Self::parse_yaml(yaml).map_err(|error| error.during(ABOUT_TEXT))
    }

    /// The configuration of a context; `None` is the current one.
    ///
    /// # Errors
    ///
    /// When there is no such context, it names a cluster or user that is missing, a file cannot be
    /// read, or something in it contradicts itself; the error names every entry and field that is wrong.
    pub fn config(&self, context: Option<&str>) -> Result<Config> {
        match context {
            None => self.config_with(&Overrides::default()),
            Some(name) => self.config_with(&Overrides::default().context(name)),
        }
    }

    /// The configuration of a context with some of it replaced.
    ///
    /// # Errors
    ///
    /// As [`config`](Self::config).
    ///
    /// # Examples
    ///
    /// ```
    /// use kubist::config::{Kubeconfig, Overrides};
    ///
    /// # let kubeconfig = Kubeconfig::parse(r#"
    /// # clusters: [{name: c, cluster: {server: "https://10.0.0.1:6443"}}]
    /// # users: [{name: u, user: {token: secret}}]
    /// # contexts: [{name: dev, context: {cluster: c, user: u, namespace: shop}}]
    /// # "#)?;
    /// let config = kubeconfig.config_with(&Overrides::default().context("dev").namespace("other"))?;
    /// assert_eq!(config.namespace(), "other");
    /// # Ok::<(), kubist::Error>(())
    /// ```
    pub fn config_with(&self, overrides: &Overrides) -> Result<Config> {
        resolve::resolve(self, overrides, &ProcessEnvironment)
    }

    /// Looks for mistakes in every entry, whether a context uses it or not.
    ///
    /// # Errors
    ///
    /// One error that names every entry and field that is wrong.
    ///
    /// # Examples
    ///
    /// ```
    /// use kubist::config::Kubeconfig;
    ///
    /// let kubeconfig = Kubeconfig::parse("
    /// users: [{name: u, user: {token: x, as-groups: [developers]}}]
    /// contexts: [{name: dev, context: {cluster: c, user: u}}]
    /// ")?;
    /// let error = kubeconfig.validate().unwrap_err();
    /// assert_eq!(
    ///     format!("{error:#}"),
    ///     "the kubeconfig has 2 problems: \
    ///      user \"u\": as-uid, as-groups and as-user-extra are nothing without a user in as; \
    ///      context \"dev\": there is no cluster \"c\" (clusters: none)"
    /// );
    /// # Ok::<(), kubist::Error>(())
    /// ```
    pub fn validate(&self) -> Result<()> {
        validate::together("kubeconfig", validate::all(self, &ProcessEnvironment))
    }

    pub(crate) fn read_from(path: &Path, environment: &dyn Environment) -> Result<Self> {
        let mut kubeconfig = Self::read_raw(path, environment)?;
        kubeconfig.resolve_paths(path.parent().unwrap_or_else(|| Path::new("")));
        Ok(kubeconfig)
    }

    /// Reads a file and leaves the paths in it as they are.
    pub(crate) fn read_raw(path: &Path, environment: &dyn Environment) -> Result<Self> {
        let bytes = environment
            .read(path)
            .map_err(|error| problem("it cannot be read").with_source(error))
            .map_err(|error| error.during(about(path)))?;
        let text =
            std::str::from_utf8(&bytes).map_err(|_| problem("it is not UTF-8 text").during(about(path)))?;
        let mut kubeconfig = Self::parse_yaml(text).map_err(|error| error.during(about(path)))?;
        kubeconfig.set_origin(path);
        Ok(kubeconfig)
    }

    /// Whether there is nothing in it to use.
    pub(crate) fn is_empty(&self) -> bool {
        self.clusters.is_empty() && self.contexts.is_empty() && self.current_context.is_empty()
    }
}

/// What errors call a kubeconfig that is not a file.
pub(crate) const ABOUT_TEXT: &str = "kubeconfig given as text";

pub(crate) fn about(path: &Path) -> String {
    format!("kubeconfig {}", path.display())
}

impl fmt::Debug for Kubeconfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let contexts: Vec<_> = self.contexts.iter().map(|entry| &entry.name).collect();
        f.debug_struct("Kubeconfig")
            .field("current_context", &self.current_context)
            .field("contexts", &contexts)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_debug_form_shows_contexts_and_no_secret() {
        let kubeconfig = Kubeconfig::parse(
            "
            clusters: [{name: c, cluster: {server: 'https://a:hunter2@c', proxy-url: 'http://a:hunter2@p', x: hunter2}}]
            users:
            - name: u
              user:
                token: hunter2
                password: hunter2
                client-key-data: hunter2
                auth-provider: {name: oidc, config: {refresh-token: hunter2}}
                exec: {command: aws, args: [hunter2], env: [{name: AWS, value: hunter2}]}
            contexts: [{name: dev, context: {user: u, x: hunter2}}]
            ",
        )
        .unwrap();
        let (cluster, user) = (&kubeconfig.clusters[0].cluster, &kubeconfig.users[0].user);
        let provider = user.auth_provider.as_ref().unwrap();
        let context = &kubeconfig.contexts[0].context;
        let overrides = Overrides::default().auth_info(user.clone()).cluster_info(cluster.clone());
        let text = format!("{kubeconfig:?} {cluster:?} {user:?} {context:?} {provider:?} {overrides:?}");
        assert!(!text.contains("hunter2"), "{text}");
        for shown in ["\"dev\"", "\"token\"", "\"exec\"", "\"oidc\""] {
            assert!(text.contains(shown), "{text}");
        }
    }
}
