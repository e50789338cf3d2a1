//! Pure: what a failed exchange says, from the errors of hyper and rustls.

use std::error::Error as StdError;
use std::io;

use rustls::CertificateError;
use tower::BoxError;

use crate::error::{Delivery, Error, ErrorKind};

/// A failure of the service, as one error. Errors of this crate pass through.
pub(crate) fn from_service(error: BoxError) -> Error {
    match error.downcast::<Error>() {
        Ok(error) => *error,
        Err(error) => {
            Error::new(ErrorKind::Transport, "the connection broke before the answer").with_source(error)
        }
    }
}

/// The connection broke while the body was read.
pub(crate) fn broken_body(error: BoxError) -> Error {
    match error.downcast::<Error>() {
        Ok(error) => *error,
        Err(error) => Error::new(ErrorKind::Transport, "the connection broke before the end of the answer")
            .with_source(error),
    }
}

/// Whether the server said that it did nothing with the request: it was on its way when the server began to close the
/// connection (GOAWAY), or was refused as a stream.
pub(crate) fn is_unprocessed(error: &(dyn StdError + 'static)) -> bool {
    // A stream that the server did take goes on after GOAWAY, and breaks with another error if it breaks.
    find::<h2::Error>(error).is_some_and(|error| {
        error.is_remote() && (error.is_go_away() || error.reason() == Some(h2::Reason::REFUSED_STREAM))
    })
}

/// No connection came about.
pub(crate) fn no_connection(host: &str, error: BoxError) -> Error {
    if let Some(tls) = find::<rustls::Error>(&*error) {
        return Error::undelivered(
            ErrorKind::Transport,
            Delivery::Refused,
            format!("no TLS connection to {host}: {}", describe_tls(tls)),
        )
        .with_source(error);
    }
    Error::undelivered(ErrorKind::Transport, Delivery::NotSent, format!("no connection to {host}"))
        .with_source(error)
}

/// What was wrong with TLS, if this is a failure of TLS.
pub(crate) fn tls_problem(error: &(dyn StdError + 'static)) -> Option<&'static str> {
    find::<rustls::Error>(error).map(describe_tls)
}

/// The server ended the handshake because of the client's certificate. With TLS 1.3 it says so after the client is
/// done, so that it looks like a connection that broke; nothing was read from it.
pub(crate) fn is_identity_refused(error: &(dyn StdError + 'static)) -> bool {
    use rustls::AlertDescription as Alert;

    let alert = find::<rustls::Error>(error);
    let Some(rustls::Error::AlertReceived(alert)) = alert else {
        return false;
    };
    matches!(
        alert,
        Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRevoked
            | Alert::CertificateExpired
            | Alert::CertificateUnknown
            | Alert::UnknownCA
            | Alert::AccessDenied
            | Alert::CertificateRequired
    )
}

fn describe_tls(error: &rustls::Error) -> &'static str {
    match error {
        rustls::Error::InvalidCertificate(problem) => match problem {
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                "the server's certificate was not signed by a trusted certificate authority"
            }
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                "the server's certificate has expired"
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "the server's certificate is not valid yet"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "the server's certificate is for another name"
            }
            _ => "the server's certificate was refused",
        },
        rustls::Error::AlertReceived(_) => "the server refused the connection",
        rustls::Error::InvalidMessage(_) => "the server does not speak TLS",
        _ => "the handshake failed",
    }
}

/// Looks for an error of a type in a chain, also inside of I/O errors, which hide what they wrap
/// from `source`.
fn find<'e, E: StdError + 'static>(error: &'e (dyn StdError + 'static)) -> Option<&'e E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<E>() {
            return Some(found);
        }
        let inside = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match inside {
            Some(inside) => Some(inside),
            None => error.source(),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_of_another_authority_is_named_and_not_tried_again() {
        let tls = rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let hidden = io::Error::other(io::Error::new(io::ErrorKind::InvalidData, tls));
        let error = no_connection("api.example.com", hidden.into());
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert_eq!(error.delivery(), Delivery::Refused);
        assert!(error.to_string().contains("trusted certificate authority"), "{error}");
    }

    #[test]
    fn a_refused_connection_may_be_tried_again() {
        let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
        let error = no_connection("api.example.com:6443", refused.into());
        assert_eq!(error.delivery(), Delivery::NotSent);
        assert_eq!(error.to_string(), "no connection to api.example.com:6443");
    }

    #[test]
    fn an_error_of_this_crate_passes_through() {
        let error = from_service(Error::invalid("no").into());
        assert!(error.is_invalid());
    }
}
