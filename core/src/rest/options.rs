use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use tower::{BoxError, Layer, Service};

use crate::rest::client::{Inner, RestClient};
use crate::rest::decoder::Decoder;
use crate::rest::limit::RateLimit;
use crate::rest::metrics::Metrics;
use crate::rest::retry::RetryPolicy;
use crate::rest::warned::Warned;
use crate::rest::warning::Warning;
use crate::transport::{Body, Deadlines, Transport};

/// How the client goes about it. Each gives a client that differs in one thing and shares the connections.
impl RestClient {
    fn with(self, change: impl FnOnce(&mut Inner)) -> Self {
        let mut inner = Arc::unwrap_or_clone(self.0);
        change(&mut inner);
        Self(Arc::new(inner))
    }

    /// How long to wait for answers, for requests without deadlines of their own.
    #[must_use]
    pub fn with_deadlines(self, deadlines: Deadlines) -> Self {
        self.with(|inner| inner.deadlines = deadlines)
    }

    /// When to try again, for requests without a policy of their own.
    #[must_use]
    pub fn with_retry(self, policy: RetryPolicy) -> Self {
        self.with(|inner| inner.retry = policy)
    }

    /// Sends no more requests than this.
    #[must_use]
    pub fn with_limit(self, limit: RateLimit) -> Self {
        self.with(|inner| inner.limit = Some(limit))
    }

    /// Tells what happens to requests.
    #[must_use]
    pub fn with_metrics(self, metrics: impl Metrics) -> Self {
        self.with(|inner| inner.metrics = Some(Arc::new(metrics)))
    }

    /// What to do with the server's warnings, instead of logging each text once. The function is called on the task of
    /// the request, so it must not block.
    #[must_use]
    pub fn on_warning(self, handler: impl Fn(&Warning) + Send + Sync + 'static) -> Self {
        self.with(|inner| inner.warned = Warned::Call(Arc::new(handler)))
    }

    /// Asks for one more media type before JSON, after those of earlier calls.
    #[must_use]
    pub fn with_decoder(self, decoder: impl Decoder) -> Self {
        self.with(|inner| inner.decoders.add(Arc::new(decoder)))
    }

    /// Whether to ask for compressed answers. On by default with the feature `gzip`; without it there are none.
    #[must_use]
    pub fn with_compression(self, compression: bool) -> Self {
        self.with(|inner| inner.compression = compression)
    }

    /// Puts a [`tower::Layer`] around all that is sent: it sees each try, before credentials are added.
    ///
    /// # Examples
    ///
    /// ```
    /// use http::HeaderValue;
    /// use http::Request;
    /// use kubist::rest::RestClient;
    /// use kubist::transport::Body;
    /// use tower::util::MapRequestLayer;
    ///
    /// # fn example(rest: RestClient) -> RestClient {
    /// rest.with_layer(MapRequestLayer::new(|mut request: Request<Body>| {
    ///     request.headers_mut().insert("x-team", HeaderValue::from_static("web"));
    ///     request
    /// }))
    /// # }
    /// ```
    #[must_use]
    pub fn with_layer<L, B>(self, layer: L) -> Self
    where
        L: Layer<Transport>,
        L::Service: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request<Body>>>::Future: Send + 'static,
        <L::Service as Service<Request<Body>>>::Error: Into<BoxError>,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.with(|inner| inner.transport = inner.transport.clone().layer(layer))
    }
}
