//! Who sends a request: what a transport asks before it sends one.

use futures_util::future::BoxFuture;
use http::HeaderValue;

use crate::error::Result;
use crate::transport::identity::Identity;

/// What one request says about who sends it.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Credential {
    /// The value of the header `Authorization`.
    pub(crate) authorization: Option<HeaderValue>,
    /// The client certificate of the connection, instead of that of the TLS settings.
    pub(crate) identity: Option<Identity>,
}

/// Where credentials come from.
pub(crate) trait CredentialSource: Send + Sync {
    /// The credential for a request that is sent now.
    fn current(&self) -> BoxFuture<'_, Result<Credential>>;

    /// The server did not accept this credential. Another one, where there is one; the same or none
    /// where there is not.
    fn refused<'a>(&'a self, used: &'a Credential) -> BoxFuture<'a, Result<Option<Credential>>>;

    /// Whom a request waits for that has no credential yet.
    fn origin(&self) -> &'static str;
}

/// A credential that stays the same.
impl CredentialSource for Credential {
    fn current(&self) -> BoxFuture<'_, Result<Credential>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }

    fn refused<'a>(&'a self, _used: &'a Credential) -> BoxFuture<'a, Result<Option<Credential>>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    fn origin(&self) -> &'static str {
        "the configuration"
    }
}
