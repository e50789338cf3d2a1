use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Response, Uri};
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use crate::error::{Error, Result};
use crate::rest::request::Request;
use crate::rest::response;
use crate::rest::retry::{self, Attempts};
use crate::task::Random;
use crate::transport::{Deadlines, ResponseBody, Transport};

/// The longest answer that is kept in memory as a whole. A list has a limit of its own, for all its pages.
const ANSWER_BYTES_MAX: usize = 1 << 30;
/// The longest answer that is read to learn about a failure.
const FAILURE_BYTES_MAX: usize = 1 << 20;
/// How long the body of a failure may take.
const FAILURE_WAIT: Duration = Duration::from_secs(10);

/// Sends requests to one cluster: any verb, any path. Cheap to clone.
///
/// A request of which nothing was sent is tried again a few times; so is one that the server
/// answered with 429, or 503 and a Retry-After; a GET also after a broken connection and 5xx. A
/// write that broke after it was sent is never repeated: its error says
/// [`is_outcome_unknown`](Error::is_outcome_unknown).
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
pub struct RestClient(Arc<Inner>);

struct Inner {
    transport: Transport,
    base: Uri,
    deadlines: Deadlines,
}

impl RestClient {
    /// A client of the cluster at `base`, over a transport.
    #[must_use]
    pub fn new(transport: Transport, base: Uri, deadlines: Deadlines) -> Self {
        Self(Arc::new(Inner { transport, base, deadlines }))
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
        let mut attempts = Attempts::default();
        loop {
            match self.send_once(&request).await {
                Ok(answer) => return Ok(answer),
                Err(error) => wait_or_give_up(&mut attempts, &request, error).await?,
            }
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
        let request = request.streaming();
        let mut attempts = Attempts::default();
        loop {
            match self.exchange(&request).await {
                Ok(answer) => return Ok(answer.into_body()),
                Err(error) => wait_or_give_up(&mut attempts, &request, error).await?,
            }
        }
    }

    async fn send_once(&self, request: &Request) -> Result<Response<Bytes>> {
        let (parts, body) = self.exchange(request).await?.into_parts();
        let body = body.collect(ANSWER_BYTES_MAX).await?;
        Ok(Response::from_parts(parts, body))
    }

    /// One try, up to the headers. An answer that is not a success is an error.
    async fn exchange(&self, request: &Request) -> Result<Response<ResponseBody>> {
        let deadlines = match request.deadlines {
            Some(deadlines) => deadlines,
            None if request.streaming => Deadlines::stream(),
            None => self.0.deadlines,
        };
        let wire = request.build(&self.0.base)?;
        let start = Instant::now();
        let path = wire.uri().path().to_owned();
        let answered = self.0.transport.send(wire, deadlines).await;
        log(request, &path, start, &answered);
        let answer = answered?;
        if answer.status().is_success() {
            return Ok(answer);
        }
        let (parts, body) = answer.into_parts();
        let body = body.with_deadlines(Instant::now(), Some(FAILURE_WAIT), None);
        // The code says enough when the rest does not come.
        let body = body.collect(FAILURE_BYTES_MAX).await.unwrap_or_default();
        Err(response::failure(parts.status, &parts.headers, &body))
    }
}

fn log(request: &Request, path: &str, start: Instant, answered: &Result<Response<ResponseBody>>) {
    let method = &request.method;
    let millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    match answered {
        Ok(answer) => {
            let code = answer.status().as_u16();
            tracing::debug!(%method, path, code, millis, "answered");
        }
        Err(error) => tracing::debug!(%method, path, %error, millis, "not answered"),
    }
}

/// Waits for the next try, or gives the error that the caller gets.
async fn wait_or_give_up(attempts: &mut Attempts, request: &Request, error: Error) -> Result<()> {
    let delay =
        request.retry.then(|| attempts.next_delay(&request.method, &error, Random::new().unit())).flatten();
    let Some(delay) = delay else {
        return Err(if retry::is_outcome_unknown(&request.method, &error) {
            error.with_unknown_outcome()
        } else {
            error
        });
    };
    tracing::debug!(%error, ?delay, "trying again");
    tokio::time::sleep(delay).await;
    Ok(())
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
    use crate::error::{Delivery, ErrorKind};

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
