//! A transport over the network.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::{HeaderValue, Uri};
use hyper_rustls::{FixedServerNameResolver, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::{ClientConfig, RootCertStore};
use tower::{BoxError, Service};

use crate::error::{Error, ErrorKind, Result};
use crate::transport::auth::CredentialSource;
use crate::transport::connections::Connections;
use crate::transport::crypto;
use crate::transport::dial::Dialer;
use crate::transport::identified::Identified;
use crate::transport::peer::Connector;
use crate::transport::proxy::Proxy;
use crate::transport::retire::Retirable;
use crate::transport::service::Transport;
use crate::transport::tls::TlsSettings;

const USER_AGENT: HeaderValue = HeaderValue::from_static(concat!("kubist/", env!("CARGO_PKG_VERSION")));

/// Half-open connections are noticed within about this time.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// Who sends the requests of a transport.
pub(crate) struct Caller {
    pub(crate) credentials: Arc<dyn CredentialSource>,
    /// The header `User-Agent`, if not that of this crate.
    pub(crate) user_agent: Option<HeaderValue>,
}

/// A transport over the network: hyper over rustls, HTTP/2 where the server offers it.
pub(crate) fn connect(
    url: &Uri,
    tls: &TlsSettings,
    caller: Caller,
    proxy: Option<Proxy>,
    connect_timeout: Option<Duration>,
) -> Result<Transport> {
    let plain = match url.scheme_str() {
        Some("https") => false,
        Some("http") => true,
        _ => {
            let message = format!("the server's URL {url} does not start with http:// or https://");
            return Err(Error::new(ErrorKind::Config, message));
        }
    };
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_nodelay(true);
    http.set_connect_timeout(connect_timeout);
    http.set_keepalive(Some(KEEP_ALIVE));
    #[cfg(target_os = "linux")]
    http.set_tcp_user_timeout(Some(KEEP_ALIVE));
    let dialer = match proxy {
        None => Dialer::direct(http),
        Some(proxy) => {
            let tls = tls.of_proxy();
            let plain = proxy.address()?.scheme_str() == Some("http");
            Dialer::through(proxy, http, if plain { no_tls(&tls)? } else { tls.client_config()? })
        }
    };
    let connections = Connections::new(dialer, tls.clone(), plain, connect_timeout)?;
    let agent = caller.user_agent.unwrap_or(USER_AGENT);
    Ok(Transport::new(Identified::new(connections, caller.credentials, agent)))
}

/// Connections as requests are sent over them.
pub(crate) type Secured<B> = TimedConnector<HttpsConnector<Retirable<B>>>;

/// TLS with these settings over connections that end when they are replaced.
pub(crate) fn secured<B: Connector>(
    base: Retirable<B>,
    tls: &TlsSettings,
    plain: bool,
    timeout: Option<Duration>,
) -> Result<Secured<B>> {
    let config = if plain { no_tls(tls)? } else { tls.client_config()? };
    let builder = HttpsConnectorBuilder::new().with_tls_config(config).https_or_http();
    let builder = match tls.fixed_server_name()? {
        Some(name) => builder.with_server_name_resolver(FixedServerNameResolver::new(name)),
        None => builder,
    };
    Ok(TimedConnector { inner: builder.enable_all_versions().wrap_connector(base), timeout })
}

/// Never used, and a machine without certificate authorities can still speak plain HTTP.
fn no_tls(tls: &TlsSettings) -> Result<ClientConfig> {
    let provider = match &tls.provider {
        Some(provider) => Arc::clone(provider),
        None => crypto::provider()?,
    };
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::new(ErrorKind::Config, "no usable version of TLS").with_source(error))?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth())
}

/// Puts a limit on the whole of connecting, the TLS handshake included.
#[derive(Clone)]
pub(crate) struct TimedConnector<C> {
    inner: C,
    timeout: Option<Duration>,
}

impl<C> Service<Uri> for TimedConnector<C>
where
    C: Service<Uri, Error = BoxError>,
    C::Future: Send + 'static,
    C::Response: 'static,
{
    type Response = C::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<C::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = self.inner.call(uri);
        let Some(timeout) = self.timeout else {
            return Box::pin(connecting);
        };
        Box::pin(async move {
            tokio::time::timeout(timeout, connecting)
                .await
                .unwrap_or_else(|_| Err(format!("not connected within {timeout:?}").into()))
        })
    }
}
