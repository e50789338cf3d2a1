use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use http::HeaderValue;
use tokio::time::Instant;

use crate::error::{Error, ErrorKind, Result};
use crate::transport::secret::Secret;

/// A token file is read again when it was last read this long ago.
const REREAD_AFTER: Duration = Duration::from_secs(60);

/// What a request says about who sends it.
#[derive(Clone)]
pub(crate) enum Credentials {
    /// Nothing, or only the client certificate of the connection.
    None,
    /// A fixed bearer token.
    Token(Secret),
    /// A bearer token in a file that someone else keeps fresh.
    TokenFile(Arc<TokenFile>),
}

impl Credentials {
    /// The value of the `Authorization` header.
    pub(crate) fn header(&self) -> Result<Option<HeaderValue>> {
        match self {
            Self::None => Ok(None),
            Self::Token(token) => token.bearer().map(Some),
            Self::TokenFile(file) => file.bearer().map(Some),
        }
    }
}

/// A bearer token in a file. The file is read at most once a minute; while it cannot be read, the
/// last token stays in use.
pub(crate) struct TokenFile {
    path: PathBuf,
    /// Used while the file has never been read.
    initial: Option<Secret>,
    last: Mutex<Option<(HeaderValue, Instant)>>,
}

impl TokenFile {
    pub(crate) fn new(path: impl Into<PathBuf>, initial: Option<Secret>) -> Self {
        Self { path: path.into(), initial, last: Mutex::new(None) }
    }

    fn bearer(&self) -> Result<HeaderValue> {
        let now = Instant::now();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((header, read_at)) = &*last
            && now.duration_since(*read_at) < REREAD_AFTER
        {
            return Ok(header.clone());
        }
        // A token is a kilobyte on a memory file system: no reason to leave the thread.
        let header = match (self.read(), last.take()) {
            (Ok(header), _) => header,
            (Err(error), Some((header, _))) => {
                tracing::warn!(path = %self.path.display(), %error, "the last token stays in use");
                header
            }
            (Err(error), None) => match &self.initial {
                Some(initial) => initial.bearer()?,
                None => return Err(error),
            },
        };
        *last = Some((header.clone(), now));
        Ok(header)
    }

    fn read(&self) -> Result<HeaderValue> {
        let problem =
            |what: &str| Error::new(ErrorKind::Config, format!("token file {} {what}", self.path.display()));
        let text = std::fs::read_to_string(&self.path)
            .map_err(|error| problem("cannot be read").with_source(error))?;
        match text.trim() {
            "" => Err(problem("is empty")),
            token => Secret::new(token).bearer(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_token_file_is_read_again_after_a_minute_and_keeps_the_last_token() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        std::fs::write(&path, "first\n").unwrap();
        let file = TokenFile::new(&path, None);
        assert_eq!(file.bearer().unwrap(), "Bearer first");

        std::fs::write(&path, "second").unwrap();
        tokio::time::advance(Duration::from_secs(59)).await;
        assert_eq!(file.bearer().unwrap(), "Bearer first");
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(file.bearer().unwrap(), "Bearer second");

        std::fs::remove_file(&path).unwrap();
        tokio::time::advance(Duration::from_secs(61)).await;
        let header = file.bearer().unwrap();
        assert_eq!(header, "Bearer second");
        assert!(header.is_sensitive());
    }

    #[tokio::test]
    async fn a_token_file_that_is_missing_or_empty_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        let missing = TokenFile::new(&path, None).bearer().unwrap_err();
        assert!(missing.to_string().contains(path.to_str().unwrap()), "{missing}");
        std::fs::write(&path, " \n").unwrap();
        let empty = TokenFile::new(&path, None).bearer().unwrap_err();
        assert!(empty.to_string().ends_with("is empty"), "{empty}");
    }
}
