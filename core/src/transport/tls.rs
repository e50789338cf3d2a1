use std::path::PathBuf;
use std::sync::Arc;

use hyper_rustls::ConfigBuilderExt;
use rustls::ClientConfig;
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::{DigitallySignedStruct, SignatureScheme};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};

use crate::error::{Error, ErrorKind, Result};
use crate::transport::crypto;
use crate::transport::identity::{Identity, IdentityCell};

/// Whom a connection trusts, and who it says it is.
#[derive(Clone, Default)]
pub(crate) struct TlsSettings {
    /// Certificates in PEM that are trusted, and no others. `None`: those of the platform.
    pub(crate) ca: Option<Arc<[u8]>>,
    /// Trust any certificate.
    pub(crate) insecure: bool,
    /// The name that the server's certificate must have, if not the host of the URL.
    pub(crate) server_name: Option<String>,
    /// The client certificate.
    pub(crate) identity: Option<Identity>,
    /// A client certificate that somebody replaces, instead of that.
    pub(crate) cell: Option<IdentityCell>,
    /// Where certificates and keys were read from, to be read again.
    pub(crate) files: TlsFiles,
    /// The implementation of cryptography, if not that of the features.
    pub(crate) provider: Option<Arc<CryptoProvider>>,
    /// A configuration that somebody else made, instead of all of the above but the name.
    pub(crate) ready: Option<Arc<ClientConfig>>,
}

/// Files that are read again, so that what is replaced in them is used.
#[derive(Clone, Default)]
pub(crate) struct TlsFiles {
    pub(crate) ca: Option<PathBuf>,
    pub(crate) certificate: Option<PathBuf>,
    pub(crate) key: Option<PathBuf>,
}

fn problem(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Config, message)
}

impl TlsSettings {
    /// The rustls configuration. ALPN is left to the connector.
    pub(crate) fn client_config(&self) -> Result<ClientConfig> {
        if let Some(ready) = &self.ready {
            return self.check_ready(ready);
        }
        // Passed explicitly: another crate in the program may have chosen another default.
        let provider = match &self.provider {
            Some(provider) => Arc::clone(provider),
            None => crypto::provider()?,
        };
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
        let Some(identity) = &self.identity else {
            return Ok(builder.with_no_client_auth());
        };
        builder
            .with_client_auth_cert(identity.chain()?, identity.key()?)
            .map_err(|error| problem("the client certificate and its key do not fit").with_source(error))
    }

    /// The ready configuration, unless something was asked for that is not in it.
    fn check_ready(&self, ready: &ClientConfig) -> Result<ClientConfig> {
        let conflicts = [
            (self.ca.is_some(), "a certificate authority"),
            (self.insecure, "insecure-skip-tls-verify"),
            (self.identity.is_some() || self.cell.is_some(), "a client certificate"),
            (self.provider.is_some(), "a crypto provider"),
        ];
        if let Some((_, what)) = conflicts.iter().find(|(is_set, _)| *is_set) {
            return Err(problem(format!("a ready TLS configuration and {what} exclude each other")));
        }
        let mut config = ready.clone();
        config.alpn_protocols.clear();
        Ok(config)
    }

    /// For a proxy: trusted as the server is, under its own name, and not told who we are.
    pub(crate) fn of_proxy(&self) -> Self {
        Self { server_name: None, identity: None, cell: None, ..self.clone() }
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
    use crate::transport::secret::Secret;

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
            identity: Some(Identity::new(certified.cert.pem(), Secret::new("hunter2"))),
            ..TlsSettings::default()
        };
        let error = settings.client_config().unwrap_err();
        let text = format!("{error:#}");
        assert!(text.contains("private key") && !text.contains("hunter2"), "{text}");
    }
    #[test]
    fn a_ready_configuration_excludes_what_it_would_leave_out() {
        let ready = TlsSettings { insecure: true, ..TlsSettings::default() }.client_config().unwrap();
        let mut offers = ready.clone();
        offers.alpn_protocols = vec![b"h2".to_vec()];
        let settings = TlsSettings { ready: Some(Arc::new(offers)), ..TlsSettings::default() };
        assert!(settings.client_config().unwrap().alpn_protocols.is_empty());
        let with_ca = TlsSettings { ca: Some(b"x".as_slice().into()), ..settings.clone() };
        assert_eq!(
            message(&with_ca),
            "a ready TLS configuration and a certificate authority exclude each other"
        );
        let identity = Some(Identity::new("x", Secret::new("y")));
        assert!(message(&TlsSettings { identity, ..settings }).contains("client certificate"));
    }
}
