use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};

use crate::error::{Error, ErrorKind, Result};
use crate::resource::Stored;
use crate::watch::frame::{FRAME_BYTES_MAX, Frames};
use crate::watch::{WatchEvent, decode};

/// The events in the body of a watch.
///
/// The stream ends when the server ends the watch, which it does every few minutes, and after the
/// first error: what follows a broken event cannot be trusted. Open the watch again at the version of
/// the last event then. One object that cannot be decoded is no error but
/// [`WatchEvent::Undecodable`], and the stream goes on.
pub fn events<S, B>(body: B) -> WatchStream<S, B>
where
    S: Stored,
    B: Stream<Item = Result<Bytes>> + Unpin,
{
    WatchStream { body, frames: Frames::new(FRAME_BYTES_MAX), ended: false, object: PhantomData }
}

/// See [`events`].
pub struct WatchStream<S, B> {
    body: B,
    frames: Frames,
    ended: bool,
    object: PhantomData<fn() -> S>,
}

impl<S, B> fmt::Debug for WatchStream<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WatchStream").field("ended", &self.ended).finish_non_exhaustive()
    }
}

impl<S, B> WatchStream<S, B>
where
    S: Stored,
    B: Stream<Item = Result<Bytes>> + Unpin,
{
    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<WatchEvent<S>>>> {
        loop {
            if let Some(frame) = self.frames.next()? {
                return Poll::Ready(decode::event(&frame).map(Some));
            }
            match ready!(self.body.poll_next_unpin(cx)) {
                Some(chunk) => self.frames.push(chunk?),
                None if self.frames.is_partial() => {
                    return Poll::Ready(Err(Error::new(
                        ErrorKind::Transport,
                        "watch ended in the middle of an event",
                    )));
                }
                None => return Poll::Ready(Ok(None)),
            }
        }
    }
}

impl<S, B> Stream for WatchStream<S, B>
where
    S: Stored,
    B: Stream<Item = Result<Bytes>> + Unpin,
{
    type Item = Result<WatchEvent<S>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.ended {
            return Poll::Ready(None);
        }
        let event = ready!(this.poll_event(cx)).transpose();
        this.ended = !matches!(event, Some(Ok(_)));
        Poll::Ready(event)
    }
}
