//! Connections to the server, or to it through a proxy, before TLS.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_util::future::BoxFuture;
use http::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tower::{BoxError, Service, ServiceExt};

use crate::error::{Error, ErrorKind, Result};
use crate::transport::failure;
use crate::transport::proxy::{Protocol, Proxy};
use crate::transport::{socks, tunnel};

/// Opens connections to servers, where there is a proxy through it.
#[derive(Clone)]
pub(crate) struct Dialer {
    tcp: HttpConnector,
    via: Option<Arc<Via>>,
}

struct Via {
    proxy: Proxy,
    connector: HttpsConnector<HttpConnector>,
}

impl Dialer {
    pub(crate) fn direct(tcp: HttpConnector) -> Self {
        Self { tcp, via: None }
    }

    /// `tls` says what is trusted as the proxy, where it is talked to over TLS.
    pub(crate) fn through(proxy: Proxy, tcp: HttpConnector, tls: ClientConfig) -> Self {
        let connector = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http();
        let connector = connector.enable_http1().wrap_connector(tcp.clone());
        Self { tcp, via: Some(Arc::new(Via { proxy, connector })) }
    }
}

impl Service<Uri> for Dialer {
    type Response = Dialed;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Dialed, BoxError>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        match &self.via {
            None => {
                let connecting = self.tcp.clone().oneshot(server);
                Box::pin(async move {
                    let stream = MaybeHttpsStream::Http(connecting.await?);
                    Ok(Dialed { stream, forwards: false })
                })
            }
            Some(via) => {
                let via = Arc::clone(via);
                Box::pin(async move {
                    let dialed = via.dial(&server).await;
                    Ok(dialed.map_err(|error| error.during(format!("over the proxy {}", via.proxy)))?)
                })
            }
        }
    }
}

impl Via {
    async fn dial(&self, server: &Uri) -> Result<Dialed> {
        let connecting = self.connector.clone().oneshot(self.proxy.address()?);
        let mut stream = connecting.await.map_err(unreachable)?;
        if self.proxy.forwards(server) {
            return Ok(Dialed { stream, forwards: true });
        }
        let host = server.host().unwrap_or_default();
        let port = match server.port_u16() {
            Some(port) => port,
            None if server.scheme_str() == Some("http") => 80,
            None => 443,
        };
        let mut io = TokioIo::new(&mut stream);
        match self.proxy.protocol() {
            Protocol::Socks5 => {
                let host = host.trim_start_matches('[').trim_end_matches(']');
                socks::open(&mut io, host, port, self.proxy.login()).await?;
            }
            Protocol::Http | Protocol::Https => {
                let authorization = self.proxy.authorization();
                tunnel::open(&mut io, &format!("{host}:{port}"), authorization.as_ref()).await?;
            }
        }
        Ok(Dialed { stream, forwards: false })
    }
}

/// The proxy's certificate must not be taken for the server's: its problem is told here, as text.
fn unreachable(error: BoxError) -> Error {
    let message = "it cannot be reached";
    match failure::tls_problem(&*error) {
        Some(problem) => Error::new(ErrorKind::Transport, format!("{message}: over TLS, {problem}")),
        None => Error::new(ErrorKind::Transport, message).with_source(error),
    }
}

/// A connection to the server, or to a proxy that passes on what is written to it.
pub(crate) struct Dialed {
    stream: MaybeHttpsStream<TokioIo<TcpStream>>,
    /// Whether requests are to have the whole URL, for the proxy.
    forwards: bool,
}

impl Connection for Dialed {
    fn connected(&self) -> Connected {
        self.stream.connected().proxy(self.forwards)
    }
}

impl Read for Dialed {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl Write for Dialed {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
