//! Pure: which names, labels and keys are allowed, and the API server's words when they are not.

const LABEL_TEXT: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN_TEXT: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const DNS1035_TEXT: &str = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const KEY_TEXT: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE_TEXT: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

fn is_lower(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn label_shape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(|byte| is_lower(*byte))
        && bytes.last().is_some_and(|byte| is_lower(*byte))
        && bytes.iter().all(|byte| is_lower(*byte) || *byte == b'-')
}

fn too_long(max: usize) -> String {
    format!("must be no more than {max} bytes")
}

/// A DNS-1123 label: lower case, at most 63 bytes.
pub(crate) fn check_label(text: &str) -> Result<(), String> {
    if text.len() > 63 {
        return Err(too_long(63));
    }
    if label_shape(text) { Ok(()) } else { Err(LABEL_TEXT.to_owned()) }
}

/// A DNS-1123 subdomain: labels joined by dots, at most 253 bytes.
pub(crate) fn check_subdomain(text: &str) -> Result<(), String> {
    if text.len() > 253 {
        return Err(too_long(253));
    }
    if text.split('.').all(label_shape) { Ok(()) } else { Err(SUBDOMAIN_TEXT.to_owned()) }
}

/// A DNS-1035 label: starts with a letter, at most 63 bytes.
pub(crate) fn check_dns1035(text: &str) -> Result<(), String> {
    if text.len() > 63 {
        return Err(too_long(63));
    }
    let starts_well = text.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
    if starts_well && label_shape(text) { Ok(()) } else { Err(DNS1035_TEXT.to_owned()) }
}

/// A name that can be one part of a path.
pub(crate) fn check_path_segment(text: &str) -> Result<(), String> {
    match text {
        "." | ".." => Err(format!("may not be '{text}'")),
        _ => match text.find(['/', '%']) {
            Some(at) => Err(format!("may not contain '{}'", &text[at..=at])),
            None => Ok(()),
        },
    }
}

fn key_shape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.last().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// `name` or `prefix/name`, as keys of labels, annotations and finalizers are written.
pub(crate) fn check_label_key(key: &str) -> Result<(), String> {
    let (prefix, name) = match key.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, key),
    };
    if name.contains('/') {
        return Err(format!(
            "a valid label key {KEY_TEXT} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
        ));
    }
    if let Some(prefix) = prefix {
        if prefix.is_empty() {
            return Err("prefix part must be non-empty".to_owned());
        }
        check_subdomain(prefix).map_err(|why| format!("prefix part {why}"))?;
    }
    if name.is_empty() {
        return Err("name part must be non-empty".to_owned());
    }
    if name.len() > 63 {
        return Err(format!("name part {}", too_long(63)));
    }
    if key_shape(name) { Ok(()) } else { Err(format!("name part {KEY_TEXT}")) }
}

/// The value of a label: empty, or like the name part of a key.
pub(crate) fn check_label_value(value: &str) -> Result<(), String> {
    if value.len() > 63 {
        return Err(too_long(63));
    }
    if value.is_empty() || key_shape(value) { Ok(()) } else { Err(VALUE_TEXT.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged_by_the_dns_rules() {
        assert!(
            check_subdomain("a.b-c.d").is_ok() && check_label("a-1").is_ok() && check_dns1035("a1").is_ok()
        );
        for bad in ["", "A", "a_b", "-a", "a.", "a..b", "a/b", "é"] {
            assert!(check_subdomain(bad).is_err(), "{bad}");
        }
        assert!(check_label("a.b").is_err() && check_dns1035("1a").is_err());
        assert!(check_label(&"a".repeat(64)).is_err() && check_subdomain(&"a".repeat(254)).is_err());
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
