//! Pure: a stream of bytes, cut at its newlines.

use bytes::{Bytes, BytesMut};

use crate::error::{Error, ErrorKind};

/// The longest watch event that is read, in bytes (16 MiB, as in client-go); a longer one is an error.
pub const FRAME_BYTES_MAX: usize = 16 << 20;

/// Puts lines together out of chunks that may end anywhere.
///
/// A line that lies in one chunk is a slice of it and costs no copy. Empty lines are skipped.
#[derive(Debug)]
pub(crate) struct Frames {
    /// What has arrived and was not looked at.
    chunk: Bytes,
    /// The beginning of a line whose end has not arrived.
    partial: BytesMut,
    limit: usize,
}

impl Frames {
    /// `limit`: the longest line, in bytes.
    pub(crate) fn new(limit: usize) -> Self {
        Self { chunk: Bytes::new(), partial: BytesMut::new(), limit }
    }

    /// Takes the next chunk. The lines of the one before must have been taken out.
    pub(crate) fn push(&mut self, chunk: Bytes) {
        debug_assert!(self.chunk.is_empty(), "take the lines out first");
        self.chunk = chunk;
    }

    /// The next complete line, without its newline; `None` when more bytes are needed.
    ///
    /// # Errors
    ///
    /// When a line is longer than the limit. What follows is then of no use.
    pub(crate) fn next(&mut self) -> Result<Option<Bytes>, Error> {
        while let Some(end) = memchr::memchr(b'\n', &self.chunk) {
            let mut line = self.chunk.split_to(end + 1);
            line.truncate(end);
            self.check(line.len())?;
            if !self.partial.is_empty() {
                self.partial.extend_from_slice(&line);
                line = self.partial.split().freeze();
            }
            if !line.trim_ascii().is_empty() {
                return Ok(Some(line));
            }
        }
        self.check(self.chunk.len())?;
        self.partial.extend_from_slice(&self.chunk);
        self.chunk.clear();
        Ok(None)
    }

    /// Whether the beginning of a line is left over.
    pub(crate) fn is_partial(&self) -> bool {
        !self.partial.trim_ascii().is_empty() || !self.chunk.trim_ascii().is_empty()
    }

    fn check(&self, more: usize) -> Result<(), Error> {
        if self.partial.len() + more <= self.limit {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Decode, format!("frame exceeds {} bytes", self.limit)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All lines of these chunks, and whether something is left over.
    fn lines(chunks: &[&[u8]], limit: usize) -> Result<(Vec<Vec<u8>>, bool), Error> {
        let (mut frames, mut lines) = (Frames::new(limit), Vec::new());
        for chunk in chunks {
            frames.push(Bytes::copy_from_slice(chunk));
            while let Some(line) = frames.next()? {
                lines.push(line.to_vec());
            }
        }
        Ok((lines, frames.is_partial()))
    }

    #[test]
    fn a_line_in_one_chunk_is_a_slice_of_it() {
        let chunk = Bytes::from_static(b"one\ntwo\n");
        let mut frames = Frames::new(10);
        frames.push(chunk.clone());
        let line = frames.next().unwrap().unwrap();
        assert_eq!(line.as_ptr(), chunk.as_ptr());
    }

    #[test]
    fn a_line_over_the_limit_is_an_error_whether_or_not_its_end_has_come() {
        assert!(lines(&[b"12345\n"], 5).is_ok());
        for chunks in [&[&b"123456\n"[..]][..], &[b"123456"], &[b"123", b"456"]] {
            let error = lines(chunks, 5).unwrap_err();
            assert_eq!(error.to_string(), "frame exceeds 5 bytes");
        }
    }

    #[test]
    fn empty_lines_are_skipped_and_a_rest_is_noticed() {
        let (lines, partial) = lines(&[b"\n\r\na\r\n\n", b"b"], 10).unwrap();
        assert_eq!((lines, partial), (vec![b"a\r".to_vec()], true));
    }

    proptest! {
        #[test]
        fn lines_are_the_same_wherever_the_chunks_are_cut(
            wanted in prop::collection::vec("[a-z\"{}]{1,12}", 0..6),
            cuts in prop::collection::vec(0_usize..200, 0..6),
        ) {
            let text = wanted.iter().map(|line| format!("{line}\n")).collect::<String>();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(text.len())).collect();
            cuts.sort_unstable();
            let (mut chunks, mut start) = (Vec::new(), 0);
            for cut in cuts.into_iter().chain([text.len()]) {
                chunks.push(&text.as_bytes()[start..cut]);
                start = cut;
            }
            let (found, partial) = lines(&chunks, 100).unwrap();
            let wanted: Vec<Vec<u8>> = wanted.into_iter().map(String::into_bytes).collect();
            prop_assert_eq!((found, partial), (wanted, false));
        }

        #[test]
        fn every_single_cut_gives_the_same_lines(wanted in prop::collection::vec("[a-z]{1,6}", 1..4)) {
            let text = wanted.iter().map(|line| format!("{line}\n")).collect::<String>();
            for cut in 0..=text.len() {
                let (head, tail) = text.as_bytes().split_at(cut);
                let (found, _) = lines(&[head, tail], 100).unwrap();
                prop_assert_eq!(found.len(), wanted.len());
                prop_assert!(found.iter().zip(&wanted).all(|(found, wanted)| found == wanted.as_bytes()));
            }
        }
    }
}
