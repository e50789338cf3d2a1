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

    /// `Bearer <secret>`, marked so that logs of headers leave it out.
    pub(crate) fn bearer(&self) -> Result<HeaderValue> {
        let mut value = HeaderValue::try_from(format!("Bearer {}", self.0)).map_err(|_| {
            Error::new(ErrorKind::Config, "the token has characters that a header cannot have")
        })?;
        value.set_sensitive(true);
        Ok(value)
    }
}
