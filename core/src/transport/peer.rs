use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::Uri;
use hyper::rt::{Read, ReadBuf, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use tokio::sync::watch;
use tower::{BoxError, Service};

use crate::transport::settings::{FRAMES_BEGIN_MAX, streams_max};

/// Opens connections: TCP, TLS and what is between them.
pub(crate) trait Connector:
    Service<
        Uri,
        Response: Read + Write + Connection + Unpin + Send + 'static,
        Error: Into<BoxError>,
        Future: Send + 'static,
    > + Clone
    + Send
    + Sync
    + 'static
{
}

impl<C> Connector for C
where
    C: Service<Uri> + Clone + Send + Sync + 'static,
    C::Response: Read + Write + Connection + Unpin + Send + 'static,
    C::Error: Into<BoxError>,
    C::Future: Send + 'static,
{
}

/// How many streams the server allows on a connection; `None` until it has said so.
#[derive(Clone)]
pub(crate) struct PeerLimit(watch::Sender<Option<usize>>);

impl PeerLimit {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(None))
    }

    pub(crate) fn get(&self) -> Option<usize> {
        *self.0.borrow()
    }

    fn set(&self, limit: usize) {
        self.0.send_replace(Some(limit));
    }

    /// Waits until the server has said it.
    pub(crate) async fn known(&self) {
        // The sender is here, so there is no error.
        let _ = self.0.subscribe().wait_for(Option::is_some).await;
    }
}

/// A connector whose connections tell how many streams the server allows.
#[derive(Clone)]
pub(crate) struct Peered<C> {
    inner: C,
    limit: PeerLimit,
}

impl<C> Peered<C> {
    pub(crate) fn new(inner: C, limit: PeerLimit) -> Self {
        Self { inner, limit }
    }
}

impl<C: Connector> Service<Uri> for Peered<C> {
    type Response = Heard<C::Response>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = self.inner.call(uri);
        let limit = self.limit.clone();
        Box::pin(async move {
            let inner = connecting.await.map_err(Into::into)?;
            if inner.connected().is_negotiated_h2() {
                return Ok(Heard { inner, heard: Some(Vec::new()), limit });
            }
            // Each request has a connection of its own.
            limit.set(usize::MAX);
            Ok(Heard { inner, heard: None, limit })
        })
    }
}

/// A connection whose first bytes are looked at while they pass.
pub(crate) struct Heard<T> {
    inner: T,
    /// The first bytes that came, while they do not say the limit.
    heard: Option<Vec<u8>>,
    limit: PeerLimit,
}

impl<T> Heard<T> {
    fn hear(&mut self, bytes: &[u8]) {
        let Some(heard) = &mut self.heard else {
            return;
        };
        heard.extend_from_slice(bytes);
        match streams_max(heard) {
            Some(limit) => self.limit.set(limit),
            None if heard.len() < FRAMES_BEGIN_MAX => return,
            // Not what HTTP/2 begins with: hyper will say so.
            None => self.limit.set(usize::MAX),
        }
        self.heard = None;
    }
}

impl<T: Read + Unpin> Read for Heard<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        if self.heard.is_none() {
            return Pin::new(&mut self.inner).poll_read(cx, buffer);
        }
        let mut storage = [0; FRAMES_BEGIN_MAX];
        let length = storage.len().min(buffer.remaining());
        let mut own = ReadBuf::new(&mut storage[..length]);
        ready!(Pin::new(&mut self.inner).poll_read(cx, own.unfilled()))?;
        buffer.put_slice(own.filled());
        self.hear(own.filled());
        Poll::Ready(Ok(()))
    }
}

impl<T: Write + Unpin> Write for Heard<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(cx, pieces)
    }
}

impl<T: Connection> Connection for Heard<T> {
    fn connected(&self) -> Connected {
        self.inner.connected()
    }
}
