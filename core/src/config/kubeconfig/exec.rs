// Pure: no clock, no waiting.
//! Programs and providers that give a user credentials.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fill::{is_false, is_unset, null_as_default};
use crate::auth::{ExecCluster, ExecConfig, InteractiveMode};
use crate::error::Result;

/// A program that prints credentials, as a kubeconfig has it.
#[derive(Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ExecPlugin {
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) api_version: String,
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) command: String,
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) args: Vec<String>,
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) env: Vec<ExecEnvVar>,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) install_hint: String,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) interactive_mode: String,
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_false")]
    pub(crate) provide_cluster_info: bool,
    /// What other programs keep here.
    #[serde(flatten)]
    pub(crate) other: BTreeMap<String, Value>,
}

/// A variable that a program gets.
#[derive(Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct ExecEnvVar {
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) name: String,
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) value: String,
}

const V1BETA1: &str = "client.authentication.k8s.io/v1beta1";

impl ExecPlugin {
    /// What a kubeconfig can say of it.
    pub(crate) fn from_config(config: ExecConfig) -> Self {
        let mode = match config.interactive_mode {
            None => "",
            Some(InteractiveMode::Never) => "Never",
            Some(InteractiveMode::IfAvailable) => "IfAvailable",
            Some(InteractiveMode::Always) => "Always",
        };
        Self {
            api_version: config.api_version,
            command: config.command,
            args: config.args,
            env: config.env.into_iter().map(|(name, value)| ExecEnvVar { name, value }).collect(),
            install_hint: config.install_hint.unwrap_or_default(),
            interactive_mode: mode.to_owned(),
            provide_cluster_info: config.cluster.is_some(),
            other: BTreeMap::new(),
        }
    }

    /// The program, to be run for this cluster.
    pub(crate) fn to_config(&self, cluster: ExecCluster) -> Result<ExecConfig> {
        let mut config = ExecConfig::new(&self.command)
            .args(self.args.clone())
            .api_version(&self.api_version)
            .interactive_mode(self.mode()?);
        for ExecEnvVar { name, value } in &self.env {
            config = config.env(name, value);
        }
        if !self.install_hint.is_empty() {
            config = config.install_hint(&self.install_hint);
        }
        Ok(if self.provide_cluster_info { config.cluster(cluster) } else { config })
    }

    /// Whether it may ask; `None` where the kubeconfig does not say.
    pub(crate) fn mode(&self) -> Result<Option<InteractiveMode>> {
        match &*self.interactive_mode {
            "" if self.api_version == V1BETA1 => Ok(Some(InteractiveMode::IfAvailable)),
            "" => Ok(None),
            mode => InteractiveMode::parse(mode).map(Some),
        }
    }

    /// Whether the command is a path, relative to the kubeconfig where it is not absolute, and not a name.
    pub(crate) fn is_path(&self) -> bool {
        self.command.contains(std::path::is_separator)
    }
}

/// A provider of credentials that is built into the client. `Debug` shows its name alone.
///
/// # Examples
///
/// ```
/// use kubist::config::AuthProvider;
///
/// let oidc = AuthProvider::new("oidc").set("idp-issuer-url", "https://login.example.com").set("id-token", "hunter2");
/// assert!(!format!("{oidc:?}").contains("hunter2"));
/// ```
#[derive(Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub struct AuthProvider {
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) name: String,
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) config: BTreeMap<String, String>,
}

impl AuthProvider {
    /// The provider of this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// With this setting.
    #[must_use]
    pub fn set(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.config.insert(key.into(), value.into());
        self
    }
}

impl fmt::Debug for AuthProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthProvider").field("name", &self.name).finish_non_exhaustive()
    }
}
