//! Pure: which version Kubernetes prefers.

use std::cmp::{Ordering, Reverse};

/// The order in which Kubernetes lists versions: the preferred one is the least.
///
/// Stable versions come first, then beta, then alpha, each with the highest number first; names of another form come
/// last, in the order of the alphabet.
///
/// # Examples
///
/// ```
/// use kubist::versions::compare_versions;
///
/// let mut versions = ["v1alpha1", "foo", "v1", "v10", "v2beta1", "v1beta2"];
/// versions.sort_by(|a, b| compare_versions(a, b));
/// assert_eq!(versions, ["v10", "v1", "v2beta1", "v1beta2", "v1alpha1", "foo"]);
/// ```
#[must_use]
pub fn compare_versions(left: &str, right: &str) -> Ordering {
    rank(left).cmp(&rank(right)).then_with(|| left.cmp(right))
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Known(Stage, Reverse<u64>, Reverse<u64>),
    Other,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Stable,
    Beta,
    Alpha,
}

fn rank(version: &str) -> Rank {
    parse(version).unwrap_or(Rank::Other)
}

fn parse(version: &str) -> Option<Rank> {
    let rest = version.strip_prefix('v')?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (major, rest) = rest.split_at(end);
    let major = number(major)?;
    if rest.is_empty() {
        return Some(Rank::Known(Stage::Stable, Reverse(major), Reverse(0)));
    }
    let (stage, minor) = match rest.strip_prefix("beta") {
        Some(minor) => (Stage::Beta, minor),
        None => (Stage::Alpha, rest.strip_prefix("alpha")?),
    };
    Some(Rank::Known(stage, Reverse(major), Reverse(number(minor)?)))
}

/// A number as Kubernetes writes it: no sign, no leading zero, at least 1.
fn number(digits: &str) -> Option<u64> {
    let plain = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_come_in_the_order_that_the_server_showed() {
        let seen = ["v10", "v2", "v1", "v2beta1", "v1alpha1", "bar1", "foo", "v1alfa1"];
        let mut versions = seen;
        versions.reverse();
        versions.sort_by(|a, b| compare_versions(a, b));
        assert_eq!(versions, seen);
    }

    #[test]
    fn a_name_of_another_form_comes_last() {
        for other in ["v", "v0", "v01", "v1beta", "v1beta0", "v1-beta1", "1", "v1alpha1x", ""] {
            assert_eq!(compare_versions("v1alpha1", other), Ordering::Less, "{other}");
        }
        assert_eq!(compare_versions("v1", "v1"), Ordering::Equal);
    }
}
