//! A client of a few lines that owes nothing to the library under test.

use crate::error::EnvtestError;
use bytes::Bytes;
use http::Method;
use http::Request;
use http::StatusCode;
use http::header::ACCEPT;
use http::header::AUTHORIZATION;
use http::header::CONTENT_TYPE;
use http::header::HOST;
use http_body_util::BodyExt;
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::error::Error;
use std::fmt;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::pki_types::pem::PemObject;

type BoxError = Box<dyn Error + Send + Sync>;

/// How long one request may take, its answer included.
const DEADLINE: Duration = Duration::from_secs(30);

/// Who an [`Oracle`] says it is. PEM where there are certificates and keys.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Identity<'a> {
    /// Nobody in particular.
    Anonymous,
    /// A bearer token.
    Token(&'a str),
    /// A client certificate and its key.
    ClientCertificate {
        /// The certificate, PEM.
        certificate: &'a str,
        /// Its private key, PEM.
        key: &'a str,
    },
}

impl fmt::Debug for Identity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Anonymous => "Anonymous",
            Self::Token(_) => "Token",
            Self::ClientCertificate { .. } => "ClientCertificate",
        })
    }
}

/// Sends one request per connection to a server on the loopback address and reads the whole answer.
///
/// Tests use it to learn what the server really says, independently of what they test.
pub struct Oracle {
    port: u16,
    tls: Option<TlsConnector>,
    token: Option<String>,
}

/// What the server said.
#[derive(Clone)]
#[non_exhaustive]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The whole body.
    pub body: String,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("status", &self.status).field("body_bytes", &self.body.len()).finish()
    }
}

impl fmt::Debug for Oracle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Oracle").field("port", &self.port).finish_non_exhaustive()
    }
}

impl Oracle {
    /// A client for `https://127.0.0.1:port`, whose server has a certificate of the authority given (PEM).
    ///
    /// # Errors
    ///
    /// [`EnvtestError::Certificate`] when a certificate or a key cannot be used.
    pub fn https(port: u16, ca_certificate: &str, identity: Identity<'_>) -> Result<Self, EnvtestError> {
        let config =
            tls_config(ca_certificate, identity).map_err(|source| EnvtestError::Certificate { source })?;
        let token = match identity {
            Identity::Token(token) => Some(format!("Bearer {token}")),
            Identity::Anonymous | Identity::ClientCertificate { .. } => None,
        };
        Ok(Self { port, tls: Some(TlsConnector::from(Arc::new(config))), token })
    }

    /// A client for `http://127.0.0.1:port`.
    pub(crate) fn http(port: u16) -> Self {
        Self { port, tls: None, token: None }
    }

    /// Sends a request and reads its answer to the end. A body is sent as JSON. The deadline is 30 seconds: give a
    /// watch a `timeoutSeconds`.
    ///
    /// # Errors
    ///
    /// [`EnvtestError::Request`] when there is no whole answer; an answer of any status is one.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future closes the connection; the server may have done what it was asked.
    pub async fn request(
        &self,
        method: Method,
        path: &str,
        body: Option<&str>,
    ) -> Result<Answer, EnvtestError> {
        let failed = |source: BoxError| EnvtestError::Request { path: path.to_owned(), source };
        match timeout(DEADLINE, self.exchange(method, path, body)).await {
            Ok(answer) => answer.map_err(failed),
            Err(elapsed) => Err(failed(elapsed.into())),
        }
    }

    /// Sends a GET: see [`request`](Self::request).
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request).
    ///
    /// # Cancel safety
    ///
    /// The future can be dropped at any time.
    pub async fn get(&self, path: &str) -> Result<Answer, EnvtestError> {
        self.request(Method::GET, path, None).await
    }

    async fn exchange(&self, method: Method, path: &str, body: Option<&str>) -> Result<Answer, BoxError> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, format!("127.0.0.1:{}", self.port))
            .header(ACCEPT, "application/json, */*;q=0.1");
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, token);
        }
        if body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        let request = request.body(Full::from(body.unwrap_or_default().to_owned()))?;

        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await?;
        match &self.tls {
            Some(tls) => {
                exchange_over(
                    tls.connect(ServerName::from(std::net::IpAddr::from(Ipv4Addr::LOCALHOST)), stream)
                        .await?,
                    request,
                )
                .await
            }
            None => exchange_over(stream, request).await,
        }
    }
}

async fn exchange_over(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    request: Request<Full<Bytes>>,
) -> Result<Answer, BoxError> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // The sender goes away with this block, which ends the connection.
    let answer = async move {
        let response = sender.send_request(request).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        Ok(Answer { status, body: String::from_utf8(body.into())? })
    };
    // What goes wrong on the connection goes wrong for the answer as well.
    let (answer, _) = tokio::join!(answer, connection);
    answer
}

fn tls_config(ca_certificate: &str, identity: Identity<'_>) -> Result<ClientConfig, BoxError> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(ca_certificate.as_bytes())?)?;
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots);
    Ok(match identity {
        Identity::Anonymous | Identity::Token(_) => builder.with_no_client_auth(),
        Identity::ClientCertificate { certificate, key } => builder.with_client_auth_cert(
            vec![CertificateDer::from_pem_slice(certificate.as_bytes())?],
            PrivateKeyDer::from_pem_slice(key.as_bytes())?,
        )?,
    })
}
