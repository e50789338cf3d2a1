//! A client certificate that the program replaces.

use std::fmt;

use crate::error::Result;
use crate::transport::{Identity, IdentityCell, Secret, TlsSettings};

/// A client certificate with its key that the program replaces while it runs, for example one that
/// it renews itself. Clones share it.
///
/// Give it to [`Config::client_identity`](crate::config::Config::client_identity). After
/// [`replace`](Self::replace) new requests go over new connections; those with the old certificate
/// end a minute later.
///
/// # Examples
///
/// ```no_run
/// use kubist::auth::ClientIdentity;
/// use kubist::config::Config;
///
/// # fn renewed() -> (String, String) { unimplemented!() }
/// # fn example() -> kubist::Result<()> {
/// let (certificate, key) = renewed();
/// let identity = ClientIdentity::new(certificate, key)?;
/// let config = Config::new("https://10.0.0.1:6443")?.client_identity(identity.clone());
/// // Some weeks later:
/// let (certificate, key) = renewed();
/// identity.replace(certificate, key)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ClientIdentity(IdentityCell);

impl ClientIdentity {
    /// A certificate chain, the client's own first, and its key, both in PEM.
    ///
    /// # Errors
    ///
    /// When one of them is not PEM, or they do not belong together.
    pub fn new(certificate: impl AsRef<[u8]>, key: impl AsRef<str>) -> Result<Self> {
        Ok(Self(IdentityCell::new(checked(certificate.as_ref(), key.as_ref())?)))
    }

    /// Replaces both.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new); the old ones stay in use.
    pub fn replace(&self, certificate: impl AsRef<[u8]>, key: impl AsRef<str>) -> Result<()> {
        self.0.set(checked(certificate.as_ref(), key.as_ref())?);
        Ok(())
    }

    pub(crate) fn cell(&self) -> IdentityCell {
        self.0.clone()
    }
}

fn checked(certificate: &[u8], key: &str) -> Result<Identity> {
    let identity = Identity::new(certificate, Secret::new(key));
    check(&identity)?;
    Ok(identity)
}

/// Whether a connection can be made with it.
pub(crate) fn check(identity: &Identity) -> Result<()> {
    // Insecure, so that the platform's authorities need not be loaded for it.
    let settings = TlsSettings { insecure: true, identity: Some(identity.clone()), ..TlsSettings::default() };
    settings.client_config().map(drop)
}

impl fmt::Debug for ClientIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientIdentity").finish_non_exhaustive()
    }
}
