//! Pure: what the API server takes as the address of a webhook, in constant evaluation.

use crate::schema::{Message, equal};

/// Refuses what is no name of a namespace or service: a label of the DNS.
pub(super) const fn check_label(what: &str, label: &str) -> Option<Message> {
    if label.is_empty() {
        return Some(Message::new().push("the service has no ").push(what));
    }
    if is_label(label.as_bytes(), 0, label.len()) && label.len() <= 63 {
        return None;
    }
    let message = Message::new().quote(label).push(" is not the ").push(what).push(" of a service: ");
    Some(message.push("lower-case letters, digits and `-`, at most 63"))
}

/// Refuses what is no path of a service: steps of lower-case letters, digits, `-` and `.`.
pub(super) const fn check_path(path: &str) -> Option<Message> {
    let bytes = path.as_bytes();
    if bytes.is_empty() || equal(path, "/") {
        return None;
    }
    if bytes[0] != b'/' {
        return Some(Message::new().push("the path ").quote(path).push(" must begin with `/`"));
    }
    let end = if bytes[bytes.len() - 1] == b'/' { bytes.len() - 1 } else { bytes.len() };
    let mut start = 1;
    while start <= end {
        let mut stop = start;
        while stop < end && bytes[stop] != b'/' {
            stop += 1;
        }
        if stop == start {
            return Some(Message::new().push("the path ").quote(path).push(" has an empty step"));
        }
        if !is_subdomain(bytes, start, stop) {
            let message = Message::new().push("the path ").quote(path).push(" may have lower-case letters, ");
            return Some(message.push("digits, `-` and `.` between its slashes"));
        }
        start = stop + 1;
    }
    None
}

/// Refuses what is no `https://host[:port][/path]`.
pub(super) const fn check_url(url: &str) -> Option<Message> {
    const SCHEME: &[u8] = b"https://";
    let bytes = url.as_bytes();
    let mut at = 0;
    while at < SCHEME.len() {
        if at >= bytes.len() || bytes[at] != SCHEME[at] {
            return Some(Message::new().quote(url).push(" is no `https` URL"));
        }
        at += 1;
    }
    if at >= bytes.len() || matches!(bytes[at], b'/' | b':' | b'?' | b'#') {
        return Some(Message::new().quote(url).push(" has no host"));
    }
    let mut in_path = false;
    while at < bytes.len() {
        let what = match bytes[at] {
            b'?' => "a query",
            b'#' => "a fragment",
            b'@' if !in_path => "a user",
            b'/' => {
                in_path = true;
                ""
            }
            0..=b' ' | 0x7f.. => "a character that does not belong there",
            _ => "",
        };
        if !what.is_empty() {
            let message = Message::new().quote(url).push(" has ").push(what);
            return Some(message.push("; write `https://host/path`"));
        }
        at += 1;
    }
    None
}

/// Labels with dots between them.
const fn is_subdomain(bytes: &[u8], start: usize, end: usize) -> bool {
    let mut from = start;
    let mut at = start;
    while at <= end {
        if at == end || bytes[at] == b'.' {
            if !is_label(bytes, from, at) {
                return false;
            }
            from = at + 1;
        }
        at += 1;
    }
    end - start <= 253
}

/// Lower-case letters, digits and `-`, the last not at the ends.
const fn is_label(bytes: &[u8], start: usize, end: usize) -> bool {
    if start == end || bytes[start] == b'-' || bytes[end - 1] == b'-' {
        return false;
    }
    let mut at = start;
    while at < end {
        if !matches!(bytes[at], b'a'..=b'z' | b'0'..=b'9' | b'-') {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_taken_and_refused_as_the_server_does() {
        for good in ["https://a.b/c", "https://127.0.0.1:8443", "https://a/c@d", "https://[::1]:1/"] {
            assert!(check_url(good).is_none(), "{good}");
        }
        for (bad, why) in [
            ("http://a", "`http://a` is no `https` URL"),
            ("https:/", "`https:/` is no `https` URL"),
            ("https:///a", "`https:///a` has no host"),
            ("https://", "`https://` has no host"),
            ("https://u:p@a", "`https://u:p@a` has a user; write `https://host/path`"),
            ("https://a?b", "`https://a?b` has a query; write `https://host/path`"),
            ("https://a/b#c", "`https://a/b#c` has a fragment; write `https://host/path`"),
        ] {
            assert_eq!(check_url(bad).expect(bad).as_str(), why);
        }
    }

    #[test]
    fn paths_are_taken_and_refused_as_the_server_does() {
        for good in ["", "/", "/convert", "/a/b-c/d.e", "/a/"] {
            assert!(check_path(good).is_none(), "{good}");
        }
        for bad in ["convert", "//", "/a//b", "/A", "/a_b", "/a/-", "/a?b", "/.a"] {
            assert!(check_path(bad).is_some(), "{bad}");
        }
    }
}
