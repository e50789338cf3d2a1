use std::sync::Arc;

use hyper_rustls::ConfigBuilderExt;
use rustls::ClientConfig;
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::{DigitallySignedStruct, SignatureScheme};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};

use crate::error::{Error, ErrorKind, Result};
use crate::transport::secret::Secret;

/// Whom a connection trusts, and who it says it is.
#[derive(Clone, Default)]
pub(crate) struct TlsSettings {
    /// Certificates in PEM that are trusted, and no others. `None`: those of the platform.
    pub(crate) ca: Option<Arc<[u8]>>,
    /// Trust any certificate.
    pub(crate) insecure: bool,
    /// The name that the server's certificate must have, if not the host of the URL.
    pub(crate) server_name: Option<String>,
    /// The client certificate chain and its key, both in PEM.
    pub(crate) identity: Option<(Arc<[u8]>, Secret)>,
}

fn problem(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Config, message)
}

impl TlsSettings {
    /// The rustls configuration. ALPN is left to the connector.
    pub(crate) fn client_config(&self) -> Result<ClientConfig> {
        // Passed explicitly: another crate in the program may have chosen another default.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(|error| problem("no usable version of TLS").with_source(error))?;
        let builder = match (&self.ca, self.insecure) {
            (Some(_), true) => {
                return Err(problem(
                    "a certificate authority and insecure-skip-tls-verify exclude each other",
                ));
            }
            (None, true) => {
                builder.dangerous().with_custom_certificate_verifier(Arc::new(TrustAnyone(provider)))
            }
            (Some(pem), false) => {
                let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots(pem)?), provider)
                    .build()
                    .map_err(|error| problem("the certificate authority is unusable").with_source(error))?;
                builder.with_webpki_verifier(verifier)
            }
            (None, false) => builder.try_with_platform_verifier().map_err(|error| {
                problem("the platform's certificate authorities cannot be loaded").with_source(error)
            })?,
        };
        let Some((certificates, key)) = &self.identity else {
            return Ok(builder.with_no_client_auth());
        };
        builder
            .with_client_auth_cert(chain(certificates)?, private_key(key)?)
            .map_err(|error| problem("the client certificate and its key do not fit").with_source(error))
    }

    /// For a proxy: trusted as the server is, under its own name, and not told who we are.
    pub(crate) fn of_proxy(&self) -> Self {
        Self { server_name: None, identity: None, ..self.clone() }
    }

    /// The name to check the server's certificate against, where one was given.
    pub(crate) fn fixed_server_name(&self) -> Result<Option<ServerName<'static>>> {
        let Some(name) = &self.server_name else {
            return Ok(None);
        };
        ServerName::try_from(name.clone()).map(Some).map_err(|error| {
            problem(format!("tls-server-name {name:?} is not a host name")).with_source(error)
        })
    }
}

fn roots(pem: &[u8]) -> Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate
            .map_err(|error| problem("the certificate authority is not PEM").with_source(error))?;
        store
            .add(certificate)
            .map_err(|error| problem("the certificate authority is unusable").with_source(error))?;
    }
    if store.is_empty() {
        return Err(problem("the certificate authority has no certificate in PEM"));
    }
    Ok(store)
}

fn chain(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>> {
    let chain: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|error| problem("the client certificate is not PEM").with_source(error))?;
    if chain.is_empty() {
        return Err(problem("the client certificate has no certificate in PEM"));
    }
    Ok(chain)
}

fn private_key(pem: &Secret) -> Result<PrivateKeyDer<'static>> {
    // Without a source: it could quote the key.
    PrivateKeyDer::from_pem_slice(pem.as_str().as_bytes())
        .map_err(|_| problem("the client key has no private key in PEM"))
}

/// The verifier of `insecure-skip-tls-verify`.
#[derive(Debug)]
struct TrustAnyone(Arc<CryptoProvider>);

impl ServerCertVerifier for TrustAnyone {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(settings: &TlsSettings) -> String {
        settings.client_config().unwrap_err().to_string()
    }

    #[test]
    fn a_certificate_authority_must_be_pem() {
        let settings = |pem: &str| TlsSettings { ca: Some(pem.as_bytes().into()), ..TlsSettings::default() };
        assert!(message(&settings("nonsense")).contains("no certificate in PEM"));
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert!(message(&settings(broken)).contains("unusable"));
    }

    #[test]
    fn insecure_with_a_certificate_authority_is_refused() {
        let settings =
            TlsSettings { ca: Some(b"x".as_slice().into()), insecure: true, ..TlsSettings::default() };
        assert!(message(&settings).contains("exclude each other"));
    }

    #[test]
    fn a_client_key_that_is_not_pem_is_refused_without_showing_it() {
        let certified = rcgen::generate_simple_self_signed(["me".to_owned()]).unwrap();
        let settings = TlsSettings {
            insecure: true,
            identity: Some((certified.cert.pem().into_bytes().into(), Secret::new("hunter2"))),
            ..TlsSettings::default()
        };
        let error = settings.client_config().unwrap_err();
        let text = format!("{error:#}");
        assert!(text.contains("private key") && !text.contains("hunter2"), "{text}");
    }
}
