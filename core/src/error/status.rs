//! Pure: what the server's `Status` object says.
//!
//! Reasons: `k8s.io/apimachinery/pkg/apis/meta/v1`, type `StatusReason`.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Status;

/// The reasons that this crate asks for.
pub(crate) mod reason {
    pub(crate) const ALREADY_EXISTS: &str = "AlreadyExists";
    pub(crate) const CONFLICT: &str = "Conflict";
    pub(crate) const EXPIRED: &str = "Expired";
    pub(crate) const FORBIDDEN: &str = "Forbidden";
    pub(crate) const GONE: &str = "Gone";
    pub(crate) const INVALID: &str = "Invalid";
    pub(crate) const NOT_FOUND: &str = "NotFound";
    pub(crate) const TIMEOUT: &str = "Timeout";
    pub(crate) const TOO_MANY_REQUESTS: &str = "TooManyRequests";
    pub(crate) const UNAUTHORIZED: &str = "Unauthorized";
}

/// What is said of a path that the server does not know: it has no `Status` for that, only a line of text.
pub(crate) const UNKNOWN_PATH: &str = "the server does not serve this path";

const TOO_LARGE_CAUSE: &str = "ResourceVersionTooLarge";
const TOO_LARGE_MESSAGE: &str = "Too large resource version";

/// The one line to show for a status.
pub(crate) fn describe(status: &Status) -> String {
    let text = |field: &Option<String>| field.clone().filter(|text| !text.is_empty());
    let code = status.code.unwrap_or_default();
    match (text(&status.message), text(&status.reason)) {
        (Some(message), _) => message,
        (None, Some(reason)) => format!("the server answered {code} {reason}"),
        (None, None) => format!("the server answered {code}"),
    }
}

/// Whether the server has not yet seen the resourceVersion that was asked for.
///
/// client-go knows three forms (`tools/cache/reflector.go`): the cause's type; a Timeout whose
/// cause has the message; a Timeout whose own message starts with it.
pub(crate) fn is_too_large(status: &Status) -> bool {
    let causes = status.details.iter().flat_map(|details| details.causes.iter().flatten());
    let timeout = status.reason.as_deref() == Some(reason::TIMEOUT);
    let mut causes = causes.peekable();
    causes.any(|cause| {
        cause.reason.as_deref() == Some(TOO_LARGE_CAUSE)
            || timeout && cause.message.as_deref() == Some(TOO_LARGE_MESSAGE)
    }) || timeout && status.message.as_deref().is_some_and(|message| message.contains(TOO_LARGE_MESSAGE))
}

#[cfg(test)]
mod tests {
    use k8s_openapi::apimachinery::pkg::apis::meta::v1::{StatusCause, StatusDetails};

    use super::*;

    #[test]
    fn a_too_large_resource_version_is_known_in_its_three_forms() {
        let caused = |cause: StatusCause, reason: Option<&str>| Status {
            reason: reason.map(str::to_owned),
            details: Some(StatusDetails { causes: Some(vec![cause]), ..StatusDetails::default() }),
            ..Status::default()
        };
        let by_type = StatusCause { reason: Some(TOO_LARGE_CAUSE.to_owned()), ..StatusCause::default() };
        let by_text = StatusCause { message: Some(TOO_LARGE_MESSAGE.to_owned()), ..StatusCause::default() };
        assert!(is_too_large(&caused(by_type, None)));
        assert!(is_too_large(&caused(by_text.clone(), Some("Timeout"))));
        assert!(!is_too_large(&caused(by_text, None)));
        assert!(is_too_large(&Status {
            reason: Some("Timeout".to_owned()),
            message: Some("Too large resource version: 9, current: 3".to_owned()),
            ..Status::default()
        }));
    }
}
