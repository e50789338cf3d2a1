//! A bearer token in a file that somebody else keeps fresh.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use futures_util::future::BoxFuture;
use http::HeaderValue;
use tokio::time::Instant;

use crate::error::{Error, ErrorKind, Result};
use crate::transport::{Credential, CredentialSource, Secret};

/// A token is taken as good for a minute, less some seconds so that it is still good when it arrives. The
/// kubelet replaces a token at 80 % of its life, which is two minutes at the least.
const REREAD_AFTER: Duration = Duration::from_secs(50);

/// A bearer token in a file. While the file cannot be read, the last token stays in use.
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

    fn bearer(&self, reread_after: Duration) -> Result<HeaderValue> {
        let now = Instant::now();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((header, read_at)) = &*last
            && now.duration_since(*read_at) < reread_after
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
        let problem = |what: &str| {
            Error::new(ErrorKind::Credentials, format!("token file {} {what}", self.path.display()))
        };
        let text = std::fs::read_to_string(&self.path)
            .map_err(|error| problem("cannot be read").with_source(error))?;
        match text.trim() {
            "" => Err(problem("is empty")),
            token => Secret::new(token).bearer(),
        }
    }
}

fn credential(header: HeaderValue) -> Credential {
    Credential { authorization: Some(header), identity: None }
}

impl CredentialSource for TokenFile {
    fn current(&self) -> BoxFuture<'_, Result<Credential>> {
        Box::pin(std::future::ready(self.bearer(REREAD_AFTER).map(credential)))
    }

    fn refused<'a>(&'a self, _used: &'a Credential) -> BoxFuture<'a, Result<Option<Credential>>> {
        Box::pin(std::future::ready(self.bearer(Duration::ZERO).map(credential).map(Some)))
    }

    fn origin(&self) -> &'static str {
        "the token file"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn bearer(file: &TokenFile) -> HeaderValue {
        file.current().await.unwrap().authorization.unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn i1_a_token_file_is_read_again_within_a_minute_and_keeps_the_last_token() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        std::fs::write(&path, "first\n").unwrap();
        let file = TokenFile::new(&path, None);
        assert_eq!(bearer(&file).await, "Bearer first");

        std::fs::write(&path, "second").unwrap();
        tokio::time::advance(Duration::from_secs(49)).await;
        assert_eq!(bearer(&file).await, "Bearer first");
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(bearer(&file).await, "Bearer second");

        std::fs::remove_file(&path).unwrap();
        tokio::time::advance(Duration::from_secs(61)).await;
        let header = bearer(&file).await;
        assert_eq!(header, "Bearer second");
        assert!(header.is_sensitive());
    }

    #[tokio::test(start_paused = true)]
    async fn i1_a_refused_token_is_read_again_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        std::fs::write(&path, "first").unwrap();
        let file = TokenFile::new(&path, None);
        let first = file.current().await.unwrap();
        assert!(file.refused(&first).await.unwrap() == Some(first.clone()), "nothing new");
        std::fs::write(&path, "second").unwrap();
        let second = file.refused(&first).await.unwrap().unwrap();
        assert_eq!(second.authorization.unwrap(), "Bearer second");
        assert_eq!(bearer(&file).await, "Bearer second");
    }

    #[tokio::test]
    async fn a_token_file_that_is_missing_or_empty_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        let failure = |file: TokenFile| file.bearer(REREAD_AFTER).unwrap_err();
        let missing = failure(TokenFile::new(&path, None));
        assert!(missing.to_string().contains(path.to_str().unwrap()), "{missing}");
        assert_eq!(missing.kind(), ErrorKind::Credentials);
        std::fs::write(&path, " \n").unwrap();
        let empty = failure(TokenFile::new(&path, None));
        assert!(empty.to_string().ends_with("is empty"), "{empty}");
        let file = TokenFile::new(&path, Some(Secret::new("given")));
        assert_eq!(bearer(&file).await, "Bearer given");
    }
}
