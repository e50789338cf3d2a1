use std::fmt;
use std::sync::Arc;

use rcgen::KeyPair;

use crate::cert::deadline::Validity;
use crate::cert::{pem, unusable};
use crate::error::Result;

/// A private key. `Debug` shows nothing of it. Cheap to clone.
#[derive(Clone)]
pub struct PrivateKey(Arc<Inner>);

struct Inner {
    pair: KeyPair,
    pem: String,
}

impl PrivateKey {
    /// Makes a new key: ECDSA over the curve P-256.
    ///
    /// # Errors
    ///
    /// When the system has no random numbers.
    pub fn generate() -> Result<Self> {
        let pair = KeyPair::generate().map_err(|_| unusable("no private key can be made"))?;
        Ok(Self::of(pair))
    }

    /// Reads a key of ECDSA, Ed25519 or RSA: PKCS #8 in PEM.
    ///
    /// # Errors
    ///
    /// When it is none. The error does not quote it.
    pub fn from_pem(pem: &str) -> Result<Self> {
        let pair = KeyPair::from_pem(pem).map_err(|_| unusable("there is no usable private key in PEM"))?;
        Ok(Self::of(pair))
    }

    fn of(pair: KeyPair) -> Self {
        let pem = pair.serialize_pem();
        Self(Arc::new(Inner { pair, pem }))
    }

    /// The key in PEM: a secret.
    #[must_use]
    pub fn pem(&self) -> &str {
        &self.0.pem
    }

    pub(super) fn pair(&self) -> &KeyPair {
        &self.0.pair
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKey").finish_non_exhaustive()
    }
}

/// A certificate with its key. `Debug` shows when it is valid, and nothing of the key. Cheap to clone.
///
/// # Examples
///
/// ```no_run
/// use kubist::config::Config;
///
/// # fn example(certificate: kubist::cert::ClientCertificate) -> kubist::Result<()> {
/// let config = Config::new("https://10.0.0.1:6443")?
///     .client_certificate(certificate.certificate(), certificate.key().pem());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ClientCertificate {
    certificate: Arc<str>,
    key: PrivateKey,
    validity: Validity,
}

impl ClientCertificate {
    /// A certificate chain in PEM, the client's own first, and its key.
    ///
    /// # Errors
    ///
    /// When there is no certificate, or it is one of another key.
    pub fn new(certificate: impl Into<String>, key: PrivateKey) -> Result<Self> {
        let certificate = certificate.into();
        let first = pem::first(&certificate)?;
        if pem::public_key(&first)? != key.pair().public_key_raw() {
            return Err(unusable("the certificate and the private key do not belong together"));
        }
        let validity = Validity::of_der(&first)?;
        Ok(Self { certificate: certificate.into(), key, validity })
    }

    /// The certificates in PEM, the client's own first.
    #[must_use]
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// The private key.
    #[must_use]
    pub fn key(&self) -> &PrivateKey {
        &self.key
    }

    /// From when to when the client's own certificate is valid.
    #[must_use]
    pub fn validity(&self) -> Validity {
        self.validity
    }
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCertificate").field("validity", &self.validity).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_and_never_shown() {
        let key = PrivateKey::generate().unwrap();
        let again = PrivateKey::from_pem(key.pem()).unwrap();
        assert_eq!(again.pem(), key.pem());
        assert_eq!(format!("{key:?}"), "PrivateKey { .. }");
        let error = PrivateKey::from_pem("hunter2").unwrap_err();
        assert!(!format!("{error:#}").contains("hunter2"));
    }

    #[test]
    fn a_certificate_of_another_key_is_refused() {
        let signed = rcgen::generate_simple_self_signed(["a".to_owned()]).unwrap();
        let own = PrivateKey::from_pem(&signed.signing_key.serialize_pem()).unwrap();
        let pair = ClientCertificate::new(signed.cert.pem(), own).unwrap();
        assert!(format!("{pair:?}").starts_with("ClientCertificate { validity: Validity"), "{pair:?}");
        let other = PrivateKey::generate().unwrap();
        let error = ClientCertificate::new(signed.cert.pem(), other.clone()).unwrap_err();
        assert_eq!(error.to_string(), "the certificate and the private key do not belong together");
        assert!(ClientCertificate::new("nonsense", other).is_err());
    }
}
