use bytes::Bytes;
use http::{Request, Response};
use tower::{BoxError, Layer, Service};

use crate::client::Client;
use crate::rest::{Decoder, Metrics, RateLimit, RestClient, RetryPolicy, Warning};
use crate::transport::{Body, Transport};

/// How the client goes about it. Each gives a client that differs in one thing and shares the connections.
impl Client {
    fn with(self, change: impl FnOnce(RestClient) -> RestClient) -> Self {
        Self { rest: change(self.rest), ..self }
    }

    /// What to do with the server's warnings (a deprecated version, an unknown field), instead of logging each text
    /// once. The function is called on the task of the request, so it must not block.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use kubist::client::Client;
    ///
    /// # async fn example() -> kubist::Result<()> {
    /// let client = Client::try_default().await?.on_warning(|warning| eprintln!("Warning: {warning}"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn on_warning(self, handler: impl Fn(&Warning) + Send + Sync + 'static) -> Self {
        self.with(|rest| rest.on_warning(handler))
    }

    /// When to try again, for requests without a policy of their own.
    #[must_use]
    pub fn with_retry(self, policy: RetryPolicy) -> Self {
        self.with(|rest| rest.with_retry(policy))
    }

    /// Sends no more requests than this.
    #[must_use]
    pub fn with_limit(self, limit: RateLimit) -> Self {
        self.with(|rest| rest.with_limit(limit))
    }

    /// Tells what happens to requests.
    #[must_use]
    pub fn with_metrics(self, metrics: impl Metrics) -> Self {
        self.with(|rest| rest.with_metrics(metrics))
    }

    /// Asks for one more media type before JSON, after those of earlier calls.
    #[must_use]
    pub fn with_decoder(self, decoder: impl Decoder) -> Self {
        self.with(|rest| rest.with_decoder(decoder))
    }

    /// Whether to ask for compressed answers; see [`RestClient::with_compression`].
    #[must_use]
    pub fn with_compression(self, compression: bool) -> Self {
        self.with(|rest| rest.with_compression(compression))
    }

    /// Puts a [`tower::Layer`] around all that is sent; see [`RestClient::with_layer`].
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
        self.with(|rest| rest.with_layer(layer))
    }
}
