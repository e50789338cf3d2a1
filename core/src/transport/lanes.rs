use std::pin::Pin;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::task::{Context, Poll};

use http::{Request, Response};
use tower::Service;

use crate::error::{Error, Result};
use crate::transport::body::{Body, ResponseBody};
use crate::transport::lane::{Lane, OpenStream, Windows};
use crate::transport::peer::Connector;

/// Streamed answers on one HTTP/2 connection, at most; fewer where the server allows less than 100 streams. Past its
/// limit, new requests would wait for a stream to end, and a watch does not end.
const STREAMS_PER_LANE: usize = 75;

/// What the server may send on a stream that nobody reads. Times the streams of a lane this is less
/// than the window of the connection, so unread streams cannot stall the others.
const STREAM_WINDOW: u32 = 512 * 1024;
const STREAM_WINDOWS: Windows =
    Windows { stream: STREAM_WINDOW, connection: STREAM_WINDOW * (STREAMS_PER_LANE as u32 + 1) };

const UNARY_WINDOWS: Windows = Windows { stream: 4 * 1024 * 1024, connection: 32 * 1024 * 1024 };

/// Marks a request, in its extensions, whose answer may go on: a watch, a log, and a list, which is
/// read as it arrives.
#[derive(Clone, Copy)]
pub(crate) struct Streaming;

/// Connections by what runs over them: calls with one answer share one HTTP/2 connection; streams
/// have others, with room to spare on each. Over HTTP/1.1 each request in flight has its own.
pub(crate) struct Lanes<C> {
    connector: C,
    unary: Lane<C>,
    streams: Arc<Mutex<Vec<Lane<C>>>>,
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

impl<C: Connector> Lanes<C> {
    pub(crate) fn new(connector: C) -> Self {
        Self { unary: Lane::new(connector.clone(), UNARY_WINDOWS), streams: Arc::default(), connector }
    }

    /// A lane with room for one more stream, and the guard that holds the room.
    fn stream_lane(&self) -> (Lane<C>, OpenStream) {
        let mut lanes = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        // Room is taken under the lock alone, so it is still there.
        let free = lanes.iter().find(|lane| lane.open() < room(lane));
        let lane = match free {
            Some(lane) => lane.clone(),
            None => {
                let lane = Lane::new(self.connector.clone(), STREAM_WINDOWS);
                lanes.push(lane.clone());
                lane
            }
        };
        let open = lane.take();
        (lane, open)
    }

    /// Keeps the room, unless the server has said since that there is less.
    fn keep(&self, lane: &Lane<C>, open: OpenStream) -> Option<OpenStream> {
        let _lanes = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        (lane.open() <= room(lane)).then_some(open)
    }

    async fn stream(&self, request: Request<Body>) -> Result<Response<ResponseBody>> {
        loop {
            let (lane, open) = self.stream_lane();
            let turn = lane.enter().await;
            if let Some(open) = self.keep(&lane, open) {
                return lane.send(request, turn, Some(open)).await;
            }
        }
    }
}

/// Three quarters of what the server allows, or what is usual.
fn room<C: Connector>(lane: &Lane<C>) -> usize {
    let said = lane.limit().map_or(STREAMS_PER_LANE, |limit| limit / 4 * 3 + limit % 4 * 3 / 4);
    said.clamp(1, STREAMS_PER_LANE)
}

impl<C: Connector> Service<Request<Body>> for Lanes<C> {
    type Response = Response<ResponseBody>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let lanes = self.clone();
        Box::pin(async move {
            match request.extensions().get::<Streaming>() {
                Some(Streaming) => lanes.stream(request).await,
                None => {
                    let turn = lanes.unary.enter().await;
                    lanes.unary.send(request, turn, None).await
                }
            }
        })
    }
}
