//! Pure: which names, labels and keys are allowed, and the API server's words when they are not.

const LABEL_TEXT: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN_TEXT: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const DNS1035_TEXT: &str = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const KEY_TEXT: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE_TEXT: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/// Whether a byte may stand at the edge of a DNS label.
pub fn is_lower(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn label_shape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(|byte| is_lower(*byte))
        && bytes.last().is_some_and(|byte| is_lower(*byte))
        && bytes.iter().all(|byte| is_lower(*byte) || *byte == b'-')
}

fn subdomain_shape(text: &str) -> bool {
    text.split('.').all(label_shape)
}

/// The problems of a text that has a longest length and a shape, in this order. Names are counted in characters, keys
/// and values in bytes: that is, both in bytes, under two names.
fn judge(text: &str, max: usize, unit: &str, fits: bool, shape: &str) -> Vec<String> {
    let mut problems = Vec::new();
    if text.len() > max {
        problems.push(format!("must be no more than {max} {unit}"));
    }
    if !fits {
        problems.push(shape.to_owned());
    }
    problems
}

fn first(problems: Vec<String>) -> Result<(), String> {
    problems.into_iter().next().map_or(Ok(()), Err)
}

/// What keeps a text from being a DNS-1123 label: lower case, at most 63 bytes.
pub fn label(text: &str) -> Vec<String> {
    let shape = if subdomain_shape(text) { "must not contain dots" } else { LABEL_TEXT };
    judge(text, 63, "characters", label_shape(text), shape)
}

/// What keeps a text from being a DNS-1123 subdomain: labels joined by dots, at most 253 bytes.
pub fn subdomain(text: &str) -> Vec<String> {
    judge(text, 253, "characters", subdomain_shape(text), SUBDOMAIN_TEXT)
}

/// What keeps a text from being a DNS-1035 label: starts with a letter, at most 63 bytes.
pub fn dns1035(text: &str) -> Vec<String> {
    let starts_well = text.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
    judge(text, 63, "characters", starts_well && label_shape(text), DNS1035_TEXT)
}

/// What keeps a text from being a part of a path; the least that any name must fulfil. A prefix may be `.` or `..`.
pub fn path_segment(text: &str, is_prefix: bool) -> Vec<String> {
    if !is_prefix && matches!(text, "." | "..") {
        return vec![format!("may not be '{text}'")];
    }
    let banned = ['/', '%'].into_iter().filter(|banned| text.contains(*banned));
    banned.map(|banned| format!("may not contain '{banned}'")).collect()
}

/// The first problem of a DNS-1123 subdomain.
pub fn check_subdomain(text: &str) -> Result<(), String> {
    first(subdomain(text))
}

/// The first problem of a DNS-1035 label.
pub fn check_dns1035(text: &str) -> Result<(), String> {
    first(dns1035(text))
}

fn key_shape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.last().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// What is wrong with `name` or `prefix/name`, as keys of labels, annotations and finalizers are written.
pub fn label_key(key: &str) -> Vec<String> {
    let (prefix, name) = match key.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, key),
    };
    if name.contains('/') {
        return vec![format!(
            "a valid label key {KEY_TEXT} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
        )];
    }
    let mut problems: Vec<String> = match prefix {
        None => Vec::new(),
        Some("") => vec!["prefix part must be non-empty".to_owned()],
        Some(prefix) => judge(prefix, 253, "bytes", subdomain_shape(prefix), SUBDOMAIN_TEXT)
            .into_iter()
            .map(|why| format!("prefix part {why}"))
            .collect(),
    };
    if name.is_empty() {
        problems.push("name part must be non-empty".to_owned());
    }
    problems.extend(
        judge(name, 63, "bytes", key_shape(name), KEY_TEXT).into_iter().map(|why| format!("name part {why}")),
    );
    problems
}

/// What is wrong with the value of a label: it is empty, or like the name part of a key.
pub fn label_value(value: &str) -> Vec<String> {
    judge(value, 63, "bytes", value.is_empty() || key_shape(value), VALUE_TEXT)
}

/// The first problem of a key.
pub fn check_label_key(key: &str) -> Result<(), String> {
    first(label_key(key))
}

/// The first problem of a label's value.
pub fn check_label_value(value: &str) -> Result<(), String> {
    first(label_value(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged_by_the_dns_rules() {
        assert!(check_subdomain("a.b-c.d").is_ok() && label("a-1").is_empty() && check_dns1035("a1").is_ok());
        for bad in ["", "A", "a_b", "-a", "a.", "a..b", "a/b", "é"] {
            assert!(check_subdomain(bad).is_err(), "{bad}");
        }
        assert!(!label("a.b").is_empty() && check_dns1035("1a").is_err());
        assert!(!label(&"a".repeat(64)).is_empty() && check_subdomain(&"a".repeat(254)).is_err());
    }

    #[test]
    fn every_problem_of_a_name_is_told() {
        assert_eq!(label("a.b"), ["must not contain dots"]);
        assert_eq!(subdomain(&"A".repeat(254)), ["must be no more than 253 characters", SUBDOMAIN_TEXT]);
        assert_eq!(label_key("x/"), ["name part must be non-empty", &format!("name part {KEY_TEXT}")]);
        assert_eq!(path_segment("..", false), ["may not be '..'"]);
        assert_eq!(path_segment("a/b%", true), ["may not contain '/'", "may not contain '%'"]);
        assert!(path_segment("..", true).is_empty() && path_segment("Ab:c", false).is_empty());
    }

    #[test]
    fn keys_may_have_one_prefix() {
        assert!(check_label_key("example.com/My_Name.1").is_ok() && check_label_key("a").is_ok());
        for bad in ["", "/a", "a/", "a/b/c", "A.B/c", "a b", "_a"] {
            assert!(check_label_key(bad).is_err(), "{bad}");
        }
        assert!(check_label_value("").is_ok() && check_label_value("a b").is_err());
    }
}
