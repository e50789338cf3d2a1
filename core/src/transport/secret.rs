use std::sync::Arc;

use http::HeaderValue;

use crate::error::{Error, ErrorKind, Result};

/// Text that must not be printed. It has no `Debug` and no `Display`.
#[derive(Clone)]
pub(crate) struct Secret(Arc<str>);

impl Secret {
    pub(crate) fn new(text: impl AsRef<str>) -> Self {
        Self(text.as_ref().into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// A header value that logs of headers leave out.
    pub(crate) fn header(text: String) -> Result<HeaderValue> {
        // Without a source, which could quote it.
        let mut value = HeaderValue::try_from(text).map_err(|_| {
            Error::new(ErrorKind::Config, "the token has characters that a header cannot have")
        })?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// `Bearer <secret>`, marked so that logs of headers leave it out.
    pub(crate) fn bearer(&self) -> Result<HeaderValue> {
        Self::header(format!("Bearer {}", self.0))
    }
}
