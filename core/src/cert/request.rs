use std::time::Duration;

use k8s_openapi::ByteString;
use k8s_openapi::api::certificates::v1::{CertificateSigningRequest, CertificateSigningRequestSpec};
use rcgen::{CertificateParams, DistinguishedName, DnType};

use crate::cert::issue::PendingCertificate;
use crate::cert::key::PrivateKey;
use crate::cert::unusable;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::resource::ObjectMeta;

/// What certificate is asked for, and of which signer.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use kubist::cert::{CertificateRequest, PrivateKey};
///
/// let request = CertificateRequest::client("deployer").expires_in(Duration::from_secs(3600));
/// let object = request.object(&PrivateKey::generate()?)?;
/// assert_eq!(object.spec.signer_name, "kubernetes.io/kube-apiserver-client");
/// assert_eq!(object.spec.expiration_seconds, Some(3600));
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct CertificateRequest {
    signer: String,
    common_name: String,
    organizations: Vec<String>,
    names: Vec<String>,
    usages: Vec<String>,
    expires_in: Option<Duration>,
    name: Option<String>,
}

impl CertificateRequest {
    /// A certificate of any signer, for example `example.com/my-signer`.
    pub fn new(signer: impl Into<String>, common_name: impl Into<String>) -> Self {
        Self {
            signer: signer.into(),
            common_name: common_name.into(),
            organizations: Vec::new(),
            names: Vec::new(),
            usages: vec!["digital signature".to_owned()],
            expires_in: None,
            name: None,
        }
    }

    /// The certificate of a client of the API server (`kubernetes.io/kube-apiserver-client`): the common name is the
    /// user.
    pub fn client(user: impl Into<String>) -> Self {
        Self::new("kubernetes.io/kube-apiserver-client", user).usage("client auth")
    }

    /// The organization, which is the group of a client. There can be one.
    pub fn organization(mut self, organization: impl Into<String>) -> Self {
        self.organizations.push(organization.into());
        self
    }

    /// A host name or an IP address that a server is to be reached by.
    pub fn subject_alternative_name(mut self, name: impl Into<String>) -> Self {
        self.names.push(name.into());
        self
    }

    /// What the key may be used for beyond `digital signature`, for example `server auth`.
    pub fn usage(mut self, usage: impl Into<String>) -> Self {
        self.usages.push(usage.into());
        self
    }

    /// How long the certificate is to be valid: at least ten minutes, which the API server checks. The signer may choose
    /// another time.
    pub fn expires_in(mut self, time: Duration) -> Self {
        self.expires_in = Some(time);
        self
    }

    /// The name of the object. Without one the server makes one up that begins with `csr-`.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The same for any number of objects.
    pub(super) fn unnamed(mut self) -> Self {
        self.name = None;
        self
    }

    /// The signing request itself (PKCS #10), signed with the key, in PEM.
    ///
    /// # Errors
    ///
    /// When a name cannot stand in a certificate, or there is more than one organization.
    pub fn csr_pem(&self, key: &PrivateKey) -> Result<String> {
        let params = CertificateParams::new(self.names.clone());
        let mut params =
            params.map_err(|error| unusable("a subject alternative name is none").with_source(error))?;
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, &*self.common_name);
        match &*self.organizations {
            [] => {}
            [one] => params.distinguished_name.push(DnType::OrganizationName, &**one),
            more => {
                return Err(Error::invalid(format!(
                    "a request can have one organization, not {}",
                    more.len()
                )));
            }
        }
        let request = params.serialize_request(key.pair()).and_then(|request| request.pem());
        request.map_err(|error| unusable("the signing request cannot be made").with_source(error))
    }

    /// The object that asks for the certificate.
    ///
    /// # Errors
    ///
    /// As [`csr_pem`](Self::csr_pem).
    pub fn object(&self, key: &PrivateKey) -> Result<CertificateSigningRequest> {
        let seconds = self.expires_in.map(|time| i32::try_from(time.as_secs()).unwrap_or(i32::MAX));
        Ok(CertificateSigningRequest {
            metadata: ObjectMeta {
                name: self.name.clone(),
                generate_name: self.name.is_none().then(|| "csr-".to_owned()),
                ..ObjectMeta::default()
            },
            spec: CertificateSigningRequestSpec {
                request: ByteString(self.csr_pem(key)?.into_bytes()),
                signer_name: self.signer.clone(),
                usages: Some(self.usages.clone()),
                expiration_seconds: seconds,
                ..CertificateSigningRequestSpec::default()
            },
            status: None,
        })
    }

    /// Asks the cluster for the certificate. It is there once somebody has approved the request and the signer has
    /// signed: see [`PendingCertificate::issued_within`].
    ///
    /// # Errors
    ///
    /// As [`csr_pem`](Self::csr_pem), and as any call that creates an object.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the request; it may have been carried out by then.
    pub async fn submit(&self, client: &Client, key: &PrivateKey) -> Result<PendingCertificate> {
        let api = client.cluster::<CertificateSigningRequest>();
        let created = api.create(&self.object(key)?).await?;
        Ok(PendingCertificate::new(api, &created))
    }
}

#[cfg(test)]
mod tests {
    use rcgen::CertificateSigningRequestParams;

    use super::*;

    #[test]
    fn a_request_says_who_asks() {
        let key = PrivateKey::generate().unwrap();
        let request =
            CertificateRequest::client("me").organization("us").subject_alternative_name("10.0.0.1");
        let read = CertificateSigningRequestParams::from_pem(&request.csr_pem(&key).unwrap()).unwrap();
        let names = &read.params.distinguished_name;
        assert_eq!(names.get(&DnType::CommonName), Some(&"me".into()));
        assert_eq!(names.get(&DnType::OrganizationName), Some(&"us".into()));
        assert_eq!(read.params.subject_alt_names.len(), 1);

        let object = request.name("mine").object(&key).unwrap();
        assert_eq!((object.metadata.name.as_deref(), object.metadata.generate_name), (Some("mine"), None));
        assert_eq!(object.spec.usages.unwrap(), ["digital signature", "client auth"]);
    }

    #[test]
    fn what_cannot_stand_in_a_request_is_refused() {
        let key = PrivateKey::generate().unwrap();
        let two = CertificateRequest::client("me").organization("a").organization("b").csr_pem(&key);
        assert_eq!(two.unwrap_err().to_string(), "a request can have one organization, not 2");
        assert!(CertificateRequest::client("me").subject_alternative_name("é").csr_pem(&key).is_err());
    }
}
