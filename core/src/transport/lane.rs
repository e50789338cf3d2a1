use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{Either, select};
use http::{Request, Response, Version};
use http_body::Frame;
use hyper::body::Incoming;
use hyper_util::client::legacy::connect::{Connect, capture_connection};
use hyper_util::client::legacy::{Client, Error as ClientError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::sync::Mutex;

use crate::error::{Error, ErrorKind, Result};
use crate::transport::body::{Body, ResponseBody};
use crate::transport::failure;

const PING_INTERVAL: Duration = Duration::from_secs(30);
const PING_TIMEOUT: Duration = Duration::from_secs(15);

/// One HTTP/2 connection and what runs over it; over HTTP/1.1 one per request in flight.
pub(crate) struct Lane<C> {
    client: Client<C, Body>,
    open: Arc<AtomicUsize>,
    connecting: Arc<Mutex<()>>,
    http1: Arc<AtomicBool>,
}

/// How many bytes the server may send before somebody reads them.
#[derive(Clone, Copy)]
pub(crate) struct Windows {
    pub(crate) stream: u32,
    pub(crate) connection: u32,
}

impl<C: Clone> Clone for Lane<C> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            open: Arc::clone(&self.open),
            connecting: Arc::clone(&self.connecting),
            http1: Arc::clone(&self.http1),
        }
    }
}

impl<C> Lane<C>
where
    C: Connect + Clone + Send + Sync + 'static,
{
    pub(crate) fn new(connector: C, windows: Windows) -> Self {
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .http2_initial_stream_window_size(windows.stream)
            .http2_initial_connection_window_size(windows.connection)
            .http2_keep_alive_interval(PING_INTERVAL)
            .http2_keep_alive_timeout(PING_TIMEOUT)
            .build(connector);
        Self { client, open: Arc::default(), connecting: Arc::default(), http1: Arc::default() }
    }

    /// How many streams hold room here.
    pub(crate) fn open(&self) -> usize {
        self.open.load(Ordering::Acquire)
    }

    /// Takes room for one more stream.
    pub(crate) fn take(&self) -> OpenStream {
        self.open.fetch_add(1, Ordering::AcqRel);
        OpenStream(Arc::clone(&self.open))
    }

    /// Sends a request.
    ///
    /// While one request is on the way to its connection, others wait for it to get there: then they
    /// share the connection instead of each making one. When it did not get there, or the server
    /// speaks HTTP/1.1, they go their own way, so nobody waits for more than one connection.
    pub(crate) async fn send(
        &self,
        request: Request<Body>,
        open: Option<OpenStream>,
    ) -> Result<Response<ResponseBody>> {
        let host = request.uri().authority().map(ToString::to_string).unwrap_or_default();
        let answer = self.answer(request).await.map_err(|error| exchange_failed(&host, error))?;
        self.http1.store(answer.version() < Version::HTTP_2, Ordering::Release);
        Ok(answer.map(|inner| ResponseBody::new(Held { inner, _open: open })))
    }

    async fn answer(&self, mut request: Request<Body>) -> Result<Response<Incoming>, ClientError> {
        if self.http1.load(Ordering::Acquire) {
            return self.client.request(request).await;
        }
        let Ok(turn) = self.connecting.try_lock() else {
            drop(self.connecting.lock().await);
            return self.client.request(request).await;
        };
        let mut captured = capture_connection(&mut request);
        let answer = self.client.request(request);
        let connected = pin!(async { drop(captured.wait_for_connection_metadata().await) });
        match select(answer, connected).await {
            Either::Left((answer, _)) => answer,
            Either::Right((_, answer)) => {
                drop(turn);
                answer.await
            }
        }
    }
}

fn exchange_failed(host: &str, error: ClientError) -> Error {
    if error.is_connect() {
        return failure::no_connection(host, error.into());
    }
    Error::new(ErrorKind::Transport, format!("the connection to {host} broke before the answer"))
        .with_source(error)
}

/// One stream of a lane; dropping it makes room.
pub(crate) struct OpenStream(Arc<AtomicUsize>);

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// A body that holds its room in the lane until it is dropped.
struct Held<B> {
    inner: B,
    _open: Option<OpenStream>,
}

impl<B> http_body::Body for Held<B>
where
    B: http_body::Body<Data = Bytes> + Unpin,
{
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        Pin::new(&mut self.inner).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.inner.size_hint()
    }
}
