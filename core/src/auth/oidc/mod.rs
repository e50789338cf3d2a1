//! OpenID Connect: an ID token that is renewed with a refresh token.

mod exchange;
mod jwt;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Uri;

use crate::auth::oidc::exchange::Exchange;
use crate::auth::renewing::{Made, Renewing};
use crate::error::{Error, ErrorKind, Result};
use crate::transport::{Credential, Secret, TlsSettings};

/// An OpenID Connect provider that gives the program its ID tokens.
///
/// The ID token is used while it is good. Then the provider is asked for another with the refresh token; somebody
/// has to have logged in before, this does not open a browser.
///
/// # Examples
///
/// ```
/// use kubist::auth::OidcConfig;
/// use kubist::config::Config;
///
/// let provider = OidcConfig::new("https://login.example.com", "kubernetes")?
///     .client_secret("from the provider")
///     .refresh_token("from the last login")
///     .on_renewal(|tokens| {
///         // Keep tokens.id_token() and tokens.refresh_token() for the next start.
///         Ok(())
///     });
/// let config = Config::new("https://10.0.0.1:6443")?.oidc(provider)?;
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone)]
pub struct OidcConfig {
    issuer: Uri,
    client_id: String,
    client_secret: Option<Secret>,
    id_token: Option<Secret>,
    refresh_token: Option<Secret>,
    ca: Option<Arc<[u8]>>,
    ca_file: Option<PathBuf>,
    on_renewal: Option<OnRenewal>,
}

type OnRenewal = Arc<dyn Fn(&OidcTokens) -> Result<()> + Send + Sync>;

/// The tokens after a renewal, to be kept for the next start. `Debug` does not show them.
pub struct OidcTokens {
    id_token: Secret,
    refresh_token: Secret,
}

impl OidcTokens {
    /// The ID token.
    #[must_use]
    pub fn id_token(&self) -> &str {
        self.id_token.as_str()
    }

    /// The refresh token: the provider may have replaced it, and then the old one is of no use.
    #[must_use]
    pub fn refresh_token(&self) -> &str {
        self.refresh_token.as_str()
    }
}

impl OidcConfig {
    /// The provider at this URL, which knows the program under this name.
    ///
    /// # Errors
    ///
    /// When the URL is none, or does not start with `https://`. A provider on this machine may have `http://`.
    pub fn new(issuer: &str, client_id: impl Into<String>) -> Result<Self> {
        let (issuer, client_id) = (exchange::secure_url(issuer, "idp-issuer-url")?, client_id.into());
        if client_id.is_empty() {
            return Err(problem("auth-provider oidc: client-id is missing"));
        }
        Ok(Self {
            issuer,
            client_id,
            client_secret: None,
            id_token: None,
            refresh_token: None,
            ca: None,
            ca_file: None,
            on_renewal: None,
        })
    }

    /// The secret that the provider gave the program.
    #[must_use]
    pub fn client_secret(mut self, secret: impl AsRef<str>) -> Self {
        self.client_secret = Some(Secret::new(secret));
        self
    }

    /// An ID token to start with.
    #[must_use]
    pub fn id_token(mut self, token: impl AsRef<str>) -> Self {
        self.id_token = Some(Secret::new(token));
        self
    }

    /// The token that others are asked for with.
    #[must_use]
    pub fn refresh_token(mut self, token: impl AsRef<str>) -> Self {
        self.refresh_token = Some(Secret::new(token));
        self
    }

    /// Trusts these certificate authorities (PEM) for the provider, and no others.
    #[must_use]
    pub fn certificate_authority(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.ca = Some(pem.as_ref().into());
        self
    }

    /// Is called with the tokens after each renewal. An error is logged; the tokens are used all the same.
    #[must_use]
    pub fn on_renewal(mut self, keep: impl Fn(&OidcTokens) -> Result<()> + Send + Sync + 'static) -> Self {
        self.on_renewal = Some(Arc::new(keep));
        self
    }

    /// From the settings of a kubeconfig's `auth-provider`, whose paths are absolute.
    pub(crate) fn from_settings(settings: &BTreeMap<String, String>) -> Result<Self> {
        let get = |name: &str| settings.get(name).map(String::as_str).filter(|value| !value.is_empty());
        let missing = |name: &str| problem(format!("auth-provider oidc: {name} is missing"));
        let issuer = get("idp-issuer-url").ok_or_else(|| missing("idp-issuer-url"))?;
        let client_id = get("client-id").ok_or_else(|| missing("client-id"))?;
        let mut config = Self::new(issuer, client_id)?;
        config.client_secret = get("client-secret").map(Secret::new);
        config.id_token = get("id-token").map(Secret::new);
        config.refresh_token = get("refresh-token").map(Secret::new);
        config.ca_file = get("idp-certificate-authority").map(PathBuf::from);
        if let Some(data) = get("idp-certificate-authority-data") {
            let bytes = STANDARD.decode(data);
            let not = || problem("auth-provider oidc: idp-certificate-authority-data is not base64");
            config.ca = Some(bytes.map_err(|_| not())?.into());
            config.ca_file = None;
        }
        Ok(config)
    }

    /// Reads the certificate authority, where a file was given.
    fn tls(&self) -> Result<TlsSettings> {
        let mut tls = TlsSettings { ca: self.ca.clone(), ..TlsSettings::default() };
        if let Some(path) = &self.ca_file {
            let read = std::fs::read(path).map_err(|error| {
                let message = format!("idp-certificate-authority {} cannot be read", path.display());
                problem(message).with_source(error)
            })?;
            tls.ca = Some(read.into());
            tls.files.ca = Some(path.clone());
        }
        Ok(tls)
    }
}

/// The provider as a source of credentials. It is asked with the first request that needs a token.
pub(crate) fn source(config: &OidcConfig) -> Result<Renewing> {
    let exchange = Arc::new(Exchange {
        issuer: config.issuer.clone(),
        client_id: config.client_id.clone(),
        client_secret: config.client_secret.clone(),
        tls: config.tls()?,
    });
    let first = config.id_token.clone();
    let refresh = Arc::new(Mutex::new(config.refresh_token.clone()));
    let on_renewal = config.on_renewal.clone();
    let make = move || {
        let (exchange, refresh) = (Arc::clone(&exchange), Arc::clone(&refresh));
        let on_renewal = on_renewal.clone();
        let making: futures_util::future::BoxFuture<'static, _> = Box::pin(async move {
            let made = renew(&exchange, &refresh, on_renewal.as_ref()).await;
            made.map_err(|error| error.during(format!("OpenID Connect provider {}", exchange.issuer)))
        });
        making
    };
    let source = Renewing::new("the OpenID Connect provider", Box::new(make));
    match first {
        Some(token) => match made(&token) {
            // One that has ended is not even tried.
            Ok(made) if made.expires.is_some_and(|expires| expires > SystemTime::now()) => {
                Ok(source.with_first(made))
            }
            Ok(_) => Ok(source),
            Err(error) => Err(problem(format!("auth-provider oidc: of id-token, {error}"))),
        },
        None => Ok(source),
    }
}

async fn renew(
    exchange: &Exchange,
    refresh: &Mutex<Option<Secret>>,
    on_renewal: Option<&OnRenewal>,
) -> Result<Made> {
    let old = refresh.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let old = old.ok_or_else(|| unusable("the ID token has ended, and there is no refresh token"))?;
    let answer = exchange.refresh(&old).await?;
    let tokens = OidcTokens {
        id_token: answer.id_token,
        refresh_token: answer.refresh_token.unwrap_or_else(|| old.clone()),
    };
    let made = made(&tokens.id_token)?;
    *refresh.lock().unwrap_or_else(PoisonError::into_inner) = Some(tokens.refresh_token.clone());
    if let Some(on_renewal) = on_renewal
        && let Err(error) = on_renewal(&tokens)
    {
        let error = format!("{error:#}");
        tracing::warn!(error, "the renewed tokens are not kept for the next start");
    }
    Ok(made)
}

fn made(token: &Secret) -> Result<Made> {
    let expires = jwt::expiry(token.as_str())?;
    Ok(Made {
        credential: Credential { authorization: Some(token.bearer()?), identity: None },
        expires: Some(expires),
    })
}

fn problem(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Config, message)
}

fn unusable(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Credentials, message)
}

impl fmt::Debug for OidcConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OidcConfig")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for OidcTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OidcTokens").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
