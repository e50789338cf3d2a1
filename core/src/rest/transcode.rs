use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame};

use crate::error::{Error, ErrorKind, Result};
use crate::rest::decoder::Decoder;
use crate::transport::ResponseBody;

/// The longest event of a watch that is read, in bytes, as in `watch`.
const EVENT_BYTES_MAX: usize = 16 << 20;

/// The body of a streamed answer in another media type, as JSON.
pub(crate) struct Transcoded {
    body: ResponseBody,
    decoder: Arc<dyn Decoder>,
    arrived: BytesMut,
    /// The body is a watch, whose events become lines; otherwise it is one object or list.
    events: bool,
    bytes_max: usize,
    ended: bool,
}

impl Transcoded {
    pub(crate) fn events(body: ResponseBody, decoder: Arc<dyn Decoder>) -> ResponseBody {
        Self::body(body, decoder, true, EVENT_BYTES_MAX)
    }

    pub(crate) fn whole(body: ResponseBody, decoder: Arc<dyn Decoder>, bytes_max: usize) -> ResponseBody {
        Self::body(body, decoder, false, bytes_max)
    }

    fn body(body: ResponseBody, decoder: Arc<dyn Decoder>, events: bool, bytes_max: usize) -> ResponseBody {
        let arrived = BytesMut::new();
        ResponseBody::new(Self { body, decoder, arrived, events, bytes_max, ended: false })
    }

    /// What can be made of the bytes that have arrived.
    fn take(&mut self, is_all: bool) -> Result<Option<Bytes>> {
        if !self.events {
            let whole =
                (is_all && !self.arrived.is_empty()).then(|| self.decoder.to_json(&self.arrived.split()));
            return Ok(whole.transpose()?.map(Bytes::from));
        }
        match self.decoder.event_length(&self.arrived)? {
            Some(length) if length > 0 && length <= self.arrived.len() => {
                let event = self.arrived.split_to(length);
                let mut json = self.decoder.event_to_json(&event)?;
                // Newlines are between events alone; in JSON they are spaces.
                json.iter_mut().filter(|byte| **byte == b'\n').for_each(|byte| *byte = b' ');
                json.push(b'\n');
                Ok(Some(json.into()))
            }
            Some(_) => Err(Error::new(ErrorKind::Decode, "watch event has no length that can be")),
            None if is_all && !self.arrived.is_empty() => {
                Err(Error::new(ErrorKind::Transport, "watch ended in the middle of an event"))
            }
            None => Ok(None),
        }
    }

    fn poll_json(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>>> {
        loop {
            if let Some(json) = self.take(self.ended)? {
                return Poll::Ready(Ok(Some(json)));
            }
            if self.ended {
                return Poll::Ready(Ok(None));
            }
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                Some(frame) => {
                    let Ok(data) = frame?.into_data() else {
                        continue;
                    };
                    if self.arrived.len() + data.len() > self.bytes_max {
                        let max = self.bytes_max;
                        return Poll::Ready(Err(Error::new(
                            ErrorKind::Decode,
                            format!("the answer is longer than {max} bytes"),
                        )));
                    }
                    self.arrived.extend_from_slice(&data);
                }
                None => self.ended = true,
            }
        }
    }
}

impl Body for Transcoded {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        let json = ready!(this.poll_json(cx)).transpose();
        if matches!(json, Some(Err(_))) {
            // What follows cannot be trusted.
            this.ended = true;
            this.arrived.clear();
        }
        Poll::Ready(json.map(|json| json.map(Frame::data)))
    }
}
