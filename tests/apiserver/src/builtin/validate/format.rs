//! Pure: the forms that texts in objects must have, and the API server's words when they have not.

use kubist_structural::names::{self, is_lower};

pub(super) use kubist_structural::names::{label, label_key as qualified, label_value, subdomain};

/// Judges a text: every way in which it is wrong.
pub(super) type Format = fn(&str) -> Vec<String>;

const UNDERSCORES: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')";
const WILDCARD: &str = "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const CONFIG_KEY: &str = "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
const ENV: &str =
    "a valid environment variable name must consist only of printable ASCII characters other than '='";
const HEADER: &str = "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";
const PERCENT: &str = "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

/// Names of namespaces and most objects are at most this long.
const SUBDOMAIN_MAX: usize = 253;

fn judge(text: &str, max: usize, shape: bool, why: &str) -> Vec<String> {
    let mut reasons = Vec::new();
    if text.len() > max {
        reasons.push(format!("must be no more than {max} characters"));
    }
    if !shape {
        reasons.push(why.to_owned());
    }
    reasons
}

/// Whether `text` starts and ends with what `edge` allows, and holds only that and `inner`.
fn shaped(text: &str, edge: fn(u8) -> bool, inner: &[u8]) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(|byte| edge(*byte))
        && bytes.last().is_some_and(|byte| edge(*byte))
        && bytes.iter().all(|byte| edge(*byte) || inner.contains(byte))
}

/// A subdomain in any case.
pub(super) fn caseless_subdomain(text: &str) -> Vec<String> {
    subdomain(&text.to_lowercase())
}

pub(super) fn subdomain_with_underscores(text: &str) -> Vec<String> {
    let part = |part: &str| shaped(part.strip_prefix('_').unwrap_or(part), is_lower, b"-_");
    judge(text, SUBDOMAIN_MAX, text.split('.').all(part), UNDERSCORES)
}

pub(super) fn wildcard(text: &str) -> Vec<String> {
    let is_wildcard =
        text.strip_prefix("*.").is_some_and(|rest| rest.split('.').all(|part| shaped(part, is_lower, b"-")));
    judge(text, SUBDOMAIN_MAX, is_wildcard, WILDCARD)
}

/// `qualified` in any case.
pub(super) fn caseless_qualified(text: &str) -> Vec<String> {
    qualified(&text.to_lowercase())
}

/// A key of the data of a ConfigMap or a Secret.
pub(super) fn config_key(text: &str) -> Vec<String> {
    let shape = !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    let mut reasons = judge(text, SUBDOMAIN_MAX, shape, CONFIG_KEY);
    match text {
        "." => reasons.push("must not be '.'".to_owned()),
        ".." => reasons.push("must not be '..'".to_owned()),
        text if text.starts_with("..") => reasons.push("must not start with '..'".to_owned()),
        _ => {}
    }
    reasons
}

pub(super) fn env_name(text: &str) -> Vec<String> {
    if text.is_empty() {
        return vec!["environment variable name must be non-empty".to_owned()];
    }
    let printable = text.bytes().all(|byte| (byte == b' ' || byte.is_ascii_graphic()) && byte != b'=');
    if printable { Vec::new() } else { vec![ENV.to_owned()] }
}

pub(super) fn header_name(text: &str) -> Vec<String> {
    let shape = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    judge(text, usize::MAX, shape, HEADER)
}

pub(super) fn percent(text: &str) -> Vec<String> {
    let digits = text.strip_suffix('%').unwrap_or_default();
    let shape = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    judge(text, usize::MAX, shape, PERCENT)
}

pub(super) fn port_name(text: &str) -> Vec<String> {
    let mut reasons = Vec::new();
    let mut unless = |holds: bool, why: &str| {
        if !holds {
            reasons.push(why.to_owned());
        }
    };
    unless(text.len() <= 15, "must be no more than 15 characters");
    unless(
        !text.is_empty() && text.bytes().all(|byte| is_lower(byte) || byte == b'-'),
        "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
    );
    unless(text.bytes().any(|byte| byte.is_ascii_lowercase()), "must contain at least one letter (a-z)");
    unless(!text.contains("--"), "must not contain consecutive hyphens");
    unless(!text.starts_with('-') && !text.ends_with('-'), "must not begin or end with a hyphen");
    reasons
}

/// A name that may stand in the path of a URL.
pub(super) fn path_segment(text: &str) -> Vec<String> {
    names::path_segment(text, false)
}

/// A path without `..`.
pub(super) fn no_backsteps(text: &str) -> Vec<String> {
    let steps_back = text.split('/').any(|part| part == "..");
    if steps_back { vec!["must not contain '..'".to_owned()] } else { Vec::new() }
}

/// A relative path without `..`.
pub(super) fn descending_path(text: &str) -> Vec<String> {
    let mut reasons = Vec::new();
    if text.starts_with('/') {
        reasons.push("must be a relative path".to_owned());
    }
    reasons.extend(no_backsteps(text));
    reasons
}

/// The path of a file in a volume: names that start with `..` are the volume's own.
pub(super) fn volume_file(text: &str) -> Vec<String> {
    let mut reasons = descending_path(text);
    if text.starts_with("..") && !text.starts_with("../") {
        reasons.push("must not start with '..'".to_owned());
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_in_which_a_text_is_wrong_is_named() {
        assert_eq!(label("a.b"), ["must not contain dots"]);
        assert_eq!(label(&"A".repeat(64)).len(), 2);
        assert_eq!(qualified("/").len(), 3);
        assert_eq!(port_name("a--b-").len(), 2);
        assert_eq!(config_key("../x").len(), 2);
        assert_eq!(volume_file("/../x").len(), 2);
    }

    #[test]
    fn good_texts_pass() {
        let cases: [(Format, &str); 7] = [
            (label, "a-1"),
            (subdomain, "a.b-c"),
            (wildcard, "*.example.com"),
            (qualified, "example.com/A_b"),
            (config_key, ".hidden"),
            (env_name, "my.env-NAME 1"),
            (percent, "100%"),
        ];
        for (format, text) in cases {
            assert_eq!(format(text), Vec::<String>::new(), "{text}");
        }
    }
}
