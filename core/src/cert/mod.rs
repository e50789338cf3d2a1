//! Certificates: keys, signing requests, and a client certificate that renews itself.
//!
//! The cluster signs: a [`CertificateRequest`] becomes a `CertificateSigningRequest`, somebody approves it, a signer puts
//! the certificate into its status. [`RenewingCertificate`] does it again before the certificate expires.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use kubist::cert::{CertificateRequest, PrivateKey};
//!
//! # async fn example(client: kubist::Client) -> kubist::Result<()> {
//! let key = PrivateKey::generate()?;
//! let request = CertificateRequest::client("deployer").organization("deployers");
//! let pending = request.submit(&client, &key).await?;
//! println!("kubectl certificate approve {}", pending.name());
//! let certificate = pending.issued_within(Duration::from_secs(900)).await?;
//! # Ok(())
//! # }
//! ```

mod deadline;
mod issue;
mod key;
mod pem;
mod renewing;
mod request;
mod store;
#[cfg(test)]
mod tests;

pub use self::deadline::{Validity, renewal_at};
pub use self::issue::PendingCertificate;
pub use self::key::{ClientCertificate, PrivateKey};
pub use self::pem::{certificates, encode_certificate};
pub use self::renewing::{RenewingCertificate, RenewingCertificateBuilder};
pub use self::request::CertificateRequest;

use crate::error::Error;

/// An error of a library, without what it may quote.
fn unusable(what: &str) -> Error {
    Error::invalid(what)
}
