//! Pure: what is wrong with a path, before anything is looked up under it.

use std::borrow::Cow;

use http::header::HOST;
use http::request::Parts;
use http::{Method, Version};

use crate::kinds::Kind;
use crate::request::route::{Target, decode_bytes};
use crate::status::Status;

/// A path that gets an answer of its own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Refusal {
    /// Not HTTP at all: the connection ends. With the reason, if there is one to tell.
    Malformed(&'static str),
    /// The server's handler cannot say what is asked for: plain text.
    Unclear,
    Status(Status),
}

/// Whether a request of HTTP/1.1 says whom it is for, once.
pub(crate) fn check_host(parts: &Parts) -> Result<(), Refusal> {
    if parts.version != Version::HTTP_11 {
        return Ok(());
    }
    match parts.headers.get_all(HOST).iter().count() {
        0 if parts.method == Method::CONNECT => Ok(()),
        0 => Err(Refusal::Malformed("missing required Host header")),
        1 => Ok(()),
        _ => Err(Refusal::Malformed("")),
    }
}

/// Looks at a path, still percent-encoded. `is_own` tells whether a group is one of the built-in ones.
pub(crate) fn check(path: &str, is_own: impl Fn(&str) -> bool) -> Result<(), Refusal> {
    let path = decode_bytes(path).ok_or(Refusal::Malformed(""))?;
    let path = String::from_utf8_lossy(&path);
    if !path.starts_with('/') {
        return Err(Refusal::Malformed(""));
    }
    let nowhere = Err(Refusal::Status(nowhere(&path, is_own)));
    let parts: Vec<&str> = path[1..].split('/').collect();
    let (version, rest) = match parts.as_slice() {
        [""] => return Ok(()),
        ["", ..] => return nowhere,
        ["api", version, rest @ ..] => (*version, rest),
        ["apis", "", _, ..] => return nowhere,
        ["apis", _, version, rest @ ..] => (*version, rest),
        ["version", rest] if !rest.is_empty() => return nowhere,
        _ => return Ok(()),
    };
    match rest {
        ["watch" | "proxy"] | ["watch" | "proxy", ""] => Err(Refusal::Unclear),
        // Only the last part may be left out.
        [] | [""] => Ok(()),
        ["", ..] => nowhere,
        _ if version.is_empty() => nowhere,
        _ => Ok(()),
    }
}

/// The path as it is looked up: an encoded slash parts it like any other, and the index has two names.
pub(crate) fn plain(path: &str) -> Cow<'_, str> {
    if path == "/index.html" {
        return Cow::Borrowed("/");
    }
    if path.contains("%2") {
        return Cow::Owned(path.replace("%2f", "/").replace("%2F", "/"));
    }
    Cow::Borrowed(path)
}

/// The answer to a path that leads nowhere: an object below the built-in groups, else plain text.
pub(crate) fn nowhere(path: &str, is_own: impl Fn(&str) -> bool) -> Status {
    let group = path.strip_prefix("/apis/").and_then(|rest| rest.split_once('/')).map(|(group, _)| group);
    if path.starts_with("/api/") || path.starts_with("/version/") || group.is_some_and(is_own) {
        Status::unknown_resource()
    } else {
        Status::no_such_resource()
    }
}

/// Whether a path names no namespace where one belongs. Only lists of all may do so.
pub(crate) fn check_namespace(kind: &Kind, path: &str, method: &Method) -> Result<(), Status> {
    let Some((_, rest)) = path.split_once("/namespaces//").filter(|(_, rest)| !rest.is_empty()) else {
        return Ok(());
    };
    if !kind.namespaced {
        return Err(Status::unknown_resource());
    }
    let lists = *method == Method::GET && !rest.trim_end_matches('/').contains('/');
    if lists || *method == Method::POST {
        return Ok(());
    }
    Err(Status::bad_request("Namespace parameter required."))
}

/// Whether namespace and name can stand in a path at all.
pub(crate) fn check_target(kind: &Kind, target: &Target) -> Result<(), Status> {
    if let Some(name) = &target.name {
        let why = match name.as_str() {
            "." => "may not be '.'",
            ".." => "may not be '..'",
            _ if name.contains('%') => "may not contain '%'",
            _ => "",
        };
        if !why.is_empty() {
            return Err(Status::bad_request(format!("Name parameter invalid: \"{name}\": {why}")));
        }
    }
    match target.namespace.as_deref() {
        Some(namespace @ ("." | "..")) => {
            let name = target.name.as_ref().map(|name| format!("/{name}")).unwrap_or_default();
            Err(Status::internal(format!("invalid key: \"/{}/{namespace}{name}\"", kind.plural)))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(path: &str) -> &'static str {
        match check(path, |group| group == "apps") {
            Ok(()) => "fine",
            Err(Refusal::Malformed(_)) => "malformed",
            Err(Refusal::Unclear) => "unclear",
            Err(Refusal::Status(status)) if status.is_page_not_found() => "page",
            Err(Refusal::Status(_)) => "object",
        }
    }

    #[test]
    fn crooked_paths_are_answered_each_in_its_way() {
        for (path, expected) in [
            ("/", "fine"),
            ("/api/v1/namespaces//pods", "fine"),
            ("/api/v1/pods/", "fine"),
            ("/apis/apps/", "fine"),
            ("/api/v1/pods%zz", "malformed"),
            ("/api/v1/pods%2", "malformed"),
            ("//api/v1/pods", "page"),
            ("/apis//v1", "page"),
            ("/api//v1/pods", "object"),
            ("/api/v1//pods", "object"),
            ("/apis/apps/v1//deployments", "object"),
            ("/version/x", "object"),
            ("/api/v1/watch", "unclear"),
            ("/api/v1/watch/", "unclear"),
        ] {
            assert_eq!(judged(path), expected, "{path}");
        }
    }
}
