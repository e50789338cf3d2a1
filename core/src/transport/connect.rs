use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::header;
use http::{HeaderValue, Request, Response, Uri};
use hyper_rustls::{FixedServerNameResolver, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::{ClientConfig, RootCertStore};
use tower::{BoxError, Service};

use crate::error::{Error, ErrorKind, Result};
use crate::transport::auth::Credentials;
use crate::transport::body::{Body, ResponseBody};
use crate::transport::dial::Dialer;
use crate::transport::lanes::Lanes;
use crate::transport::proxy::Proxy;
use crate::transport::service::Transport;
use crate::transport::tls::TlsSettings;

const USER_AGENT: HeaderValue = HeaderValue::from_static(concat!("kubist/", env!("CARGO_PKG_VERSION")));

/// Half-open connections are noticed within about this time.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// A transport over the network: hyper over rustls, HTTP/2 where the server offers it.
pub(crate) fn connect(
    url: &Uri,
    tls: &TlsSettings,
    credentials: Credentials,
    proxy: Option<Proxy>,
    connect_timeout: Option<Duration>,
) -> Result<Transport> {
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_nodelay(true);
    http.set_connect_timeout(connect_timeout);
    http.set_keepalive(Some(KEEP_ALIVE));
    #[cfg(target_os = "linux")]
    http.set_tcp_user_timeout(Some(KEEP_ALIVE));

    let builder = HttpsConnectorBuilder::new().with_tls_config(client_config(url, tls)?).https_or_http();
    let builder = match tls.fixed_server_name()? {
        Some(name) => builder.with_server_name_resolver(FixedServerNameResolver::new(name)),
        None => builder,
    };
    let dialer = match proxy {
        None => Dialer::direct(http),
        Some(proxy) => {
            let address = proxy.address()?;
            Dialer::through(proxy, http, client_config(&address, &tls.of_proxy())?)
        }
    };
    let connector = TimedConnector {
        inner: builder.enable_all_versions().wrap_connector(dialer),
        timeout: connect_timeout,
    };
    Ok(Transport::new(Identified { inner: Lanes::new(connector), credentials }))
}

fn client_config(url: &Uri, tls: &TlsSettings) -> Result<ClientConfig> {
    match url.scheme_str() {
        Some("https") => tls.client_config(),
        // Never used, and a machine without certificate authorities can still speak plain HTTP.
        Some("http") => {
            Ok(ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
                .with_safe_default_protocol_versions()
                .map_err(|error| {
                    Error::new(ErrorKind::Config, "no usable version of TLS").with_source(error)
                })?
                .with_root_certificates(RootCertStore::empty())
                .with_no_client_auth())
        }
        _ => Err(Error::new(
            ErrorKind::Config,
            format!("the server's URL {url} does not start with http:// or https://"),
        )),
    }
}

/// Puts a limit on the whole of connecting, the TLS handshake included.
#[derive(Clone)]
struct TimedConnector<C> {
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

/// Adds the headers that say who sends the request.
#[derive(Clone)]
struct Identified<S> {
    inner: S,
    credentials: Credentials,
}

impl<S> Service<Request<Body>> for Identified<S>
where
    S: Service<Request<Body>, Response = Response<ResponseBody>, Error = Error> + Clone,
    S: Send + 'static,
    S::Future: Send + 'static,
{
    type Response = Response<ResponseBody>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<()>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let headers = request.headers_mut();
        headers.entry(header::USER_AGENT).or_insert(USER_AGENT);
        // A layer above may have chosen another identity for this request.
        if headers.contains_key(header::AUTHORIZATION) {
            return Box::pin(self.inner.call(request));
        }
        match self.credentials.header() {
            Ok(Some(value)) => {
                headers.insert(header::AUTHORIZATION, value);
            }
            Ok(None) => {}
            Err(error) => return Box::pin(std::future::ready(Err(error))),
        }
        Box::pin(self.inner.call(request))
    }
}
