// Pure: no clock, no waiting.
//! What is to be run, and with what.

use std::fmt;
use std::time::Duration;

use crate::auth::exec::problem;
use crate::error::{Error, ErrorKind, Result};

pub(crate) const V1: &str = "client.authentication.k8s.io/v1";
pub(crate) const V1BETA1: &str = "client.authentication.k8s.io/v1beta1";

/// A program that prints credentials: what a kubeconfig calls `exec`.
///
/// The program is started with the first request that needs credentials, and again when they expire
/// or the server answers 401. It gets the program's own environment with `env` and
/// `KUBERNETES_EXEC_INFO`, and no shell is between.
///
/// `Debug` shows the command and the names of the variables, no argument and no value.
///
/// # Defaults
///
/// The version `client.authentication.k8s.io/v1`, never interactive, no information about the
/// cluster, 60 s to run.
///
/// # Examples
///
/// ```
/// use kubist::auth::ExecConfig;
/// use kubist::config::Config;
///
/// let plugin = ExecConfig::new("aws")
///     .args(["eks", "get-token", "--cluster-name", "shop"])
///     .env("AWS_PROFILE", "production");
/// let config = Config::new("https://10.0.0.1:6443")?.exec(plugin)?;
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone)]
pub struct ExecConfig {
    pub(crate) command: String,
    pub(crate) args: Vec<String>,
    pub(crate) env: Vec<(String, String)>,
    pub(crate) api_version: String,
    pub(crate) install_hint: Option<String>,
    pub(crate) interactive_mode: Option<InteractiveMode>,
    pub(crate) stdin_unavailable: Option<String>,
    pub(crate) cluster: Option<ExecCluster>,
    pub(crate) timeout: Option<Duration>,
}

/// Whether an exec plugin may ask the person at the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InteractiveMode {
    /// It has no standard input.
    Never,
    /// It has standard input, if that is a terminal.
    IfAvailable,
    /// It is an error if there is no terminal.
    Always,
}

impl InteractiveMode {
    /// The mode by its name in a kubeconfig.
    ///
    /// # Errors
    ///
    /// When there is no mode of that name.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "Never" => Ok(Self::Never),
            "IfAvailable" => Ok(Self::IfAvailable),
            "Always" => Ok(Self::Always),
            _ => Err(invalid(format!(
                "interactiveMode {name:?} is unknown: it is Never, IfAvailable or Always"
            ))),
        }
    }
}

/// What a plugin is told of the cluster.
#[derive(Clone, Default)]
pub struct ExecCluster {
    pub(crate) server: String,
    pub(crate) tls_server_name: Option<String>,
    pub(crate) insecure_skip_tls_verify: bool,
    pub(crate) certificate_authority: Option<Vec<u8>>,
    pub(crate) proxy_url: Option<String>,
    pub(crate) disable_compression: bool,
    pub(crate) config: Option<serde_json::Value>,
}

impl ExecConfig {
    /// This program: a path, or a name that is looked up in `PATH`.
    #[must_use]
    pub fn new(command: impl Into<String>) -> Self {
        Self {
            command: command.into(),
            args: Vec::new(),
            env: Vec::new(),
            api_version: V1.to_owned(),
            install_hint: None,
            interactive_mode: Some(InteractiveMode::Never),
            stdin_unavailable: None,
            cluster: None,
            timeout: Some(Duration::from_secs(60)),
        }
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<A: Into<String>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// Adds a variable to the environment.
    #[must_use]
    pub fn env(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// The version of the exchange: `client.authentication.k8s.io/v1` or `…/v1beta1`.
    #[must_use]
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = version.into();
        self
    }

    /// What to tell somebody who has not got the program.
    #[must_use]
    pub fn install_hint(mut self, hint: impl Into<String>) -> Self {
        self.install_hint = Some(hint.into());
        self
    }

    /// Whether it may ask the person at the terminal. `None` is an error in `v1`, and
    /// [`InteractiveMode::IfAvailable`] in `v1beta1`.
    #[must_use]
    pub fn interactive_mode(mut self, mode: impl Into<Option<InteractiveMode>>) -> Self {
        self.interactive_mode = mode.into();
        self
    }

    /// Says that this program reads standard input itself, and why, so that no plugin may.
    #[must_use]
    pub fn stdin_unavailable(mut self, reason: impl Into<String>) -> Self {
        self.stdin_unavailable = Some(reason.into());
        self
    }

    /// Tells the plugin about the cluster.
    #[must_use]
    pub fn cluster(mut self, cluster: ExecCluster) -> Self {
        self.cluster = Some(cluster);
        self
    }

    /// How long it may run; `None` is no limit. A plugin that asks somebody has none.
    #[must_use]
    pub fn timeout(mut self, timeout: Option<Duration>) -> Self {
        self.timeout = timeout;
        self
    }

    /// What can be said without running it.
    pub(crate) fn check(&self) -> Result<()> {
        if self.command.is_empty() {
            return Err(invalid("exec plugin: the command is missing"));
        }
        match &*self.api_version {
            V1 if self.interactive_mode.is_none() => {
                Err(invalid("exec plugin: interactiveMode is missing: it is Never, IfAvailable or Always"))
            }
            V1 | V1BETA1 => Ok(()),
            "client.authentication.k8s.io/v1alpha1" => Err(invalid(format!(
                "exec plugin: version v1alpha1 was removed from Kubernetes: update the plugin, and set the \
                 apiVersion {V1}"
            ))),
            "" => Err(invalid(format!("exec plugin: the apiVersion is missing: it is {V1} or {V1BETA1}"))),
            other => {
                Err(invalid(format!("exec plugin: apiVersion {other:?} is unknown: it is {V1} or {V1BETA1}")))
            }
        }
    }

    /// Whether it gets standard input, which is or is not a terminal.
    pub(crate) fn is_interactive(&self, terminal: bool) -> Result<bool> {
        match self.interactive_mode.unwrap_or(InteractiveMode::IfAvailable) {
            InteractiveMode::Never => Ok(false),
            InteractiveMode::IfAvailable => Ok(terminal && self.stdin_unavailable.is_none()),
            InteractiveMode::Always => match &self.stdin_unavailable {
                _ if !terminal => Err(problem("it has to ask somebody, and standard input is no terminal")),
                Some(reason) => {
                    Err(problem(format!("it has to ask somebody, and standard input is taken: {reason}")))
                }
                None => Ok(true),
            },
        }
    }
}

impl ExecCluster {
    /// The cluster at this URL.
    #[must_use]
    pub fn new(server: impl Into<String>) -> Self {
        Self { server: server.into(), ..Self::default() }
    }

    /// The name that the server's certificate must have.
    #[must_use]
    pub fn tls_server_name(mut self, name: impl Into<String>) -> Self {
        self.tls_server_name = Some(name.into());
        self
    }

    /// Whether any server is trusted.
    #[must_use]
    pub fn insecure_skip_tls_verify(mut self, insecure: bool) -> Self {
        self.insecure_skip_tls_verify = insecure;
        self
    }

    /// The certificate authorities that are trusted, in PEM.
    #[must_use]
    pub fn certificate_authority(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.certificate_authority = Some(pem.into());
        self
    }

    /// The proxy in between.
    #[must_use]
    pub fn proxy_url(mut self, url: impl Into<String>) -> Self {
        self.proxy_url = Some(url.into());
        self
    }

    /// Whether answers are to come uncompressed.
    #[must_use]
    pub fn disable_compression(mut self, disable: bool) -> Self {
        self.disable_compression = disable;
        self
    }

    /// What the kubeconfig holds for this plugin: the cluster's extension named
    /// `client.authentication.k8s.io/exec`.
    #[must_use]
    pub fn config(mut self, config: serde_json::Value) -> Self {
        self.config = Some(config);
        self
    }
}

impl fmt::Debug for ExecConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.env.iter().map(|(name, _)| name).collect();
        f.debug_struct("ExecConfig")
            .field("command", &self.command)
            .field("args", &self.args.len())
            .field("env", &names)
            .field("api_version", &self.api_version)
            .field("interactive_mode", &self.interactive_mode)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// Without the proxy and the plugin's own settings.
impl fmt::Debug for ExecCluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExecCluster").field("server", &self.server).finish_non_exhaustive()
    }
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Config, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(config: &ExecConfig) -> String {
        config.check().unwrap_err().to_string()
    }

    #[test]
    fn what_is_wrong_is_told_before_anything_runs() {
        ExecConfig::new("aws").check().unwrap();
        ExecConfig::new("aws").api_version(V1BETA1).interactive_mode(None).check().unwrap();
        assert!(failure(&ExecConfig::new("")).ends_with("the command is missing"));
        let without_mode = failure(&ExecConfig::new("aws").interactive_mode(None));
        assert!(without_mode.contains("interactiveMode is missing"), "{without_mode}");
        let removed = ExecConfig::new("aws").api_version("client.authentication.k8s.io/v1alpha1");
        assert!(failure(&removed).contains("v1alpha1 was removed"));
        assert!(failure(&ExecConfig::new("aws").api_version("v1")).contains("\"v1\" is unknown"));
    }

    #[test]
    fn a_plugin_gets_the_terminal_by_its_mode() {
        let mode = |mode| ExecConfig::new("aws").interactive_mode(mode);
        for (config, terminal, expected) in [
            (mode(InteractiveMode::Never), true, Ok(false)),
            (mode(InteractiveMode::IfAvailable), true, Ok(true)),
            (mode(InteractiveMode::IfAvailable), false, Ok(false)),
            (mode(InteractiveMode::IfAvailable).stdin_unavailable("used by -f -"), true, Ok(false)),
            (mode(InteractiveMode::Always), true, Ok(true)),
            (mode(InteractiveMode::Always), false, Err("is no terminal")),
            (mode(InteractiveMode::Always).stdin_unavailable("used by -f -"), true, Err("used by -f -")),
            (ExecConfig::new("aws").api_version(V1BETA1).interactive_mode(None), true, Ok(true)),
        ] {
            let is = config.is_interactive(terminal).map_err(|error| error.to_string());
            match (is, expected) {
                (Ok(is), Ok(expected)) => assert_eq!(is, expected, "{config:?}"),
                (Err(error), Err(expected)) => assert!(error.ends_with(expected), "{error}"),
                (is, expected) => panic!("{is:?}, not {expected:?}: {config:?}"),
            }
        }
        assert_eq!(InteractiveMode::parse("Always").unwrap(), InteractiveMode::Always);
        assert!(InteractiveMode::parse("always").is_err());
    }
}
