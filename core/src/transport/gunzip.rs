use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use flate2::write::MultiGzDecoder;
use http_body::{Body, Frame};

use crate::error::{Error, ErrorKind, Result};
use crate::transport::body::ResponseBody;

/// How much is unpacked at once. At the most, gzip makes a thousand times as much of it.
const STEP: usize = 1024;

/// A body that grows more than this many times is a bomb: lists of like objects shrink to a fortieth.
const RATIO_MAX: u64 = 250;

/// Up to this many bytes, a body may grow as it likes.
const FREE: u64 = 16 << 20;

/// The body of an answer, unpacked while it arrives: also one that was packed in several pieces, and one that is
/// flushed now and then, as a watch is. What limits the length of a body counts what comes out here.
pub(crate) fn gunzip(body: ResponseBody) -> ResponseBody {
    let decoder = MultiGzDecoder::new(Vec::new());
    ResponseBody::new(Gunzip { body, arrived: Bytes::new(), decoder, read: 0, unpacked: 0, ended: false })
}

struct Gunzip {
    body: ResponseBody,
    /// What has arrived and is not unpacked.
    arrived: Bytes,
    decoder: MultiGzDecoder<Vec<u8>>,
    read: u64,
    unpacked: u64,
    ended: bool,
}

fn no_gzip(error: io::Error) -> Error {
    Error::new(ErrorKind::Decode, "the compressed answer is not gzip").with_source(error)
}

/// Its end is missing, or its checksum is not that of what came: something was lost on the way.
fn damaged(error: io::Error) -> Error {
    Error::new(ErrorKind::Transport, "the compressed answer was damaged or ends too early").with_source(error)
}

impl Gunzip {
    /// Unpacks a little of what has arrived.
    fn unpack(&mut self) -> Result<Bytes> {
        let step = &self.arrived[..self.arrived.len().min(STEP)];
        let taken = self.decoder.write(step).map_err(no_gzip)?;
        self.arrived.advance(taken);
        self.read += taken as u64;
        // So that all that can be known of what has arrived is known now.
        self.decoder.flush().map_err(no_gzip)?;
        self.out()
    }

    /// What follows the last byte that arrived.
    fn end(&mut self) -> Result<Bytes> {
        if self.read > 0 {
            self.decoder.try_finish().map_err(damaged)?;
        }
        self.out()
    }

    fn out(&mut self) -> Result<Bytes> {
        let out = std::mem::take(self.decoder.get_mut());
        self.unpacked += out.len() as u64;
        if self.unpacked > FREE && self.unpacked / RATIO_MAX > self.read {
            return Err(Error::new(
                ErrorKind::Decode,
                format!("the compressed answer grows more than {RATIO_MAX} times"),
            ));
        }
        Ok(out.into())
    }

    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>>> {
        loop {
            if self.ended {
                return Poll::Ready(Ok(None));
            }
            let chunk = if self.arrived.is_empty() {
                match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                    Some(frame) => {
                        if let Ok(data) = frame?.into_data() {
                            self.arrived = data;
                        }
                        continue;
                    }
                    None => {
                        self.ended = true;
                        self.end()?
                    }
                }
            } else {
                self.unpack()?
            };
            if !chunk.is_empty() {
                return Poll::Ready(Ok(Some(chunk)));
            }
        }
    }
}

impl Body for Gunzip {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        let chunk = ready!(this.poll_chunk(cx)).transpose();
        this.ended |= matches!(chunk, Some(Err(_)));
        Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data)))
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use futures_util::{StreamExt, stream};
    use http_body_util::StreamBody;

    use super::*;

    fn pack(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// A body that comes in chunks of this size.
    fn body(bytes: &[u8], size: usize) -> ResponseBody {
        let chunks: Vec<_> = bytes.chunks(size).map(Bytes::copy_from_slice).collect();
        let frames = chunks.into_iter().map(|chunk| Ok::<_, Error>(Frame::data(chunk)));
        gunzip(ResponseBody::new(StreamBody::new(stream::iter(frames))))
    }

    #[tokio::test]
    async fn pieces_packed_one_by_one_are_one_body_however_they_are_cut() {
        let text: Vec<u8> = (0..20_000_u32).flat_map(u32::to_le_bytes).collect();
        let (head, tail) = text.split_at(7);
        let packed = [pack(head), pack(b""), pack(tail)].concat();
        for size in [1, 3, 1000, packed.len()] {
            let whole = body(&packed, size).collect(1 << 20).await.unwrap();
            assert_eq!(whole, text, "chunks of {size}");
        }
        assert!(body(&[], 1).collect(1).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn what_is_flushed_comes_out_at_once() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(b"one\n").unwrap();
        encoder.flush().unwrap();
        let first = Bytes::from(std::mem::take(encoder.get_mut()));
        let frames = stream::iter([Ok::<_, Error>(Frame::data(first))]).chain(stream::pending());
        let mut body = gunzip(ResponseBody::new(StreamBody::new(frames)));
        assert_eq!(body.next().await.unwrap().unwrap(), "one\n");
    }

    #[tokio::test]
    async fn what_is_cut_broken_or_no_gzip_is_an_error() {
        let packed = pack(&[b'a'; 5000]);
        for cut in [1, 9, 15, packed.len() - 8, packed.len() - 1] {
            let error = body(&packed[..cut], 10).collect(1 << 20).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Transport, "{cut}: {error:#}");
        }
        let mut wrong = packed.clone();
        *wrong.last_mut().unwrap() ^= 1;
        let error = body(&wrong, 10).collect(1 << 20).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{error:#}");
        for bytes in [&b"<html>hunter2</html>"[..], &[&packed[..], b"garbage behind"].concat()] {
            let error = body(bytes, 10).collect(1 << 20).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode, "{error:#}");
            assert!(!format!("{error:#}").contains("hunter2"), "{error:#}");
        }
    }

    #[tokio::test]
    async fn a_bomb_is_noticed_by_its_length_and_by_its_growth() {
        let packed = pack(&vec![b' '; 64 << 20]);
        assert!(packed.len() < 1 << 20);
        let error = body(&packed, 16 << 10).collect(1 << 20).await.unwrap_err();
        assert_eq!(error.to_string(), "the answer is longer than 1048576 bytes");
        let mut stream = body(&packed, 16 << 10);
        let (mut read, mut longest) = (0, 0);
        let error = loop {
            match stream.next().await.expect("it does not end") {
                Ok(chunk) => (read, longest) = (read + chunk.len(), longest.max(chunk.len())),
                Err(error) => break error,
            }
        };
        assert_eq!(error.to_string(), "the compressed answer grows more than 250 times");
        assert!(read < 20 << 20 && longest <= 2 << 20, "{read} {longest}");
        assert!(stream.next().await.is_none());
    }
}
