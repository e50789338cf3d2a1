use std::fmt;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{Request, Response};
use tokio::time::Instant;
use tower::util::BoxCloneSyncService;
use tower::{BoxError, Layer, Service, ServiceExt};

use crate::error::{Error, Result};
use crate::transport::body::{Body, ResponseBody};
use crate::transport::deadlines::Deadlines;
use crate::transport::failure;
use crate::transport::stage::Stage;

/// Sends one HTTP request and gives its answer: any [`tower::Service`], boxed. Cheap to clone.
#[derive(Clone)]
pub struct Transport(BoxCloneSyncService<Request<Body>, Response<ResponseBody>, Error>);

impl Transport {
    /// Takes a service: a stack with layers of your own, or a fake.
    #[must_use]
    pub fn new<S, B>(service: S) -> Self
    where
        S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
        S::Future: Send + 'static,
        S::Error: Into<BoxError>,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(BoxCloneSyncService::new(
            service
                .map_response(|response: Response<B>| response.map(ResponseBody::new))
                .map_err(|error: S::Error| failure::from_service(error.into())),
        ))
    }

    /// Puts a layer around this transport.
    #[must_use]
    pub fn layer<L, B>(self, layer: L) -> Self
    where
        L: Layer<Self>,
        L::Service: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request<Body>>>::Future: Send + 'static,
        <L::Service as Service<Request<Body>>>::Error: Into<BoxError>,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self::new(layer.layer(self))
    }

    /// Sends a request whose URI is absolute, and waits for the headers of the answer.
    ///
    /// # Errors
    ///
    /// When no connection came about, it broke, or a deadline passed. An answer of any status is
    /// not an error here.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; the server may have got it by then.
    pub async fn send(
        &self,
        mut request: Request<Body>,
        deadlines: Deadlines,
    ) -> Result<Response<ResponseBody>> {
        let stage = Stage::default();
        request.extensions_mut().insert(stage.clone());
        let start = Instant::now();
        let wait = match (deadlines.headers, deadlines.total) {
            (Some(headers), Some(total)) => Some(headers.min(total)),
            (headers, total) => headers.or(total),
        };
        let answer = self.0.clone().oneshot(request);
        let response = match wait {
            None => answer.await?,
            Some(wait) => tokio::time::timeout(wait, answer).await.map_err(|_| stage.late(wait))??,
        };
        Ok(response.map(|body| body.with_deadlines(start, deadlines.total, deadlines.idle)))
    }
}

/// So that layers can be put around it.
impl Service<Request<Body>> for Transport {
    type Response = Response<ResponseBody>;
    type Error = Error;
    type Future = BoxFuture<'static, Result<Self::Response>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<()>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        self.0.call(request)
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").finish_non_exhaustive()
    }
}
