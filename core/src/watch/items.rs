//! Pure: a page of a list that arrives in pieces, cut into its objects.

use std::ops::Range;

use bytes::{Bytes, BytesMut};

use crate::error::{Error, ErrorKind};
use crate::resource::ListMeta;
use crate::watch::frame::FRAME_BYTES_MAX;
use crate::watch::list::page;

/// What follows in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// What is around the items: `{"kind":"PodList","metadata":{…},"items":[` and `]}`.
    Envelope,
    /// Between two items.
    Between,
    /// In an item.
    Item,
}

/// Takes the objects out of a page while it arrives. What has been taken out is not kept.
///
/// An object that lies in one chunk is a slice of it and costs no copy.
#[derive(Debug)]
pub(crate) struct Items {
    /// What has arrived and was not looked at.
    chunk: Bytes,
    /// The beginning of an object whose end has not arrived.
    partial: BytesMut,
    /// All but the items.
    envelope: Vec<u8>,
    place: Place,
    depth: u32,
    in_string: bool,
    escaped: bool,
    /// Of the envelope: where the last string is, and whether it is the key of the value that follows.
    last_string: Range<usize>,
    is_key: bool,
    head: Option<Head>,
    seen: usize,
    limit: usize,
}

/// What stands before the items.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    pub(crate) metadata: ListMeta,
    /// The `apiVersion` and kind of the items, which come without them.
    pub(crate) item_type: Option<(String, String)>,
}

impl Default for Items {
    fn default() -> Self {
        Self::new(FRAME_BYTES_MAX)
    }
}

impl Items {
    /// `limit`: the longest object, in bytes; what is around the objects must be no longer either.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            chunk: Bytes::new(),
            partial: BytesMut::new(),
            envelope: Vec::new(),
            place: Place::Envelope,
            depth: 0,
            in_string: false,
            escaped: false,
            last_string: 0..0,
            is_key: false,
            head: None,
            seen: 0,
            limit,
        }
    }

    /// Takes the next chunk. The objects of the one before must have been taken out.
    pub(crate) fn push(&mut self, chunk: Bytes) {
        debug_assert!(self.chunk.is_empty(), "take the objects out first");
        self.chunk = chunk;
    }

    /// What stands before the items, once the first of them may come.
    pub(crate) fn head(&self) -> Option<&Head> {
        self.head.as_ref()
    }

    /// How many objects were taken out.
    pub(crate) fn seen(&self) -> usize {
        self.seen
    }

    /// The next complete object; `None` when more bytes are needed.
    ///
    /// # Errors
    ///
    /// When the page is not a list, or an object is longer than the limit. What follows is then of no use.
    pub(crate) fn next(&mut self) -> Result<Option<Bytes>, Error> {
        loop {
            let cut = match self.place {
                Place::Envelope => self.read_envelope()?,
                Place::Between => self.skip_to_item(),
                Place::Item => match self.end_of_item() {
                    Some(end) => return self.take_item(end).map(Some),
                    None => false,
                },
            };
            if !cut {
                break;
            }
        }
        if self.place == Place::Item {
            self.check(self.partial.len() + self.chunk.len())?;
            self.partial.extend_from_slice(&self.chunk);
        }
        self.chunk.clear();
        Ok(None)
    }

    /// The end of the page: its metadata, and what the items are.
    ///
    /// # Errors
    ///
    /// When the page is cut short or is not a list; when it is a `Status`, which is the error that it tells.
    pub(crate) fn finish(self) -> Result<Head, Error> {
        if self.place != Place::Envelope {
            return Err(Error::new(ErrorKind::Transport, "list ended in the middle of its items"));
        }
        read_head(&self.envelope)
    }

    /// Goes on in what is around the items. Says whether they begin.
    fn read_envelope(&mut self) -> Result<bool, Error> {
        for at in 0..self.chunk.len() {
            let byte = self.chunk[at];
            self.envelope.push(byte);
            if self.in_string {
                self.go_on_in_string(byte);
                if !self.in_string {
                    self.last_string.end = self.envelope.len() - 1;
                }
                continue;
            }
            match byte {
                b'"' => {
                    self.in_string = true;
                    self.last_string = self.envelope.len()..self.envelope.len();
                    self.is_key = false;
                }
                b':' => self.is_key = true,
                b'[' if self.depth == 1 && self.is_key && self.last_key() == b"items" => {
                    self.check(self.envelope.len())?;
                    self.head = Some(read_head(&[&self.envelope[..], b"]}"].concat())?);
                    self.place = Place::Between;
                    let _ = self.chunk.split_to(at + 1);
                    return Ok(true);
                }
                b'{' | b'[' => {
                    self.depth += 1;
                    self.is_key = false;
                }
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        self.check(self.envelope.len())?;
        Ok(false)
    }

    fn last_key(&self) -> &[u8] {
        &self.envelope[self.last_string.clone()]
    }

    /// Goes to the next item or out of the list. Says whether one of them has come.
    fn skip_to_item(&mut self) -> bool {
        let found = self.chunk.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != b',');
        let Some(at) = found else {
            return false;
        };
        if self.chunk[at] == b']' {
            let _ = self.chunk.split_to(at);
            // The envelope has the bracket that opens, and the one that closes is read there.
            self.depth += 1;
            self.is_key = false;
            self.place = Place::Envelope;
        } else {
            let _ = self.chunk.split_to(at);
            (self.depth, self.place) = (0, Place::Item);
        }
        true
    }

    /// Where the item ends in this chunk.
    fn end_of_item(&mut self) -> Option<usize> {
        let mut at = 0;
        while at < self.chunk.len() {
            if self.in_string && !self.escaped {
                at += memchr::memchr2(b'"', b'\\', &self.chunk[at..])?;
            }
            let byte = self.chunk[at];
            if self.in_string {
                self.go_on_in_string(byte);
                at += 1;
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                // An item that is no object, which will be an error to whoever decodes it.
                b',' | b']' | b'}' if self.depth == 0 => return Some(at),
                b'}' | b']' if self.depth == 1 => return Some(at + 1),
                b'}' | b']' => self.depth -= 1,
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn go_on_in_string(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.in_string = false,
            _ => {}
        }
    }

    fn take_item(&mut self, end: usize) -> Result<Bytes, Error> {
        self.check(self.partial.len() + end)?;
        let mut item = self.chunk.split_to(end);
        if !self.partial.is_empty() {
            self.partial.extend_from_slice(&item);
            item = self.partial.split().freeze();
        }
        (self.depth, self.place) = (1, Place::Between);
        self.seen += 1;
        Ok(item)
    }

    fn check(&self, length: usize) -> Result<(), Error> {
        if length <= self.limit {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Decode, format!("object in a list exceeds {} bytes", self.limit)))
    }
}

fn read_head(envelope: &[u8]) -> Result<Head, Error> {
    let text = String::from_utf8_lossy(envelope);
    let list = page(&text)?;
    if !list.items.is_empty() {
        return Err(Error::new(ErrorKind::Decode, "list has items that are not where they belong"));
    }
    let item_type = list.item_type().map(|(version, kind)| (version.to_owned(), kind.to_owned()));
    Ok(Head { metadata: list.metadata, item_type })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The items of these chunks and the end of the page.
    fn read(chunks: &[&[u8]], limit: usize) -> Result<(Vec<String>, Head), Error> {
        let (mut items, mut found) = (Items::new(limit), Vec::new());
        for chunk in chunks {
            items.push(Bytes::copy_from_slice(chunk));
            while let Some(item) = items.next()? {
                found.push(String::from_utf8(item.to_vec()).unwrap());
            }
        }
        assert_eq!(items.seen(), found.len());
        Ok((found, items.finish()?))
    }

    const PAGE: &str = r#"{"kind":"PodList","apiVersion":"v1","metadata":{"items":["not these"],"resourceVersion":"7","continue":"x"},
        "items" : [{"a": "]}\"[{\\", "items":[{}]} , {"b":[2]},{}] , "more":{"items":[1]}}"#;

    #[test]
    fn items_are_found_wherever_the_chunks_are_cut() {
        for first in 0..PAGE.len() {
            for second in [first, first + 1, (first + PAGE.len()) / 2] {
                let (head, tail) = PAGE.as_bytes().split_at(first);
                let (middle, tail) = tail.split_at(second.min(PAGE.len()) - first);
                let (items, head) = read(&[head, middle, tail], 1000).unwrap();
                assert_eq!(items, [r#"{"a": "]}\"[{\\", "items":[{}]}"#, r#"{"b":[2]}"#, "{}"]);
                assert_eq!(head.metadata.continue_token.as_deref(), Some("x"));
                assert_eq!(head.item_type, Some(("v1".to_owned(), "Pod".to_owned())));
            }
        }
    }

    #[test]
    fn the_version_is_known_before_the_items_have_come() {
        let mut items = Items::default();
        items.push(Bytes::from_static(br#"{"kind":"PodList","metadata":{"resourceVersion":"7"},"items":["#));
        assert!(items.next().unwrap().is_none());
        assert_eq!(items.head().unwrap().metadata.resource_version, "7");
    }

    #[test]
    fn an_item_in_one_chunk_is_a_slice_of_it() {
        let chunk = Bytes::from_static(br#"{"items":[{"a":1}]}"#);
        let mut items = Items::default();
        items.push(chunk.clone());
        let item = items.next().unwrap().unwrap();
        assert_eq!(item.as_ptr(), chunk[10..].as_ptr());
    }

    #[test]
    fn a_list_of_nothing_is_a_list() {
        for body in [
            r#"{"kind":"PodList","metadata":{"resourceVersion":"7"},"items":null}"#,
            r#"{"kind":"PodList","metadata":{"resourceVersion":"7"}}"#,
            r#"{"metadata":{"resourceVersion":"7"},"items":[ ]}"#,
        ] {
            let (items, head) = read(&[body.as_bytes()], 1000).unwrap();
            assert_eq!((items.len(), &*head.metadata.resource_version), (0, "7"));
        }
    }

    #[test]
    fn what_is_not_a_list_is_an_error_and_so_is_one_that_is_cut() {
        let gone = br#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","reason":"Expired","code":410}"#;
        assert!(read(&[gone], 1000).unwrap_err().is_gone());
        assert_eq!(read(&[b"<html>"], 1000).unwrap_err().kind(), ErrorKind::Decode);
        for cut in 1..PAGE.len() {
            assert!(read(&[&PAGE.as_bytes()[..cut]], 1000).is_err(), "{}", &PAGE[..cut]);
        }
    }

    #[test]
    fn an_object_over_the_limit_is_an_error_whether_or_not_its_end_has_come() {
        let escaped = br#"{"\u0069tems":[{}]}"#;
        assert!(read(&[escaped], 1000).is_err(), "nothing is lost in silence");
        for chunks in
            [&[&br#"{"items":[{"a":"1234567890"}]}"#[..]][..], &[br#"{"items":[{"a""#, b":\"1234567890"]]
        {
            let error = read(chunks, 12).unwrap_err();
            assert_eq!(error.to_string(), "object in a list exceeds 12 bytes");
        }
        assert!(read(&[br#"{"kind":"a long time without a list"#], 12).is_err());
    }

    proptest! {
        #[test]
        fn the_items_are_those_that_the_parser_of_the_whole_sees(
            texts in prop::collection::vec(r#"[a-z"\\{}\[\],: ü]{0,8}"#, 0..5),
            cut in 0_usize..200,
        ) {
            let items: Vec<serde_json::Value> =
                texts.iter().map(|text| serde_json::json!({ text.as_str(): [text, { "n": 1 }] })).collect();
            let body = serde_json::json!({ "items": items, "kind": "L", "metadata": {} }).to_string();
            let (head, tail) = body.as_bytes().split_at(cut.min(body.len()));
            let (found, _) = read(&[head, tail], 1000).unwrap();
            let found: Vec<serde_json::Value> =
                found.iter().map(|item| serde_json::from_str(item).unwrap()).collect();
            prop_assert_eq!(found, items);
        }
    }
}
