//! Pure: a client certificate with its key.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

use crate::error::{Error, ErrorKind, Result};
use crate::transport::secret::Secret;

/// A client certificate chain and its key, both in PEM. It has no `Debug` and no `Display`.
#[derive(Clone)]
pub(crate) struct Identity(Arc<Pair>);

struct Pair {
    certificates: Vec<u8>,
    key: Secret,
}

impl PartialEq for Identity {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.certificates == other.0.certificates && self.0.key.as_str() == other.0.key.as_str())
    }
}

impl Identity {
    pub(crate) fn new(certificates: impl Into<Vec<u8>>, key: Secret) -> Self {
        Self(Arc::new(Pair { certificates: certificates.into(), key }))
    }

    /// As [`new`](Self::new), from what stands in files.
    pub(crate) fn from_pem(certificates: impl Into<Vec<u8>>, key: Vec<u8>) -> Result<Self> {
        let key = String::from_utf8(key).map_err(|_| problem("the client key is not PEM"))?;
        Ok(Self::new(certificates, Secret::new(key)))
    }

    /// The certificates, the client's own first.
    pub(crate) fn chain(&self) -> Result<Vec<CertificateDer<'static>>> {
        let chain: Vec<_> = CertificateDer::pem_slice_iter(&self.0.certificates)
            .collect::<Result<_, _>>()
            .map_err(|error| problem("the client certificate is not PEM").with_source(error))?;
        if chain.is_empty() {
            return Err(problem("the client certificate has no certificate in PEM"));
        }
        Ok(chain)
    }

    pub(crate) fn key(&self) -> Result<PrivateKeyDer<'static>> {
        // Without a source: it could quote the key.
        PrivateKeyDer::from_pem_slice(self.0.key.as_str().as_bytes())
            .map_err(|_| problem("the client key has no private key in PEM"))
    }

    pub(crate) fn certificates(&self) -> &[u8] {
        &self.0.certificates
    }

    pub(crate) fn key_pem(&self) -> &Secret {
        &self.0.key
    }
}

/// An identity that somebody replaces from time to time. Clones share it.
#[derive(Clone)]
pub(crate) struct IdentityCell(Arc<Mutex<Identity>>);

impl IdentityCell {
    pub(crate) fn new(identity: Identity) -> Self {
        Self(Arc::new(Mutex::new(identity)))
    }

    pub(crate) fn get(&self) -> Identity {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set(&self, identity: Identity) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = identity;
    }
}

fn problem(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Config, message)
}
