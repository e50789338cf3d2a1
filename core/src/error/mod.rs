//! One error type for the whole crate.
//!
//! [`Error`] is opaque and cheap to clone, because an informer may have to tell one failure to many
//! listeners. Ask it questions ([`Error::is_not_found`], [`Error::is_conflict`], …) or look at its
//! [`kind`](Error::kind); the server's own answer, where there was one, is [`Error::status`].

mod attempt;
mod decode;
mod delivery;
mod kind;
mod status;

pub use self::attempt::Attempt;
pub(crate) use self::delivery::Delivery;
pub use self::kind::ErrorKind;
pub(crate) use self::status::{UNKNOWN_PATH, reason};

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Status;

/// The result of everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
///
/// `{}` prints this layer alone (what was being done, and to which object); `{:#}` and `{:?}` print
/// the whole chain, as `main` does when it returns the error. Neither ever holds a credential or
/// the body of an object that was sent; the server's own message is shown as it came.
///
/// # Examples
///
/// ```
/// let error = kubist::Error::invalid("name must not be empty").during("get pods \"shop/\"");
/// assert_eq!(error.to_string(), "get pods \"shop/\"");
/// assert_eq!(format!("{error:#}"), "get pods \"shop/\": name must not be empty");
/// assert!(error.is_invalid());
/// ```
#[derive(Clone)]
pub struct Error(Arc<Inner>);

struct Inner {
    facts: Facts,
    message: String,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// What a layer takes over from its cause.
#[derive(Clone)]
struct Facts {
    kind: ErrorKind,
    status: Option<Status>,
    delivery: Delivery,
    attempts: Option<Arc<[Attempt]>>,
}

impl Error {
    /// An error of a kind, with the text of its own layer: lower case, no full stop.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::undelivered(kind, Delivery::Unstated, message)
    }

    /// The input was refused before anything was sent.
    #[must_use]
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Invalid, message)
    }

    /// The server's answer, as an error.
    #[must_use]
    pub fn from_status(status: Status) -> Self {
        let message = status::describe(&status);
        let kind = ErrorKind::Status;
        let facts = Facts { kind, status: Some(status), delivery: Delivery::Unstated, attempts: None };
        Self(Arc::new(Inner { facts, message, source: None }))
    }

    /// The same error with the one that caused it.
    #[must_use]
    pub fn with_source(self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let (facts, message) = (self.0.facts.clone(), self.0.message.clone());
        Self(Arc::new(Inner { facts, message, source: Some(source.into().into()) }))
    }

    /// An answer or an event that is not what it should be. The message names the place and what
    /// was expected there, never what was found.
    #[must_use]
    pub(crate) fn decode(what: impl fmt::Display, error: &serde_json::Error) -> Self {
        let problem = decode::describe(error);
        Self::new(ErrorKind::Decode, format!("{what} cannot be decoded: {problem}"))
    }

    /// A failure before anything was sent, or one whose outcome is unknown.
    #[must_use]
    pub(crate) fn undelivered(kind: ErrorKind, delivery: Delivery, message: impl Into<String>) -> Self {
        let facts = Facts { kind, status: None, delivery, attempts: None };
        Self(Arc::new(Inner { facts, message: message.into(), source: None }))
    }

    /// A layer around this error, with something changed in the facts.
    fn wrapped(self, message: impl Into<String>, change: impl FnOnce(&mut Facts)) -> Self {
        let mut facts = self.0.facts.clone();
        change(&mut facts);
        Self(Arc::new(Inner { facts, message: message.into(), source: Some(Arc::new(self)) }))
    }

    /// This error of a write that was sent and may have been carried out.
    #[must_use]
    pub(crate) fn with_unknown_outcome(self) -> Self {
        let message = "outcome unknown: the request was sent and may have been carried out";
        self.wrapped(message, |facts| facts.delivery = Delivery::OutcomeUnknown)
    }

    /// This error of the last of these tries. One alone is not worth a word in the message.
    #[must_use]
    pub(crate) fn with_attempts(self, attempts: Vec<Attempt>) -> Self {
        if attempts.len() > 1 {
            let message = attempt::summary(&attempts);
            return self.wrapped(message, |facts| facts.attempts = Some(attempts.into()));
        }
        let mut facts = self.0.facts.clone();
        facts.attempts = Some(attempts.into());
        let (message, source) = (self.0.message.clone(), self.0.source.clone());
        Self(Arc::new(Inner { facts, message, source }))
    }

    /// The tries of the request that this error is about, the failure that it tells being the last. Empty when no
    /// request was sent.
    #[must_use]
    pub fn attempts(&self) -> &[Attempt] {
        self.0.facts.attempts.as_deref().unwrap_or_default()
    }

    /// How far the request got.
    #[must_use]
    pub(crate) fn delivery(&self) -> Delivery {
        self.0.facts.delivery
    }

    /// The request was sent and then the connection broke or the time ran out: the server may or
    /// may not have done what it was asked. Read the object before trying again.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        self.0.facts.delivery == Delivery::OutcomeUnknown
    }

    /// Wraps this error in a layer that says what was being done, for example
    /// `get pods "shop/front"`. Kind and status stay those of the cause.
    #[must_use]
    pub fn during(self, operation: impl Into<String>) -> Self {
        self.wrapped(operation, |_| {})
    }

    /// The class of failure.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.facts.kind
    }

    /// The server's `Status` object, if the server answered with one.
    #[must_use]
    pub fn status(&self) -> Option<&Status> {
        self.0.facts.status.as_ref()
    }

    /// The HTTP status code of the server's answer, if it answered.
    #[must_use]
    pub fn code(&self) -> Option<u16> {
        self.status().and_then(|status| status.code).and_then(|code| u16::try_from(code).ok())
    }

    /// The server's machine-readable reason, for example `NotFound`.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.status().and_then(|status| status.reason.as_deref())
    }

    fn has_reason(&self, reason: &str, code: u16) -> bool {
        match self.reason() {
            Some(answered) if !answered.is_empty() => answered == reason,
            _ => self.code() == Some(code),
        }
    }

    /// The object, the resource or the path does not exist (404).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.has_reason(reason::NOT_FOUND, 404)
    }

    /// The cluster serves no such kind or resource, as far as discovery tells.
    #[must_use]
    pub fn is_no_match(&self) -> bool {
        self.kind() == ErrorKind::NoMatch
    }

    /// The server does not know the path: no group, version or resource of that name is served.
    #[must_use]
    pub(crate) fn is_unknown_path(&self) -> bool {
        self.code() == Some(404)
            && self.status().is_some_and(|status| status.message.as_deref() == Some(UNKNOWN_PATH))
    }

    /// An object of that name exists already (409 with the reason `AlreadyExists`).
    #[must_use]
    pub fn is_already_exists(&self) -> bool {
        self.reason() == Some(reason::ALREADY_EXISTS)
    }

    /// The object was changed by someone else in the meantime, or another field manager owns a
    /// field (409 with the reason `Conflict`).
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.has_reason(reason::CONFLICT, 409)
    }

    /// The resourceVersion or continue token is too old (410, `Expired` or `Gone`): list again.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.has_reason(reason::EXPIRED, 410) || self.reason() == Some(reason::GONE)
    }

    /// The credentials were missing or refused (401).
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.has_reason(reason::UNAUTHORIZED, 401)
    }

    /// The user may not do this (403).
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.has_reason(reason::FORBIDDEN, 403)
    }

    /// The input was refused: by this crate before sending, or by the server's validation (422).
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.kind() == ErrorKind::Invalid || self.has_reason(reason::INVALID, 422)
    }

    /// The server asks to slow down (429).
    #[must_use]
    pub fn is_too_many_requests(&self) -> bool {
        self.has_reason(reason::TOO_MANY_REQUESTS, 429)
    }

    /// Something did not happen in time, here or at the server.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout || self.has_reason(reason::TIMEOUT, 504)
    }

    /// The resourceVersion asked for is newer than what this server has seen.
    #[must_use]
    pub fn is_resource_version_too_large(&self) -> bool {
        self.status().is_some_and(status::is_too_large)
    }

    /// How long the server asked to wait before the next try.
    #[must_use]
    pub fn retry_after(&self) -> Option<std::time::Duration> {
        let seconds = self.status()?.details.as_ref()?.retry_after_seconds?;
        u64::try_from(seconds).ok().filter(|seconds| *seconds > 0).map(std::time::Duration::from_secs)
    }

    fn write_chain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        let mut next = self.source();
        while let Some(error) = next {
            write!(f, ": {error}")?;
            next = error.source();
        }
        Ok(())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { self.write_chain(f) } else { f.write_str(&self.0.message) }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_chain(f)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(code: i32, reason: &str) -> Error {
        Error::from_status(Status {
            code: Some(code),
            reason: Some(reason.to_owned()),
            message: Some(format!("answer {code}")),
            ..Status::default()
        })
    }

    #[test]
    fn a_conflict_is_not_an_already_exists_though_both_are_409() {
        let exists = answered(409, "AlreadyExists").during("create pods \"a/b\"");
        assert!(exists.is_already_exists() && !exists.is_conflict());
        let conflict = answered(409, "Conflict");
        assert!(conflict.is_conflict() && !conflict.is_already_exists());
    }

    #[test]
    fn gone_and_expired_both_ask_for_a_new_list() {
        assert!(answered(410, "Gone").is_gone());
        assert!(answered(410, "Expired").is_gone());
        assert!(answered(410, "").is_gone());
        assert!(!answered(404, "NotFound").is_gone());
    }

    #[test]
    fn the_debug_form_that_main_prints_is_the_whole_chain() {
        let error = answered(404, "NotFound").during("get pods \"a/b\"");
        assert_eq!(format!("{error:?}"), "get pods \"a/b\": answer 404");
        assert_eq!(error.to_string(), "get pods \"a/b\"");
    }
}
