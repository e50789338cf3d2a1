//! Pure: certificates in PEM.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;

use crate::cert::unusable;
use crate::error::Result;

/// The certificates in a text in PEM, each as DER; other things in it are left out.
///
/// # Errors
///
/// When a certificate is broken, or there is none.
pub fn certificates(pem: impl AsRef<[u8]>) -> Result<Vec<Vec<u8>>> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_ref()).collect();
    let found = found.map_err(|error| unusable("a certificate is not PEM").with_source(error))?;
    if found.is_empty() {
        return Err(unusable("there is no certificate in PEM"));
    }
    Ok(found.into_iter().map(|der| der.to_vec()).collect())
}

/// A certificate in DER as PEM.
///
/// # Examples
///
/// ```
/// use kubist::cert;
///
/// let pem = cert::encode_certificate(b"not really one");
/// assert!(pem.starts_with("-----BEGIN CERTIFICATE-----\n"));
/// assert_eq!(cert::certificates(pem)?, [b"not really one"]);
/// # Ok::<(), kubist::Error>(())
/// ```
#[must_use]
pub fn encode_certificate(der: &[u8]) -> String {
    const LINE: usize = 64;
    let text = BASE64_STANDARD.encode(der);
    let mut pem = "-----BEGIN CERTIFICATE-----\n".to_owned();
    // base64 is ASCII.
    for line in text.as_bytes().chunks(LINE) {
        pem.extend(line.iter().copied().map(char::from));
        pem.push('\n');
    }
    pem.push_str("-----END CERTIFICATE-----\n");
    pem
}

pub(super) fn first(pem: &str) -> Result<Vec<u8>> {
    let mut all = certificates(pem)?;
    Ok(all.swap_remove(0))
}

pub(super) fn parse(der: &[u8]) -> Result<X509Certificate<'_>> {
    let parsed = X509Certificate::from_der(der);
    parsed.map(|(_, certificate)| certificate).map_err(|_| unusable("a certificate cannot be read"))
}

pub(super) fn public_key(der: &[u8]) -> Result<Vec<u8>> {
    Ok(parse(der)?.public_key().subject_public_key.data.to_vec())
}
