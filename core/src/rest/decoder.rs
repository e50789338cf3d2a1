//! Which media types are asked for, and who reads them.

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;
use http::HeaderValue;
use http::header;

use crate::error::Result;
use crate::rest::response::media_type;

/// Reads answers in a media type other than JSON: protobuf, CBOR, or one of your own.
///
/// All of this crate works on JSON; a decoder sits at its edge and makes JSON of objects, lists, `Status` answers and
/// watch events, so that clients, watches and informers need not know. Give it to
/// [`RestClient::with_decoder`](crate::rest::RestClient::with_decoder). Its media type is then asked for before JSON,
/// and the answer's own type decides who reads it: a server that does not know the type answers in JSON. Requests that
/// choose their own `Accept` are left alone, and what is sent stays JSON, which every server takes.
pub trait Decoder: Send + Sync + 'static {
    /// The media type of an object or a list, in lower case and without parameters: `application/cbor`.
    fn media_type(&self) -> &str;

    /// The media type of a watch, where it is another one: `application/cbor-seq`.
    fn watch_media_type(&self) -> &str {
        self.media_type()
    }

    /// The JSON of a whole body: an object, a list or a `Status`.
    ///
    /// # Errors
    ///
    /// When the body is not of this media type. The error must not quote it.
    fn to_json(&self, body: &[u8]) -> Result<Vec<u8>>;

    /// How long the first event of a watch is, with all that frames it; `None` while its end has not arrived.
    ///
    /// # Errors
    ///
    /// When these bytes are not the beginning of an event.
    fn event_length(&self, arrived: &[u8]) -> Result<Option<usize>>;

    /// The JSON of one event of a watch, `{"type":"ADDED","object":{…}}`.
    ///
    /// # Errors
    ///
    /// When this is not an event. The error must not quote it.
    fn event_to_json(&self, event: &[u8]) -> Result<Vec<u8>>;
}

/// The decoders of a client, the preferred first.
#[derive(Clone, Default)]
pub(crate) struct Decoders {
    known: Vec<Arc<dyn Decoder>>,
    accept: Option<HeaderValue>,
}

impl Decoders {
    /// Adds a decoder after the ones that are there. A media type that is no header value is never asked for.
    pub(crate) fn add(&mut self, decoder: Arc<dyn Decoder>) {
        self.known.push(decoder);
        let types: Vec<&str> = self.known.iter().map(|decoder| decoder.media_type()).collect();
        self.accept = HeaderValue::try_from(format!("{}, application/json", types.join(", "))).ok();
    }

    /// What to ask for, where it is more than JSON.
    pub(crate) fn accept(&self) -> Option<&HeaderValue> {
        self.accept.as_ref()
    }

    /// Who reads an answer; `None`: it is JSON, or nobody knows.
    pub(crate) fn of(&self, headers: &HeaderMap) -> Option<&Arc<dyn Decoder>> {
        let found = media_type(headers)?;
        self.known
            .iter()
            .find(|decoder| [decoder.media_type(), decoder.watch_media_type()].contains(&&*found))
    }
}

/// The headers of an answer after a decoder has made JSON of it.
pub(crate) fn now_json(headers: &mut HeaderMap) {
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.remove(header::CONTENT_LENGTH);
}

impl fmt::Debug for Decoders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.known.iter().map(|decoder| decoder.media_type())).finish()
    }
}
