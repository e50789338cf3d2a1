//! A service whose answers may go on: watches, bodies that trickle, answers that never come.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::{Request, Response};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use kubist::client::Client;
use kubist::transport::Body;
use tower::Service;

use crate::server::ServerBody;

type Handler = dyn Fn(&str, usize) -> Option<Response<ServerBody>> + Send + Sync;

/// Answers a request by its line and by how many there were before; `None` never answers.
#[derive(Clone)]
pub(crate) struct Script {
    handler: Arc<Handler>,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Script {
    pub(crate) fn new(
        handler: impl Fn(&str, usize) -> Option<Response<ServerBody>> + Send + Sync + 'static,
    ) -> Self {
        Self { handler: Arc::new(handler), lines: Arc::default() }
    }

    pub(crate) fn client(&self) -> Client {
        Client::from_service(self.clone(), "http://fake", "shop").unwrap()
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    /// The lines of the watches.
    pub(crate) fn watches(&self) -> Vec<String> {
        self.lines().into_iter().filter(|line| line.contains("watch=true")).collect()
    }
}

impl Service<Request<Body>> for Script {
    type Response = Response<ServerBody>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let line = format!("{} {}", request.method(), request.uri().path_and_query().unwrap());
        let mut lines = self.lines.lock().unwrap();
        let answer = (self.handler)(&line, lines.len());
        lines.push(line);
        Box::pin(async move {
            match answer {
                Some(answer) => Ok(answer),
                None => std::future::pending().await,
            }
        })
    }
}

/// A whole answer.
pub(crate) fn answer(code: u16, body: &(impl ToString + ?Sized)) -> Option<Response<ServerBody>> {
    let body = http_body_util::Full::new(Bytes::from(body.to_string())).boxed_unsync();
    Some(Response::builder().status(code).header("content-type", "application/json").body(body).unwrap())
}

/// An answer that is open until the client leaves.
pub(crate) fn open(bytes: impl AsRef<[u8]>) -> Option<Response<ServerBody>> {
    Some(crate::server::endless(vec![Bytes::copy_from_slice(bytes.as_ref())]))
}

/// An answer of which a byte comes now and then, for ever.
pub(crate) fn trickle(pause: Duration) -> Option<Response<ServerBody>> {
    let bytes = stream::unfold(tokio::time::interval(pause), |mut interval| async {
        interval.tick().await;
        Some((Ok(Frame::data(Bytes::from_static(b" "))), interval))
    });
    Some(Response::new(StreamBody::new(bytes.boxed()).boxed_unsync()))
}
