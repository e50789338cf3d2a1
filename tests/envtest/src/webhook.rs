//! An HTTPS server for what the kube-apiserver calls.

use crate::certificates::Authority;
use crate::certificates::Pair;
use crate::error::EnvtestError;
use bytes::Bytes;
use http::Request;
use http::Response;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::fmt;
use std::net::Ipv4Addr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tower::Service;

/// A webhook on a free port of 127.0.0.1, over TLS, with a certificate authority of its own: a kube-apiserver on this
/// machine can call it. It ends when it is dropped.
pub struct WebhookServer {
    url: String,
    ca_certificate: String,
    _connections: JoinSet<()>,
}

impl WebhookServer {
    /// Serves a [`tower::Service`], for example `converter.service()` of kubist, under every path.
    ///
    /// # Errors
    ///
    /// [`EnvtestError::Certificate`] when a certificate cannot be made, [`EnvtestError::Io`] when there is no port.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future serves nothing.
    pub async fn start<S>(service: S) -> Result<Self, EnvtestError>
    where
        S: Service<Request<Incoming>, Response = Response<Full<Bytes>>, Error = Infallible>,
        S: Clone + Send + 'static,
        S::Future: Send + 'static,
    {
        let authority = Authority::new()?;
        let acceptor = acceptor(&authority.serving()?)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.map_err(EnvtestError::io("listen for webhook calls"))?;
        let address = listener.local_addr().map_err(EnvtestError::io("listen for webhook calls"))?;
        let mut connections = JoinSet::new();
        connections.spawn(accept(listener, acceptor, TowerToHyperService::new(service)));
        Ok(Self {
            url: format!("https://{address}"),
            ca_certificate: authority.certificate().to_owned(),
            _connections: connections,
        })
    }

    /// The base URL, `https://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The certificate of the authority that signed the webhook's, PEM.
    #[must_use]
    pub fn ca_certificate(&self) -> &str {
        &self.ca_certificate
    }
}

async fn accept<S>(listener: TcpListener, acceptor: TlsAcceptor, service: TowerToHyperService<S>)
where
    S: Service<Request<Incoming>, Response = Response<Full<Bytes>>, Error = Infallible>,
    S: Clone + Send + 'static,
    S::Future: Send + 'static,
{
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let (acceptor, service) = (acceptor.clone(), service.clone());
        connections.spawn(async move {
            // Who does not get through the handshake, or goes away, says so on the other side.
            if let Ok(stream) = acceptor.accept(stream).await {
                let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
            }
        });
        while connections.try_join_next().is_some() {}
    }
}

fn acceptor(pair: &Pair) -> Result<TlsAcceptor, EnvtestError> {
    let certificate =
        CertificateDer::from_pem_slice(pair.certificate.as_bytes()).map_err(EnvtestError::certificate)?;
    let key = PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).map_err(EnvtestError::certificate)?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(EnvtestError::certificate)?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .map_err(EnvtestError::certificate)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

impl fmt::Debug for WebhookServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookServer").field("url", &self.url).finish_non_exhaustive()
    }
}
