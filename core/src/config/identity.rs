//! Who the program is, and whom it trusts: what a configuration takes of [`auth`](crate::auth).

use std::path::PathBuf;
use std::sync::Arc;

use http::HeaderValue;
use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;

use crate::auth::{ClientIdentity, Credentials, ExecConfig, OidcConfig, PluginPolicy};
use crate::config::{Config, problem};
use crate::error::Result;
use crate::transport::{Identity, Secret};

impl Config {
    /// Authenticates with a user and a password.
    #[must_use]
    pub fn basic(mut self, user: impl Into<String>, password: impl AsRef<str>) -> Self {
        self.credentials = Credentials::Basic(user.into(), Secret::new(password));
        self
    }

    /// Authenticates with what a program prints. It is started with the first request.
    ///
    /// # Errors
    ///
    /// When the command, the version or the interactive mode cannot be.
    pub fn exec(mut self, plugin: ExecConfig) -> Result<Self> {
        self.credentials = Credentials::exec(plugin, PluginPolicy::allow_all())?;
        Ok(self)
    }

    /// Authenticates with the tokens of an OpenID Connect provider.
    ///
    /// # Errors
    ///
    /// When the ID token is none or the certificate authority cannot be read.
    pub fn oidc(mut self, provider: OidcConfig) -> Result<Self> {
        self.credentials = Credentials::oidc(&provider)?;
        Ok(self)
    }

    /// Says which exec plugins may run, whatever the kubeconfig names. Call it before the
    /// configuration is used.
    ///
    /// # Errors
    ///
    /// When the plugin of this configuration may not be set up again.
    pub fn plugin_policy(mut self, policy: PluginPolicy) -> Result<Self> {
        self.credentials = self.credentials.with_policy(policy)?;
        Ok(self)
    }

    /// The same cluster for nobody: without credentials, a client certificate or somebody to act as.
    /// What is trusted stays.
    #[must_use]
    pub fn anonymous(mut self) -> Self {
        self.credentials = Credentials::None;
        self.tls.identity = None;
        self.tls.cell = None;
        (self.tls.files.certificate, self.tls.files.key) = (None, None);
        self.impersonation = None;
        self
    }

    /// Authenticates with a client certificate that the program replaces itself.
    #[must_use]
    pub fn client_identity(mut self, identity: ClientIdentity) -> Self {
        self.tls.cell = Some(identity.cell());
        self
    }

    /// Authenticates with a client certificate in PEM files, which are read again at most once a
    /// minute.
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    pub fn client_certificate_files(
        mut self,
        certificate: impl Into<PathBuf>,
        key: impl Into<PathBuf>,
    ) -> Result<Self> {
        let (certificate, key) = (certificate.into(), key.into());
        self.tls.identity = Some(Identity::from_pem(read(&certificate)?, read(&key)?)?);
        (self.tls.files.certificate, self.tls.files.key) = (Some(certificate), Some(key));
        Ok(self)
    }

    /// Trusts the certificate authorities in a PEM file and no others. It is read again at most once a
    /// minute.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn certificate_authority_file(mut self, path: impl Into<PathBuf>) -> Result<Self> {
        let path = path.into();
        self.tls.ca = Some(read(&path)?.into());
        self.tls.files.ca = Some(path);
        Ok(self)
    }

    /// What the program calls itself in the header `User-Agent`: a name, a slash and a version.
    ///
    /// The server names the part before the slash as the field manager where a write names none. It
    /// writes JSON with line breaks for a `Mozilla/5.0`, a `curl` or a `Wget`, which costs time.
    ///
    /// # Defaults
    ///
    /// `kubist/` and the version of this crate.
    ///
    /// # Errors
    ///
    /// When it has characters that a header cannot have.
    pub fn user_agent(mut self, agent: impl AsRef<str>) -> Result<Self> {
        let value = HeaderValue::try_from(agent.as_ref().trim());
        let value = value.ok().filter(|value| !value.is_empty());
        let refused = || problem("the user agent is empty or has characters that a header cannot have");
        self.user_agent = Some(value.ok_or_else(refused)?);
        Ok(self)
    }

    /// Uses this implementation of cryptography.
    ///
    /// # Defaults
    ///
    /// aws-lc-rs with the feature `aws-lc-rs`, else ring with the feature `ring` (a default feature), else the one that
    /// the program installed by `CryptoProvider::install_default`.
    #[must_use]
    pub fn crypto_provider(mut self, provider: Arc<CryptoProvider>) -> Self {
        self.tls.provider = Some(provider);
        self
    }

    /// Uses this configuration of TLS as it is, apart from ALPN. It excludes certificate authorities, client
    /// certificates and [`insecure_skip_tls_verify`](Self::insecure_skip_tls_verify) of this
    /// configuration: [`transport`](Self::transport) fails with both.
    ///
    /// The version of rustls is 0.23.
    #[must_use]
    pub fn rustls(mut self, config: ClientConfig) -> Self {
        self.tls.ready = Some(Arc::new(config));
        self
    }
}

fn read(path: &PathBuf) -> Result<Vec<u8>> {
    std::fs::read(path)
        .map_err(|error| problem(format!("{} cannot be read", path.display())).with_source(error))
}
