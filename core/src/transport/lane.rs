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
use hyper_util::client::legacy::connect::capture_connection;
use hyper_util::client::legacy::{Client, Error as ClientError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::transport::body::{Body, ResponseBody};
use crate::transport::failure;
use crate::transport::peer::{Connector, PeerLimit, Peered};

const PING_INTERVAL: Duration = Duration::from_secs(30);
const PING_TIMEOUT: Duration = Duration::from_secs(15);

/// One HTTP/2 connection and what runs over it; over HTTP/1.1 one per request in flight.
pub(crate) struct Lane<C> {
    client: Client<Peered<C>, Body>,
    open: Arc<AtomicUsize>,
    connecting: Arc<Mutex<()>>,
    http1: Arc<AtomicBool>,
    limit: PeerLimit,
}

/// How many bytes the server may send before somebody reads them.
#[derive(Clone, Copy)]
pub(crate) struct Windows {
    pub(crate) stream: u32,
    pub(crate) connection: u32,
}

/// The turn to make the connection of a lane; the others wait for it to be over.
pub(crate) struct Turn(#[expect(dead_code, reason = "held")] OwnedMutexGuard<()>);

impl<C: Clone> Clone for Lane<C> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            open: Arc::clone(&self.open),
            connecting: Arc::clone(&self.connecting),
            http1: Arc::clone(&self.http1),
            limit: self.limit.clone(),
        }
    }
}

impl<C: Connector> Lane<C> {
    pub(crate) fn new(connector: C, windows: Windows) -> Self {
        let limit = PeerLimit::new();
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .http2_initial_stream_window_size(windows.stream)
            .http2_initial_connection_window_size(windows.connection)
            .http2_keep_alive_interval(PING_INTERVAL)
            .http2_keep_alive_timeout(PING_TIMEOUT)
            .build(Peered::new(connector, limit.clone()));
        Self { client, open: Arc::default(), connecting: Arc::default(), http1: Arc::default(), limit }
    }

    /// How many streams hold room here.
    pub(crate) fn open(&self) -> usize {
        self.open.load(Ordering::Acquire)
    }

    /// How many streams the server allows, once it has said so.
    pub(crate) fn limit(&self) -> Option<usize> {
        self.limit.get()
    }

    /// Takes room for one more stream.
    pub(crate) fn take(&self) -> OpenStream {
        self.open.fetch_add(1, Ordering::AcqRel);
        OpenStream(Arc::clone(&self.open))
    }

    /// Waits until there is a connection whose limit is known, or gives the turn to make it.
    ///
    /// While one request is on the way to its connection, others wait for it to get there: then they
    /// share the connection instead of each making one. When it did not get there, or the server
    /// speaks HTTP/1.1, they go their own way, so nobody waits for more than one connection.
    pub(crate) async fn enter(&self) -> Option<Turn> {
        if self.http1.load(Ordering::Acquire) {
            return None;
        }
        if let Ok(turn) = Arc::clone(&self.connecting).try_lock_owned() {
            return Some(Turn(turn));
        }
        drop(self.connecting.lock().await);
        None
    }

    /// Sends a request.
    pub(crate) async fn send(
        &self,
        request: Request<Body>,
        turn: Option<Turn>,
        open: Option<OpenStream>,
    ) -> Result<Response<ResponseBody>> {
        let host = request.uri().authority().map(ToString::to_string).unwrap_or_default();
        let answer = self.answer(request, turn).await.map_err(|error| exchange_failed(&host, error))?;
        self.http1.store(answer.version() < Version::HTTP_2, Ordering::Release);
        Ok(answer.map(|inner| ResponseBody::new(Held { inner, _open: open })))
    }

    async fn answer(
        &self,
        mut request: Request<Body>,
        turn: Option<Turn>,
    ) -> Result<Response<Incoming>, ClientError> {
        let Some(turn) = turn else {
            return self.client.request(request).await;
        };
        let mut captured = capture_connection(&mut request);
        let answer = self.client.request(request);
        let connected = pin!(async {
            drop(captured.wait_for_connection_metadata().await);
            self.limit.known().await;
        });
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
    if failure::is_unprocessed(&error) {
        let message = format!("{host} is going away and did not take the request");
        return Error::undelivered(ErrorKind::Transport, Delivery::NotSent, message).with_source(error);
    }
    if failure::is_identity_refused(&error) {
        let message = format!("{host} refused the client certificate");
        return Error::undelivered(ErrorKind::Transport, Delivery::Refused, message).with_source(error);
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
