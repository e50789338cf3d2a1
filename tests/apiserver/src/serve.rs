//! Listening, connections, TLS.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::handler;
use crate::server::Shared;
use crate::task::{Spawner, Tasks};
use crate::tls::Tls;

/// How long a client may take for its handshake.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Streams of one connection, as the real server allows.
const STREAMS: u32 = 100;
const HEADERS: u32 = 256 * 1024;

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
    match tls {
        None => converse(stream, shared, spawner).await,
        Some(tls) => {
            let handshake = tokio::time::timeout(HANDSHAKE, tls.acceptor.accept(stream));
            let stream = handshake.await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
            converse(stream, shared, spawner).await
        }
    }
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    shared: Arc<Shared>,
    spawner: Spawner,
) -> io::Result<()> {
    let closed = Arc::new(Notify::new());
    let close = Arc::clone(&closed);
    let service =
        service_fn(move |request| handler::handle(Arc::clone(&shared), Arc::clone(&close), request));
    let mut builder = auto::Builder::new(spawner);
    builder.http1().timer(TokioTimer::new()).max_buf_size(HEADERS as usize);
    builder.http2().timer(TokioTimer::new()).max_concurrent_streams(STREAMS).max_header_list_size(HEADERS);
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        result = connection => result.map_err(io::Error::other),
        () = closed.notified() => Ok(()),
    }
}
