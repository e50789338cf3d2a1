//! A certificate authority and a serving certificate, made anew for every server.

use std::io;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose,
};
use rustls_pki_types::PrivateKeyDer;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;

/// What a server with TLS needs, and the authority that its clients must trust.
#[derive(Clone)]
pub(crate) struct Tls {
    pub(crate) acceptor: TlsAcceptor,
    pub(crate) authority: String,
}

/// Makes an authority and a certificate for 127.0.0.1 and localhost.
pub(crate) fn generate() -> io::Result<Tls> {
    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(DnType::CommonName, "kubist-apiserver");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
    let issuer = CertifiedIssuer::self_signed(authority, KeyPair::generate().map_err(io::Error::other)?)
        .map_err(io::Error::other)?;

    let key = KeyPair::generate().map_err(io::Error::other)?;
    let names = ["127.0.0.1", "localhost", "kubernetes"].map(str::to_owned);
    let mut serving = CertificateParams::new(names).map_err(io::Error::other)?;
    serving.distinguished_name.push(DnType::CommonName, "kube-apiserver");
    serving.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let certificate = serving.signed_by(&key, &issuer).map_err(io::Error::other)?;

    let private = PrivateKeyDer::try_from(key.serialize_der()).map_err(io::Error::other)?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .map_err(io::Error::other)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Tls { acceptor: TlsAcceptor::from(Arc::new(config)), authority: issuer.pem() })
}
