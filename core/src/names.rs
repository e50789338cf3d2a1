//! Pure: which names Kubernetes takes, as apimachinery's `validation` has them.
//!
//! ```
//! use kubist::names;
//!
//! assert!(names::check_subdomain("websites.example.com").is_ok());
//! let error = names::check_label("My_Name").unwrap_err();
//! assert!(error.is_invalid());
//! ```

use kubist_structural::names;

use crate::error::{Error, Result};

fn judged(text: &str, problems: &[String]) -> Result<()> {
    match problems {
        [] => Ok(()),
        problems => Err(Error::invalid(format!("{text:?}: {}", problems.join("; ")))),
    }
}

/// Checks a label of RFC 1123, which the names of namespaces and services are: at most 63 lower case letters, digits and `-`.
///
/// # Errors
///
/// All that is wrong with it.
pub fn check_label(text: &str) -> Result<()> {
    judged(text, &names::label(text))
}

/// Checks a subdomain of RFC 1123, which most names are: labels with dots between them, at most 253 characters.
///
/// # Errors
///
/// All that is wrong with it.
pub fn check_subdomain(text: &str) -> Result<()> {
    judged(text, &names::subdomain(text))
}

/// Checks a label of RFC 1035, which starts with a letter.
///
/// # Errors
///
/// All that is wrong with it.
pub fn check_dns1035_label(text: &str) -> Result<()> {
    judged(text, &names::dns1035(text))
}

/// Checks the key of a label, an annotation or a finalizer: `name` or `prefix/name`.
///
/// # Errors
///
/// All that is wrong with it.
pub fn check_label_key(text: &str) -> Result<()> {
    judged(text, &names::label_key(text))
}

/// Checks the value of a label: at most 63 letters, digits, `-`, `_` and `.`, or nothing.
///
/// # Errors
///
/// All that is wrong with it.
pub fn check_label_value(text: &str) -> Result<()> {
    judged(text, &names::label_value(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_of_a_name_is_told() {
        let text = check_subdomain(&"A".repeat(254)).unwrap_err().to_string();
        assert!(
            text.contains("must be no more than 253 characters; a lowercase RFC 1123 subdomain"),
            "{text}"
        );
        assert!(check_label("a-1").is_ok() && check_label("a.b").is_err());
        assert!(check_dns1035_label("a1").is_ok() && check_dns1035_label("1a").is_err());
        assert!(check_label_key("example.com/a").is_ok() && check_label_key("a/b/c").is_err());
        assert!(check_label_value("").is_ok() && check_label_value("a b").is_err());
    }
}
