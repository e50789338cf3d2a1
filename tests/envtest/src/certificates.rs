//! The keys and certificates of one control plane, made in process.

use crate::error::EnvtestError;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use rcgen::BasicConstraints;
use rcgen::CertificateParams;
use rcgen::CertificateSigningRequestParams;
use rcgen::DnType;
use rcgen::ExtendedKeyUsagePurpose;
use rcgen::IsCa;
use rcgen::Issuer;
use rcgen::KeyPair;
use rcgen::KeyUsagePurpose;
use rcgen::SigningKey as _;
use serde_json::Value;
use std::time::Duration;
use std::time::SystemTime;

/// A certificate and its private key, both PEM.
#[derive(Clone)]
pub(crate) struct Pair {
    pub(crate) certificate: String,
    pub(crate) key: String,
}

/// One certificate authority for both directions: it signs the serving certificate and the clients' certificates.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: String,
}

impl Authority {
    pub(crate) fn new() -> Result<Self, EnvtestError> {
        let key = KeyPair::generate().map_err(EnvtestError::certificate)?;
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "kubist-envtest");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        let certificate = params.self_signed(&key).map_err(EnvtestError::certificate)?.pem();
        Ok(Self { issuer: Issuer::new(params, key), certificate })
    }

    /// The authority's own certificate, PEM.
    pub(crate) fn certificate(&self) -> &str {
        &self.certificate
    }

    /// A certificate for a server on the loopback address.
    pub(crate) fn serving(&self) -> Result<Pair, EnvtestError> {
        let names = ["127.0.0.1".to_owned(), "localhost".to_owned()];
        let params = CertificateParams::new(names).map_err(EnvtestError::certificate)?;
        self.sign(params, "kube-apiserver", None, ExtendedKeyUsagePurpose::ServerAuth)
    }

    /// A certificate for a client: Kubernetes reads the user from the common name and the group from the organization.
    /// (It knows several organizations; the names of rcgen hold one.)
    pub(crate) fn client(&self, user: &str, group: Option<&str>) -> Result<Pair, EnvtestError> {
        self.sign(CertificateParams::default(), user, group, ExtendedKeyUsagePurpose::ClientAuth)
    }

    /// What a client asked for in a request.
    pub(crate) fn sign_request(&self, request: &str, lifetime: Duration) -> Result<String, EnvtestError> {
        let mut request =
            CertificateSigningRequestParams::from_pem(request).map_err(EnvtestError::certificate)?;
        let now = SystemTime::now();
        request.params.not_before = now.into();
        request.params.not_after = (now + lifetime).into();
        request.params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        request.params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        let certificate = request.signed_by(&self.issuer).map_err(EnvtestError::certificate)?;
        Ok(certificate.pem())
    }

    fn sign(
        &self,
        mut params: CertificateParams,
        name: &str,
        organization: Option<&str>,
        usage: ExtendedKeyUsagePurpose,
    ) -> Result<Pair, EnvtestError> {
        params.distinguished_name.push(DnType::CommonName, name);
        if let Some(organization) = organization {
            params.distinguished_name.push(DnType::OrganizationName, organization);
        }
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![usage];
        let key = KeyPair::generate().map_err(EnvtestError::certificate)?;
        let certificate = params.signed_by(&key, &self.issuer).map_err(EnvtestError::certificate)?;
        Ok(Pair { certificate: certificate.pem(), key: key.serialize_pem() })
    }
}

/// The key that signs the tokens of service accounts.
pub(crate) struct SigningKey(KeyPair);

impl SigningKey {
    pub(crate) fn new() -> Result<Self, EnvtestError> {
        KeyPair::generate().map(Self).map_err(EnvtestError::certificate)
    }

    /// PEM.
    pub(crate) fn private(&self) -> String {
        self.0.serialize_pem()
    }

    /// PEM.
    pub(crate) fn public(&self) -> String {
        self.0.public_key_pem()
    }

    /// A token with these claims (RFC 7519, ES256).
    pub(crate) fn token(&self, claims: &Value) -> Result<String, EnvtestError> {
        let mut token = BASE64.encode(r#"{"alg":"ES256"}"#);
        token.push('.');
        BASE64.encode_string(claims.to_string(), &mut token);
        let signature = self.0.sign(token.as_bytes()).map_err(EnvtestError::certificate)?;
        token.push('.');
        BASE64.encode_string(joined(&signature), &mut token);
        Ok(token)
    }
}

/// The two numbers of a signature out of their DER (a sequence of two integers, each with its length), 32 bytes each,
/// as RFC 7518 3.4 has them.
fn joined(der: &[u8]) -> [u8; 64] {
    let mut joined = [0; 64];
    let mut rest = &der[2..];
    for half in joined.chunks_mut(32) {
        let (number, behind) = rest[2..].split_at(usize::from(rest[1]));
        // A leading zero says that the number is positive.
        let digits = &number[number.len().saturating_sub(32)..];
        half[32 - digits.len()..].copy_from_slice(digits);
        rest = behind;
    }
    joined
}
