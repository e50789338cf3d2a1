use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::Stream;
use http_body::Frame;
use http_body_util::BodyExt;
use http_body_util::Full;
use http_body_util::combinators::UnsyncBoxBody;
use tokio::time::{Instant, Sleep};
use tower::BoxError;

use crate::error::{Error, ErrorKind, Result};
use crate::transport::failure;

/// The body of a request: bytes that are known before it is sent, so that it can be sent again.
pub type Body = Full<Bytes>;

/// The body of an answer, as it arrives.
///
/// It is a [`Stream`] of chunks and an [`http_body::Body`]. Dropping it ends the request.
pub struct ResponseBody {
    inner: UnsyncBoxBody<Bytes, BoxError>,
    total: Option<Wait>,
    idle: Option<Wait>,
}

struct Wait {
    length: Duration,
    sleep: Pin<Box<Sleep>>,
}

impl Wait {
    fn until(start: Instant, length: Duration) -> Self {
        Self { length, sleep: Box::pin(tokio::time::sleep_until(start + length)) }
    }

    fn poll_over(&mut self, cx: &mut Context<'_>) -> bool {
        self.sleep.as_mut().poll(cx).is_ready()
    }

    /// Whether the time is over, for a task that reads on and on and so never sees its timers end.
    fn is_over(&self) -> bool {
        self.sleep.deadline() <= Instant::now()
    }

    fn restart(&mut self) {
        let deadline = Instant::now() + self.length;
        self.sleep.as_mut().reset(deadline);
    }
}

impl ResponseBody {
    /// Wraps the body that a service answered with.
    #[must_use]
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self { inner: body.map_err(Into::into).boxed_unsync(), total: None, idle: None }
    }

    /// Ends the body with a timeout `total` after `start`, or when `idle` passes without a chunk.
    pub(crate) fn with_deadlines(
        mut self,
        start: Instant,
        total: Option<Duration>,
        idle: Option<Duration>,
    ) -> Self {
        self.total = total.map(|length| Wait::until(start, length));
        self.idle = idle.map(|length| Wait::until(Instant::now(), length));
        self
    }

    /// Starts the wait for the next chunk anew: what passed before was the reader's own time.
    pub(crate) fn restart_idle(&mut self) {
        if let Some(idle) = &mut self.idle {
            idle.restart();
        }
    }

    /// Reads the whole body, at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// When the connection breaks, a deadline passes, or the body is longer.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops the body and ends the request.
    pub async fn collect(self, limit: usize) -> Result<Bytes> {
        let body = http_body_util::Limited::new(self, limit);
        match body.collect().await {
            Ok(collected) => Ok(collected.to_bytes()),
            Err(error) => match error.downcast::<Error>() {
                Ok(error) => Err(*error),
                Err(_) => {
                    Err(Error::new(ErrorKind::Decode, format!("the answer is longer than {limit} bytes")))
                }
            },
        }
    }

    fn poll_deadlines(&mut self, cx: &mut Context<'_>) -> Option<Error> {
        let over = |wait: &mut Option<Wait>, cx: &mut Context<'_>| match wait {
            Some(wait) => wait.poll_over(cx).then_some(wait.length),
            None => None,
        };
        if let Some(length) = over(&mut self.total, cx) {
            return Some(late(length));
        }
        over(&mut self.idle, cx).map(|length| timeout("nothing more of the answer arrived", length))
    }
}

/// What a passed deadline says.
pub(crate) fn timeout(what: &str, length: Duration) -> Error {
    Error::new(ErrorKind::Timeout, format!("{what} within {length:?}"))
}

fn late(total: Duration) -> Error {
    timeout("the whole answer did not arrive", total)
}

impl http_body::Body for ResponseBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.inner).poll_frame(cx);
        match polled {
            Poll::Ready(frame) => {
                let total = this.total.as_ref().filter(|total| frame.is_some() && total.is_over());
                if let Some(total) = total {
                    return Poll::Ready(Some(Err(late(total.length))));
                }
                if let Some(idle) = &mut this.idle {
                    idle.restart();
                }
                Poll::Ready(frame.map(|frame| frame.map_err(failure::broken_body)))
            }
            Poll::Pending => match this.poll_deadlines(cx) {
                Some(error) => Poll::Ready(Some(Err(error))),
                None => Poll::Pending,
            },
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.inner.size_hint()
    }
}

impl Stream for ResponseBody {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = std::task::ready!(http_body::Body::poll_frame(self.as_mut(), cx));
            match frame {
                Some(Ok(frame)) => {
                    // Trailers carry nothing for us.
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::{StreamExt, stream};
    use http_body_util::StreamBody;
    use tokio::time::advance;

    use super::*;

    /// A body of this many chunks, each of which is there when it is asked for.
    fn ready(chunks: usize) -> ResponseBody {
        let chunk = || Ok::<_, Error>(Frame::data(Bytes::from_static(b"x")));
        ResponseBody::new(StreamBody::new(stream::repeat_with(chunk).take(chunks)))
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_always_has_more_meets_its_total_deadline() {
        let total = Duration::from_secs(5);
        let mut body = ready(usize::MAX).with_deadlines(Instant::now(), Some(total), None);
        // More chunks than a task may read before it must let others run.
        for _ in 0..1000 {
            assert_eq!(body.next().await.unwrap().unwrap(), "x");
        }
        advance(total).await;
        let error = body.next().await.unwrap().unwrap_err();
        assert_eq!(error.to_string(), "the whole answer did not arrive within 5s");
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_has_arrived_may_end_after_its_deadline() {
        let total = Duration::from_secs(5);
        let mut body = ready(1).with_deadlines(Instant::now(), Some(total), None);
        assert_eq!(body.next().await.unwrap().unwrap(), "x");
        advance(total).await;
        assert!(body.next().await.is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_pauses_meets_its_idle_deadline() {
        let idle = Duration::from_secs(5);
        let chunks = stream::iter([Ok::<_, Error>(Frame::data(Bytes::from_static(b"x")))]);
        let body = ResponseBody::new(StreamBody::new(chunks.chain(stream::pending())));
        let mut body = body.with_deadlines(Instant::now(), None, Some(idle));
        assert_eq!(body.next().await.unwrap().unwrap(), "x");
        let start = Instant::now();
        let error = body.next().await.unwrap().unwrap_err();
        assert_eq!((start.elapsed(), error.kind()), (idle, ErrorKind::Timeout));
    }
}
