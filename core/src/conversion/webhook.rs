// Pure: no clock, no waiting.
//! How the API server finds the conversion webhook of a kind.

use std::fmt;

use k8s_openapi::ByteString;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{
    CustomResourceConversion, ServiceReference, WebhookClientConfig, WebhookConversion,
};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

use super::url::{check_label, check_path, check_url};
use crate::crd::CustomResourceDefinition;
use crate::error::{Error, Result};
use crate::schema::{Message, equal};

/// The reviews that [`Converter`](super::Converter) answers.
const REVIEW_VERSION: &str = "v1";

/// Where the conversion webhook of a kind is: a service of the cluster, or a URL.
///
/// In [`crd!`](crate::crd!) it is a constant, and what is wrong with it is a compile error. What is known only at run
/// time, usually the certificate authority, is added to the definition with [`add_to`](Self::add_to).
///
/// # Examples
///
/// ```
/// use kubist::conversion::ConversionWebhook;
/// use kubist::crd::CustomResourceDefinition;
///
/// const WEBHOOK: ConversionWebhook<'static> =
///     ConversionWebhook::service("shop", "website-conversion").path("/convert");
///
/// fn with_webhook(crd: CustomResourceDefinition, ca: &[u8]) -> kubist::Result<CustomResourceDefinition> {
///     WEBHOOK.ca_bundle(ca).add_to(crd)
/// }
///
/// let wrong = ConversionWebhook::url("http://conversion.example.com").add_to(Default::default());
/// assert_eq!(
///     format!("{:#}", wrong.unwrap_err()),
///     "the conversion webhook: `http://conversion.example.com` is no `https` URL"
/// );
/// ```
#[derive(Clone, Copy)]
pub struct ConversionWebhook<'a> {
    address: Address<'a>,
    ca_bundle: &'a [u8],
}

#[derive(Clone, Copy)]
enum Address<'a> {
    Service { namespace: &'a str, name: &'a str, path: Option<&'a str>, port: Option<i32> },
    Url { url: &'a str, more: bool },
}

impl<'a> ConversionWebhook<'a> {
    /// A service of the cluster, on port 443 with the path `/`.
    #[must_use]
    pub const fn service(namespace: &'a str, name: &'a str) -> Self {
        Self { address: Address::Service { namespace, name, path: None, port: None }, ca_bundle: &[] }
    }

    /// A URL, `https://host[:port][/path]`. The API server must be able to resolve the host.
    #[must_use]
    pub const fn url(url: &'a str) -> Self {
        Self { address: Address::Url { url, more: false }, ca_bundle: &[] }
    }

    /// Sets the path at the service, for example `/convert`.
    #[must_use]
    pub const fn path(mut self, new: &'a str) -> Self {
        match &mut self.address {
            Address::Service { path, .. } => *path = Some(new),
            Address::Url { more, .. } => *more = true,
        }
        self
    }

    /// Sets the port of the service, instead of 443.
    #[must_use]
    pub const fn port(mut self, new: u16) -> Self {
        match &mut self.address {
            Address::Service { port, .. } => *port = Some(new as i32),
            Address::Url { more, .. } => *more = true,
        }
        self
    }

    /// Sets the certificates, PEM, of the authority that has signed the webhook's certificate. Without them the API
    /// server trusts the authorities of the machine it runs on.
    #[must_use]
    pub const fn ca_bundle(mut self, pem: &'a [u8]) -> Self {
        self.ca_bundle = pem;
        self
    }

    /// The definition, with this webhook converting between its versions.
    ///
    /// # Errors
    ///
    /// When the API server would refuse the webhook, or accept it and never serve the kind (a `ca_bundle` without
    /// certificates).
    pub fn add_to(self, mut crd: CustomResourceDefinition) -> Result<CustomResourceDefinition> {
        self.check().map_err(|error| error.during("the conversion webhook"))?;
        crd.spec.conversion = Some(self.conversion());
        Ok(crd)
    }

    /// The conversion block of a definition. It is not checked here.
    #[must_use]
    pub fn conversion(&self) -> CustomResourceConversion {
        let (service, url) = match self.address {
            Address::Service { namespace, name, path, port } => {
                let (namespace, name) = (namespace.to_owned(), name.to_owned());
                (Some(ServiceReference { namespace, name, path: path.map(str::to_owned), port }), None)
            }
            Address::Url { url, .. } => (None, Some(url.to_owned())),
        };
        let ca_bundle = Some(ByteString(self.ca_bundle.to_vec())).filter(|bundle| !bundle.0.is_empty());
        CustomResourceConversion {
            strategy: "Webhook".to_owned(),
            webhook: Some(WebhookConversion {
                client_config: Some(WebhookClientConfig { ca_bundle, service, url }),
                conversion_review_versions: vec![REVIEW_VERSION.to_owned()],
            }),
        }
    }

    fn check(&self) -> Result<()> {
        if let Some(problem) = self.problem() {
            return Err(Error::invalid(problem.as_str()));
        }
        if self.ca_bundle.is_empty() {
            return Ok(());
        }
        let certificates: std::result::Result<Vec<_>, _> =
            CertificateDer::pem_slice_iter(self.ca_bundle).collect();
        match certificates {
            Ok(certificates) if !certificates.is_empty() => Ok(()),
            _ => Err(Error::invalid("`ca_bundle` holds no certificate in PEM")),
        }
    }

    /// What is wrong, as far as it can be seen at compile time.
    const fn problem(&self) -> Option<Message> {
        match self.address {
            Address::Url { more: true, .. } => Some(Message::new().push("path and port belong into the URL")),
            Address::Url { url, more: false } => check_url(url),
            Address::Service { namespace, name, path, port } => {
                if let Some(problem) = check_label("namespace", namespace) {
                    return Some(problem);
                }
                if let Some(problem) = check_label("name", name) {
                    return Some(problem);
                }
                if let Some(path) = path
                    && let Some(problem) = check_path(path)
                {
                    return Some(problem);
                }
                match port {
                    None | Some(1..=65535) => None,
                    Some(_) => Some(Message::new().push("the port of a service is between 1 and 65535")),
                }
            }
        }
    }
}

/// Refuses a webhook that the API server would refuse.
///
/// # Panics
///
/// In a `const` that is a compile error.
#[track_caller]
pub const fn check_webhook(webhook: &ConversionWebhook<'_>) {
    if let Some(message) = webhook.problem() {
        panic!("{}", message.as_str())
    }
}

/// Checks the conversion block of a definition, wherever it comes from. `Client::install` does.
///
/// # Errors
///
/// When the API server would refuse it, or accept it and never serve the kind.
pub fn check_conversion(conversion: &CustomResourceConversion) -> Result<()> {
    let problem = |text: &str| Err(Error::invalid(text).during("the conversion webhook"));
    match (conversion.strategy.as_str(), &conversion.webhook) {
        ("None", None) => Ok(()),
        ("None", Some(_)) => problem("it says nothing with the strategy `None`: write `Webhook`"),
        ("Webhook", Some(webhook)) => check_block(webhook),
        ("Webhook", None) => problem("it is missing, with the strategy `Webhook`"),
        (other, _) => problem(&format!("`{other}` is not a strategy: write `None` or `Webhook`")),
    }
}

fn check_block(webhook: &WebhookConversion) -> Result<()> {
    let problem = |text: String| Err(Error::invalid(text).during("the conversion webhook"));
    let versions = &webhook.conversion_review_versions;
    if !versions.iter().any(|version| matches!(version.as_str(), "v1" | "v1beta1")) {
        return problem("`conversionReviewVersions` must contain `v1`".to_owned());
    }
    for (index, version) in versions.iter().enumerate() {
        if versions[..index].contains(version) {
            return problem(format!("`{version}` is listed twice in `conversionReviewVersions`"));
        }
        if check_label("review version", version).is_some() {
            return problem(format!(
                "`{version}` in `conversionReviewVersions` is not the name of a version"
            ));
        }
    }
    let Some(config) = &webhook.client_config else {
        return problem("it has neither `service` nor `url`".to_owned());
    };
    let address = match (&config.service, &config.url) {
        (Some(service), None) => Address::Service {
            namespace: &service.namespace,
            name: &service.name,
            path: service.path.as_deref(),
            port: service.port,
        },
        (None, Some(url)) => Address::Url { url, more: false },
        (None, None) => return problem("it has neither `service` nor `url`".to_owned()),
        (Some(_), Some(_)) => return problem("it has `service` and `url`; one of them".to_owned()),
    };
    let ca_bundle = config.ca_bundle.as_ref().map(|bundle| &*bundle.0).unwrap_or_default();
    let view = ConversionWebhook { address, ca_bundle };
    view.check().map_err(|error| error.during("the conversion webhook"))
}

/// `https://website-conversion.shop.svc:443/convert`, or the URL.
impl fmt::Display for ConversionWebhook<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.address {
            Address::Url { url, .. } => f.write_str(url),
            Address::Service { namespace, name, path, port } => {
                let path = path.unwrap_or("/");
                write!(f, "https://{name}.{namespace}.svc:{}{path}", port.unwrap_or(443))
            }
        }
    }
}

impl fmt::Debug for ConversionWebhook<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConversionWebhook({self})")
    }
}

/// Equal when they are at one place and signed by one authority.
impl PartialEq for ConversionWebhook<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.conversion() == other.conversion()
    }
}

const _: () = assert!(equal(REVIEW_VERSION, "v1"), "the reviews of `review.rs`");
