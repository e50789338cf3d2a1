// Pure: no clock, no waiting.
//! Programs and providers that give a user credentials.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fill::{is_false, is_unset, null_as_default};

/// A program that prints credentials when it is run.
///
/// `Debug` shows the command and the names of the variables; arguments and values may be secrets.
///
/// # Examples
///
/// ```
/// use kubist::config::{AuthInfo, ExecConfig, InteractiveMode};
///
/// let aws = ExecConfig::new("client.authentication.k8s.io/v1", "aws", InteractiveMode::Never)
///     .args(["eks", "get-token", "--cluster-name", "web"])
///     .env("AWS_PROFILE", "web");
/// let me = AuthInfo::default().exec(aws);
/// ```
#[derive(Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExecConfig {
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "is_unset")]
    pub(crate) api_version: String,
    #[serde(deserialize_with = "null_as_default")]
    pub(crate) command: PathBuf,
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

/// Whether a program may ask the person at the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InteractiveMode {
    /// It never asks.
    Never,
    /// It asks where there is a terminal.
    IfAvailable,
    /// It cannot do without a terminal.
    Always,
}

impl InteractiveMode {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Never, "Never"), (Self::IfAvailable, "IfAvailable"), (Self::Always, "Always")];

    fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(mode, _)| *mode == self).map_or("", |(_, text)| text)
    }
}

const V1BETA1: &str = "client.authentication.k8s.io/v1beta1";

impl ExecConfig {
    /// A program, by its path or its name, that speaks this version of `client.authentication.k8s.io`.
    #[must_use]
    pub fn new(
        api_version: impl Into<String>,
        command: impl Into<PathBuf>,
        interactive_mode: InteractiveMode,
    ) -> Self {
        Self {
            api_version: api_version.into(),
            command: command.into(),
            interactive_mode: interactive_mode.as_str().to_owned(),
            ..Self::default()
        }
    }

    /// With these arguments too.
    #[must_use]
    pub fn args<A: Into<String>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// With this variable too.
    #[must_use]
    pub fn env(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.env.push(ExecEnvVar { name: name.into(), value: value.into() });
        self
    }

    /// What to tell a person whose machine lacks the program.
    #[must_use]
    pub fn install_hint(mut self, hint: impl Into<String>) -> Self {
        self.install_hint = hint.into();
        self
    }

    /// Whether the program is told about the cluster.
    #[must_use]
    pub fn provide_cluster_info(mut self, provide: bool) -> Self {
        self.provide_cluster_info = provide;
        self
    }

    /// Whether it may ask; `None` where the kubeconfig does not say or says something else.
    pub(crate) fn mode(&self) -> Option<InteractiveMode> {
        if self.interactive_mode.is_empty() && self.api_version == V1BETA1 {
            return Some(InteractiveMode::IfAvailable);
        }
        InteractiveMode::ALL.iter().find(|(_, text)| *text == self.interactive_mode).map(|(mode, _)| *mode)
    }

    /// Whether the command is a path, relative to the kubeconfig where it is not absolute, and not a name.
    pub(crate) fn is_path(&self) -> bool {
        self.command.to_string_lossy().contains(std::path::is_separator)
    }
}

impl fmt::Debug for ExecConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let env: Vec<_> = self.env.iter().map(|var| &var.name).collect();
        f.debug_struct("ExecConfig")
            .field("api_version", &self.api_version)
            .field("command", &self.command)
            .field("env", &env)
            .field("interactive_mode", &self.interactive_mode)
            .finish_non_exhaustive()
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
