use std::pin::Pin;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body::Frame;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::Connect;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tower::Service;

use crate::error::{Error, ErrorKind, Result};
use crate::transport::body::{Body, ResponseBody};
use crate::transport::failure;

/// Long-lived answers on one HTTP/2 connection. The API server allows 100 streams; past that, new
/// requests would wait for a stream to end, and a watch does not end.
const STREAMS_PER_LANE: usize = 75;

/// What the server may send on a stream that nobody reads. Times the streams of a lane this is less
/// than the window of the connection, so unread streams cannot stall the others.
const STREAM_WINDOW: u32 = 512 * 1024;
const STREAM_LANE_WINDOW: u32 = STREAM_WINDOW * (STREAMS_PER_LANE as u32 + 1);

const UNARY_WINDOW: u32 = 4 * 1024 * 1024;
const UNARY_LANE_WINDOW: u32 = 8 * UNARY_WINDOW;

const PING_INTERVAL: Duration = Duration::from_secs(30);
const PING_TIMEOUT: Duration = Duration::from_secs(15);

/// Marks a request, in its extensions, whose answer goes on: a watch.
#[derive(Clone, Copy)]
pub(crate) struct Streaming;

/// Connections by what runs over them: calls with one answer share one HTTP/2 connection; watches
/// have others, with room to spare on each. Over HTTP/1.1 each request in flight has its own.
pub(crate) struct Lanes<C> {
    connector: C,
    unary: Client<C, Body>,
    streams: Arc<Mutex<Vec<Lane<C>>>>,
}

struct Lane<C> {
    client: Client<C, Body>,
    open: Arc<AtomicUsize>,
}

impl<C: Clone> Clone for Lanes<C> {
    fn clone(&self) -> Self {
        Self {
            connector: self.connector.clone(),
            unary: self.unary.clone(),
            streams: Arc::clone(&self.streams),
        }
    }
}

fn client<C>(connector: C, stream_window: u32, window: u32) -> Client<C, Body>
where
    C: Connect + Clone,
{
    Client::builder(TokioExecutor::new())
        .timer(TokioTimer::new())
        .pool_timer(TokioTimer::new())
        .http2_initial_stream_window_size(stream_window)
        .http2_initial_connection_window_size(window)
        .http2_keep_alive_interval(PING_INTERVAL)
        .http2_keep_alive_timeout(PING_TIMEOUT)
        .build(connector)
}

impl<C> Lanes<C>
where
    C: Connect + Clone + Send + Sync + 'static,
{
    pub(crate) fn new(connector: C) -> Self {
        Self {
            unary: client(connector.clone(), UNARY_WINDOW, UNARY_LANE_WINDOW),
            streams: Arc::default(),
            connector,
        }
    }

    /// A client with room for one more stream, and the guard that holds the room.
    fn stream_lane(&self) -> (Client<C, Body>, OpenStream) {
        let mut lanes = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        let free = lanes.iter().position(|lane| lane.open.load(Ordering::Acquire) < STREAMS_PER_LANE);
        let index = free.unwrap_or_else(|| {
            lanes.push(Lane {
                client: client(self.connector.clone(), STREAM_WINDOW, STREAM_LANE_WINDOW),
                open: Arc::default(),
            });
            lanes.len() - 1
        });
        let lane = &lanes[index];
        // Only here does the number rise, and the lock is held.
        lane.open.fetch_add(1, Ordering::AcqRel);
        (lane.client.clone(), OpenStream(Arc::clone(&lane.open)))
    }
}

impl<C> Service<Request<Body>> for Lanes<C>
where
    C: Connect + Clone + Send + Sync + 'static,
{
    type Response = Response<ResponseBody>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let host = request.uri().authority().map(ToString::to_string).unwrap_or_default();
        let (client, open) = match request.extensions().get::<Streaming>() {
            Some(Streaming) => {
                let (client, open) = self.stream_lane();
                (client, Some(open))
            }
            None => (self.unary.clone(), None),
        };
        Box::pin(async move {
            let response = client.request(request).await.map_err(|error| exchange_failed(&host, error))?;
            Ok(response.map(|inner| ResponseBody::new(Held { inner, _open: open })))
        })
    }
}

fn exchange_failed(host: &str, error: hyper_util::client::legacy::Error) -> Error {
    if error.is_connect() {
        return failure::no_connection(host, error.into());
    }
    Error::new(ErrorKind::Transport, format!("the connection to {host} broke before the answer"))
        .with_source(error)
}

/// One stream of a lane; dropping it makes room.
struct OpenStream(Arc<AtomicUsize>);

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
