//! Which implementation of cryptography is used.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;

use crate::error::{Error, ErrorKind, Result};

/// The implementation for connections that name none: aws-lc-rs with the feature of that name, else
/// ring, else what the program installed for itself.
///
/// A feature wins over what is installed: another crate may have installed its own.
pub(crate) fn provider() -> Result<Arc<CryptoProvider>> {
    #[cfg(feature = "aws-lc-rs")]
    let chosen = Some(Arc::new(rustls::crypto::aws_lc_rs::default_provider()));
    #[cfg(all(feature = "ring", not(feature = "aws-lc-rs")))]
    let chosen = Some(Arc::new(rustls::crypto::ring::default_provider()));
    #[cfg(not(any(feature = "ring", feature = "aws-lc-rs")))]
    let chosen = CryptoProvider::get_default().cloned();
    chosen.ok_or_else(|| {
        Error::new(
            ErrorKind::Config,
            "no implementation of cryptography: enable the feature ring or aws-lc-rs, \
             or install a rustls crypto provider",
        )
    })
}
