//! A small HTTP server on a real socket, plain or over TLS, HTTP/1.1 or HTTP/2.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream;
use http::{HeaderMap, Request, Response, Version};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Frame;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::ServerConfig;
use rustls_pki_types::CertificateDer;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

pub(crate) type ServerBody = UnsyncBoxBody<Bytes, Infallible>;

/// What the server knows about a request.
#[derive(Clone, Debug)]
pub(crate) struct Arrived {
    pub(crate) version: Version,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    /// How many client certificates came with the connection.
    pub(crate) certificates: usize,
    /// The first of them.
    pub(crate) identity: Option<Vec<u8>>,
}

type Handler = dyn Fn(&Arrived) -> Response<ServerBody> + Send + Sync;

/// Ends with its last handle.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    connections: Arc<AtomicUsize>,
    _tasks: JoinSet<()>,
}

impl Server {
    pub(crate) async fn start(
        tls: Option<ServerConfig>,
        handler: impl Fn(&Arrived) -> Response<ServerBody> + Send + Sync + 'static,
    ) -> Self {
        // As kube-apiserver.
        Self::start_with_limit(tls, 100, handler).await
    }

    /// A server that allows so many streams on a connection of HTTP/2.
    pub(crate) async fn start_with_limit(
        tls: Option<ServerConfig>,
        streams: u32,
        handler: impl Fn(&Arrived) -> Response<ServerBody> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let arrived = Arc::<Mutex<Vec<Arrived>>>::default();
        let connections = Arc::<AtomicUsize>::default();
        let shared = Shared {
            handler: Arc::new(handler),
            arrived: Arc::clone(&arrived),
            streams,
            acceptor: tls.map(|config| TlsAcceptor::from(Arc::new(config))),
        };
        let mut tasks = JoinSet::new();
        let count = Arc::clone(&connections);
        tasks.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((socket, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                open.spawn(shared.clone().serve(socket));
            }
        });
        Self { address, arrived, connections, _tasks: tasks }
    }

    pub(crate) fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

#[derive(Clone)]
struct Shared {
    handler: Arc<Handler>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    acceptor: Option<TlsAcceptor>,
    streams: u32,
}

impl Shared {
    async fn serve(self, socket: TcpStream) {
        let Some(acceptor) = &self.acceptor else {
            return self.serve_http(socket, false, &[]).await;
        };
        // A client that does not trust us goes away here.
        let Ok(stream) = acceptor.accept(socket).await else {
            return;
        };
        let (_, session) = stream.get_ref();
        let http2 = session.alpn_protocol() == Some(b"h2");
        let certificates = session.peer_certificates().unwrap_or_default().to_vec();
        self.serve_http(stream, http2, &certificates).await;
    }

    async fn serve_http<S>(self, stream: S, http2: bool, certificates: &[CertificateDer<'_>])
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let streams = self.streams;
        let identity = certificates.first().map(|certificate| certificate.to_vec());
        let certificates = certificates.len();
        let service = service_fn(move |request: Request<Incoming>| {
            let arrived = Arrived {
                version: request.version(),
                path: request.uri().path().to_owned(),
                headers: request.headers().clone(),
                certificates,
                identity: identity.clone(),
            };
            let response = (self.handler)(&arrived);
            self.arrived.lock().unwrap().push(arrived);
            std::future::ready(Ok::<_, Infallible>(response))
        });
        let stream = TokioIo::new(stream);
        // Errors are the clients going away.
        if http2 {
            let mut builder = http2::Builder::new(TokioExecutor::new());
            builder.max_concurrent_streams(streams);
            let _ = builder.serve_connection(stream, service).await;
        } else {
            let _ = http1::Builder::new().serve_connection(stream, service).await;
        }
    }
}

pub(crate) fn json(body: &'static str) -> Response<ServerBody> {
    let mut response = Response::new(Full::new(Bytes::from_static(body.as_bytes())).boxed_unsync());
    let json = http::HeaderValue::from_static("application/json");
    response.headers_mut().insert("content-type", json);
    response
}

/// Sends these chunks and then nothing more, without an end.
pub(crate) fn endless(chunks: Vec<Bytes>) -> Response<ServerBody> {
    let frames = stream::iter(chunks).chain(stream::pending());
    let frames = frames.map(|chunk| Ok(Frame::data(chunk)));
    Response::new(StreamBody::new(frames).boxed_unsync())
}

pub(crate) const VERSION: &str = r#"{"major":"1","minor":"37","gitVersion":"v1.37.2",
    "gitCommit":"","gitTreeState":"","buildDate":"","goVersion":"","compiler":"","platform":""}"#;
