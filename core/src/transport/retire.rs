//! Connections that end some time after they have been replaced.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::BoxFuture;
use http::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use tokio::sync::watch;
use tower::{BoxError, Service};

use crate::transport::peer::Connector;

/// Calls that are on their way when their connection is replaced have this long to finish. It is the
/// default of [`Deadlines::unary`](crate::transport::Deadlines::unary), so what is left then is
/// streams, and those are resumed.
pub(crate) const GRACE: Duration = Duration::from_secs(60);

/// Ends connections. Dropping it ends none: a stream may outlive its client.
pub(crate) struct Retirement(watch::Sender<bool>);

impl Retirement {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// The connections made by this connector are those that are ended.
    pub(crate) fn of<C>(&self, connector: C) -> Retirable<C> {
        Retirable { connector, retired: self.0.subscribe() }
    }

    /// Ends the connections after [`GRACE`].
    pub(crate) fn begin(&self) {
        self.0.send_replace(true);
    }
}

/// A connector whose connections can be ended.
#[derive(Clone)]
pub(crate) struct Retirable<C> {
    connector: C,
    retired: watch::Receiver<bool>,
}

impl<C: Connector> Service<Uri> for Retirable<C> {
    type Response = Wire<C::Response>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.connector.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = self.connector.call(uri);
        let over = over(self.retired.clone());
        Box::pin(async move {
            let io = connecting.await.map_err(Into::into)?;
            Ok(Wire { io, over: Box::pin(over) })
        })
    }
}

/// Ends when the connection has to.
async fn over(mut retired: watch::Receiver<bool>) {
    if retired.wait_for(|retired| *retired).await.is_err() {
        // The client is gone, and what it left is not our business.
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(GRACE).await;
}

/// A connection that fails once it is over.
pub(crate) struct Wire<IO> {
    io: IO,
    over: BoxFuture<'static, ()>,
}

impl<IO: Connection> Connection for Wire<IO> {
    fn connected(&self) -> Connected {
        self.io.connected()
    }
}

impl<IO: Read + Unpin> Read for Wire<IO> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        // What has arrived is read first.
        let read = Pin::new(&mut self.io).poll_read(cx, buf);
        if read.is_pending() && self.over.as_mut().poll(cx).is_ready() {
            // It must not be polled again.
            self.over = Box::pin(std::future::ready(()));
            let message = "the certificates of this connection have been replaced";
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::ConnectionAborted, message)));
        }
        read
    }
}

impl<IO: Write + Unpin> Write for Wire<IO> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write_vectored(cx, buf)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }
}
