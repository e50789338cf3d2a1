//! The one kind of credentials that a configuration has.

use std::sync::Arc;

use crate::auth::basic::basic;
use crate::auth::exec::{self, ExecConfig, PluginPolicy};
use crate::auth::oidc::{self, OidcConfig};
use crate::auth::renewing::Renewing;
use crate::auth::token_file::TokenFile;
use crate::error::Result;
use crate::transport::{Credential, CredentialSource, Secret};

/// What the requests of a configuration say about who sends them.
#[derive(Clone, Default)]
pub(crate) enum Credentials {
    /// Nothing, or only the client certificate of the connection.
    #[default]
    None,
    /// A fixed bearer token.
    Token(Secret),
    /// A user and a password.
    Basic(String, Secret),
    /// A bearer token in a file that someone else keeps fresh.
    TokenFile(Arc<TokenFile>),
    /// A program that prints credentials.
    Exec(Arc<ExecConfig>, Arc<Renewing>),
    /// An OpenID Connect provider.
    Oidc(Arc<Renewing>),
}

impl Credentials {
    /// An exec plugin that may run.
    pub(crate) fn exec(config: ExecConfig, policy: PluginPolicy) -> Result<Self> {
        let config = Arc::new(config);
        let plugin = exec::plugin(Arc::clone(&config), policy)?;
        Ok(Self::Exec(config, Arc::new(plugin)))
    }

    pub(crate) fn oidc(config: &OidcConfig) -> Result<Self> {
        Ok(Self::Oidc(Arc::new(oidc::source(config)?)))
    }

    /// The same, with another policy for a plugin. It has not run yet.
    pub(crate) fn with_policy(self, policy: PluginPolicy) -> Result<Self> {
        match self {
            Self::Exec(config, _) => {
                let plugin = exec::plugin(Arc::clone(&config), policy)?;
                Ok(Self::Exec(config, Arc::new(plugin)))
            }
            other => Ok(other),
        }
    }

    /// What a transport asks before it sends a request. Transports of clones of one configuration ask
    /// the same plugin or provider.
    pub(crate) fn source(&self) -> Result<Arc<dyn CredentialSource>> {
        let fixed = |authorization| Arc::new(Credential { authorization, identity: None });
        Ok(match self {
            Self::None => fixed(None),
            Self::Token(token) => fixed(Some(token.bearer()?)),
            Self::Basic(user, password) => Arc::new(basic(user, password)?),
            Self::TokenFile(file) => Arc::<TokenFile>::clone(file),
            Self::Exec(_, renewing) | Self::Oidc(renewing) => Arc::<Renewing>::clone(renewing),
        })
    }

    /// What they are, for people.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Token(_) => "token",
            Self::Basic(..) => "basic",
            Self::TokenFile(_) => "token file",
            Self::Exec(..) => "exec",
            Self::Oidc(_) => "oidc",
        }
    }
}
