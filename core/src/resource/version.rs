//! Pure: the order of resourceVersions.

use std::cmp::Ordering;

/// The order of two versions of one resource, if both are numbers without leading zeros.
///
/// Kubernetes promises that order since 1.35 (KEP-5504). Anything else is opaque: two such versions
/// are equal or they are not comparable.
///
/// # Examples
///
/// ```
/// use std::cmp::Ordering;
///
/// use kubist::resource::compare_resource_versions;
///
/// assert_eq!(compare_resource_versions("9", "10"), Some(Ordering::Less));
/// assert_eq!(compare_resource_versions("9", "etag-10"), None);
/// ```
#[must_use]
pub fn compare_resource_versions(left: &str, right: &str) -> Option<Ordering> {
    if left == right {
        return Some(Ordering::Equal);
    }
    let number = |text: &str| {
        !text.is_empty() && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    (number(left) && number(right))
        .then(|| (left.len(), left.as_bytes()).cmp(&(right.len(), right.as_bytes())))
}

/// Whether the first version is known to be older than the second.
pub(crate) fn is_older(version: &str, than: &str) -> bool {
    compare_resource_versions(version, than) == Some(Ordering::Less)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers_of_any_length() {
        assert!(is_older("9", "10"));
        assert!(is_older("99999999999999999999", "100000000000000000000000000"));
        assert!(!is_older("10", "9") && !is_older("10", "10"));
    }

    #[test]
    fn a_version_that_is_no_number_is_only_equal_to_itself() {
        assert_eq!(compare_resource_versions("a", "a"), Some(Ordering::Equal));
        for other in ["", "0", "07", "b", "1a", "-1"] {
            assert_eq!(compare_resource_versions(other, "12"), None, "{other:?}");
        }
    }
}
