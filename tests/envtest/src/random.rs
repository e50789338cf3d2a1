//! Random bytes from the TLS library's own source, so that no crate is needed for them.

use crate::error::EnvtestError;
use std::io;
use tokio_rustls::rustls::crypto::ring;

pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], EnvtestError> {
    let mut bytes = [0; N];
    ring::default_provider()
        .secure_random
        .fill(&mut bytes)
        .map_err(|_| EnvtestError::io("get random bytes")(io::ErrorKind::Other.into()))?;
    Ok(bytes)
}
