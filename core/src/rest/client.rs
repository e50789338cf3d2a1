use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Response, Uri, header};
use serde::de::DeserializeOwned;
use tokio::time::Instant;
use tracing::Instrument;

use crate::error::{Error, ErrorKind, Result};
use crate::rest::decoder::{Decoders, now_json};
use crate::rest::guard::Settled;
use crate::rest::limit::RateLimit;
use crate::rest::metrics::Metrics;
use crate::rest::request::Request;
use crate::rest::response;
use crate::rest::retry::RetryPolicy;
use crate::rest::transcode::Transcoded;
use crate::rest::tries::{self, Tries};
use crate::rest::warned::Warned;
use crate::transport::{Deadlines, ResponseBody, Transport, accepted_encoding, unpacked};

/// The longest answer that is kept in memory as a whole. A list has a limit of its own, for all its pages.
const ANSWER_BYTES_MAX: usize = 1 << 30;
/// The longest answer that is read to learn about a failure.
const FAILURE_BYTES_MAX: usize = 1 << 20;
/// How long the body of a failure may take.
const FAILURE_WAIT: Duration = Duration::from_secs(10);

/// Sends requests to one cluster: any verb, any path. Cheap to clone.
///
/// # Retries
///
/// A request of which nothing was sent is tried again a few times ([`RetryPolicy`]); so is one that the server answered
/// with 429, or 503 and a Retry-After. After a broken connection, 500, 502, 503 and 504, only what changes nothing when
/// it is repeated is tried again: reads, dry runs, and writes that say which version they are meant for
/// (`metadata.resourceVersion` in what is sent; a uid or version among the preconditions of a delete). The answer to
/// such a repeated write, 409 or 404, is settled by a look at the object: was the first one carried out, the answer is
/// the object. Any other write that may have been carried out is never repeated: its error says
/// [`is_outcome_unknown`](Error::is_outcome_unknown). What was tried is in [`Error::attempts`](Error::attempts).
///
/// # Examples
///
/// ```no_run
/// use k8s_openapi::api::core::v1::Node;
/// use kubist::client::Client;
/// use kubist::resource::List;
/// use kubist::rest::Request;
///
/// # async fn example() -> kubist::Result<()> {
/// let client = Client::try_default().await?;
/// let request = Request::get("/api/v1/nodes").query("limit", "100");
/// let nodes: List<Node> = client.rest().json(request).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RestClient(pub(crate) Arc<Inner>);

#[derive(Clone)]
pub(crate) struct Inner {
    pub(crate) transport: Transport,
    pub(crate) base: Uri,
    pub(crate) deadlines: Deadlines,
    pub(crate) retry: RetryPolicy,
    pub(crate) limit: Option<RateLimit>,
    pub(crate) metrics: Option<Arc<dyn Metrics>>,
    pub(crate) warned: Warned,
    pub(crate) decoders: Decoders,
    pub(crate) compression: bool,
}

impl RestClient {
    /// A client of the cluster at `base`, over a transport.
    #[must_use]
    pub fn new(transport: Transport, base: Uri, deadlines: Deadlines) -> Self {
        Self(Arc::new(Inner {
            transport,
            base,
            deadlines,
            retry: RetryPolicy::default(),
            limit: None,
            metrics: None,
            warned: Warned::default(),
            decoders: Decoders::default(),
            compression: true,
        }))
    }

    /// The URL of the cluster.
    #[must_use]
    pub fn base_url(&self) -> &Uri {
        &self.0.base
    }

    /// Sends a request and decodes the JSON of the answer.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes), and when the answer is not a `T`.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; a write may have been carried out by then.
    pub async fn json<T: DeserializeOwned>(&self, request: Request) -> Result<T> {
        let answer = self.send(request).await?;
        response::decode(answer.headers(), answer.body())
    }

    /// Sends a request and gives the bytes of the answer.
    ///
    /// # Errors
    ///
    /// When the request is invalid, the server cannot be reached, a deadline passes, or the server
    /// answers with a failure.
    ///
    /// # Cancel safety
    ///
    /// As [`json`](Self::json).
    pub async fn bytes(&self, request: Request) -> Result<Bytes> {
        Ok(self.send(request).await?.into_body())
    }

    /// Sends a request and gives the answer with its status code and headers.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes).
    ///
    /// # Cancel safety
    ///
    /// As [`json`](Self::json).
    pub async fn send(&self, request: Request) -> Result<Response<Bytes>> {
        request.check()?;
        let span = request.span();
        self.send_and_settle(&request).instrument(span).await
    }

    async fn send_and_settle(&self, request: &Request) -> Result<Response<Bytes>> {
        let mut tries = Tries::new(&self.0, request);
        loop {
            tries.begin().await;
            let answered = self.send_once(request, &tries).await;
            let bytes = answered.as_ref().map_or(0, |answer| answer.body().len());
            tries.ended(tries::code(&answered), bytes);
            let error = match answered {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let Some(guard) = tries.to_settle(&error) else {
                tries.again(error).await?;
                continue;
            };
            // Boxed: a look is a request too, though one that needs no look.
            let look = Box::pin(self.send_and_settle(&request.look())).await;
            let settled = match &look {
                Ok(answer) => guard.settle(Some(answer.body())),
                Err(missing) if missing.is_not_found() && !missing.is_unknown_path() => guard.settle(None),
                Err(_) => Settled::Unknown,
            };
            return match settled {
                Settled::Done(body) => Ok(response::settled(body)),
                Settled::Refused => Err(tries.end(error, false)),
                Settled::Unknown => Err(tries.end(error, true)),
            };
        }
    }

    /// Sends a request and gives the body of the answer as it arrives: a watch, a log that is followed,
    /// a long list. It runs over a connection apart from calls with one answer, for as long as the
    /// body is kept.
    ///
    /// # Defaults
    ///
    /// [`Deadlines::stream`]: only the headers have a deadline.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes), up to the headers of the answer; what fails after them is an
    /// error of the body.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future or the body ends the request.
    pub async fn stream(&self, request: Request) -> Result<ResponseBody> {
        request.check()?;
        let request = request.streaming();
        let span = request.span();
        let answer = async {
            let mut tries = Tries::new(&self.0, &request);
            loop {
                tries.begin().await;
                let answered = self.exchange(&request, &tries).await;
                tries.ended(tries::code(&answered), 0);
                match answered {
                    Ok(answer) => return Ok(answer.into_body()),
                    Err(error) => tries.again(error).await?,
                }
            }
        };
        answer.instrument(span).await
    }

    async fn send_once(&self, request: &Request, tries: &Tries<'_>) -> Result<Response<Bytes>> {
        let (mut parts, body) = self.exchange(request, tries).await?.into_parts();
        let mut body = body.collect(request.answer_limit.unwrap_or(ANSWER_BYTES_MAX)).await?;
        let known = self.0.decoders.of(&parts.headers);
        if let Some(decoder) = known.filter(|_| request.is_negotiated() && !body.is_empty()) {
            body = decoder.to_json(&body)?.into();
            now_json(&mut parts.headers);
        }
        Ok(Response::from_parts(parts, body))
    }

    /// One try, up to the headers. An answer that is not a success is an error.
    async fn exchange(&self, request: &Request, tries: &Tries<'_>) -> Result<Response<ResponseBody>> {
        let inner = &*self.0;
        let mut wire = request.build(&inner.base)?;
        let headers = wire.headers_mut();
        if let Some(accept) = inner.decoders.accept().filter(|_| request.is_negotiated()) {
            headers.insert(header::ACCEPT, accept.clone());
        }
        if let Some(encoding) = accepted_encoding().filter(|_| inner.compression) {
            headers.entry(header::ACCEPT_ENCODING).or_insert(HeaderValue::from_static(encoding));
        }
        let answer = inner.transport.send(wire, tries.deadlines()).await;
        let answer = answer.map_err(|error| if request.is_watch() { held_back(error) } else { error })?;
        inner.warned.tell(answer.headers(), tries.template());
        let answer = unpacked(answer)?;
        if answer.status().is_success() {
            return Ok(if request.streaming { self.as_json(request, answer) } else { answer });
        }
        let (parts, body) = answer.into_parts();
        let body = body.with_deadlines(Instant::now(), Some(FAILURE_WAIT), None);
        // The code says enough when the rest does not come.
        let mut body = body.collect(FAILURE_BYTES_MAX).await.unwrap_or_default();
        if let Some(decoder) = inner.decoders.of(&parts.headers) {
            body = decoder.to_json(&body).unwrap_or_default().into();
        }
        Err(response::failure(parts.status, &parts.headers, &body))
    }

    /// A streamed answer, as JSON.
    fn as_json(&self, request: &Request, answer: Response<ResponseBody>) -> Response<ResponseBody> {
        let known = self.0.decoders.of(answer.headers()).filter(|_| request.is_negotiated());
        let Some(decoder) = known.cloned() else {
            return answer;
        };
        let (mut parts, body) = answer.into_parts();
        now_json(&mut parts.headers);
        let body = if request.is_watch() {
            Transcoded::events(body, decoder)
        } else {
            Transcoded::whole(body, decoder, request.answer_limit.unwrap_or(ANSWER_BYTES_MAX))
        };
        Response::from_parts(parts, body)
    }
}

/// A watch that is not answered in time, with what is most likely: the API server answers before the first event.
fn held_back(error: Error) -> Error {
    if error.kind() != ErrorKind::Timeout {
        return error;
    }
    error.with_source(Error::new(ErrorKind::Timeout, "a proxy in between may hold the answer back"))
}

impl fmt::Debug for RestClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RestClient").field("base_url", &self.0.base).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use futures_util::{StreamExt, stream};
    use http_body::Frame;
    use http_body_util::Full;

    use super::*;
    use crate::error::Delivery;

    /// Fails before sending this many times.
    fn unreachable(times: u32, delivery: Delivery) -> (RestClient, Arc<AtomicU32>) {
        let tries = Arc::<AtomicU32>::default();
        let count = Arc::clone(&tries);
        let service = tower::service_fn(move |_request: http::Request<crate::transport::Body>| {
            let answer = if count.fetch_add(1, Ordering::Relaxed) < times {
                Err(Error::undelivered(ErrorKind::Transport, delivery, "no connection"))
            } else {
                Ok(Response::new(Full::new(Bytes::from_static(b"{}"))))
            };
            std::future::ready(answer)
        });
        let base = Uri::from_static("http://fake");
        let rest = RestClient::new(Transport::new(service), base, Deadlines::unary());
        (rest, tries)
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_of_which_nothing_was_sent_is_tried_again() {
        let (rest, tries) = unreachable(3, Delivery::NotSent);
        rest.bytes(Request::post("/x")).await.unwrap();
        assert_eq!(tries.load(Ordering::Relaxed), 4);

        let (rest, tries) = unreachable(u32::MAX, Delivery::NotSent);
        let error = rest.bytes(Request::post("/x")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(!error.is_outcome_unknown());
        assert_eq!(tries.load(Ordering::Relaxed), 4);
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_is_not_trusted_is_not_tried_again() {
        let (rest, tries) = unreachable(u32::MAX, Delivery::Refused);
        rest.bytes(Request::get("/x")).await.unwrap_err();
        assert_eq!(tries.load(Ordering::Relaxed), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_stream_is_not_ended_by_the_deadline_of_calls() {
        let service = tower::service_fn(|_request: http::Request<crate::transport::Body>| {
            let body = http_body_util::StreamBody::new(stream::pending::<Result<Frame<Bytes>>>());
            std::future::ready(Ok::<_, Error>(Response::new(body)))
        });
        let base = Uri::from_static("http://fake");
        let rest = RestClient::new(Transport::new(service), base, Deadlines::unary());
        let call = rest.bytes(Request::get("/log")).await;
        assert!(call.unwrap_err().is_timeout());
        let mut body = rest.stream(Request::get("/log")).await.unwrap();
        let next = tokio::time::timeout(Duration::from_secs(3600), body.next()).await;
        assert!(next.is_err(), "the stream ended");
    }
}
