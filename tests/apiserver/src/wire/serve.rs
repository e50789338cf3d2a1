//! Listening, connections, TLS.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::shared::Shared;
use crate::task::{Spawner, Tasks};
use crate::wire::handler;
use crate::wire::tls::Tls;

/// How long a client may take for its handshake.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long a client may take for the headers of a request, the wait for them included.
const HEADERS: Duration = Duration::from_secs(32);
/// Streams of one connection, as the real server allows.
const STREAMS: u32 = 100;
/// Bytes of the headers of one request, and how many there may be.
const HEADER_BYTES: usize = 1024 * 1024 + 4096;
const HEADER_COUNT: usize = 256;
/// How every connection of HTTP/2 begins that knows before what it speaks: nothing else begins so.
const PREFACE: &[u8] = b"PRI";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protocol {
    Http1,
    Http2,
}

/// Serves `listener` until the tasks are ended.
pub(crate) fn serve(listener: TcpListener, shared: Arc<Shared>, tls: Option<Tls>) -> Arc<Tasks> {
    let tasks = Arc::new(Tasks::default());
    let spawner = tasks.spawner();
    tasks.spawn(accept(listener, shared, tls, spawner));
    tasks
}

async fn accept(listener: TcpListener, shared: Arc<Shared>, tls: Option<Tls>, spawner: Spawner) {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                // Out of descriptors, most likely: others must end first.
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        let (shared, tls, of) = (Arc::clone(&shared), tls.clone(), spawner.clone());
        spawner.spawn(async move {
            if let Err(error) = connect(stream, shared, tls, of).await {
                tracing::debug!(%error, "a connection ended");
            }
        });
    }
}

async fn connect(
    stream: TcpStream,
    shared: Arc<Shared>,
    tls: Option<Tls>,
    spawner: Spawner,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let Some(tls) = tls else {
        let protocol = within(HEADERS, recognise(&stream)).await?;
        return converse(stream, protocol, shared, spawner).await;
    };
    let stream = within(HANDSHAKE, tls.acceptor.accept(stream)).await?;
    let chosen = stream.get_ref().1.alpn_protocol();
    let protocol = if chosen == Some(b"h2") { Protocol::Http2 } else { Protocol::Http1 };
    converse(stream, protocol, shared, spawner).await
}

async fn within<T>(time: Duration, doing: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    tokio::time::timeout(time, doing).await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
}

/// Looks at the first bytes, without taking them.
async fn recognise(stream: &TcpStream) -> io::Result<Protocol> {
    let mut first = [0; PREFACE.len()];
    loop {
        let seen = stream.peek(&mut first).await?;
        if seen == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if first[..seen] != PREFACE[..seen] {
            return Ok(Protocol::Http1);
        }
        if seen == PREFACE.len() {
            return Ok(Protocol::Http2);
        }
        // A beginning that could be either, which comes in pieces only by malice.
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    protocol: Protocol,
    shared: Arc<Shared>,
    spawner: Spawner,
) -> io::Result<()> {
    let closed = Arc::new(Notify::new());
    let asked = Arc::new(Notify::new());
    let (close, ask) = (Arc::clone(&closed), Arc::clone(&asked));
    let service = service_fn(move |request| {
        ask.notify_one();
        handler::handle(Arc::clone(&shared), Arc::clone(&close), request)
    });
    let stream = TokioIo::new(stream);
    match protocol {
        Protocol::Http1 => {
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(HEADERS);
            builder.max_buf_size(HEADER_BYTES).max_headers(HEADER_COUNT);
            tokio::select! {
                result = builder.serve_connection(stream, service) => result.map_err(io::Error::other),
                () = closed.notified() => Ok(()),
            }
        }
        Protocol::Http2 => {
            let mut builder = http2::Builder::new(spawner);
            builder.timer(TokioTimer::new()).max_concurrent_streams(STREAMS);
            builder.max_header_list_size(HEADER_BYTES as u32);
            let silent = async {
                if tokio::time::timeout(HEADERS, asked.notified()).await.is_ok() {
                    std::future::pending::<()>().await;
                }
            };
            tokio::select! {
                result = builder.serve_connection(stream, service) => result.map_err(io::Error::other),
                () = closed.notified() => Ok(()),
                () = silent => Err(io::ErrorKind::TimedOut.into()),
            }
        }
    }
}
